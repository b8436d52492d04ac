"""Show the targets of groups and areas: how they fit the whole, who misses one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from perfnb.analysis.targeting.differentiated import Reconciliation
from perfnb.analysis.targeting.gap_targets import GapAttainment
from perfnb.analysis.targeting.part_targets import AREA, PartFinding
from perfnb.registers import Target
from perfnb.report.elements import (
    Element,
    Parts,
    Points,
    Prose,
    Section,
    Table,
    rows_of,
)
from perfnb.report.targeting.status_words import STATUS, distance, illustrative
from perfnb.report.words import (
    NOTHING,
    joined,
    number,
    plural,
    sentence,
    value_of,
    value_with_unit,
)
from perfnb.selection import Selection

_CHARACTERISTICS = {
    "ethnicity": "ethnic group",
    "deprivation": "national fifth of deprivation",
    AREA: "small area",
}
_FIT = {
    "agree": "they come to the district's target",
    "ask for more": "together they ask for more than the district's target",
    "ask for less": "together they ask for less than the district's target",
    "differ": "together they differ from the district's target",
    "no district target": "the district itself has no target for that period",
}


def sections(
    findings: Sequence[PartFinding], unheard: Sequence[Target], selection: Selection
) -> Element:
    """Show every set of targets for groups or areas, and those that meet no figure.

    Parameters
    ----------
    findings : sequence of PartFinding
        As `perfnb.analysis.targeting.part_targets.part_targets` gives them.
    unheard : sequence of Target
        As `perfnb.analysis.targeting.unheard_targets.unheard_targets` gives them.
    selection : Selection
        What the report is about.
    """
    if not findings and not unheard:
        title = selection.service.title
        return Prose([f"{title}: no group and no area has a target of its own."])
    shown: list[Element] = [_section(finding, selection) for finding in findings]
    if unheard:
        shown.append(Prose(["No figure is held against these targets:"]))
        shown.append(Points([_unheard(target, selection) for target in unheard]))
    return Parts(shown)


def _unheard(target: Target, selection: Selection) -> str:
    indicator = selection.catalogue.indicators[target.indicator]
    whose = target.area or f"{target.group} by {_name(target.characteristic)}"
    kind = "gap" if target.kind == "gap" else "level"
    return (
        f"{indicator.title}: {whose}, {target.period}, {kind}{illustrative(target)}. "
        "Either the name is not that of the figures, or none has been received."
    )


def attention(findings: Sequence[PartFinding]) -> Element:
    """List the groups and gaps that surely miss their targets; nothing without any."""
    lines = [line for finding in findings for line in _surely_missed(finding)]
    return Points(lines) if lines else Parts([])


def _surely_missed(finding: PartFinding) -> list[str]:
    owner = f" Owner: {finding.indicator.owner}."
    groups = [
        f"{row.group} ({value_of(row.value, finding.indicator)} against "
        f"{value_of(row.target, finding.indicator)})"
        for row in rows_of(finding.parts)
        if row.status in ("close", "not met") and row.certain
    ]
    lines = [
        f"{finding.indicator.title}, the gap of {group}: {_gap(found, finding)}{owner}"
        for group, found in finding.gaps
        if found.status in ("close", "not met") and found.certain
    ]
    if groups:
        named = f"{_heading(finding)}, {finding.period}: {joined(groups)}"
        miss = "misses its target" if len(groups) == 1 else "miss their targets"
        lines.insert(
            0, f"{named} {miss}{_made_up(finding)} by more than chance.{owner}"
        )
    return lines


def _heading(finding: PartFinding) -> str:
    return f"{finding.indicator.title}, by {_name(finding.characteristic)}"


def _name(characteristic: str) -> str:
    return _CHARACTERISTICS.get(characteristic, characteristic)


def _section(finding: PartFinding, selection: Selection) -> Section:
    said = [f"{sentence(_counted(finding))}."]
    notes = [
        f"{group}: {_gap(found, finding)} {_sure(found, selection)}"
        for group, found in finding.gaps
    ]
    if finding.reconciliation is not None:
        notes += _fit(finding.reconciliation, finding)
    if finding.disclosure:
        notes.append(finding.disclosure)
    notes.append(
        f"Where the {selection.methods.confidence:.0%} confidence interval of a group "
        "holds its target, chance alone may have decided."
    )
    return Section(
        _heading(finding), [Prose(said), Points(notes), _table(finding, selection)]
    )


def _made_up(finding: PartFinding) -> str:
    targets = [found.target for found in finding.attainments if found.target]
    return next((mark for target in targets if (mark := illustrative(target))), "")


def _counted(finding: PartFinding) -> str:
    words = {"met": "met", "close": "narrowly missed", "not met": "missed"}
    status = finding.parts["status"]
    counted = [
        f"{plural(int(status.eq(each).sum()), 'group')} {word}"
        for each, word in words.items()
        if status.eq(each).any()
    ]
    told = joined(counted) if counted else "no group can be held against"
    several = int(status.isin(words).sum()) != 1
    whose = "their own targets" if several else "its own target"
    return f"{finding.period}: {told} {whose}{_made_up(finding)}"


def _gap(found: GapAttainment, finding: PartFinding) -> str:
    if found.gap is None or found.target.value is None:
        return "its gap to the rest of the district cannot be told."
    if found.measure == "byar":
        now = f"{number(found.gap, 2)} times the rest of the district"
        goal = f"{number(found.target.value, 2)} times"
    else:
        now = f"{number(found.gap, 1)} percentage points from the rest of the district"
        goal = f"{number(found.target.value, 1)}"
    word = STATUS[found.status].split("\u00a0")[1].lower()
    return (
        f"{now} in {finding.period}; the target of {goal}"
        f"{illustrative(found.target)} is {word}."
    )


def _sure(found: GapAttainment, selection: Selection) -> str:
    if found.lower is None or found.upper is None:
        return ""
    places = 2 if found.measure == "byar" else 1
    low, high = (number(end, places) for end in (found.lower, found.upper))
    interval = f"{selection.methods.confidence:.0%} interval {low} to {high}"
    if found.certain:
        return f"The {interval} leaves the target out."
    return f"The {interval} holds the target: chance alone may decide."


def _fit(found: Reconciliation, finding: PartFinding) -> list[str]:
    indicator = finding.indicator
    if found.weighted is None:
        return ["The targets cannot be added up: no group has a denominator."]
    together = value_with_unit(found.weighted, indicator)
    said = f"Weighted with their denominators the targets come to {together}"
    if found.verdict == "incomplete":
        gone = plural(found.n_without, "group has", "groups have")
        return [f"{said}, but {gone} no target or no denominator that may be shown."]
    if found.district is not None and found.apart is not None:
        district = value_with_unit(found.district, indicator)
        said = f"{said}, the district's target is {district}"
        if found.apart:
            said = f"{said}, {distance(abs(found.apart), indicator)} apart"
    return [
        f"{said}: {_FIT[found.verdict]}{_made_up(finding)}.",
        *_counts(found, finding),
    ]


def _counts(found: Reconciliation, finding: PartFinding) -> list[str]:
    counted = finding.indicator.counted or "cases"
    said = []
    if found.numerator is not None and found.district_numerator is not None:
        said.append(
            f"In {counted}: {number(found.numerator)} for the groups together, "
            f"{number(found.district_numerator)} for the district's target."
        )
    whole, district = found.denominator, found.district_denominator
    if whole is not None and district is not None and whole != district:
        said.append(
            f"The groups' denominators add up to {number(whole)}, the district's own "
            f"is {number(district)}: they do not come from one source or time."
        )
    return said


def _table(finding: PartFinding, selection: Selection) -> Table:
    indicator = finding.indicator
    confidence = f"{selection.methods.confidence:.0%} interval"
    return Table(
        caption=f"{_heading(finding)}, {finding.period}: each against its own target",
        headings=[
            "Group",
            f"Value ({indicator.unit})",
            confidence,
            "Target",
            "Status",
            "Beyond chance",
        ],
        rows=[_row(row, finding) for row in rows_of(finding.parts)],
        numeric=(1, 2, 3),
    )


def _row(row: Any, finding: PartFinding) -> list[str]:
    indicator = finding.indicator
    if row.suppressed:
        shown = [value_of(row.target, indicator) if pd.notna(row.target) else NOTHING]
        return [
            str(row.group),
            "hidden",
            NOTHING,
            *shown,
            f"{NOTHING}\u00a0Hidden",
            NOTHING,
        ]
    interval = NOTHING
    if pd.notna(row.lower_ci) and pd.notna(row.upper_ci):
        low, high = (value_of(end, indicator) for end in (row.lower_ci, row.upper_ci))
        interval = f"{low} to {high}"
    judged = row.status in ("met", "close", "not met")
    return [
        str(row.group),
        value_of(row.value, indicator),
        interval,
        value_of(row.target, indicator) if pd.notna(row.target) else NOTHING,
        f"{STATUS[row.status]}{_made_up(finding) if judged else ''}",
        ("yes" if row.certain else "no") if judged else NOTHING,
    ]
