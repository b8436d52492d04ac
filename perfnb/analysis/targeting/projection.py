"""Where do figures go if nothing changes? The plainest answer, for a target's test.

No forecast: a forecast has an interval and is tested on the past. This carries a
series on by its own slope, or as it last was, where no forecast is at hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from perfnb.analysis.frames import floats
from perfnb.methods import Methods


@dataclass(frozen=True)
class Projection:
    """Where the figures go if nothing changes.

    Attributes
    ----------
    value : float
        [indicator's unit]
    lower, upper : float or None
        Interval [indicator's unit], where the method gives one.
    method : str
        How it was made, on how many figures.
    is_last_figure : bool
        Whether it only carries the last figure on: a short series tells how it
        stood, not where it goes.
    """

    value: float
    lower: float | None
    upper: float | None
    method: str
    is_last_figure: bool = False


def extrapolated(
    values: Sequence[float],
    steps: int,
    *,
    methods: Methods,
    lower_bound: float | None = None,
    upper_bound: float | None = None,
) -> Projection | None:
    """Carry a series on by its own slope, or as it last was when it is short.

    Parameters
    ----------
    values : sequence of float
        Figures, oldest first, NaN where one is missing.
    steps : int
        Periods from the last row to the one that is sought.
    methods : Methods
        `minimum_points_for_slope`.
    lower_bound, upper_bound : float, optional
        Beyond which there is nothing.

    Returns
    -------
    Projection or None
        By the median of all slopes where there are enough figures, otherwise the
        last figure; without an interval. None without a figure.

    References
    ----------
    Theil H (1950); Sen PK (1968) J Am Stat Assoc 63:1379.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> methods = read_methods("parameters/methods.yaml")
    >>> extrapolated([5.0] * 3, 1, methods=methods).value
    5.0
    """
    numbers = floats(np.array(values, dtype=float))
    places = np.flatnonzero(np.isfinite(numbers))
    if not len(places):
        return None
    n = len(places)
    if n < methods.minimum_points_for_slope:
        words = f"the last of {n} figures, carried on" if n > 1 else "the only figure"
        return Projection(float(numbers[places[-1]]), None, None, words, True)
    slope, intercept, *_ = stats.theilslopes(numbers[places], places, method="joint")
    reached = float(intercept + slope * (len(numbers) - 1 + steps))
    least = -np.inf if lower_bound is None else lower_bound
    most = np.inf if upper_bound is None else upper_bound
    words = f"the median slope of {n} figures, carried on (Theil 1950; Sen 1968)"
    return Projection(float(np.clip(reached, least, most)), None, None, words)
