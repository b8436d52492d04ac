"""The forms in which the corpus writes its returns."""

import csv
import io
from html import escape

from made_files import label, ods, row, table, xls, xlsx

from perfnb.ingest.cells import COLUMNS

HEADINGS = tuple(COLUMNS)


def csv_bytes(rows, delimiter=",", encoding="utf-8", line_end="\r\n"):
    """Write rows as text."""
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter, lineterminator=line_end).writerows(rows)
    return written.getvalue().encode(encoding)


def xlsx_bytes(rows, name="Return", **others):
    """Write rows as a sheet of an xlsx file, other sheets behind it."""
    return xlsx({name: rows, **others})


def ods_bytes(rows, name="Return"):
    """Write rows as a sheet of an ods file."""
    return ods(table(*(row(*map(escape, cells)) for cells in rows), name=name))


def xls_bytes(rows):
    """Write rows as a sheet of an old xls file."""
    cells = [
        label(number, place, text)
        for number, texts in enumerate(rows)
        for place, text in enumerate(texts)
        if text
    ]
    return xls(*cells, rows=len(rows), columns=len(HEADINGS))


def _semicolons(rows):
    return csv_bytes(rows, ";")


def _tabs_in_utf_16(rows):
    return csv_bytes(rows, "\t", "utf-16")


FORMS = {
    "csv": (csv_bytes, ".csv", ""),
    "xlsx": (xlsx_bytes, ".xlsx", "Return!"),
    "semicolons": (_semicolons, ".csv", ""),
    "ods": (ods_bytes, ".ods", "Return!"),
    "UTF-16": (_tabs_in_utf_16, ".txt", ""),
    "xls": (xls_bytes, ".xls", "Return!"),
}
"""How each is written, its ending, and what its cells are called by."""
