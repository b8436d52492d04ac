"""Compare an export of the performance system with what the workbook holds.

The system is the place where its figures, targets and statuses are kept. The
workbook changes nothing there and keeps no second copy: a figure that a service
has returned itself is compared and told where it differs, and only figures that no
return has are taken from the export.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from perfnb import observations as tidy
from perfnb.analysis.attainment import JUDGED, as_shown, attainment
from perfnb.analysis.targets import in_force
from perfnb.importing.reconciliation import (
    AGREE,
    COLUMNS,
    DIFFER,
    ONLY_RETURNS,
    ONLY_SYSTEM,
    Reconciliation,
)
from perfnb.ingest.opening.sheets import Sheet
from perfnb.ingest.published.extraction import Extraction
from perfnb.ingest.published.other_layouts import PerformanceSystem
from perfnb.ingest.published.profile import Column, Profile
from perfnb.ingest.published.published_figures import read_figure
from perfnb.ingest.published.published_tables import FoundTable, find_tables
from perfnb.quarters import Span, parse_period
from perfnb.registers import Indicator, Target
from perfnb.workbook import Workbook


def compare(
    extraction: Extraction,
    sheets: Sequence[Sheet],
    profile: Profile,
    workbook: Workbook,
) -> Reconciliation | None:
    """Compare the figures, targets and statuses of an export with the workbook's.

    Parameters
    ----------
    extraction : Extraction
        The figures of the export, of indicators that the register has or not.
    sheets : sequence of Sheet
        The export, for its other columns.
    profile : Profile
        With a performance system's columns.
    workbook : Workbook
        Registers and returns.

    Returns
    -------
    Reconciliation or None
        None when the file is no export of a performance system.
    """
    if profile.system is None:
        return None
    beside = _Beside(sheets, profile)
    held = _held(workbook, profile)
    known = workbook.catalogue.indicators
    rows = [
        _compared(row, known[row["indicator"]], beside, held, workbook)
        for row in extraction.rows.to_dict("records")
        if row["indicator"] in known
    ]
    rows += _only_held(rows, held)
    return Reconciliation(sheets[0].file, pd.DataFrame(rows, columns=COLUMNS))


class _Beside:
    """The columns of an export beside its figures."""

    def __init__(self, sheets: Sequence[Sheet], profile: Profile) -> None:
        self.system = profile.system or PerformanceSystem()
        found, _ = find_tables(sheets, profile)
        self._tables = {table.layout.sheet.name or "": table for table in found}
        self._markers = profile.markers

    def text(self, what: str, sheet: str, row: int) -> str:
        """Give a cell of a row of the export; blank where it has no such column."""
        table = self._tables.get(sheet)
        column = None if table is None else self._column(what, table)
        if table is None or column is None:
            return ""
        cells = table.layout.sheet.rows[row - 1]
        return cells[column].strip() if column < len(cells) else ""

    def target(self, sheet: str, row: int) -> float | None:
        """Give the target of a row; None where there is none or it is no number."""
        text = self.text("target", sheet, row)
        column = Column(heading=self.system.target, sign="%", has_thousands=True)
        figure = read_figure(text, column, self._markers, None)
        return float(figure) if isinstance(figure, Decimal) else None

    def status(self, sheet: str, row: int) -> str:
        """Give the status of a row as the profile says what it means."""
        typed = self.text("status", sheet, row).casefold()
        meant = {word.casefold(): said for word, said in self.system.statuses.items()}
        return meant.get(typed, "")

    def _column(self, what: str, table: FoundTable) -> int | None:
        headings = getattr(self.system, what)
        return next(iter(table.layout.columns(headings)), None) if headings else None


Held = dict[tuple[str, Span], dict[Any, Any]]


def _held(workbook: Workbook, profile: Profile) -> Held:
    """Give the newest figure of each indicator and period that a service returned."""
    own = profile.source.split("{", 1)[0]
    every = workbook.observations
    council = workbook.catalogue.council
    services = every[
        ~every["source"].astype(str).str.startswith(own)
        & every["area"].astype(str).eq(council)
        & every["characteristic"].eq(tidy.HEADLINE)
        & every["value"].notna()
    ]
    return {
        (str(row["indicator"]), Span(row["start"].date(), row["end"].date())): row
        for row in tidy.latest(services).to_dict("records")
    }


def _compared(
    row: dict[Any, Any],
    indicator: Indicator,
    beside: _Beside,
    held: Held,
    workbook: Workbook,
) -> dict[str, Any]:
    span = parse_period(row["period"])
    at = (row["published_sheet"], row["published_row"])
    value = _value(row, indicator)
    theirs = held.get((indicator.id, span))
    held_value = None if theirs is None else float(theirs["value"])
    target = in_force(
        workbook.catalogue.targets_of(indicator.id), span.start, span.end, indicator
    )
    status = attainment(
        value,
        target,
        polarity=indicator.polarity,
        decimals=indicator.decimals,
        methods=workbook.methods,
    ).status
    held_status = status if status in JUDGED else ""
    system_target, system_status = beside.target(*at), beside.status(*at)
    same = _same_target(system_target, target, indicator)
    return {
        "indicator": indicator.id,
        "period": span.label,
        "figures": _verdict(value, held_value, _alike(value, held_value, indicator)),
        "system_value": value,
        "held_value": held_value,
        "held_source": "" if theirs is None else str(theirs["source"]),
        "targets": _verdict(system_target, target, same),
        "system_target": system_target,
        "held_target": "" if target is None else _target(target),
        "statuses": _verdict(
            system_status or None, held_status or None, system_status == held_status
        ),
        "system_status": system_status,
        "held_status": held_status,
        "system_owner": beside.text("owner", *at),
        "held_owner": indicator.owner,
        "commentary": beside.text("commentary", *at),
        "published_sheet": at[0],
        "published_row": at[1],
    }


def _value(row: dict[Any, Any], indicator: Indicator) -> float | None:
    if row["numerator"] and row["denominator"] and indicator.per:
        return float(row["numerator"]) / float(row["denominator"]) * indicator.per
    return float(row["value"]) if row["value"] else None


def _verdict(system: object, held: object, same: bool) -> str:
    if system is None:
        return "" if held is None else ONLY_RETURNS
    if held is None:
        return ONLY_SYSTEM
    return AGREE if same else DIFFER


def _alike(one: float | None, other: float | None, indicator: Indicator) -> bool:
    if one is None or other is None:
        return False
    decimals = indicator.decimals
    return as_shown(one, decimals) == as_shown(other, decimals)


def _same_target(
    system: float | None, target: Target | None, indicator: Indicator
) -> bool:
    if target is None or target.value is None:
        return False
    return _alike(system, target.value, indicator)


def _target(target: Target) -> str:
    if target.value is not None:
        return f"{target.value:g}"
    return f"{target.low:g} to {target.high:g}" if target.low is not None else ""


def _only_held(rows: list[dict[str, Any]], held: Held) -> list[dict[str, Any]]:
    named = {row["indicator"] for row in rows}
    periods = {row["period"] for row in rows}
    there = {(row["indicator"], row["period"]) for row in rows}
    return [
        {
            "indicator": indicator,
            "period": span.label,
            "figures": ONLY_RETURNS,
            "held_value": float(row["value"]),
            "held_source": str(row["source"]),
            "targets": "",
            "statuses": "",
            "published_sheet": "",
            "published_row": 0,
        }
        for (indicator, span), row in held.items()
        if indicator in named
        and span.label in periods
        and (indicator, span.label) not in there
    ]
