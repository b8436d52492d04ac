"""Stretches of a series that each have a mean and limits of their own.

Limits start anew where a break makes a series another one, and where the
council has decided it for a reason that stands in its register of rebases.
Nothing is reckoned across such a date, and nothing here finds one by itself: a
change that the figures show is a finding, not a reason to move the limits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from perfnb.analysis.frames import Floats, Ints
from perfnb.analysis.process_limits import TOLERANCE, Limits, baseline, xmr_limits
from perfnb.analysis.segments import segments
from perfnb.errors import PerfnbError
from perfnb.methods import Methods

JUDGED = ("trial limits", "limits")
"""The standings with limits, by which a figure can be judged."""


class Start(NamedTuple):
    """A day from which limits start anew, and how many figures set them.

    `baseline_points` is None where all figures up to the next start set them.
    """

    day: date
    baseline_points: int | None = None


@dataclass(frozen=True)
class Era:
    """Mean and limits of one stretch of a series.

    Attributes
    ----------
    start, end : datetime.datetime or None
        First day of its first period and last day of its last.
    n, n_missing : int
        Figures; periods without one, with or without a row.
    n_baseline : int
        Figures that set mean and limits.
    baseline_points : int or None
        As decided; None where every figure sets them.
    mean, lower_limit, upper_limit : float or None
        [indicator's unit]
    standing : str
        'no data', 'overlapping windows', 'too few points', 'no variation', 'no
        moving range', 'trial limits' or 'limits'.
    """

    start: datetime | None
    end: datetime | None
    n: int
    n_missing: int
    n_baseline: int
    baseline_points: int | None
    mean: float | None
    lower_limit: float | None
    upper_limit: float | None
    standing: str


NOTHING = Era(None, None, 0, 0, 0, None, None, None, None, "no data")
"""What there is of a series without a single figure."""


class Stretch(NamedTuple):
    """The rows of an era within the points: from `first` up to before `stop`."""

    first: int
    stop: int
    baseline_points: int | None


def stretches(
    points: pd.DataFrame,
    values: Floats,
    starts: Sequence[Start],
    baseline_points: int | None,
) -> list[Stretch]:
    """Divide the rows of a series at the days from which limits start anew.

    Parameters
    ----------
    points : pandas.DataFrame
        One row per period, oldest first: `start` [datetime64].
    values : numpy.ndarray
        Their figures, missing ones NaN.
    starts : sequence of Start
        In any order. One at or before the first row says only how many figures
        set the first limits; one after which there is no figure yet changes
        nothing until there is.
    baseline_points : int or None
        For the first stretch, where no start says otherwise.

    Returns
    -------
    list of Stretch
        At least one.

    Examples
    --------
    >>> days = pd.to_datetime(["2025-01-01", "2025-04-01", "2025-07-01"])
    >>> stretches(pd.DataFrame({"start": days}), np.array([4.0, 5, 6]),
    ...     [Start(date(2025, 4, 1), 8)], None)
    [Stretch(first=0, stop=1, baseline_points=None), \
Stretch(first=1, stop=3, baseline_points=8)]
    """
    days = points["start"].to_numpy().astype("datetime64[D]")
    known = np.flatnonzero(np.isfinite(values))
    last = int(known[-1]) if len(known) else -1
    firsts = {0: baseline_points}
    for start in sorted(starts, key=lambda each: each.day):
        place = int(np.searchsorted(days, np.datetime64(start.day)))
        if place <= max(last, 0):
            firsts[place] = start.baseline_points
    places = [*firsts, len(points)]
    return [Stretch(first, stop, firsts[first]) for first, stop in pairwise(places)]


def check_baseline(points: int | None, methods: Methods) -> None:
    """Refuse a baseline that is too short for limits.

    Raises
    ------
    PerfnbError
        When it has fewer points than the house rule `minimum_points_for_limits`.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> check_baseline(12, read_methods("parameters/methods.yaml"))
    """
    least = methods.minimum_points_for_limits
    if points is not None and points < least:
        message = f"A baseline of {points} points is too short: limits need {least}."
        raise PerfnbError(message)


def era(
    points: pd.DataFrame,
    values: Floats,
    after: Ints,
    baseline_points: int | None,
    methods: Methods,
) -> tuple[Era, list[Ints], Limits]:
    """Give the mean and limits of one stretch.

    Parameters
    ----------
    points : pandas.DataFrame
        The rows of the stretch: `start`, `end` [datetime64].
    values : numpy.ndarray
        Their figures [indicator's unit], missing ones NaN.
    after : numpy.ndarray
        Periods that each stands after the one before
        (`perfnb.analysis.segments.steps`).
    baseline_points : int or None
        Figures that set the limits; None for all.
    methods : Methods
        House rules.

    Returns
    -------
    era : Era
    segments : list of numpy.ndarray
        Positions of figures that follow on without a gap.
    limits : Limits
        The same as in the era, NaN where none are drawn.
    """
    unbroken = segments(values, after)
    known = np.flatnonzero(np.isfinite(values))
    base = baseline(unbroken, baseline_points)
    standing = _standing(points.iloc[known], values[known], base, methods)
    limits = Limits(np.nan, np.nan, np.nan)
    if standing in ("no variation", *JUDGED):
        screen = methods.screen_moving_ranges
        limits = xmr_limits(
            values, unbroken, baseline_points=baseline_points, screen=screen
        )
    if standing in JUDGED and np.isnan(limits.upper):
        standing = "no moving range"
    gaps = int(np.maximum(after[1:] - 1, 0).sum())
    found = Era(
        start=points["start"].iloc[0] if len(points) else None,
        end=points["end"].iloc[-1] if len(points) else None,
        n=len(known),
        n_missing=len(points) - len(known) + gaps,
        n_baseline=sum(map(len, base)),
        baseline_points=baseline_points,
        mean=_optional(limits.mean),
        lower_limit=_optional(limits.lower),
        upper_limit=_optional(limits.upper),
        standing=standing,
    )
    return found, unbroken, limits


def cut(
    found: Era, limits: Limits, lower_bound: float | None, upper_bound: float | None
) -> tuple[Era, Limits]:
    """Cut the limits to be shown where there can be no figures.

    Only for showing, after the special causes are judged: a limit below nought
    is right as a limit and wrong as a line.

    Parameters
    ----------
    found : Era
        With its limits as reckoned.
    limits : Limits
        The same limits.
    lower_bound, upper_bound : float or None
        Values beyond which there is nothing [indicator's unit].

    Returns
    -------
    tuple of Era and Limits

    Examples
    --------
    >>> era, shown = cut(NOTHING, Limits(1.0, -2.5, 4.5), 0, 100)
    >>> shown
    Limits(mean=1.0, lower=0.0, upper=4.5)
    """
    # Missing limits stay missing.
    least = -np.inf if lower_bound is None else lower_bound
    most = np.inf if upper_bound is None else upper_bound
    lower = float(np.maximum(limits.lower, least))
    upper = float(np.minimum(limits.upper, most))
    shown = replace(found, lower_limit=_optional(lower), upper_limit=_optional(upper))
    return shown, Limits(limits.mean, lower, upper)


def _standing(
    known: pd.DataFrame, values: Floats, base: list[Ints], methods: Methods
) -> str:
    if not len(values):
        return "no data"
    start, end = known["start"].to_numpy(), known["end"].to_numpy()
    if (start[1:] <= end[:-1]).any():
        return "overlapping windows"
    # A series in pieces has fewer moving ranges than points; the limits are
    # only as good as those.
    ranges = sum(map(len, base)) - len(base)
    if ranges < methods.minimum_points_for_limits - 1:
        return "too few points"
    if np.ptp(values) <= TOLERANCE * np.abs(values).max():
        return "no variation"
    return "limits" if len(values) >= methods.settled_points else "trial limits"


def _optional(number: float) -> float | None:
    return None if np.isnan(number) else number
