"""What would the plainest forecasts say? The mean, the last figure, last year's.

A forecast that cannot beat these is not worth its trouble. Their intervals are
known in closed form.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from perfnb.analysis.forecasting.forecast import Forecast, require_ahead
from perfnb.analysis.frames import Floats
from perfnb.errors import PerfnbError

_SOURCE = "Hyndman and Athanasopoulos (2021), section 5.5"


def mean(values: Floats, ahead: int) -> Forecast:
    """Expect the mean of all figures.

    Parameters
    ----------
    values : numpy.ndarray
        Figures that follow on one another, oldest first; at least 2.
    ahead : int
        Periods to forecast.

    Returns
    -------
    Forecast
        Standard error s sqrt(1 + 1/n), s from n - 1.

    Raises
    ------
    PerfnbError
        When there are too few figures, or no period is asked for.

    References
    ----------
    Hyndman RJ, Athanasopoulos G (2021) Forecasting: Principles and Practice, 3rd
    edition, sections 5.2 and 5.5.

    Examples
    --------
    >>> found = mean(np.array([4.0, 6.0, 8.0]), 2)
    >>> found.mean.tolist(), found.sigma
    ([6.0, 6.0], 2.0)
    """
    _require(values, 2, ahead)
    n, level = len(values), float(values.mean())
    errors = float(((values - level) ** 2).sum())
    return Forecast(
        "mean of all figures",
        mean=np.full(ahead, level),
        carried=np.zeros(ahead),
        common=np.full(ahead, n**-0.5),
        sigma=(errors / (n - 1)) ** 0.5,
        freedom=n - 1,
        n=n,
        n_parameters=2,
        squared_errors=errors,
        method=f"The mean of all figures, carried on ({_SOURCE}).",
    )


def naive(values: Floats, ahead: int) -> Forecast:
    """Expect the last figure again.

    Parameters
    ----------
    values, ahead
        As in `mean`.

    Returns
    -------
    Forecast
        Standard error s sqrt(h), s the root mean square of the steps.

    Raises
    ------
    PerfnbError
        As in `mean`.

    References
    ----------
    Hyndman and Athanasopoulos (2021), sections 5.2 and 5.5.

    Examples
    --------
    >>> found = naive(np.array([4.0, 7.0, 3.0]), 2)
    >>> found.mean.tolist(), round(found.sigma, 4)
    ([3.0, 3.0], 3.5355)
    """
    _require(values, 2, ahead)
    n = len(values)
    errors = float((np.diff(values) ** 2).sum())
    return Forecast(
        "last figure",
        mean=np.full(ahead, values[-1]),
        carried=np.ones(ahead),
        common=np.zeros(ahead),
        sigma=(errors / (n - 1)) ** 0.5,
        freedom=n - 1,
        n=n,
        n_parameters=2,
        squared_errors=errors,
        method=f"The last figure, carried on ({_SOURCE}).",
    )


def drift(values: Floats, ahead: int) -> Forecast:
    """Expect the series to go on by its mean step.

    Parameters
    ----------
    values, ahead
        As in `mean`; at least 3 figures.

    Returns
    -------
    Forecast
        Standard error s sqrt(h (1 + h / (n - 1))), s from n - 2.

    Raises
    ------
    PerfnbError
        As in `mean`.

    References
    ----------
    Hyndman and Athanasopoulos (2021), sections 5.2 and 5.5.

    Examples
    --------
    >>> drift(np.array([4.0, 7.0, 8.0]), 2).mean.tolist()
    [10.0, 12.0]
    """
    _require(values, 3, ahead)
    n, steps, periods = len(values), np.diff(values), np.arange(1, ahead + 1)
    step = float(steps.mean())
    errors = float(((steps - step) ** 2).sum())
    return Forecast(
        "mean step carried on",
        mean=values[-1] + step * periods,
        carried=np.ones(ahead),
        common=periods / (n - 1) ** 0.5,
        sigma=(errors / (n - 2)) ** 0.5,
        freedom=n - 2,
        n=n,
        n_parameters=3,
        squared_errors=errors,
        method=f"The last figure and the mean step, carried on ({_SOURCE}).",
    )


def seasonal_naive(values: Floats, ahead: int, season: int) -> Forecast:
    """Expect the figure of the same season of the year before.

    Parameters
    ----------
    values, ahead
        As in `mean`; more than a year of figures.
    season : int
        Figures in a year.

    Returns
    -------
    Forecast
        Standard error s sqrt(floor((h - 1) / season) + 1), s the root mean square
        of the changes from year to year.

    Raises
    ------
    PerfnbError
        As in `mean`.

    References
    ----------
    Hyndman and Athanasopoulos (2021), sections 5.2 and 5.5.

    Examples
    --------
    >>> year = np.array([1.0, 2.0, 3.0, 4.0, 3.0])
    >>> found = seasonal_naive(year, 4, season=4)
    >>> found.mean.tolist(), found.sigma
    ([2.0, 3.0, 4.0, 3.0], 2.0)
    """
    _require(values, season + 1, ahead)
    n, periods = len(values), np.arange(1, ahead + 1)
    errors = float(((values[season:] - values[:-season]) ** 2).sum())
    return Forecast(
        "last year's figures",
        mean=values[n - season + (periods - 1) % season],
        carried=(periods % season == 0).astype(float),
        common=np.zeros(ahead),
        sigma=(errors / (n - season)) ** 0.5,
        freedom=n - season,
        n=n,
        n_parameters=season + 1,
        squared_errors=errors,
        method=f"The same quarter of the year before, carried on ({_SOURCE}).",
    )


def last_year(values: Floats, ahead: int, season: int) -> Forecast:
    """Expect last year's figures again, whether a year has one figure or more.

    Parameters
    ----------
    values, ahead, season
        As in `seasonal_naive`; a season of 1 is a figure a year.

    Returns
    -------
    Forecast

    Raises
    ------
    PerfnbError
        As in `mean`.

    Examples
    --------
    >>> last_year(np.array([4.0, 7.0, 3.0]), 1, season=1).mean.tolist()
    [3.0]
    """
    if season == 1:
        return naive(values, ahead)
    return seasonal_naive(values, ahead, season)


BENCHMARKS: dict[str, Callable[[Floats, int, int], Forecast]] = {
    "mean": lambda values, ahead, _: mean(values, ahead),
    "naive": lambda values, ahead, _: naive(values, ahead),
    "drift": lambda values, ahead, _: drift(values, ahead),
    "last year": last_year,
}
"""The plain forecasts by name; each takes values, periods ahead and season."""


def _require(values: Floats, least: int, ahead: int) -> None:
    require_ahead(ahead)
    if len(values) < least or not np.isfinite(values).all():
        message = (
            f"This forecast needs {least} figures or more that follow on one another "
            f"without a gap; there are {int(np.isfinite(values).sum())} of "
            f"{len(values)}."
        )
        raise PerfnbError(message)
