"""Say where the council lies in a funnel, and how that fits the other verdict."""

from __future__ import annotations

from perfnb.analysis.peers.among_peers import AgainstGroup, BenchmarkFinding
from perfnb.analysis.peers.funnel import Funnel
from perfnb.analysis.verdicts import good_side
from perfnb.registers import Indicator
from perfnb.report.words import NOTHING, count, plural, sentence, value_with_unit
from perfnb.selection import Selection

_APART = ("better", "worse", "different")


def unusual(against: AgainstGroup, indicator: Indicator) -> str:
    """Say in a word how the council lies: better, worse, different, as usual.

    Returns
    -------
    str
        'better', 'worse', 'different' (no side is good), 'within' or '' where
        there is no funnel.
    """
    place = against.funnel_place
    if place is None:
        return ""
    side, good = int(place["side"]), good_side(indicator.polarity)
    if side == 0:
        return "within"
    return {0: "different", 1: "better", -1: "worse"}[side * good]


def funnel_cell(against: AgainstGroup, indicator: Indicator) -> str:
    """Write the place in the funnel as a table has it."""
    return {
        "": NOTHING,
        "within": "●\u00a0As most councils",
        "better": "▲\u00a0Unusually good",
        "worse": "▼\u00a0Unusually bad",
        "different": "◆\u00a0Unusual",
    }[unusual(against, indicator)]


def funnel_sentences(
    finding: BenchmarkFinding, against: AgainstGroup, selection: Selection
) -> list[str]:
    """Say in a sentence or three where the council lies in the funnel.

    The average of a funnel and the median are two things, and so are the two
    verdicts: where they seem to disagree, the last sentence says why both hold.

    Returns
    -------
    list of str
        Nothing where there is no funnel.
    """
    place, found = against.funnel_place, against.funnel
    if place is None or found is None:
        return []
    indicator, name = finding.indicator, selection.council_name
    average = value_with_unit(found.average, indicator)
    who = f"the average of {against.group.title}, {average}"
    how = unusual(against, indicator)
    if how == "within":
        text = f"Beside {who}, {name} is not unusual for a council of its size."
    else:
        above = "high" if int(place["side"]) > 0 else "low"
        text = f"Beside {who}, {name} is unusually {above} for a council of its size"
        text += f", which is {how}." if how != "different" else "."
    rare = [] if how == "within" else [_how_rare(found, str(place["category"]))]
    return [text, *_allowance(found), *rare, *_reconciled(against, how)]


def _how_rare(found: Funnel, category: str) -> str:
    tail = float(category.split("(")[1].rstrip(")"))
    lead = "Even so, only" if found.widened else "By chance alone only"
    return f"{lead} one council in {1 / tail:,.0f} would lie so far out on that side."


def _allowance(found: Funnel) -> list[str]:
    if not found.widened:
        return []
    return ["Councils differ here by more than chance, and the limits allow for that."]


def _reconciled(against: AgainstGroup, how: str) -> list[str]:
    apart = against.comparison.verdict in _APART
    if apart and how == "within":
        return [
            "So the difference from the middle council is real, but many councils are "
            "as far from it."
        ]
    if not apart and how != "within":
        return [
            "The middle council and the average are two things: a few large or extreme "
            "councils move the average."
        ]
    return []


def funnel_alternative(
    finding: BenchmarkFinding, against: AgainstGroup, selection: Selection
) -> str:
    """Describe the funnel to a reader who does not see it."""
    found, indicator = against.funnel, finding.indicator
    if found is None:
        return ""
    others = found.points[~found.points["area"].eq(selection.council)]
    outer = others["category"].str.startswith(("High", "Low")).sum()
    levels = " and ".join(f"{100 * level:.4g}%" for level in found.levels)
    average = value_with_unit(found.average, indicator)
    outside = sentence(plural(int(outer), "other lies", "others lie"))
    return (
        f"Funnel plot of {indicator.title}, {indicator.unit}, {finding.period}: "
        f"{count(len(others))} councils by size ({indicator.denominator}), with the "
        f"{levels} limits around the average of {average}. {outside} outside them. "
        + " ".join(funnel_sentences(finding, against, selection)[:1])
    )
