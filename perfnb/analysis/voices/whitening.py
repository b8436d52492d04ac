"""What in a quarterly series is new? Trend, season and memory taken out.

Two series that both rise, or both peak in summer, go together whatever they
are of. Only what is left of each when its own past and the calendar have told
what they can may be compared.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from perfnb.analysis.frames import Floats, Ints

SEASONS = 4
"""Quarters of a year."""

NOISE = 1e-9
"""Share of a series' size below which what is left of it is only rounding."""


@dataclass(frozen=True)
class Whitened:
    """What is new in each quarter of a series.

    Attributes
    ----------
    news : numpy.ndarray
        Figure less what trend, season and the quarter before foretold [the unit
        of the figure]; missing where it or the quarter before is.
    fitted : int
        Numbers that were fitted to the series, its level included.
    varies : bool
        Whether anything is left.
    """

    news: Floats
    fitted: int
    varies: bool


def whitened(values: Floats, quarters: Ints) -> Whitened:
    """Take trend, season and the memory of one quarter out of a series.

    Least squares of each figure on a level for each quarter of the year, a
    straight line in time and the figure of the quarter before. The last may
    have a weight of 1, so that a series that wanders is differenced and one
    that does not is left undifferenced.

    Parameters
    ----------
    values : numpy.ndarray
        One per quarter without a gap in time, oldest first; missing ones NaN.
    quarters : numpy.ndarray
        Number of each quarter, rising by 1.

    Returns
    -------
    Whitened

    References
    ----------
    Prewhitening: Box GEP, Jenkins GM (1976) Time Series Analysis, 11.2; both
    series by their own model: Haugh LD (1976) JASA 71:378. Trends that go
    together by themselves: Yule GU (1926) JRSS 89:1.

    Examples
    --------
    A straight line has no news:

    >>> line = np.arange(24.0)
    >>> whitened(line, np.arange(24)).varies
    False
    """
    before = np.concatenate([[np.nan], values[:-1]])
    known = np.isfinite(values) & np.isfinite(before)
    news = np.full(len(values), np.nan)
    if not known.any():
        return Whitened(news, 0, varies=False)
    # Centred and scaled, so that the size of figures cannot upset the fit.
    middle, size = float(values[known].mean()), float(np.ptp(values[known])) or 1.0
    time = quarters - quarters.mean()
    seasons = quarters[:, None] % SEASONS == np.arange(SEASONS)
    design = np.column_stack(
        [seasons.astype(float), time / max(len(time), 1), (before - middle) / size]
    )
    wanted = (values[known] - middle) / size
    weights, _, rank, _ = np.linalg.lstsq(design[known], wanted, rcond=None)
    left = wanted - design[known] @ weights
    news[known] = left * size
    # A constant series is centred on itself: what is left is rounding alone.
    varies = np.ptp(left) > NOISE and np.ptp(values[known]) > NOISE * abs(middle)
    return Whitened(news, int(rank), bool(varies))
