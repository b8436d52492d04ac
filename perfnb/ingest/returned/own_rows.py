"""The rows of a return under its headings, each kept, left out with a word, or blank.

A row that cannot be read keeps only itself out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from perfnb.errors import Fault
from perfnb.harmless import restored
from perfnb.ingest.opening.plain_text import as_percentage
from perfnb.ingest.opening.sheets import Sheet
from perfnb.ingest.returned.headings import OPTIONAL, Headings

OwnRow = tuple[int, tuple[str, ...]]
"""The number of a row in its file, and all its cells without outer blanks."""


def own_rows(sheet: Sheet, headings: Headings) -> tuple[list[OwnRow], list[Fault]]:
    """Give the rows under the headings of a return.

    Parameters
    ----------
    sheet : Sheet
        The sheet that the return stands in.
    headings : Headings
        Its headings.

    Returns
    -------
    rows : list of (int, tuple of str)
        Rows in which something stands, each with as many cells as the headings:
        blank ones in excess are left out, and those of optional columns at the end
        are filled up. Numbers that are shown as per cent have their sign, and texts
        are without the apostrophes that make them harmless to spreadsheets
        (`perfnb.harmless`).
    faults : list of Fault
        Rows with too few or too many cells, with a single remark, with characters
        that are no text, or with merged cells; they are left out.
    """
    rows: list[OwnRow] = []
    faults, merged = _merged(sheet, headings)
    least = _least(headings)
    percentages = _percentages(sheet, headings)
    for number, row in enumerate(sheet.rows[headings.row :], headings.row + 1):
        cells = tuple(restored(cell).strip() for cell in row)
        cells = _of_width(cells, least, headings.width)
        if not any(cells) or number in merged:
            continue
        fault = _fault(sheet, headings, number, cells)
        if fault is not None:
            faults.append(fault)
            continue
        if number in percentages:
            cells = _with_signs(cells, percentages[number])
        rows.append((number, cells))
    return rows, faults


def _least(headings: Headings) -> int:
    """Give the number of cells without which a row says too little."""
    optional = {headings.places.get(name) for name in OPTIONAL}
    least = headings.width
    while least in optional:
        least -= 1
    return least


def _of_width(cells: tuple[str, ...], least: int, width: int) -> tuple[str, ...]:
    # Some programs end rows with separators, others leave out blanks at the end.
    if len(cells) > width and not any(cells[width:]):
        return cells[:width]
    if least <= len(cells) < width:
        return (*cells, *[""] * (width - len(cells)))
    return cells


def _fault(
    sheet: Sheet, headings: Headings, number: int, cells: tuple[str, ...]
) -> Fault | None:
    told = [cell for cell in cells if cell]
    if len(told) == 1 and headings.width > 1:
        return _remark(sheet, number, told[0], cells.index(told[0]) + 1)
    if len(cells) != headings.width:
        return _ragged(sheet, number, len(cells), headings.width)
    if "\0" in "".join(cells):
        place = next(n for n, cell in enumerate(cells, 1) if "\0" in cell)
        return _no_text(sheet, number, place, cells[place - 1])
    return None


def _remark(sheet: Sheet, number: int, text: str, place: int) -> Fault:
    return Fault(
        sheet.file,
        "a row of figures or a blank row",
        text,
        "A single cell says nothing of any figure: take remarks out of the table, "
        "or write them in the column note.",
        number,
        sheet=sheet.name,
        place=place,
    )


def _ragged(sheet: Sheet, number: int, found: int, expected: int) -> Fault:
    return Fault(
        sheet.file,
        f"{expected} cells, as the header has",
        f"{found} cells",
        "A separator inside a text needs the text in quotation marks.",
        number,
        sheet=sheet.name,
    )


def _no_text(sheet: Sheet, number: int, place: int, cell: str) -> Fault:
    return Fault(
        sheet.file,
        "text",
        cell.replace("\0", "␀"),
        "The file was damaged on its way: type the cell again, or ask for it anew.",
        number,
        sheet=sheet.name,
        place=place,
    )


def _merged(sheet: Sheet, headings: Headings) -> tuple[list[Fault], set[int]]:
    """Tell merged cells, and give the rows in which they cover something."""
    faults: list[Fault] = []
    # How many more areas cover a row than the one above it: an area may be as high
    # as the sheet, and there may be thousands.
    changes: Counter[int] = Counter()
    read = {*headings.places.values(), *headings.periods}
    for area in sheet.merged:
        columns = {place for place in read if area.left <= place <= area.right}
        if area.bottom <= headings.row or not columns:
            continue
        top = max(area.top, headings.row + 1)
        first = top if columns - {area.left} else max(top, area.top + 1)
        if first <= (bottom := min(area.bottom, len(sheet.rows))):
            changes[first] += 1
            changes[bottom + 1] -= 1
        faults.append(
            Fault(
                sheet.file,
                "a cell of its own for each row and column",
                f"the merged cells {area.name}",
                "Take them apart and fill in each.",
                area.top,
                sheet=sheet.name,
                place=area.left,
            )
        )
    depths = accumulate(changes[row] for row in range(len(sheet.rows) + 1))
    return faults, {row for row, depth in enumerate(depths) if depth}


def _percentages(sheet: Sheet, headings: Headings) -> dict[int, list[int]]:
    figures = {
        headings.places.get(name) for name in ("numerator", "denominator", "value")
    }
    figures |= set(headings.periods)
    by_row: dict[int, list[int]] = {}
    for row, place in sheet.percentages:
        if place in figures:
            by_row.setdefault(row, []).append(place)
    return by_row


def _with_signs(cells: tuple[str, ...], places: Sequence[int]) -> tuple[str, ...]:
    return tuple(
        as_percentage(cell) if place in places else cell
        for place, cell in enumerate(cells, 1)
    )


def to_fill_in(sheet: Sheet, unfilled: Sequence[str], rows: int) -> list[Fault]:
    """Tell once the rows that are still to be filled in, if there are any.

    Parameters
    ----------
    sheet : Sheet
        The sheet that the return stands in.
    unfilled : sequence of str
        What the rows are of.
    rows : int
        How many rows there are in all.
    """
    if not unfilled:
        return []
    each = list(dict.fromkeys(unfilled))
    named = ", ".join(each[:5]) + (" and others" if len(each) > 5 else "")
    return [
        Fault(
            sheet.file,
            "a figure in each row, or a status that says why there is none",
            f"{len(unfilled)} of {rows} rows still to be filled in: {named}",
            "Fill them in; until then these figures are not in.",
            sheet=sheet.name,
            severity="warning",
            dimension="completeness",
        )
    ]
