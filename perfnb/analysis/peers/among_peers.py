"""Every indicator of a service among the council's peers, now and over time.

The comparison is made for the newest period in which the council and enough of
the chosen group have a figure, so that one peer who reports early does not hide
the last full comparison. The other groups are compared in that period too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from perfnb.analysis.peers import benchmark, comparability, funnel, peer_gap
from perfnb.analysis.peers.peer_groups import PeerGroup, existing, peer_groups
from perfnb.observations import (
    HEADLINE,
    headline,
    period_labels,
    sources_of,
    years_before,
)
from perfnb.registers import Indicator
from perfnb.selection import Selection

KINDS = {"wilson": "proportion", "byar": "rate"}
"""Which funnel goes with which interval."""


@dataclass(frozen=True)
class AgainstGroup:
    """How an indicator stands against one group of peers.

    Parameters
    ----------
    group : PeerGroup
        Whom it is compared with.
    comparison : perfnb.analysis.peers.benchmark.Comparison
        Position, median and verdict by the council's own interval.
    funnel : perfnb.analysis.peers.funnel.Funnel or None
        The average of the peers with the limits of chance; None where the
        figures have no counts.
    gap : perfnb.analysis.peers.peer_gap.PeerGap
        The distance from the peers' median, period by period.
    comparability : perfnb.analysis.peers.comparability.Comparability
        What differs between the figures compared.
    """

    group: PeerGroup
    comparison: benchmark.Comparison
    funnel: funnel.Funnel | None
    gap: peer_gap.PeerGap
    comparability: comparability.Comparability

    @property
    def funnel_place(self) -> pd.Series | None:
        """The council's row of the funnel; None where it has no place in one."""
        if self.funnel is None or self.funnel.standing != "funnel":
            return None
        own = self.comparison.positions
        own = own.loc[own["is_own"], "authority"]
        rows = self.funnel.points[self.funnel.points["area"].isin(own)]
        return rows.iloc[0] if len(rows) else None


@dataclass(frozen=True)
class BenchmarkFinding:
    """How an indicator stands against each group of peers.

    Parameters
    ----------
    indicator : Indicator
        What it is about.
    period : str
        The period compared; blank when there is none.
    against : tuple of AgainstGroup
        Groups of which enough members have a figure, the chosen one first.
    thin : tuple of PeerGroup
        Groups left out since too few of their members have a figure.
    sources : tuple of str
        Ids of the sources that the figures come from.
    years_old : int
        Whole years from the end of the period to the quarter reported on.
    """

    indicator: Indicator
    period: str
    against: tuple[AgainstGroup, ...]
    thin: tuple[PeerGroup, ...]
    sources: tuple[str, ...]
    years_old: int

    @property
    def own_value(self) -> float | None:
        """The council's figure [the indicator's unit]; None when there is none."""
        own = [each.comparison.own_value for each in self.against]
        return own[0] if own else None


def benchmarks(selection: Selection, peer_group: str) -> tuple[BenchmarkFinding, ...]:
    """Compare every comparable indicator of a service with each peer group.

    Parameters
    ----------
    selection : Selection
        What the report is about.
    peer_group : str
        The group that counts first, an id in ``peers.csv`` or ``region``.

    Returns
    -------
    tuple of BenchmarkFinding
        One for each indicator that may be compared between authorities.

    Raises
    ------
    PerfnbError
        When there is no such group for the service.
    """
    groups = peer_groups(selection, peer_group)
    return tuple(
        _benchmark(indicator, groups, selection)
        for indicator in selection.indicators
        if indicator.comparable
    )


def _benchmark(
    indicator: Indicator, groups: Sequence[PeerGroup], selection: Selection
) -> BenchmarkFinding:
    rows = headline(selection.observations, indicator.id).astype({"authority": str})
    span = _span(rows, groups, selection)
    if span is None:
        return BenchmarkFinding(indicator, "", (), (), (), 0)
    rows = rows[_months(rows) == _months(span.to_frame().T).iloc[0]]
    same = rows[_of(rows, span)]
    enough = [group for group in groups if _enough(group, same, selection)]
    against = tuple(
        _against(indicator, group, rows, span, selection) for group in enough
    )
    used = rows[rows["authority"].isin(_codes(enough, selection))]
    used = used[used["value"].notna() & (used["end"] <= span["end"])]
    return BenchmarkFinding(
        indicator,
        period=period_labels(same.head(1))[0],
        against=against,
        thin=tuple(group for group in groups if group not in enough),
        sources=sources_of(pd.concat([same[same["value"].notna()], used])),
        years_old=years_before(same, selection.quarter),
    )


def _span(
    rows: pd.DataFrame, groups: Sequence[PeerGroup], selection: Selection
) -> pd.Series | None:
    """Find the newest period of the first group that has one with enough peers."""
    mine = rows[(rows["authority"] == selection.council) & rows["value"].notna()]
    spans = mine[["end", "start"]].sort_values(["end", "start"], ascending=False)
    for group in groups:
        for _, span in spans.iterrows():
            if _enough(group, rows[_of(rows, span)], selection):
                return span
    return None


def _enough(group: PeerGroup, same: pd.DataFrame, selection: Selection) -> bool:
    """Tell whether enough of a group have a figure in a period."""
    peers = existing(group, same["end"].iloc[0].date(), selection)
    held = set(same.loc[same["value"].notna(), "authority"]) & set(peers)
    return 0 < len(held) >= selection.methods.minimum_peer_coverage * len(peers)


def _against(
    indicator: Indicator,
    group: PeerGroup,
    rows: pd.DataFrame,
    span: pd.Series,
    selection: Selection,
) -> AgainstGroup:
    peers = existing(group, span["end"].date(), selection)
    values = rows.loc[_of(rows, span) & rows["value"].notna()]
    compared = benchmark.compare(
        values[["authority", "value", "numerator", "denominator"]],
        own=selection.council,
        peers=peers,
        polarity=indicator.polarity,
        interval=indicator.interval,
        per=indicator.per,
        decimals=indicator.decimals,
        methods=selection.methods,
    )
    gap = _gap(indicator, group, rows, span, selection)
    return AgainstGroup(
        group,
        comparison=compared,
        funnel=_funnel(indicator, compared, peers, selection),
        gap=gap,
        comparability=_comparability(indicator, group, rows, span, gap, selection),
    )


def _funnel(
    indicator: Indicator,
    compared: benchmark.Comparison,
    peers: Sequence[str],
    selection: Selection,
) -> funnel.Funnel | None:
    if indicator.interval not in KINDS or indicator.per is None:
        return None
    return funnel.funnel(
        compared.positions.rename(columns={"authority": "area"}),
        kind=KINDS[indicator.interval],
        per=indicator.per,
        reference=peers,
        methods=selection.methods,
    )


def _gap(
    indicator: Indicator,
    group: PeerGroup,
    rows: pd.DataFrame,
    span: pd.Series,
    selection: Selection,
) -> peer_gap.PeerGap:
    """Follow the gap up to the period, since the series was last made anew."""
    until = rows[rows["end"] <= span["end"]]
    splits = [
        pd.Timestamp(each.start)
        for each in selection.catalogue.breaks_of(indicator.id)
        if each.splits and pd.Timestamp(each.start) <= span["start"]
    ]
    if splits:
        until = until[until["start"] >= max(splits)]
    return peer_gap.peer_gap(
        until[["authority", "start", "end", "value"]],
        own=selection.council,
        members=_members(group, selection),
        polarity=indicator.polarity,
        window_months=int(_months(span.to_frame().T).iloc[0]),
        frequency=indicator.frequency,
        methods=selection.methods,
    )


def _comparability(
    indicator: Indicator,
    group: PeerGroup,
    rows: pd.DataFrame,
    span: pd.Series,
    gap: peer_gap.PeerGap,
    selection: Selection,
) -> comparability.Comparability:
    changed = selection.revised
    changed = changed[(changed["indicator"] == indicator.id) & _of(changed, span)]
    changed = changed[changed["characteristic"] == HEADLINE]
    return comparability.comparability(
        rows,
        own=selection.council,
        members=_members(group, selection),
        start=span["start"].date(),
        end=span["end"].date(),
        until=selection.quarter.end_time.date(),
        since=gap.points["start"].min().date() if len(gap.points) else None,
        breaks=selection.catalogue.breaks_of(indicator.id),
        revised=changed["authority"].astype(str),
    )


def _members(group: PeerGroup, selection: Selection) -> pd.DataFrame:
    """Lay out when the members of a group were councils."""
    known = selection.reference.authorities
    days = {
        "first_day": [known[code].start for code in group.members],
        "last_day": [known[code].end for code in group.members],
    }
    members = pd.DataFrame({"authority": group.members, **days})
    return members.assign(
        **{day: pd.to_datetime(members[day]).astype("datetime64[us]") for day in days}
    )


def _codes(groups: Sequence[PeerGroup], selection: Selection) -> set[str]:
    members = {code for group in groups for code in group.members}
    return {selection.council, *members}


def _of(rows: pd.DataFrame, span: pd.Series) -> pd.Series:
    same: pd.Series = (rows["start"] == span["start"]) & (rows["end"] == span["end"])
    return same


def _months(rows: pd.DataFrame) -> pd.Series:
    start, end = (pd.to_datetime(rows[day]).dt for day in ("start", "end"))
    months: pd.Series = 12 * (end.year - start.year) + end.month - start.month + 1
    return months
