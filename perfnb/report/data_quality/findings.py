"""Tell what is wrong in the returns: errors apart from warnings, in sheet order."""

from __future__ import annotations

from collections.abc import Sequence

from perfnb.analysis.data_quality.council import CouncilQuality
from perfnb.errors import Fault, Severity
from perfnb.findings import in_order, of_severity
from perfnb.report.data_quality.finding_words import shown
from perfnb.report.downloads import Download
from perfnb.report.elements import Element, Parts, Prose, Table
from perfnb.report.folded import Folded
from perfnb.report.tabled import Tabled
from perfnb.report.words import plural, sentence

_FEW = 5
"""Findings that are shown openly; more of them are folded away."""

_TOLD: tuple[tuple[Severity, str], ...] = (
    ("error", "kept a row or a file out"),
    ("warning", "let a figure in with a mark"),
)


def findings(found: CouncilQuality) -> Element:
    """List every error, then every warning, with its cell and how to mend it.

    Parameters
    ----------
    found : CouncilQuality
        What is known of the council's data quality.

    Returns
    -------
    Element
        Counts of people are left out (`perfnb.report.finding_words`).
    """
    told = shown(in_order(found.held.findings), found.held.catalogue.indicators)
    if not told:
        return Prose(["Nothing: every row of every return was accepted as it came."])
    parts: list[Element] = []
    for severity, what in _TOLD:
        faults = of_severity(told, severity)
        parts.append(Prose([_lead(faults, severity, what)]))
        if faults:
            table = _table(faults, severity)
            summary = f"All {len(faults)} {severity}s in the order of the files"
            parts.append(table if len(faults) <= _FEW else Folded(summary, [table]))
    return Parts(parts)


def _lead(faults: Sequence[Fault], severity: str, what: str) -> str:
    if not faults:
        return f"There is no {severity}."
    dimensions: dict[str, int] = {}
    for fault in faults:
        dimensions[fault.dimension] = dimensions.get(fault.dimension, 0) + 1
    by_kind = ", ".join(f"{name} {n}" for name, n in dimensions.items())
    said = sentence(plural(len(faults), severity))
    return f"{said} {what} (by what they touch: {by_kind})."


def _table(faults: Sequence[Fault], severity: str) -> Tabled:
    headings = ["File", "Cell", "Touches", "What is wrong and how to mend it"]
    rows = [
        [fault.file, fault.cell or "the whole file", fault.dimension, _message(fault)]
        for fault in faults
    ]
    caption = (
        "Errors, which keep rows out"
        if severity == "error"
        else ("Warnings, which let figures in with a mark")
    )
    return Tabled(
        Table(caption, headings, rows, whole=(1,)),
        Download(
            f"data-quality-{severity}s", ["file", "cell", "dimension", "message"], rows
        ),
    )


def _message(fault: Fault) -> str:
    """Give the message without its place, which stands in cells of its own."""
    place = ", ".join(part for part in (fault.file, fault.cell) if part)
    told = str(fault).removeprefix(place).lstrip(",: ")
    return sentence(told)
