"""Turn the bytes of a text file into rows of cells, saying how they were read.

Any of the usual encodings and separators is read. A quotation mark that is
never closed would swallow the rows below it: only its own row is lost.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from perfnb.errors import Fault
from perfnb.ingest.door.limits import Limits
from perfnb.ingest.door.refusal import RefusedError

SEPARATORS = ",;\t|"

Row = tuple[str, ...]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LOOKED_AT = 4096
_SAMPLE = 50
_BLANKS = " \u00a0"
_BLANK_LINE = re.compile(rf'(?:"[{_BLANKS}]*"|[{SEPARATORS}{_BLANKS}])*+[\r\n]*')
# So many times may the file be read in vain for where quotation marks are closed.
_IN_VAIN = 20


def decode(content: bytes) -> tuple[str, bool]:
    """Turn bytes into text.

    Returns
    -------
    text : str
        Without a byte order mark.
    sure : bool
        Whether the encoding is certain: UTF-8 and UTF-16 are. What is neither is
        read as Windows-1252, which any text fits, right or wrong.

    Raises
    ------
    RefusedError
        When a file that says that it is Unicode is not.

    Examples
    --------
    >>> decode("Café".encode("utf-16")), decode("Café".encode("cp1252"))
    (('Café', True), ('Café', False))
    """
    encoding = next((e for mark, e in _MARKS if content.startswith(mark)), "")
    encoding = encoding or _wide(content)
    try:
        return content.decode(encoding or "utf-8"), True
    except UnicodeDecodeError:
        if encoding:
            raise _not_unicode(encoding) from None
    return _western(content), False


def read_rows(
    content: bytes, limits: Limits, *, name: str
) -> tuple[tuple[Row, ...], list[Fault]]:
    """Read a text file with separated columns.

    Parameters
    ----------
    content : bytes
        The whole file.
    limits : Limits
        How many rows and columns it may have.
    name : str
        The file, as faults name it.

    Returns
    -------
    rows : tuple of tuple of str
        Row by row as a spreadsheet shows them; blank rows at the end are left out.
    faults : list of Fault
        Rows with quotation marks that do not fit; a warning that names the first
        cell in which the encoding matters when that was a guess.

    Raises
    ------
    RefusedError
        When the file is no text or too large.
    """
    text, sure = decode(content)
    text = _without_blank_end(text)
    _check_length(text, limits)
    separator, text, first = _separator(text)
    lines = list(io.StringIO(text, newline=""))
    rows, faults = _parse(lines, separator, name, first)
    blank: list[Row] = [()] * (first - 1)
    rows = blank + rows
    _check_width(rows, limits)
    if not sure and (fault := _unsure(rows, name)):
        faults.append(fault)
    return tuple(rows), faults


def separator_of(lines: Sequence[str]) -> str:
    """Find what separates the columns of a text.

    The separator is the one with which most lines have equally many cells, and
    many of them.

    Examples
    --------
    >>> separator_of(["Recycling, by quarter", "a;b;c", "1;2,5;3"])
    ';'
    """
    return max(SEPARATORS, key=lambda separator: _fit(lines, separator))


def _fit(lines: Sequence[str], separator: str) -> int:
    # Line by line: a quotation mark that is never closed must not hide the others.
    widths = Counter(_cells(line, separator) for line in lines)
    return max(((width - 1) * count for width, count in widths.items()), default=0)


def _cells(line: str, separator: str) -> int:
    try:
        return max(map(len, csv.reader([line], delimiter=separator)), default=1)
    except csv.Error:
        return 1


def _not_unicode(encoding: str) -> RefusedError:
    return RefusedError(
        expected="text in the encoding that it begins with",
        found=f"text that breaks off or is not {encoding.removesuffix('-sig').upper()}",
        remedy="Save it again, from a spreadsheet as 'CSV UTF-8'.",
    )


def _wide(content: bytes) -> str:
    # Text of western languages in UTF-16 without a mark has a zero beside each letter.
    start = content[:_LOOKED_AT]
    half = len(start) // 2
    if half and start[1::2].count(0) > 0.9 * half:
        return "utf-16-le"
    if half and start[0::2].count(0) > 0.9 * half:
        return "utf-16-be"
    return ""


def _western(content: bytes) -> str:
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _without_blank_end(text: str) -> str:
    # Exports from formatted sheets end in thousands of rows of nothing.
    end = len(text.rstrip(f'{SEPARATORS}"\r\n{_BLANKS}'))
    lines = text[end:].splitlines(keepends=True)
    # A line with one quotation mark too many ends a cell that was begun above it.
    while len(lines) > 1 and _BLANK_LINE.fullmatch(lines[-1]):
        lines.pop()
    return text[:end] + "".join(lines)


def _check_length(text: str, limits: Limits) -> None:
    lines = max(text.count("\n"), text.count("\r")) + (text[-1:] not in ("\n", "\r"))
    if lines > limits.rows:
        raise RefusedError(
            expected=f"at most {limits.rows:,} rows",
            found=f"{lines:,} rows",
            remedy="Split it into several files.",
        )


def _separator(text: str) -> tuple[str, str, int]:
    """Give the separator, the text to read with it and the number of its first row."""
    first, *_ = text.split("\n", 1)
    declared = first.strip().strip('"')
    if declared.lower().startswith("sep=") and len(declared) == 5:
        return declared[4], text[len(first) + 1 :], 2
    sample = list(islice(io.StringIO(text, newline=""), _SAMPLE))
    return separator_of(sample), text, 1


def _parse(
    lines: Sequence[str], separator: str, name: str, number: int
) -> tuple[list[Row], list[Fault]]:
    rows: list[Row] = []
    faults: list[Fault] = []
    at = in_vain = 0
    while at < len(lines):
        # Each quotation mark that is never closed costs a reading to the end.
        alone = in_vain > _IN_VAIN * len(lines)
        ahead = lines[at : at + 1] if alone else _from(lines, at)
        reader = csv.reader(ahead, delimiter=separator, strict=True)
        read = 0
        try:
            for row in reader:
                rows.append(tuple(row))
                read = reader.line_num
            at = at + read if alone else len(lines)
        except csv.Error as error:
            in_vain += reader.line_num - read
            at += read
            faults.append(_unquoted(name, len(rows) + number, lines[at], str(error)))
            rows.append(())
            at += 1
    return rows, faults


def _from(lines: Sequence[str], start: int) -> Iterator[str]:
    return (lines[at] for at in range(start, len(lines)))


def _unquoted(name: str, row: int, line: str, error: str) -> Fault:
    closed = "expected after" in error
    found = "text behind a closed" if closed else "an open"
    opening = line[line.find('"') :].strip()
    return Fault(
        name,
        "texts in pairs of quotation marks",
        f"{found} quotation mark: {opening[:40]}",
        "Close the quotation mark; one inside a text is written twice.",
        row,
    )


def _check_width(rows: Sequence[Row], limits: Limits) -> None:
    for number, row in enumerate(rows, start=1):
        if len(row) > limits.columns and any(map(str.strip, row[limits.columns :])):
            raise RefusedError(
                expected=f"at most {limits.columns:,} columns",
                found=f"{len(row):,} columns in row {number}",
                remedy="Delete the columns beside the figures.",
            )


def _unsure(rows: Sequence[Row], name: str) -> Fault | None:
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row, start=1):
            if not cell.isascii():
                return Fault(
                    name,
                    "text in UTF-8; it was read as Windows-1252",
                    cell,
                    "See whether this cell is right; else save the file as "
                    "'CSV UTF-8'.",
                    number,
                    place=place,
                    severity="warning",
                )
    return None
