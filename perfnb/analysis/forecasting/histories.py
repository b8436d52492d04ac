"""A series by number of period: which figures make a year, and which may be used.

Periods are numbered through, gaps and all, so that the quarters of a financial
year, the year before and an unbroken run are found by counting.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from perfnb.analysis.frames import Floats, Ints, floats, require
from perfnb.analysis.segments import check_periods
from perfnb.errors import PerfnbError

QUARTERS = 4
"""Periods in the year of a quarterly series."""

RULES = ("sum", "pool", "latest", "none")


@dataclass(frozen=True)
class YearRule:
    """How the figures of an indicator make a financial year.

    Attributes
    ----------
    frequency : {'quarterly', 'annual', 'rolling', 'snapshot'}
        How often a figure is due.
    window_months : int or None
        Months that one figure covers; None leaves the spans unchecked.
    year_to_date : {'sum', 'pool', 'latest', 'none'}
        As in `perfnb.analysis.change.year_to_date`. A figure a year is the year itself.
    per : float or None
        value = numerator / denominator * per; without it there are no counts.
    lower_bound, upper_bound : float or None
        Values beyond which there is nothing.
    """

    frequency: str
    window_months: int | None
    year_to_date: str
    per: float | None = None
    lower_bound: float | None = None
    upper_bound: float | None = None

    @property
    def season(self) -> int:
        """Figures in a year."""
        return QUARTERS if self.frequency in ("quarterly", "rolling") else 1

    @property
    def adds_up(self) -> bool:
        """Whether the quarters of a year are put together."""
        return self.season > 1 and self.year_to_date in ("sum", "pool")


class Figures(NamedTuple):
    """Figures along the last axis, one a period, NaN where there is none."""

    values: Floats
    numerators: Floats
    denominators: Floats


@dataclass(frozen=True)
class History:
    """A series by number of period.

    Attributes
    ----------
    first : int
        Number of the first period: the financial year, named by the year in which
        it ends, times the figures in a year, plus the place in the year.
    figures : Figures
        From the first period on.
    splits : tuple of int
        Numbers of the periods from which another series begins.
    """

    first: int
    figures: Figures
    splits: tuple[int, ...] = ()

    @property
    def stop(self) -> int:
        """Number of the period after the last."""
        return self.first + len(self.figures.values)

    def part(self, start: int, stop: int) -> Figures:
        """Give the figures from a period up to but not with another.

        Periods before the first and after the last are NaN.
        """
        low, high = max(start, self.first), min(stop, self.stop)
        found = []
        for figures in self.figures:
            part = np.full(max(stop - start, 0), np.nan)
            if low < high:
                known = figures[low - self.first : high - self.first]
                part[low - start : high - start] = known
            found.append(part)
        return Figures(*found)

    def split_within(self, start: int, stop: int) -> bool:
        """Whether another series begins after `start` and before `stop`."""
        return any(start < number < stop for number in self.splits)


def history(
    points: pd.DataFrame, rule: YearRule, splits: Iterable[date] = ()
) -> History:
    """Put a series in order by number of period.

    Parameters
    ----------
    points : pandas.DataFrame
        One row per period of one series, oldest first: `start`, `end`
        [datetime64], `value` [indicator's unit], `numerator`, `denominator`
        [counts], all missing allowed.
    rule : YearRule
        How the figures make a year.
    splits : iterable of datetime.date, optional
        First days of figures from which the series is another one.

    Returns
    -------
    History

    Raises
    ------
    PerfnbError
        When a column is missing or holds no numbers, periods are out of order,
        come twice or cover other months than they should, two figures fall into
        one period, or frequency or rule is unknown.

    Examples
    --------
    >>> quarters = pd.period_range("2026Q1", "2026Q3", freq="Q-MAR")
    >>> points = pd.DataFrame({"start": quarters.start_time,
    ...     "end": quarters.end_time.normalize(), "value": [1.0, None, 3.0],
    ...     "numerator": None, "denominator": None})
    >>> found = history(points, YearRule("quarterly", 3, "sum"))
    >>> found.first == 2026 * 4, found.figures.values.tolist()
    (True, [1.0, nan, 3.0])
    """
    if rule.year_to_date not in RULES:
        message = (
            f"'{rule.year_to_date}' is not a rule for a year; known are "
            f"{', '.join(RULES)}."
        )
        raise PerfnbError(message)
    require(points, ["numerator", "denominator"], "points")
    check_periods(points, rule.window_months, rule.frequency)
    numbers = _numbers(points["end"], rule.season)
    if len(numbers) != len(np.unique(numbers)):
        message = f"There are two {rule.frequency} figures for one period."
        raise PerfnbError(message)
    first = int(numbers[0]) if len(numbers) else 0
    length = int(numbers[-1]) - first + 1 if len(numbers) else 0
    laid_out = []
    for name in ("value", "numerator", "denominator"):
        figures = np.full(length, np.nan)
        figures[numbers - first] = floats(points[name])
        laid_out.append(figures)
    return History(first, Figures(*laid_out), _split_numbers(points, numbers, splits))


def year_value(found: History, year: int, rule: YearRule) -> float:
    """Give the outturn of a financial year; NaN when a figure of it is missing.

    Also when the series becomes another one within the year: what was counted in
    two ways does not add up.

    Examples
    --------
    >>> counts = np.array([10.0, 12, 11, 9])
    >>> figures = Figures(counts / 50 * 100, counts, np.full(4, 50.0))
    >>> year = History(2026 * 4, figures)
    >>> year_value(year, 2026, YearRule("quarterly", 3, "sum", per=100))
    84.0
    """
    start = year * rule.season
    stop = start + rule.season
    if rule.adds_up:
        if found.split_within(start, stop):
            return float("nan")
        return float(to_date(found.part(start, stop), rule)[-1])
    values, *_ = found.part(stop - 1, stop)
    return float(values[0])


def to_date(figures: Figures, rule: YearRule) -> Floats:
    """Put the quarters of a year together, one after the other.

    Parameters
    ----------
    figures : Figures
        A figure a quarter from the first of the year on.
    rule : YearRule
        With counts and ``sum`` they are added and set against the mean
        denominator, with ``pool`` both are added. Without counts values add up
        with ``sum``; percentages never do.

    Returns
    -------
    numpy.ndarray
        The year to date after each quarter [indicator's unit].

    Examples
    --------
    >>> figures = Figures(
    ...     np.array([20.0, 40.0]), np.array([2.0, 4.0]), np.array([10.0, 10.0]))
    >>> to_date(figures, YearRule("quarterly", 3, "sum", per=100)).tolist()
    [20.0, 60.0]
    >>> to_date(figures, YearRule("quarterly", 3, "pool", per=100)).tolist()
    [20.0, 30.0]
    """
    if not has_counts(figures, rule):
        added: Floats = np.cumsum(figures.values, axis=-1)
        return added if rule.year_to_date == "sum" else np.full_like(added, np.nan)
    events = np.cumsum(figures.numerators, axis=-1)
    base = np.cumsum(figures.denominators, axis=-1)
    if rule.year_to_date == "sum":
        base = base / np.arange(1, base.shape[-1] + 1)
    value: Floats = events / np.where(base > 0, base, np.nan) * (rule.per or 1)
    return value


def has_counts(figures: Figures, rule: YearRule) -> bool:
    """Whether figures come with the counts that they are made of."""
    if rule.per is None:
        return False
    counts = (figures.numerators, figures.denominators)
    return all(bool(np.isfinite(count).any()) for count in counts)


def _numbers(ends: pd.Series, season: int) -> Ints:
    quarters = ends.dt.to_period("Q-MAR").dt
    years = np.asarray(quarters.qyear, dtype=np.int64)
    if season == 1:
        return years
    return years * season + np.asarray(quarters.quarter, dtype=np.int64) - 1


def _split_numbers(
    points: pd.DataFrame, numbers: Ints, splits: Iterable[date]
) -> tuple[int, ...]:
    """Give the number of the first period of each series that begins within."""
    starts = points["start"].to_numpy()
    after = [int((starts < np.datetime64(day)).sum()) for day in splits]
    return tuple(int(numbers[place]) for place in after if 0 < place < len(numbers))
