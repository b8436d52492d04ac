"""Tell the rows of a published table apart: what to take, to drop, to name, to read.

Authorities are taken, totals are dropped with the reason that the profile gives,
a code that nobody knows is named and never guessed, and the notes below the
table are kept as text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from perfnb.errors import Fault
from perfnb.ingest.published.published_tables import FoundTable
from perfnb.ingest.published.wording import fits, tidied, without_footnotes
from perfnb.places.answers import Answer

Resolve = Callable[[str, str], Answer]
"""From the code or name of a row, and the kind of code that it is, to a place; no
code at all is the workbook's council."""


@dataclass(frozen=True)
class Kept:
    """A row of an authority: where it stands, its cells and whose it is."""

    number: int
    cells: tuple[str, ...]
    authority: str
    area: str = ""

    def cell(self, column: int) -> str:
        """Give a cell; one beyond the end of the row is blank."""
        return self.cells[column].strip() if column < len(self.cells) else ""


@dataclass(frozen=True)
class Dropped:
    """A row that was left out, and why."""

    table: str
    number: int
    name: str
    reason: str


@dataclass
class SortedRows:
    """The rows of a table, each where it belongs."""

    kept: list[Kept] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def sort_rows(found: FoundTable, resolve: Resolve) -> SortedRows:
    """Sort the rows below the headings of a table.

    Parameters
    ----------
    found : FoundTable
        The table on its sheet.
    resolve : callable
        Says which authority a code or name means, or why that cannot be said.
    """
    layout = found.layout
    rows = SortedRows()
    for position in range(layout.first, len(layout.sheet.rows)):
        row = Kept(position + 1, layout.sheet.rows[position], "")
        _sort(row, found, resolve, rows)
    return rows


def _sort(row: Kept, found: FoundTable, resolve: Resolve, rows: SortedRows) -> None:
    place = found.table.place
    code, name = row.cell(found.layout.code), _name(row, found)
    kept = bool(code) and fits(code, place.keep)
    if not kept and not _has_figures(row, found):
        rows.notes += [note] if (note := _text(row)) else []
        return
    reason = _reason(row, found)
    if reason is None and not kept:
        rows.faults.append(_not_a_code(row, found, code, name))
        return
    answer = Answer(code) if reason else _whose(code, found, resolve)
    if reason is None and not answer.found:
        rows.faults.append(_unknown(row, found, answer, name))
        return
    if reason is not None:
        rows.dropped.append(Dropped(found.table.name, row.number, name or code, reason))
    else:
        area = "" if found.area is None else row.cell(found.area)
        rows.kept.append(Kept(row.number, row.cells, answer.code, area))


def _whose(code: str, found: FoundTable, resolve: Resolve) -> Answer:
    # A file about the council alone names it nowhere.
    return (
        resolve("", "")
        if found.table.place.is_council
        else resolve(code, found.table.place.by)
    )


def _reason(row: Kept, found: FoundTable) -> str | None:
    for drop, column in zip(found.table.drop, found.drops, strict=True):
        if fits(row.cell(column), drop.text):
            return drop.reason
    return None


def _has_figures(row: Kept, found: FoundTable) -> bool:
    return any(
        row.cell(column)
        for figure in found.figures
        for column in figure.columns.values()
    )


def _name(row: Kept, found: FoundTable) -> str:
    return "" if found.name is None else without_footnotes(row.cell(found.name))


def _text(row: Kept) -> str:
    return " ".join(tidied(cell) for cell in row.cells if cell.strip())


def _unknown(row: Kept, found: FoundTable, answer: Answer, name: str) -> Fault:
    nothing = "Its row was not taken."
    remedy = "Add the authority to data/reference/authorities.csv and import again."
    said = answer.given if name in ("", answer.given) else f"{answer.given}, {name}"
    return _told(
        row,
        found,
        "an authority of authorities.csv",
        said,
        f"{answer.reason} {nothing} {remedy}",
    )


def _not_a_code(row: Kept, found: FoundTable, code: str, name: str) -> Fault:
    expected = f"a code such as {', '.join(found.table.place.keep)}, or a known total"
    said = ", ".join(text for text in (code, name) if text) or _text(row)[:60]
    remedy = "Its row was not taken. A total belongs under 'drop' in the profile."
    return _told(row, found, expected, said, remedy)


def _told(row: Kept, found: FoundTable, expected: str, said: str, remedy: str) -> Fault:
    return Fault(
        found.layout.sheet.file,
        expected,
        said,
        remedy,
        row.number,
        sheet=found.layout.sheet.name,
        place=found.layout.code + 1,
        severity="warning",
        dimension="completeness",
    )
