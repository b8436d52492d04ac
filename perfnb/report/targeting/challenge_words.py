"""Say whether targets are challenging and realistic, and what that rests on."""

from __future__ import annotations

from collections.abc import Sequence

from perfnb.analysis.targeting.against_target import TargetFinding
from perfnb.analysis.targeting.challenge import FINDINGS, NOT_TESTED, Challenge
from perfnb.analysis.targeting.peer_reach import PeerReach
from perfnb.registers import Indicator
from perfnb.report.elements import Element, Prose, Table, Terms
from perfnb.report.target_words import aim
from perfnb.report.words import (
    NOTHING,
    count,
    joined,
    number,
    plural,
    sentence,
    value_of,
    value_with_unit,
)

_WORDS = {
    "impossible": ("cannot be reached by any figure",) * 2,
    "wrong scale": ("looks like a slip of scale", "look like slips of scale"),
    "zero": ("is nought, which leaves no room", "are nought, which leaves no room"),
    "below current performance": (
        "asks for less than is already reached",
        "ask for less than is already reached",
    ),
    "never achieved by any peer": (
        "is one that no peer reaches",
        "are ones that no peer reaches",
    ),
    "inside noise": (
        "lies within ordinary ups and downs, so that chance alone can meet it",
        "lie within ordinary ups and downs, so that chance alone can meet them",
    ),
    "same as current performance": (
        "asks for what is already reached",
        "ask for what is already reached",
    ),
    "stretch": (
        "asks for more than the figures lead to",
        "ask for more than the figures lead to",
    ),
    "realistic": (
        "asks for more than now and is within reach",
        "ask for more than now and are within reach",
    ),
    "better than current performance": (
        "asks for more than now; whether it can be reached is not known",
        "ask for more than now; whether they can be reached is not known",
    ),
    NOT_TESTED: (
        "cannot be tested, since nothing to test it against is held",
        "cannot be tested, since nothing to test them against is held",
    ),
}
_DOUBTFUL = (
    "impossible",
    "wrong scale",
    "zero",
    "below current performance",
    "never achieved by any peer",
)
_MEANS = {
    "impossible": "Cannot be reached: a figure below nought, or a share above 100%",
    "wrong scale": "Slip of scale: many times the highest or a fraction of the lowest "
    "figure ever held, such as 0.33 for 33; first of all to be checked",
    "zero": "Nought: a target that a single case misses and no tolerance softens",
    "below current performance": "Less than is already reached: standing still, or "
    "worse, would count as a success",
    "never achieved by any peer": "No peer reaches it: it may be out of reach",
    "inside noise": "Within ordinary ups and downs: met and missed by chance alone",
    "same as current performance": "What is already reached: it holds the line",
    "stretch": "More than the figures lead to: it takes a change in how things are "
    "done",
    "realistic": "Within reach: better than now, and the figures lead there or a "
    "enough of the peers are there",
    "better than current performance": "More than now: neither a long enough series "
    "nor peers tell whether it can be reached",
}


def tried(findings: Sequence[TargetFinding]) -> list[tuple[Indicator, Challenge]]:
    """List the targets that were tested, with their indicators."""
    return [(f.indicator, f.challenge) for f in findings if f.challenge is not None]


def are_they_right(findings: Sequence[TargetFinding]) -> list[str]:
    """Say in a sentence how demanding the targets are; nothing without any."""
    all_tested = tried(findings)
    if not all_tested:
        return []
    counted = [
        (sum(test.verdict == verdict for _, test in all_tested), words)
        for verdict, words in _WORDS.items()
    ]
    said = [
        f"{count(times)} {one if times == 1 else several}"
        for times, (one, several) in counted
        if times
    ]
    made_up = _made_up([test for _, test in all_tested])
    if len(all_tested) == 1:
        one = _WORDS[all_tested[0][1].verdict][0]
        return [f"The target for {all_tested[0][1].target.period}{made_up} {one}."]
    lead = f"Of the {count(len(all_tested))} targets that were tested{made_up}"
    return [f"{lead}, {'; '.join(said)}."]


def _made_up(tests: Sequence[Challenge]) -> str:
    made_up = sum(test.target.basis == "illustrative" for test in tests)
    if made_up in (0, len(tests)):
        return " (illustrative)" if made_up else ""
    return f" ({count(made_up)} of them illustrative)"


def doubts(findings: Sequence[TargetFinding]) -> list[str]:
    """List the targets that are hardly the right ones, with their owners."""
    return [
        f"{indicator.title}: {_asks(indicator, test)}. Owner of the target: "
        f"{indicator.owner}."
        for indicator, test in tried(findings)
        if test.verdict in _DOUBTFUL
    ]


def _asks(indicator: Indicator, test: Challenge) -> str:
    goal = aim(test.target, indicator)
    words = [_WORDS[found][0] for found in test.findings]
    return f"the target for {test.target.period}, {goal}, {joined(words)}"


def challenge_sentences(finding: TargetFinding) -> list[str]:
    """Say what the test of an indicator's target found, and on which figures."""
    test, indicator = finding.challenge, finding.indicator
    if test is None:
        return []
    rests = [
        *_on_the_past(indicator, test),
        *_on_the_outlook(indicator, test),
        *_on_chance(finding, test),
        *_on_peers(indicator, test),
    ]
    return [f"{sentence(_asks(indicator, test))}.", *rests]


def _on_the_past(indicator: Indicator, test: Challenge) -> list[str]:
    if test.baseline is None:
        return ["No figure from before its period is held."]
    before = value_with_unit(test.baseline, indicator)
    held = plural(test.n, "figure is", "figures are")
    return [
        f"The latest figure before its period is {before} in {test.baseline_period}; "
        f"{held} held from before."
    ]


def _on_the_outlook(indicator: Indicator, test: Challenge) -> list[str]:
    if test.outlook is None:
        return []
    seen = value_with_unit(test.outlook.value, indicator)
    return [
        f"If nothing changes: {seen}{_range(test, indicator)} ({test.outlook.method})."
    ]


def _range(test: Challenge, indicator: Indicator) -> str:
    seen = test.outlook
    if seen is None or seen.lower is None or seen.upper is None:
        return ""
    low, high = (value_of(end, indicator) for end in (seen.lower, seen.upper))
    return f", range {low} to {high}"


def _on_chance(finding: TargetFinding, test: Challenge) -> list[str]:
    if test.limits is None:
        return []
    low, high = (value_of(limit, finding.indicator) for limit in test.limits)
    n = plural(finding.trend.trend.n, "figure")
    return [f"Ordinary ups and downs reach from {low} to {high} (limits of {n})."]


def _on_peers(indicator: Indicator, test: Challenge) -> list[str]:
    peers = test.peers
    if peers is None:
        return []
    said = f"{sentence(_reaching(peers))} meet it in {peers.period} ({peers.group})"
    known = {
        "median": peers.median,
        "best quarter from": peers.best_quartile,
        "best": peers.best,
    }
    values = [
        f"{name} {value_of(value, indicator)}"
        for name, value in known.items()
        if value is not None
    ]
    return [f"{said}{': ' if values else ''}{', '.join(values)}."]


def _reaching(peers: PeerReach) -> str:
    return f"{count(peers.n_reaching)} of {number(peers.n)} peers"


def challenge_table(findings: Sequence[TargetFinding]) -> Element:
    """Set the tests of all targets side by side."""
    rows = [_row(indicator, test) for indicator, test in tried(findings)]
    if not rows:
        return Prose(["No target of this service could be tested."])
    return Table(
        caption="What each target asks for",
        headings=[
            "Indicator",
            "Target",
            "What it asks for",
            "Latest figure before",
            "If nothing changes",
            "Ordinary ups and downs",
            "Peers that meet it",
        ],
        rows=rows,
    )


def _row(indicator: Indicator, test: Challenge) -> list[str]:
    baseline = NOTHING
    if test.baseline is not None:
        before = value_of(test.baseline, indicator)
        baseline = f"{before} in {test.baseline_period} (n\u00a0=\u00a0{test.n})"
    seen = NOTHING
    if test.outlook is not None:
        value = value_of(test.outlook.value, indicator)
        seen = f"{value}{_range(test, indicator)} ({test.outlook.method})"
    limits = NOTHING
    if test.limits is not None:
        low, high = (value_of(limit, indicator) for limit in test.limits)
        limits = f"{low} to {high}"
    peers = NOTHING
    if test.peers is not None:
        reaching = f"{test.peers.n_reaching} of {test.peers.n}"
        peers = f"{reaching} ({test.peers.group}, {test.peers.period})"
    return [
        indicator.title,
        f"{aim(test.target, indicator)}, {test.target.period}",
        sentence("; ".join(_WORDS[found][0] for found in test.findings)),
        baseline,
        seen,
        limits,
        peers,
    ]


def challenge_key() -> Element:
    """Explain what can be found of a target."""
    meanings = [_MEANS[found].split(": ", 1) for found in FINDINGS]
    return Terms("What a target can ask for", dict(meanings))
