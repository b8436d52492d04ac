"""Lines fitted to figures by least squares, and what is kept of any fitted line.

A fit keeps two covariances of its coefficients, the model's own and that of
Newey and West; `perfnb.analysis.effects.estimates` makes limits of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import statsmodels.api as sm

from perfnb.analysis.effects.serial_correlation import lag_for, newey_west
from perfnb.analysis.frames import Floats, Ints
from perfnb.errors import PerfnbError

ROUNDING = 1e-9
"""Share of the largest figure below which an error is only that of the computer."""


@dataclass(frozen=True)
class Fit:
    """A fitted line.

    Attributes
    ----------
    coefficients : pandas.Series
        By term; of counts they are logarithms of rates and of ratios.
    covariance, newey_west : numpy.ndarray
        Of the coefficients, as the model gives it and allowing for figures that
        lean on one another.
    lag : int
        Lags that the latter allows for.
    degrees : float
        Degrees of freedom of the limits; infinite for a normal distribution.
    residuals : numpy.ndarray
        Of least squares in the figures' unit, of counts Pearson's.
    dispersion : float
        Of least squares the residual variance; of counts how much more they vary
        than chance alone would have it.
    r_squared : float or None
        Share of the variance that the line accounts for; None for counts.
    exact : bool
        Whether the line goes through every figure, so that nothing is left over.
    floor : float
        Smallest standard error that means anything.
    """

    coefficients: pd.Series
    covariance: Floats
    newey_west: Floats
    lag: int
    degrees: float
    residuals: Floats
    dispersion: float
    r_squared: float | None
    exact: bool
    floor: float


def least_squares(
    values: Floats,
    design: pd.DataFrame,
    periods: Ints,
    *,
    lag: int | None = None,
    adjust: bool = True,
) -> Fit:
    """Fit a line by ordinary least squares.

    Parameters
    ----------
    values : numpy.ndarray
        Figures, none missing [indicator's unit].
    design : pandas.DataFrame
        One row a figure, one column a term, the intercept among them.
    periods : numpy.ndarray
        When each figure stands [periods, rising].
    lag : int, optional
        Lags of the Newey-West errors; by default as `lag_for` gives it.
    adjust : bool
        Whether these are multiplied by n / (n - k).

    Returns
    -------
    Fit

    Raises
    ------
    PerfnbError
        When there are no more figures than terms, or one term follows from
        others.

    References
    ----------
    Newey WK, West KD (1987) Econometrica 55:703.

    Examples
    --------
    >>> design = pd.DataFrame({"intercept": 1.0, "time": [0.0, 1, 2, 3]})
    >>> fit = least_squares(np.array([1.0, 3, 4, 6]), design, np.arange(4))
    >>> fit.coefficients.round(2).to_dict()
    {'intercept': 1.1, 'time': 1.6}
    """
    require_terms(len(values), design)
    fitted = sm.OLS(values, design.to_numpy(dtype=float)).fit()
    allowed = lag_for(len(values)) if lag is None else lag
    floor = floor_of(values)
    return finished(
        fitted,
        design,
        floor=floor,
        degrees=float(fitted.df_resid),
        residuals=fitted.resid,
        robust=robust_covariance(fitted, design, periods, allowed, adjust=adjust),
        lag=allowed,
        r_squared=float(fitted.rsquared) if np.ptp(values) > floor else None,
    )


def finished(
    fitted: Any,
    design: pd.DataFrame,
    *,
    floor: float,
    degrees: float,
    residuals: Floats,
    dispersion: float | None = None,
    robust: Floats | None = None,
    lag: int = 0,
    r_squared: float | None = None,
) -> Fit:
    """Keep of a result of statsmodels what is asked of a fit.

    Parameters
    ----------
    fitted : statsmodels results
    design : pandas.DataFrame
        Its columns name the terms.
    floor, degrees, residuals, lag, r_squared
        As in `Fit`.
    dispersion : float, optional
        As in `Fit`; by default the result's own.
    robust : numpy.ndarray, optional
        Covariance allowing for figures that lean on one another; by default the
        model's own.

    Returns
    -------
    Fit
    """
    scale = float(fitted.scale if dispersion is None else dispersion)
    own = np.asarray(fitted.normalized_cov_params, dtype=float) * scale
    return Fit(
        coefficients=pd.Series(np.asarray(fitted.params), index=design.columns),
        covariance=own,
        newey_west=own if robust is None else robust,
        lag=lag,
        degrees=degrees,
        residuals=np.asarray(residuals, dtype=float),
        dispersion=scale,
        r_squared=r_squared,
        exact=bool(np.abs(residuals).max() <= floor),
        floor=floor,
    )


def floor_of(values: Floats) -> float:
    """Give the smallest standard error of figures that means anything.

    Examples
    --------
    >>> print(f"{floor_of(np.array([-200.0, 50.0])):.0e}")
    2e-07
    """
    return ROUNDING * float(np.abs(values).max())


def robust_covariance(
    fitted: Any, design: pd.DataFrame, periods: Ints, lag: int, *, adjust: bool
) -> Floats:
    """Give the covariance of coefficients when figures lean on one another.

    Parameters
    ----------
    fitted : statsmodels results
        Of least squares or of a log-linear model of counts: of both the score
        is the design times the raw residual.
    design, periods
        As in `least_squares`.
    lag, adjust
        As in `perfnb.analysis.effects.serial_correlation.newey_west`.

    Returns
    -------
    numpy.ndarray
        Terms by terms.

    References
    ----------
    Newey WK, West KD (1987) Econometrica 55:703.
    """
    raw = np.asarray(fitted.model.endog - fitted.fittedvalues, dtype=float)
    scores = design.to_numpy(dtype=float) * raw[:, np.newaxis]
    bread = np.asarray(fitted.normalized_cov_params, dtype=float)
    return newey_west(scores, bread, periods, lag=lag, adjust=adjust)


def require_terms(n: int, design: pd.DataFrame) -> None:
    """Refuse a design that no single line fits best.

    Raises
    ------
    PerfnbError
        When there are no more figures than terms, or one term follows from
        others.

    Examples
    --------
    >>> require_terms(1, pd.DataFrame({"intercept": [1.0]}))
    Traceback (most recent call last):
    perfnb.errors.PerfnbError: 1 figures are too few for the 1 terms of a line.
    """
    matrix = design.to_numpy(dtype=float)
    size = np.abs(matrix).max(axis=0, initial=0)
    if n <= design.shape[1]:
        message = f"{n} figures are too few for the {design.shape[1]} terms of a line."
        raise PerfnbError(message)
    if np.linalg.matrix_rank(matrix / np.where(size > 0, size, 1)) < len(size):
        message = "One term of the line follows from the others."
        raise PerfnbError(message)
