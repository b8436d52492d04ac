"""Say which groups fare better or worse, how surely, and what is not known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from perfnb.analysis.groups.between_groups import BreakdownFinding
from perfnb.analysis.groups.diversity import Breakdown
from perfnb.analysis.groups.group_verdicts import CALLED
from perfnb.methods import Methods
from perfnb.report.elements import rows_of
from perfnb.report.words import (
    age,
    count,
    joined,
    number,
    plural,
    sentence,
    value_of,
    value_with_unit,
)

EVIDENCE = (
    (0.001, "very strong evidence"),
    (0.01, "strong evidence"),
    (0.05, "some evidence"),
    (1.0, "weak evidence"),
)
"""Up to which p-value there is how much evidence.

Bland M (2015) An Introduction to Medical Statistics, 4th ed, section 9.4.
"""

_CHARACTERISTICS = {"ethnicity": "ethnic group", "deprivation": "area deprivation"}
_NOUNS = {
    "age": "people aged",
    "deprivation": "people in",
    "ethnicity": "people in the ethnic group",
    "ward": "people in",
}
_FIFTHS = {
    "1 (most deprived)": "England's most deprived fifth of areas",
    "2": "its second most deprived fifth",
    "3": "its middle fifth",
    "4": "its second least deprived fifth",
    "5 (least deprived)": "its least deprived fifth",
}
_NAMED = 6


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
    if finding.characteristic != "deprivation":
        return group
    return _FIFTHS.get(group, group)


def group_with_value(row: Any, finding: BreakdownFinding) -> str:
    """Name a group with its value: "18-24 (53.3)"."""
    return f"{group_name(row, finding)} ({value_of(row.value, finding.indicator)})"


def certainty(p_value: float) -> str:
    """Say how much evidence there is.

    Examples
    --------
    >>> certainty(0.0002), certainty(0.03)
    ('very strong evidence', 'some evidence')
    """
    return next(words for most, words in EVIDENCE if p_value <= most)


def evidence(rows: Sequence[Any], finding: BreakdownFinding) -> str:
    """Say how sure the verdicts on some groups are: "There is strong evidence…"."""
    levels: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda each: float(each.p_adjusted)):
        named = levels.setdefault(certainty(float(row.p_adjusted)), [])
        named.append(group_name(row, finding))
    if len(levels) == 1:
        only = next(iter(levels))
        return f"There is {only} for {'this' if len(rows) == 1 else 'each'}."
    if len(rows) > _NAMED:
        parts = [f"{words} for {count(len(n))}" for words, n in levels.items()]
        return f"Of these {count(len(rows))} there is {joined(parts)}."
    parts = [f"{words} for {joined(names)}" for words, names in levels.items()]
    return f"There is {', and '.join(parts)}."


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
    if len(said) == 1 and found.groups["p_value"].isna().all():
        said.append("It cannot be said whether any group is different from the rest.")
    elif len(said) == 1:
        said.append("No group is clearly different from the rest of the district.")
    return [" ".join(said), *_cautions(finding, methods)]


def _named(finding: BreakdownFinding) -> list[str]:
    words = {
        "worse": "Worse than the rest of the district",
        "better": "Better than the rest of the district",
        "different": "Different from the rest of the district, neither good nor bad",
    }
    said = [
        f"{text}: {joined([_with_gap(row, finding) for row in rows_of(rows)])}."
        for outcome, text in words.items()
        if not (rows := with_verdict(finding, outcome)).empty
    ]
    groups = finding.breakdown.groups
    called = list(rows_of(groups[groups["verdict"].isin(CALLED)]))
    return [*said, evidence(called, finding)] if called else said


def _with_gap(row: Any, finding: BreakdownFinding) -> str:
    named = group_with_value(row, finding)[:-1]
    if finding.indicator.interval == "byar":
        return f"{named}, {number(row.ratio, 1)} times the rest)"
    side = "above" if row.difference > 0 else "below"
    apart = number(abs(row.difference), finding.indicator.decimals)
    points = "points " if finding.indicator.is_percentage else ""
    return f"{named}, {apart} {points}{side} the rest)"


def _cautions(finding: BreakdownFinding, methods: Methods) -> list[str]:
    found = finding.breakdown
    cautions = [age(finding.years_old, finding.period)] if finding.years_old else []
    cautions += _by_chance(finding)
    too_few = with_verdict(finding, "too few to say")
    if len(too_few):
        names = joined([str(group) for group in too_few["group"]])
        cautions.append(
            f"Too few to say for {names}: a group and the rest of the district each "
            f"need at least {methods.minimum_events_for_comparison}"
            f"{_also_rounded(found)}."
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


def _also_rounded(found: Breakdown) -> str:
    return ", and a rounded count may stand for fewer" if found.disclosure else ""


def _by_chance(finding: BreakdownFinding) -> list[str]:
    groups = finding.breakdown.groups
    fallen = groups[groups["alone"].isin(CALLED) & ~groups["verdict"].isin(CALLED)]
    if fallen.empty:
        return []
    names = joined([group_name(row, finding) for row in rows_of(fallen)])
    looks = "looks" if len(fallen) == 1 else "look"
    return [
        f"{sentence(names)} {looks} different taken alone, but among so many groups "
        "some do by chance; so this is called no clear difference."
    ]


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
