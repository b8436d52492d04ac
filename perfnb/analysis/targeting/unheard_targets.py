"""Which targets of groups and areas meet no figure? A slip in a name, or none held."""

from __future__ import annotations

from collections.abc import Iterable

from perfnb.analysis.targeting.part_targets import AREA, PartFinding
from perfnb.quarters import parse_period
from perfnb.registers import Target
from perfnb.selection import Selection


def unheard_targets(
    selection: Selection, findings: Iterable[PartFinding]
) -> tuple[Target, ...]:
    """List the targets of groups and areas that no figure is held against.

    Parameters
    ----------
    selection : Selection
        What the report is about.
    findings : iterable of PartFinding
        Those that are (`perfnb.analysis.targeting.part_targets.part_targets`).

    Returns
    -------
    tuple of Target
        In the order of the register, none whose period has yet to begin and none
        of a period before that of its breakdown, which is judged no longer.
    """
    judged: list[Target] = []
    newest: dict[tuple[str, str], str] = {}
    for finding in findings:
        judged += [found.target for found in finding.attainments if found.target]
        judged += [found.target for _, found in finding.gaps]
        newest[finding.indicator.id, finding.characteristic] = finding.period
    theirs = [
        target
        for indicator in selection.indicators
        for target in selection.catalogue.targets_of(indicator.id)
        if not target.is_headline and target.kind != "none"
    ]
    day = selection.quarter.end_time.date()
    return tuple(
        target
        for target in theirs
        if target not in judged
        and target.span.start <= day
        and not _is_past(target, newest)
    )


def _is_past(target: Target, newest: dict[tuple[str, str], str]) -> bool:
    characteristic = AREA if target.area else target.characteristic
    period = newest.get((target.indicator, characteristic))
    return period is not None and target.span.end < parse_period(period).start
