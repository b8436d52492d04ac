"""By how much do two rates or two shares differ? Estimates with their limits.

The limits of a difference are put together from the limits of both sides: the
MOVER of Zou and Donner, of which Newcombe's method 10 is the case for shares.
`perfnb.analysis.groups.ratios` says how many times one is the other.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from perfnb.analysis.frames import Floats
from perfnb.analysis.intervals import byar

Counts = tuple[Floats, Floats]
"""Numerators and denominators; missing allowed, denominators above 0."""

Estimate = tuple[Floats, Floats, Floats]
"""The measure with its lower and its upper limit; missing where it has none."""

LARGEST_Z = 37.0
"""Beyond this many standard errors a p-value is no longer told from 0."""

HALVINGS = 50
"""Halvings that bring the standard score of a p-value within 1e-13 of its place."""


def rate_difference(group: Counts, rest: Counts, confidence: float) -> Estimate:
    """Give the difference of two rates of events.

    Parameters
    ----------
    group, rest : tuple of numpy.ndarray
        Events and the population that they happened to.
    confidence : float
        Such as 0.95 [share].

    Returns
    -------
    difference, lower, upper : numpy.ndarray
        Rate of the group less rate of the rest [events for one of the
        population].

    References
    ----------
    Zou GY, Donner A (2008) Stat Med 27:1693, from the limits of both rates by
    `perfnb.analysis.intervals.byar`.

    Examples
    --------
    >>> group = np.array([60.0]), np.array([10_000.0])
    >>> rest = np.array([40.0]), np.array([20_000.0])
    >>> found = rate_difference(group, rest, 0.95)
    >>> [round(float(each[0]) * 10_000, 1) for each in found]
    [40.0, 24.0, 58.2]
    """
    sides = []
    for events, population in (group, rest):
        lower, upper = byar(events, confidence)
        sides.append((events / population, lower / population, upper / population))
    return change(sides[0], sides[1])


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
    return share_difference_at(group, rest, 1 - confidence)


def share_difference_at(group: Counts, rest: Counts, alpha: float | Floats) -> Estimate:
    """Give `share_difference` at a significance level for each row.

    Parameters
    ----------
    group, rest
        As in `share_difference`.
    alpha : float or numpy.ndarray
        1 - confidence [share].

    Returns
    -------
    difference, lower, upper : numpy.ndarray

    References
    ----------
    As `share_difference`.

    Examples
    --------
    >>> counts = np.array([56.0, 56]), np.array([70.0, 70])
    >>> rest = np.array([48.0, 48]), np.array([80.0, 80])
    >>> share_difference_at(counts, rest, np.array([0.05, 0.001]))[1].round(3)
    array([ 0.052, -0.048])
    """
    return change(_share(group, alpha), _share(rest, alpha))


def change(now: Estimate, before: Estimate) -> Estimate:
    """Give the difference of two independent estimates from their limits.

    Parameters
    ----------
    now, before : tuple of numpy.ndarray
        Each with its limits [any unit, the same].

    Returns
    -------
    difference, lower, upper : numpy.ndarray
        [the same unit]

    References
    ----------
    Zou GY, Donner A (2008) Stat Med 27:1693 (the method of variance estimates
    recovery, MOVER).

    Examples
    --------
    >>> now = np.array([5.0]), np.array([2.0]), np.array([9.0])
    >>> before = np.array([4.0]), np.array([0.0]), np.array([7.0])
    >>> [each.tolist() for each in change(now, before)]
    [[1.0], [-3.2426406871192848], [6.656854249492381]]
    """
    (value, lower, upper), (other, other_lower, other_upper) = now, before
    below = np.hypot(value - lower, other_upper - other)
    above = np.hypot(upper - value, other - other_lower)
    # Without a limit there is no estimate either: a part larger than its whole
    # is no share.
    difference = np.where(np.isnan(below + above), np.nan, value - other)
    return difference, difference - below, difference + above


def p_value_of(estimate: Callable[[Floats], Estimate]) -> Floats:
    """Give the two-sided p-value of a difference by turning its limits round.

    It is the confidence at which a limit just touches 0, taken from 1.

    Parameters
    ----------
    estimate : callable
        Gives the difference with its limits at a significance level for each,
        such as `share_difference_at`.

    Returns
    -------
    numpy.ndarray
        Below 1 - confidence exactly when the limits leave 0 out; missing where
        there is no difference.

    References
    ----------
    Altman DG, Machin D, Bryant TN, Gardner MJ (2000) Statistics with Confidence:
    an interval holds every value that a test would not reject.

    Examples
    --------
    >>> group = np.array([56.0]), np.array([70.0])
    >>> rest = np.array([48.0]), np.array([80.0])
    >>> found = p_value_of(lambda alpha: share_difference_at(group, rest, alpha))
    >>> round(float(found[0]), 4)
    0.0081
    """
    known = ~np.isnan(estimate(np.array(0.5))[0])
    least, most = np.zeros(known.shape), np.full(known.shape, LARGEST_Z)
    for _ in range(HALVINGS):
        z = (least + most) / 2
        _, lower, upper = estimate(2 * stats.norm.sf(z))
        clear = (lower > 0) | (upper < 0)
        least, most = np.where(clear, z, least), np.where(clear, most, z)
    p_value: Floats = np.where(known, 2 * stats.norm.sf(least), np.nan)
    return p_value


def _share(counts: Counts, alpha: float | Floats) -> Estimate:
    part, whole = counts
    fit = (part >= 0) & (part <= whole)
    part, whole = np.where(fit, part, np.nan), np.where(fit, whole, np.nan)
    lower, upper = proportion_confint(part, whole, alpha=alpha, method="wilson")
    return part / whole, lower, upper
