"""Do figures rise or fall more often than chance would have it? By pairs.

Every later figure is compared with every earlier one; only which is higher
counts, so a freak value weighs no more than another. Figures that follow their
neighbours (serial correlation) bring less news than their number says, which
widens the variance of the count.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import stats

from perfnb.analysis.frames import Floats, Ints

MOST_CORRELATED = 0.95
"""A corrected autocorrelation is held below this, where the formula still holds."""

_SLOPE_COSTS = 4


class Pairs(NamedTuple):
    """Every pair of figures, the later less the earlier.

    `differences` [indicator's unit], `lags` [unit of the positions].
    """

    differences: Floats
    lags: Floats


class Score(NamedTuple):
    """Mann-Kendall's count of rises less falls, and what chance makes of it."""

    s: float
    variance: float

    @property
    def z(self) -> float:
        """Standard score, corrected for continuity; 0 where nothing varies."""
        if self.variance <= 0:
            return 0.0
        return float((self.s - np.sign(self.s)) / np.sqrt(self.variance))

    @property
    def p(self) -> float:
        """Chance of so many rises or falls without a trend [share]."""
        return float(2 * stats.norm.sf(abs(self.z)))


def pairs(values: Floats, positions: Floats) -> Pairs:
    """Pair every figure with every later one.

    Parameters
    ----------
    values : numpy.ndarray
        Figures [indicator's unit], none missing.
    positions : numpy.ndarray
        When each was, rising [any unit of time].

    Examples
    --------
    >>> pairs(np.array([4.0, 6, 5]), np.array([0.0, 1, 2])).differences.tolist()
    [2.0, 1.0, -1.0]
    """
    earlier, later = np.triu_indices(len(values), 1)
    return Pairs(values[later] - values[earlier], positions[later] - positions[earlier])


def score(values: Floats) -> Score:
    """Count rises less falls over all pairs, with the variance allowing for ties.

    Parameters
    ----------
    values : numpy.ndarray
        Figures, oldest first, none missing.

    References
    ----------
    Mann HB (1945) Econometrica 13:245. Kendall MG (1975) Rank Correlation Methods.

    Examples
    --------
    >>> found = score(np.array([1.0, 2, 2, 4]))
    >>> found.s, round(found.variance, 2)
    (5.0, 7.67)
    """
    n = len(values)
    s = float(np.sign(pairs(values, np.arange(n, dtype=float)).differences).sum())
    ties = np.unique(values, return_counts=True)[1].astype(float)
    tied = (ties * (ties - 1) * (2 * ties + 5)).sum()
    return Score(s, float((n * (n - 1) * (2 * n + 5) - tied) / 18))


def seasonal_score(values: Floats, seasons: Ints) -> Score:
    """Count rises less falls within each season, never across, and add them up.

    Parameters
    ----------
    values : numpy.ndarray
        Figures, oldest first, none missing.
    seasons : numpy.ndarray
        Which season each belongs to.

    References
    ----------
    Hirsch RM, Slack JR, Smith RA (1982) Water Resour Res 18:107.

    Examples
    --------
    >>> seasonal_score(np.array([1.0, 9, 2, 8]), np.array([1, 2, 1, 2])).s
    0.0
    """
    scores = [score(values[seasons == season]) for season in np.unique(seasons)]
    return Score(sum(each.s for each in scores), sum(each.variance for each in scores))


def rank_autocorrelations(values: Floats, places: Ints, slope: float) -> Floats:
    """Say how much the ranks of figures follow their neighbours, lag by lag.

    Parameters
    ----------
    values : numpy.ndarray
        Figures, oldest first, none missing, not all on one line.
    places : numpy.ndarray
        Which period each belongs to; there may be gaps.
    slope : float
        Taken out first [indicator's unit per period].

    Returns
    -------
    numpy.ndarray
        Autocorrelations of lag 1, 2 and so on; 0 where no pair has the lag.

    References
    ----------
    Hamed KH, Rao AR (1998) J Hydrol 204:182.

    Examples
    --------
    >>> found = rank_autocorrelations(np.array([1.0, 9, 2, 8]), np.arange(4), 0.0)
    >>> found.round(2).tolist()
    [-0.65, 0.3, -0.15]
    """
    ranks = stats.rankdata(values - slope * places)
    deviations = np.zeros(places[-1] - places[0] + 1)
    deviations[places - places[0]] = ranks - ranks.mean()
    there = np.zeros(len(deviations))
    there[places - places[0]] = 1
    size = len(deviations)
    products = np.correlate(deviations, deviations, "full")[size:]
    held = np.correlate(there, there, "full")[size:]
    # As many pairs of each lag as there would be without gaps.
    full = np.arange(size - 1, 0, -1) * len(values) / size
    scaled: Floats = np.zeros(size - 1)
    np.divide(products * full, held, out=scaled, where=held > 0)
    return scaled / float((deviations**2).sum())


def first_order(autocorrelation: float, n: int) -> float:
    """Correct the autocorrelation of lag 1 for being too small in short series.

    Parameters
    ----------
    autocorrelation : float
        Of lag 1, of figures from which a slope was taken out.
    n : int
        Figures.

    Returns
    -------
    float
        Never below 0: ups and downs in turn are no reason for more certainty. 0
        for four figures and fewer, which say nothing of it.

    References
    ----------
    Hamed KH (2009) J Hydrol 368:143; the bias is that of Shaman P, Stine RA (1988)
    J Am Stat Assoc 83:842.

    Examples
    --------
    >>> round(first_order(0.3, 24), 2)
    0.46
    """
    if n <= _SLOPE_COSTS:
        return 0.0
    corrected = (n * autocorrelation + 2) / (n - _SLOPE_COSTS)
    return float(np.clip(corrected, 0, MOST_CORRELATED))


def variance_factor(autocorrelations: Floats, n: int) -> float:
    """Say by how much serial correlation widens the variance of the score.

    Parameters
    ----------
    autocorrelations : numpy.ndarray
        Of lag 1, 2 and so on; those to be left out are 0.
    n : int
        Figures, at least 3; 1 is given for fewer.

    References
    ----------
    Hamed KH, Rao AR (1998) J Hydrol 204:182.

    Examples
    --------
    >>> round(variance_factor(0.5 ** np.arange(1, 24), 24), 2)
    2.54
    """
    if n < 3:
        return 1.0
    lags = np.arange(1, min(len(autocorrelations), n - 1) + 1)
    weights = (n - lags) * (n - lags - 1) * (n - lags - 2)
    total = (weights * autocorrelations[: len(lags)]).sum()
    return float(1 + 2 / (n * (n - 1) * (n - 2)) * total)
