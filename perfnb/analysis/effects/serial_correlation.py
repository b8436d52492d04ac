"""Figures of a series that lean on one another, and the errors that allow for it.

Figures that follow closely on one another are not independent, and ordinary
standard errors are then too small. Here stand larger ones, and the tests
that look in what a fit has left over for a pattern that it missed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from statsmodels.stats.diagnostic import acorr_ljungbox
from statsmodels.stats.sandwich_covariance import S_hac_simple
from statsmodels.stats.stattools import durbin_watson
from statsmodels.tsa.stattools import acf

from perfnb.analysis.frames import Floats, Ints

LAG_FACTOR, LAG_FROM, LAG_POWER = 4, 100, 2 / 9
"""Of the rule of thumb for Newey-West lags, Newey and West (1994)."""

PLAIN_LAGS, LAGS_PER_SEASON, POINTS_PER_LAG = 10, 2, 5
"""Lags of a Ljung-Box test: 10, or twice the season, at most a fifth of the points.

Hyndman and Athanasopoulos (2021) Forecasting: Principles and Practice, 5.4.
"""


@dataclass(frozen=True)
class Leftovers:
    """What the residuals of a fit say of its figures leaning on one another.

    Attributes
    ----------
    durbin_watson : float
        Near 2 when neighbours are independent, lower when they move together.
    lags : int
        Lags that the Ljung-Box test looks at together.
    statistic, p : float
        Of the Ljung-Box test.
    leaning : bool
        Whether the test finds that residuals lean on one another.
    words : str
        The same in a sentence.
    method : str
        Method and source in words.
    """

    durbin_watson: float
    lags: int
    statistic: float
    p: float
    leaning: bool
    words: str
    method: str = (
        "Durbin-Watson statistic (Durbin and Watson 1950) and Ljung-Box test "
        "(Ljung and Box 1978) of the residuals; periods without a figure are "
        "passed over."
    )


def lag_for(n: int) -> int:
    """Give the lags that Newey-West errors of a series of n figures allow for.

    Parameters
    ----------
    n : int
        Figures fitted.

    Returns
    -------
    int
        The whole part of 4 (n/100)^(2/9), at least 1.

    References
    ----------
    Newey WK, West KD (1994) Review of Economic Studies 61:631, the first-stage
    rule for Bartlett weights.

    Examples
    --------
    >>> lag_for(12), lag_for(40), lag_for(120)
    (2, 3, 4)
    """
    return max(int(LAG_FACTOR * (n / LAG_FROM) ** LAG_POWER), 1)


def newey_west(
    scores: Floats, bread: Floats, periods: Ints, *, lag: int, adjust: bool
) -> Floats:
    """Give the covariance of coefficients when figures lean on one another.

    Parameters
    ----------
    scores : numpy.ndarray
        Design times residuals, one row a figure, one column a term.
    bread : numpy.ndarray
        Inverse of the information, terms by terms.
    periods : numpy.ndarray
        When each figure stands [periods, rising]. Where a period has no figure
        its score counts as 0, so that lags are of time and not of rows.
    lag : int
        Highest lag allowed for, with Bartlett weights.
    adjust : bool
        Whether to multiply by n / (n - k) for small samples.

    Returns
    -------
    numpy.ndarray
        Terms by terms.

    References
    ----------
    Newey WK, West KD (1987) Econometrica 55:703. Gaps: Rho SH, Vogelsang TJ
    (2019) Econometric Theory 35:601, amplitude modulated estimator.

    Examples
    --------
    Of a mean of three figures, residuals 1, -2 and 1, lag 1:

    >>> scores = np.array([[1.0], [-2.0], [1.0]])
    >>> newey_west(scores, np.array([[1 / 3]]), np.arange(3), lag=1, adjust=False)
    array([[0.22222222]])
    """
    n, k = scores.shape
    laid_out = np.zeros((int(periods[-1] - periods[0]) + 1, k))
    laid_out[periods - periods[0]] = scores
    highest = min(lag, len(laid_out) - 1)
    covariance: Floats = bread @ S_hac_simple(laid_out, nlags=highest) @ bread
    return covariance * n / (n - k) if adjust else covariance


def ljung_box(residuals: Floats, lags: Sequence[int]) -> pd.DataFrame:
    """Test whether residuals up to each lag lean on one another.

    Parameters
    ----------
    residuals : numpy.ndarray
        Oldest first, none missing, not all the same.
    lags : sequence of int
        Each below the number of residuals.

    Returns
    -------
    pandas.DataFrame
        One row a lag: `lag`, `correlation` [-1 to 1, at that lag], `statistic`,
        `p` [0 to 1, of all lags up to it].

    References
    ----------
    Ljung GM, Box GEP (1978) Biometrika 65:297.

    Examples
    --------
    >>> found = ljung_box(np.array([1.0, -1, 1, -1, 1, -1]), [1])
    >>> found.round(3).to_dict("records")
    [{'lag': 1, 'correlation': -0.833, 'statistic': 6.667, 'p': 0.01}]
    """
    correlation = acf(residuals, nlags=max(lags), fft=False)
    test = acorr_ljungbox(residuals, lags=list(lags))
    return pd.DataFrame(
        {
            "lag": list(lags),
            "correlation": correlation[list(lags)],
            "statistic": test["lb_stat"].to_numpy(),
            "p": test["lb_pvalue"].to_numpy(),
        }
    )


def leftovers(residuals: Floats, season: int, confidence: float) -> Leftovers:
    """Say whether what a fit has left over still leans on itself.

    Parameters
    ----------
    residuals : numpy.ndarray
        Oldest first, none missing, not all the same.
    season : int
        Periods in a year; 1 when figures have no season.
    confidence : float
        From which the test counts as having found something [share].

    Returns
    -------
    Leftovers

    References
    ----------
    Durbin J, Watson GS (1950) Biometrika 37:409. Ljung GM, Box GEP (1978)
    Biometrika 65:297. Hyndman RJ, Athanasopoulos G (2021) Forecasting:
    Principles and Practice, 5.4.

    Examples
    --------
    >>> waves = np.sin(np.arange(40) / 3)
    >>> leftovers(waves, season=4, confidence=0.95).leaning
    True
    """
    wanted = LAGS_PER_SEASON * season if season > 1 else PLAIN_LAGS
    lags = max(min(wanted, len(residuals) // POINTS_PER_LAG), 1)
    test = ljung_box(residuals, [lags]).iloc[0]
    closeness = float(durbin_watson(residuals))
    leaning = bool(test["p"] < 1 - confidence)
    return Leftovers(
        durbin_watson=closeness,
        lags=lags,
        statistic=float(test["statistic"]),
        p=float(test["p"]),
        leaning=leaning,
        words=_words(closeness, lags, float(test["p"]), leaning=leaning),
    )


def _words(closeness: float, lags: int, p: float, *, leaning: bool) -> str:
    figures = f"Durbin-Watson {closeness:.2f}; Ljung-Box over {lags} lags, p = {p:.3f}"
    if leaning:
        return (
            "What the fit leaves over still follows a pattern, so the limits may be "
            f"too narrow ({figures})."
        )
    return f"What the fit leaves over shows no clear pattern ({figures})."
