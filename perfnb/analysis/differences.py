"""How far apart are a group and the rest? Ratios of rates, differences of shares."""

from __future__ import annotations

import numpy as np
from scipy import stats

from perfnb.analysis.frames import Floats
from perfnb.analysis.intervals import wilson

Counts = tuple[Floats, Floats]
"""Numerators and denominators; missing allowed, denominators above 0."""

Estimate = tuple[Floats, Floats, Floats]
"""The measure with its lower and its upper limit; missing where it has none."""


def rate_ratio(group: Counts, rest: Counts, confidence: float) -> Estimate:
    """Give the ratio of two rates of events.

    Parameters
    ----------
    group, rest : tuple of numpy.ndarray
        Events, above 0, and the population that they happened to.
    confidence : float
        Such as 0.95 [share].

    Returns
    -------
    ratio, lower, upper : numpy.ndarray
        Rate of the group / rate of the rest.

    References
    ----------
    Breslow NE, Day NE (1987) Statistical Methods in Cancer Research, vol II:
    limits on the log scale.

    Examples
    --------
    >>> group = np.array([60.0]), np.array([10_000.0])
    >>> rest = np.array([40.0]), np.array([20_000.0])
    >>> [round(float(each[0]), 2) for each in rate_ratio(group, rest, 0.95)]
    [3.0, 2.01, 4.48]
    """
    ratio = _rate(group) / _rate(rest)
    z = stats.norm.ppf((1 + confidence) / 2)
    reach = np.exp(z * np.sqrt(1 / group[0] + 1 / rest[0]))
    return ratio, ratio / reach, ratio * reach


def share_difference(group: Counts, rest: Counts, confidence: float) -> Estimate:
    """Give the difference of two shares of a whole.

    Parameters
    ----------
    group, rest : tuple of numpy.ndarray
        Parts and their wholes.
    confidence : float
        Such as 0.95 [share].

    Returns
    -------
    difference, lower, upper : numpy.ndarray
        Share of the group less share of the rest [share, -1 to 1]; missing
        where a part is larger than its whole.

    References
    ----------
    Newcombe RG (1998) Stat Med 17:873, method 10: from Wilson limits of both.

    Examples
    --------
    Newcombe's first example, 56 of 70 less 48 of 80:

    >>> group = np.array([56.0]), np.array([70.0])
    >>> rest = np.array([48.0]), np.array([80.0])
    >>> [round(float(each[0]), 4) for each in share_difference(group, rest, 0.95)]
    [0.2, 0.0524, 0.3339]
    """
    share, other = _rate(group), _rate(rest)
    lower, upper = wilson(*group, confidence)
    other_lower, other_upper = wilson(*rest, confidence)
    below = np.hypot(share - lower, other_upper - other)
    above = np.hypot(upper - share, other - other_lower)
    # A part larger than its whole has no Wilson limits, and is no share.
    difference = np.where(np.isnan(below), np.nan, share - other)
    return difference, difference - below, difference + above


def _rate(counts: Counts) -> Floats:
    numerator, denominator = counts
    return numerator / denominator
