"""How does a year run up to its end? Its known part, and ranges for the rest."""

from __future__ import annotations

import numpy as np
import pandas as pd

from perfnb.analysis.forecasting.histories import QUARTERS, YearRule
from perfnb.analysis.forecasting.year_end import YearEnd
from perfnb.analysis.frames import Floats
from perfnb.methods import Methods
from perfnb.quarters import Span

LIMITS = ("lower_inner", "upper_inner", "lower_ci", "upper_ci")
"""The limits of a forecast's narrower and wider range."""


def levels(methods: Methods) -> dict[str, float]:
    """Give the quantiles that a forecast's middle and ranges are read from.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> found = levels(read_methods("parameters/methods.yaml"))
    >>> {name: round(level, 3) for name, level in found.items()}["upper_ci"]
    0.975
    """
    inner, outer = methods.forecast_inner_confidence, methods.confidence
    return {
        "value": 0.5,
        "lower_inner": (1 - inner) / 2,
        "upper_inner": (1 + inner) / 2,
        "lower_ci": (1 - outer) / 2,
        "upper_ci": (1 + outer) / 2,
    }


def year_course(
    points: pd.DataFrame,
    end: YearEnd,
    drawn: Floats,
    quarter: pd.Period,
    rule: YearRule,
    methods: Methods,
) -> pd.DataFrame:
    """Lay out a financial year, period by period.

    Parameters
    ----------
    points : pandas.DataFrame
        As in `perfnb.analysis.forecasting.outturn.outturn`.
    end : YearEnd
        What is known of the year and where it may end.
    drawn : numpy.ndarray
        The simulated rests, as `stretched` gives them [indicator's unit].
    quarter : pandas.Period
        A quarter of the year.
    rule : YearRule
        How the figures make a year.
    methods : Methods
        The two confidences.

    Returns
    -------
    pandas.DataFrame
        A row a period that is known or forecast: `start`, `end` [days that the
        figure covers, from April where quarters add up], `is_known`, `value`,
        `lower_inner`, `upper_inner`, `lower_ci`, `upper_ci` [indicator's unit].

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> years = pd.period_range("2024-03", periods=2, freq="Y-MAR")
    >>> points = pd.DataFrame({"start": years.start_time, "end": years.end_time})
    >>> drawn = np.array([[8.0], [9.0], [10.0]])
    >>> known = np.array([], dtype=int)
    >>> end = YearEnd("forecast", np.array([]), known, drawn, None, 9, 2025)
    >>> course = year_course(points, end, drawn, pd.Period("2026Q3", "Q-MAR"),
    ...     YearRule("annual", 12, "none"), read_methods("parameters/methods.yaml"))
    >>> course[["start", "value", "upper_inner"]].astype(str).to_numpy().tolist()
    [['2025-04-01', '9.0', '9.8']]
    """
    spans = _spans(points, end, quarter, rule)
    rows = [
        {"is_known": True, "value": value, **dict.fromkeys(LIMITS, np.nan)}
        for value in end.so_far
    ]
    ranges = levels(methods)
    if drawn.size:
        quantiles = np.quantile(drawn, list(ranges.values()), axis=0).T
        rows += [
            {"is_known": False, **dict(zip(ranges, row, strict=True))}
            for row in quantiles
        ]
    columns = ["is_known", "value", *LIMITS]
    course = pd.DataFrame(rows, columns=columns).astype(
        {name: "bool" if name == "is_known" else "float64" for name in columns}
    )
    course.insert(0, "start", pd.to_datetime([span.start for span in spans]))
    course.insert(1, "end", pd.to_datetime([span.end for span in spans]))
    return course


def _spans(
    points: pd.DataFrame, end: YearEnd, quarter: pd.Period, rule: YearRule
) -> list[Span]:
    """Give the days of each row of the year's course."""
    n_to_come = end.drawn.shape[1]
    stop = (quarter.qyear + 1) * rule.season
    numbers = [*end.known.tolist(), *range(stop - n_to_come, stop)]
    if not numbers:
        return []
    row = points.iloc[-1]
    held = Span(row["start"].date(), row["end"].date())
    if rule.season == 1:
        return [held.later(12 * (year - held.quarter.qyear)) for year in numbers]
    april = pd.Period(year=quarter.qyear, quarter=1, freq="Q-MAR").start_time.date()
    periods = [
        pd.Period(year=n // QUARTERS, quarter=n % QUARTERS + 1, freq="Q-MAR")
        for n in numbers
    ]
    if rule.adds_up:
        return [Span(april, period.end_time.date()) for period in periods]
    return [held.later(3 * (period - held.quarter).n) for period in periods]


def stretched(end: YearEnd, stretch: float, rule: YearRule) -> Floats:
    """Widen the simulated years about their middle, within what is possible.

    Parameters
    ----------
    end : YearEnd
        Where the year may end.
    stretch : float
        Factor.
    rule : YearRule
        A year's count is never below what is counted already, a value never
        beyond its bounds.

    Returns
    -------
    numpy.ndarray
        As `YearEnd.drawn`.

    Examples
    --------
    >>> drawn = np.array([[8.0], [9.0], [10.0]])
    >>> end = YearEnd("forecast", np.array([8.0]), np.array([8104]), drawn, None, 9, 1)
    >>> rule = YearRule("quarterly", 3, "sum", lower_bound=0)
    >>> stretched(end, 2.0, rule).ravel().tolist()
    [8.0, 9.0, 11.0]
    """
    if not end.drawn.size:
        return end.drawn
    middle = np.median(end.drawn, axis=0)
    least, most = rule.lower_bound, rule.upper_bound
    if rule.adds_up and rule.year_to_date == "sum":
        most = None
        if least is not None:
            counted = end.so_far[-1] if len(end.so_far) else least
            least = min(float(counted), float(end.drawn.min()))
    wider: Floats = middle + stretch * (end.drawn - middle)
    return wider if least is None and most is None else np.clip(wider, least, most)
