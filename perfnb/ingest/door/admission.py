"""See what a file really is, and whether it is safe to read, before it is read.

What a file holds decides, never the ending of its name. A few kilobytes can
hold gigabytes, or a cell so far out that a reader fills all that lies before
it: such files are told here, in a fraction of a second, and go no further.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from perfnb.errors import Fault
from perfnb.files import relative
from perfnb.ingest.door import ods, xls, xlsx
from perfnb.ingest.door.compound import SIGNATURE, Compound
from perfnb.ingest.door.limits import MIB, Limits
from perfnb.ingest.door.marks import Marks
from perfnb.ingest.door.parts import Archive
from perfnb.ingest.door.refusal import RefusedError, damaged, protected

Kind = Literal["text", "xlsx", "ods", "xls", "json"]
"""What a file holds, whatever its name ends in."""

ENDINGS: Mapping[Kind, tuple[str, ...]] = {
    "text": (".csv", ".tsv", ".txt"),
    "xlsx": (".xlsx", ".xlsm"),
    "ods": (".ods",),
    "xls": (".xls",),
    "json": (".json",),
}
_NAMES: Mapping[Kind, str] = {
    "text": "text with separated columns (CSV)",
    "xlsx": "an Excel workbook (xlsx)",
    "ods": "an OpenDocument spreadsheet (ods)",
    "xls": "an old Excel workbook (xls)",
    "json": "JSON",
}

_SPREADSHEET = "a CSV, xlsx, ods or xls file with figures"
_SAVE_AS = "Open it in a spreadsheet program and save it as xlsx or 'CSV UTF-8'."
_TYPE_OUT = "Put the figures into the return form, or into a CSV file."

# What files begin with that people send instead of a spreadsheet.
_BEGINNINGS = (
    (b"%PDF", "a PDF", _TYPE_OUT),
    (b"{\\rtf", "a text document (RTF)", _TYPE_OUT),
    (b"\x89PNG", "a picture", _TYPE_OUT),
    (b"\xff\xd8\xff", "a picture", _TYPE_OUT),
    (b"GIF8", "a picture", _TYPE_OUT),
    (b"\x1f\x8b", "a packed file (gzip)", "Unpack it first."),
    (b"7z\xbc\xaf", "a packed file (7z)", "Unpack it first."),
    (b"Rar!", "a packed file (rar)", "Unpack it first."),
)
_MARKUP = (
    (b"<html", "a web page", _SAVE_AS),
    (b"<!doctype html", "a web page", _SAVE_AS),
    (b"<table", "a web page", _SAVE_AS),
    (b"<head", "a web page", _SAVE_AS),
    (b"<meta", "a web page", _SAVE_AS),
    (b"<office:document", "a flat OpenDocument file", _SAVE_AS),
    (b"<workbook", "a spreadsheet in XML (2003)", _SAVE_AS),
)
_OFFICE_PARTS = (
    ("xl/workbook.bin", "a binary Excel workbook (xlsb)", _SAVE_AS),
    ("word/document.xml", "a Word document", _TYPE_OUT),
    ("ppt/presentation.xml", "a presentation", _TYPE_OUT),
)
_OFFICE_STREAMS = (
    ("WordDocument", "a Word document", _TYPE_OUT),
    ("PowerPoint Document", "a presentation", _TYPE_OUT),
    ("__properties_version1.0", "an e-mail", "Save the file attached to it."),
)
_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_LOOKED_AT = 4096
_CONTROLS = bytes({*range(32)} - {*b"\t\n\f\r\0"})


@dataclass(frozen=True)
class Admitted:
    """A file that may be read.

    Parameters
    ----------
    kind : str
        What it holds.
    content : bytes
        The whole file.
    marks : mapping of str to Marks
        What a spreadsheet says of the cells of each sheet.
    """

    kind: Kind
    content: bytes
    marks: Mapping[str, Marks] = field(default_factory=dict)


def admit(
    path: Path, limits: Limits, *, folder: Path
) -> tuple[Kind | None, list[Fault]]:
    """Say what a file is and whether it may be read.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    limits : Limits
        How large it may be (`perfnb.ingest.door.limits`).
    folder : pathlib.Path
        The workbook's folder; faults name the file relative to it.

    Returns
    -------
    kind : {"text", "xlsx", "ods", "xls", "json"} or None
        What it holds; None when it must not be read.
    findings : list of Fault
        An error when it must not be read; a warning when its name ends in
        something that it is not.
    """
    admitted, findings = look_into(path, limits, folder=folder)
    return (None if admitted is None else admitted.kind), findings


def look_into(
    path: Path, limits: Limits, *, folder: Path
) -> tuple[Admitted | None, list[Fault]]:
    """Admit a file with what it holds; see `admit`."""
    name = relative(path, folder)
    try:
        content = _load(path, limits)
        kind, marks = _recognise(content, limits)
    except RefusedError as refused:
        return None, [told(refused, name)]
    admitted = Admitted(kind, content, marks)
    if path.suffix.lower() in ENDINGS[kind]:
        return admitted, []
    return admitted, [_misnamed(name, path.suffix, kind)]


def told(refused: RefusedError, name: str) -> Fault:
    """Tell why a file is not read."""
    return Fault(
        name,
        refused.expected,
        refused.found,
        refused.remedy,
        refused.row,
        sheet=refused.sheet,
        place=refused.place,
    )


def _misnamed(name: str, suffix: str, kind: Kind) -> Fault:
    return Fault(
        name,
        f"a file whose name ends in {' or '.join(ENDINGS[kind])}",
        f"{_NAMES[kind]} under a name that ends in '{suffix}'",
        "It was read as what it is; give it its right name.",
        severity="warning",
    )


def _load(path: Path, limits: Limits) -> bytes:
    try:
        size = path.stat().st_size
        if size > limits.file_bytes:
            raise RefusedError(
                expected=f"a file of at most {limits.file_bytes // MIB} MiB",
                found=f"{size / MIB:,.1f} MiB",
                remedy="Keep the figures alone, or split it into several files.",
            )
        content = path.read_bytes()
    except OSError as error:
        found = error.strerror or type(error).__name__
        remedy = "Close it in other programs and see that you may read it."
        raise RefusedError(
            expected="a file that can be opened", found=found, remedy=remedy
        ) from None
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise RefusedError(
            expected=_SPREADSHEET,
            found="nothing",
            remedy="Fill it in, or take it away.",
        )
    return content


def _recognise(content: bytes, limits: Limits) -> tuple[Kind, Mapping[str, Marks]]:
    if content.startswith(b"PK"):
        return _packed(Archive(content, limits), limits)
    if content.startswith(SIGNATURE):
        return "xls", _old(Compound(content), limits)
    start = content[:_LOOKED_AT].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for beginning, what, remedy in _BEGINNINGS:
        if content.startswith(beginning):
            raise RefusedError(expected=_SPREADSHEET, found=what, remedy=remedy)
    if start.startswith(b"<"):
        raise _markup(start)
    _check_text(content)
    if start.startswith((b"{", b"[{", b"[[", b"[\n", b"[\r")):
        return "json", {}
    return "text", {}


def _markup(start: bytes) -> RefusedError:
    for tag, what, remedy in _MARKUP:
        if tag in start:
            return RefusedError(expected=_SPREADSHEET, found=what, remedy=remedy)
    return RefusedError(expected=_SPREADSHEET, found="XML", remedy=_SAVE_AS)


def _packed(archive: Archive, limits: Limits) -> tuple[Kind, Mapping[str, Marks]]:
    names = archive.names
    if xlsx.WORKBOOK in names:
        return "xlsx", xlsx.look_through(archive, limits)
    for part, what, remedy in _OFFICE_PARTS:
        if part in names:
            raise RefusedError(expected=_SPREADSHEET, found=what, remedy=remedy)
    kind = archive.read("mimetype")
    if kind.startswith(_ODS_TYPE) and ods.CONTENT in names:
        return "ods", ods.look_through(archive, limits)
    if kind.startswith(b"application/vnd.oasis.opendocument"):
        raise RefusedError(
            expected=_SPREADSHEET,
            found="an OpenDocument text or drawing",
            remedy=_TYPE_OUT,
        )
    if ods.CONTENT in names or "[Content_Types].xml" in names:
        raise damaged(found="parts of a spreadsheet, but not all")
    what = f"a packed folder (zip) with {len(names):,} files"
    raise RefusedError(
        expected=_SPREADSHEET,
        found=what,
        remedy="Unpack it and put in the files themselves.",
    )


def _old(compound: Compound, limits: Limits) -> Mapping[str, Marks]:
    names = compound.names
    if "EncryptedPackage" in names:
        raise protected()
    if any(name in names for name in xls.STREAMS):
        return xls.look_through(compound, limits)
    for stream, what, remedy in _OFFICE_STREAMS:
        if any(name.startswith(stream) for name in names):
            raise RefusedError(expected=_SPREADSHEET, found=what, remedy=remedy)
    raise RefusedError(
        expected=_SPREADSHEET, found="a file of another office program", remedy=_SAVE_AS
    )


def _check_text(content: bytes) -> None:
    start = content[:_LOOKED_AT]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or _looks_wide(start):
        return
    strange = len(start) - len(start.translate(None, _CONTROLS + b"\0"))
    if strange > 0.01 * len(start):
        raise RefusedError(
            expected=_SPREADSHEET, found="a file of an unknown kind", remedy=_SAVE_AS
        )


def _looks_wide(start: bytes) -> bool:
    half = len(start) // 2
    return half > 0 and max(start[::2].count(0), start[1::2].count(0)) > 0.9 * half
