"""Apply a method to every indicator of a report, and say what cannot be said.

The methods themselves know nothing of services and registers; here each gets
the figures of one indicator and what the catalogue says of it, and each result
stays with the indicator that it is about.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from perfnb.analysis import areas, benchmark, diversity, trend
from perfnb.analysis.year_to_date import YearToDate, year_to_date
from perfnb.observations import (
    HEADLINE,
    headline,
    period_labels,
    periods_behind,
    series,
)
from perfnb.registers import Break, Indicator
from perfnb.selection import Selection


@dataclass(frozen=True)
class TrendFinding:
    """What the figures of an indicator say over time.

    Parameters
    ----------
    indicator : Indicator
        What it is about.
    points : pandas.DataFrame
        Every period due, as `perfnb.observations.series` gives them.
    trend : perfnb.analysis.trend.Trend
        The verdict on the figures since the latest break that splits the series.
    breaks : tuple of Break
        Breaks within the points, oldest first.
    behind : int
        Periods due since the last figure.
    so_far, so_far_before : YearToDate or None
        This financial year up to the quarter reported on, and the same quarters
        of the year before; None where a quarter lacks its figure.
    """

    indicator: Indicator
    points: pd.DataFrame
    trend: trend.Trend
    breaks: tuple[Break, ...]
    behind: int
    so_far: YearToDate | None
    so_far_before: YearToDate | None


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
    behind : int
        Periods due since the council's last figure.
    """

    indicator: Indicator
    period: str
    comparisons: dict[str, benchmark.Comparison]
    thin: tuple[str, ...]
    sources: tuple[str, ...]
    behind: int

    @property
    def own_value(self) -> float | None:
        """The council's figure [the indicator's unit]; None when there is none."""
        own = [found.own_value for found in self.comparisons.values()]
        return own[0] if own else None


@dataclass(frozen=True)
class BreakdownFinding:
    """How an indicator differs between the groups of one characteristic.

    Parameters
    ----------
    indicator : Indicator
        What it is about.
    characteristic : str
        Such as ``age``; ``deprivation`` when small areas were pooled.
    period : str
        The latest period with a breakdown.
    breakdown : perfnb.analysis.diversity.Breakdown
        The verdict on each group.
    unplaced : int
        Groups left out because nobody knows how many people are in them, such
        as people whose group is not known.
    sources : tuple of str
        Ids of the sources that the figures come from.
    """

    indicator: Indicator
    characteristic: str
    period: str
    breakdown: diversity.Breakdown
    unplaced: int
    sources: tuple[str, ...]


def trends(selection: Selection) -> tuple[TrendFinding, ...]:
    """Judge every indicator of a service over time.

    A break that splits a series makes what lies before it another series: the
    verdict rests on what came after the latest one.

    Parameters
    ----------
    selection : Selection
        What the report is about.

    Returns
    -------
    tuple of TrendFinding
        One for each indicator, in the order of the register, also for those
        without a figure.
    """
    return tuple(_trend(indicator, selection) for indicator in selection.indicators)


def _trend(indicator: Indicator, selection: Selection) -> TrendFinding:
    points = series(
        selection.observations, indicator, selection.council, selection.quarter
    )
    breaks = _breaks_within(points, selection.catalogue.breaks_of(indicator.id))
    behind = periods_behind(points)
    since = points.iloc[: len(points) - behind]
    splits = [each.start for each in breaks if each.splits]
    if splits:
        since = since[since["start"] >= pd.Timestamp(splits[-1])]
    verdict = trend.xmr(
        since.reset_index(drop=True),
        polarity=indicator.polarity,
        window_months=indicator.window_months,
        frequency=indicator.frequency,
        methods=selection.methods,
        lower_bound=0,
        upper_bound=100 if indicator.is_percentage else None,
    )
    return TrendFinding(
        indicator,
        points,
        verdict,
        breaks,
        behind,
        so_far=_so_far(points, indicator, selection.quarter),
        so_far_before=_so_far(points, indicator, selection.quarter - 4),
    )


def _so_far(
    points: pd.DataFrame, indicator: Indicator, quarter: pd.Period
) -> YearToDate | None:
    if indicator.frequency != "quarterly":
        return None
    return year_to_date(points, quarter, rule=indicator.year_to_date, per=indicator.per)


def _breaks_within(
    points: pd.DataFrame, breaks: tuple[Break, ...]
) -> tuple[Break, ...]:
    if points.empty:
        return ()
    first, last = points["start"].iloc[0].date(), points["end"].iloc[-1].date()
    within = [each for each in breaks if first < each.start <= last]
    return tuple(sorted(within, key=lambda each: each.start))


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
    behind = periods_behind(
        series(selection.observations, indicator, selection.council, selection.quarter)
    )
    rows = _latest_shared(rows, selection.council)
    if rows.empty:
        return BenchmarkFinding(indicator, "", {}, (), (), behind)
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
            methods=selection.methods,
        )
        for group, members in peers.items()
    }
    enough = {
        group: found
        for group, found in comparisons.items()
        if found.n_peers > selection.methods.minimum_peer_coverage * found.n_expected
    }
    return BenchmarkFinding(
        indicator,
        period=period_labels(rows.head(1))[0],
        comparisons=enough,
        thin=tuple(group for group in groups if group not in enough),
        sources=_sources(rows),
        behind=behind,
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


def breakdowns(selection: Selection) -> tuple[BreakdownFinding, ...]:
    """Compare the groups within the council for every indicator that has them.

    Rates of small areas are pooled by national fifth of deprivation: counts
    are added up, rates are never averaged.

    Parameters
    ----------
    selection : Selection
        What the report is about.

    Returns
    -------
    tuple of BreakdownFinding
        One for each indicator and characteristic with a breakdown, each for
        the latest period that has it.
    """
    found = []
    for indicator in selection.indicators:
        own = selection.observations
        own = own[
            (own["indicator"] == indicator.id) & (own["authority"] == selection.council)
        ]
        parts = own[own["characteristic"] != HEADLINE]
        for characteristic in sorted(parts["characteristic"].unique()):
            rows = _latest_span(parts[parts["characteristic"] == characteristic])
            found.append(_breakdown(indicator, str(characteristic), rows, selection))
        small = own[own["area"].astype(str) != own["authority"].astype(str)]
        if not small.empty:
            rows = _by_deprivation(_latest_span(small), selection)
            found.append(_breakdown(indicator, "deprivation", rows, selection))
    return tuple(found)


def _latest_span(rows: pd.DataFrame) -> pd.DataFrame:
    ending: pd.DataFrame = rows[rows["end"] == rows["end"].max()]
    shortest: pd.DataFrame = ending[ending["start"] == ending["start"].max()]
    return shortest


def _by_deprivation(rows: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    deciles = {
        code: a.deprivation_decile for code, a in selection.reference.areas.items()
    }
    decile = rows["area"].astype(str).map(deciles).astype("Int64")
    fifths = rows.assign(group=areas.deprivation_quintile(decile))
    pooled = areas.pool(fifths, "group")
    span = rows[["start", "end", "source", "denominator_source"]].iloc[:1]
    groups: pd.DataFrame = pooled.merge(span, how="cross")
    return groups


def _breakdown(
    indicator: Indicator, characteristic: str, rows: pd.DataFrame, selection: Selection
) -> BreakdownFinding:
    # People whose group is not known belong to no group's denominator.
    counted = rows[rows["denominator"].notna()].reset_index(drop=True)
    known = counted[counted["numerator"].notna()]
    counts = known[["numerator", "denominator"]].sum()
    breakdown = diversity.breakdown(
        counted[["group", "numerator", "denominator"]],
        district=counts,
        polarity=indicator.polarity,
        interval=indicator.interval,
        per=indicator.per,
        counts_people=indicator.counts_people,
        methods=selection.methods,
    )
    period = period_labels(rows.head(1))[0]
    unplaced = len(rows) - len(counted)
    return BreakdownFinding(
        indicator, characteristic, period, breakdown, unplaced, _sources(counted)
    )


def _sources(rows: pd.DataFrame) -> tuple[str, ...]:
    named = [*rows["source"].astype(str), *rows["denominator_source"].astype(str)]
    return tuple(dict.fromkeys(name for name in named if name))
