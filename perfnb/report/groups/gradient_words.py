"""Say how a value rises or falls from the most to the least deprived."""

from __future__ import annotations

from perfnb.analysis.groups.between_groups import BreakdownFinding
from perfnb.analysis.groups.gradient import Gradient
from perfnb.analysis.groups.inequality import SlopeIndex
from perfnb.registers import Indicator
from perfnb.report.elements import rows_of
from perfnb.report.groups.breakdown_words import group_with_value, heading
from perfnb.report.words import count, joined, number, plural, value_of, value_with_unit

_VERDICTS = {
    "worse": "The more deprived their area, the worse people fare.",
    "better": "The more deprived their area, the better people fare.",
    "different": "The value changes with deprivation; neither way is better.",
    "no clear gradient": "That is no clear slope: it may be chance.",
}


def verdict(finding: BreakdownFinding) -> list[str]:
    """Say what the slope shows, the finding first; nothing without a gradient."""
    found = finding.gradient
    if found is None or found.verdict == "not assessed":
        return []
    if found.index is None:
        why = found.method.removeprefix("No slope: ")
        return [f"No slope from the most to the least deprived: {why}"]
    said = [f"{_VERDICTS[found.verdict]} {_slope(found.index, finding.indicator)}"]
    if found.n_without:
        left = plural(found.n_without, "group has", "groups have")
        said.append(
            f"The slope is laid through {count(found.n_groups)} groups; {left} no "
            "figure that can be shown, so it may mislead."
        )
    return said


def _slope(index: SlopeIndex, indicator: Indicator) -> str:
    first, last = (
        value_of(each, indicator) for each in (index.first_end, index.last_end)
    )
    unit = "%" if indicator.is_percentage else f" {indicator.unit}"
    side = "less" if index.slope < 0 else "more"
    ends = sorted([abs(index.lower_slope), abs(index.upper_slope)])
    apart, low, high = (
        number(each, indicator.decimals) for each in (abs(index.slope), *ends)
    )
    limits = f" ({low} to {high})" if index.lower_slope * index.upper_slope > 0 else ""
    return (
        f"From the most deprived end of the district to the least the line goes from "
        f"{first} to {last}{unit}, {apart}{limits} {side}{_times(index)}."
    )


def _times(index: SlopeIndex) -> str:
    if index.relative is None:
        return ""
    over = index.relative < 1
    numbers = [index.relative, index.lower_relative, index.upper_relative]
    times, *limits = (
        None if each is None else 1 / each if over else each for each in numbers
    )
    which = "most" if over else "least"
    known = [each for each in limits if each is not None]
    within = f" ({number(min(known), 1)} to {number(max(known), 1)})" if known else ""
    return f": {number(times, 1)} times{within} as much at the {which} deprived end"


def counted(finding: BreakdownFinding, gradient: Gradient) -> str:
    """Say what stands behind a slope: "4,831 incidents in five groups"."""
    what = finding.indicator.counted or "events"
    groups = plural(gradient.n_groups, "group")
    return f"{number(gradient.n_events)} {what} in {groups}"


def alternative(finding: BreakdownFinding, index: SlopeIndex) -> str:
    """Describe the chart of a slope to a reader who does not see it."""
    indicator = finding.indicator
    shown = index.groups[index.groups["value"].notna()]
    values = joined([group_with_value(row, finding) for row in rows_of(shown)])
    last = value_with_unit(index.last_end, indicator)
    return (
        f"Dots of {heading(finding)}, {finding.period}, from the most to the least "
        f"deprived, with a line through them: {values}. The line goes from "
        f"{value_of(index.first_end, indicator)} to {last}."
    )
