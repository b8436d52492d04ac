"""Take a series apart into trend, seasons and the rest, and weigh the seasons.

Strength says how far seasons outweigh the rest, the test whether they are more
than chance. Both are needed: in a short series chance alone makes strong ones.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import stats
from statsmodels.tsa.seasonal import STL

from perfnb.analysis.frames import Floats, Ints
from perfnb.analysis.process_limits import TOLERANCE
from perfnb.errors import PerfnbError


class Components(NamedTuple):
    """A series taken apart; the three add up to it [indicator's unit]."""

    trend: Floats
    seasonal: Floats
    remainder: Floats


def decomposition(
    values: Floats,
    *,
    period: int,
    seasonal_window: int | None = None,
    trend_window: int | None = None,
    low_pass_window: int | None = None,
    jumps: tuple[int, int, int] = (1, 1, 1),
) -> Components:
    """Take a series apart into trend, season and what is left.

    Parameters
    ----------
    values : numpy.ndarray
        Figures [indicator's unit], two whole years at least, none missing.
    period : int
        Seasons of a year.
    seasonal_window : int, optional
        Years over which a season may drift, odd; by default it stays the same.
    trend_window, low_pass_window : int, optional
        Windows of the smoothers [periods], odd; by default as the source says.
    jumps : tuple of int
        Steps between which the seasonal, trend and low-pass smoothers draw a
        line [periods]; 1 for no short cut.

    Raises
    ------
    PerfnbError
        When there are fewer than two years, or a figure is missing.

    References
    ----------
    Cleveland RB et al (1990) J Off Stat 6:3, not robust. A season that stays the
    same is reckoned as in ``stl`` of R: a window of ten times the series, degree
    0, then the mean of each season.

    Examples
    --------
    >>> found = decomposition(np.array([1.0, 3, 1, 3, 1, 3]), period=2)
    >>> found.seasonal.round(3).tolist()
    [-1.0, 1.0, -1.0, 1.0, -1.0, 1.0]
    """
    if len(values) < 2 * period or not np.isfinite(values).all():
        message = f"Seasons need two whole years of {period} figures without a gap."
        raise PerfnbError(message)
    steady = seasonal_window is None
    fitted = STL(
        values,
        period=period,
        seasonal=10 * len(values) + 1 if seasonal_window is None else seasonal_window,
        trend=trend_window,
        low_pass=low_pass_window,
        seasonal_deg=0,
        robust=False,
        seasonal_jump=jumps[0],
        trend_jump=jumps[1],
        low_pass_jump=jumps[2],
    ).fit(inner_iter=2, outer_iter=0)
    seasonal = np.asarray(fitted.seasonal)
    if steady:
        which = np.arange(len(values)) % period
        means = np.array([seasonal[which == season].mean() for season in range(period)])
        seasonal = means[which]
    trend = np.asarray(fitted.trend)
    return Components(trend, seasonal, values - trend - seasonal)


def strength(parts: Components) -> float:
    """Say how far seasons outweigh what is left, from 0 to 1.

    References
    ----------
    Wang X, Smith K, Hyndman R (2006) Data Min Knowl Disc 13:335; Hyndman and
    Athanasopoulos (2021) Forecasting: Principles and Practice, 3rd ed, 4.3.

    Examples
    --------
    >>> rest = np.array([0.0, 1, 0, -1])
    >>> round(strength(Components(rest, np.array([-2.0, 2, -2, 2]), rest)), 2)
    0.89
    """
    both = float(np.var(parts.seasonal + parts.remainder))
    return 0.0 if both == 0 else max(0.0, 1 - float(np.var(parts.remainder)) / both)


def season_test(values: Floats, seasons: Ints) -> float:
    """Give the chance of seasons so different where there are none.

    Parameters
    ----------
    values : numpy.ndarray
        Figures that follow on one another, none missing.
    seasons : numpy.ndarray
        Season of each, numbered from 0.

    Returns
    -------
    float
        Of an F test of the seasons beside a straight line [share].

    References
    ----------
    Draper NR, Smith H (1998) Applied Regression Analysis, 3rd ed (extra sum of
    squares).

    Examples
    --------
    >>> values = np.array([1.0, 5, 1.5, 5.5, 1, 5.2, 1.2, 5.1])
    >>> season_test(values, np.arange(8) % 2) < 0.001
    True
    """
    line: Floats = np.column_stack(
        [np.ones(len(values)), np.arange(len(values), dtype=float)]
    )
    dummies = (seasons[:, None] == np.unique(seasons)[1:]).astype(float)
    full: Floats = np.column_stack([line, dummies])
    left = [_left_over(design, values) for design in (line, full)]
    spare, extra = len(values) - full.shape[1], dummies.shape[1]
    # What rounding leaves over of a perfect fit is nothing.
    least = (TOLERANCE * np.abs(values).max()) ** 2 * len(values)
    ratio = ((left[0] - left[1]) / extra) / (max(left[1], least) / spare)
    return float(stats.f.sf(max(ratio, 0.0), extra, spare))


def _left_over(design: Floats, values: Floats) -> float:
    fitted = design @ np.linalg.lstsq(design, values, rcond=None)[0]
    return float(((values - fitted) ** 2).sum())
