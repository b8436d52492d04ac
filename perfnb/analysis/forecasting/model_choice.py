"""Which model is fit for a series of this length? Weighed by what each explains.

A short series is no ground for a fine model: every number that a model has to
estimate must earn its place (`perfnb.analysis.forecasting.forecast.aicc`), and
seasons are sought only where there are years enough to see them.
"""

from __future__ import annotations

import numpy as np

from perfnb.analysis.forecasting.forecast import Forecast, aicc
from perfnb.analysis.forecasting.forecast_models import (
    BENCHMARKS,
    naive,
    seasonal_naive,
)
from perfnb.analysis.forecasting.smoothing import smallest_sample, smoothing
from perfnb.analysis.frames import Floats
from perfnb.analysis.process_limits import TOLERANCE
from perfnb.errors import PerfnbError
from perfnb.methods import Methods

CHOSEN = "chosen"
"""The model that is weighed best, in place of one that is named."""


def fitted(
    values: Floats,
    ahead: int,
    *,
    season: int,
    methods: Methods,
    model: str = CHOSEN,
) -> Forecast | None:
    """Fit a model to a series, by name or the one that is weighed best.

    Parameters
    ----------
    values : numpy.ndarray
        Figures that follow on one another, oldest first, without a gap.
    ahead : int
        Periods to forecast.
    season : int
        Figures in a year.
    methods : Methods
        `minimum_points_for_forecast` and `minimum_years_for_seasons`.
    model : {'chosen', 'mean', 'naive', 'drift', 'last year'}
        'chosen' weighs the last figure carried on, a smoothed level and a damped
        trend; with two years of quarters also last year's figures, and with
        `minimum_years_for_seasons` a smoothed level with seasons.

    Returns
    -------
    Forecast or None
        None when there are too few figures.

    Raises
    ------
    PerfnbError
        When the model is unknown, a figure is missing, or no period is asked for.

    References
    ----------
    Hyndman et al (2008), section 5.2 (choice among exponential smoothing models by
    an information criterion; the last figure and last year's figures are two of
    them with their parameters fixed).

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> methods = read_methods("parameters/methods.yaml")
    >>> steady = np.array([7.0, 5, 6, 8, 4, 7, 6, 5, 7, 6, 5, 6])
    >>> fitted(steady, 1, season=4, methods=methods).model
    'smoothed level'
    >>> fitted(steady[:3], 1, season=4, methods=methods) is None
    True
    """
    if model != CHOSEN and model not in BENCHMARKS:
        known = ", ".join([CHOSEN, *BENCHMARKS])
        message = f"'{model}' is not a forecasting model; known are {known}."
        raise PerfnbError(message)
    least = methods.minimum_points_for_forecast
    if len(values) < max(least, 2 * season if model == "last year" else 0):
        return None
    if model != CHOSEN:
        return BENCHMARKS[model](values, ahead, season)
    return min(_candidates(values, ahead, season, methods), key=aicc)


def varies(values: Floats) -> bool:
    """Whether the figures differ at all, rounding in their last digits aside.

    Examples
    --------
    >>> varies(np.array([30 / 90, 31 / 93]))
    False
    """
    return bool(np.ptp(values) > TOLERANCE * np.abs(values).max())


def _candidates(
    values: Floats, ahead: int, season: int, methods: Methods
) -> list[Forecast]:
    n = len(values)
    found = [naive(values, ahead)]
    if not varies(values):
        return found
    if season > 1 and n >= 2 * season:
        found.append(seasonal_naive(values, ahead, season))
    if n >= smallest_sample("none", 1):
        found.append(smoothing(values, ahead))
    if n >= smallest_sample("damped", 1):
        found.append(smoothing(values, ahead, trend="damped"))
    if season > 1 and n >= methods.minimum_years_for_seasons * season:
        found.append(smoothing(values, ahead, season=season))
    return found
