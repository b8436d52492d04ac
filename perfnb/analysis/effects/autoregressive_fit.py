"""A line whose errors each lean on the one before.

Least squares takes the errors for independent. Here they fade away by a constant
share from one period to the next, which with few figures keeps false alarms
nearer to what they should be (Turner et al. 2021).
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy.optimize import minimize_scalar

from perfnb.analysis.effects.regression_fit import (
    Fit,
    finished,
    floor_of,
    require_terms,
)
from perfnb.analysis.frames import Floats, Ints

STRONGEST = 0.99
"""Correlation of neighbours beyond which a series has no level of its own."""


def autoregressive(
    values: Floats,
    design: pd.DataFrame,
    periods: Ints,
    *,
    restricted: bool = True,
) -> tuple[Fit, float]:
    """Fit a line by generalised least squares with errors that fade (AR(1)).

    Parameters
    ----------
    values, design, periods
        As in `perfnb.analysis.effects.regression_fit.least_squares`. Figures further
        apart than one period are correlated by the power of their distance, so
        that gaps are allowed.
    restricted : bool
        Restricted maximum likelihood, which does not underrate the correlation
        as plain maximum likelihood does when figures are few.

    Returns
    -------
    fit : Fit
        Without Newey-West errors of its own: both covariances are the model's.
    correlation : float
        Of neighbouring errors [-1 to 1].

    Raises
    ------
    PerfnbError
        As `least_squares`.

    References
    ----------
    Turner SL, Forbes AB, Karahalios A, Taljaard M, McKenzie JE (2021) BMC
    Medical Research Methodology 21:181. Pinheiro JC, Bates DM (2000)
    Mixed-Effects Models in S and S-PLUS, 5.3.

    Examples
    --------
    >>> design = pd.DataFrame({"intercept": np.ones(6)})
    >>> values = np.array([1.0, 2, 3, 3, 2, 1])
    >>> fit, correlation = autoregressive(values, design, np.arange(6))
    >>> correlation > 0.3
    True
    """
    require_terms(len(values), design)
    matrix = design.to_numpy(dtype=float)
    apart = np.abs(np.subtract.outer(periods, periods))
    found = minimize_scalar(
        _badness,
        bounds=(-STRONGEST, STRONGEST),
        args=(values, matrix, apart, restricted),
        method="bounded",
        options={"xatol": 1e-10},
    )
    correlation = float(found.x)
    fitted = sm.GLS(values, matrix, sigma=_correlations(correlation, apart)).fit()
    fit = finished(
        fitted,
        design,
        floor=floor_of(values),
        degrees=float(fitted.df_resid),
        residuals=values - matrix @ fitted.params,
    )
    return fit, correlation


def _correlations(correlation: float, apart: Ints) -> Floats:
    # A negative number to a whole power, as numpy wants it.
    sign = np.where(apart % 2, np.sign(correlation), 1.0)
    return np.asarray(sign * abs(correlation) ** apart, dtype=float)


def _badness(
    correlation: float, values: Floats, matrix: Floats, apart: Ints, restricted: bool
) -> float:
    # Minus the logarithm of the (restricted) likelihood, its constants left out
    # and the variance at its best.
    root = np.linalg.cholesky(_correlations(correlation, apart))
    x, y = np.linalg.solve(root, matrix), np.linalg.solve(root, values)
    n, k = matrix.shape
    coefficients, *_ = np.linalg.lstsq(x, y, rcond=None)
    left_over = float(((y - x @ coefficients) ** 2).sum())
    badness = float(np.log(np.diag(root)).sum())
    if not restricted:
        return float(badness + n / 2 * np.log(left_over))
    information = np.linalg.slogdet(x.T @ x).logabsdet
    return float(badness + (n - k) / 2 * np.log(left_over) + information / 2)
