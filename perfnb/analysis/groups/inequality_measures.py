"""How unequal are all groups together? Summary measures of the WHO handbook.

Each function takes the values of groups, their standard errors [the same unit]
and their populations, and gives the measure with its standard error where there
is a closed form. All but the ratio are 0 when all groups are equal.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from perfnb.analysis.frames import Floats

THOUSAND = 1000.0
"""The two measures of entropy are given in thousandths.

World Health Organization, Health Equity Assessment Toolkit: technical notes.
"""


class Measure(NamedTuple):
    """A measure and its standard error [the same unit]; missing where it has none."""

    estimate: float
    standard_error: float = np.nan


def difference(
    value: Floats, standard_error: Floats, highest: int, lowest: int
) -> Measure:
    """Give the difference of two groups.

    Parameters
    ----------
    value, standard_error : numpy.ndarray
        One for each group [indicator's unit].
    highest, lowest : int
        Places of the two groups; the second is taken from the first.

    Returns
    -------
    Measure
        [indicator's unit]

    References
    ----------
    World Health Organization (2013) Handbook on Health Inequality Monitoring.

    Examples
    --------
    >>> difference(np.array([9.0, 4.0]), np.array([0.3, 0.4]), 0, 1)
    Measure(estimate=5.0, standard_error=0.5)
    """
    error = np.hypot(standard_error[highest], standard_error[lowest])
    return Measure(float(value[highest] - value[lowest]), float(error))


def ratio(value: Floats, standard_error: Floats, highest: int, lowest: int) -> Measure:
    """Give the ratio of two groups.

    Parameters
    ----------
    value, standard_error, highest, lowest
        As in `difference`.

    Returns
    -------
    Measure
        The standard error is that of the logarithm of the ratio; missing where
        one of the values is not above 0.

    References
    ----------
    As `difference`.

    Examples
    --------
    >>> ratio(np.array([8.0, 4.0]), np.array([0.24, 0.16]), 0, 1)
    Measure(estimate=2.0, standard_error=0.05)
    """
    if min(value[highest], value[lowest]) <= 0:
        return Measure(np.nan)
    relative = standard_error / np.where(value > 0, value, np.nan)
    error = np.hypot(relative[highest], relative[lowest])
    return Measure(float(value[highest] / value[lowest]), float(error))


def between_group_variance(
    value: Floats, standard_error: Floats, population: Floats
) -> Measure:
    """Give the variance of groups around their mean, weighted by population.

    Parameters
    ----------
    value, standard_error : numpy.ndarray
        One for each group [indicator's unit].
    population : numpy.ndarray
        One for each group, above 0.

    Returns
    -------
    Measure
        [square of the indicator's unit]

    References
    ----------
    World Health Organization (2013) Handbook on Health Inequality Monitoring.
    The standard error is that of a quadratic form of independent normal values.

    Examples
    --------
    >>> between_group_variance(
    ...     np.array([9.0, 5.0]), np.zeros(2), np.array([100.0, 100.0]))
    Measure(estimate=4.0, standard_error=0.0)
    """
    share, apart = _apart(value, population)
    error = standard_error**2
    weighted = share * error
    own = (share * (1 - share)) ** 2 * error**2
    crossed = (share * weighted).sum() ** 2 - ((share * weighted) ** 2).sum()
    variance = 4 * (share * weighted * apart**2).sum() + 2 * (own.sum() + crossed)
    return Measure(float((share * apart**2).sum()), float(np.sqrt(variance)))


def between_group_standard_deviation(value: Floats, population: Floats) -> Measure:
    """Give the root of `between_group_variance` [indicator's unit].

    Examples
    --------
    >>> between_group_standard_deviation(np.array([9.0, 5.0]), np.ones(2)).estimate
    2.0
    """
    share, apart = _apart(value, population)
    return Measure(float(np.sqrt((share * apart**2).sum())))


def coefficient_of_variation(value: Floats, population: Floats) -> Measure:
    """Give the standard deviation between groups as a share of the mean [%].

    Missing where the mean is not above 0.

    Examples
    --------
    >>> round(coefficient_of_variation(np.array([9.0, 5.0]), np.ones(2)).estimate, 2)
    28.57
    """
    deviation = between_group_standard_deviation(value, population).estimate
    return Measure(100 * deviation / _mean(value, population))


def mean_difference_from_mean(
    value: Floats, population: Floats, *, weighted: bool
) -> Measure:
    """Give how far groups lie from the mean of all people [indicator's unit].

    Parameters
    ----------
    value, population
        As in `between_group_variance`.
    weighted : bool
        Whether a group counts by its population or as one.

    Examples
    --------
    >>> mean_difference_from_mean(np.array([9.0, 5.0]), np.array([1.0, 3.0]),
    ...     weighted=False).estimate
    2.0
    """
    share, apart = _apart(value, population)
    return Measure(_averaged(np.abs(apart), share, weighted))


def mean_difference_from_best(
    value: Floats, population: Floats, *, best: float, weighted: bool
) -> Measure:
    """Give how far groups lie from the best one [indicator's unit].

    Parameters
    ----------
    value, population, weighted
        As in `mean_difference_from_mean`.
    best : float
        Value of the best group [indicator's unit].

    Examples
    --------
    >>> mean_difference_from_best(np.array([9.0, 5.0]), np.array([1.0, 3.0]),
    ...     best=5.0, weighted=True).estimate
    1.0
    """
    share, _ = _apart(value, population)
    return Measure(_averaged(np.abs(value - best), share, weighted))


def index_of_disparity(value: Floats, population: Floats, *, weighted: bool) -> Measure:
    """Give `mean_difference_from_mean` as a share of the mean [%].

    Missing where the mean is not above 0.

    References
    ----------
    Pearcy JN, Keppel KG (2002) Public Health Reports 117:273. World Health
    Organization (2013) Handbook on Health Inequality Monitoring.

    Examples
    --------
    >>> round(index_of_disparity(np.array([9.0, 5.0]), np.array([1.0, 3.0]),
    ...     weighted=False).estimate, 2)
    33.33
    """
    apart = mean_difference_from_mean(value, population, weighted=weighted).estimate
    return Measure(100 * apart / _mean(value, population))


def mean_log_deviation(
    value: Floats, standard_error: Floats, population: Floats
) -> Measure:
    """Give how far the logarithms of groups lie below that of the mean.

    Parameters
    ----------
    value, standard_error, population
        As in `between_group_variance`.

    Returns
    -------
    Measure
        [thousandths]; missing where a value is not above 0.

    References
    ----------
    Theil H (1967) Economics and Information Theory. World Health Organization
    (2013) Handbook on Health Inequality Monitoring. Standard error: delta method.

    Examples
    --------
    >>> made = np.array([9.0, 5.0]), np.zeros(2), np.ones(2)
    >>> round(mean_log_deviation(*made).estimate, 2)
    42.58
    """
    mean = _mean(value, population)
    if not mean > 0 or (value <= 0).any():
        return Measure(np.nan)
    share = population / population.sum()
    estimate = (share * -np.log(value / mean)).sum()
    slope = share * (1 / mean - 1 / value)
    return _in_thousandths(estimate, slope, standard_error)


def theil_index(value: Floats, standard_error: Floats, population: Floats) -> Measure:
    """Give the entropy by which groups part from equality.

    Parameters
    ----------
    value, standard_error, population
        As in `between_group_variance`.

    Returns
    -------
    Measure
        [thousandths]; missing where a value is not above 0.

    References
    ----------
    As `mean_log_deviation`.

    Examples
    --------
    >>> round(theil_index(np.array([9.0, 5.0]), np.zeros(2), np.ones(2)).estimate, 2)
    41.39
    """
    mean = _mean(value, population)
    if not mean > 0 or (value <= 0).any():
        return Measure(np.nan)
    share, relative = population / population.sum(), value / mean
    estimate = (share * relative * np.log(relative)).sum()
    of_each = share / mean * (np.log(relative) + 1)
    slope = of_each - share / mean * (of_each * value).sum()
    return _in_thousandths(estimate, slope, standard_error)


def _mean(value: Floats, population: Floats) -> float:
    mean = float((value * population).sum() / population.sum())
    return mean if mean > 0 else np.nan


def _apart(value: Floats, population: Floats) -> tuple[Floats, Floats]:
    share = population / population.sum()
    return share, value - (share * value).sum()


def _averaged(apart: Floats, share: Floats, weighted: bool) -> float:
    return float((share * apart).sum() if weighted else apart.mean())


def _in_thousandths(estimate: float, slope: Floats, standard_error: Floats) -> Measure:
    error = np.sqrt((slope**2 * standard_error**2).sum())
    return Measure(float(estimate * THOUSAND), float(error * THOUSAND))
