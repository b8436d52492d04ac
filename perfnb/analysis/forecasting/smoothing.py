"""Exponential smoothing: the newest figures count most.

Three models are enough for a council's short series: a level that moves, a
level with a trend that levels off, a level with seasons. Their errors add up,
so a share or count near a bound is first put on a scale where they may
(`perfnb.analysis.forecasting.stabilising`).
"""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from statsmodels.tsa.exponential_smoothing.ets import ETSModel

from perfnb.analysis.forecasting.forecast import Forecast, require_ahead
from perfnb.analysis.frames import Floats
from perfnb.errors import PerfnbError

TRENDS = ("none", "damped", "full")
_SETTINGS: dict[str, dict[str, Any]] = {
    "none": {},
    "damped": {"trend": "add", "damped_trend": True},
    "full": {"trend": "add"},
}
_NAMES = {"none": "smoothed level", "damped": "damped trend", "full": "trend"}


def smoothing(
    values: Floats, ahead: int, *, trend: str = "none", season: int = 1
) -> Forecast:
    """Fit exponential smoothing with additive errors.

    Parameters
    ----------
    values : numpy.ndarray
        Figures that follow on one another, oldest first, not all the same.
    ahead : int
        Periods to forecast.
    trend : {'none', 'damped', 'full'}
        ETS(A,N,.), ETS(A,Ad,.) or ETS(A,A,.).
    season : int
        Figures in a year; 1 for a model without seasons.

    Returns
    -------
    Forecast
        `sigma` from SSE/(n - k), k the parameters and starting values estimated:
        the maximum-likelihood spread is too narrow for short series.

    Raises
    ------
    PerfnbError
        When there are too few figures, or all are the same, or the trend is
        unknown.

    References
    ----------
    Hyndman RJ, Koehler AB, Ord JK, Snyder RD (2008) Forecasting with Exponential
    Smoothing, tables 2.2 and 6.1; fitted by statsmodels.

    Examples
    --------
    >>> values = np.array([6.0, 8, 5, 9, 7, 6, 8, 7, 6, 7])
    >>> found = smoothing(values, 2)
    >>> found.model, found.mean.round(2).tolist(), found.freedom
    ('smoothed level', [6.9, 6.9], 8)
    """
    require_ahead(ahead)
    _check(values, trend, season)
    centre, scale = float(values.mean()), float(values.std())
    settings = dict(_SETTINGS[trend])
    if season > 1:
        settings |= {"seasonal": "add", "seasonal_periods": season}
    # A warning of the optimiser is no news: the fit is weighed by its errors.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = ETSModel((values - centre) / scale, error="add", **settings)
        fitted = model.fit(disp=False)
        mean = np.asarray(fitted.forecast(ahead), dtype=float)
    errors = float((np.asarray(fitted.resid) ** 2).sum()) * scale**2
    estimated = _n_estimated(trend, season)
    freedom = len(values) - estimated
    return Forecast(
        _NAMES[trend] + (" with seasons" if season > 1 else ""),
        mean=mean * scale + centre,
        carried=_carried(np.asarray(fitted.params), ahead, trend, season),
        common=np.zeros(ahead),
        sigma=(errors / freedom) ** 0.5,
        freedom=freedom,
        n=len(values),
        n_parameters=estimated + 1,
        squared_errors=errors,
        method=_method(trend, season),
    )


def smallest_sample(trend: str, season: int) -> int:
    """Say how many figures a model needs to be weighed against others at all.

    Examples
    --------
    >>> smallest_sample("none", 1), smallest_sample("damped", 1)
    (5, 8)
    """
    return _n_estimated(trend, season) + 3


def _n_estimated(trend: str, season: int) -> int:
    """Count parameters and starting values: those of the seasons add up to nought."""
    of_trend = {"none": 0, "full": 2, "damped": 3}[trend]
    return 2 + of_trend + (season if season > 1 else 0)


def _carried(parameters: Floats, ahead: int, trend: str, season: int) -> Floats:
    periods = np.arange(1, ahead + 1)
    carried: Floats = np.full(ahead, parameters[0])
    if trend == "full":
        carried = carried + parameters[1] * periods
    if trend == "damped":
        damping = parameters[2 + (season > 1)]
        carried = carried + parameters[1] * np.cumsum(damping**periods)
    if season > 1:
        of_season = parameters[1 if trend == "none" else 2]
        carried = carried + of_season * (periods % season == 0)
    return carried


def _check(values: Floats, trend: str, season: int) -> None:
    if trend not in TRENDS:
        message = f"'{trend}' is not a trend; known are {', '.join(TRENDS)}."
        raise PerfnbError(message)
    least = max(smallest_sample(trend, season), 2 * season if season > 1 else 0)
    if len(values) < least or not np.isfinite(values).all():
        message = f"This smoothing needs {least} figures or more without a gap."
        raise PerfnbError(message)
    if np.ptp(values) == 0:
        message = "Every figure is the same: there is nothing to smooth."
        raise PerfnbError(message)


def _method(trend: str, season: int) -> str:
    code = {"none": "N", "damped": "Ad", "full": "A"}[trend]
    name = f"ETS(A,{code},{'A' if season > 1 else 'N'})"
    return f"Exponential smoothing, {name} (Hyndman et al 2008; statsmodels)."
