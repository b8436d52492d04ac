"""Say where the council stands among its peers, and whether that means anything."""

from __future__ import annotations

from perfnb.analysis.peers.among_peers import AgainstGroup, BenchmarkFinding
from perfnb.analysis.peers.benchmark import Comparison
from perfnb.registers import Indicator
from perfnb.report.words import (
    age,
    joined,
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


def place(found: Comparison) -> str:
    """Say the council's place: "153rd of 176", "joint 3rd to 5th of 20"."""
    if found.rank_from is None or found.rank_to is None:
        return "no place"
    if found.rank_from == found.rank_to:
        return f"{ordinal(found.rank_from)} of {found.n_ranked}"
    first, last = ordinal(found.rank_from), ordinal(found.rank_to)
    return f"joint {first} to {last} of {found.n_ranked}"


def verdict(
    finding: BenchmarkFinding, against: AgainstGroup, selection: Selection
) -> str:
    """Say in a sentence or two how the council stands against one group."""
    indicator, found = finding.indicator, against.comparison
    order = _ORDER.get(indicator.polarity, "from the highest")
    own = value_with_unit(found.own_value, indicator)
    text = (
        f"Among {against.group.title} {selection.council_name} is "
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
    """Say how old the comparison is and which groups it had to leave out."""
    said = [age(finding.years_old, finding.period)] if finding.years_old else []
    if finding.thin:
        names = joined([group.title for group in finding.thin])
        those = "their" if len(finding.thin) > 1 else "its"
        said.append(
            f"{sentence(names)}: not compared, since too few of {those} members have a "
            f"figure for {finding.period}."
        )
    return said


def alternative(
    finding: BenchmarkFinding, against: AgainstGroup, selection: Selection
) -> str:
    """Describe the chart of a comparison to a reader who does not see it."""
    indicator, found = finding.indicator, against.comparison
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
