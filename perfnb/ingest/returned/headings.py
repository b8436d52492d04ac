"""Find the headings of a return, and say what is wrong with them.

A return is long (a row for each figure) or wide (a column for each period).
Headings are told apart without regard to capitals, blanks and underscores.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from perfnb.errors import Fault
from perfnb.ingest.cells import COLUMNS
from perfnb.ingest.opening.sheets import Sheet
from perfnb.ingest.periods.own_periods import read_own_period

CONTEXT = ["title", "unit", "last_period", "last_value", "target"]
"""What a return form prints for the person who fills it in; it is read over."""

OPTIONAL = ["area", "denominator_source", "note"]
"""Columns of the long layout that may be left out; they are blank then."""

FIGURE = "figure"
"""Column of the wide layout that says what its figures are."""

WIDE = ["indicator", "authority", "source", "status"]
"""Columns that the wide layout needs beside those of its periods."""

_OF_FIGURES = ["period", "numerator", "denominator", "value"]
_WIDE_KNOWN = [*(name for name in COLUMNS if name not in _OF_FIGURES), FIGURE]
_LONG = [name for name in COLUMNS if name not in OPTIONAL]

# Titles and remarks above the headings take a few rows, not a page.
_ROWS_LOOKED_AT = 10
# So many known headings make a return of a row that lacks others.
_ENOUGH = 3


@dataclass(frozen=True)
class Headings:
    """The headings of a return.

    Parameters
    ----------
    row : int
        Row in which they stand.
    places : mapping of str to int
        Number of the column of each of the known headings.
    periods : mapping of int to str
        Period of each column of a wide layout; empty for a long one.
    width : int
        Cells that the row has.
    """

    row: int
    places: Mapping[str, int]
    periods: Mapping[int, str]
    width: int


def find_headings(sheet: Sheet) -> tuple[Headings | None, list[Fault]]:
    """Find the headings of a return.

    Returns
    -------
    headings : Headings or None
        None when the sheet cannot be read as a return.
    findings : list of Fault
        Headings that are missing or stand twice (errors); columns that are not
        read and rows above the headings (warnings).
    """
    rows = sheet.rows[:_ROWS_LOOKED_AT]
    for number, texts in enumerate(rows, 1):
        if not _missing(texts):
            return _checked(sheet, number)
    known = [len({*_names(texts)} & {*COLUMNS, FIGURE}) for texts in rows]
    if max(known, default=0) < _ENOUGH:
        return None, [not_a_return(sheet)]
    row = known.index(max(known)) + 1
    return None, [_absent(sheet, row, name) for name in _missing(rows[row - 1])]


def not_a_return(sheet: Sheet) -> Fault:
    """Tell that a sheet is no return, and what stands in it instead."""
    stands = [cell.strip() for row in sheet.rows for cell in row if cell.strip()]
    found = "; ".join(stands[:3]) if stands else "nothing"
    return Fault(
        sheet.file,
        f"a return with the headings {', '.join(COLUMNS)}",
        found if len(found) <= 80 else f"{found[:79]}…",
        "Put these headings into row 1; a published file is turned into a return by "
        "'perfnb import'.",
        sheet=sheet.name,
    )


def heading_name(text: str) -> str:
    """Give the name of a column from what its heading says.

    Examples
    --------
    >>> heading_name(" Denominator Source"), heading_name("2025-26  Q3")
    ('denominator_source', '2025-26_q3')
    """
    return re.sub(r"[\s_]+", "_", text.strip().strip("_\ufeff")).lower()


def _names(texts: Sequence[str]) -> list[str]:
    return [heading_name(text) for text in texts]


@lru_cache(maxsize=1024)
def _period(text: str) -> str | None:
    period = " ".join(text.split())
    read = period[-1:].isalnum() and read_own_period(period).span is not None
    return period if read else None


def _periods(texts: Sequence[str]) -> dict[int, str]:
    """Give the columns that are headed by periods, which make a return wide."""
    if "period" in _names(texts):
        return {}
    read = {place: _period(text) for place, text in enumerate(texts, 1)}
    return {place: period for place, period in read.items() if period}


def _missing(texts: Sequence[str]) -> list[str]:
    names = _names(texts)
    needed = WIDE if _periods(texts) else _LONG
    return [name for name in needed if name not in names]


def _checked(sheet: Sheet, row: int) -> tuple[Headings | None, list[Fault]]:
    texts = sheet.rows[row - 1]
    names = _names(texts)
    periods = _periods(texts)
    known = _WIDE_KNOWN if periods else COLUMNS
    if twice := _twice(sheet, row, {*known, *_names(list(periods.values()))}):
        return None, twice
    places = {name: names.index(name) + 1 for name in known if name in names}
    headings = Headings(row, places, periods, len(texts))
    return headings, [*_above(sheet, row), *_unread(sheet, headings, known)]


def _twice(sheet: Sheet, row: int, known: set[str]) -> list[Fault]:
    names = _names(sheet.rows[row - 1])
    counts = Counter(name for name in names if name in known)
    return [
        Fault(
            sheet.file,
            "each heading once",
            sheet.rows[row - 1][place - 1].strip(),
            "Correct or remove one of the columns.",
            row,
            sheet=sheet.name,
            place=place,
        )
        for name, count in counts.items()
        if count > 1
        for place in [len(names) - names[::-1].index(name)]
    ]


def _absent(sheet: Sheet, row: int, name: str) -> Fault:
    unknown = [
        cell.strip()
        for cell in sheet.rows[row - 1]
        if heading_name(cell) not in {*COLUMNS, *CONTEXT, FIGURE, ""}
    ]
    nearest = get_close_matches(name, map(heading_name, unknown), 1)
    remedy = "Add the column."
    if nearest:
        meant = next(text for text in unknown if heading_name(text) == nearest[0])
        remedy = f'Is the column "{meant}" meant? Correct its heading.'
    return Fault(
        sheet.file,
        "this heading",
        remedy=remedy,
        row=row,
        column=name,
        sheet=sheet.name,
        dimension="completeness",
    )


def _above(sheet: Sheet, row: int) -> list[Fault]:
    """Tell what stands above the headings, by its first cell."""
    for number, cells in enumerate(sheet.rows[: row - 1], 1):
        for place, text in enumerate(map(str.strip, cells), 1):
            if text:
                remedy = f"The headings were read from row {row}; delete those above."
                return [
                    Fault(
                        sheet.file,
                        "the headings in row 1",
                        text,
                        remedy,
                        number,
                        sheet=sheet.name,
                        place=place,
                        severity="warning",
                    )
                ]
    return []


def _unread(sheet: Sheet, headings: Headings, known: Sequence[str]) -> list[Fault]:
    """Tell the columns in which something stands that is not read."""
    read = {*headings.places.values(), *headings.periods}
    texts = sheet.rows[headings.row - 1]
    faults = []
    for place, text in enumerate(texts, 1):
        if place in read or heading_name(text) in CONTEXT:
            continue
        below = (
            row[place - 1] for row in sheet.rows[headings.row :] if len(row) >= place
        )
        if any(map(str.strip, below)):
            faults.append(_unknown(sheet, headings, place, known))
    return faults


def _unknown(
    sheet: Sheet, headings: Headings, place: int, known: Sequence[str]
) -> Fault:
    text = sheet.rows[headings.row - 1][place - 1].strip()
    nearest = get_close_matches(heading_name(text), known, 1)
    meant = f'Is "{nearest[0]}" meant? ' if nearest else ""
    is_wide = bool(headings.periods)
    return Fault(
        sheet.file,
        f"one of the headings {', '.join(known)}{', or a period' if is_wide else ''}",
        text,
        f"{meant}The column was not read: correct its heading or remove it.",
        headings.row,
        sheet=sheet.name,
        place=place,
        # In a wide layout the columns that are not read may be figures.
        severity="error" if is_wide else "warning",
    )
