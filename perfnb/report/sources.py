"""Say where figures come from and how they were worked out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from perfnb.analysis.change.over_time import TrendFinding
from perfnb.analysis.change.seasonality import Seasonality
from perfnb.analysis.change.slope import Slope
from perfnb.analysis.data_quality import (
    completeness,
    known_days,
    ratings,
    recomputation,
    source_systems,
    timeliness,
    twins,
)
from perfnb.analysis.data_quality.council import CouncilQuality
from perfnb.analysis.forecasting.outlook import OutlookFinding
from perfnb.analysis.groups.between_groups import BreakdownFinding
from perfnb.analysis.groups.false_discovery import rule
from perfnb.analysis.peers.among_peers import BenchmarkFinding
from perfnb.analysis.targeting.against_target import TargetFinding
from perfnb.analysis.targeting.part_targets import PartFinding
from perfnb.observations import sources_of
from perfnb.report.change.revision_words import never_seen_again
from perfnb.report.elements import Element, Points, Prose, Table
from perfnb.report.forecasting.track_records import how
from perfnb.report.peers.peer_group_words import by_chance, members, shared_members
from perfnb.selection import Held, Selection

_FALSE_ALARMS = (
    "Even without any real change some marks arise: of simulated series of 24 figures "
    "without a change, about 15% had at least one."
)

_INDEPENDENT = (
    "The limits of rates take events to come one by one. Where they come in runs, as "
    "crimes at one place may, the true limits are wider."
)

_MADE_UP = (
    "Targets marked illustrative are made up to show how the workbook works: the "
    "council has not published any. How each was made up stands with it."
)

Finding = (
    TrendFinding
    | BenchmarkFinding
    | BreakdownFinding
    | TargetFinding
    | PartFinding
    | OutlookFinding
)


def table(findings: Sequence[Finding], selection: Selection) -> Element:
    """List every source behind a page, with publisher, edition, date and licence."""
    used = dict.fromkeys(name for finding in findings for name in _used(finding))
    sources = [selection.catalogue.sources[name] for name in used]
    if not sources:
        return Prose(["No figure is shown, so there is no source to name."])
    return Table(
        caption="Sources of the figures on this page",
        headings=["Source", "Publisher", "Edition", "Published", "Licence", "Kind"],
        rows=[
            [
                source.title,
                source.publisher,
                source.edition or "not stated",
                source.published or "not stated",
                source.licence,
                source.basis,
            ]
            for source in sources
        ],
        whole=(3, 5),
    )


def _used(finding: Finding) -> Iterable[str]:
    if isinstance(finding, TrendFinding):
        return sources_of(finding.points)
    if isinstance(finding, TargetFinding):
        named = [found.target for found in finding.history.attainments if found.target]
        targets = [target.source for target in named if target.source]
        return [*sources_of(finding.trend.points), *targets]
    return finding.sources


def trend_methods(findings: Sequence[TrendFinding], selection: Selection) -> Element:
    """State the methods of a trend report, and where a revision would not be seen."""
    methods = [finding.trend.method for finding in findings]
    methods.append(_FALSE_ALARMS)
    methods += [method for finding in findings for method in _beside(finding)]
    unseen = never_seen_again([f.indicator for f in findings], selection)
    return Points([*_distinct(methods), *filter(None, [unseen]), _as_at(selection)])


def _beside(finding: TrendFinding) -> list[str]:
    """Name the methods used beside the chart; those that found nothing are told."""
    held: list[Slope | Seasonality] = [finding.slope, finding.seasonality]
    used = [each.method for each in held if each.standing == "assessed"]
    if finding.target is not None:
        used.append(finding.assurance.method)
    if finding.counted is not None:
        used.append(finding.counted.method)
    return used


def benchmark_methods(
    findings: Sequence[BenchmarkFinding], selection: Selection
) -> Element:
    """State the methods of a benchmarking report and who the peers are."""
    against = [each for finding in findings for each in finding.against]
    methods = [each.comparison.method for each in against]
    methods += [
        each.funnel.method
        for each in against
        if each.funnel is not None and each.funnel.standing == "funnel"
    ]
    methods += [each.gap.method for each in against if each.gap.slope.n > 1]
    groups = list(dict.fromkeys(each.group for each in against))
    apart = [
        f"{indicator.title} is not compared: councils record it too differently."
        for indicator in selection.indicators
        if not indicator.comparable
    ]
    return Points(
        [
            *_distinct(methods),
            *by_chance(against, selection),
            *[members(group, selection) for group in groups],
            *shared_members(groups),
            *apart,
            _as_at(selection),
        ]
    )


def breakdown_methods(
    findings: Sequence[BreakdownFinding], selection: Selection
) -> Element:
    """State the methods of a diversity report."""
    methods = [finding.breakdown.method for finding in findings]
    methods += _among_all(findings, selection)
    methods += [f.gradient.method for f in findings if f.gradient and f.gradient.index]
    methods += [since.change.method for f in findings for since in f.since]
    methods += [
        f.inequality.method for f in findings if f.inequality.standing == "measured"
    ]
    if any(f.indicator.interval == "byar" for f in findings):
        methods.append(_INDEPENDENT)
    notes = [f.indicator.note for f in findings if f.indicator.note]
    return Points([*_distinct(methods), *_distinct(notes), _as_at(selection)])


def target_methods(
    findings: Sequence[TargetFinding],
    parts: Sequence[PartFinding],
    selection: Selection,
) -> Element:
    """State the rules of a target report, and what the targets are."""
    attainments = [f.latest for f in findings if f.latest is not None]
    attainments += [found for part in parts for found in part.attainments]
    methods = [found.method for found in attainments if found.missed_by is not None]
    methods += [f.challenge.method for f in findings if f.challenge is not None]
    methods += [part.reconciliation.method for part in parts if part.reconciliation]
    methods += [found.method for part in parts for _, found in part.gaps]
    methods += [
        f.outturn.method for f in findings if f.chance is not None and f.outturn
    ]
    targets = [
        target
        for finding in findings
        for target in selection.catalogue.targets_of(finding.indicator.id)
    ]
    if any(target.basis == "illustrative" for target in targets):
        methods.append(_MADE_UP)
    return Points([*_distinct(methods), _as_at(selection)])


def forecast_methods(
    findings: Sequence[OutlookFinding], selection: Selection
) -> Element:
    """State the methods of a forecast report and how earlier forecasts were tested."""
    methods = [finding.outturn.method for finding in findings if finding.is_forecast]
    if any(f.target is not None and f.target.basis == "illustrative" for f in findings):
        methods.append(_MADE_UP)
    return Points([*_distinct(methods), *how(findings, selection), _as_at(selection)])


def quality_methods(found: CouncilQuality) -> Element:
    """State the rules of a data quality report, and as at which day it is made."""
    methods = found.held.methods
    rules = [
        ratings.METHOD,
        completeness.method(methods),
        timeliness.method(methods),
        known_days.method(methods),
        recomputation.METHOD,
        *_distinct(each.jumps.method for each in found.evidence),
        *_distinct(each.method for each in found.reconciliations),
        twins.method(methods),
        source_systems.METHOD,
    ]
    return Points([*rules, _as_at(found.held)])


def _among_all(findings: Sequence[BreakdownFinding], selection: Selection) -> list[str]:
    """Say how many comparisons of a page are judged together, and how."""
    n = sum(int(f.breakdown.groups["p_value"].notna().sum()) for f in findings)
    if len(findings) < 2 or not n:
        return []
    held = selection.methods
    how = rule(held.false_discovery_procedure, held.false_discovery_rate)
    return [f"Also among all {n} comparisons with the rest on this page {how}."]


def _distinct(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def _as_at(selection: Held) -> str:
    day = selection.as_at
    return f"Figures as received by {day.day} {day:%B %Y}."
