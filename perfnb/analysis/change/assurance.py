"""Is meeting a target a matter of course or of luck? What the limits say.

Where limits say how far figures go by chance, a target beyond them is met every
time or never; a target between them is met in some periods and missed in
others although nothing changes. Only the limits of the last era count.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from perfnb.analysis.change.eras import Era
from perfnb.analysis.verdicts import good_side
from perfnb.errors import PerfnbError

MEETS, FAILS, HIT_AND_MISS = "consistently meets", "consistently fails", "hit and miss"
NO_TARGET, NOT_ASSESSED = "no target", "not assessed"


@dataclass(frozen=True)
class Assurance:
    """What the limits of a series say of its target.

    Attributes
    ----------
    verdict : str
        'consistently meets', 'consistently fails', 'hit and miss', 'no target' or
        'not assessed'.
    reason : str
        'limits' or 'constant' (all figures are the same) where there is a
        verdict; else the standing that stands in the way, 'no side is good' or
        'single figure' (with an ideal in the middle a target needs two).
    target, low, high : float or None
        As given [indicator's unit].
    lower_limit, upper_limit : float or None
        What the target was held against; the constant where nothing varies.
    n : int
        Figures of the era.
    method : str
        Method and source in words.
    """

    verdict: str
    reason: str
    target: float | None
    low: float | None
    high: float | None
    lower_limit: float | None
    upper_limit: float | None
    n: int
    method: str


def assurance(
    era: Era,
    *,
    polarity: str,
    target: float | None = None,
    low: float | None = None,
    high: float | None = None,
) -> Assurance:
    """Say whether a process as it is meets its target, fails it, or does either.

    Parameters
    ----------
    era : perfnb.analysis.change.eras.Era
        The last era of a series, with its limits.
    polarity : {'maximise', 'minimise', 'midpoint', 'range', 'neutral'}
        Which way is better.
    target : float, optional
        [indicator's unit]; the least where higher is better, the most where
        lower is.
    low, high : float, optional
        Both, in place of `target`, for a target with two sides.

    Returns
    -------
    Assurance
        A target that equals a limit is hit and miss. On trial limits nothing is
        promised: they still move.

    Raises
    ------
    PerfnbError
        When polarity is unknown, a target is not a finite number, `low` or
        `high` comes without the other or `low` is above `high`, or there is
        both a target and a range.

    References
    ----------
    NHS England, Making Data Count (2019 onwards); NHSRplotthedots 0.2.2. At
    least 13 figures: Making Data Count Excel tool.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from perfnb.analysis.change.eras import NOTHING
    >>> era = replace(NOTHING, n=13, mean=93.0, lower_limit=91.0, upper_limit=95.0,
    ...     standing="limits")
    >>> assurance(era, polarity="maximise", target=90).verdict
    'consistently meets'
    >>> assurance(era, polarity="maximise", target=92).verdict
    'hit and miss'
    """
    good = good_side(polarity)
    _check(target, low, high)
    limits = (era.lower_limit, era.upper_limit)
    reason = "limits"
    if era.standing == "no variation":
        limits, reason = (era.mean, era.mean), "constant"
    if target is None and low is None:
        verdict, reason = NO_TARGET, NO_TARGET
    elif low is None and good == 0:
        neutral = polarity == "neutral"
        verdict = NOT_ASSESSED
        reason = "no side is good" if neutral else "single figure"
    elif era.standing not in ("limits", "no variation"):
        verdict, reason = NOT_ASSESSED, era.standing
    else:
        verdict = _verdict(limits, _wanted(target, low, high, good), reason)
    return Assurance(verdict, reason, target, low, high, *limits, era.n, _METHOD)


_METHOD = (
    "Assurance: a target beyond the limits of the last era is met or missed as a "
    "matter of course, one between them by chance; from the standing 'limits' on, or "
    "where every figure is the same (NHS England, Making Data Count)."
)


def _check(target: float | None, low: float | None, high: float | None) -> None:
    given = [each for each in (target, low, high) if each is not None]
    if not all(math.isfinite(each) for each in given):
        message = "A target must be a finite number."
        raise PerfnbError(message)
    if (low is None) != (high is None):
        message = "A target with two sides needs both 'low' and 'high'."
        raise PerfnbError(message)
    if low is not None and high is not None and low > high:
        message = f"A target's 'low' of {low:g} is above its 'high' of {high:g}."
        raise PerfnbError(message)
    if target is not None and low is not None:
        message = "A target is either one figure or 'low' and 'high', not both."
        raise PerfnbError(message)


def _wanted(
    target: float | None, low: float | None, high: float | None, good: int
) -> tuple[float, float]:
    """Give what is aimed at as a range, open where one side is."""
    if target is not None:
        return (target, math.inf) if good > 0 else (-math.inf, target)
    return (
        -math.inf if low is None else low,
        math.inf if high is None else high,
    )


def _verdict(
    limits: tuple[float | None, float | None],
    wanted: tuple[float, float],
    reason: str,
) -> str:
    lower, upper = limits
    if lower is None or upper is None:
        return NOT_ASSESSED
    if reason == "constant":
        return MEETS if wanted[0] <= lower <= wanted[1] else FAILS
    if wanted[0] < lower and upper < wanted[1]:
        return MEETS
    return FAILS if upper < wanted[0] or lower > wanted[1] else HIT_AND_MISS
