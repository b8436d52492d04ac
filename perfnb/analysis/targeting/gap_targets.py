"""Has a gap closed as far as it was meant to? A part against the rest, and how sure.

A gap-closing target is not a level: a group can do better while the rest of the
district does better still.
"""

from __future__ import annotations

from dataclasses import dataclass

from perfnb.analysis.attainment import (
    CLOSE,
    EXACTLY,
    MET,
    NOT_MET,
    allowed,
    as_shown,
)
from perfnb.analysis.verdicts import good_side
from perfnb.errors import PerfnbError
from perfnb.methods import Methods
from perfnb.registers import Target

NO_GAP = {"byar": 1.0, "wilson": 0.0}
"""No gap: rates as a ratio, shares as a difference [percentage points]."""

_GAP_DECIMALS = {"byar": 2, "wilson": 1}


@dataclass(frozen=True)
class GapAttainment:
    """How the gap between a part and the rest stands against its target.

    Attributes
    ----------
    status : str
        'met', 'close', 'not met' or 'no figure'.
    gap, lower, upper : float or None
        The gap now with its interval: a ratio of rates or a difference of shares
        [percentage points].
    target : Target
    missed_by : float or None
        How far the gap is beyond its target [same unit].
    certain : bool
        Whether the whole interval lies on one side of the target, so that chance
        alone does not decide.
    measure : str
        'byar' (ratio) or 'wilson' (difference).
    method : str
        The rule in words.
    """

    status: str
    gap: float | None
    lower: float | None
    upper: float | None
    target: Target
    missed_by: float | None
    certain: bool
    measure: str
    method: str


def gap_attainment(
    target: Target,
    gap: float | None,
    interval: tuple[float | None, float | None],
    *,
    measure: str,
    polarity: str,
    methods: Methods,
) -> GapAttainment:
    """Judge the gap between a part and the rest of the district by its target.

    Parameters
    ----------
    target : Target
        Of kind 'gap': a ratio of rates or a difference of shares [percentage
        points].
    gap : float or None
        The part against the rest now; None when it may not be told or there are
        too few.
    interval : tuple of float or None
        Its limits, as `perfnb.analysis.groups.differences` gives them.
    measure : {'byar', 'wilson'}
        Ratio of rates or difference of shares.
    polarity : {'maximise', 'minimise', 'midpoint', 'range', 'neutral'}
        On which side of no gap the part fares worse; used where the target is no
        gap at all.
    methods : Methods
        `target_tolerance`: how much of the gap aimed at a miss may be and still
        be close.

    Returns
    -------
    GapAttainment
        Met when the gap is no wider than the target, on the target's side of no
        gap; a gap on the other side has more than closed.

    Raises
    ------
    PerfnbError
        When the target is no gap, or measure or polarity is unknown.

    References
    ----------
    As for the gaps: Breslow NE, Day NE (1987); Newcombe RG (1998) Stat Med 17:873.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> target = Target(indicator="IL3", period="2025-26", kind="gap", value=2.5,
    ...     area="E01990001", rationale="Illustrative", basis="illustrative")
    >>> found = gap_attainment(target, 2.73, (2.58, 2.89), measure="byar",
    ...     polarity="minimise", methods=read_methods("parameters/methods.yaml"))
    >>> found.status, round(found.missed_by, 2), found.certain
    ('not met', 0.23, True)
    """
    good = good_side(polarity)
    if target.kind != "gap" or target.value is None or measure not in NO_GAP:
        message = "Only a target of kind 'gap' for rates or shares can be judged so."
        raise PerfnbError(message)
    lower, upper = interval
    if gap is None or lower is None or upper is None:
        words = "There is no gap that can be told."
        return GapAttainment(
            "no figure", None, None, None, target, None, False, measure, words
        )
    excess = target.value - NO_GAP[measure]
    side = _sign(excess) or -good or _sign(gap - NO_GAP[measure]) or 1
    shown = as_shown(gap, _GAP_DECIMALS[measure])
    missed = max(round((shown - target.value) * side, 9), 0.0)
    if target.tolerance_kind == "points":
        reach = allowed(target, methods)[0]
    else:
        own = target.tolerance
        reach = (methods.target_tolerance if own is None else own) * abs(excess)
    near = CLOSE if missed <= reach * (1 + EXACTLY) else NOT_MET
    return GapAttainment(
        status=near if missed else MET,
        gap=gap,
        lower=lower,
        upper=upper,
        target=target,
        missed_by=missed,
        certain=not lower <= target.value <= upper,
        measure=measure,
        method=(
            "Met when the gap to the rest of the district is no wider than the target; "
            f"close when it is wider by no more than {reach:.3g}. With its confidence "
            "interval: where that holds the target, chance alone may decide."
        ),
    )


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)
