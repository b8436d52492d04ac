"""Which side is good, and whether an interval lies wholly on one side of a level.

What the comparisons with peers and between groups have in common: better or
worse is said only when the confidence interval leaves the level out.
"""

from __future__ import annotations

from perfnb.errors import PerfnbError

POLARITIES = {"maximise": 1, "minimise": -1, "midpoint": 0, "range": 0, "neutral": 0}


def good_side(polarity: str) -> int:
    """Say which side is good: 1 more, -1 less, 0 neither.

    Raises
    ------
    PerfnbError
        When the polarity is unknown.

    Examples
    --------
    >>> good_side("minimise")
    -1
    """
    if polarity not in POLARITIES:
        known = ", ".join(POLARITIES)
        message = f"'{polarity}' is not a polarity; known are {known}."
        raise PerfnbError(message)
    return POLARITIES[polarity]


def verdict(limits: tuple[float, float], level: float, good: int) -> str:
    """Say on which side of a level an interval lies.

    Parameters
    ----------
    limits : tuple of float
        Lower and upper limit [any unit].
    level : float
        What it is compared with [the same unit].
    good : {1, -1, 0}
        As `good_side` gives it.

    Returns
    -------
    str
        'better', 'worse', 'different' (no side is good) or 'no clear
        difference' (the level lies within the limits).

    References
    ----------
    Public Health England, Technical Guide - Confidence Intervals (2018): a value
    is compared with a benchmark by whether its interval contains it.

    Examples
    --------
    >>> verdict((50.4, 56.6), 50.0, good_side("maximise"))
    'better'
    """
    lower, upper = limits
    if lower <= level <= upper:
        return "no clear difference"
    if good == 0:
        return "different"
    return "better" if (lower > level) == (good > 0) else "worse"
