"""Say how a figure stands against its target: word, shape, distance and rule.

The words are true of either polarity: a target is met or missed, never "below".
"""

from __future__ import annotations

import pandas as pd

from perfnb.analysis.attainment import Attainment, allowed, bounds
from perfnb.analysis.targeting.against_target import TargetFinding
from perfnb.analysis.targeting.direction import Direction
from perfnb.methods import Methods
from perfnb.quarters import label
from perfnb.registers import Indicator, Target
from perfnb.report.target_words import aim, to_its_decimals
from perfnb.report.words import (
    NOTHING,
    joined,
    number,
    plural,
    sentence,
    value_of,
    value_with_unit,
)

STATUS = {
    "met": "✓\u00a0Met",
    "close": "◐\u00a0Close",
    "not met": "✗\u00a0Not met",
    "not due": f"{NOTHING}\u00a0Year not over",
    "no figure": f"{NOTHING}\u00a0No figure",
    "no target": f"{NOTHING}\u00a0No target",
    "no target by choice": f"{NOTHING}\u00a0No target by choice",
    "context": f"{NOTHING}\u00a0For context",
    "no good side": f"{NOTHING}\u00a0Not judged",
}
_STANDS = {
    "met": "meets the target of",
    "close": "narrowly misses the target of",
    "not met": "misses the target of",
}
_PERIODS = {
    "quarterly": "quarter",
    "annual": "year",
    "rolling": "edition",
    "snapshot": "yearly count",
}
_DIRECTION = {
    "better": "better than",
    "worse": "worse than",
    "same": "the same as",
    "higher": "higher than",
    "lower": "lower than",
}


def illustrative(target: Target | None) -> str:
    """Mark what comes of a target that is made up."""
    made_up = target is not None and target.basis == "illustrative"
    return " (illustrative)" if made_up else ""


def status(finding: TargetFinding) -> str:
    """Write the status with its shape, and whether its target is made up."""
    found = finding.latest
    judged = finding.is_judged and found is not None
    target = found.target if judged and found is not None else None
    return f"{STATUS[finding.status]}{illustrative(target or finding.choice)}"


def figure(finding: TargetFinding) -> str:
    """Say the figure that is judged: "33.1% in 2022-23"."""
    found = finding.latest
    if found is None:
        return "no figure"
    return f"{value_with_unit(found.value, finding.indicator)} in {finding.period}"


def stands(finding: TargetFinding) -> str:
    """Say how the figure stands: "33.1% in 2022-23 narrowly misses ..."."""
    found = finding.latest
    if found is None or found.target is None or not finding.is_judged:
        return f"{sentence(figure(finding))}."
    goal = aim(found.target, finding.indicator)
    said = f"{sentence(figure(finding))} {_STANDS[found.status]} {goal}"
    return f"{said}{_by(found, finding.indicator)}."


def _by(found: Attainment, indicator: Indicator) -> str:
    if not found.missed_by or found.target is None:
        return ""
    shown = to_its_decimals(found.target, indicator)
    share = "" if found.share is None else f", {number(100 * found.share)}% of it"
    return f" by {distance(found.missed_by, shown)}{share}"


def distance(far: float, indicator: Indicator) -> str:
    """Write how far two figures lie apart, in the indicator's unit."""
    if indicator.is_percentage:
        return f"{value_of(far, indicator)} percentage points"
    return value_with_unit(far, indicator)


def rule(target: Target, indicator: Indicator, methods: Methods) -> str:
    """Say when a target is met, when a miss is close and when it is more.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> from perfnb.workbook import open_workbook
    >>> catalogue = open_workbook(".").catalogue
    >>> methods = read_methods("parameters/methods.yaml")
    >>> target = catalogue.targets_of("NI191")[0]
    >>> rule(target, catalogue.indicators["NI191"], methods)
    'Met: 515.0 or less. Close: up to 566.5. Not met: more (illustrative).'
    """
    ends = bounds(target, indicator.polarity)
    shown = to_its_decimals(target, indicator)
    if ends is None:
        return "Not judged: neither more nor less is better."
    low, high = ends
    below, above = allowed(target, methods)
    parts = {
        "Met": _met(low, high, shown),
        "Close": _close(low, high, (below, above), shown),
        "Not met": _beyond(low, high),
    }
    if not (below or above):
        parts = {"Met": parts["Met"], "Not met": "anything else"}
        if target.tolerance is None and target.value == 0:
            parts["Close"] = "nothing, since a share of nought is nought"
    said = " ".join(f"{word}: {text}." for word, text in parts.items())
    return f"{said[:-1]}{illustrative(target)}."


def _met(low: float | None, high: float | None, shown: Indicator) -> str:
    if low is None or high is None:
        side = "or less" if low is None else "or more"
        return f"{value_of(high if low is None else low, shown)} {side}"
    if low == high:
        return f"{value_of(low, shown)} exactly"
    return f"{value_of(low, shown)} to {value_of(high, shown)}"


def _close(
    low: float | None,
    high: float | None,
    allowance: tuple[float, float],
    shown: Indicator,
) -> str:
    below = None if low is None else f"down to {value_of(low - allowance[0], shown)}"
    above = None if high is None else f"up to {value_of(high + allowance[1], shown)}"
    return " or ".join(text for text in (below, above) if text)


def _beyond(low: float | None, high: float | None) -> str:
    if low is not None and high is not None:
        return "further off"
    return "more" if low is None else "less"


def tolerance(target: Target, indicator: Indicator, methods: Methods) -> str:
    """Say how large a miss is still close, and whose rule that is."""
    whose = "house rule" if target.tolerance is None else "set for this target"
    if target.tolerance_kind == "points" and target.tolerance is not None:
        return f"{distance(target.tolerance, indicator)} ({whose})"
    share = methods.target_tolerance if target.tolerance is None else target.tolerance
    nothing = ", which is nought" if not any(allowed(target, methods)) else ""
    return f"{100 * share:.4g}% of the target{nothing} ({whose})"


def behind(finding: TargetFinding) -> str:
    """Say on which count the figure rests: "Counted: 53 of 167 households"."""
    if finding.latest is None:
        return ""
    row, indicator = finding.history.up_to_latest.iloc[-1], finding.indicator
    if pd.isna(row["numerator"]):
        return ""
    counted = number(row["numerator"])
    whole = row.get("denominator")
    if indicator.interval == "wilson" and pd.notna(whole):
        counted = f"{counted} of {number(whole)}"
    return f"Counted: {counted} {indicator.counted}."


def in_a_row(finding: TargetFinding, least: int = 2) -> str:
    """Say for how many periods the target has been missed, or nothing."""
    periods = finding.history.off_target
    if periods < least:
        return ""
    return f"{plural(periods, _PERIODS[finding.indicator.frequency])} in a row"


def two_points(found: Direction, indicator: Indicator) -> str:
    """Write a comparison of two points: "worse than 33.7 in 2021-22"."""
    if found.word == "no figure" or found.start is None or found.end is None:
        return f"{NOTHING}\u00a0no earlier figure"
    period = label(found.start.date(), found.end.date())
    shared = " (shares months with it)" if found.overlaps else ""
    before = value_of(found.before, indicator)
    return f"{_DIRECTION[found.word]} {before} in {period}{shared}"


def directions(finding: TargetFinding) -> str:
    """Say both comparisons in a sentence and that they are no trend."""
    indicator = finding.indicator
    near, far = finding.short, finding.long
    said = [two_points(near, indicator)] if near.start is not None else []
    if far.start is not None and far.start != near.start:
        said.append(two_points(far, indicator))
    if not said or near.now is None:
        return ""
    now = value_with_unit(near.now, indicator)
    points = "Two points only" if len(said) == 1 else "Each is of two points only"
    return f"The latest figure by itself, {now}, is {joined(said)}. {points}: no trend."


def room(finding: TargetFinding) -> str:
    """Say what the rest of the year may bring for the year's target to be met."""
    steps = finding.profile
    if steps is None or steps.left is None or steps.year_target is None:
        return ""
    goal = aim(steps.year_target, finding.indicator)
    left = value_with_unit(max(steps.left, 0.0), finding.indicator)
    if finding.indicator.polarity == "maximise":
        return (
            f"For the year's target of {goal} the rest of the year has to bring {left}."
        )
    if steps.left < 0:
        return f"The year's target of {goal} is already used up."
    return f"For the year's target of {goal} the rest may bring {left} at most."
