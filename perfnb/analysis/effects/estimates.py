"""Estimates from a fitted line, with limits that are not too narrow.

An interval takes the larger of two standard errors, the model's own and that of
Newey and West: with the few dozen figures that a council has, either alone is
often too small (Angrist and Pischke 2009, 8.1).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from perfnb.analysis.effects.regression_fit import Fit
from perfnb.analysis.frames import Floats
from perfnb.errors import PerfnbError

ERRORS = ("own", "newey-west", "larger")


@dataclass(frozen=True)
class Estimate:
    """A figure with its confidence limits, in one unit."""

    value: float
    lower: float
    upper: float


def estimate(fit: Fit, weights: npt.ArrayLike, confidence: float) -> Estimate:
    """Give a weighted sum of coefficients with limits from the larger error.

    Parameters
    ----------
    fit : Fit
    weights : array_like
        One for each term, in the order of the coefficients.
    confidence : float
        Such as 0.95 [share].

    Returns
    -------
    Estimate
        Of counts on the logarithmic scale.

    References
    ----------
    Angrist JD, Pischke JS (2009) Mostly Harmless Econometrics, 8.1: take the
    larger of the conventional and the robust standard error.

    Examples
    --------
    >>> from perfnb.analysis.effects.regression_fit import least_squares
    >>> design = pd.DataFrame({"intercept": 1.0, "time": [0.0, 1, 2, 3]})
    >>> fit = least_squares(np.array([1.0, 3, 4, 6]), design, np.arange(4))
    >>> slope = estimate(fit, [0, 1], 0.95)
    >>> print(f"{slope.value:.2f} ({slope.lower:.2f} to {slope.upper:.2f})")
    1.60 (0.99 to 2.21)
    """
    row = np.asarray(weights, dtype=float)
    value = float(row @ fit.coefficients.to_numpy())
    margin = stats.t.ppf((1 + confidence) / 2, fit.degrees) * _error(fit, row, "larger")
    return Estimate(value, float(value - margin), float(value + margin))


def terms(fit: Fit, errors: str = "larger") -> pd.DataFrame:
    """List the coefficients of a fit with their errors.

    Parameters
    ----------
    fit : Fit
    errors : {'own', 'newey-west', 'larger'}
        Which standard error.

    Returns
    -------
    pandas.DataFrame
        One row a term: `term`, `estimate`, `standard_error`, `statistic`,
        `p` [0 to 1, two-sided].

    Raises
    ------
    PerfnbError
        When the kind of error is unknown.

    Examples
    --------
    >>> from perfnb.analysis.effects.regression_fit import least_squares
    >>> design = pd.DataFrame({"intercept": 1.0, "time": [0.0, 1, 2, 3]})
    >>> fit = least_squares(np.array([1.0, 3, 4, 6]), design, np.arange(4))
    >>> terms(fit, "own").round(3).loc[1].to_dict()
    {'term': 'time', 'estimate': 1.6, 'standard_error': 0.141, 'statistic': 11.314, \
'p': 0.008}
    """
    if errors not in ERRORS:
        message = f"'{errors}' is no kind of error; known are {', '.join(ERRORS)}."
        raise PerfnbError(message)
    rows = np.eye(len(fit.coefficients))
    error = np.array([_error(fit, row, errors) for row in rows])
    statistic = fit.coefficients.to_numpy() / np.where(error > 0, error, np.inf)
    return pd.DataFrame(
        {
            "term": fit.coefficients.index,
            "estimate": fit.coefficients.to_numpy(),
            "standard_error": error,
            "statistic": statistic,
            "p": 2 * stats.t.sf(np.abs(statistic), fit.degrees),
        }
    )


def _error(fit: Fit, row: Floats, errors: str) -> float:
    own, robust = (
        float(np.sqrt(np.maximum(row @ covariance @ row, 0.0)))
        for covariance in (fit.covariance, fit.newey_west)
    )
    if errors == "larger":
        return max(own, robust, fit.floor)
    return own if errors == "own" else robust
