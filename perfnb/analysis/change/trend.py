"""Did a series change, or does it only vary? The verdict of an XmR chart.

A series is one indicator of one authority, one row per period, oldest first. A
change is called only when a rule of the method says so
(`perfnb.analysis.change.special_causes`); no moving range is taken across a gap and no
run goes through it (`perfnb.analysis.segments`). Each era has a mean and limits
of its own (`perfnb.analysis.change.eras`); the verdict is that of the last one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, TypedDict

import numpy as np
import pandas as pd

from perfnb.analysis.change import eras
from perfnb.analysis.change.eras import JUDGED, Era, Start
from perfnb.analysis.change.special_causes import KINDS, SpecialCauses, special_causes
from perfnb.analysis.frames import Floats, Ints, column, floats
from perfnb.analysis.process_limits import LIMITS, SCREEN, Limits
from perfnb.analysis.segments import check_periods, steps
from perfnb.analysis.verdicts import good_side
from perfnb.methods import Methods


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
        The rows given, with `era` (0 for the first), `mean`, `lower_limit`,
        `upper_limit` [indicator's unit; of the row's era, missing where none
        are drawn], `special_cause` ('', 'beyond limits', 'trend', 'two of
        three' or 'shift') and `side` (1 above the mean or rising, -1 below or
        falling, 0 neither).
    eras : tuple of perfnb.analysis.change.eras.Era
        Oldest first, at least one.
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
    eras: tuple[Era, ...]
    variation: str
    signals: tuple[str, ...]
    latest: Point | None
    earliest: Point | None
    method: str

    @property
    def era(self) -> Era:
        """The last era, whose limits the verdict rests on."""
        return self.eras[-1]

    @property
    def standing(self) -> str:
        """What the last era allows to say; see `perfnb.analysis.change.eras.Era`."""
        return self.era.standing

    @property
    def n(self) -> int:
        """Figures of the last era."""
        return self.era.n

    @property
    def n_missing(self) -> int:
        """Periods of the last era without a figure, with or without a row."""
        return self.era.n_missing

    @property
    def mean(self) -> float | None:
        """Mean of the last era [indicator's unit]."""
        return self.era.mean

    @property
    def lower_limit(self) -> float | None:
        """Lower limit of the last era [indicator's unit]."""
        return self.era.lower_limit

    @property
    def upper_limit(self) -> float | None:
        """Upper limit of the last era [indicator's unit]."""
        return self.era.upper_limit


class _Judged(NamedTuple):
    era: Era
    lines: Limits
    found: SpecialCauses


def xmr(
    points: pd.DataFrame,
    *,
    polarity: str,
    window_months: int | None,
    frequency: str,
    methods: Methods,
    lower_bound: float | None = None,
    upper_bound: float | None = None,
    starts: Sequence[Start] = (),
    baseline_points: int | None = None,
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
    starts : sequence of perfnb.analysis.change.eras.Start
        Days from which limits start anew: breaks in the series and rebases.
    baseline_points : int, optional
        Figures from the first on that set mean and limits until the first
        start; by default every figure does.

    Returns
    -------
    Trend

    Raises
    ------
    PerfnbError
        When a column is missing, a value is not a number, a period is without
        dates, comes twice or out of order or covers other than `window_months`
        months, polarity or frequency is unknown, or a baseline is too short.

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
    for each in (baseline_points, *(start.baseline_points for start in starts)):
        eras.check_baseline(each, methods)
    values = floats(points["value"])
    after = steps(points, frequency)
    bounds = (lower_bound, upper_bound)
    judged = [
        _judge(points, values, after, stretch, bounds, methods)
        for stretch in eras.stretches(points, values, starts, baseline_points)
    ]
    places = np.flatnonzero(np.isfinite(values))
    marked = _with_lines(points, judged)
    last = marked.iloc[places[-1:]]
    final = judged[-1]
    flags, place = final.found.flags, places[-1:] - len(points)
    return Trend(
        points=marked,
        eras=tuple(each.era for each in judged),
        variation=_variation(final.era.standing, last, good),
        signals=tuple(kind for kind in KINDS if flags[kind][place].any()),
        latest=_point(last),
        earliest=_point(marked.iloc[places[:1]]),
        method=_method(final.era, methods),
    )


def _judge(
    points: pd.DataFrame,
    values: Floats,
    after: Ints,
    stretch: eras.Stretch,
    bounds: tuple[float | None, float | None],
    methods: Methods,
) -> _Judged:
    rows = slice(stretch.first, stretch.stop)
    era, unbroken, limits = eras.era(
        points.iloc[rows], values[rows], after[rows], stretch.baseline_points, methods
    )
    found = special_causes(values[rows], unbroken, limits, methods)
    return _Judged(*eras.cut(era, limits, *bounds), found)


def _with_lines(points: pd.DataFrame, judged: Sequence[_Judged]) -> pd.DataFrame:
    lengths = [len(each.found.cause) for each in judged]
    lines = np.repeat([each.lines for each in judged], lengths, axis=0)
    return points.assign(
        era=np.repeat(np.arange(len(judged)), lengths),
        mean=column(lines[:, 0]),
        lower_limit=column(lines[:, 1]),
        upper_limit=column(lines[:, 2]),
        special_cause=np.concatenate([each.found.cause for each in judged]),
        side=np.concatenate([each.found.side for each in judged]),
    )


def _variation(standing: str, last: pd.DataFrame, good: int) -> str:
    if standing not in JUDGED:
        return "not assessed"
    if (last["special_cause"] == "").all():
        return "common cause"
    if good == 0:
        return "change"
    return "improvement" if (last["side"] == good).all() else "concern"


def _point(rows: pd.DataFrame) -> Point | None:
    if rows.empty:
        return None
    row = rows.iloc[0]
    return Point(start=row["start"], end=row["end"], value=float(row["value"]))


def _method(era: Era, methods: Methods) -> str:
    source = "Wheeler (1993); NHS England, Making Data Count"
    refused = {
        "no data": "There are no figures to judge.",
        "overlapping windows": "No limits: each figure shares months with the one "
        "before, so neighbouring figures move together and limits would be false "
        f"({source}).",
        "too few points": f"No limits: they need {methods.minimum_points_for_limits} "
        "figures that follow on one another.",
        "no variation": "No limits: every figure is the same.",
        "no moving range": "No limits: neighbouring figures do not differ, so they do "
        "not say how far figures vary.",
    }
    if era.standing in refused:
        return refused[era.standing]
    notes = ""
    if era.baseline_points is not None:
        notes += f" Mean and limits are set by the first {era.n_baseline} figures."
    if era.standing == "trial limits":
        notes += f" Trial limits: fewer than {methods.settled_points} figures."
    screened = (
        f", ranges of {SCREEN} times their mean left out once"
        if methods.screen_moving_ranges
        else ""
    )
    return (
        f"XmR chart: mean -/+ {LIMITS} times the mean moving range{screened}. A change "
        f"is a point beyond the limits, {methods.trend_length} points rising or "
        f"falling, two of three points in an outer third, or {methods.shift_length} "
        f"points on one side of the mean ({source}; Nelson 1982).{notes}"
    )
