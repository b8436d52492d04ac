"""Did a series change, or does it only vary? The verdict of an XmR chart.

A series is one indicator of one authority, one row per period, oldest first,
and only since its last break. A change is called only when a rule of the method
says so (`perfnb.analysis.special_causes`); no moving range is taken across a gap
and no run goes through it (`perfnb.analysis.segments`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

import numpy as np
import pandas as pd

from perfnb.analysis.frames import Floats, Ints, Objects, column, floats
from perfnb.analysis.process_limits import (
    LIMITS,
    SCREEN,
    TOLERANCE,
    Limits,
    xmr_limits,
)
from perfnb.analysis.segments import check_periods, segments, steps
from perfnb.analysis.special_causes import KINDS, special_causes
from perfnb.analysis.verdicts import good_side
from perfnb.methods import Methods

JUDGED = ("trial limits", "limits")
"""The standings with limits, by which the latest figure can be judged."""


class Point(TypedDict):
    """A figure and the days that it covers."""

    start: datetime
    end: datetime
    value: float


@dataclass(frozen=True)
class Trend:
    """What an XmR chart says of a series.

    Attributes
    ----------
    points : pandas.DataFrame
        The rows given, with `mean`, `lower_limit`, `upper_limit` [indicator's
        unit; missing where none are drawn], `special_cause` ('', 'beyond
        limits', 'trend', 'two of three' or 'shift') and `side` (1 above the
        mean or rising, -1 below or falling, 0 neither).
    n, n_missing : int
        Points with a value; periods without one, with or without a row.
    mean, lower_limit, upper_limit : float or None
        [indicator's unit]
    standing : str
        'no data', 'too few points', 'overlapping windows', 'no variation',
        'trial limits' or 'limits'.
    variation : str
        Of the last point with a value: 'improvement', 'concern', 'change' (no
        side is good), 'common cause' or 'not assessed'.
    signals : tuple of str
        Every kind of special cause present at that point.
    latest, earliest : Point or None
        Last and first point with a value.
    method : str
        Method and source in words.
    """

    points: pd.DataFrame
    n: int
    n_missing: int
    mean: float | None
    lower_limit: float | None
    upper_limit: float | None
    standing: str
    variation: str
    signals: tuple[str, ...]
    latest: Point | None
    earliest: Point | None
    method: str


def xmr(
    points: pd.DataFrame,
    *,
    polarity: str,
    window_months: int | None,
    frequency: str,
    methods: Methods,
    lower_bound: float | None = None,
    upper_bound: float | None = None,
) -> Trend:
    """Say whether the latest figure of a series is a real change.

    Parameters
    ----------
    points : pandas.DataFrame
        One row per period of one series, oldest first: `start`, `end`
        [datetime64], `value` [indicator's unit, missing allowed].
    polarity : {'maximise', 'minimise', 'midpoint', 'range', 'neutral'}
        Which way is better; with the last three no side is good.
    window_months : int or None
        Months that one figure covers; None leaves the spans unchecked.
    frequency : {'quarterly', 'annual', 'rolling', 'snapshot'}
        How often a figure is due.
    methods : Methods
        House rules.
    lower_bound, upper_bound : float, optional
        Values beyond which there is nothing (0 and 100 for a percentage). The
        limits shown are cut there after the special causes are judged.

    Returns
    -------
    Trend

    Raises
    ------
    PerfnbError
        When a column is missing, a value is not a number, a period is without
        dates, comes twice or out of order or covers other than `window_months`
        months, or polarity or frequency is unknown.

    References
    ----------
    Shewhart (1931). Wheeler (1993) Understanding Variation. Nelson LS (1982) J
    Qual Tech 14:172. Provost and Murray (2011) The Health Care Data Guide. NHS
    England, Making Data Count (2019 onwards); NHSRplotthedots 0.2.2.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> quarters = pd.period_range("2023Q1", periods=13, freq="Q-MAR")
    >>> points = pd.DataFrame({
    ...     "start": quarters.start_time, "end": quarters.end_time.normalize(),
    ...     "value": [10, 12, 11, 10, 12, 11, 13, 11, 10, 12, 11, 12, 25]})
    >>> found = xmr(points, polarity="minimise", window_months=3,
    ...     frequency="quarterly", methods=read_methods("parameters/methods.yaml"))
    >>> found.standing, found.variation, found.signals
    ('limits', 'concern', ('beyond limits',))
    """
    good = good_side(polarity)
    check_periods(points, window_months, frequency)
    values = floats(points["value"])
    after = steps(points, frequency)
    unbroken = segments(values, after)
    places = np.flatnonzero(np.isfinite(values))
    known, latest = points.iloc[places], places[-1:]
    standing = _standing(known, values[places], len(unbroken), methods)
    limits = _limits(values, unbroken, standing)
    found = special_causes(values, unbroken, limits, methods)
    shown = _clip(limits, lower_bound, upper_bound)
    marked = _with_lines(points, shown)
    return Trend(
        points=marked.assign(special_cause=found.cause, side=found.side),
        n=len(known),
        n_missing=len(points) - len(known) + int(np.maximum(after - 1, 0).sum()),
        mean=_optional(shown.mean),
        lower_limit=_optional(shown.lower),
        upper_limit=_optional(shown.upper),
        standing=standing,
        variation=_variation(standing, found.cause[latest], found.side[latest], good),
        signals=tuple(kind for kind in KINDS if found.flags[kind][latest].any()),
        latest=_point(known.tail(1)),
        earliest=_point(known.head(1)),
        method=_method(standing, methods),
    )


def _standing(
    points: pd.DataFrame, known: Floats, n_segments: int, methods: Methods
) -> str:
    if not len(known):
        return "no data"
    start, end = points["start"].to_numpy(), points["end"].to_numpy()
    if (start[1:] <= end[:-1]).any():
        return "overlapping windows"
    # A series in pieces has fewer moving ranges than points; the limits are
    # only as good as those.
    ranges = len(known) - n_segments
    if ranges < methods.minimum_points_for_limits - 1:
        return "too few points"
    if np.ptp(known) <= TOLERANCE * np.abs(known).max():
        return "no variation"
    return "limits" if len(known) >= methods.settled_points else "trial limits"


def _limits(values: Floats, unbroken: list[Ints], standing: str) -> Limits:
    if standing in JUDGED:
        return xmr_limits(values, unbroken)
    mean = float(np.nanmean(values)) if standing == "no variation" else np.nan
    return Limits(mean, np.nan, np.nan)


def _variation(standing: str, cause: Objects, side: Ints, good: int) -> str:
    # Of the latest figure, or of none; then there are no limits either.
    if standing not in JUDGED:
        return "not assessed"
    if (cause == "").all():
        return "common cause"
    if good == 0:
        return "change"
    return "improvement" if (side == good).all() else "concern"


def _clip(
    limits: Limits, lower_bound: float | None, upper_bound: float | None
) -> Limits:
    # Missing limits stay missing.
    least = -np.inf if lower_bound is None else lower_bound
    most = np.inf if upper_bound is None else upper_bound
    lower = float(np.maximum(limits.lower, least))
    return Limits(limits.mean, lower, float(np.minimum(limits.upper, most)))


def _with_lines(points: pd.DataFrame, limits: Limits) -> pd.DataFrame:
    names = ("mean", "lower_limit", "upper_limit")
    return points.assign(
        **{
            name: column(np.full(len(points), level))
            for name, level in zip(names, limits, strict=True)
        }
    )


def _point(rows: pd.DataFrame) -> Point | None:
    if rows.empty:
        return None
    row = rows.iloc[0]
    return Point(start=row["start"], end=row["end"], value=float(row["value"]))


def _optional(number: float) -> float | None:
    return None if np.isnan(number) else number


def _method(standing: str, methods: Methods) -> str:
    source = "Wheeler (1993); NHS England, Making Data Count"
    if standing == "no data":
        return "There are no figures to judge."
    if standing == "overlapping windows":
        return (
            "No limits: each figure shares months with the one before, so "
            f"neighbouring figures move together and limits would be false ({source})."
        )
    if standing == "too few points":
        return (
            f"No limits: they need {methods.minimum_points_for_limits} figures that "
            "follow on one another."
        )
    if standing == "no variation":
        return "No limits: every figure is the same."
    trial = ""
    if standing == "trial limits":
        trial = f" Trial limits: fewer than {methods.settled_points} figures."
    return (
        f"XmR chart: mean -/+ {LIMITS} times the mean moving range, ranges of "
        f"{SCREEN} times their mean left out once. A change is a point beyond the "
        f"limits, {methods.trend_length} points rising or falling, two of three "
        f"points in an outer third, or {methods.shift_length} points on one side of "
        f"the mean ({source}; Nelson 1982).{trial}"
    )
