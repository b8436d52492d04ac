"""Look through the XML of a worksheet before anything lays it out in memory.

Parts are fed piece by piece as they are unpacked, so that nothing is held but
what is marked. A document type, with which entities could be defined that
multiply themselves, is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from xml.parsers import expat

from perfnb.ingest.door.limits import Limits
from perfnb.ingest.door.marks import Marks, Place, area_of, place_of
from perfnb.ingest.door.refusal import RefusedError, damaged

Attributes = Mapping[str, str]

_SHEET_ROOTS = ("worksheet", "chartsheet", "dialogsheet", "macrosheet")
_ROW = re.compile("[0-9]{1,7}")
_TYPE_OR_ENTITY = re.compile(rb"<\0?!\0?(D\0?O\0?C\0?T|E\0?N\0?T\0?I)")


def skim(pieces: Iterable[bytes]) -> None:
    """Look through a part that is no sheet for nothing but a document type.

    Raises
    ------
    RefusedError
        When it has one, or cells of a sheet where none belong.
    """
    before = b""
    for piece in pieces:
        seen = before + piece
        if _TYPE_OR_ENTITY.search(seen):
            raise document_type()
        if b"sheetData" in seen:
            raise damaged(found="cells outside its sheets")
        before = piece[-16:]


def document_type() -> RefusedError:
    """Refuse a part with a document type or an entity."""
    return RefusedError(
        expected="a file that defines nothing of its own (no DOCTYPE, no ENTITY)",
        found="a document type",
        remedy="Open it in a spreadsheet program and save it as a new xlsx file.",
    )


class XmlPart:
    """A part of XML, fed piece by piece.

    Parameters
    ----------
    name : str
        Name of the part.
    start : callable
        What to do at the start of each element: its name and attributes.
    """

    def __init__(self, name: str, start: Callable[[str, Attributes], None]) -> None:
        self.name = name
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = start
        self._parser.StartDoctypeDeclHandler = self._refuse

    def feed(self, piece: bytes, *, last: bool = False) -> None:
        """Look through the next piece.

        Raises
        ------
        RefusedError
            When it has a document type or is no XML.
        """
        try:
            self._parser.Parse(piece, last)
        # An encoding that is not known, or takes several bytes a character.
        except (expat.ExpatError, ValueError, LookupError):
            raise damaged(found=f"a part '{self.name}' that is damaged") from None

    def listen(self, hear: Callable[[str], object] | None) -> None:
        """Give the text of the elements that follow to a function, or to none."""
        self._parser.CharacterDataHandler = hear

    @staticmethod
    def _refuse(*_: object) -> None:
        raise document_type()


class Worksheet:
    """A worksheet of an xlsx file (ECMA-376 part 1, section 18.3), or another part.

    Parameters
    ----------
    name : str
        Name of the part.
    limits : Limits
        How far a sheet may reach.
    percent_styles : collection of str
        Numbers of the styles that show a number as per cent.
    """

    def __init__(
        self, name: str, limits: Limits, percent_styles: Collection[str]
    ) -> None:
        self.marks = Marks(limits)
        self.part = XmlPart(name, self._start)
        self.is_sheet: bool | None = None
        self.shared_texts = 0
        self._percent_styles = percent_styles
        self._columns: dict[str, int] = {}
        self._place: Place = (0, 0)
        self._kind = ""
        # Extensions behind the cells have elements called f as well.
        self._in_cell = False
        self._formula: list[str] | None = None
        self._result: list[str] | None = None
        self._handlers: dict[str, Callable[[Attributes], None]] = {
            "row": self._row,
            "c": self._cell,
            "v": self._value,
            "is": self._value,
            "f": self._formula_starts,
            "mergeCell": self._merged,
        }

    def finish(self) -> Marks:
        """Look at the end of the part, and give what is marked."""
        self.part.feed(b"", last=True)
        self._close()
        return self.marks

    def _start(self, name: str, attributes: Attributes) -> None:
        handler = self._handlers.get(name)
        if handler is None and ":" in name:
            name = name.rpartition(":")[2]
            handler = self._handlers.get(name)
        if self.is_sheet is None:
            self.is_sheet = name in _SHEET_ROOTS
        # A reader looks for the cells of a sheet in any part that it is led to.
        if name == "sheetData":
            self.is_sheet = True
        if handler is None:
            self._in_cell = False
        elif self.is_sheet:
            handler(attributes)

    def _row(self, attributes: Attributes) -> None:
        self._close()
        row = attributes.get("r")
        if row is not None and not _ROW.fullmatch(row):
            raise damaged(found=f"a row called '{row[:20]}'")
        self._place = (self._place[0] + 1 if row is None else int(row), 0)

    def _cell(self, attributes: Attributes) -> None:
        if self._formula is not None or self._result is not None:
            self._close()
        reference = attributes.get("r")
        if reference is None:
            self._place = (self._place[0], self._place[1] + 1)
        else:
            self._place = self._find(reference)
        self._in_cell = True
        self._kind = attributes.get("t", "n")
        self.shared_texts += self._kind == "s"
        if attributes.get("s") in self._percent_styles and self._kind == "n":
            self.marks.percentages.add(self._place)

    def _find(self, reference: str) -> Place:
        letters = reference.rstrip("0123456789")
        if letters not in self._columns:
            self._columns[letters] = place_of(reference)[1]
        digits = reference[len(letters) :]
        if not digits or len(digits) > 7:
            raise damaged(found=f"a cell called '{reference}'")
        return int(digits), self._columns[letters]

    def _value(self, _: Attributes) -> None:
        self.marks.use(*self._place)
        if self._formula is not None or self._kind == "e":
            self._result = []
            self.part.listen(self._result.append)

    def _formula_starts(self, _: Attributes) -> None:
        if not self._in_cell:
            return
        self.marks.use(*self._place)
        self._formula = []
        self.part.listen(self._formula.append)

    def _merged(self, attributes: Attributes) -> None:
        area = area_of(attributes.get("ref", ""))
        self.marks.merge(area.top, area.left, area.bottom, area.right)

    def _close(self) -> None:
        if self._formula is None and self._result is None:
            return
        result = "".join(self._result or []).strip()
        if self._kind == "e":
            self.marks.texts[self._place] = result or "#ERROR"
        elif self._result is None or (not result and self._kind != "str"):
            formula = "".join(self._formula or []).strip()
            self.marks.texts[self._place] = f"={formula}"
        self._formula = self._result = None
        self.part.listen(None)
