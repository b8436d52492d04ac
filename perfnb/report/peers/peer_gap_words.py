"""Say how the gap to the peers has moved, and who of the two moved it."""

from __future__ import annotations

from perfnb.analysis.peers.among_peers import AgainstGroup, BenchmarkFinding
from perfnb.analysis.peers.peer_gap import Change, PeerGap
from perfnb.analysis.verdicts import good_side
from perfnb.quarters import label
from perfnb.registers import Indicator
from perfnb.report.words import (
    NOTHING,
    count,
    number,
    plural,
    sentence,
    value_with_unit,
)
from perfnb.selection import Selection

_STEADY = {
    ("closing", "improving"): "The gap is closing: {name} is catching up.",
    ("closing", "worsening"): "The lead of {name} is shrinking.",
    ("closing", "changing"): "The gap is closing.",
    ("widening", "improving"): "{name} is pulling further ahead.",
    ("widening", "worsening"): "The gap is widening: {name} is falling further behind.",
    ("widening", "changing"): "The gap is widening.",
    ("crossing", "improving"): "{name} has moved from the worse side of the middle to "
    "the better one.",
    ("crossing", "worsening"): "{name} has moved from the better side of the middle to "
    "the worse one.",
    ("crossing", "changing"): "{name} has moved from one side of the middle to the "
    "other.",
}
_CELLS = {
    "improving": "▲\u00a0Gaining on them",
    "worsening": "▼\u00a0Losing ground",
    "changing": "◆\u00a0Changing",
}


def gap_cell(gap: PeerGap) -> str:
    """Write the course of the gap as a table has it."""
    if gap.meaning:
        return _CELLS[gap.meaning]
    if gap.direction == "no clear change":
        return "●\u00a0No real change"
    return NOTHING if gap.points.empty else "○\u00a0Cannot be judged yet"


def gap_sentences(
    finding: BenchmarkFinding, against: AgainstGroup, selection: Selection
) -> list[str]:
    """Say what the council and its peers did, and whether the gap moves steadily.

    Returns
    -------
    list of str
        What each did from the first period to the latest, the gap at both ends,
        what the test says. Two periods compared are never called a trend.
    """
    gap, indicator = against.gap, finding.indicator
    if gap.change is None:
        return []
    latest = gap.points.iloc[-1]
    last = label(latest["start"].date(), latest["end"].date())
    return [
        _moves(gap.change, last, indicator, against.group.title, selection),
        _distance(gap.change, float(latest["gap"]), indicator, selection),
        *_last_year(gap, indicator),
        steadiness(gap, selection),
        *_same_peers(gap.change, int(latest["n_peers"])),
    ]


def steadiness(gap: PeerGap, selection: Selection) -> str:
    """Say whether the gap closes or widens by more than ups and downs."""
    n = gap.slope.n
    if gap.meaning:
        said = _STEADY[gap.direction, gap.meaning].format(name=selection.council_name)
        return f"{said} Over {count(n)} figures that is more than ups and downs."
    if gap.direction == "no clear change":
        return (
            f"Over {count(n)} figures the gap neither closes nor widens by more than "
            "ups and downs."
        )
    if gap.slope.standing == "overlapping windows":
        return (
            "Whether the gap is closing cannot be said: each figure shares months with "
            "the one before."
        )
    least = selection.methods.minimum_points_for_slope
    return (
        f"Whether the gap is closing cannot be said yet: that takes {count(least)} "
        f"figures, and there {'is' if n == 1 else 'are'} {count(n)}."
    )


def _moves(
    change: Change, last: str, indicator: Indicator, title: str, selection: Selection
) -> str:
    first = label(change.start.date(), change.end.date())
    return (
        f"From {first} to {last} the figure of {selection.council_name} "
        f"{_rose(change.own, indicator)}, while the median of {title} "
        f"{_rose(change.median, indicator)}."
    )


def _rose(change: float, indicator: Indicator) -> str:
    if number(abs(change), indicator.decimals) == number(0, indicator.decimals):
        return "stayed the same"
    return f"{'rose' if change > 0 else 'fell'} by {_amount(abs(change), indicator)}"


def _amount(amount: float, indicator: Indicator) -> str:
    if indicator.is_percentage:
        return f"{number(amount, indicator.decimals)} percentage points"
    return value_with_unit(amount, indicator)


def _distance(
    change: Change, latest: float, indicator: Indicator, selection: Selection
) -> str:
    then, now = _side(latest - change.gap, indicator), _side(latest, indicator)
    return f"{selection.council_name} was {then} then and is {now} now."


def _last_year(gap: PeerGap, indicator: Indicator) -> list[str]:
    year, whole = gap.year, gap.change
    if year is None or whole is None or year.start == whole.start:
        return []
    return [
        f"In the last of these years its figure {_rose(year.own, indicator)} and the "
        f"median {_rose(year.median, indicator)}."
    ]


def _same_peers(change: Change, n_peers: int) -> list[str]:
    if change.n_same >= n_peers:
        return []
    return [
        f"{sentence(count(change.n_same))} of the {count(n_peers)} peers have a figure "
        "in both periods."
    ]


def _side(gap: float, indicator: Indicator) -> str:
    if number(abs(gap), indicator.decimals) == number(0, indicator.decimals):
        return "level with the median"
    side = "above" if gap > 0 else "below"
    good = good_side(indicator.polarity) * (1 if gap > 0 else -1)
    word = {1: " (better)", -1: " (worse)", 0: ""}[good]
    return f"{_amount(abs(gap), indicator)} {side} the median{word}"


def gap_alternative(
    finding: BenchmarkFinding, against: AgainstGroup, selection: Selection
) -> str:
    """Describe the chart of the gap to a reader who does not see it."""
    gap, indicator = against.gap, finding.indicator
    points = gap.points
    first, last = points.iloc[0], points.iloc[-1]
    periods = plural(len(points), "period")
    band = points["lower_quartile"].notna().any()
    return (
        f"Line chart of {indicator.title}, {indicator.unit}, for "
        f"{selection.council_name} and the median of {against.group.title}"
        f"{', with the middle half of them as a band' if band else ''}, over {periods} "
        f"from {label(first['start'].date(), first['end'].date())} to "
        f"{label(last['start'].date(), last['end'].date())}. "
        + " ".join(gap_sentences(finding, against, selection))
    )
