"""Better or worse than a year before? A figure beside that of the same period.

The same quarter a year ago has the same season. It is still one figure beside
another: whether the change is real is for the whole series to say.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from perfnb.analysis.frames import floats
from perfnb.analysis.process_limits import TOLERANCE
from perfnb.analysis.segments import check_periods
from perfnb.analysis.verdicts import good_side

TWO_FIGURES = "Two figures alone cannot show whether a change is real."

METHOD = "The latest figure less that of the same period a year before. " + TWO_FIGURES


@dataclass(frozen=True)
class YearOnYear:
    """The latest figure and that of the same period a year before.

    Attributes
    ----------
    standing : str
        'no data', 'no figure a year before' or 'compared'.
    meaning : str
        'better', 'worse', 'different' (no side is good), 'the same', or '' where
        nothing is compared. Never that a change is real.
    value, before : float or None
        [indicator's unit]
    start, end : pandas.Timestamp or None
        First and last day of the latest figure.
    start_before, end_before : pandas.Timestamp or None
        Of the figure a year before, whether or not there is one.
    difference : float or None
        `value` less `before` [indicator's unit].
    per_cent : float or None
        The difference as a share of `before` [%]; None where that is 0.
    shared_months : int
        Months that are in both figures.
    method : str
        What it is and what it cannot show.
    """

    standing: str
    meaning: str
    value: float | None
    before: float | None
    start: pd.Timestamp | None
    end: pd.Timestamp | None
    start_before: pd.Timestamp | None
    end_before: pd.Timestamp | None
    difference: float | None
    per_cent: float | None
    shared_months: int
    method: str = METHOD


def year_on_year(
    points: pd.DataFrame,
    *,
    polarity: str,
    window_months: int | None,
    frequency: str,
) -> YearOnYear:
    """Set the latest figure of a series beside that of a year before.

    Parameters
    ----------
    points : pandas.DataFrame
        One row per period of one series, oldest first: `start`, `end`
        [datetime64], `value` [indicator's unit, missing allowed]. Only what is
        measured alike: nothing from before a break that splits the series.
    polarity, window_months, frequency
        As in `perfnb.analysis.change.trend.xmr`.

    Returns
    -------
    YearOnYear

    Raises
    ------
    PerfnbError
        As `perfnb.analysis.change.trend.xmr` does.

    Examples
    --------
    >>> quarters = pd.period_range("2025Q1", periods=5, freq="Q-MAR")
    >>> points = pd.DataFrame({
    ...     "start": quarters.start_time, "end": quarters.end_time.normalize(),
    ...     "value": [40.0, 20, 25, 30, 44]})
    >>> found = year_on_year(points, polarity="minimise", window_months=3,
    ...     frequency="quarterly")
    >>> found.difference, found.per_cent, found.meaning
    (4.0, 10.0, 'worse')
    """
    good = good_side(polarity)
    check_periods(points, window_months, frequency)
    values = floats(points["value"])
    known = np.flatnonzero(np.isfinite(values))
    if not len(known):
        nothing = (None,) * 8
        return YearOnYear("no data", "", *nothing, shared_months=0)
    value, latest = float(values[known[-1]]), points.iloc[known[-1]]
    year = pd.DateOffset(years=1)
    start, end = latest["start"] - year, latest["end"] - year
    same = np.flatnonzero((points["start"] == start).to_numpy() & np.isfinite(values))
    before = float(values[same[0]]) if len(same) else None
    months = latest["end"].to_period("M") - latest["start"].to_period("M")
    difference = None if before is None else _difference(value, before)
    return YearOnYear(
        standing="no figure a year before" if before is None else "compared",
        meaning="" if difference is None else _meaning(difference, good),
        value=value,
        before=before,
        start=latest["start"],
        end=latest["end"],
        start_before=start,
        end_before=points["end"].iloc[same[0]] if len(same) else end,
        difference=difference,
        per_cent=difference / abs(before) * 100
        if before and difference is not None
        else None,
        shared_months=max(months.n + 1 - 12, 0),
    )


def _difference(value: float, before: float) -> float:
    small = abs(value - before) <= TOLERANCE * max(abs(value), abs(before))
    return 0.0 if small else value - before


def _meaning(difference: float, good: int) -> str:
    if difference == 0:
        return "the same"
    if good == 0:
        return "different"
    return "better" if np.sign(difference) == good else "worse"
