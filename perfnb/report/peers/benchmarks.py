"""Show how a service compares: answer, what needs attention, each indicator."""

from __future__ import annotations

from collections.abc import Sequence

from perfnb.analysis.peers.among_peers import AgainstGroup, BenchmarkFinding
from perfnb.analysis.peers.benchmark import QUARTILES
from perfnb.report.elements import Element, Parts, Points, Prose, Section, Table
from perfnb.report.folded import Folded
from perfnb.report.peers import peer_charts
from perfnb.report.peers.benchmark_words import coverage, place, verdict
from perfnb.report.peers.comparability_words import (
    comparability_sentences,
    definition_sentences,
)
from perfnb.report.peers.funnel_charts import funnel_chart
from perfnb.report.peers.funnel_words import funnel_cell, funnel_sentences, unusual
from perfnb.report.peers.peer_gap_charts import LEAST_PERIODS, gap_chart
from perfnb.report.peers.peer_gap_words import gap_cell, gap_sentences, steadiness
from perfnb.report.peers.peer_tables import MOST_NAMED
from perfnb.report.quality_words import quality_terms
from perfnb.report.words import (
    GOOD,
    NOTHING,
    POSITION,
    joined,
    sentence,
    value_of,
    value_with_unit,
)
from perfnb.selection import Selection


def attention(findings: Sequence[BenchmarkFinding], selection: Selection) -> Element:
    """List what needs attention: worse than peers, falling behind, no peers."""
    points = []
    for finding in findings:
        owner = f"Owner: {finding.indicator.owner}."
        title = finding.indicator.title
        if not finding.against:
            points.append(f"{title}: no peer's figure is held. {owner}")
            continue
        low = [
            f"{place(each.comparison)} among {each.group.title}{_also(each, finding)}"
            for each in finding.against
            if each.comparison.verdict == "worse"
            or each.comparison.quartile == QUARTILES
            or unusual(each, finding.indicator) == "worse"
        ]
        own = value_with_unit(finding.own_value, finding.indicator)
        if low:
            points.append(
                f"{title}, {own} in {finding.period}: {'; '.join(low)}. {owner}"
            )
        behind = [each for each in finding.against if each.gap.meaning == "worsening"]
        if behind:
            names = joined([each.group.title for each in behind])
            points.append(f"{title}: losing ground over time to {names}. {owner}")
    if not points:
        return Prose(["No indicator is known to be worse than its peers' median."])
    return Points(points)


def _also(against: AgainstGroup, finding: BenchmarkFinding) -> str:
    if unusual(against, finding.indicator) != "worse":
        return ""
    return ", and unusually far from their average"


def summary(findings: Sequence[BenchmarkFinding]) -> Element:
    """Set every comparison of a service side by side, the first group's on top."""
    first = [(f, each) for f in findings for each in f.against[:1]]
    others = [(f, each) for f in findings for each in f.against[1:]]
    if not first:
        return Prose(["There is nothing to compare."])
    parts: list[Element] = [_table("Every indicator beside the first peers", first)]
    if others:
        table = _table("Every indicator beside each further group of peers", others)
        parts.append(Folded("The same beside the other peers", [table]))
    return Parts(parts)


def _table(
    caption: str, compared: Sequence[tuple[BenchmarkFinding, AgainstGroup]]
) -> Table:
    return Table(
        caption=caption,
        headings=[
            "Indicator",
            "Peers",
            "Period",
            "Own value",
            "Unit",
            "Good is",
            "Median",
            "Peers with a figure",
            "Place",
            "Beside the median",
            "Beside the usual spread",
            "Gap over time",
        ],
        rows=[_row(finding, against) for finding, against in compared],
        numeric=(3, 6, 7, 8),
        whole=(2,),
    )


def _row(finding: BenchmarkFinding, against: AgainstGroup) -> list[str]:
    indicator, found = finding.indicator, against.comparison
    median = NOTHING if found.median is None else value_of(found.median, indicator)
    return [
        indicator.title,
        sentence(against.group.title),
        finding.period,
        value_of(found.own_value, indicator),
        indicator.unit,
        GOOD[indicator.polarity],
        median,
        f"{found.n_peers} of {found.n_expected}",
        place(found),
        POSITION[found.verdict],
        funnel_cell(against, indicator),
        gap_cell(against.gap),
    ]


def sections(findings: Sequence[BenchmarkFinding], selection: Selection) -> Parts:
    """Show each indicator beside each group of peers."""
    return Parts([_section(finding, selection) for finding in findings])


def _section(finding: BenchmarkFinding, selection: Selection) -> Section:
    title = finding.indicator.title
    if not finding.against:
        text = "No other council's figure for this indicator is held."
        owner = f"Owner: {finding.indicator.owner}."
        return Section(title, [Prose([f"{text} {owner}"])])
    first, *others = finding.against
    cautions = [
        *coverage(finding, selection),
        *comparability_sentences(finding, first, selection),
        *definition_sentences(finding, first),
    ]
    parts: list[Element] = [
        Prose([verdict(finding, first, selection)]),
        _picture(finding, first, selection),
        *_usual(finding, selection),
        *_over_time(finding, first, selection),
        Points(cautions),
        *(_folded(finding, each, selection) for each in others),
        quality_terms(finding.indicator, selection, title),
    ]
    return Section(title, parts)


def _picture(
    finding: BenchmarkFinding, against: AgainstGroup, selection: Selection
) -> Element:
    """Draw a small group by name; of a large one a funnel shows all a strip does."""
    large = len(against.comparison.positions) > MOST_NAMED
    if large and against.funnel_place is not None:
        return funnel_chart(finding, against, selection)
    return peer_charts.chart(finding, against, selection)


def _usual(finding: BenchmarkFinding, selection: Selection) -> list[Element]:
    """Say what the funnel of the largest group says."""
    drawn = [each for each in finding.against if each.funnel_place is not None]
    if not drawn:
        return []
    largest = max(drawn, key=lambda each: each.comparison.n_peers)
    return [Prose([" ".join(funnel_sentences(finding, largest, selection))])]


def _over_time(
    finding: BenchmarkFinding, against: AgainstGroup, selection: Selection
) -> list[Element]:
    said = gap_sentences(finding, against, selection)
    if len(against.gap.points) < LEAST_PERIODS:
        return [Prose([steadiness(against.gap, selection)])]
    said = said or [steadiness(against.gap, selection)]
    return [Prose([" ".join(said)]), gap_chart(finding, against, selection)]


def _folded(
    finding: BenchmarkFinding, against: AgainstGroup, selection: Selection
) -> Folded:
    """Fold a further group away, its place and verdict in what is seen of it."""
    found = against.comparison
    outcome = POSITION[found.verdict].replace("\u00a0", " ")
    summary = (
        f"{finding.indicator.title} among {against.group.title}: {place(found)}. "
        f"{outcome}"
    )
    funnel = funnel_sentences(finding, against, selection)
    large = len(found.positions) > MOST_NAMED
    said = gap_sentences(finding, against, selection)
    parts: list[Element] = [
        Prose([verdict(finding, against, selection)]),
        *([Prose([" ".join(funnel)])] if funnel else []),
        _picture(finding, against, selection),
        *([Prose([" ".join(said)])] if said else []),
    ]
    if large and len(against.gap.points) >= LEAST_PERIODS:
        parts.append(gap_chart(finding, against, selection))
    return Folded(
        summary, [*parts, Points(comparability_sentences(finding, against, selection))]
    )
