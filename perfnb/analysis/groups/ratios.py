"""How many times the other is one rate or share? Estimates with their limits."""

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
    reach = np.exp(_z(confidence) * _log_error(group, rest))
    return ratio, ratio / reach, ratio * reach


def share_ratio(group: Counts, rest: Counts, confidence: float) -> Estimate:
    """Give the ratio of two shares of a whole, their relative risk.

    Its limits leave 1 out exactly when those of the difference leave out 0, so that
    the two never contradict each other.

    Parameters
    ----------
    group, rest, confidence
        As in `perfnb.analysis.groups.differences.share_difference`.

    Returns
    -------
    ratio, lower, upper : numpy.ndarray
        Share of the group / share of the rest; missing where a part is 0 or
        larger than its whole.

    References
    ----------
    Donner A, Zou GY (2012) Stat Methods Med Res 21:347: from Wilson limits of
    both.

    Examples
    --------
    Heart attacks with placebo and with aspirin, 189 of 11,034 and 104 of 11,037
    (Agresti 2007, An Introduction to Categorical Data Analysis, 2.2):

    >>> group = np.array([189.0]), np.array([11_034.0])
    >>> rest = np.array([104.0]), np.array([11_037.0])
    >>> [round(float(each[0]), 2) for each in share_ratio(group, rest, 0.95)]
    [1.82, 1.43, 2.3]
    """
    (one, lower, upper), (other, other_lower, other_upper) = (
        _share(counts, confidence) for counts in (group, rest)
    )
    both = one * other
    low = other_upper * (2 * other - other_upper)
    high = other_lower * (2 * other - other_lower)
    # Both roots stay above 0 but for rounding of floats.
    below = np.sqrt(np.maximum(both**2 - lower * (2 * one - lower) * low, 0))
    above = np.sqrt(np.maximum(both**2 - upper * (2 * one - upper) * high, 0))
    # (both - below) / low would be 0 / 0 for a share that reaches 0.
    return (
        one / other,
        lower * (2 * one - lower) / (both + below),
        (both + above) / high,
    )


def rate_p_value(group: Counts, rest: Counts) -> Floats:
    """Give the two-sided p-value that goes with `rate_ratio`.

    Returns
    -------
    numpy.ndarray
        Below 1 - confidence exactly when the limits leave 1 out.

    References
    ----------
    As `rate_ratio`.

    Examples
    --------
    >>> group = np.array([60.0]), np.array([10_000.0])
    >>> rest = np.array([40.0]), np.array([20_000.0])
    >>> print(f"{rate_p_value(group, rest)[0]:.1e}")
    7.4e-08
    """
    distance = np.abs(np.log(_rate(group) / _rate(rest)))
    p_value: Floats = 2 * stats.norm.sf(distance / _log_error(group, rest))
    return p_value


def _rate(counts: Counts) -> Floats:
    numerator, denominator = counts
    return numerator / denominator


def _log_error(group: Counts, rest: Counts) -> Floats:
    error: Floats = np.sqrt(1 / group[0] + 1 / rest[0])
    return error


def _z(confidence: float) -> float:
    return float(stats.norm.ppf((1 + confidence) / 2))


def _share(counts: Counts, confidence: float) -> Estimate:
    part, whole = counts
    # A ratio to nothing, or of nothing, has no limits on this scale.
    fit = (part > 0) & (part <= whole)
    lower, upper = wilson(np.where(fit, part, np.nan), whole, confidence)
    return np.where(fit, part / whole, np.nan), lower, upper
