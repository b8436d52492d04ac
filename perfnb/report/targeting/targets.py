"""Show a service against its targets: answer, attention, each one, those without."""

from __future__ import annotations

from collections.abc import Sequence

from perfnb.analysis.attainment import CLOSE, MET, NOT_MET
from perfnb.analysis.targeting.against_target import TargetFinding
from perfnb.report.change.trend_words import overdue
from perfnb.report.definitions import definition
from perfnb.report.elements import Element, Parts, Points, Prose, Section
from perfnb.report.folded import Folded
from perfnb.report.quality_words import quality_terms
from perfnb.report.targeting import target_charts
from perfnb.report.targeting.challenge_words import (
    are_they_right,
    challenge_sentences,
    doubts,
)
from perfnb.report.targeting.status_words import (
    STATUS,
    behind,
    directions,
    figure,
    in_a_row,
    room,
    rule,
    stands,
    status,
)
from perfnb.report.words import count, joined, sentence
from perfnb.selection import Selection

_WORST_FIRST = (NOT_MET, CLOSE)
_COUNTED = {
    CLOSE: ("was narrowly missed", "were narrowly missed"),
    NOT_MET: ("was missed", "were missed"),
}


def answer(findings: Sequence[TargetFinding], selection: Selection) -> Prose:
    """Answer in a sentence whether targets are met, and in another if they are right.

    Parameters
    ----------
    findings : sequence of TargetFinding
        Every indicator of the service.
    selection : Selection
        What the report is about.

    Returns
    -------
    Prose
        A service with one figure that is judged answers with what that says.
    """
    title = selection.service.title
    judged = [finding for finding in findings if finding.is_judged]
    if not judged:
        text = f"{title}: no figure can be held against a target."
        return Prose([text, *_why_not(findings)], role="answer")
    if len(judged) == 1:
        text = f"{title}: {judged[0].indicator.title}. {stands(judged[0])}"
        return Prose([text, *are_they_right(findings)], role="answer")
    lead = f"{title}{_up_to(judged)}: {_counts(judged)}{_made_up(judged)}."
    missed = [f"{f.indicator.title} ({figure(f)})" for f in _with(judged, NOT_MET)]
    named = [f"Missed: {joined(missed)}."] if missed else []
    return Prose([lead, *named, *are_they_right(findings)], role="answer")


def _counts(judged: Sequence[TargetFinding]) -> str:
    """Count the statuses: "one of four targets was met, one was narrowly ..."."""
    met = len(_with(judged, MET))
    of_them = f"{count(met) if met else 'none'} of {count(len(judged))} targets"
    said = [f"{of_them} {'was' if met < 2 else 'were'} met"]
    if len(_with(judged, NOT_MET)) == len(judged):
        return said[0]
    for word, (one, several) in _COUNTED.items():
        if times := len(_with(judged, word)):
            said.append(f"{count(times)} {one if times == 1 else several}")
    return joined(said)


def _made_up(judged: Sequence[TargetFinding]) -> str:
    targets = [finding.latest.target for finding in judged if finding.latest]
    made_up = sum(t is not None and t.basis == "illustrative" for t in targets)
    if made_up in (0, len(judged)):
        return " (illustrative targets)" if made_up else ""
    return f" ({count(made_up)} of them illustrative)"


def _up_to(judged: Sequence[TargetFinding]) -> str:
    """Say how far the figures reach when every one of them is overdue."""
    if not all(finding.trend.behind for finding in judged):
        return ""
    last = max(judged, key=lambda f: f.history.up_to_latest["end"].iloc[-1])
    return f", on figures up to {last.period}"


def _why_not(findings: Sequence[TargetFinding]) -> list[str]:
    by_word: dict[str, list[str]] = {}
    for finding in findings:
        by_word.setdefault(status(finding), []).append(finding.indicator.title)
    return [f"{word}: {joined(titles)}." for word, titles in by_word.items()]


def _with(findings: Sequence[TargetFinding], word: str) -> list[TargetFinding]:
    return [finding for finding in findings if finding.status == word]


def worst_first(findings: Sequence[TargetFinding]) -> list[TargetFinding]:
    """Order the missed targets: missed by more, for longer, by the larger share."""
    missed = [finding for finding in findings if finding.status in _WORST_FIRST]
    return sorted(
        missed,
        key=lambda f: (
            _WORST_FIRST.index(f.status),
            -f.history.off_target,
            -(f.latest.share or float("inf")) if f.latest else 0.0,
        ),
    )


def attention(findings: Sequence[TargetFinding]) -> Element:
    """List what needs attention: missed targets, doubtful ones, none at all."""
    missed = [
        f"{STATUS[f.status]}: {f.indicator.title}. {stands(f)}{_persistence(f)} "
        f"Owner: {f.indicator.owner}."
        for f in worst_first(findings)
    ]
    absent = [
        f"{f.indicator.title}: no target, and nothing says why. "
        f"Owner: {f.indicator.owner}."
        for f in _with(findings, "no target")
    ]
    unheard = [
        f"{f.indicator.title}: a target but no figure at all. "
        f"Owner: {f.indicator.owner}."
        for f in _with(findings, "no figure")
    ]
    listed = [*missed, *doubts(findings), *absent, *unheard]
    if not listed:
        return Prose(["No target is known to be missed, and none is in doubt."])
    return Points(listed)


def _persistence(finding: TargetFinding) -> str:
    row = in_a_row(finding)
    return f" Off target for {row}." if row else ""


def sections(findings: Sequence[TargetFinding], selection: Selection) -> Parts:
    """Show each indicator that has a target: status, chart, rule and test."""
    shown = [f for f in findings if f.is_judged or f.challenge is not None]
    if not shown:
        return Parts([Prose(["No indicator of this service has a target."])])
    return Parts([_section(finding, selection) for finding in shown])


def _section(finding: TargetFinding, selection: Selection) -> Section:
    indicator, found = finding.indicator, finding.latest
    lead = [stands(finding)] if finding.is_judged else [f"{status(finding)}."]
    notes = [behind(finding), _persistence(finding).strip(), room(finding)]
    said = [*lead, *filter(None, notes)]
    parts: list[Element] = [Prose([" ".join(said)])]
    if found is not None:
        parts.append(target_charts.chart(finding))
    beside = [note for note in (directions(finding), _late(finding)) if note]
    parts += [Points(beside)] if beside else []
    folded = [*_rules(finding, selection), *challenge_sentences(finding)]
    parts.append(
        Folded(f"Rule and test of the target: {indicator.title}", [Points(folded)])
    )
    parts.append(definition(indicator, selection))
    parts.append(quality_terms(indicator, selection, indicator.title))
    return Section(indicator.title, parts)


def _late(finding: TargetFinding) -> str:
    return sentence(overdue(finding.trend)) if finding.trend.behind else ""


def _rules(finding: TargetFinding, selection: Selection) -> list[str]:
    """Print the rule of the target, how it was set and who had a say."""
    found = finding.latest
    target = found.target if found is not None and found.target else finding.year_target
    if target is None:
        return []
    indicator = finding.indicator
    said = [f"Target for {target.period}. {rule(target, indicator, selection.methods)}"]
    said.append(f"How it was set: {target.rationale}")
    if target.basis == "published":
        voices = joined(target.voices) or "nobody besides officers"
        said.append(f"Who had a say: {voices}.")
    return said


def without(findings: Sequence[TargetFinding]) -> Element:
    """List the indicators without a target: by choice, for context or missing."""
    lines = [
        f"{f.indicator.title}: by choice. {f.choice.rationale}"
        for f in _with(findings, "no target by choice")
        if f.choice is not None
    ]
    lines += [
        f"{f.indicator.title}: for context. Neither more nor less is better, so no "
        f"target is set. Latest figure: {figure(f)}."
        for f in _with(findings, "context")
    ]
    lines += [
        f"{f.indicator.title}: missing. Owner: {f.indicator.owner}."
        for f in _with(findings, "no target")
    ]
    if not lines:
        return Prose(["Every indicator of this service has a target."])
    return Points(lines)
