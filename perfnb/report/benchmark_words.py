"""Say where the council stands among its peers, and whether that means anything."""

from __future__ import annotations

from perfnb.analysis.among_peers import BenchmarkFinding
from perfnb.analysis.benchmark import Comparison
from perfnb.registers import Indicator
from perfnb.report.words import (
    age,
    count,
    ordinal,
    plural,
    sentence,
    value_of,
    value_with_unit,
)
from perfnb.selection import Selection

_ORDER = {
    "maximise": "from the highest, which is best",
    "minimise": "from the lowest, which is best",
}
_QUARTERS = {1: "best", 2: "second best", 3: "second worst", 4: "worst"}


def group_name(group: str, selection: Selection) -> str:
    """Name a peer group as it stands within a sentence."""
    return selection.catalogue.peer_group_title(group)


def place(found: Comparison) -> str:
    """Say the council's place: "153rd of 176", "joint 3rd to 5th of 20"."""
    if found.rank_from is None or found.rank_to is None:
        return "no place"
    if found.rank_from == found.rank_to:
        return f"{ordinal(found.rank_from)} of {found.n_ranked}"
    first, last = ordinal(found.rank_from), ordinal(found.rank_to)
    return f"joint {first} to {last} of {found.n_ranked}"


def verdict(
    finding: BenchmarkFinding, group: str, found: Comparison, selection: Selection
) -> str:
    """Say in a sentence or two how the council stands against one group."""
    indicator = finding.indicator
    order = _ORDER.get(indicator.polarity, "from the highest")
    own = value_with_unit(found.own_value, indicator)
    text = (
        f"Among {group_name(group, selection)} {selection.council_name} is "
        f"{place(found)}, counted {order}: {own} in {finding.period}."
    )
    parts = [text, _beside_median(found, indicator), *_quartile(found)]
    return " ".join([*parts, _conclusion(found)])


def _beside_median(found: Comparison, indicator: Indicator) -> str:
    if found.median is None:
        few = plural(found.n_peers, "other is", "others are")
        return f"{sentence(few)} too few for a median."
    middle = value_with_unit(found.median, indicator)
    return f"The median of the {found.n_peers} others is {middle}."


def _quartile(found: Comparison) -> list[str]:
    if found.quartile is None:
        return []
    return [f"That is in the {_QUARTERS[found.quartile]} quarter."]


def _conclusion(found: Comparison) -> str:
    conclusions = {
        "better": "The difference from the median is more than chance: better.",
        "worse": "The difference from the median is more than chance: worse.",
        "different": "The difference from the median is more than chance; neither "
        "side is good in itself.",
        "no clear difference": "The difference from the median may be chance.",
        "position only": "No count lies behind these figures, so whether the "
        "difference is more than chance cannot be said.",
        "no own figure": "The council has no figure.",
        "no peers": "No peer has a figure.",
    }
    if found.verdict == "position only" and found.median is None:
        return "Whether the difference is more than chance cannot be said."
    return conclusions[found.verdict]


def coverage(finding: BenchmarkFinding, selection: Selection) -> list[str]:
    """Say which peers are not in the comparison."""
    said = [age(finding.years_old, finding.period)] if finding.years_old else []
    for group, found in finding.comparisons.items():
        if found.missing:
            name = sentence(group_name(group, selection))
            without = [selection.reference.name(code) for code in found.missing]
            names = f" ({', '.join(without)})" if len(without) <= 5 else ""
            have = "has" if len(without) == 1 else "have"
            said.append(
                f"{name}: {count(len(without))} of {found.n_expected} peers {have} no "
                f"figure for {finding.period}{names}."
            )
    said += [
        f"{sentence(group_name(group, selection))}: not compared, since too few of "
        f"its members have a figure for {finding.period}."
        for group in finding.thin
    ]
    return said


def alternative(
    finding: BenchmarkFinding, group: str, found: Comparison, selection: Selection
) -> str:
    """Describe the chart of a comparison to a reader who does not see it."""
    indicator = finding.indicator
    values = found.positions["value"]
    median = (
        f" The peers' median is {value_of(found.median, indicator)}."
        if found.median is not None
        else ""
    )
    return (
        f"Dot chart of {indicator.title}, {indicator.unit}, {finding.period}, for "
        f"{selection.council_name} and {plural(found.n_peers, 'peer')}: from "
        f"{value_of(values.min(), indicator)} to {value_of(values.max(), indicator)}. "
        f"{selection.council_name} has {value_of(found.own_value, indicator)}, "
        f"{place(found)}.{median}"
    )
