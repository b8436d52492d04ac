"""Say where figures come from and how they were worked out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from perfnb.analysis.among_peers import BenchmarkFinding
from perfnb.analysis.between_groups import BreakdownFinding
from perfnb.analysis.over_time import TrendFinding
from perfnb.observations import sources_of
from perfnb.quarters import label
from perfnb.report.elements import Element, Points, Prose, Table, rows_of
from perfnb.report.words import joined, sentence, value_with_unit
from perfnb.selection import Selection

_FALSE_ALARMS = (
    "Even without any real change some marks arise: of simulated series of 24 figures "
    "without a change, about 15% had at least one."
)

Finding = TrendFinding | BenchmarkFinding | BreakdownFinding


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
    return finding.sources


def trend_methods(findings: Sequence[TrendFinding], selection: Selection) -> Element:
    """State the methods of a trend report, and the figures that were revised."""
    methods = [finding.trend.method for finding in findings]
    methods.append(_FALSE_ALARMS)
    return Points([*_distinct(methods), *_revised(selection), _as_at(selection)])


def benchmark_methods(
    findings: Sequence[BenchmarkFinding], selection: Selection
) -> Element:
    """State the methods of a benchmarking report."""
    methods = [
        found.method for finding in findings for found in finding.comparisons.values()
    ]
    counts = [i.title for i in selection.indicators if not i.comparable]
    apart = [
        f"{title} is not compared: councils record it too differently."
        for title in counts
    ]
    groups = dict.fromkeys(g for finding in findings for g in finding.comparisons)
    who = [_members(group, selection) for group in groups]
    tested = sum(
        found.verdict in ("better", "worse", "different", "no clear difference")
        for finding in findings
        for found in finding.comparisons.values()
    )
    if tested:
        chance = tested * (1 - selection.methods.confidence)
        methods.append(
            f"Of {tested} comparisons on this page, about {chance:.1f} would look "
            f"different by chance alone."
        )
    return Points([*_distinct(methods), *who, *apart, _as_at(selection)])


def _members(group: str, selection: Selection) -> str:
    """Say who is in a peer group and how near they are."""
    rows = [
        peer
        for peer in selection.catalogue.peers
        if peer.peer_group == group and peer.council == selection.council
    ]
    source = selection.catalogue.sources[rows[0].source]
    text = (
        f"{sentence(rows[0].title)}: {len(rows)} councils, present and past. "
        f"Source: {source.publisher}, {source.title}."
    )
    ranks = [str(peer.rank) for peer in rows if peer.rank is not None]
    if not ranks:
        return text
    return f"{text} Their places in that list: {joined(ranks)}."


def breakdown_methods(
    findings: Sequence[BreakdownFinding], selection: Selection
) -> Element:
    """State the methods of a diversity report."""
    methods = [finding.breakdown.method for finding in findings]
    notes = [f.indicator.note for f in findings if f.indicator.note]
    return Points([*_distinct(methods), *_distinct(notes), _as_at(selection)])


def _distinct(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def _revised(selection: Selection) -> list[str]:
    own = selection.revised
    own = own[
        (own["authority"] == selection.council) & (own["characteristic"] == "all")
    ]
    indicators = selection.catalogue.indicators
    sources = selection.catalogue.sources
    return [
        f"Revised: {indicator.title} for {label(row.start.date(), row.end.date())} was "
        f"{value_with_unit(row.first_value, indicator)} "
        f"({sources[row.first_source].publisher}) and is "
        f"{value_with_unit(row.latest_value, indicator)} "
        f"({sources[row.latest_source].publisher}); the later figure is used."
        for row in rows_of(own)
        for indicator in [indicators[row.indicator]]
    ]


def _as_at(selection: Selection) -> str:
    day = selection.as_at
    return f"Figures as received by {day.day} {day:%B %Y}."
