"""Where will the year end? A range, and the chance of missing the target.

A figure for a year that is not over is a range, or the honest answer that none
can be given. How the indicator stands today is another question, and never mixed
with this one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from perfnb.analysis.forecasting.histories import QUARTERS, YearRule, history
from perfnb.analysis.forecasting.model_choice import CHOSEN
from perfnb.analysis.forecasting.outturn_words import method
from perfnb.analysis.forecasting.year_course import LIMITS, stretched, year_course
from perfnb.analysis.forecasting.year_end import COMPLETE, FORECAST, year_end
from perfnb.analysis.frames import Floats
from perfnb.analysis.verdicts import good_side
from perfnb.errors import PerfnbError
from perfnb.methods import Methods
from perfnb.quarters import write_year

LIKELY_MISS, LIKELY_MET = "likely to be missed", "likely to be met"
OPEN, NO_CHANCE = "could go either way", "not judged"


@dataclass(frozen=True)
class Outturn:
    """Where a financial year may end.

    Attributes
    ----------
    standing : str
        'forecast', 'year complete', or why there is none: 'no rule',
        'overlapping windows', 'no data', 'too old', 'gap in the year', 'break in
        the year', 'no counts', 'too few points' or 'no variation'.
    year : str
        Such as "2025-26".
    known, periods : int
        Periods of the year that are known, and that it has.
    so_far : float or None
        The year to date [indicator's unit].
    value : float or None
        Middle of the simulated outturns, or the outturn of a complete year.
    lower_inner, upper_inner : float or None
        Range by `forecast_inner_confidence` [indicator's unit].
    lower_ci, upper_ci : float or None
        Range by `confidence` [indicator's unit].
    outturns : numpy.ndarray
        The simulated outturns, in order; empty without a forecast.
    course : pandas.DataFrame
        A row a period of the year that is known or forecast: `start`, `end` [days
        that the figure covers, from April where quarters add up], `is_known`,
        `value`, `lower_inner`, `upper_inner`, `lower_ci`, `upper_ci`.
    model : str
        Model behind the paths; '' without a forecast.
    stretch : float
        By how much the ranges were widened.
    n : int
        Figures that follow on one another up to the last one.
    method : str
        Method and source, or why there is no forecast, in words.
    """

    standing: str
    year: str
    known: int
    periods: int
    so_far: float | None
    value: float | None
    lower_inner: float | None
    upper_inner: float | None
    lower_ci: float | None
    upper_ci: float | None
    outturns: Floats
    course: pd.DataFrame
    model: str
    stretch: float
    n: int
    method: str


def outturn(
    points: pd.DataFrame,
    quarter: pd.Period,
    rule: YearRule,
    methods: Methods,
    *,
    splits: Iterable[date] = (),
    model: str = CHOSEN,
    stretch: float = 1.0,
) -> Outturn:
    """Forecast where the financial year of a quarter ends.

    Parameters
    ----------
    points : pandas.DataFrame
        One row per period of one series, oldest first, gaps as missing values or
        rows: `start`, `end` [datetime64], `value` [indicator's unit],
        `numerator`, `denominator` [counts, missing allowed].
    quarter : pandas.Period
        The quarter reported on; figures after it are not looked at.
    rule : YearRule
        How the figures make a year; a figure a year is the year itself.
    methods : Methods
        House rules of forecasting and of confidence.
    splits : iterable of datetime.date, optional
        First days of figures from which the series is another one: what lies
        before is not used.
    model : str, optional
        As in `perfnb.analysis.forecasting.model_choice.fitted`.
    stretch : float, optional
        By how much ranges are widened, as earlier forecasts ask for
        (`perfnb.analysis.forecasting.calibration`).

    Returns
    -------
    Outturn

    Raises
    ------
    PerfnbError
        As `perfnb.analysis.forecasting.histories.history`; when the model is
        unknown, a value lies beyond its bounds or the stretch is not above 0.

    References
    ----------
    Hyndman RJ, Athanasopoulos G (2021) Forecasting: Principles and Practice, 3rd
    edition, section 5.5 (sums of simulated paths).

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> quarters = pd.period_range("2024Q1", periods=11, freq="Q-MAR")
    >>> counts = [50.0, 61, 48, 55, 52, 60, 47, 56, 53, 62, 49]
    >>> points = pd.DataFrame({
    ...     "start": quarters.start_time, "end": quarters.end_time.normalize(),
    ...     "numerator": counts, "denominator": 1000.0, "value": counts})
    >>> rule = YearRule("quarterly", 3, "sum", per=1000, lower_bound=0)
    >>> methods = read_methods("parameters/methods.yaml")
    >>> found = outturn(points, quarters[-1], rule, methods)
    >>> found.year, found.so_far, round(found.value)
    ('2025-26', 164.0, 220)
    """
    if not stretch > 0:
        message = f"Ranges are widened by a factor above 0, not {stretch}."
        raise PerfnbError(message)
    series = history(points, rule, splits)
    year, upto = quarter.qyear, _last_due(points, quarter, rule)
    end = year_end(series, year, upto, rule, methods, model)
    drawn = stretched(end, stretch, rule)
    course = year_course(points, end, drawn, quarter, rule, methods)
    last = course.iloc[-1] if len(course) and end.standing in _ENDED else None
    return Outturn(
        standing=end.standing,
        year=write_year(quarter),
        known=len(end.so_far),
        periods=rule.season,
        so_far=float(end.so_far[-1]) if len(end.so_far) else None,
        outturns=np.sort(drawn[:, -1]) if drawn.size else np.empty(0),
        course=course,
        model="" if end.forecast is None else end.forecast.model,
        stretch=stretch,
        n=end.n,
        method=method(end, stretch, methods),
        **{name: _cell(last, name) for name in ("value", *LIMITS)},
    )


_ENDED = (FORECAST, COMPLETE)


def chance_of_missing(
    found: Outturn,
    polarity: str,
    *,
    value: float | None = None,
    low: float | None = None,
    high: float | None = None,
) -> float | None:
    """Say how likely the year ends beyond its target.

    Parameters
    ----------
    found : Outturn
        Where the year may end.
    polarity : {'maximise', 'minimise', 'midpoint', 'range', 'neutral'}
        Which way is better.
    value : float, optional
        Target to reach, or not to exceed.
    low, high : float, optional
        Range to stay within, in place of a value.

    Returns
    -------
    float or None
        Share of the simulated outturns below the value (more is better), above it
        (less is better) or outside the range. None without a forecast, without a
        target, and for a single value where no side is good.

    Raises
    ------
    PerfnbError
        When the polarity is unknown or the range is the wrong way round.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> found = SimpleNamespace(outturns=np.array([8.0, 9.0, 10.0, 11.0]))
    >>> chance_of_missing(found, "minimise", value=9.5)
    0.5
    >>> chance_of_missing(found, "range", low=8.5, high=10.5)
    0.5
    """
    good = good_side(polarity)
    if low is not None and high is not None and low > high:
        message = f"A range from {low} to {high} holds nothing."
        raise PerfnbError(message)
    outturns = found.outturns
    if not len(outturns):
        return None
    if value is not None:
        if good == 0:
            return None
        return float(((outturns - value) * good < 0).mean())
    if low is None and high is None:
        return None
    below = outturns < (-np.inf if low is None else low)
    above = outturns > (np.inf if high is None else high)
    return float((below | above).mean())


def expectation(chance: float | None, methods: Methods) -> str:
    """Say what a chance of missing a target amounts to.

    Parameters
    ----------
    chance : float or None
        As `chance_of_missing` gives it.
    methods : Methods
        House rule `likely_chance`.

    Returns
    -------
    str
        'likely to be missed', 'likely to be met', 'could go either way' or 'not
        judged'.

    References
    ----------
    Mastrandrea MD et al (2010) Guidance Note on Consistent Treatment of
    Uncertainties, Intergovernmental Panel on Climate Change.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> expectation(0.8, read_methods("parameters/methods.yaml"))
    'likely to be missed'
    """
    if chance is None:
        return NO_CHANCE
    if chance >= methods.likely_chance:
        return LIKELY_MISS
    return LIKELY_MET if chance <= 1 - methods.likely_chance else OPEN


def _last_due(points: pd.DataFrame, quarter: pd.Period, rule: YearRule) -> int:
    """Give the number of the last period due by the end of a quarter."""
    if rule.season == QUARTERS:
        return int(quarter.qyear * QUARTERS + quarter.quarter - 1)
    # A yearly count is due in the quarter in which it is taken.
    place = points["end"].iloc[-1].to_period("Q-MAR").quarter if len(points) else 4
    return int(quarter.qyear - (quarter.quarter < place))


def _cell(row: pd.Series | None, name: str) -> float | None:
    return None if row is None or pd.isna(row[name]) else float(row[name])
