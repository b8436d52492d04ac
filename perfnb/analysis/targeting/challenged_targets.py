"""Which targets of a service are challenging and realistic? Each one tested.

A target is tested on figures of its own kind that were there before its period:
a year's target on years, a quarter's on quarters.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from perfnb.analysis.change.eras import JUDGED
from perfnb.analysis.change.over_time import TrendFinding
from perfnb.analysis.change.year_to_date import year_to_date
from perfnb.analysis.forecasting.outturn import Outturn
from perfnb.analysis.frames import floats
from perfnb.analysis.peers.peer_groups import existing, peer_groups
from perfnb.analysis.targeting.challenge import Challenge, challenge
from perfnb.analysis.targeting.peer_reach import PeerReach, peer_reach
from perfnb.analysis.targeting.profile import is_to_date, to_date
from perfnb.analysis.targeting.projection import Projection, extrapolated
from perfnb.observations import headline, period_labels
from perfnb.quarters import Span, months_between
from perfnb.registers import Indicator, Target
from perfnb.selection import Selection

_STEP_MONTHS = {"quarterly": 3, "rolling": 3, "annual": 12, "snapshot": 12}


def challenged(
    target: Target,
    finding: TrendFinding,
    selection: Selection,
    peer_group: str,
    outturn: Outturn | None = None,
) -> Challenge:
    """Test a target of an indicator.

    Parameters
    ----------
    target : Target
        A level for the whole district.
    finding : TrendFinding
        The indicator's figures and their limits (`perfnb.analysis.change.over_time`).
    selection : Selection
        What the report is about.
    peer_group : str
        The group that is asked first. Where too few of it have a figure for a
        quartile, the next larger group is taken that has enough.
    outturn : Outturn, optional
        A forecast of the target's own year; without one, or where it could not be
        made, the series is carried on (`perfnb.analysis.targeting.projection`).

    Returns
    -------
    Challenge
        The natural process limits count only where the target holds for single
        figures of the series: those of quarters say nothing of a year's sum.
    """
    indicator = finding.indicator
    past = _before(target, finding.points, indicator)
    return challenge(
        target,
        past,
        polarity=indicator.polarity,
        decimals=indicator.decimals,
        methods=selection.methods,
        outlook=_forecast(outturn) or _carried_on(past, target, indicator, selection),
        limits=_limits(target, finding),
        peers=_peers(past, target, indicator, selection, peer_group),
        upper_bound=100 if indicator.is_percentage else None,
    )


def _before(target: Target, points: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """Lay out the figures of the target's kind that end before it begins."""
    kin = points
    if is_to_date(target, indicator):
        kin = to_date(points, indicator)
        kin = kin[kin["end"].dt.month == target.span.end.month]
    kin = kin[kin["end"] < pd.Timestamp(target.span.start)]
    return kin.assign(period=period_labels(kin)).reset_index(drop=True)


def _forecast(outturn: Outturn | None) -> Projection | None:
    if outturn is None or outturn.value is None or not len(outturn.outturns):
        return None
    words = f"forecast of {outturn.year} from {outturn.n} figures"
    return Projection(outturn.value, outturn.lower_ci, outturn.upper_ci, words)


def _carried_on(
    past: pd.DataFrame, target: Target, indicator: Indicator, selection: Selection
) -> Projection | None:
    if past.empty:
        return None
    step = 12 if is_to_date(target, indicator) else _STEP_MONTHS[indicator.frequency]
    months = months_between(past["end"].iloc[-1].date(), target.span.end) - 1
    return extrapolated(
        [float(value) for value in floats(past["value"])],
        max(round(months / step), 1),
        methods=selection.methods,
        lower_bound=0,
        upper_bound=100 if indicator.is_percentage else None,
    )


def _limits(target: Target, finding: TrendFinding) -> tuple[float, float] | None:
    found, indicator = finding.trend, finding.indicator
    single = indicator.year_to_date == "pool" or indicator.frequency == "snapshot"
    single = single or target.span.months == indicator.window_months
    if found.standing not in JUDGED or not single:
        return None
    if found.lower_limit is None or found.upper_limit is None:
        return None
    return found.lower_limit, found.upper_limit


def _peers(
    past: pd.DataFrame,
    target: Target,
    indicator: Indicator,
    selection: Selection,
    peer_group: str,
) -> PeerReach | None:
    """Give what peers reached in the period of the baseline."""
    known = past[past["value"].notna()]
    if known.empty or not indicator.comparable:
        return None
    start, end = known["start"].iloc[-1], known["end"].iloc[-1]
    span = Span(start.date(), end.date())
    reached = _reached(indicator, span, selection, is_to_date(target, indicator))
    groups = [
        peer_reach(
            _of(reached, existing(group, span.end, selection)),
            target,
            group=group.title,
            period=span.label,
            polarity=indicator.polarity,
            decimals=indicator.decimals,
            methods=selection.methods,
        )
        for group in peer_groups(selection, peer_group)
    ]
    enough = [g for g in groups if g.n >= selection.methods.minimum_peers_for_quartile]
    most = max(groups, key=lambda group: group.n, default=None)
    found = enough[0] if enough else most
    return found if found is not None and found.n else None


def _reached(
    indicator: Indicator, span: Span, selection: Selection, summed: bool
) -> pd.Series:
    """Give every other authority's figure for a span, by its code."""
    rows = headline(selection.observations, indicator.id)
    rows = rows[rows["authority"] != selection.council]
    rows = rows.assign(authority=rows["authority"].astype(str))
    start, end = pd.Timestamp(span.start), pd.Timestamp(span.end)
    if not summed:
        same = rows[(rows["start"] == start) & (rows["end"] == end)]
        return same.set_index("authority")["value"]
    year = rows[(rows["start"] >= start) & (rows["end"] <= end)]
    quarter = pd.Period(end, freq="Q-MAR")
    quarters = year["end"].dt.to_period("Q-MAR").eq(year["start"].dt.to_period("Q-MAR"))
    found = {
        code: year_to_date(
            own.sort_values("end"),
            quarter,
            rule=indicator.year_to_date,
            per=indicator.per,
        )
        for code, own in year[quarters].groupby("authority")
    }
    return pd.Series({code: each.value for code, each in found.items() if each})


def _of(reached: pd.Series, members: Iterable[str]) -> list[float]:
    known = reached[reached.notna()]
    return [float(known[code]) for code in members if code in known.index]
