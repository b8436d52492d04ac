"""Read the sheets of a file as text, cell by cell as a person sees them.

Nothing is converted but dates and numbers into plain text, and nothing is
mended. What a file is, and whether it may be read, `perfnb.ingest.door.admission`
has seen before.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from perfnb.errors import Fault
from perfnb.files import relative
from perfnb.ingest.door.admission import Admitted, look_into, told
from perfnb.ingest.door.limits import Limits
from perfnb.ingest.door.marks import Area, Marks, Place
from perfnb.ingest.door.refusal import RefusedError, damaged
from perfnb.ingest.opening.decoding import read_rows
from perfnb.ingest.opening.workbook_texts import (
    SheetTexts,
    read_texts,
    read_texts_apart,
)


@dataclass(frozen=True)
class Sheet:
    """A sheet as text.

    Parameters
    ----------
    file : str
        Path as the analyst knows it.
    name : str or None
        Name of the sheet; None for a file without sheets (CSV).
    rows : tuple of tuple of str
        Row i stands in row i + 1 of the spreadsheet. A cell is the text that was
        typed; a number is written plainly (``12``, ``0.3``), a date as
        ``2025-12-31``, an error as it is shown (``#DIV/0!``), a formula without a
        stored result as it was typed (``=C3/D3``), nothing as ``""``.
    hidden : bool
        Whether the sheet is hidden.
    percentages : frozenset of (int, int)
        Row and column (A1 is 1, 1) of the numbers that are shown as per cent: what
        stands in `rows` as ``0.3`` is seen, and was typed, as 30%.
    merged : tuple of Area
        Cells that were merged into one; all but the first are blank in `rows`.
    """

    file: str
    name: str | None
    rows: tuple[tuple[str, ...], ...]
    hidden: bool = False
    percentages: frozenset[Place] = frozenset()
    merged: tuple[Area, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Say whether nothing stands in it."""
        return not any(cell for row in self.rows for cell in row)


def read_sheets(
    path: Path,
    limits: Limits,
    *,
    folder: Path,
    only: Collection[str] | None = None,
) -> tuple[tuple[Sheet, ...], list[Fault]]:
    """Read the sheets of a CSV, xlsx, ods or xls file.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    limits : Limits
        How large it may be (`perfnb.ingest.door.limits`).
    folder : pathlib.Path
        The workbook's folder; faults name the file relative to it.
    only : collection of str, optional
        Names of the sheets to read; all when left out. A file without sheets is
        read in any case.

    Returns
    -------
    sheets : tuple of Sheet
        In the order of the file; none when it must not be read.
    findings : list of Fault
        What is wrong with the file, or how it was read.
    """
    name = relative(path, folder)
    admitted, findings = look_into(path, limits, folder=folder)
    if admitted is None:
        return (), findings
    try:
        if admitted.kind == "text":
            rows, faults = read_rows(admitted.content, limits, name=name)
            return (Sheet(name, None, rows),), [*findings, *faults]
        if admitted.kind == "json":
            raise RefusedError(
                expected="a table with rows and columns",
                found="JSON",
                remedy="Save it as CSV.",
            )
        return _read_workbook(admitted, name, only), findings
    except RefusedError as refused:
        return (), [*findings, told(refused, name)]


def _read_workbook(
    admitted: Admitted, name: str, only: Collection[str] | None
) -> tuple[Sheet, ...]:
    read = read_texts_apart if admitted.kind == "xls" else read_texts
    texts = read(admitted.content, only)
    if any(each.name not in admitted.marks for each in texts):
        raise damaged(found="a sheet that cannot be found")
    return tuple(_sheet(name, each, admitted.marks[each.name]) for each in texts)


def _sheet(file: str, texts: SheetTexts, marks: Marks) -> Sheet:
    return Sheet(
        file,
        texts.name,
        _with_marked(texts.rows, marks),
        texts.hidden,
        frozenset(marks.percentages),
        tuple(marks.merged),
    )


def _with_marked(rows: list[list[str]], marks: Marks) -> tuple[tuple[str, ...], ...]:
    """Put in what the reader gives as blank."""
    if marks.texts:
        width = max(len(rows[0]) if rows else 0, *(at for _, at in marks.texts))
        height = max(len(rows), *(at for at, _ in marks.texts))
        rows = [row + [""] * (width - len(row)) for row in rows]
        rows += [[""] * width for _ in range(height - len(rows))]
        for (row, column), text in marks.texts.items():
            rows[row - 1][column - 1] = rows[row - 1][column - 1] or text
    return tuple(map(tuple, rows))
