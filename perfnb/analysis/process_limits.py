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


def xmr_limits(values: Floats, segments: Sequence[Ints]) -> Limits:
    """Give the mean of all figures and the limits around it.

    Parameters
    ----------
    values : numpy.ndarray
        Figures [indicator's unit], oldest first, missing ones NaN.
    segments : sequence of numpy.ndarray
        Positions of figures that follow on without a gap; one at least has two.

    Returns
    -------
    Limits

    References
    ----------
    Wheeler (1993) Understanding Variation.

    Examples
    --------
    >>> found = xmr_limits(np.array([4.0, 6, 5]), [np.array([0, 1, 2])])
    >>> [round(level, 2) for level in found]
    [5.0, 1.01, 8.99]
    """
    mean = float(np.nanmean(values))
    ranges = [np.abs(np.diff(values[places])) for places in segments]
    reach = LIMITS * mean_moving_range(np.concatenate(ranges))
    return Limits(mean, mean - reach, mean + reach)


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
