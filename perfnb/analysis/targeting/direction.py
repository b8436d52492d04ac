"""Which way did a figure go since another one? A comparison of two points only.

Two points show a direction of travel, never a trend: whether the change is more
than ordinary ups and downs is for `perfnb.analysis.change.trend` to say.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from perfnb.analysis.attainment import as_shown
from perfnb.analysis.frames import floats, require
from perfnb.analysis.segments import check_periods
from perfnb.analysis.verdicts import good_side

METHOD = (
    "Two figures compared as they are shown; no trend and no proof of a real change."
)


@dataclass(frozen=True)
class Direction:
    """The latest figure beside an earlier one.

    Attributes
    ----------
    word : str
        'better', 'worse', 'same', 'higher' or 'lower' (neither side is good) or
        'no figure' (one of the two is missing).
    before, now : float or None
        [indicator's unit]
    change : float or None
        `now` less `before` as shown [indicator's unit].
    start, end : pandas.Timestamp or None
        First and last day of the earlier period; None when it is not due.
    overlaps : bool
        Whether the two periods share days, as figures over rolling months do.
    method : str
        What the comparison is and is not.
    """

    word: str
    before: float | None
    now: float | None
    change: float | None
    start: pd.Timestamp | None
    end: pd.Timestamp | None
    overlaps: bool = False
    method: str = METHOD


def short(
    points: pd.DataFrame,
    *,
    polarity: str,
    decimals: int,
    ideal: tuple[float, float] | None = None,
) -> Direction:
    """Compare the latest figure with that of the period before.

    Parameters
    ----------
    points : pandas.DataFrame
        One row a period, oldest first and ending with the period in question:
        `start`, `end` [datetime64], `value` [indicator's unit, missing allowed].
    polarity, decimals, ideal
        As in `since`.

    Returns
    -------
    Direction

    Examples
    --------
    >>> quarters = pd.period_range("2026Q1", "2026Q2", freq="Q-MAR")
    >>> points = pd.DataFrame({"start": quarters.start_time,
    ...     "end": quarters.end_time.normalize(), "value": [80.0, 90]})
    >>> short(points, polarity="minimise", decimals=0).word
    'worse'
    """
    require(points, ["end"], "points")
    before = points["end"].iloc[-2] if len(points) > 1 else None
    return since(points, before, polarity=polarity, decimals=decimals, ideal=ideal)


def long(
    points: pd.DataFrame,
    *,
    polarity: str,
    decimals: int,
    ideal: tuple[float, float] | None = None,
) -> Direction:
    """Compare the latest figure with that of the same period a year before.

    Parameters
    ----------
    points, polarity, decimals, ideal
        As in `short`.

    Returns
    -------
    Direction
        The same as `short` where there is one figure a year.
    """
    require(points, ["end"], "points")
    before = None
    if len(points):
        month: pd.Period = pd.Period(points["end"].iloc[-1], freq="M")
        before = (month - 12).end_time.normalize()
    return since(points, before, polarity=polarity, decimals=decimals, ideal=ideal)


def since(
    points: pd.DataFrame,
    before: pd.Timestamp | None,
    *,
    polarity: str,
    decimals: int,
    ideal: tuple[float, float] | None = None,
) -> Direction:
    """Compare the latest figure with that of the period that ended on a day.

    Parameters
    ----------
    points : pandas.DataFrame
        As in `short`.
    before : pandas.Timestamp or None
        Last day of the earlier period; None when there is none.
    polarity : {'maximise', 'minimise', 'midpoint', 'range', 'neutral'}
        Which side is good.
    decimals : int
        Decimals that figures are shown with: what looks the same is the same.
    ideal : tuple of float, optional
        Best value or range, both ends [indicator's unit]. Where neither side is
        good, the figure that lies nearer to it is better.

    Returns
    -------
    Direction

    Raises
    ------
    PerfnbError
        When a column is missing, a value is not a number, periods come twice or
        out of order, or the polarity is unknown.
    """
    good = good_side(polarity)
    check_periods(points, None, "quarterly")
    values = floats(points["value"])
    ends = list(points["end"])
    if before is None or before not in ends[:-1]:
        now = as_shown(values[-1], decimals) if len(values) else float("nan")
        return Direction("no figure", None, _known(now), None, None, None)
    place = ends.index(before)
    first, last = (as_shown(values[row], decimals) for row in (place, -1))
    word = "no figure"
    if first == first and last == last:
        word = _word(first, last, good, ideal)
    change = None if word == "no figure" else as_shown(last - first, decimals)
    start, end = points["start"].iloc[place], points["end"].iloc[place]
    shared = bool(points["start"].iloc[-1] <= end)
    return Direction(word, _known(first), _known(last), change, start, end, shared)


def _word(
    before: float, now: float, good: int, ideal: tuple[float, float] | None
) -> str:
    if before == now:
        return "same"
    if good:
        return "better" if (now > before) == (good > 0) else "worse"
    if ideal is None:
        return "higher" if now > before else "lower"
    was, is_now = (max(ideal[0] - v, v - ideal[1], 0.0) for v in (before, now))
    if was == is_now:
        return "same"
    return "better" if is_now < was else "worse"


def _known(value: float) -> float | None:
    return value if value == value else None
