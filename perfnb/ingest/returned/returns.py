"""Read returns into text cells that remember the file and cell they came from.

Nothing is converted here and nothing is mended: `perfnb.ingest.quality` judges
what the cells hold. A file that is not a return at all is refused whole; what
is right in a file is not lost with what is not.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from perfnb.errors import Fault
from perfnb.ingest.cells import COLUMNS, Cells, Line
from perfnb.ingest.door.admission import ENDINGS
from perfnb.ingest.door.limits import Limits, for_returns
from perfnb.ingest.opening.sheets import Sheet, read_sheets
from perfnb.ingest.published.recognition import told_as_published
from perfnb.ingest.returned.headings import Headings, find_headings
from perfnb.ingest.returned.own_rows import OwnRow, own_rows, to_fill_in
from perfnb.ingest.returned.wide import widen
from perfnb.methods import Methods
from perfnb.receipts import LEDGER

SUFFIXES = tuple(s for kind in ("text", "xlsx", "ods", "xls") for s in ENDINGS[kind])
"""Endings of the files that are read as returns."""

SHEET = "Return"
"""Sheet of a spreadsheet that holds the return."""

BESIDE = ("read me", "definitions", "lists")
"""Sheets of a return form that explain; they are read over."""

# What programs and computers leave lying in folders.
_LITTER = ("thumbs.db", "desktop.ini")

Read = tuple[list[Line], list[Mapping[str, int]], dict[tuple[int, str], int]]
_NOTHING: Read = ([], [], {})


def return_files(folder: Path) -> list[Path]:
    """List the returns of a workbook, folder by folder, in order of name."""
    return [
        path
        for path in sorted((folder / "data" / "returns").glob("*/*"))
        if path.suffix.lower() in SUFFIXES
        and path.is_file()
        and not _is_litter(path)
        and _is_text(path.relative_to(folder))
    ]


def read_returns(folder: Path, methods: Methods) -> tuple[Cells, list[Fault]]:
    """Read every return of a workbook.

    Parameters
    ----------
    folder : pathlib.Path
        The workbook's folder; returns are the files of `SUFFIXES` in
        ``data/returns/<quarter>``.
    methods : Methods
        The house rules that say how large a return may be.

    Returns
    -------
    cells : Cells
        A row for each row of a return; see `perfnb.ingest.cells`.
    findings : list of Fault
        Files that cannot be read, headings and rows that do not fit (errors); how
        a file was read, columns and sheets that were not, rows that are still to
        be filled in (warnings).
    """
    limits = for_returns(methods)
    lines: list[Line] = []
    places: list[Mapping[str, int]] = []
    elsewhere: dict[tuple[int, str], int] = {}
    findings = _strays(folder)
    files = return_files(folder)
    for path in files:
        (new, layouts, apart), told = _read_return(path, limits, folder=folder)
        if not new and any(each.severity == "error" for each in told):
            told = told_as_published(path, limits, folder=folder) or told
        for line in new:
            line[-1] += len(places)
        elsewhere |= {(row + len(lines), name): at for (row, name), at in apart.items()}
        lines += new
        places += layouts
        findings += told
    if not files and not findings:
        remedy = "Put the returns of each quarter into a folder of its own there."
        findings.append(Fault("data/returns", "at least one return", remedy=remedy))
    return Cells.of(lines, places, elsewhere), findings


def read_return(
    path: Path, limits: Limits, *, folder: Path
) -> tuple[Cells, list[Fault]]:
    """Read one return; see `read_returns`.

    Parameters
    ----------
    path : pathlib.Path
        The file, wherever it lies.
    limits : Limits
        How large it may be.
    folder : pathlib.Path
        The workbook's folder; faults name the file relative to it.
    """
    (lines, places, elsewhere), findings = _read_return(path, limits, folder=folder)
    return Cells.of(lines, places, elsewhere), findings


def _read_return(
    path: Path, limits: Limits, *, folder: Path
) -> tuple[Read, list[Fault]]:
    sheets, findings = read_sheets(path, limits, folder=folder)
    sheet, told = _choose(sheets)
    findings += told
    if sheet is None:
        return _NOTHING, findings
    headings, told = find_headings(sheet)
    findings += told
    if headings is None:
        return _NOTHING, findings
    rows, told = own_rows(sheet, headings)
    findings += told
    if not rows and not told:
        remedy = "Fill in its figures, or remove it."
        expected = "at least one row under the headings"
        findings.append(Fault(sheet.file, expected, remedy=remedy, sheet=sheet.name))
    if headings.periods:
        wide, told = widen(sheet, headings, rows)
        return (wide.lines, wide.places, wide.elsewhere), findings + told
    lines, told = _lay_out(sheet, headings, rows)
    return (lines, [headings.places], {}), findings + told


def _choose(sheets: Sequence[Sheet]) -> tuple[Sheet | None, list[Fault]]:
    """Choose the sheet that holds the return."""
    if not sheets or sheets[0].name is None:
        return (sheets[0] if sheets else None), []
    file = sheets[0].file
    filled = [sheet for sheet in sheets if not sheet.is_blank]
    named = [sheet for sheet in filled if _title(sheet) == SHEET.lower()]
    others = [sheet for sheet in filled if _title(sheet) not in BESIDE]
    if len(chosen := named or others) != 1:
        found = (
            ", ".join(sheet.name or "" for sheet in others) or "nothing in any sheet"
        )
        remedy = f"Name the sheet that holds the return '{SHEET}'."
        return None, [Fault(file, f"a sheet '{SHEET}'", found, remedy)]
    findings = [_unread(sheet) for sheet in others if sheet not in chosen]
    if chosen[0].hidden:
        findings.append(_hidden(chosen[0]))
    return chosen[0], findings


def _title(sheet: Sheet) -> str:
    return (sheet.name or "").strip().lower()


def _unread(sheet: Sheet) -> Fault:
    return Fault(
        sheet.file,
        f"the figures in the sheet '{SHEET}' alone",
        "hidden cells that were not read"
        if sheet.hidden
        else "cells that were not read",
        "Put its figures into that sheet, or delete it.",
        sheet=sheet.name,
        severity="warning",
        dimension="completeness",
    )


def _hidden(sheet: Sheet) -> Fault:
    return Fault(
        sheet.file,
        "a sheet that is seen",
        "hidden cells",
        "They were read; show the sheet and look whether they are meant.",
        sheet=sheet.name,
        severity="warning",
    )


def _lay_out(
    sheet: Sheet, headings: Headings, rows: Sequence[OwnRow]
) -> tuple[list[Line], list[Fault]]:
    """Put the cells of a long return in order; rows still to be filled in are told."""
    places = [headings.places.get(name) for name in COLUMNS]
    file, title = sheet.file, sheet.name or ""
    lines: list[Line] = []
    unfilled: list[str] = []
    for number, cells in rows:
        line: Line = [cells[place - 1] if place else "" for place in places]
        if _is_unfilled(line):
            unfilled.append(f"{line[0]} {line[3]}")
        else:
            lines.append([*line, file, title, number, 0])
    return lines, to_fill_in(sheet, unfilled, len(rows))


_KEYS = tuple(map(COLUMNS.index, ("indicator", "authority", "period")))
_TOLD = tuple(map(COLUMNS.index, ("numerator", "value", "status", "note")))


def _is_unfilled(line: Line) -> bool:
    return all(line[n] for n in _KEYS) and not any(line[n] for n in _TOLD)


def _is_litter(path: Path) -> bool:
    return path.name[:1] in (".", "~") or path.name.lower() in _LITTER


def _is_text(path: Path) -> bool:
    """Whether a name is text; a disk may hold names that are only bytes."""
    return _shown(path) == str(path)


def _shown(path: Path) -> str:
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _strays(folder: Path) -> list[Fault]:
    """Tell files that lie among the returns and are not read."""
    returns = folder / "data" / "returns"
    read = {*return_files(folder), folder / LEDGER}
    remedy = (
        "Put it into the folder of its quarter in one of these forms, or elsewhere."
    )
    expected = f"a file {', '.join(SUFFIXES)} in data/returns/<quarter>"
    unread = [
        path.relative_to(folder)
        for path in sorted(returns.rglob("*"))
        if path.is_file() and path not in read and not _is_litter(path)
    ]
    unnamed = "a name whose letters can be read"
    renamed = "Give it, or its folder, a name in plain letters."
    return [
        Fault(path.as_posix(), expected, None, remedy)
        if _is_text(path)
        else Fault(_shown(Path(path.as_posix())), unnamed, None, renamed)
        for path in unread
    ]
