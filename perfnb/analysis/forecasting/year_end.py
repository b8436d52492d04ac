"""Where may a financial year end? What is known so far, and simulated rests.

The rest of a year is simulated period by period, each path put together with
what is known by the rule of the indicator, and the ends of all paths are looked
at. Nothing is added to intervals: the outturn's interval is that of the ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from perfnb.analysis.forecasting.forecast import Forecast, paths
from perfnb.analysis.forecasting.forecast_models import naive
from perfnb.analysis.forecasting.histories import (
    Figures,
    History,
    YearRule,
    has_counts,
    to_date,
)
from perfnb.analysis.forecasting.model_choice import CHOSEN, fitted, varies
from perfnb.analysis.forecasting.stabilising import scale_for
from perfnb.analysis.frames import Floats, Ints
from perfnb.analysis.process_limits import TOLERANCE
from perfnb.methods import Methods

FORECAST, COMPLETE = "forecast", "year complete"
_NO_PATHS: Floats = np.empty((0, 0))


@dataclass(frozen=True)
class YearEnd:
    """Where a financial year may end.

    Attributes
    ----------
    standing : str
        'forecast', 'year complete', or why there is no forecast: 'no rule',
        'overlapping windows', 'no data', 'too old', 'gap in the year', 'break in
        the year', 'no counts', 'too few points' or 'no variation'.
    so_far : numpy.ndarray
        The year to date after each period that is known [indicator's unit].
    known : numpy.ndarray
        Numbers of those periods.
    drawn : numpy.ndarray
        One row a path, one column a period still to come: the year to date after
        it, so that the last column holds the outturns [indicator's unit].
    forecast : Forecast or None
        The model behind the paths, on its own scale.
    n : int
        Figures in the unbroken run up to the last one.
    last : int or None
        Number of the period of the last figure.
    """

    standing: str
    so_far: Floats
    known: Ints
    drawn: Floats
    forecast: Forecast | None
    n: int
    last: int | None


def year_end(
    found: History,
    year: int,
    upto: int,
    rule: YearRule,
    methods: Methods,
    model: str = CHOSEN,
) -> YearEnd:
    """Simulate the rest of a financial year from what was known at some time.

    Parameters
    ----------
    found : History
        The series.
    year : int
        The financial year, named by the year in which it ends.
    upto : int
        Number of the last period due by then: nothing after it is used.
    rule : YearRule
        How the figures make a year.
    methods : Methods
        House rules of forecasting.
    model : str, optional
        As in `perfnb.analysis.forecasting.model_choice.fitted`.

    Returns
    -------
    YearEnd

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> methods = read_methods("parameters/methods.yaml")
    >>> counts = np.array([50.0, 61, 48, 55, 52, 60, 47, 56, 53])
    >>> figures = Figures(counts / 9, counts, np.full(9, 900.0))
    >>> series = History(2025 * 4, figures)
    >>> rule = YearRule("quarterly", 3, "sum", per=100, lower_bound=0)
    >>> end = year_end(series, 2027, 2027 * 4, rule, methods)
    >>> end.standing, end.so_far.round(2).tolist(), end.drawn.shape[1]
    ('forecast', [5.89], 3)
    """
    held = found.part(found.first, upto + 1)
    how = _How(rule, methods, model, has_counts(held, rule))
    known = np.flatnonzero(np.isfinite(_flow(held, how)))
    last = found.first + int(known[-1]) if len(known) else None
    start = year * rule.season
    this_year = found.part(start, max(upto + 1, start))
    to_now = to_date(this_year, rule) if rule.adds_up else this_year.values
    given = np.flatnonzero(np.isfinite(to_now))
    to_now, periods = to_now[given], start + given
    standing = _standing(found, last, start, upto, how)
    if last is None or standing not in ("", COMPLETE):
        return YearEnd(standing, to_now, periods, _NO_PATHS, None, 0, last)
    run = _run(found, last, how)
    n = len(run.values)
    rest = None
    if not standing:
        ahead = start + rule.season - 1 - last
        standing, rest = _rest(run, ahead, how)
    if rest is None:
        return YearEnd(standing, to_now, periods, _NO_PATHS, None, n, last)
    forecast, to_come = rest
    drawn = to_come.values[:, -rule.season :]
    if rule.adds_up:
        known_part = found.part(start, max(last + 1, start))
        drawn = _put_together(known_part, to_come, rule)
    return YearEnd(FORECAST, to_now, periods, drawn, forecast, n, last)


class _How(NamedTuple):
    """How a year's rest is simulated."""

    rule: YearRule
    methods: Methods
    model: str
    counted: bool

    @property
    def adds_counts(self) -> bool:
        return self.counted and self.rule.year_to_date == "sum" and self.rule.adds_up

    @property
    def pools(self) -> bool:
        return self.rule.year_to_date == "pool" and self.rule.adds_up


def _flow(figures: Figures, how: _How) -> Floats:
    """Give what is forecast: counts where they add up, shares, or values."""
    if how.adds_counts:
        return figures.numerators
    if how.pools:
        base = np.where(figures.denominators > 0, figures.denominators, np.nan)
        share: Floats = figures.numerators / base
        return share
    return figures.values


def _standing(
    found: History, last: int | None, start: int, upto: int, how: _How
) -> str:
    rule = how.rule
    if rule.season > 1 and rule.year_to_date == "none":
        return "no rule"
    if rule.frequency == "rolling":
        return "overlapping windows"
    if how.pools and not how.counted:
        return "no counts"
    if last is None:
        return "no data"
    if upto - last > how.methods.forecast_periods_behind:
        return "too old"
    if rule.adds_up and (fault := _fault_in_year(found, last, start, how)):
        return fault
    if found.split_within(last, start + rule.season):
        # Nothing is known yet of the series that the year belongs to.
        return "too few points"
    return COMPLETE if last >= start + rule.season - 1 else ""


def _fault_in_year(found: History, last: int, start: int, how: _How) -> str:
    """Say what keeps the quarters so far from being put together."""
    so_far = found.part(start, max(last + 1, start))
    needed = so_far[1:] if how.counted else so_far[:1]
    if not all(np.isfinite(figures).all() for figures in needed):
        return "gap in the year"
    if found.split_within(start, last + 1):
        return "break in the year"
    if how.counted and not has_counts(found.part(last, last + 1), how.rule):
        return "no counts"
    return ""


def _run(found: History, last: int, how: _How) -> Figures:
    """Give the figures up to the last one that follow on without gap or split."""
    before = [number for number in found.splits if number <= last]
    start = max([found.first, *before])
    flow = _flow(found.part(start, last + 1), how)
    missing = np.flatnonzero(~np.isfinite(flow))
    return found.part(start + (int(missing[-1]) + 1 if len(missing) else 0), last + 1)


def _rest(
    run: Figures, ahead: int, how: _How
) -> tuple[str, tuple[Forecast, Figures] | None]:
    """Simulate the periods to come, with the counts that they are made of."""
    flow, rule = _flow(run, how), how.rule
    if len(flow) < how.methods.minimum_points_for_forecast:
        return "too few points", None
    if not varies(flow):
        return "no variation", None
    scale = scale_for(flow, *_bounds(how))
    forecast = fitted(
        scale.there(flow),
        ahead,
        season=rule.season,
        methods=how.methods,
        model=how.model,
    )
    if forecast is None:
        return "too few points", None
    if forecast.sigma <= TOLERANCE * np.abs(scale.there(flow)).max():
        return "no variation", None
    random = np.random.default_rng(how.methods.forecast_seed)
    n_paths = how.methods.forecast_paths
    figures = scale.back(paths(forecast, n_paths, random))
    base = np.full(figures.shape, run.denominators[-1])
    if how.pools and varies(run.denominators):
        # They only weigh the shares, so the plainest forecast is enough.
        wholes = scale_for(run.denominators, 0, None)
        walk = naive(wholes.there(run.denominators), ahead)
        # A year of nothing at all has no share: a path keeps a sliver of weight.
        least = TOLERANCE * float(run.denominators.max())
        base = np.maximum(wholes.back(paths(walk, n_paths, random)), least)
    events = figures * base if how.pools else figures
    return FORECAST, (forecast, Figures(figures, events, base))


def _bounds(how: _How) -> tuple[float | None, float | None]:
    lower, upper, per = how.rule.lower_bound, how.rule.upper_bound, how.rule.per
    if how.pools:
        return lower, None if upper is None or per is None else upper / per
    return lower, None if how.rule.adds_up else upper


def _put_together(known: Figures, rest: Figures, rule: YearRule) -> Floats:
    """Put what is known of a year and each simulated rest together."""
    n_known = len(known.values)
    columns = [
        np.concatenate([np.tile(first, (len(later), 1)), later], axis=1)
        for first, later in zip(
            known,
            [figures[:, -(rule.season - n_known) :] for figures in rest],
            strict=True,
        )
    ]
    ends: Floats = to_date(Figures(*columns), rule)[:, n_known:]
    return ends
