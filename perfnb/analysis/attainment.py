"""Does a figure meet its target, nearly or not at all? One rule a target.

A figure is judged as it is shown: rounded to the decimals that a reader sees, so
that a page never says "missed" of two figures that look alike, and floating
point decides nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from perfnb.analysis.verdicts import good_side
from perfnb.methods import Methods
from perfnb.registers import Target

MET, CLOSE, NOT_MET = "met", "close", "not met"
JUDGED = (MET, CLOSE, NOT_MET)
MISSED = (CLOSE, NOT_MET)

EXACTLY = 1e-9
"""Distances this close, as a share of the allowance, are equal: 0.1 * 3 is 0.3."""


@dataclass(frozen=True)
class Attainment:
    """How a figure stands against its target.

    Attributes
    ----------
    status : str
        'met', 'close', 'not met', 'no figure', 'no target' or 'no good side'
        (a single value where neither more nor less is better).
    value : float or None
        The figure as it is shown [indicator's unit].
    target : Target or None
        What it was judged by.
    missed_by : float or None
        How far it lies on the wrong side [indicator's unit]; 0 when met.
    share : float or None
        The same as a share of the target; None when it is met or the target is
        nought.
    allowed : float or None
        Up to which distance a miss is close [indicator's unit].
    is_above : bool
        Whether a missed figure lies above the target.
    method : str
        The rule in words.
    """

    status: str
    value: float | None
    target: Target | None
    missed_by: float | None
    share: float | None
    allowed: float | None
    is_above: bool
    method: str


def attainment(
    value: float | None,
    target: Target | None,
    *,
    polarity: str,
    decimals: int,
    methods: Methods,
) -> Attainment:
    """Judge a figure by its target.

    Parameters
    ----------
    value : float or None
        The figure [indicator's unit]; None or NaN when there is none.
    target : Target or None
        A level; None when there is none in force.
    polarity : {'maximise', 'minimise', 'midpoint', 'range', 'neutral'}
        Which side of a single value meets it. With ``midpoint`` and ``range`` a
        single value is only met by itself and missed on both sides. A target
        with `low` and `high` is met between them, whatever the polarity.
    decimals : int
        Decimals that figures are shown with. A target that is written with more
        is not rounded: the figure is then judged to as many.
    methods : Methods
        House rules; `target_tolerance` where the target has no tolerance.

    Returns
    -------
    Attainment
        A miss by exactly the tolerance is still close. A relative tolerance of a
        target of nought is nought.

    Raises
    ------
    PerfnbError
        When the polarity is unknown.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> methods = read_methods("parameters/methods.yaml")
    >>> target = Target(indicator="IL1", period="2025-26", kind="level", value=50,
    ...     rationale="Illustrative", basis="illustrative")
    >>> found = attainment(45, target, polarity="maximise", decimals=1,
    ...     methods=methods)
    >>> found.status, found.missed_by, found.share
    ('close', 5.0, 0.1)
    """
    good = good_side(polarity)
    ends = None if target is None else bounds(target, polarity)
    allowance = None if target is None or ends is None else allowed(target, methods)
    if target is None:
        return _unjudged("no target", value, None, "There is no target.")
    places = max(decimals, *(written_decimals(end) for end in figures_of(target)))
    known = None if value is None or value != value else as_shown(value, places)
    if known is None:
        return _unjudged("no figure", None, target, "There is no figure.")
    if ends is None or allowance is None:
        method = "Neither more nor less is better, so a single value is not judged."
        return _unjudged("no good side", known, target, method)
    low, high = ends
    over = 0.0 if high is None else max(known - high, 0.0)
    under = 0.0 if low is None else max(low - known, 0.0)
    missed = round(over + under, places + 6)
    end = high if over else low
    return Attainment(
        status=_status(missed, allowance[bool(over)]),
        value=known,
        target=target,
        missed_by=missed,
        share=missed / abs(end) if missed and end else None,
        allowed=allowance[bool(over)] if missed else max(allowance),
        is_above=bool(over),
        method=_method(target, good, methods),
    )


def bounds(target: Target, polarity: str) -> tuple[float | None, float | None] | None:
    """Give the lowest and the highest figure that meet a target.

    Parameters
    ----------
    target : Target
        A level.
    polarity : str
        As in `attainment`.

    Returns
    -------
    tuple of float or None
        None at an end where nothing is too low or too high; None altogether
        when no side of the target is good.
    """
    if target.value is None:
        return target.low, target.high
    if polarity == "neutral":
        return None
    good = good_side(polarity)
    return (
        target.value if good >= 0 else None,
        target.value if good <= 0 else None,
    )


def allowed(target: Target, methods: Methods) -> tuple[float, float]:
    """Give how far below its lower and above its upper end a miss is close.

    Parameters
    ----------
    target : Target
        A level.
    methods : Methods
        `target_tolerance` where the target has no tolerance of its own.

    Returns
    -------
    tuple of float
        [indicator's unit]
    """
    ends = figures_of(target)
    if target.tolerance is not None and target.tolerance_kind == "points":
        return target.tolerance, target.tolerance
    share = methods.target_tolerance if target.tolerance is None else target.tolerance
    return share * abs(ends[0]), share * abs(ends[-1])


def in_a_row(statuses: Sequence[str]) -> int:
    """Count the latest periods that missed their target without a break.

    Parameters
    ----------
    statuses : sequence of str
        Of every period, oldest first. A period that met its target, or has no
        figure or no target, ends the count: nobody knows what stood there.

    Examples
    --------
    >>> in_a_row(["not met", "met", "close", "not met"])
    2
    """
    latest_first = list(reversed(statuses))
    missed = [status in MISSED for status in latest_first]
    return missed.index(False) if False in missed else len(missed)


def figures_of(target: Target) -> tuple[float, ...]:
    """Give the figures that a target names, lowest first."""
    named = (target.value, target.low, target.high)
    return tuple(figure for figure in named if figure is not None)


def as_shown(value: float, decimals: int) -> float:
    """Round a figure just as it is written.

    Examples
    --------
    >>> as_shown(49.96, 1)
    50.0
    """
    return float(f"{value:.{decimals}f}")


def written_decimals(figure: float) -> int:
    """Count the decimals that a figure was written with.

    Examples
    --------
    >>> written_decimals(98.25), written_decimals(98.0)
    (2, 0)
    """
    text = f"{figure:.9f}".rstrip("0")
    return len(text.partition(".")[2])


def _status(missed: float, allowance: float) -> str:
    if not missed:
        return MET
    return CLOSE if missed <= allowance * (1 + EXACTLY) else NOT_MET


def _unjudged(
    status: str, value: float | None, target: Target | None, method: str
) -> Attainment:
    return Attainment(status, value, target, None, None, None, False, method)


def _method(target: Target, good: int, methods: Methods) -> str:
    sides = "within its two ends" if target.value is None else "on its good side"
    if target.value is not None and good == 0:
        sides = "equal to it"
    own = target.tolerance is not None
    share = target.tolerance if target.tolerance is not None else 0.0
    if target.tolerance_kind == "points":
        reach = f"{share:g} in its own unit"
    else:
        reach = (
            f"{100 * (share if own else methods.target_tolerance):.4g}% of the target"
        )
    whose = "the target's own tolerance" if own else "house rule"
    return (
        f"Met when the figure as shown is {sides}; close when it misses by no more "
        f"than {reach} ({whose}); otherwise not met."
    )
