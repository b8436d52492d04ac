"""Say how an indicator is measured, what it serves and where it comes from."""

from __future__ import annotations

from perfnb.breaks import definition_version
from perfnb.registers import Indicator
from perfnb.report.elements import Terms
from perfnb.report.words import POLARITY, sentence
from perfnb.selection import Selection

_SETS = {
    "NI": "the national indicators of 2008",
    "BVPI": "the best value performance indicators, retained",
    "LAA": "the local area agreement",
    "LOF": "the Local Outcomes Framework",
}


def definition(indicator: Indicator, selection: Selection) -> Terms:
    """Define an indicator for a reader who wants to know what was counted.

    Parameters
    ----------
    indicator : Indicator
        What is to be defined.
    selection : Selection
        For the framework that it serves and the lists that it comes from.

    Returns
    -------
    Terms
        Only what the register says; what it leaves blank is left out.
    """
    priority, outcome = selection.catalogue.outcome(indicator.outcome)
    made_up = {"published": "", "illustrative": " (illustrative)"}
    meanings = {
        "Definition": indicator.definition,
        "Version of the definition": _versions(indicator, selection),
        "Counted": _counted(indicator),
        "Unit": f"{indicator.unit}; {POLARITY[indicator.polarity]}",
        "Outcome": f"{outcome.title}{made_up[outcome.basis]}",
        "Priority": f"{priority.title}{made_up[priority.basis]}",
        "Taken from": _origin(indicator, selection),
        "How well it measures the outcome": indicator.robustness,
        "Figures from": indicator.data_supplier,
        "Owner": indicator.owner,
        "Note": indicator.note,
    }
    return Terms(
        f"How this is measured: {indicator.title}",
        {term: meaning for term, meaning in meanings.items() if meaning},
    )


def _versions(indicator: Indicator, selection: Selection) -> str:
    """Say which version holds in the quarter reported on, and what went before."""
    end = selection.quarter.end_time.date()
    breaks = [
        each
        for each in selection.catalogue.breaks_of(indicator.id)
        if each.kind == "definition" and each.start <= end
    ]
    if not breaks:
        return "1, the same for every figure held."
    changes = [
        f"Version {definition_version(breaks, each.start)} from {each.starts}: "
        f"{each.reason.rstrip('.')}."
        for each in sorted(breaks, key=lambda each: each.start)
    ]
    return (
        f"{definition_version(breaks, end)}. {' '.join(changes)} Figures of different "
        f"versions are not compared."
    )


def _counted(indicator: Indicator) -> str:
    if not indicator.denominator:
        return indicator.numerator
    return f"{indicator.numerator}; set against: {indicator.denominator}"


def _origin(indicator: Indicator, selection: Selection) -> str:
    """Name the list an indicator comes from, and how sure we are of that entry."""
    if indicator.set == "local":
        return "local to this workbook"
    origin = f"{indicator.reference_id or indicator.id} of {_SETS[indicator.set]}"
    listed = selection.reference.listed.get(indicator.reference_id)
    if listed is None or listed.certainty == "certain":
        return sentence(origin)
    doubt = "partly" if listed.certainty == "partly" else "not"
    return f"{sentence(origin)} (our record of that entry is {doubt} certain)"
