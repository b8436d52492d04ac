"""Say where figures come from and how they were worked out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from perfnb.analysis.among_peers import BenchmarkFinding
from perfnb.analysis.between_groups import BreakdownFinding
from perfnb.analysis.over_time import TrendFinding
from perfnb.quarters import label
from perfnb.report.elements import Element, Points, Prose, Table, rows_of
from perfnb.report.words import value_with_unit
from perfnb.selection import Selection

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
        points = finding.points
        named = [*points["source"], *points["denominator_source"]]
        return [name for name in named if name]
    return finding.sources


def trend_methods(findings: Sequence[TrendFinding], selection: Selection) -> Element:
    """State the methods of a trend report, and the figures that were revised."""
    methods = [finding.trend.method for finding in findings]
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
    return Points([*_distinct(methods), *apart, _as_at(selection)])


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
