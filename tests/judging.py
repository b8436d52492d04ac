"""Rows of a return in memory, judged as if a spreadsheet had held them."""

from perfnb.ingest.cells import COLUMNS, Cells
from perfnb.ingest.quality import judge

FILE = "illustrative.xlsx"

_COMMON = dict.fromkeys(COLUMNS, "") | {
    "indicator": "IL1",
    "authority": "E07990001",
    "period": "2025-26 Q3",
    "characteristic": "all",
    "group": "all",
    "status": "final",
    "source": "late",
}


def cells_of(*rows, file=FILE):
    """Lay out rows of a sheet; each says only what is different about it."""
    lines = [
        [*(_COMMON | row).values(), file, "Return", number, 0]
        for number, row in enumerate(rows, start=2)
    ]
    places = {column: number for number, column in enumerate(COLUMNS, start=1)}
    return Cells.of(lines, [places])


def judged(book, *rows, file=FILE):
    """Judge rows by a workbook's registers: what gets in, what is told."""
    known = (book.catalogue, book.reference, book.methods)
    observations, faults = judge(cells_of(*rows, file=file), *known)
    return observations, list(faults)
