"""Say whether a target is met as a matter of course, by luck or not at all."""

from __future__ import annotations

from perfnb.analysis.attainment import figures_of, written_decimals
from perfnb.analysis.change.over_time import TrendFinding
from perfnb.methods import Methods
from perfnb.observations import period_labels
from perfnb.registers import Indicator, Target
from perfnb.report.words import NOTHING, count, plural, value_of, value_with_unit

ASSURANCE = {
    "consistently meets": "✓\u00a0Met every time",
    "consistently fails": "✗\u00a0Missed every time",
    "hit and miss": "?\u00a0Hit and miss",
    "no target": f"{NOTHING}\u00a0No target",
    "not assessed": "○\u00a0Cannot be said yet",
}
"""Word and sign of each verdict, as the symbols of Making Data Count read."""

_STAYS = "while things stay as they are"


def aim(target: Target, indicator: Indicator) -> str:
    """Write a target: "at least 35.0%", "0.20 to 0.60", and if it is made up."""
    made_up = " (illustrative)" if target.basis == "illustrative" else ""
    shown = to_its_decimals(target, indicator)
    if target.value is None:
        low = value_of(target.low, shown)
        return f"{low} to {value_with_unit(target.high, shown)}{made_up}"
    side = {"maximise": "at least ", "minimise": "at most "}
    written = value_with_unit(target.value, shown)
    return f"{side.get(indicator.polarity, '')}{written}{made_up}"


def to_its_decimals(target: Target, indicator: Indicator) -> Indicator:
    """Give an indicator the decimals that its target is written with, if more."""
    places = max(
        indicator.decimals, *(written_decimals(end) for end in figures_of(target))
    )
    return indicator.model_copy(update={"decimals": places})


def assured(finding: TrendFinding, methods: Methods) -> str:
    """Say in a sentence what the figures promise for the target.

    Parameters
    ----------
    finding : TrendFinding
        With at least one figure.
    methods : Methods
        House rules, whose numbers the sentence quotes.
    """
    found, target = finding.assurance, finding.target
    if target is None:
        points = finding.trend.points
        last = points[points["value"].notna()].iloc[-1:]
        # Where quarters add up, the year may have one, which is no quarter's.
        alone = " by itself" if finding.indicator.year_to_date == "sum" else ""
        return f"No target is set for {period_labels(last)[0]}{alone}."
    wanted = f"the target of {aim(target, finding.indicator)}"
    if found.verdict == "not assessed":
        return _not_said(finding, wanted, methods)
    if found.reason == "constant":
        meets = "meets" if found.verdict == "consistently meets" else "misses"
        every = plural(found.n, "figure is", "figures are")
        return f"All {every} the same, and each {meets} {wanted}."
    if found.verdict == "hit and miss":
        return (
            f"Whether {wanted} is met is a matter of luck {_STAYS}: it lies within the "
            "range of ordinary ups and downs."
        )
    if found.verdict == "consistently meets":
        return (
            f"T{wanted[1:]} will be met every time {_STAYS}: no ordinary ups and downs "
            f"reach beyond it.{_moving(finding)}"
        )
    return (
        f"T{wanted[1:]} will be missed every time {_STAYS}: ordinary ups and downs do "
        f"not reach it.{_moving(finding)}"
    )


def _moving(finding: TrendFinding) -> str:
    """Warn that a range with a change in it is not what is to be expected now."""
    if finding.trend.variation in ("improvement", "concern", "change"):
        return " But the figures are changing, so this may not hold."
    if finding.assurance.verdict == "consistently fails":
        return " Meeting it takes a change in how things are done."
    return ""


def _not_said(finding: TrendFinding, wanted: str, methods: Methods) -> str:
    reason, n = finding.assurance.reason, finding.assurance.n
    because = {
        "overlapping windows": "each figure shares months with the one before",
        "no side is good": "neither more nor less is better here",
        "single figure": "no figure hits a single value every time; the register "
        "should give a range",
        "no moving range": "neighbouring figures do not differ, so they do not say how "
        "far figures vary",
    }.get(
        reason, f"that needs {count(methods.settled_points)} figures; it has {count(n)}"
    )
    return f"Whether {wanted} will be met cannot be said: {because}."


def assurance_of(finding: TrendFinding) -> str:
    """Write the verdict on the target as a table has it."""
    made_up = finding.target is not None and finding.target.basis == "illustrative"
    illustrative = " (illustrative)" if made_up else ""
    return f"{ASSURANCE[finding.assurance.verdict]}{illustrative}"


def missed(finding: TrendFinding) -> str:
    """Say that a target is out of reach, or nothing."""
    if finding.assurance.verdict != "consistently fails" or finding.target is None:
        return ""
    wanted = aim(finding.target, finding.indicator)
    told = f"the target of {wanted} will be missed every time {_STAYS}."
    return f"{told}{_moving(finding)}"
