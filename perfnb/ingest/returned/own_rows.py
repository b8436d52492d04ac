"""The rows of a return under its headings, each kept, left out with a word, or blank.

A row that cannot be read keeps only itself out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from perfnb.errors import Fault
from perfnb.harmless import restored
from perfnb.ingest.opening.plain_text import as_percentage
from perfnb.ingest.opening.sheets import Sheet
from perfnb.ingest.returned.headings import Headings

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
        Rows in which something stands; numbers that are shown as per cent have
        their sign, and texts are without the apostrophes that make them harmless
        to spreadsheets (`perfnb.harmless`).
    faults : list of Fault
        Rows with too few or too many cells, with a single remark, with characters
        that are no text, or with merged cells; they are left out.
    """
    rows: list[OwnRow] = []
    faults, merged = _merged(sheet, headings)
    widths = _widths(sheet, headings)
    percentages = _percentages(sheet, headings)
    for number, row in enumerate(sheet.rows[headings.row :], headings.row + 1):
        cells = tuple(restored(cell).strip() for cell in row)
        if not any(cells) or number in merged:
            continue
        fault = _fault(sheet, number, cells, widths)
        if fault is not None:
            faults.append(fault)
            continue
        if number in percentages:
            cells = _with_signs(cells, percentages[number])
        rows.append((number, cells))
    return rows, faults


def _widths(sheet: Sheet, headings: Headings) -> set[int]:
    """Give the numbers of cells that a row may have.

    As many as the headings; or more when all rows have as many and nothing is in
    excess: some programs end each row with a separator.
    """
    width = headings.width
    below = [row for row in sheet.rows[headings.row :] if any(row)]
    lengths = Counter(map(len, below))
    if len(lengths) == 1 and not any(any(row[width:]) for row in below):
        return {width, *(length for length in lengths if length > width)}
    return {width}


def _fault(
    sheet: Sheet, number: int, cells: tuple[str, ...], widths: set[int]
) -> Fault | None:
    told = [cell for cell in cells if cell]
    if len(told) == 1 and max(widths) > 1:
        return _remark(sheet, number, told[0], cells.index(told[0]) + 1)
    if len(cells) not in widths:
        return _ragged(sheet, number, len(cells), min(widths))
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
    covered: set[int] = set()
    read = {*headings.places.values(), *headings.periods}
    for area in sheet.merged:
        columns = read & {*range(area.left, area.right + 1)}
        if area.bottom <= headings.row or not columns:
            continue
        top = max(area.top, headings.row + 1)
        first = top if columns - {area.left} else max(top, area.top + 1)
        covered.update(range(first, area.bottom + 1))
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
    return faults, covered


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
