"""The ledger of returns: what came, on which day, and what it held.

A return that has come is never changed and never taken away: a correction is a
new return with a later source, so that what was reported can be made again as at
any day. The ledger (``data/returns/receipts.csv``) holds the digest of every
return as it came; rows are added to it and never changed. What no longer agrees
with it, `perfnb.ledger_findings` tells.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pandas as pd
from pydantic import Field

from perfnb.errors import Fault, ParameterError, ReturnError
from perfnb.files import relative
from perfnb.harmless import csv_text
from perfnb.records import Record, read_csv

LEDGER = "data/returns/receipts.csv"
"""Where the ledger lies, relative to the workbook's folder."""

RETURNS = "data/returns/"
TEXT_ENDINGS = frozenset({".csv", ".tsv", ".txt"})
_PIECE = 1 << 20


class Receipt(Record):
    """One return as it came."""

    # What is remembered of a workbook depends on nothing outside its data.
    file: str = Field(
        pattern=r"^data/returns(/[^/.][^/]*)+$",
        description="a file in data/returns",
    )
    digest: str = Field(
        pattern=r"^[0-9a-f]{64}$",
        description="a SHA-256 of 64 digits and letters from a to f",
    )
    received: date
    note: str = ""


def digest(path: Path) -> str:
    """Give the SHA-256 of a return; of a text whatever its line ends.

    Git and editors write line ends as the machine has them, and that changes no
    figure. Workbooks are taken byte by byte.

    Parameters
    ----------
    path : pathlib.Path
        The file.

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    found = hashlib.sha256()
    if path.suffix.lower() not in TEXT_ENDINGS:
        with path.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    # Latin-1 gives back every byte as it was, so only the line ends are changed.
    with path.open(encoding="latin-1", newline=None) as text:
        while piece := text.read(_PIECE):
            found.update(piece.encode("latin-1"))
    return found.hexdigest()


def read_receipts(folder: Path) -> tuple[list[Receipt], list[Fault]]:
    """Read the ledger of a workbook.

    Parameters
    ----------
    folder : pathlib.Path
        The workbook's folder.

    Returns
    -------
    receipts : list of Receipt
        In the order of the ledger; none where there is no ledger yet.
    faults : list of Fault
        What is wrong with its rows.
    """
    path = folder / LEDGER
    if not path.is_file():
        return [], []
    return read_csv(path, Receipt, folder=folder, key=["file"])


def came_after(folder: Path, day: date) -> frozenset[str]:
    """Name the returns that came after a day, as far as the ledger says."""
    receipts, _ = read_receipts(folder)
    return frozenset(each.file for each in receipts if each.received > day)


def record(
    folder: Path,
    observations: pd.DataFrame,
    found: Iterable[Fault],
    *,
    received: date,
    note: str = "",
) -> tuple[list[Receipt], dict[str, str]]:
    """Add the returns that have come to the ledger.

    From then on a return stays as it is, so one that still has errors or rows to
    be filled in is left out: it can be mended first.

    Parameters
    ----------
    folder : pathlib.Path
        The workbook's folder.
    observations : pandas.DataFrame
        The tidy frame, for which returns have figures in it.
    found : iterable of Fault
        All findings of the workbook.
    received : datetime.date
        The day on which they came.
    note : str
        Whatever is to be remembered of them.

    Returns
    -------
    added : list of Receipt
        The new rows, in the order of the files.
    left_out : dict of str to str
        Returns that were not recorded, by file, with the reason.

    Raises
    ------
    ReturnError
        When the ledger has faults: nothing is added to it then.
    ParameterError
        When a return has figures of a period that ended after the day.
    """
    receipts, faults = read_receipts(folder)
    if faults:
        raise ReturnError(faults)
    known = {each.file for each in receipts}
    used = sorted(set(observations["source_file"].astype(str)) - known)
    not_ready = {f: why for f, why in wanting(found).items() if f not in known}
    added = [
        Receipt(file=file, digest=digest(folder / file), received=received, note=note)
        for file in used
        if file not in not_ready
    ]
    _check_day(observations, {each.file for each in added}, received)
    if added:
        _write(folder / LEDGER, [*receipts, *added])
    return added, not_ready


def received_and_gone(folder: Path, missing: Iterable[Path]) -> list[Fault]:
    """Name the files of a workbook that are missing though they were received."""
    receipts, _ = read_receipts(folder)
    came = {each.file: each.received for each in receipts}
    remedy = "Restore it; an empty form in its place would hide what was returned."
    return [
        Fault(
            name,
            f"this file to be there, since it came on {day_of(came[name])}",
            remedy=remedy,
            dimension="reliability",
        )
        for name in (relative(each, folder) for each in missing)
        if name in came
    ]


def day_of(day: date) -> str:
    """Write a day as messages have it: "23 November 2026"."""
    return f"{day.day} {day:%B %Y}"


def wanting(found: Iterable[Fault]) -> dict[str, str]:
    """Say which files may still be mended, and what is to be done to them."""
    why: dict[str, str] = {}
    for fault in found:
        if not fault.file.startswith(RETURNS) or fault.file == LEDGER:
            continue
        if fault.severity == "error":
            why[fault.file] = "it has errors; mend them first"
        elif fault.dimension == "completeness" and fault.row is None:
            why.setdefault(fault.file, "it is not filled in yet")
    return why


def _check_day(observations: pd.DataFrame, files: set[str], received: date) -> None:
    """Refuse a day on which a period of a return had not ended."""
    theirs = observations[observations["source_file"].isin(list(files))]
    last = theirs.groupby(theirs["source_file"].astype(str))["end"].max()
    early = last[last > pd.Timestamp(received)]
    if len(early):
        named = ", ".join(f"{file} ({day_of(end)})" for file, end in early.items())
        message = (
            f"A return cannot have come on {day_of(received)}, before the last of its "
            f"periods had ended: {named}. Say with --received on which day it came. "
            f"Nothing was recorded."
        )
        raise ParameterError(message)


def _write(path: Path, receipts: Iterable[Receipt]) -> None:
    """Write the ledger beside itself and put it in its place in one move."""
    headings = Receipt.headings()
    rows = [[getattr(each, name) for name in headings] for each in receipts]
    beside = path.with_name(f".{path.name}.part")
    with beside.open("wb") as content:
        content.write(csv_text(headings, rows).encode())
        content.flush()
        os.fsync(content.fileno())
    beside.replace(path)
