"""How sure is a figure, without an approximation? Counts, shares and means.

The limits that hold for few events too. `perfnb.analysis.intervals` uses those
of counts below ten events; the others serve where a share or a mean stands on
a handful of cases.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from perfnb.analysis.frames import Floats, floats
from perfnb.errors import PerfnbError


@dataclass(frozen=True)
class Mean:
    """The mean of some figures and how sure it is.

    Attributes
    ----------
    n : int
        Figures that are there.
    mean, standard_deviation, lower_ci, upper_ci : float or None
        [unit of the figures]; None where there are too few.
    standing : str
        'mean with limits', 'one figure' or 'no figures'.
    method : str
        Method and source in words.
    """

    n: int
    mean: float | None
    standard_deviation: float | None
    lower_ci: float | None
    upper_ci: float | None
    standing: str
    method: str


def count_limits(events: npt.ArrayLike, confidence: float) -> tuple[Floats, Floats]:
    """Give the exact confidence limits of numbers of events.

    Parameters
    ----------
    events : array_like
        Counts, of any size and whole or not; missing allowed.
    confidence : float
        Such as 0.95 [share].

    Returns
    -------
    lower, upper : numpy.ndarray
        Limits [events]; missing where the count is missing or negative.

    Raises
    ------
    PerfnbError
        When the confidence is not between 0 and 1, or a count is no number.

    References
    ----------
    Garwood F (1936) Biometrika 28:437.

    Examples
    --------
    >>> lower, upper = count_limits([0, 9], 0.95)
    >>> print(f"{lower[0]:.3f} to {upper[0]:.3f}; {lower[1]:.3f} to {upper[1]:.3f}")
    0.000 to 3.689; 4.115 to 17.085
    """
    require_confidence(confidence)
    counts = np.atleast_1d(floats(events))
    fit = counts >= 0
    tail = (1 - confidence) / 2
    lower, upper = np.full(counts.shape, np.nan), np.full(counts.shape, np.nan)
    # chi2.ppf with 0 degrees of freedom is missing; the limit there is 0.
    some = np.where(counts > 0, counts, 1.0)
    lower[fit] = np.where(counts > 0, stats.chi2.ppf(tail, 2 * some) / 2, 0.0)[fit]
    upper[fit] = stats.chi2.ppf(1 - tail, 2 * counts[fit] + 2) / 2
    return lower, upper


def share_limits(
    numerator: npt.ArrayLike, denominator: npt.ArrayLike, confidence: float
) -> tuple[Floats, Floats]:
    """Give the exact confidence limits of shares of a whole of countable things.

    They are wider than need be (Wilson's are the house's choice) but never too
    narrow.

    Parameters
    ----------
    numerator, denominator : array_like
        Counts; missing allowed.
    confidence : float
        Such as 0.95 [share].

    Returns
    -------
    lower, upper : numpy.ndarray
        Limits [share, 0 to 1]; missing where a count is missing or negative,
        the denominator is 0, or the numerator is larger than it.

    Raises
    ------
    PerfnbError
        When the confidence is not between 0 and 1, or a count is no number.

    References
    ----------
    Clopper CJ, Pearson ES (1934) Biometrika 26:404.

    Examples
    --------
    >>> lower, upper = share_limits([3], [50], 0.95)
    >>> print(f"{lower[0]:.4f} to {upper[0]:.4f}")
    0.0125 to 0.1655
    """
    require_confidence(confidence)
    part, whole = np.broadcast_arrays(floats(numerator), floats(denominator))
    fit = (part >= 0) & (part <= whole) & (whole > 0)
    lower, upper = np.full(part.shape, np.nan), np.full(part.shape, np.nan)
    if fit.any():
        lower[fit], upper[fit] = proportion_confint(
            part[fit], whole[fit], alpha=1 - confidence, method="beta"
        )
    return lower, upper


def share_p_value(numerator: int, denominator: int, expected: float) -> float:
    """Say how often chance alone gives a share at least as unlikely as this one.

    Parameters
    ----------
    numerator, denominator : int
        Counts.
    expected : float
        The share that is expected [0 to 1].

    Returns
    -------
    float
        Two-sided exact p value.

    Raises
    ------
    PerfnbError
        When the counts are no counts of a part and a whole, or the share that
        is expected is none.

    References
    ----------
    Clopper CJ, Pearson ES (1934) Biometrika 26:404; the outcomes no likelier
    than the one found are added up, as in R's ``binom.test``.

    Examples
    --------
    >>> round(share_p_value(0, 50, 0.05), 4)
    0.1806
    """
    if not 0 <= numerator <= denominator or denominator == 0:
        message = f"{numerator} of {denominator} is not a part of a whole."
        raise PerfnbError(message)
    if not 0 <= expected <= 1:
        message = f"An expected share of {expected} is not between 0 and 1."
        raise PerfnbError(message)
    found = stats.binomtest(int(numerator), int(denominator), float(expected))
    return float(found.pvalue)


def mean(values: npt.ArrayLike, confidence: float) -> Mean:
    """Give the mean of some figures with its confidence limits.

    Parameters
    ----------
    values : array_like
        Figures of one kind; missing ones are left out.
    confidence : float
        Such as 0.95 [share].

    Returns
    -------
    Mean

    Raises
    ------
    PerfnbError
        When the confidence is not between 0 and 1, or a figure is no number.

    References
    ----------
    Student (1908) Biometrika 6:1. Public Health England, Technical Guide -
    Confidence Intervals (2018).

    Examples
    --------
    >>> found = mean([33.1, 48.4, 64.8, 68.0], 0.95)
    >>> print(f"{found.mean:.2f}: {found.lower_ci:.2f} to {found.upper_ci:.2f}")
    53.58: 27.92 to 79.23
    """
    require_confidence(confidence)
    known = floats(values)
    known = known[np.isfinite(known)]
    method = f"Mean with {100 * confidence:.4g}% limits of Student's t (Student 1908)."
    if not len(known):
        return Mean(0, None, None, None, None, "no figures", method)
    middle = float(known.mean())
    if len(known) == 1:
        return Mean(1, middle, None, None, None, "one figure", method)
    spread = float(known.std(ddof=1))
    reach = stats.t.ppf((1 + confidence) / 2, len(known) - 1) * spread
    reach = float(reach / np.sqrt(len(known)))
    return Mean(
        n=len(known),
        mean=middle,
        standard_deviation=spread,
        lower_ci=middle - reach,
        upper_ci=middle + reach,
        standing="mean with limits",
        method=method,
    )


def require_confidence(confidence: float) -> None:
    """Refuse a confidence that is no share.

    Raises
    ------
    PerfnbError
        When it is not between 0 and 1.

    Examples
    --------
    >>> require_confidence(0.95)
    """
    if not 0 < confidence < 1:
        message = f"A confidence of {confidence} is not between 0 and 1."
        raise PerfnbError(message)
