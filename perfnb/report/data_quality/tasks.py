"""Say who must do what so that the figures can be relied on: owner by owner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from perfnb.analysis.data_quality.arrivals import OVERDUE, PASSED_OVER
from perfnb.analysis.data_quality.completeness import recent
from perfnb.analysis.data_quality.council import CouncilQuality
from perfnb.analysis.data_quality.evidence import Evidence
from perfnb.analysis.data_quality.ratings import SIGNED, Rating
from perfnb.errors import Fault
from perfnb.report.words import joined, plural, sentence

PERFORMANCE_TEAM = "Performance team"
"""Who keeps the registers and the workbook's folder."""

REGISTER = "data/registers/indicators.csv"
SIGN_OFF = "data/registers/sign_off.csv"
SOURCES = "data/registers/sources.csv"
_NAMED = 3


@dataclass(frozen=True)
class Task:
    """What somebody must do.

    Parameters
    ----------
    owner : str
        The post that must do it.
    what, where : str
        What is to be done, and where.
    is_urgent : bool
        Whether a figure waits for it; registers can wait longer.
    """

    owner: str
    what: str
    where: str
    is_urgent: bool


def tasks(found: CouncilQuality) -> tuple[Task, ...]:
    """List what must be done, urgent first, then by kind and owner."""
    listed = [
        *_mend(found),
        *_send(found),
        *_explain(found),
        *_sign(found),
        *_agree(found),
        *_registers(found),
        *_tidy(found),
    ]
    return tuple(sorted(listed, key=lambda task: not task.is_urgent))


def _mend(found: CouncilQuality) -> Iterator[Task]:
    """Have errors mended, and warnings looked at, file by file."""
    by_place: dict[tuple[str, str, str], list[Fault]] = {}
    for each in found.held.findings:
        owner = _owner(each.indicator, found)
        by_place.setdefault((owner, each.severity, each.file), []).append(each)
    for (owner, severity, file), faults in sorted(
        by_place.items(), key=lambda item: item[0][1]
    ):
        cells = [fault.cell for fault in faults if fault.cell]
        places = f"{file}{': ' if cells else ''}{_few(cells)}"
        if severity == "error":
            what = f"Mend {plural(len(faults), 'error')} in returns"
        else:
            what = f"Look at {plural(len(faults), 'warning')} in returns"
        yield Task(owner, what, places, is_urgent=severity == "error")


def _owner(indicator: str, found: CouncilQuality) -> str:
    known = found.held.catalogue.indicators.get(indicator)
    return known.owner if known else PERFORMANCE_TEAM


def _send(found: CouncilQuality) -> Iterator[Task]:
    """Ask for the figures that are overdue, and for gaps to be filled or explained."""
    awaited: dict[tuple[str, str, str, bool], list[str]] = {}
    for each in found.evidence:
        indicator = each.indicator
        for timing in (OVERDUE, PASSED_OVER):
            rows = each.arrivals[each.arrivals["timing"] == timing]
            if timing == PASSED_OVER:
                quarters = found.held.methods.data_quality_quarters
                rows = recent(rows, found.held.quarter, quarters)
            if len(rows):
                key = (indicator.owner, _periods(rows), indicator.data_supplier)
                group = awaited.setdefault((*key, timing == OVERDUE), [])
                group.append(indicator.title)
    for (owner, periods, supplier, is_urgent), titles in awaited.items():
        what = (
            f"Send {periods} of: {'; '.join(titles)}"
            if is_urgent
            else f"Fill or explain the gap of {periods} in: {'; '.join(titles)}"
        )
        where = f"Figures come from {supplier}" if supplier else "No supplier is named"
        yield Task(owner, what, where, is_urgent=is_urgent)


def _periods(rows: pd.DataFrame) -> str:
    names = [str(period) for period in rows["period"]]
    if len(names) <= _NAMED:
        return joined(names)
    return f"{names[0]} to {names[-1]} ({len(names)} figures)"


def _explain(found: CouncilQuality) -> Iterator[Task]:
    """Have jumps looked at that nothing registered explains."""
    methods = found.held.methods
    for each in found.evidence:
        rows = recent(
            each.jumps.found, found.held.quarter, methods.data_quality_quarters
        )
        periods = [
            str(period) for period in rows.loc[rows["explained"] == "", "period"]
        ]
        if periods:
            what = (
                f"Check the change of {joined(periods)} in: {each.indicator.title}; "
                f"correct the figure or say why it is right"
            )
            yield Task(each.indicator.owner, what, _files(each, periods), True)


def _files(evidence: Evidence, periods: Sequence[str]) -> str:
    rows = evidence.points[evidence.points["period"].isin(periods)]
    return f"Source {joined(list(dict.fromkeys(map(str, rows['source']))))}"


def _sign(found: CouncilQuality) -> Iterator[Task]:
    """Ask owners for their signature, and to look again where a check lowers it."""
    unsigned: dict[str, list[str]] = {}
    lowered: dict[str, list[str]] = {}
    for rating in found.ratings.values():
        owner = rating.indicator.owner
        if rating.signature != SIGNED:
            unsigned.setdefault(owner, []).append(_respects(rating))
        if rating.lowered:
            lowered.setdefault(owner, []).append(rating.indicator.title)
    for owner, titles in lowered.items():
        what = f"Look again at what was signed, which checks lower: {'; '.join(titles)}"
        yield Task(owner, what, SIGN_OFF, is_urgent=False)
    for owner, titles in unsigned.items():
        what = f"Sign off the data quality of: {'; '.join(titles)}"
        yield Task(owner, what, SIGN_OFF, is_urgent=False)


def _respects(rating: Rating) -> str:
    if not rating.sign_offs:
        return rating.indicator.title
    left = [each.dimension for each in rating.dimensions if not each.signed]
    return f"{rating.indicator.title} ({joined(left)})"


def _agree(found: CouncilQuality) -> Iterator[Task]:
    """Have owners agree what is collected twice and which source counts."""
    indicators = found.held.catalogue.indicators
    for pair in found.twins:
        first, second = indicators[pair.first], indicators[pair.second]
        owners = joined(list(dict.fromkeys([first.owner, second.owner])))
        what = f"Say why both are collected, or stop one: {first.title}; {second.title}"
        yield Task(owners, what, sentence(pair.said), is_urgent=False)
    for each in found.evidence:
        if len(each.systems.current) > 1:
            what = f"Choose one source of: {each.indicator.title}"
            where = joined(each.systems.current)
            yield Task(each.indicator.owner, what, where, is_urgent=False)


def _registers(found: CouncilQuality) -> Iterator[Task]:
    """Have owners named, definitions looked at again and days set."""
    for each in found.evidence:
        yield from _of_the_register(each, found)
    for titles, what in (
        (
            [e.indicator.title for e in found.evidence if e.registered.review_unset],
            "Set a day on which the definition is looked at again, for",
        ),
        (
            [e.indicator.title for e in found.evidence if e.registered.due_unset],
            "Set how many days after its period a figure is due, for",
        ),
    ):
        if titles:
            whom = _all_or(titles, len(found.evidence))
            yield Task(PERFORMANCE_TEAM, f"{what} {whom}", REGISTER, is_urgent=False)


def _of_the_register(evidence: Evidence, found: CouncilQuality) -> Iterator[Task]:
    indicator, state = evidence.indicator, evidence.registered
    if state.owner_vacant:
        manager = found.held.catalogue.services[indicator.service].manager
        yield Task(manager, f"Name an owner of: {indicator.title}", REGISTER, True)
    if state.review_overdue is not None:
        what = f"Look at the definition again: {indicator.title}"
        where = f"{REGISTER}, overdue by {state.review_overdue} days"
        yield Task(indicator.owner, what, where, is_urgent=False)
    if state.counts_unnamed:
        what = f"Say what is counted in: {indicator.title}"
        yield Task(indicator.owner, what, REGISTER, is_urgent=False)


def _all_or(titles: Sequence[str], whole: int) -> str:
    if len(titles) == whole and whole > 1:
        return f"all {whole} indicators"
    return "; ".join(titles)


def _tidy(found: CouncilQuality) -> Iterator[Task]:
    """Have files and sources that nobody uses registered or put away."""
    for stray in found.held.strays:
        what = (
            "Read the figures through the workbook"
            if stray.file.endswith(".ipynb")
            else "Bring the figures in as a return with a source, or put the file away"
        )
        yield Task(PERFORMANCE_TEAM, what, f"{stray.file} {stray.what}", False)
    if found.unused:
        names = _few([source.id for source in found.unused])
        what = "Say what these sources are for, or take them out of the register"
        yield Task(PERFORMANCE_TEAM, what, f"{SOURCES}: {names}", is_urgent=False)


def _few(names: Sequence[str]) -> str:
    shown = [*names[:_NAMED]]
    if left := len(names) - len(shown):
        shown.append(f"{left} more")
    return joined(shown)
