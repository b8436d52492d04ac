"""Look through an xlsx file before a reader opens it (ECMA-376, Office Open XML)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from itertools import chain

from perfnb.ingest.door.limits import Limits
from perfnb.ingest.door.marks import Marks, check_sheets, shows_per_cent
from perfnb.ingest.door.parts import Archive
from perfnb.ingest.door.refusal import damaged
from perfnb.ingest.door.shared_strings import check_texts
from perfnb.ingest.door.sheet_xml import Attributes, Worksheet, XmlPart, skim

WORKBOOK = "xl/workbook.xml"
_LINKS = "xl/_rels/workbook.xml.rels"
_STYLES = "xl/styles.xml"

# ECMA-376 part 1, section 18.8.30: the built-in formats 0% and 0.00%.
_PERCENT_FORMATS = ("9", "10")

_XML_STARTS = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\x00<")


def look_through(archive: Archive, limits: Limits) -> dict[str, Marks]:
    """Look through every part of an xlsx file.

    Returns
    -------
    dict of str to Marks
        By the name of the sheet.

    Raises
    ------
    RefusedError
        When the file is damaged, defines document types, or is too large.
    """
    names = _sheet_names(archive)
    percent_styles = _percent_styles(archive)
    marks: dict[str, Marks] = {}
    shared: dict[str, int] = {}
    for member in archive.members:
        worksheet = Worksheet(member.filename, limits, percent_styles)
        name = names.get(_key(member.filename))
        worksheet.marks.sheet = name
        if _feed(worksheet, archive.pieces(member)):
            marks[name or member.filename] = worksheet.marks
            shared[member.filename] = worksheet.shared_texts
    check_sheets(names.values(), marks.values(), limits)
    check_texts(archive, shared, limits)
    return marks


def _feed(worksheet: Worksheet, pieces: Iterable[bytes]) -> bool:
    pieces = iter(pieces)
    first = next(pieces, b"")
    name = worksheet.part.name
    # Drawings of old programs are no proper XML; no reader takes cells from them.
    if name.lower().endswith(".vml") or not first.lstrip().startswith(_XML_STARTS):
        skim(chain([first], pieces))
        return False
    for piece in chain([first], pieces):
        worksheet.part.feed(piece)
    worksheet.finish()
    return bool(worksheet.is_sheet)


def _key(path: str) -> str:
    # Parts are found without regard to capitals (ECMA-376 part 2, section 6.2.2.3).
    return path.replace("\\", "/").lower()


def _sheet_names(archive: Archive) -> dict[str, str]:
    """Give the name of the sheet that stands in each part."""
    targets: dict[str, str] = {}
    sheets: list[tuple[str, str]] = []

    def link(name: str, attributes: Attributes) -> None:
        if name.endswith("Relationship"):
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            targets[attributes.get("Id", "")] = _key(posixpath.normpath(path))

    def sheet(name: str, attributes: Attributes) -> None:
        if name.rpartition(":")[2] == "sheet":
            links = [attributes[key] for key in attributes if key.endswith(":id")]
            sheets.append((attributes.get("name", ""), links[0] if links else ""))

    for part, start in ((_LINKS, link), (WORKBOOK, sheet)):
        XmlPart(part, start).feed(archive.read(part), last=True)
    if not sheets:
        raise damaged(found="no sheets")
    names = {targets[key]: name for name, key in sheets if key in targets}
    if len(names) < sum(key in targets for _, key in sheets):
        raise damaged(found="two sheets in one part")
    return names


def _percent_styles(archive: Archive) -> set[str]:
    """Give the numbers of the styles that show a number as per cent."""
    formats = set(_PERCENT_FORMATS)
    styles: list[str] = []
    group = ""

    def start(name: str, attributes: Attributes) -> None:
        nonlocal group
        name = name.rpartition(":")[2]
        if name.endswith("Xfs"):
            group = name
        elif name == "numFmt" and shows_per_cent(attributes.get("formatCode", "")):
            formats.add(attributes.get("numFmtId", ""))
        elif name == "xf" and group == "cellXfs":
            styles.append(attributes.get("numFmtId", "0"))

    if content := archive.read(_STYLES):
        XmlPart(_STYLES, start).feed(content, last=True)
    return {str(number) for number, kind in enumerate(styles) if kind in formats}
