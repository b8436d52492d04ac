"""Every indicator of a service among the council's peers.

The comparison is made for the latest period in which the council and another
authority have a figure, with every peer group of which enough members do.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from perfnb.analysis import benchmark
from perfnb.observations import headline, period_labels, sources_of, years_before
from perfnb.registers import Indicator
from perfnb.selection import Selection


@dataclass(frozen=True)
class BenchmarkFinding:
    """How an indicator stands against each group of peers.

    Parameters
    ----------
    indicator : Indicator
        What it is about.
    period : str
        The latest period in which the council and at least one other
        authority have a figure; blank when there is none.
    comparisons : mapping of str to perfnb.analysis.benchmark.Comparison
        By peer group, the chosen one first.
    thin : tuple of str
        Peer groups left out since too few of their members have a figure.
    sources : tuple of str
        Ids of the sources that the figures come from.
    years_old : int
        Whole years from the end of the period to the quarter reported on.
    """

    indicator: Indicator
    period: str
    comparisons: dict[str, benchmark.Comparison]
    thin: tuple[str, ...]
    sources: tuple[str, ...]
    years_old: int

    @property
    def own_value(self) -> float | None:
        """The council's figure [the indicator's unit]; None when there is none."""
        own = [found.own_value for found in self.comparisons.values()]
        return own[0] if own else None


def benchmarks(selection: Selection, peer_group: str) -> tuple[BenchmarkFinding, ...]:
    """Compare every comparable indicator of a service with each peer group.

    Parameters
    ----------
    selection : Selection
        What the report is about.
    peer_group : str
        The group that counts first, an id in ``peers.csv``.

    Returns
    -------
    tuple of BenchmarkFinding
        One for each indicator that may be compared between authorities.
    """
    listed = selection.catalogue.peer_groups_for(selection.service.id)
    groups = dict.fromkeys([peer_group, *listed])
    return tuple(
        _benchmark(indicator, list(groups), selection)
        for indicator in selection.indicators
        if indicator.comparable
    )


def _benchmark(
    indicator: Indicator, groups: list[str], selection: Selection
) -> BenchmarkFinding:
    rows = headline(selection.observations, indicator.id)
    rows = rows[rows["value"].notna()]
    rows = _latest_shared(rows, selection.council)
    if rows.empty:
        return BenchmarkFinding(indicator, "", {}, (), (), 0)
    peers = {group: _existing(group, rows, selection) for group in groups}
    values = rows[["authority", "value", "numerator", "denominator"]].astype(
        {"authority": str}
    )
    comparisons = {
        group: benchmark.compare(
            values,
            own=selection.council,
            peers=members,
            polarity=indicator.polarity,
            interval=indicator.interval,
            per=indicator.per,
            decimals=indicator.decimals,
            methods=selection.methods,
        )
        for group, members in peers.items()
    }
    enough = {
        group: found
        for group, found in comparisons.items()
        if found.n_peers >= selection.methods.minimum_peer_coverage * found.n_expected
    }
    return BenchmarkFinding(
        indicator,
        period=period_labels(rows.head(1))[0],
        comparisons=enough,
        thin=tuple(group for group in groups if group not in enough),
        sources=sources_of(rows),
        years_old=years_before(rows, selection.quarter),
    )


def _existing(group: str, rows: pd.DataFrame, selection: Selection) -> list[str]:
    """List the peers that were councils in the period compared."""
    end = rows["end"].iloc[0].date()
    known = selection.reference.authorities
    return [
        code
        for code in selection.catalogue.peers_of(group)
        if (known[code].start is None or known[code].start <= end)
        and (known[code].end is None or known[code].end >= end)
    ]


def _latest_shared(rows: pd.DataFrame, council: str) -> pd.DataFrame:
    """Keep the latest span in which the council and another have a figure."""
    by_span = rows.groupby(["end", "start"], observed=True)["authority"]
    shared = by_span.agg(lambda who: council in set(who) and len(who) > 1)
    if not shared.any():
        return rows.iloc[:0]
    end, start = shared[shared].index.max()
    same: pd.DataFrame = rows[(rows["end"] == end) & (rows["start"] == start)]
    return same
