"""Show how a service compares: answer, what needs attention, each indicator."""

from __future__ import annotations

from collections.abc import Sequence

from perfnb.analysis.among_peers import BenchmarkFinding
from perfnb.analysis.benchmark import QUARTILES, Comparison
from perfnb.report import peer_charts
from perfnb.report.benchmark_words import coverage, group_name, place, verdict
from perfnb.report.elements import Element, Parts, Points, Prose, Section, Table
from perfnb.report.words import (
    GOOD,
    NOTHING,
    POSITION,
    count,
    joined,
    plural,
    sentence,
    value_of,
    value_with_unit,
)
from perfnb.selection import Selection

_VERDICTS = {
    "worse": "worse on",
    "better": "better on",
    "no clear difference": "not clearly different on",
}


def answer(findings: Sequence[BenchmarkFinding], selection: Selection) -> Prose:
    """Answer in a sentence how the service compares with its peers.

    Parameters
    ----------
    findings : sequence of BenchmarkFinding
        Every comparable indicator of the service.
    selection : Selection
        What the report is about.

    Returns
    -------
    Prose
        Better and worse only where the difference from the peers' median is
        more than chance; then the place on each indicator.
    """
    title, council = selection.service.title, selection.council_name
    compared = [finding for finding in findings if finding.comparisons]
    if not compared:
        text = f"{title}: nothing can be compared; no other council's figure is held."
        return Prose([text], role="answer")
    said = []
    tested = _with(compared, *_VERDICTS)
    if tested:
        groups = dict.fromkeys(group_name(first_of(f)[0], selection) for f in tested)
        counts = joined(_verdict_counts(tested))
        said.append(f"compared with {joined(list(groups))}, {council} is {counts}")
    neutral = _with(compared, "different")
    if neutral:
        which = plural(len(neutral), "indicator differs", "indicators differ")
        said.append(f"{which}, where neither higher nor lower is better")
    ranked = _with(compared, "position only")
    if ranked:
        said.append(_ranked(ranked, selection))
    said = said or [f"{council} has no figure that can be compared"]
    named = [
        f"{words}: {joined([_with_place(f) for f in theirs])}."
        for verdict, words in (("worse", "Worse"), ("better", "Better"))
        if (theirs := _with(tested, verdict))
    ]
    periods = joined(list(dict.fromkeys(f.period for f in compared)))
    lead = f"{title}, {periods}: {'; '.join(said)}."
    return Prose([lead, *named], role="answer")


def _with(
    findings: Sequence[BenchmarkFinding], *verdicts: str
) -> list[BenchmarkFinding]:
    return [each for each in findings if first_of(each)[1].verdict in verdicts]


def _with_place(finding: BenchmarkFinding) -> str:
    found = first_of(finding)[1]
    own = value_with_unit(found.own_value, finding.indicator)
    return f"{finding.indicator.title} ({own} in {finding.period}, {place(found)})"


def _verdict_counts(findings: Sequence[BenchmarkFinding]) -> list[str]:
    verdicts = [first_of(finding)[1].verdict for finding in findings]
    counted = [
        (words, verdicts.count(verdict))
        for verdict, words in _VERDICTS.items()
        if verdict in verdicts
    ]
    (words, number), *rest = counted
    first = f"{words} {plural(number, 'indicator')}"
    return [first, *(f"{words} {count(number)}" for words, number in rest)]


def _ranked(findings: Sequence[BenchmarkFinding], selection: Selection) -> str:
    """Sum up the places on indicators whose differences cannot be tested."""
    placed = [
        (group, found.quartile)
        for finding in findings
        for group, found in finding.comparisons.items()
        if found.quartile is not None
    ]
    untested = plural(len(findings), "indicator")
    chance = "whether the differences are more than chance cannot be said"
    if not placed:
        return f"{untested} can be ranked; {chance}"
    group = placed[0][0]
    worst = sum(quartile == QUARTILES for _, quartile in placed)
    best = sum(quartile == 1 for _, quartile in placed)
    places = [
        f"in the {name} quarter of {group_name(group, selection)} on {count(number)}"
        for name, number in (("worst", worst), ("best", best))
        if number
    ] or [f"in the middle half of {group_name(group, selection)} on all"]
    return (
        f"{selection.council_name} is {joined(places)} of {untested} ranked without "
        f"a test; {chance}"
    )


def first_of(finding: BenchmarkFinding) -> tuple[str, Comparison]:
    """Give the group that counts first and the comparison with it."""
    return next(iter(finding.comparisons.items()))


def attention(findings: Sequence[BenchmarkFinding], selection: Selection) -> Element:
    """List what needs attention: worse than peers, worst quarter, no peers."""
    points = []
    for finding in findings:
        owner = f"Owner: {finding.indicator.owner}."
        title = finding.indicator.title
        if not finding.comparisons:
            points.append(f"{title}: no peer's figure is held. {owner}")
            continue
        low = [
            f"{place(found)} among {group_name(group, selection)}"
            for group, found in finding.comparisons.items()
            if found.verdict == "worse" or found.quartile == QUARTILES
        ]
        if low:
            own = value_with_unit(finding.own_value, finding.indicator)
            points.append(f"{title}, {own} in {finding.period}: {joined(low)}. {owner}")
    if not points:
        return Prose(["No indicator is known to be worse than its peers' median."])
    return Points(points)


def summary(findings: Sequence[BenchmarkFinding], selection: Selection) -> Element:
    """Set every comparison of a service side by side."""
    rows = [
        _row(finding, group, found, selection)
        for finding in findings
        for group, found in finding.comparisons.items()
    ]
    if not rows:
        return Prose(["There is nothing to compare."])
    return Table(
        caption="Every indicator against every group of peers",
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
            "Verdict",
        ],
        rows=rows,
        numeric=(3, 6, 7, 8),
        whole=(2,),
    )


def _row(
    finding: BenchmarkFinding, group: str, found: Comparison, selection: Selection
) -> list[str]:
    indicator = finding.indicator
    median = NOTHING if found.median is None else value_of(found.median, indicator)
    return [
        indicator.title,
        sentence(group_name(group, selection)),
        finding.period,
        value_of(found.own_value, indicator),
        indicator.unit,
        GOOD[indicator.polarity],
        median,
        f"{found.n_peers} of {found.n_expected}",
        place(found),
        POSITION[found.verdict],
    ]


def sections(findings: Sequence[BenchmarkFinding], selection: Selection) -> Parts:
    """Show each indicator beside each group of peers."""
    return Parts([_section(finding, selection) for finding in findings])


def _section(finding: BenchmarkFinding, selection: Selection) -> Section:
    parts: list[Element] = []
    for group, found in finding.comparisons.items():
        parts += [
            Prose([verdict(finding, group, found, selection)]),
            peer_charts.chart(finding, group, found, selection),
        ]
    if not parts:
        text = "No other council's figure for this indicator is held."
        parts.append(Prose([f"{text} Owner: {finding.indicator.owner}."]))
    cautions = coverage(finding, selection)
    if cautions:
        parts.append(Points(cautions))
    return Section(finding.indicator.title, parts)
