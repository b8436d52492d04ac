"""Answer whether the figures of a council can be relied on."""

from __future__ import annotations

from collections import Counter

from perfnb.analysis.data_quality.council import CouncilQuality
from perfnb.analysis.data_quality.grades import FAIR, GOOD, NOT_JUDGED, POOR
from perfnb.analysis.data_quality.ratings import PARTLY_SIGNED, SIGNED
from perfnb.findings import of_severity
from perfnb.quarters import write_quarter
from perfnb.report.elements import Prose
from perfnb.report.words import count, joined, plural, sentence
from perfnb.sign_offs import DIMENSIONS

_NAMED = 3
_FAILS = {
    "accuracy": "values are wrong or in doubt",
    "validity": "figures break the rules",
    "reliability": "it is not clear which source counts",
    "timeliness": "figures are late or overdue",
    "relevance": "the measure is weak",
    "completeness": "figures are missing",
}


def answer(found: CouncilQuality) -> Prose:
    """Answer in a sentence how far the figures can be relied on.

    Parameters
    ----------
    found : CouncilQuality
        What is known of the council's data quality.

    Returns
    -------
    Prose
        The counts of ratings; then what is poor most often, where, what became of
        the returns, and how many owners have signed.
    """
    held = found.held
    about = f"{held.council_name}, {write_quarter(held.quarter)}"
    if not found.ratings:
        return Prose([f"{about}: no indicator is in the register."], role="answer")
    lead = f"{about}: {_verdict(found)} {_counted(found)}"
    said = [_most_often(found), _where(found), _returns(found), _signed(found)]
    return Prose([lead, *filter(None, said)], role="answer")


def _verdict(found: CouncilQuality) -> str:
    counts, judged = found.counts, len(found.ratings) - found.counts[NOT_JUDGED]
    if not judged:
        return "it cannot be said."
    if counts[POOR] > judged / 2:
        return "for the most part not."
    if counts[POOR]:
        return "only in part."
    if counts[FAIR]:
        return "yes, with reservations."
    return "yes."


def _counted(found: CouncilQuality) -> str:
    """Count the ratings: "Of 13 indicators none is rated good, four fair ..."."""
    counts = found.counts
    good = counts[GOOD]
    told = [
        f"{count(good) if good else 'none'} {'are' if good > 1 else 'is'} rated good"
    ]
    told += [
        f"{count(counts[grade])} {grade}" for grade in (FAIR, POOR) if counts[grade]
    ]
    if counts[NOT_JUDGED]:
        told.append(f"{count(counts[NOT_JUDGED])} cannot be judged")
    return f"Of {plural(len(found.ratings), 'indicator')} {joined(told)}."


def _most_often(found: CouncilQuality) -> str:
    """Name the characteristics that are poor most often."""
    poor = Counter(
        each.dimension
        for rating in found.ratings.values()
        for each in rating.dimensions
        if each.grade == POOR
    )
    if not poor:
        return ""
    ranked = sorted(poor, key=lambda name: (-poor[name], DIMENSIONS.index(name)))
    told = [f"{_FAILS[name]} ({count(poor[name])})" for name in ranked[:_NAMED]]
    return f"What fails most often, by indicators: {joined(told)}."


def _where(found: CouncilQuality) -> str:
    """Say service by service how many of its indicators are poor."""
    poor: dict[str, list[bool]] = {}
    for rating in found.ratings.values():
        held = poor.setdefault(rating.indicator.service, [])
        held.append(rating.overall == POOR)
    services = found.held.catalogue.services
    told = [
        f"{services[service].title} ({count(sum(held))} of {count(len(held))})"
        for service, held in poor.items()
        if any(held)
    ]
    return f"Poor figures: {joined(told)}." if told else ""


def _returns(found: CouncilQuality) -> str:
    errors = len(of_severity(found.held.findings, "error"))
    warnings = len(of_severity(found.held.findings, "warning"))
    kept_out = (
        f"{sentence(plural(errors, 'error'))} kept rows or files out of the returns"
        if errors
        else "Nothing in the returns was kept out"
    )
    if not warnings:
        return f"{kept_out}."
    looked_at = "waits" if warnings == 1 else "wait"
    return f"{kept_out}; {plural(warnings, 'warning')} {looked_at} to be looked at."


def _signed(found: CouncilQuality) -> str:
    signatures = Counter(rating.signature for rating in found.ratings.values())
    n = len(found.ratings)
    whole, partly = signatures[SIGNED], signatures[PARTLY_SIGNED]
    if not whole + partly:
        return "No owner has signed off the figures of an indicator."
    said = f"Owners have signed off {count(whole)} of {count(n)} indicators"
    return f"{said}{f' and {count(partly)} in part' if partly else ''}."
