"""Show who gets a better or worse service: answer, attention, each breakdown."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from perfnb.analysis.groups.between_groups import BreakdownFinding
from perfnb.methods import Methods
from perfnb.report.elements import (
    Element,
    Parts,
    Points,
    Prose,
    Section,
    Table,
    rows_of,
)
from perfnb.report.groups import (
    gap_charts,
    gap_words,
    gradient_charts,
    gradient_words,
    group_charts,
)
from perfnb.report.groups.breakdown_words import (
    characteristic,
    evidence,
    group_with_value,
    heading,
    noun,
    verdict,
    with_verdict,
)
from perfnb.report.groups.inequality_tables import more
from perfnb.report.quality_words import quality_terms
from perfnb.report.words import age, joined, plural, sentence, value_with_unit
from perfnb.selection import Selection

_NAMED = 4


def answer(findings: Sequence[BreakdownFinding], selection: Selection) -> Prose:
    """Answer in a sentence which groups and areas fare worse, and which better."""
    title = selection.service.title
    if not findings:
        text = (
            f"{title}: it is not known which groups and areas get a better or worse "
            f"service, since no indicator comes with a breakdown."
        )
        owed = f"The breakdowns are owed by: {_owners(selection)}."
        return Prose([text, owed], role="answer")
    said = [text for finding in findings for text in _who(finding)]
    if said:
        lead, *rest = said
        return Prose([f"{title}: {lead}", *map(sentence, rest)], role="answer")
    tried = joined([f"{f.indicator.title} by {characteristic(f)}" for f in findings])
    if all(f.breakdown.groups["p_value"].isna().all() for f in findings):
        text = (
            f"{title}: it cannot be said whether any group fares worse than the rest "
            f"of the district, since the figures are too few or have no interval "
            f"({tried})."
        )
        return Prose([text], role="answer")
    text = f"{title}: no group clearly fares worse than the rest of the district"
    return Prose([f"{text}, of those looked at ({tried})."], role="answer")


def _who(finding: BreakdownFinding) -> list[str]:
    """Name the groups that stand out, worst first, with how sure that is."""
    worse, better, other = (
        with_verdict(finding, said) for said in ("worse", "better", "different")
    )
    total = value_with_unit(finding.breakdown.district_value, finding.indicator)
    whole = f"({total} in all, {finding.period})"
    rest, title = "the rest of the district", finding.indicator.title
    sure = [evidence(list(rows_of(pd.concat([worse, better, other]))), finding)]
    if len(worse):
        text = f"{_names(worse, finding)} fare worse than {rest} on {title}"
        if len(better):
            text += f", and {_names(better, finding)} fare better"
        return [f"{text} {whole}. {sure[0]}"]
    if len(better):
        return [
            f"{_names(better, finding)} fare better than {rest} on {title} {whole}. "
            f"{sure[0]}"
        ]
    if len(other):
        return [
            f"{_names(other, finding)} differ from {rest} on {title}, neither better "
            f"nor worse {whole}. {sure[0]}"
        ]
    return []


def _names(rows: pd.DataFrame, finding: BreakdownFinding) -> str:
    """Name groups with their values; of many those that lie furthest out."""
    total = finding.breakdown.district_value or 0.0
    apart = (rows["value"].astype(float) - total).abs()
    shown = rows
    if len(rows) > _NAMED:
        shown = rows.loc[apart.sort_values(ascending=False).index[: _NAMED - 1]]
    named = [group_with_value(row, finding) for row in rows_of(shown)]
    left = len(rows) - len(shown)
    if left:
        named.append(plural(left, "other", "others"))
    return f"{noun(finding)} {joined(named)}"


def _owners(selection: Selection) -> str:
    return joined(list(dict.fromkeys(i.owner for i in selection.indicators)))


def attention(findings: Sequence[BreakdownFinding], selection: Selection) -> Element:
    """List the groups that fare worse, gaps that widened, and how little is known."""
    points = [
        f"{text} Owner: {finding.indicator.owner}."
        for finding in findings
        for text in _concerns(finding)
    ]
    points += dict.fromkeys(
        f"{f.indicator.title}: {age(f.years_old, f.period)} Owner: {f.indicator.owner}."
        for f in findings
        if f.years_old
    )
    without = len(_without(findings, selection))
    if without:
        are = "indicator comes" if without == 1 else "indicators come"
        points.append(f"{sentence(plural(without, are, are))} without any breakdown.")
    if not points:
        return Prose(["No group is known to be worse off."])
    return Points(points)


def _concerns(finding: BreakdownFinding) -> list[str]:
    said = []
    worse = with_verdict(finding, "worse")
    if len(worse):
        named = joined([group_with_value(row, finding) for row in rows_of(worse)])
        text = f"{heading(finding)}, {finding.period}: worse for {named}"
        slope = finding.gradient is not None and finding.gradient.verdict == "worse"
        said.append(f"{text}; the more deprived, the worse." if slope else f"{text}.")
    for since in finding.since:
        changes = since.change.groups
        wider = changes[
            (changes["verdict"] == "widened") & changes["group"].isin(worse["group"])
        ]
        if len(wider):
            names = joined([str(group) for group in wider["group"]])
            said.append(
                f"{heading(finding)}: the gap has widened since {since.period} for "
                f"{names}."
            )
    return said


def sections(findings: Sequence[BreakdownFinding], selection: Selection) -> Element:
    """Show each breakdown: what it says, its charts, its figures."""
    if not findings:
        return Prose(["No figure of this service is broken down by group or area."])
    return Parts([_section(finding, selection) for finding in findings])


def _section(finding: BreakdownFinding, selection: Selection) -> Section:
    methods = selection.methods
    sources = [selection.catalogue.sources[name] for name in finding.denominators]
    denominators = joined([source.title for source in sources])
    first, *cautions = verdict(finding, methods, denominators)
    parts: list[Element] = [
        Prose([first]),
        group_charts.chart(finding, denominators, methods),
        *_slope(finding, methods),
        *_over_time(finding, methods),
    ]
    if cautions:
        parts.append(Points(cautions))
    folded = more(finding, methods)
    if folded is not None:
        parts.append(folded)
    parts.append(quality_terms(finding.indicator, selection, heading(finding)))
    return Section(heading(finding), parts)


def _slope(finding: BreakdownFinding, methods: Methods) -> list[Element]:
    said = gradient_words.verdict(finding)
    parts: list[Element] = [Prose(said)] if said else []
    found = finding.gradient
    if found is not None and found.index is not None:
        parts.append(gradient_charts.chart(finding, found, found.index, methods))
    return parts


def _over_time(finding: BreakdownFinding, methods: Methods) -> list[Element]:
    if not finding.since:
        return []
    said = Prose(gap_words.verdict(finding))
    gaps = gap_words.over_time(finding).groupby("group")["gap"].count()
    # One dot of a group shows no change.
    if gaps.max() < 2:
        return [said]
    return [said, gap_charts.chart(finding, methods)]


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
