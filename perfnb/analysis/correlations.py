"""How closely do two rows of figures go together? Correlations with limits."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import stats

from perfnb.analysis.frames import Floats
from perfnb.analysis.spread import varies


class Correlation(NamedTuple):
    """A correlation with its limits and the pairs behind it.

    Attributes
    ----------
    n : int
        Pairs of which both figures are known.
    r, lower, upper : float
        Pearson's correlation and its limits [-1 to 1]; NaN where there is none.
    standing : str
        'correlation', 'too few pairs' or 'no spread'.
    """

    n: int
    r: float
    lower: float
    upper: float
    standing: str


def correlation(
    one: Floats, two: Floats, *, confidence: float, least: int, fitted: int = 0
) -> Correlation:
    """Correlate two rows of figures over the pairs that are known.

    Parameters
    ----------
    one, two : numpy.ndarray
        Of the same length; missing ones NaN.
    confidence : float
        Such as 0.95 [share].
    least : int
        Pairs that are needed; never fewer than can be given limits.
    fitted : int, optional
        Numbers fitted to each row before, its mean left out; they are taken off
        the freedom of the limits.

    References
    ----------
    Fisher RA (1921) Metron 1:3: on the scale of artanh the error is 1 over the
    root of the pairs less 3.

    Examples
    --------
    >>> one = np.array([1.0, 2, 3, 4, 5, 6])
    >>> two = np.array([2.0, 1, 4, 3, 6, 5])
    >>> found = correlation(one, two, confidence=0.95, least=5)
    >>> found.n, round(found.r, 3), round(found.lower, 3), round(found.upper, 3)
    (6, 0.829, 0.052, 0.981)
    """
    both = np.isfinite(one) & np.isfinite(two)
    one, two, n = one[both], two[both], int(both.sum())
    freedom = n - 3 - fitted
    if n < least or freedom < 1:
        return Correlation(n, np.nan, np.nan, np.nan, "too few pairs")
    if not (varies(one) and varies(two)):
        return Correlation(n, np.nan, np.nan, np.nan, "no spread")
    r = float(np.clip(stats.pearsonr(one, two).statistic, -1, 1))
    if abs(r) == 1:
        return Correlation(n, r, r, r, "correlation")
    reach = stats.norm.ppf((1 + confidence) / 2) / np.sqrt(freedom)
    lower, upper = np.tanh(np.arctanh(r) + np.array([-reach, reach]))
    return Correlation(n, r, float(lower), float(upper), "correlation")


def shifted(first: Floats, second: Floats, lag: int) -> tuple[Floats, Floats]:
    """Pair each figure of one series with that of another some periods later.

    Parameters
    ----------
    first, second : numpy.ndarray
        Of the same periods.
    lag : int
        Periods by which `second` is later; below 0 it is earlier.

    References
    ----------
    Box GEP, Jenkins GM (1976) Time Series Analysis, 11.1.

    Examples
    --------
    >>> one, two = shifted(np.array([1.0, 2, 3]), np.array([7.0, 8, 9]), 1)
    >>> one.tolist(), two.tolist()
    ([1.0, 2.0], [8.0, 9.0])
    """
    place = np.arange(len(first))
    place = place[(place + lag >= 0) & (place + lag < len(first))]
    return first[place], second[place + lag]
