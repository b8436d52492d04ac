"""Say which groups fare better or worse, how surely, and what is not known."""

from __future__ import annotations

from typing import Any

import pandas as pd

from perfnb.analysis.between_groups import BreakdownFinding
from perfnb.methods import Methods
from perfnb.report.elements import rows_of
from perfnb.report.words import (
    age,
    joined,
    number,
    plural,
    sentence,
    value_of,
    value_with_unit,
)

_CHARACTERISTICS = {"ethnicity": "ethnic group", "deprivation": "area deprivation"}
_NOUNS = {
    "age": "people aged",
    "deprivation": "people in",
    "ethnicity": "people in the ethnic group",
}
_FIFTHS = {
    "1 (most deprived)": "England's most deprived fifth of areas",
    "2": "its second most deprived fifth",
    "3": "its middle fifth",
    "4": "its second least deprived fifth",
    "5 (least deprived)": "its least deprived fifth",
}


def characteristic(finding: BreakdownFinding) -> str:
    """Name the characteristic as people do."""
    return _CHARACTERISTICS.get(finding.characteristic, finding.characteristic)


def noun(finding: BreakdownFinding) -> str:
    """Start a sentence about groups: "people aged", "areas in fifth"."""
    return _NOUNS.get(finding.characteristic, f"by {characteristic(finding)},")


def heading(finding: BreakdownFinding) -> str:
    """Title the section of a breakdown."""
    return f"{finding.indicator.title}, by {characteristic(finding)}"


def with_verdict(finding: BreakdownFinding, verdict: str) -> pd.DataFrame:
    """Keep the groups with a verdict, in the order of the breakdown."""
    groups = finding.breakdown.groups
    return groups[groups["verdict"] == verdict]


def group_name(row: Any, finding: BreakdownFinding) -> str:
    """Name a group as a sentence does."""
    group = str(row.group)
    return (
        _FIFTHS.get(group, group) if finding.characteristic == "deprivation" else group
    )


def group_with_value(row: Any, finding: BreakdownFinding) -> str:
    """Name a group with its value: "18-24 (53.3)"."""
    return f"{group_name(row, finding)} ({value_of(row.value, finding.indicator)})"


def verdict(
    finding: BreakdownFinding, methods: Methods, denominators: str = ""
) -> list[str]:
    """Say what a breakdown shows, the finding first, then what limits it.

    Parameters
    ----------
    finding : BreakdownFinding
        What was found.
    methods : Methods
        House rules, whose numbers the sentences quote.
    denominators : str
        What the rates are set against, in words.
    """
    found = finding.breakdown
    indicator = finding.indicator
    total = value_with_unit(found.district_value, indicator)
    against = f", set against {denominators}" if denominators else ""
    lead = f"{finding.period}: {total} in the whole district{against}."
    said = [lead, *_named(finding)]
    if len(said) == 1:
        said.append("No group is clearly different from the rest of the district.")
    return [" ".join(said), *_cautions(finding, methods)]


def _named(finding: BreakdownFinding) -> list[str]:
    words = {
        "worse": "Worse than the rest of the district",
        "better": "Better than the rest of the district",
        "different": "Different from the rest of the district, neither good nor bad",
    }
    return [
        f"{text}: {joined([_with_ratio(row, finding) for row in rows_of(rows)])}."
        for outcome, text in words.items()
        if not (rows := with_verdict(finding, outcome)).empty
    ]


def _with_ratio(row: Any, finding: BreakdownFinding) -> str:
    named = group_with_value(row, finding)
    if pd.isna(row.ratio) or finding.indicator.interval != "byar":
        return named
    return f"{named[:-1]}, {number(row.ratio, 1)} times the rest)"


def _cautions(finding: BreakdownFinding, methods: Methods) -> list[str]:
    found = finding.breakdown
    cautions = [age(finding.years_old, finding.period)] if finding.years_old else []
    too_few = with_verdict(finding, "too few to say")
    if len(too_few):
        names = joined([str(group) for group in too_few["group"]])
        cautions.append(
            f"Too few to say for {names}: a group and the rest of the district each "
            f"need at least {methods.minimum_events_for_comparison}."
        )
    if found.n_suppressed:
        cautions.append(
            f"{sentence(plural(found.n_suppressed, 'group is', 'groups are'))} "
            f"hidden to protect people. {found.disclosure}"
        )
    elif found.disclosure:
        cautions.append(found.disclosure)
    if finding.unplaced:
        cautions.append(
            "People whose group is not known are left out, so the groups do not add "
            "up to the headline."
        )
    return cautions


def alternative(finding: BreakdownFinding) -> str:
    """Describe the chart of a breakdown to a reader who does not see it."""
    indicator = finding.indicator
    shown = finding.breakdown.groups
    shown = shown[shown["value"].notna()]
    values = joined([group_with_value(row, finding) for row in rows_of(shown)])
    total = value_of(finding.breakdown.district_value, indicator)
    hidden = finding.breakdown.n_suppressed
    text = (
        f"Dot chart of {heading(finding)}, {indicator.unit}, {finding.period}: "
        f"{values}. The district has {total}."
    )
    return f"{text} {sentence(plural(hidden, 'group'))} hidden." if hidden else text
