"""What no longer agrees with the ledger of returns.

A return that has changed since it came is told and keeps no figure out: its digest
says that something is different, and not which row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from perfnb.errors import Fault
from perfnb.receipts import LEDGER, Receipt, day_of, digest, read_receipts, wanting


def ledger_findings(
    folder: Path, observations: pd.DataFrame, told: Iterable[Fault] = ()
) -> list[Fault]:
    """Tell what does not agree with the ledger.

    Parameters
    ----------
    folder : pathlib.Path
        The workbook's folder.
    observations : pandas.DataFrame
        The tidy frame: source_file, source_sheet, source_row, source, received.
    told : iterable of Fault
        What else is wrong with the returns: one that is still to be filled in or
        mended cannot be recorded yet, so it is not asked for.

    Returns
    -------
    list of Fault
        Errors: faults of the ledger itself, returns that hold something else than
        when they came, and returns that are gone. Warnings: returns whose figures
        are used and that are not in the ledger yet, and figures that came later
        than their source says, so that they would appear in reports as at a day
        before they came.
    """
    receipts, faults = read_receipts(folder)
    recorded = {each.file: each for each in receipts}
    not_ready = wanting(told)
    files = observations["source_file"].astype(str).unique()
    used = [file for file in files if file not in not_ready]
    return [
        *faults,
        *altered(folder, receipts),
        *_unrecorded(used, recorded, there=(folder / LEDGER).is_file()),
        *_too_early(observations, recorded),
    ]


def altered(folder: Path, receipts: Iterable[Receipt]) -> list[Fault]:
    """Name the returns that hold something else than when they came, or are gone."""
    return [
        fault
        for receipt in receipts
        if (fault := _fault_of(folder / receipt.file, receipt)) is not None
    ]


def _fault_of(path: Path, receipt: Receipt) -> Fault | None:
    came = f"on {day_of(receipt.received)}"
    if not path.is_file():
        return Fault(
            receipt.file,
            f"this file to be there, since it came {came}",
            remedy="Restore it. A figure that no longer holds is replaced by a new "
            "return with a later source.",
            dimension="reliability",
        )
    if digest(path) == receipt.digest:
        return None
    return Fault(
        receipt.file,
        f"what it held when it came {came}",
        found="other content",
        remedy="Put the correction into a new return with a later source, and restore "
        "this file.",
        dimension="reliability",
    )


def _unrecorded(
    used: Iterable[str], recorded: Mapping[str, Receipt], *, there: bool
) -> list[Fault]:
    missing = [file for file in used if file not in recorded]
    remedy = "Run 'perfnb receive', so that a later change is seen."
    if not there and missing:
        expected = f"this ledger, to record the returns that have come ({len(missing)})"
        return [_warning(LEDGER, expected, remedy)]
    return [
        _warning(file, f"a return that is recorded in {LEDGER}", remedy)
        for file in missing
    ]


def _too_early(
    observations: pd.DataFrame, recorded: Mapping[str, Receipt]
) -> list[Fault]:
    columns = ["source_file", "source", "received"]
    rows: Iterable[Any] = observations.drop_duplicates(columns).itertuples(index=False)
    return [
        _early(row, came)
        for row in rows
        if row.source_file in recorded
        and row.received.date() < (came := recorded[row.source_file].received)
    ]


def _early(row: Any, came: date) -> Fault:
    return _warning(
        row.source_file,
        f"figures of a source that was received on {day_of(came)}, when this return "
        f"came; {row.source} was received on {day_of(row.received)}, so reports as at "
        f"a day in between would show what had not come yet",
        "Give the figures a source of their own in data/registers/sources.csv.",
        row=int(row.source_row),
        sheet=row.source_sheet or None,
    )


def _warning(
    file: str,
    expected: str,
    remedy: str,
    *,
    row: int | None = None,
    sheet: str | None = None,
) -> Fault:
    return Fault(
        file,
        expected,
        remedy=remedy,
        row=row,
        sheet=sheet,
        severity="warning",
        dimension="reliability",
    )
