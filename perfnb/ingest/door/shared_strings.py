"""See how long the texts of an xlsx file are when each cell has its own.

A text that stands in many cells is kept once (ECMA-376 part 1, section 18.4); a
reader gives each of the cells its own.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence

from perfnb.ingest.door.limits import Limits
from perfnb.ingest.door.parts import Archive, too_large
from perfnb.ingest.door.sheet_xml import Attributes, XmlPart

_PART = "xl/sharedstrings.xml"


def check_texts(archive: Archive, uses: Mapping[str, int], limits: Limits) -> None:
    """Refuse texts that are longer, all cells together, than a file may be.

    Parameters
    ----------
    archive : Archive
        The file, whose parts were all looked through before.
    uses : mapping of str to int
        How many cells with shared texts each part has.
    limits : Limits
        How large the file may be when it is unpacked.

    Raises
    ------
    RefusedError
        When the texts are longer together.
    """
    if not any(uses.values()):
        return
    shared = [m for m in archive.members if m.filename.lower() == _PART]
    lengths = [each for member in shared for each in _lengths(archive, member)]
    left = limits.unpacked_bytes
    if sum(uses.values()) * max(lengths, default=0) <= left:
        return
    for member in archive.members:
        if uses.get(member.filename):
            for length in _used(archive, member, lengths):
                left -= length
                if left < 0:
                    raise too_large(limits)


def _lengths(archive: Archive, member: zipfile.ZipInfo) -> list[int]:
    lengths: list[int] = []

    def start(name: str, _: Attributes) -> None:
        if name.rpartition(":")[2] == "si":
            lengths.append(0)

    def hear(text: str) -> None:
        if lengths:
            lengths[-1] += len(text)

    part = XmlPart(member.filename, start)
    part.listen(hear)
    for piece in archive.pieces_again(member):
        part.feed(piece)
    part.feed(b"", last=True)
    return lengths


def _used(
    archive: Archive, member: zipfile.ZipInfo, lengths: Sequence[int]
) -> Iterable[int]:
    """Give the length of the text of each cell, as far as it is shared."""
    kind = ""
    heard: list[str] = []
    numbers: list[str] = []

    def start(name: str, attributes: Attributes) -> None:
        nonlocal kind
        if heard:
            numbers.append("".join(heard))
            heard.clear()
        name = name.rpartition(":")[2]
        if name == "c":
            kind = attributes.get("t", "")
        part.listen(heard.append if name == "v" and kind == "s" else None)

    part = XmlPart(member.filename, start)
    for piece in archive.pieces_again(member):
        part.feed(piece)
        yield from _told(numbers, lengths)
        numbers.clear()
    part.feed(b"", last=True)
    yield from _told([*numbers, "".join(heard)], lengths)


def _told(numbers: Iterable[str], lengths: Sequence[int]) -> Iterable[int]:
    # What is no number, or the number of no text, the reader refuses.
    for text in map(str.strip, numbers):
        if text.isdecimal() and len(text) < 9 and int(text) < len(lengths):
            yield lengths[int(text)]
