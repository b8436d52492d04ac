"""Show who gets a better or worse service: answer, attention, each breakdown."""

from __future__ import annotations

from collections.abc import Sequence

from perfnb.analysis.between_groups import BreakdownFinding
from perfnb.report import group_charts
from perfnb.report.breakdown_words import (
    characteristic,
    group_with_value,
    heading,
    noun,
    verdict,
    with_verdict,
)
from perfnb.report.elements import (
    Element,
    Parts,
    Points,
    Prose,
    Section,
    Table,
    rows_of,
)
from perfnb.report.words import age, joined, plural, sentence, value_with_unit
from perfnb.selection import Selection


def answer(findings: Sequence[BreakdownFinding], selection: Selection) -> Prose:
    """Answer in a sentence which groups and areas fare worse."""
    title = selection.service.title
    if not findings:
        text = (
            f"{title}: it is not known which groups and areas get a better or worse "
            f"service, since no indicator comes with a breakdown."
        )
        owed = f"The breakdowns are owed by: {_owners(selection)}."
        return Prose([text, owed], role="answer")
    worse = [f for f in findings if len(with_verdict(f, "worse"))]
    if not worse:
        tried = joined(
            [f"{f.indicator.title} by {characteristic(f)}" for f in findings]
        )
        text = f"{title}: no group clearly fares worse than the rest of the district"
        return Prose([f"{text}, of those looked at ({tried})."], role="answer")
    lead, *rest = [_worse(finding) for finding in worse]
    return Prose([f"{title}: {lead}", *rest], role="answer")


def _worse(finding: BreakdownFinding) -> str:
    groups = rows_of(with_verdict(finding, "worse"))
    named = joined([group_with_value(row, finding) for row in groups])
    total = value_with_unit(finding.breakdown.district_value, finding.indicator)
    return (
        f"{noun(finding)} {named} fare worse than the rest of the district on "
        f"{finding.indicator.title} ({total} in all, {finding.period})."
    )


def _owners(selection: Selection) -> str:
    return joined(list(dict.fromkeys(i.owner for i in selection.indicators)))


def attention(findings: Sequence[BreakdownFinding], selection: Selection) -> Element:
    """List the groups that fare worse, and how little is known."""
    points = [
        f"{heading(f)}, {f.period}: worse for "
        f"{joined([group_with_value(row, f) for row in rows_of(rows)])}. "
        f"Owner: {f.indicator.owner}."
        for f in findings
        if len(rows := with_verdict(f, "worse"))
    ]
    points += [
        f"{heading(f)}: {age(f.years_old, f.period)} Owner: {f.indicator.owner}."
        for f in findings
        if f.years_old
    ]
    without = len(_without(findings, selection))
    if without:
        are = "indicator comes" if without == 1 else "indicators come"
        points.append(f"{sentence(plural(without, are, are))} without any breakdown.")
    if not points:
        return Prose(["No group is known to be worse off."])
    return Points(points)


def sections(findings: Sequence[BreakdownFinding], selection: Selection) -> Element:
    """Show each breakdown: what it says, its chart, its figures."""
    if not findings:
        return Prose(["No figure of this service is broken down by group or area."])
    return Parts([_section(finding, selection) for finding in findings])


def _section(finding: BreakdownFinding, selection: Selection) -> Section:
    sources = [selection.catalogue.sources[name] for name in finding.denominators]
    denominators = joined([source.title for source in sources])
    first, *cautions = verdict(finding, selection.methods, denominators)
    chart = group_charts.chart(finding, denominators)
    parts: list[Element] = [Prose([first]), chart]
    if cautions:
        parts.append(Points(cautions))
    return Section(heading(finding), parts)


def _without(
    findings: Sequence[BreakdownFinding], selection: Selection
) -> list[tuple[str, str]]:
    covered = {finding.indicator.id for finding in findings}
    return [(i.title, i.owner) for i in selection.indicators if i.id not in covered]


def missing(findings: Sequence[BreakdownFinding], selection: Selection) -> Element:
    """List the indicators whose total may hide something, and who owns them."""
    rows = _without(findings, selection)
    if not rows:
        return Prose(["None: every indicator of the service has one."])
    return Table(
        caption="Indicators for which no figures by group or area are held",
        headings=["Indicator", "Owner"],
        rows=rows,
    )
