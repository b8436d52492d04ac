"""What would earlier forecasts have said, and what came? Made anew from the past.

For every earlier year, and after each of its quarters, the forecast is made
again from the figures up to then and set beside the outturn. Figures are those
held today: what was revised since is used as revised.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from perfnb.analysis.forecasting.histories import History, YearRule, history, year_value
from perfnb.analysis.forecasting.model_choice import CHOSEN
from perfnb.analysis.forecasting.year_course import stretched
from perfnb.analysis.forecasting.year_end import FORECAST, year_end
from perfnb.analysis.frames import Floats
from perfnb.methods import Methods

LAST_YEAR = "last year"
"""Model that takes over where the chosen one has proved no better than it."""


@dataclass(frozen=True)
class Backtest:
    """Earlier forecasts of the year's outturn beside what came.

    Attributes
    ----------
    rows : pandas.DataFrame
        A row a forecast: `series` (whose), `year` (in which the financial year
        ends), `known` (periods of the year known then), `n` (figures it rests
        on), `model`, `actual` (outturn), `last_year` (outturn of the year before;
        missing where that is not comparable) [indicator's unit].
    drawn : numpy.ndarray
        A row a forecast, a column a simulated outturn [indicator's unit].
    repeated : numpy.ndarray
        The same of the model that repeats last year's figures; NaN where there
        are too few.
    rule : YearRule
        How the figures make a year.
    """

    rows: pd.DataFrame
    drawn: Floats
    repeated: Floats
    rule: YearRule


def backtest(
    series: Mapping[str, pd.DataFrame],
    rule: YearRule,
    methods: Methods,
    *,
    splits: Iterable[date] = (),
    model: str = CHOSEN,
) -> Backtest:
    """Make every earlier forecast of the year's outturn again.

    Parameters
    ----------
    series : mapping of str to pandas.DataFrame
        The points of each series by its name, as
        `perfnb.analysis.forecasting.outturn.outturn` takes them.
    rule : YearRule
        How the figures make a year.
    methods : Methods
        House rules of forecasting.
    splits : iterable of datetime.date, optional
        First days of figures from which each series is another one.
    model : str, optional
        As in `perfnb.analysis.forecasting.model_choice.fitted`.

    Returns
    -------
    Backtest
        Every year whose outturn is known, at every point of it from before its
        first period up to before its last, wherever there were enough figures.

    Raises
    ------
    PerfnbError
        As `perfnb.analysis.forecasting.histories.history`.

    References
    ----------
    Tashman LJ (2000) Int J Forecasting 16:437 (rolling origins). Hyndman and
    Athanasopoulos (2021), section 5.10.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> years = pd.period_range("2015-03", periods=9, freq="Y-MAR")
    >>> points = pd.DataFrame({"start": years.start_time,
    ...     "end": years.end_time.normalize(), "numerator": None,
    ...     "denominator": None, "value": [5.0, 6, 5, 7, 6, 5, 6, 8, 7]})
    >>> rule = YearRule("annual", 12, "none", lower_bound=0)
    >>> found = backtest({"Vale": points}, rule,
    ...     read_methods("parameters/methods.yaml"))
    >>> found.rows[["year", "known", "n", "actual", "last_year"]].to_numpy().tolist()
    [[2021.0, 0.0, 6.0, 6.0, 5.0], [2022.0, 0.0, 7.0, 8.0, 6.0], \
[2023.0, 0.0, 8.0, 7.0, 8.0]]
    """
    splits = tuple(splits)
    rows, drawn, repeated = [], [], []
    for name, points in series.items():
        found = history(points, rule, splits)
        for year in range(found.first // rule.season, found.stop // rule.season + 1):
            for row, ends, again in _of_year(found, year, rule, methods, model):
                rows.append({"series": name, "year": year, **row})
                drawn.append(ends)
                repeated.append(again)
    columns = ["series", "year", "known", "n", "model", "actual", "last_year"]
    empty = np.empty((0, methods.forecast_paths))
    return Backtest(
        rows=pd.DataFrame(rows, columns=columns),
        drawn=np.array(drawn) if drawn else empty,
        repeated=np.array(repeated) if repeated else empty,
        rule=rule,
    )


def _of_year(
    found: History, year: int, rule: YearRule, methods: Methods, model: str
) -> Iterable[tuple[dict[str, object], Floats, Floats]]:
    actual = year_value(found, year, rule)
    if not np.isfinite(actual):
        return
    before = _year_before(found, year, rule)
    for known in range(rule.season):
        upto = year * rule.season + known - 1
        end = year_end(found, year, upto, rule, methods, model)
        if end.standing != FORECAST or end.forecast is None or end.last != upto:
            continue
        again = year_end(found, year, upto, rule, methods, LAST_YEAR)
        row = {
            "known": known,
            "n": end.n,
            "model": end.forecast.model,
            "actual": actual,
            "last_year": before,
        }
        missing = np.full(methods.forecast_paths, np.nan)
        outturns = stretched(again, 1.0, rule)[:, -1] if again.drawn.size else missing
        yield row, stretched(end, 1.0, rule)[:, -1], outturns


def _year_before(found: History, year: int, rule: YearRule) -> float:
    """Give the outturn of the year before; NaN when it is of another series."""
    start = (year - 1) * rule.season
    if found.split_within(start, (year + 1) * rule.season):
        return float("nan")
    return year_value(found, year - 1, rule)
