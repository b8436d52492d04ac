"""Look through an ods file before a reader opens it (OpenDocument 1.3, part 3)."""

from __future__ import annotations

from itertools import product

from perfnb.ingest.door.limits import Limits
from perfnb.ingest.door.marks import Marks, check_sheets
from perfnb.ingest.door.parts import Archive, too_large
from perfnb.ingest.door.refusal import damaged, protected
from perfnb.ingest.door.sheet_xml import Attributes, XmlPart, skim

CONTENT = "content.xml"
_MANIFEST = "META-INF/manifest.xml"


def look_through(archive: Archive, limits: Limits) -> dict[str, Marks]:
    """Look through every part of an ods file.

    Returns
    -------
    dict of str to Marks
        By the name of the sheet.

    Raises
    ------
    RefusedError
        When the file is damaged, needs a password, defines document types, or is
        too large.
    """
    if b"encryption-data" in archive.read(_MANIFEST):
        raise protected()
    tables = Tables(limits)
    for member in archive.members:
        pieces = archive.pieces(member)
        if member.filename == CONTENT:
            for piece in pieces:
                tables.part.feed(piece)
        else:
            skim(pieces)
    tables.finish()
    names = [marks.sheet or "" for marks in tables.marks]
    check_sheets(names, tables.marks, limits)
    tables.lay_out()
    return dict(zip(names, tables.marks, strict=True))


class Tables:
    """The tables of an ods file; rows and cells may be written once for many.

    Parameters
    ----------
    limits : Limits
        How far a sheet may reach.
    """

    def __init__(self, limits: Limits) -> None:
        self.marks: list[Marks] = []
        self.part = XmlPart(CONTENT, self._start)
        self._limits = limits
        # The row and cell at hand, and for how many of them each is written.
        self._row, self._rows = 0, 0
        self._column, self._columns = 0, 0
        self._formula: str | None = None
        self._error: list[str] | None = None
        # The length of the text of the cell at hand, and of all cells before it.
        self._length = self._lengths = 0
        self._repeated: list[tuple[Marks, range, range, str | None]] = []
        self._handlers = {
            "table:table": self._table_starts,
            "table:table-row": self._row_starts,
            "table:table-cell": self._cell_starts,
            "table:covered-table-cell": self._cell_starts,
            "text:p": self._text_starts,
            "text:s": self._blanks_start,
        }

    def finish(self) -> None:
        """Look at the end of the part."""
        self.part.feed(b"", last=True)
        self._close()
        if not self.marks:
            raise damaged(found="no sheets")

    def lay_out(self) -> None:
        """Mark the cells that are written once for many, each by its place."""
        for marks, rows, columns, text in self._repeated:
            if text is None:
                marks.percentages.update(product(rows, columns))
            else:
                marks.texts.update(dict.fromkeys(product(rows, columns), text))
        self._repeated.clear()

    def _start(self, name: str, attributes: Attributes) -> None:
        handler = self._handlers.get(name)
        if handler is not None:
            handler(attributes)

    def _table_starts(self, attributes: Attributes) -> None:
        self._close()
        self.marks.append(Marks(self._limits, attributes.get("table:name", "")))
        self._row, self._rows = 0, 1
        self._column, self._columns = 0, 1

    def _row_starts(self, attributes: Attributes) -> None:
        self._close()
        self._row += self._rows
        self._rows = _repeated(attributes, "table:number-rows-repeated")
        self._column, self._columns = 0, 1

    def _cell_starts(self, attributes: Attributes) -> None:
        self._close()
        self._column += self._columns
        self._columns = _repeated(attributes, "table:number-columns-repeated")
        kind = attributes.get("office:value-type")
        formula = attributes.get("table:formula")
        is_error = attributes.get("calcext:value-type") == "error"
        if kind is not None or formula is not None or is_error:
            self._use()
        if formula is not None and kind is None and self.marks:
            self._formula = formula
        if is_error and self.marks:
            self._error = []
            self.part.listen(self._hear)
        if kind == "percentage" and self.marks:
            self._mark(None)
        self._length = len(attributes.get("office:string-value", ""))
        self._note_merged(attributes)

    def _text_starts(self, _: Attributes) -> None:
        # Before the first table there are texts of headers and footers.
        if self.marks and self._column:
            self._use()
            self._formula = None
            # What is written once is no longer than its part.
            if self._rows * self._columns > 1:
                self._length += 1
                self.part.listen(self._hear)

    def _blanks_start(self, attributes: Attributes) -> None:
        self._length += _repeated(attributes, "text:c")

    def _hear(self, text: str) -> None:
        self._length += len(text)
        if self._error is not None:
            self._error.append(text)

    def _use(self) -> None:
        if self.marks:
            last_column = self._column + self._columns - 1
            self.marks[-1].use(self._row + self._rows - 1, last_column)

    def _mark(self, text: str | None) -> None:
        """Mark the cell at hand with its text, or as a percentage."""
        rows = range(self._row, self._row + self._rows)
        columns = range(self._column, self._column + self._columns)
        marks = self.marks[-1]
        if len(rows) * len(columns) > 1:
            self._repeated.append((marks, rows, columns, text))
        elif text is None:
            marks.percentages.add((self._row, self._column))
        else:
            marks.texts[self._row, self._column] = text

    def _note_merged(self, attributes: Attributes) -> None:
        down = attributes.get("table:number-rows-spanned", "1")
        along = attributes.get("table:number-columns-spanned", "1")
        if self.marks and (down, along) != ("1", "1"):
            bottom = self._row + _number(down) - 1
            right = self._column + _number(along) - 1
            self.marks[-1].merge(self._row, self._column, bottom, right)

    def _close(self) -> None:
        if self._length:
            self._lengths += self._length * self._rows * self._columns
            self._length = 0
            self.part.listen(None)
            if self._lengths > self._limits.unpacked_bytes:
                raise too_large(self._limits)
        if self._error is not None:
            text = "".join(self._error).strip() or "#ERROR"
            self.part.listen(None)
        elif self._formula is not None:
            text = f"={self._formula.partition('=')[2]}"
        else:
            return
        self._mark(text)
        self._formula = self._error = None


def _repeated(attributes: Attributes, name: str) -> int:
    return _number(attributes[name]) if name in attributes else 1


def _number(text: str) -> int:
    # As many digits as the largest sheet of any program has.
    if not (text.isascii() and text.isdecimal() and len(text) <= 9):
        raise damaged(found=f"a number of rows or columns '{text}'")
    return max(int(text), 1)
