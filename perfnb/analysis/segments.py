"""Which figures of a series follow on one another, and where it has gaps.

A gap (a missing figure, or a period without a row) breaks a series into
segments: nobody knows what stood there, so nothing is reckoned across it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from perfnb.analysis.frames import Flags, Floats, Ints, require
from perfnb.errors import PerfnbError

FREQUENCIES = {"quarterly": 3, "annual": 12, "rolling": None, "snapshot": None}
"""Months from one figure to the next; None where the series itself tells."""


def check_periods(
    points: pd.DataFrame, window_months: int | None, frequency: str
) -> None:
    """Refuse periods from which no series can be made.

    Parameters
    ----------
    points, window_months, frequency
        As in `perfnb.analysis.change.trend.xmr`.

    Raises
    ------
    PerfnbError
        When a column is missing, a period is without dates, comes twice or out
        of order or covers other than `window_months` months, or the frequency
        is unknown.

    Examples
    --------
    >>> check_periods(pd.DataFrame({"start": [], "end": []}), 3, "quarterly")
    Traceback (most recent call last):
    perfnb.errors.PerfnbError: The points lack the column 'value'.
    """
    require(points, ["start", "end", "value"], "points")
    if frequency not in FREQUENCIES:
        known = ", ".join(FREQUENCIES)
        message = f"'{frequency}' is not a frequency; known are {known}."
        raise PerfnbError(message)
    start, end = points["start"], points["end"]
    if not all(pd.api.types.is_datetime64_dtype(dates) for dates in (start, end)):
        message = "The columns 'start' and 'end' of the points must hold dates."
        raise PerfnbError(message)
    if start.isna().any() or end.isna().any() or (end < start).any():
        message = "A point lacks its first or last day, or ends before it starts."
        raise PerfnbError(message)
    back = (start.diff() <= pd.Timedelta(0)).to_numpy()
    _refuse(points, back, "comes twice or out of order")
    if window_months is not None and frequency != "snapshot":
        other = _months(end) - _months(start) + 1 != window_months
        problem = f"does not cover the {window_months} months that a figure covers"
        _refuse(points, other, problem)


def steps(points: pd.DataFrame, frequency: str) -> Ints:
    """Count how many periods each row stands after the row before.

    Parameters
    ----------
    points : pandas.DataFrame
        One row per period, oldest first: `start` [datetime64].
    frequency : {'quarterly', 'annual', 'rolling', 'snapshot'}
        Of the last two, the usual step of the series itself is one period.

    Returns
    -------
    numpy.ndarray
        1 for the first row and for every row that follows on.

    Examples
    --------
    >>> starts = pd.to_datetime(["2025-01-01", "2025-04-01", "2025-10-01"])
    >>> steps(pd.DataFrame({"start": starts}), "quarterly").tolist()
    [1, 1, 2]
    """
    months = np.diff(_months(points["start"]))
    due = FREQUENCIES[frequency]
    if due is None and len(months):
        lengths, times = np.unique(months, return_counts=True)
        due = int(lengths[times.argmax()])
    after = np.rint(months / max(due or 1, 1)).astype(np.int64)
    return np.concatenate([np.ones(min(len(points), 1), dtype=np.int64), after])


def segments(values: Floats, after: Ints) -> list[Ints]:
    """Give the positions of figures that follow on without a gap.

    Parameters
    ----------
    values : numpy.ndarray
        Figures, oldest first, missing ones NaN.
    after : numpy.ndarray
        Periods that each stands after the one before, as `steps` gives them.

    Examples
    --------
    >>> values = np.array([4.0, 5, np.nan, 6, 7])
    >>> [places.tolist() for places in segments(values, np.array([1, 1, 1, 1, 2]))]
    [[0, 1], [3], [4]]
    """
    known = np.flatnonzero(np.isfinite(values))
    if not len(known):
        return []
    gaps = (np.diff(known) > 1) | (after[known[1:]] > 1)
    return np.split(known, np.flatnonzero(gaps) + 1)


def _refuse(points: pd.DataFrame, wrong: Flags, problem: str) -> None:
    if wrong.any():
        row = points.iloc[int(wrong.argmax())]
        message = f"The period {row.start:%d/%m/%Y} to {row.end:%d/%m/%Y} {problem}."
        raise PerfnbError(message)


def _months(dates: pd.Series) -> Ints:
    return np.asarray(dates.dt.year * 12 + dates.dt.month, dtype=np.int64)
