"""Say whether figures hold together, where they come from and what lies about."""

from __future__ import annotations

from perfnb.analysis.data_quality import jumps
from perfnb.analysis.data_quality.council import CouncilQuality
from perfnb.analysis.data_quality.evidence import Evidence
from perfnb.report import vintage_tables
from perfnb.report.downloads import Download
from perfnb.report.elements import (
    Element,
    Parts,
    Points,
    Prose,
    Section,
    Table,
    rows_of,
)
from perfnb.report.folded import Folded
from perfnb.report.tabled import Tabled
from perfnb.report.words import (
    NOTHING,
    count,
    joined,
    number,
    plural,
    sentence,
    value_with_unit,
)


def recomputed(found: CouncilQuality) -> Element:
    """Say how many values follow from their counts, and why others cannot be tried."""
    values = sum(each.recomputation.figures for each in found.evidence)
    agreeing = sum(each.recomputation.agreeing for each in found.evidence)
    differing = sum(each.recomputation.differing for each in found.evidence)
    if not values:
        said = "There is no figure of the council to work out again."
        return Section("Do values follow from their counts?", [Prose([said])])
    lead = (
        f"Of the council's {number(values)} figures, {number(agreeing)} follow from "
        f"their two counts and {number(differing) if differing else 'none'} do not. "
        f"{number(values - agreeing - differing)} cannot be worked out again."
    )
    headings = [
        *("Indicator", "Figures", "Follow from counts", "Do not follow"),
        *("Cannot be tried", "Why not"),
    ]
    rows = [_recomputed(each) for each in found.evidence]
    table = Table(
        "Values worked out again from their counts", headings, rows, (1, 2, 3, 4)
    )
    download = Download("data-quality-recomputation", headings, rows)
    fold = Folded(
        "Values and counts, indicator by indicator", [Tabled(table, download)]
    )
    return Section("Do values follow from their counts?", [Prose([lead]), fold])


def _recomputed(evidence: Evidence) -> list[str]:
    again = evidence.recomputation
    why = "; ".join(f"{reason} ({n})" for reason, n in again.reasons)
    counts = (again.figures, again.agreeing, again.differing, again.without)
    return [
        evidence.indicator.title,
        *(number(n) for n in counts),
        sentence(why) or NOTHING,
    ]


def jumped(found: CouncilQuality) -> Element:
    """List the changes that are out of the ordinary, and what explains them."""
    told = [
        f"{each.indicator.title}: from {value_with_unit(row.before, each.indicator)} "
        f"to {value_with_unit(row.after, each.indicator)} in {row.period}. "
        f"{_explained(row.explained)}"
        for each in found.evidence
        for row in rows_of(each.jumps.found)
    ]
    judged = sum(each.jumps.standing == jumps.JUDGED for each in found.evidence)
    left = len(found.evidence) - judged
    lead = (
        f"{sentence(plural(judged, 'indicator'))} could be looked through for changes "
        f"out of the ordinary; {count(left) if left else 'none'} could not, for too "
        f"few or too even figures."
    )
    parts: list[Element] = [Prose([lead])]
    parts.append(Points(told) if told else Prose(["None of their changes stands out."]))
    return Section("Does a figure jump?", parts)


def _explained(reason: str) -> str:
    if reason:
        return f"Explained: {reason}"
    return "Nothing in the registers explains it."


def in_two_sources(found: CouncilQuality) -> Element:
    """Set the figures that two sources give beside each other."""
    heading = "Do two sources say the same?"
    if not found.reconciliations:
        return Section(heading, [Prose(["No figure is held from two sources."])])
    registers = (found.held.catalogue, found.held.reference)
    titles = found.held.catalogue.indicators
    said = [
        f"{titles[each.indicator].title}: {text}"
        for each, text in zip(
            found.reconciliations,
            vintage_tables.sentences(found.reconciliations, *registers),
            strict=True,
        )
    ]
    table = vintage_tables.table(found.reconciliations, *registers)
    download = Download("data-quality-two-sources", table.headings, table.rows)
    fold = Folded("Both sources side by side", [Tabled(table, download)])
    return Section(heading, [Points(said), fold])


def collected_twice(found: CouncilQuality) -> Element:
    """Name the indicators that tell the same."""
    indicators = found.held.catalogue.indicators
    told = [
        f"{indicators[pair.first].title} and {indicators[pair.second].title}: "
        f"{pair.said}."
        for pair in found.twins
    ]
    shown: Element = Points(told)
    if not told:
        shown = Prose(["No two indicators are known to tell the same."])
    return Section("Is anything collected twice?", [shown])


def systems(found: CouncilQuality) -> Element:
    """Say whether each indicator has one source, and which sources nobody uses."""
    headings = ["Indicator", "Source of the newest figure", "Earlier sources"]
    rows = [
        [
            each.indicator.title,
            joined(each.systems.current) or NOTHING,
            joined(each.systems.former) or NOTHING,
        ]
        for each in found.evidence
    ]
    table = Table("Where the figures of each indicator come from", headings, rows)
    download = Download("data-quality-sources", headings, rows)
    fold = Folded("Sources, indicator by indicator", [Tabled(table, download)])
    said = [*_one_source(found), *_outside(found), *_without_use(found)]
    return Section("Does each indicator have one source?", [Points(said), fold])


def _one_source(found: CouncilQuality) -> list[str]:
    held = [each.systems.current for each in found.evidence]
    one = sum(len(current) == 1 for current in held)
    said = [
        f"{sentence(count(one))} of {plural(len(held), 'indicator')} "
        f"{'has' if one == 1 else 'have'} exactly one source of the newest figure."
    ]
    said += [
        f"{each.indicator.title} has {count(len(each.systems.current))}: "
        f"{joined(each.systems.current)}."
        for each in found.evidence
        if len(each.systems.current) > 1
    ]
    without = [e.indicator.title for e in found.evidence if not e.systems.current]
    if without:
        said.append(f"No figure, and so no source, is held of {joined(without)}.")
    return said


def _outside(found: CouncilQuality) -> list[str]:
    outside = sum(each.column == "source" for each in found.held.findings)
    if not outside:
        return ["No figure comes from outside the register of sources."]
    return [
        f"{sentence(plural(outside, 'row'))} named a source outside the register and "
        f"{'was' if outside == 1 else 'were'} kept out."
    ]


def _without_use(found: CouncilQuality) -> list[str]:
    if not found.unused:
        return []
    titles = [f"{each.title} ({each.publisher})" for each in found.unused]
    return [
        f"{sentence(plural(len(titles), 'source'))} of the register "
        f"{'is' if len(titles) == 1 else 'are'} named by no figure and no list: "
        f"{joined(titles)}."
    ]


def strays(found: CouncilQuality) -> Element:
    """List the files that nobody reads and the notebooks that read by themselves."""
    listed = found.held.strays
    heading = "Do files lie about that nobody reads?"
    if not listed:
        said = (
            "No. Every file of figures in the workbook's folder is one that it reads, "
            "and no notebook reads files by itself."
        )
        return Section(heading, [Prose([said])])
    lead = (
        f"{sentence(plural(len(listed), 'file'))} in the workbook's folder "
        f"{'goes' if len(listed) == 1 else 'go'} past its registers."
    )
    headings = ["File", "What was found", "Read by"]
    rows = [
        [each.file, sentence(each.what), joined(each.used_by) or NOTHING]
        for each in listed
    ]
    shown = Tabled(
        Table("Files outside the registers", headings, rows),
        Download("data-quality-strays", headings, rows),
    )
    return Section(heading, [Parts([Prose([lead]), shown])])
