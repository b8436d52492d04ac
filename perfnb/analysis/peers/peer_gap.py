"""Does the council catch up with its peers, who move too? The gap over time.

The gap is the council's figure less the median of its peers in the same period.
It can close because the council gets better or because its peers get worse: what
each did is told apart. Closing or widening is said only when the gap has a slope
that is more than chance (`perfnb.analysis.change.slope`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd

from perfnb.analysis.change.slope import Slope, slope
from perfnb.analysis.frames import floats
from perfnb.analysis.peers.beside_peers import beside_peers
from perfnb.analysis.verdicts import good_side
from perfnb.methods import Methods

JUDGED = ("closing", "widening", "crossing")
"""The directions that are more than chance."""


@dataclass(frozen=True)
class Change:
    """What happened between two periods of the same season.

    Attributes
    ----------
    start, end : datetime
        First and last day of the earlier period.
    own, median, gap : float
        By how much each rose [indicator's unit]; the gap's is own less median's.
    n_same : int
        Peers with a figure in both periods.
    """

    start: datetime
    end: datetime
    own: float
    median: float
    gap: float
    n_same: int


@dataclass(frozen=True)
class PeerGap:
    """The council's distance from its peers, period by period.

    Attributes
    ----------
    points : pandas.DataFrame
        Period by period, as `perfnb.analysis.peers.beside_peers` gives them.
    direction : str
        'closing', 'widening', 'crossing' (from one side of the median to the
        other), 'no clear change', or 'not assessed'.
    meaning : str
        'improving' or 'worsening' against the peers, 'changing' where no side is
        good, '' without a direction.
    side : int
        Of the latest gap: 1 above the median, -1 below, 0 level or none.
    slope : perfnb.analysis.change.slope.Slope
        Of the gap, with its test.
    change, year : Change or None
        From the earliest period of the same season to the latest, and from the
        one a year before it; None where there is none.
    method : str
        Method and source in words.
    """

    points: pd.DataFrame
    direction: str
    meaning: str
    side: int
    slope: Slope
    change: Change | None
    year: Change | None
    method: str


def peer_gap(
    values: pd.DataFrame,
    *,
    own: str,
    members: pd.DataFrame,
    polarity: str,
    window_months: int | None,
    frequency: str,
    methods: Methods,
) -> PeerGap:
    """Follow the gap between a council and the median of its peers.

    Parameters
    ----------
    values : pandas.DataFrame
        One row per authority and period, one indicator, spans of one length:
        `authority` [code], `start`, `end` [datetime64], `value` [indicator's
        unit, missing allowed].
    own : str
        Code of the council.
    members : pandas.DataFrame
        One row per peer: `authority` [code], `first_day`, `last_day`
        [datetime64, missing when open]. A peer is expected in the periods in
        which it was a council.
    polarity : {'maximise', 'minimise', 'midpoint', 'range', 'neutral'}
        With the last three no side is good.
    window_months, frequency
        As in `perfnb.analysis.change.trend.xmr`.
    methods : Methods
        House rules: peers for a median and for quartiles, coverage, figures for
        a slope, confidence.

    Returns
    -------
    PeerGap

    Raises
    ------
    PerfnbError
        When a column is missing, an authority comes twice in a period, the
        council is among its peers, or polarity or frequency is unknown.

    References
    ----------
    Slope of the gap: Theil (1950), Sen (1968), Mann (1945), Kendall (1975), as in
    `perfnb.analysis.change.slope.slope`.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> years = pd.date_range("2012-04-01", periods=12, freq="YS-APR")
    >>> values = pd.DataFrame([
    ...     {"authority": code, "start": day, "value": level + step * place}
    ...     for code, level, step in (("a", 30, 0.5), ("b", 40, 2), ("c", 41, 2),
    ...                               ("d", 42, 2.5))
    ...     for place, day in enumerate(years)])
    >>> values["end"] = values["start"] + pd.DateOffset(years=1, days=-1)
    >>> members = pd.DataFrame({"authority": list("bcd"), "first_day": pd.NaT,
    ...     "last_day": pd.NaT})
    >>> found = peer_gap(values, own="a", members=members, polarity="maximise",
    ...     window_months=12, frequency="annual",
    ...     methods=read_methods("parameters/methods.yaml"))
    >>> found.direction, found.meaning, found.change.own, found.change.median
    ('widening', 'worsening', 5.5, 22.0)
    """
    good = good_side(polarity)
    points = beside_peers(values, own=own, members=members, methods=methods)
    known = values[np.isfinite(floats(values["value"]))]
    found = slope(
        points[["start", "end"]].assign(value=points["gap"]),
        polarity=polarity,
        window_months=window_months,
        frequency=frequency,
        methods=methods,
    )
    direction = _direction(points, found)
    latest = floats(points["gap"])[-1:]
    return PeerGap(
        points=points,
        direction=direction,
        meaning=_meaning(direction, found, good),
        side=int(np.sign(latest).sum()),
        slope=found,
        change=_change(points, known, members, years=None),
        year=_change(points, known, members, years=1),
        method=_method(found, methods),
    )


def _direction(points: pd.DataFrame, found: Slope) -> str:
    if found.verdict not in ("rising", "falling") or found.per_year is None:
        known = found.standing in ("assessed", "no variation")
        return "no clear change" if known else "not assessed"
    # The ends of the fitted line, so that no freak first or last figure decides.
    years = (points["start"] - points["start"].iloc[0]).dt.days.to_numpy() / 365.25
    level = float(np.median(floats(points["gap"]) - found.per_year * years))
    first, last = level, level + found.per_year * float(years[-1])
    if first * last < 0:
        return "crossing"
    return "closing" if abs(last) < abs(first) else "widening"


def _meaning(direction: str, found: Slope, good: int) -> str:
    if direction not in JUDGED:
        return ""
    if good == 0:
        return "changing"
    return "improving" if (found.verdict == "rising") == (good > 0) else "worsening"


def _change(
    points: pd.DataFrame, known: pd.DataFrame, members: pd.DataFrame, years: int | None
) -> Change | None:
    """Compare the latest period with an earlier one of the same season."""
    last = points.tail(1)
    if last.empty:
        return None
    start = last["start"].iloc[0]
    earlier = points[
        (points["start"].dt.month == start.month) & (points["start"] < start)
    ]
    if years is not None:
        earlier = earlier[earlier["start"] == start - pd.DateOffset(years=years)]
    if earlier.empty:
        return None
    then, now = earlier.iloc[0], last.iloc[0]
    own, median = float(now["own"] - then["own"]), float(now["median"] - then["median"])
    return Change(
        start=then["start"],
        end=then["end"],
        own=own,
        median=median,
        gap=own - median,
        n_same=len(
            _with_figure(known, members, then) & _with_figure(known, members, now)
        ),
    )


def _with_figure(
    known: pd.DataFrame, members: pd.DataFrame, period: pd.Series
) -> set[str]:
    rows = known[(known["start"] == period["start"]) & (known["end"] == period["end"])]
    return set(rows["authority"]) & set(members["authority"])


def _method(found: Slope, methods: Methods) -> str:
    return (
        "Gap: the council's figure less the median of the peers with a figure in the "
        "same period, where they are enough "
        f"({methods.minimum_peer_coverage:.0%} of the group and "
        f"{methods.minimum_peers_for_median} or more). {found.method}"
    )
