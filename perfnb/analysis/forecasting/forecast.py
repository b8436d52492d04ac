"""How does a series go on, and how far may that be out? What all models share.

Every model here is linear: a figure is what the model expects plus an error, of
which some share is carried on into later figures. How much is carried on is all
that models differ in, so one way of reckoning gives the interval of a single
figure and, by simulated paths, that of a whole year: the errors of its quarters
lean on one another, and the sum of intervals is not the interval of a sum.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from perfnb.analysis.frames import Floats
from perfnb.errors import PerfnbError


@dataclass(frozen=True)
class Forecast:
    """What a model expects of the periods after a series.

    Attributes
    ----------
    model : str
        Its name in words.
    mean : numpy.ndarray
        Expected figure, one a period ahead [unit of the series].
    carried : numpy.ndarray
        Share of a period's error that is still there 1, 2, ... periods later.
    common : numpy.ndarray
        Error of what the model estimated, one a period ahead, the same in every
        period of a path [times `sigma`].
    sigma : float
        Spread of the errors one period ahead [unit of the series].
    freedom : float
        Degrees of freedom that `sigma` rests on.
    n : int
        Figures that the model was fitted to.
    n_parameters : int
        Numbers estimated: parameters, starting values and `sigma`.
    squared_errors : float
        Sum of the squared errors one period ahead.
    method : str
        Method and source in words.
    """

    model: str
    mean: Floats
    carried: Floats
    common: Floats
    sigma: float
    freedom: float
    n: int
    n_parameters: int
    squared_errors: float
    method: str


def require_ahead(ahead: int) -> None:
    """Refuse to forecast no period at all.

    Raises
    ------
    PerfnbError
        When `ahead` is less than 1.

    Examples
    --------
    >>> require_ahead(4)
    """
    if ahead < 1:
        message = f"A forecast goes one period ahead or more, not {ahead}."
        raise PerfnbError(message)


def standard_errors(found: Forecast) -> Floats:
    """Give the standard error of each period ahead [unit of the series].

    References
    ----------
    Hyndman RJ, Koehler AB, Ord JK, Snyder RD (2008) Forecasting with Exponential
    Smoothing, chapter 6: the variance is that of the errors carried on.

    Examples
    --------
    >>> one = np.ones(2)
    >>> walk = Forecast("naive", 5 * one, one, 0 * one, 3.0, 9, 10, 2, 81.0, "")
    >>> standard_errors(walk).round(3).tolist()
    [3.0, 4.243]
    """
    before = np.concatenate([[0.0], np.cumsum(found.carried**2)[:-1]])
    errors: Floats = found.sigma * np.sqrt(1 + before + found.common**2)
    return errors


def limits(
    found: Forecast, confidence: float, freedom: float | None = None
) -> tuple[Floats, Floats]:
    """Give the prediction interval of each period ahead.

    Parameters
    ----------
    found : Forecast
        What a model expects.
    confidence : float
        Share of figures that should lie within.
    freedom : float, optional
        Degrees of freedom of Student's t; without it those of the forecast, since
        a spread taken from few figures is itself uncertain. `numpy.inf` gives the
        normal limits of the book.

    Returns
    -------
    tuple of numpy.ndarray
        Lower and upper limits [unit of the series].

    References
    ----------
    Hyndman RJ, Athanasopoulos G (2021) Forecasting: Principles and Practice, 3rd
    edition, section 5.5.

    Examples
    --------
    >>> one = np.ones(1)
    >>> walk = Forecast("naive", 5 * one, one, 0 * one, 3.0, 9, 10, 2, 81.0, "")
    >>> [round(float(limit[0]), 2) for limit in limits(walk, 0.95, np.inf)]
    [-0.88, 10.88]
    """
    degrees = found.freedom if freedom is None else freedom
    reach = stats.t.ppf((1 + confidence) / 2, degrees) * standard_errors(found)
    return found.mean - reach, found.mean + reach


def paths(found: Forecast, n_paths: int, random: np.random.Generator) -> Floats:
    """Simulate how the series may go on.

    Every path has its mirror image about `mean`, so that chance draws no
    forecast to one side. The spread of a path is drawn as well: few figures
    tell it badly, which makes single periods follow Student's t.

    Parameters
    ----------
    found : Forecast
        What a model expects.
    n_paths : int
        Paths, an even number.
    random : numpy.random.Generator
        Where the draws come from.

    Returns
    -------
    numpy.ndarray
        One row a path, one column a period [unit of the series].

    References
    ----------
    Hyndman and Athanasopoulos (2021), section 5.5. Hammersley JM, Morton KW
    (1956) Proc Camb Phil Soc 52:449 (antithetic variates).

    Examples
    --------
    >>> one = np.ones(2)
    >>> walk = Forecast("naive", 5 * one, one, 0 * one, 3.0, 9, 10, 2, 81.0, "")
    >>> drawn = paths(walk, 1000, np.random.default_rng(1))
    >>> drawn.shape, np.median(drawn, axis=0).round(6).tolist()
    ((1000, 2), [5.0, 5.0])
    """
    ahead = len(found.mean)
    errors = random.standard_normal((n_paths // 2, ahead + 1))
    spread = random.chisquare(found.freedom, (n_paths // 2, 1))
    errors = errors * found.sigma * np.sqrt(found.freedom / spread)
    errors = np.concatenate([errors, -errors])
    carried = np.eye(ahead)
    for later in range(1, ahead):
        carried += np.eye(ahead, k=-later) * found.carried[later - 1]
    walked: Floats = errors[:, :ahead] @ carried.T + errors[:, ahead:] * found.common
    return found.mean + walked


def aicc(found: Forecast) -> float:
    """Weigh how well a model fits against how much it had to estimate.

    Returns
    -------
    float
        The smaller the better, among models of the same figures; infinite when
        there are too few figures for what the model estimates.

    References
    ----------
    Hurvich CM, Tsai C-L (1989) Biometrika 76:297. Hyndman et al (2008), section
    5.2, whose constant is kept so that figures equal those of R's forecast.

    Examples
    --------
    >>> one = np.ones(1)
    >>> walk = Forecast("naive", 5 * one, one, 0 * one, 3.0, 9, 10, 2, 81.0, "")
    >>> round(aicc(walk), 2)
    49.66
    """
    n, k = found.n, found.n_parameters
    if n - k - 1 <= 0 or not np.isfinite(found.squared_errors):
        return float("inf")
    # A perfect fit has no logarithm; no figure is known to sixteen digits.
    least = np.finfo(float).tiny
    fit = n * np.log(max(found.squared_errors, least))
    return float(fit + 2 * k + 2 * k * (k + 1) / (n - k - 1))
