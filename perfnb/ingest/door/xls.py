"""Look through an xls file before a reader opens it.

References
----------
Microsoft, [MS-XLS] Excel Binary File Format (BIFF8) Structure; the records named
here are the same in BIFF5.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from perfnb.ingest.door.compound import Compound
from perfnb.ingest.door.limits import Limits
from perfnb.ingest.door.marks import Marks, check_sheets, shows_per_cent
from perfnb.ingest.door.refusal import damaged, protected

STREAMS = ("Workbook", "Book")

_BOF, _EOF = 0x0809, 0x000A
_BOUNDSHEET, _FILEPASS = 0x0085, 0x002F
_FORMAT, _XF = 0x041E, 0x00E0
_DIMENSIONS, _MERGED = 0x0200, 0x00E5
_FORMULA, _BOOLERR, _MULRK = 0x0006, 0x0205, 0x00BD
_NUMBERS = (0x0203, 0x027E)
# LABELSST, LABEL, RSTRING and formulas of older versions.
_OTHERS = (0x00FD, 0x0204, 0x00D6, 0x0206, 0x0406)
_CELLS = frozenset((_FORMULA, _BOOLERR, *_NUMBERS, *_OTHERS))

# [MS-XLS] 2.4.126 and 2.5.10: built-in percent formats; codes of errors.
_PERCENT_FORMATS = (9, 10)
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_BIFF8 = 0x0600
_POSITION = struct.Struct("<HHH")
_MOST_ROWS, _MOST_COLUMNS = 65536, 256

Record = tuple[int, bytes]


def look_through(compound: Compound, limits: Limits) -> dict[str, Marks]:
    """Look through the sheets of an xls file.

    Returns
    -------
    dict of str to Marks
        By the name of the sheet.

    Raises
    ------
    RefusedError
        When the file is damaged, needs a password, or is too large.
    """
    name = next(name for name in STREAMS if name in compound.names)
    stream = compound.read(name)
    try:
        sheets, percent_styles = _globals(stream)
        if len({at for _, at in sheets}) < len(sheets) or not sheets:
            raise damaged(found="a list of sheets that is not right")
        marks = [Marks(limits, sheet) for sheet, _ in sheets]
        check_sheets([sheet for sheet, _ in sheets], [], limits)
        for each, (_, start) in zip(marks, sheets, strict=True):
            _look_through_sheet(stream, start, each, percent_styles)
    except (struct.error, IndexError):
        raise damaged(found="a record that breaks off") from None
    check_sheets([], marks, limits)
    return {sheet: each for (sheet, _), each in zip(sheets, marks, strict=True)}


def _records(stream: bytes, start: int) -> Iterator[Record]:
    """Give the records of a part of the stream, up to its end."""
    if stream[start : start + 2] != _BOF.to_bytes(2, "little"):
        raise damaged(found="a sheet that is not there")
    header = struct.Struct("<HH")
    at = start
    while at + 4 <= len(stream):
        kind, size = header.unpack_from(stream, at)
        if kind == _EOF:
            return
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _globals(stream: bytes) -> tuple[list[tuple[str, int]], set[int]]:
    """Give the sheets with their beginnings, and the styles shown as per cent."""
    sheets: list[tuple[str, int]] = []
    formats = set(_PERCENT_FORMATS)
    styles: list[int] = []
    version = 0
    for kind, body in _records(stream, 0):
        if kind == _FILEPASS:
            raise protected()
        if kind == _BOF:
            version = struct.unpack_from("<H", body)[0]
        elif kind == _BOUNDSHEET:
            sheets.append(_sheet(body, version))
        elif kind == _FORMAT and shows_per_cent(_format(body, version)):
            formats.add(struct.unpack_from("<H", body)[0])
        elif kind == _XF:
            styles.append(struct.unpack_from("<H", body, 2)[0])
    return sheets, {n for n, format_ in enumerate(styles) if format_ in formats}


def _sheet(body: bytes, version: int) -> tuple[str, int]:
    start, length = struct.unpack_from("<I2xB", body)
    if version != _BIFF8:
        return body[7 : 7 + length].decode("cp1252", "replace"), start
    if body[7] & 1:
        return body[8 : 8 + 2 * length].decode("utf-16-le", "replace"), start
    return body[8 : 8 + length].decode("latin-1"), start


def _format(body: bytes, version: int) -> str:
    if version != _BIFF8:
        return body[3:].decode("cp1252", "replace")
    return body[5:].decode("utf-16-le" if body[4] & 1 else "latin-1", "replace")


def _look_through_sheet(
    stream: bytes, start: int, marks: Marks, percent_styles: set[int]
) -> None:
    for kind, body in _records(stream, start):
        if kind in _CELLS:
            _note_cell(kind, body, marks, percent_styles)
        elif kind == _MULRK:
            _note_numbers(body, marks, percent_styles)
        elif kind == _MERGED:
            _note_merged(body, marks)
        elif kind == _DIMENSIONS:
            _check_dimensions(body)


def _note_cell(kind: int, body: bytes, marks: Marks, percent_styles: set[int]) -> None:
    row, column, style = _POSITION.unpack_from(body)
    place = (row + 1, column + 1)
    marks.use(*place)
    if style in percent_styles and kind in (*_NUMBERS, _FORMULA):
        marks.percentages.add(place)
    if error := _error(kind, body):
        marks.texts[place] = error


def _error(kind: int, body: bytes) -> str:
    if kind == _BOOLERR and body[7]:
        return _ERRORS.get(body[6], "#ERROR")
    # [MS-XLS] 2.5.133: a formula whose result is an error.
    if kind == _FORMULA and body[6] == 2 and body[12:14] == b"\xff\xff":
        return _ERRORS.get(body[8], "#ERROR")
    return ""


def _note_numbers(body: bytes, marks: Marks, percent_styles: set[int]) -> None:
    row, first = struct.unpack_from("<HH", body)
    for at in range(4, len(body) - 2, 6):
        column = first + (at - 4) // 6
        marks.use(row + 1, column + 1)
        if struct.unpack_from("<H", body, at)[0] in percent_styles:
            marks.percentages.add((row + 1, column + 1))


def _note_merged(body: bytes, marks: Marks) -> None:
    (count,) = struct.unpack_from("<H", body)
    for number in range(count):
        area = struct.unpack_from("<HHHH", body, 2 + 8 * number)
        top, bottom, left, right = (each + 1 for each in area)
        marks.merge(top, left, bottom, right)


def _check_dimensions(body: bytes) -> None:
    # A reader sets memory aside for all that is declared, used or not.
    form = "<IIHH" if len(body) >= 14 else "<HHHH"
    top, rows, left, columns = struct.unpack_from(form, body)
    if rows > _MOST_ROWS or columns > _MOST_COLUMNS or top > rows or left > columns:
        raise damaged(found=f"a sheet of {rows:,} rows and {columns:,} columns")
