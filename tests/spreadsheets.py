"""What a spreadsheet program would make of the files that tests have written."""

import io
import re
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.sax.saxutils import escape

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?(e[-+]?[0-9]+)?")


WOULD_RUN = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    '=HYPERLINK("http://example.org","Click")',
    "=cmd|'/C calc'!A0",
    "  =1+1",
    "\u00a0=1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\x00=1+1",
    "\tplain",
    "\rplain",
    "＝1+1",
    "＋1",
    "－A1",
    "＠A1",
    "-",
    "+5",
    "-1,234",
    "-5%",
    "-inf",
]
"""Texts that a spreadsheet could run, or take for more than text."""


@dataclass(frozen=True)
class Cell:
    """A cell of an xlsx file: its text, its formula if it has one, its style."""

    text: str
    formula: str | None
    style: int


def is_formula(cell: str) -> bool:
    """Tell whether a spreadsheet that is given this text would reckon with it."""
    bare = cell.lstrip("".join(map(chr, range(33))) + "\u00a0\u200b\ufeff\u3000")
    return bare[:1] in tuple("=+-@＝＋－＠") and not _NUMBER.fullmatch(bare)


def xlsx_part(content: bytes, name: str) -> ElementTree.Element:
    """Read a part of an xlsx file as XML."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return ElementTree.fromstring(parts.read(name))


def xlsx_sheet(content: bytes, sheet: str) -> ElementTree.Element:
    """Read a sheet of an xlsx file as XML, found by its name."""
    return xlsx_part(content, xlsx_sheet_path(content, sheet))


def xlsx_sheet_path(content: bytes, sheet: str) -> str:
    """Name the part of an xlsx file that holds a sheet."""
    relations = {
        each.get("Id"): each.get("Target")
        for each in xlsx_part(content, "xl/_rels/workbook.xml.rels")
    }
    found = next(
        each
        for each in xlsx_part(content, "xl/workbook.xml").iter(f"{_MAIN}sheet")
        if each.get("name") == sheet
    )
    return f"xl/{relations[found.get(_RELATION)]}"


def xlsx_cells(content: bytes, sheet: str) -> dict[str, Cell]:
    """Read the cells of a sheet of an xlsx file, by their names such as 'B3'."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        held = "xl/sharedStrings.xml" in parts.namelist()
    shared = xlsx_part(content, "xl/sharedStrings.xml") if held else []
    texts = ["".join(each.itertext()) for each in shared]
    cells = {}
    for cell in xlsx_sheet(content, sheet).iter(f"{_MAIN}c"):
        text = cell.findtext(f"{_MAIN}v") or ""
        cells[str(cell.get("r"))] = Cell(
            texts[int(text)] if cell.get("t") == "s" else text,
            cell.findtext(f"{_MAIN}f"),
            int(cell.get("s", "0")),
        )
    return cells


def type_into(content: bytes, sheet: str, typed: dict[str, int | float | str]) -> bytes:
    """Type into cells of an xlsx file that are there and blank, as a person would."""
    path = xlsx_sheet_path(content, sheet)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        names = parts.namelist()
        held = {name: parts.read(name) for name in names}
    text = held[path].decode()
    for cell, what in typed.items():
        blank = re.compile(rf'<c r="{cell}"( s="[0-9]+")?/>')
        assert len(blank.findall(text)) == 1, f"{cell} is not a blank cell"
        filled = _text(what) if isinstance(what, str) else f"><v>{what!r}</v>"
        text = blank.sub(
            lambda m, f=filled, c=cell: f'<c r="{c}"{m[1] or ""}{f}</c>', text
        )
    held[path] = text.encode()
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as parts:
        for name in names:
            parts.writestr(name, held[name])
    return written.getvalue()


def _text(typed: str) -> str:
    # Texts that look like the format's own escapes are escaped themselves.
    plain = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", typed)
    return f' t="inlineStr"><is><t xml:space="preserve">{escape(plain)}</t></is>'
