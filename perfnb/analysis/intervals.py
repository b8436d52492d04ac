"""How sure is a figure? Confidence limits of shares and of rates.

Limits without an approximation, and those of a mean, stand in
`perfnb.analysis.exact_intervals`.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from perfnb.analysis.exact_intervals import count_limits, require_confidence
from perfnb.analysis.frames import Floats, column, floats, require
from perfnb.errors import PerfnbError

BYAR_FROM = 10
"""Events from which Byar's approximation replaces the exact limits.

Public Health England, Technical Guide - Confidence Intervals (2018).
"""

AGREEMENT = 0.01
"""Share by which a published value may part from its own counts.

Published values are rounded; a value further off has other counts or another
multiplier, and limits from those counts would not be its limits.
"""

INTERVALS = ("wilson", "byar", "none")


def wilson(
    numerator: npt.ArrayLike, denominator: npt.ArrayLike, confidence: float
) -> tuple[Floats, Floats]:
    """Give the confidence limits of shares of a whole of countable things.

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
        When the confidence is not between 0 and 1.

    References
    ----------
    Wilson EB (1927) JASA 22:209. Newcombe RG (1998) Stat Med 17:857, method 3.

    Examples
    --------
    Newcombe's first example, 81 of 263:

    >>> lower, upper = wilson([81], [263], 0.95)
    >>> print(f"{lower[0]:.4f} to {upper[0]:.4f}")
    0.2553 to 0.3662
    """
    require_confidence(confidence)
    part, whole = np.broadcast_arrays(floats(numerator), floats(denominator))
    fit = (part >= 0) & (part <= whole) & (whole > 0)
    lower, upper = np.full(part.shape, np.nan), np.full(part.shape, np.nan)
    if fit.any():
        lower[fit], upper[fit] = proportion_confint(
            part[fit], whole[fit], alpha=1 - confidence, method="wilson"
        )
    return lower, upper


def byar(events: npt.ArrayLike, confidence: float) -> tuple[Floats, Floats]:
    """Give the confidence limits of numbers of events.

    Exact (Garwood) below 10 events, Byar's approximation from 10 on.

    Parameters
    ----------
    events : array_like
        Counts; missing allowed.
    confidence : float
        Such as 0.95 [share].

    Returns
    -------
    lower, upper : numpy.ndarray
        Limits [events]; missing where the count is missing or negative, or
        where Byar's lower limit would be negative.

    Raises
    ------
    PerfnbError
        When the confidence is not between 0 and 1.

    References
    ----------
    Breslow NE, Day NE (1987) Statistical Methods in Cancer Research, vol II.
    Garwood F (1936) Biometrika 28:437.
    Public Health England, Technical Guide - Confidence Intervals (2018).

    Examples
    --------
    >>> lower, upper = byar([0, 65], 0.95)
    >>> print(f"{lower[0]:.3f} to {upper[0]:.3f}; {lower[1]:.3f} to {upper[1]:.3f}")
    0.000 to 3.689; 50.163 to 82.849
    """
    require_confidence(confidence)
    counts = np.atleast_1d(floats(events))
    lower, upper = np.full(counts.shape, np.nan), np.full(counts.shape, np.nan)
    few = (counts >= 0) & (counts < BYAR_FROM)
    many = counts >= BYAR_FROM
    lower[few], upper[few] = count_limits(counts[few], confidence)
    lower[many], upper[many] = _byar(counts[many], confidence)
    return np.where(lower < 0, np.nan, lower), upper


def limits(
    frame: pd.DataFrame, interval: str, per: float | None, confidence: float
) -> pd.DataFrame:
    """Add the confidence limits of each row in the indicator's unit.

    Parameters
    ----------
    frame : pandas.DataFrame
        Columns `numerator` and `denominator` [counts]; `value` [indicator's
        unit], when there, must agree with them.
    interval : {'wilson', 'byar', 'none'}
        Share of a whole of countable things, events per population, or no
        interval (tonnes, or figures published without counts).
    per : float or None
        value = numerator / denominator * per; None when the figures have no
        counts.
    confidence : float
        Such as 0.95 [share].

    Returns
    -------
    pandas.DataFrame
        The same rows with `lower_ci` and `upper_ci` [indicator's unit]; missing
        where the counts allow none.

    Raises
    ------
    PerfnbError
        When a column is missing, the interval is unknown, the counts have no
        multiplier, or a value parts from its own counts by more than 1%.

    References
    ----------
    See `wilson` and `byar`.

    Examples
    --------
    >>> frame = pd.DataFrame({"numerator": [65], "denominator": [100]})
    >>> limits(frame, "wilson", 100, 0.95)[["lower_ci", "upper_ci"]].round(2)
       lower_ci  upper_ci
    0     55.25     73.64
    """
    require(frame, ["numerator", "denominator"], "figures")
    require_interval(interval)
    part, whole = floats(frame["numerator"]), floats(frame["denominator"])
    _check_agreement(frame, part, whole, per)
    lower = upper = np.full(len(frame), np.nan)
    if interval != "none" and np.isfinite(part + whole).any():
        if per is None:
            message = (
                f"The figures have counts and the interval '{interval}' but no "
                "multiplier: give 'per' (100 for a percentage)"
            )
            raise PerfnbError(message)
        lower, upper = _in_unit(interval, part, whole, per, confidence)
    return frame.assign(lower_ci=column(lower), upper_ci=column(upper))


def rate(numerator: Floats, denominator: Floats, per: float | None) -> Floats:
    """Give the values that counts make.

    Parameters
    ----------
    numerator, denominator : numpy.ndarray
        Counts; missing allowed.
    per : float or None
        value = numerator / denominator * per.

    Returns
    -------
    numpy.ndarray
        [indicator's unit]; missing without `per`, and where a count is missing
        or the denominator is not above 0.

    Examples
    --------
    >>> rate(np.array([65.0, 1]), np.array([100.0, 0]), 1000).tolist()
    [650.0, nan]
    """
    multiplier = np.nan if per is None else per
    return numerator / np.where(denominator > 0, denominator, np.nan) * multiplier


def require_interval(interval: str) -> None:
    """Refuse an interval that is not known.

    Raises
    ------
    PerfnbError
        Naming it.

    Examples
    --------
    >>> require_interval("wilson")
    """
    if interval not in INTERVALS:
        message = f"'{interval}' is not an interval; known are {', '.join(INTERVALS)}."
        raise PerfnbError(message)


def _in_unit(
    interval: str, part: Floats, whole: Floats, per: float, confidence: float
) -> tuple[Floats, Floats]:
    if interval == "wilson":
        lower, upper = wilson(part, whole, confidence)
        return lower * per, upper * per
    lower, upper = byar(part, confidence)
    base = np.where(whole > 0, whole, np.nan)
    return lower / base * per, upper / base * per


def _byar(counts: Floats, confidence: float) -> tuple[Floats, Floats]:
    z = stats.norm.ppf((1 + confidence) / 2)
    more = counts + 1
    lower = counts * (1 - 1 / (9 * counts) - z / (3 * np.sqrt(counts))) ** 3
    upper = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
    return lower, upper


def _check_agreement(
    frame: pd.DataFrame, part: Floats, whole: Floats, per: float | None
) -> None:
    if per is None or "value" not in frame.columns:
        return
    value = floats(frame["value"])
    reckoned = rate(part, whole, per)
    apart = np.abs(value - reckoned) > AGREEMENT * np.maximum(abs(value), abs(reckoned))
    if apart.any():
        row = int(np.flatnonzero(apart)[0])
        message = (
            f"Row {row + 1} of the figures gives the value {value[row]:g}, but its "
            f"counts give {reckoned[row]:g}. Mend the value, the counts or 'per'."
        )
        raise PerfnbError(message)
