"""Lines fitted to counts of events, whatever they are counted in.

The logarithm of the rate is a line, and what the events are counted in (people,
premises) comes in as it is; counts vary by chance, and often by more than that.
"""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pandas as pd
import statsmodels.api as sm
from statsmodels.tools.sm_exceptions import (
    ConvergenceWarning,
    DomainWarning,
    PerfectSeparationWarning,
)

from perfnb.analysis.effects.regression_fit import (
    ROUNDING,
    Fit,
    finished,
    require_terms,
    robust_covariance,
)
from perfnb.analysis.effects.serial_correlation import lag_for
from perfnb.analysis.frames import Floats, Ints
from perfnb.errors import PerfnbError

CLOSE = 1e-10
"""Change of the deviance below which a fit has arrived."""

FEWEST_EXPECTED = 1e-6
"""Events below which a fitted count is running off towards nought."""


def event_rates(
    events: Floats,
    exposure: Floats,
    design: pd.DataFrame,
    periods: Ints,
    *,
    dispersion: float | None = None,
    lag: int | None = None,
    adjust: bool = True,
) -> Fit | None:
    """Fit a line to the logarithm of a rate of events.

    Parameters
    ----------
    events : numpy.ndarray
        Counts, none missing, none below 0.
    exposure : numpy.ndarray
        What each is counted in, above 0: people, premises.
    design, periods, lag, adjust
        As in `least_squares`.
    dispersion : float, optional
        1 makes it a Poisson model; by default it is estimated from Pearson's
        chi-square, which makes it quasi-Poisson.

    Returns
    -------
    Fit or None
        None when the counts are too bare for any line to fit best (all events
        in one period of a slope, say).

    Raises
    ------
    PerfnbError
        As `least_squares`, and when a count is negative or an exposure not
        above 0.

    References
    ----------
    McCullagh P, Nelder JA (1989) Generalized Linear Models, 2nd edition, 6.2.
    Lopez Bernal J, Cummins S, Gasparrini A (2017) Int J Epidemiol 46:348.

    Examples
    --------
    >>> design = pd.DataFrame({"intercept": 1.0, "level": [0.0, 0, 1, 1]})
    >>> fit = event_rates(np.array([9.0, 11, 19, 21]), np.full(4, 100.0),
    ...                   design, np.arange(4), dispersion=1)
    >>> print(f"{np.exp(fit.coefficients['level']):.2f}")
    2.00
    """
    require_terms(len(events), design)
    if (events < 0).any() or (exposure <= 0).any():
        message = "Events must not be below 0, and what they are counted in above 0."
        raise PerfnbError(message)
    matrix = design.to_numpy(dtype=float)
    model = sm.GLM(events, matrix, sm.families.Poisson(), offset=np.log(exposure))
    fitted = _converged(model)
    if fitted is None:
        return None
    spread = float(fitted.pearson_chi2 / fitted.df_resid)
    allowed = lag_for(len(events)) if lag is None else lag
    return finished(
        fitted,
        design,
        floor=ROUNDING,
        degrees=float(fitted.df_resid) if dispersion is None else np.inf,
        residuals=fitted.resid_pearson,
        dispersion=spread if dispersion is None else dispersion,
        robust=robust_covariance(fitted, design, periods, allowed, adjust=adjust),
        lag=allowed,
    )


def _converged(model: Any) -> Any | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        warnings.simplefilter("ignore", PerfectSeparationWarning)
        warnings.simplefilter("ignore", DomainWarning)
        warnings.simplefilter("ignore", RuntimeWarning)
        try:
            fitted = model.fit(tol=CLOSE)
        except (np.linalg.LinAlgError, ValueError):
            return None
    # Where nothing fits best the steps run off towards a rate of nought.
    sound = fitted.converged and np.isfinite(fitted.normalized_cov_params).all()
    return fitted if sound and (fitted.fittedvalues > FEWEST_EXPECTED).all() else None
