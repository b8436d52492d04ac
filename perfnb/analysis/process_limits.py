"""How far figures vary by chance: the limits of an XmR chart.

Limits come from how much neighbouring figures differ. A moving range stays
within a segment, figures that follow on without a gap
(`perfnb.analysis.segments`); the mean and the limits are of all segments.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from perfnb.analysis.frames import Floats, Ints

LIMITS = 2.66
"""Limits stand this many mean moving ranges from the mean: 3 / d2, d2 = 1.128.

Shewhart (1931); Wheeler (1993) Understanding Variation. The rounded 2.66 is the
published constant, and the one that NHS England's Making Data Count uses.
"""

SCREEN = 3.267
"""Moving ranges of this many times their mean are left out, once: D4 for n = 2.

Nelson LS (1982) J Qual Tech 14:172; Provost and Murray (2011).
"""

TOLERANCE = 1e-9
"""Figures this close, as a share of the largest, are equal.

30/90 and 31/93 are the same share; floating point must not make a trend of it.
"""


class Limits(NamedTuple):
    """Mean and limits [indicator's unit]; NaN where none are drawn."""

    mean: float
    lower: float
    upper: float


def xmr_limits(
    values: Floats,
    segments: Sequence[Ints],
    *,
    baseline_points: int | None = None,
    screen: bool = True,
) -> Limits:
    """Give the mean of the figures and the limits around it.

    Parameters
    ----------
    values : numpy.ndarray
        Figures [indicator's unit], oldest first, missing ones NaN.
    segments : sequence of numpy.ndarray
        Positions of figures that follow on without a gap.
    baseline_points : int, optional
        Only the first so many figures set mean and limits; by default all do.
    screen : bool
        Whether moving ranges out of the ordinary are left out, once.

    Returns
    -------
    Limits
        Without lower and upper limit (NaN) where neighbouring figures never
        differ: they do not say how far figures vary.

    References
    ----------
    Wheeler (1993) Understanding Variation.

    Examples
    --------
    >>> found = xmr_limits(np.array([4.0, 6, 5]), [np.array([0, 1, 2])])
    >>> [round(level, 2) for level in found]
    [5.0, 1.01, 8.99]
    """
    runs = baseline(segments, baseline_points)
    mean = float(values[np.concatenate(runs)].mean())
    ranges = np.concatenate([np.abs(np.diff(values[places])) for places in runs])
    scale = float(np.nanmax(np.abs(values)))
    if not len(ranges) or ranges.max() <= TOLERANCE * scale:
        return Limits(mean, np.nan, np.nan)
    usual = mean_moving_range(ranges) if screen else float(ranges.mean())
    return Limits(mean, mean - LIMITS * usual, mean + LIMITS * usual)


def baseline(segments: Sequence[Ints], points: int | None) -> list[Ints]:
    """Keep the first figures of a series, from which its limits are made.

    Parameters
    ----------
    segments
        As in `xmr_limits`.
    points : int or None
        How many; None keeps all.

    Examples
    --------
    >>> found = baseline([np.array([0, 1]), np.array([3, 4])], 3)
    >>> [places.tolist() for places in found]
    [[0, 1], [3]]
    """
    if points is None:
        return list(segments)
    kept, left = [], points
    for places in segments:
        kept.append(places[:left])
        left -= len(kept[-1])
    return [places for places in kept if len(places)]


def mean_moving_range(ranges: Floats) -> float:
    """Give the mean moving range, screened once for ranges out of the ordinary.

    Parameters
    ----------
    ranges : numpy.ndarray
        Absolute differences of neighbouring figures [indicator's unit].

    Returns
    -------
    float
        [indicator's unit]. When screening would leave no variation at all (one
        step in a series that otherwise stands still) nothing is screened.

    References
    ----------
    Nelson LS (1982) J Qual Tech 14:172.

    Examples
    --------
    >>> mean_moving_range(np.array([1.0, 1, 1, 1, 1, 1, 1, 20]))
    1.0
    """
    first = float(ranges.mean())
    screened = ranges[ranges < SCREEN * first]
    again = float(screened.mean()) if len(screened) else 0.0
    return again if again > TOLERANCE * first else first
