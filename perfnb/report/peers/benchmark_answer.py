"""Answer in a sentence how a service compares with its peers."""

from __future__ import annotations

from collections.abc import Sequence

from perfnb.analysis.peers.among_peers import AgainstGroup, BenchmarkFinding
from perfnb.analysis.peers.benchmark import QUARTILES
from perfnb.report.elements import Prose
from perfnb.report.peers.benchmark_words import place
from perfnb.report.words import count, joined, plural, value_with_unit
from perfnb.selection import Selection

_VERDICTS = {
    "worse": "worse on",
    "better": "better on",
    "no clear difference": "not clearly different on",
}
_COURSES = {
    "worsening": ("Losing ground over time", "to"),
    "improving": ("Gaining ground over time", "on"),
}


def answer(findings: Sequence[BenchmarkFinding], selection: Selection) -> Prose:
    """Answer in a sentence how the service compares with its peers.

    Parameters
    ----------
    findings : sequence of BenchmarkFinding
        Every comparable indicator of the service.
    selection : Selection
        What the report is about.

    Returns
    -------
    Prose
        Better and worse only where the difference from the peers' median is
        more than chance; then the place on each such indicator; then where the
        gap moves by more than ups and downs.
    """
    title, council = selection.service.title, selection.council_name
    compared = [finding for finding in findings if finding.against]
    if not compared:
        text = f"{title}: nothing can be compared; no other council's figure is held."
        return Prose([text], role="answer")
    said = []
    tested = _with(compared, *_VERDICTS)
    if tested:
        groups = dict.fromkeys(_first(finding).group.title for finding in tested)
        counts = joined(_verdict_counts(tested))
        said.append(f"compared with {joined(list(groups))}, {council} is {counts}")
    neutral = _with(compared, "different")
    if neutral:
        which = plural(len(neutral), "indicator differs", "indicators differ")
        said.append(f"{which}, where neither higher nor lower is better")
    ranked = _with(compared, "position only")
    if ranked:
        said.append(_ranked(ranked, selection))
    said = said or [f"{council} has no figure that can be compared"]
    named = [
        f"{words}: {joined([_with_place(f) for f in theirs])}."
        for verdict, words in (("worse", "Worse"), ("better", "Better"))
        if (theirs := _with(tested, verdict))
    ]
    periods = joined(list(dict.fromkeys(f.period for f in compared)))
    lead = f"{title}, {periods}: {'; '.join(said)}."
    return Prose([lead, *named, *_over_time(compared)], role="answer")


def _first(finding: BenchmarkFinding) -> AgainstGroup:
    return finding.against[0]


def _with(
    findings: Sequence[BenchmarkFinding], *verdicts: str
) -> list[BenchmarkFinding]:
    return [each for each in findings if _first(each).comparison.verdict in verdicts]


def _with_place(finding: BenchmarkFinding) -> str:
    found = _first(finding).comparison
    own = value_with_unit(found.own_value, finding.indicator)
    return f"{finding.indicator.title} ({own} in {finding.period}, {place(found)})"


def _verdict_counts(findings: Sequence[BenchmarkFinding]) -> list[str]:
    verdicts = [_first(finding).comparison.verdict for finding in findings]
    counted = [
        (words, verdicts.count(verdict))
        for verdict, words in _VERDICTS.items()
        if verdict in verdicts
    ]
    (words, number), *rest = counted
    first = f"{words} {plural(number, 'indicator')}"
    return [first, *(f"{words} {count(number)}" for words, number in rest)]


def _ranked(findings: Sequence[BenchmarkFinding], selection: Selection) -> str:
    """Sum up the places on indicators whose differences cannot be tested."""
    placed: dict[str, list[int]] = {}
    for finding in findings:
        for each in finding.against:
            if each.comparison.quartile is not None:
                placed.setdefault(each.group.title, []).append(each.comparison.quartile)
    untested = plural(len(findings), "indicator")
    chance = "whether the differences are more than chance cannot be said"
    if not placed:
        return f"{untested} can be ranked; {chance}"
    # The group with most councils says most about a place.
    group, quartiles = list(placed.items())[-1]
    places = [
        f"in the {name} quarter of {group} on {count(quartiles.count(quartile))}"
        for name, quartile in (("worst", QUARTILES), ("best", 1))
        if quartile in quartiles
    ] or [f"in the middle half of {group} on all"]
    return (
        f"{selection.council_name} is {joined(places)} of {untested} ranked without "
        f"a test; {chance}"
    )


def _over_time(findings: Sequence[BenchmarkFinding]) -> list[str]:
    """Name the indicators on which the gap to the peers moves steadily."""
    said = []
    for meaning, (words, on) in _COURSES.items():
        moving = [
            f"{finding.indicator.title} ({on} {joined(groups)})"
            for finding in findings
            if (
                groups := [
                    each.group.title
                    for each in finding.against
                    if each.gap.meaning == meaning
                ]
            )
        ]
        if moving:
            said.append(f"{words}: {joined(moving)}.")
    return said
