"""Read the streams of a compound file, in which old office programs keep theirs.

References
----------
Microsoft, [MS-CFB] Compound File Binary File Format.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from perfnb.ingest.door.refusal import RefusedError, damaged

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_HEADER = struct.Struct("<30xHH10xII4xIIIII")
_HEADER_SIZE = 512
_FATS_AT = 76
_ENTRY = 128
_ENTRY_FIELDS = struct.Struct("<64sHB49xIQ")
_END = 0xFFFFFFFA
_STREAM, _ROOT = 2, 5


class Compound:
    """A compound file held in memory.

    Parameters
    ----------
    content : bytes
        The whole file.

    Raises
    ------
    RefusedError
        When it is damaged.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        try:
            self._open()
        except struct.error:
            raise _broken() from None

    @property
    def names(self) -> list[str]:
        """List the streams."""
        return list(self._streams)

    def read(self, name: str) -> bytes:
        """Give the content of a stream.

        Raises
        ------
        RefusedError
            When the file breaks off within it.
        """
        first, size = self._streams[name]
        if size >= self._cutoff:
            stream = b"".join(map(self._sector, self._chain(first, self._fat)))
        else:
            small = 1 << self._small_shift
            starts = (at * small for at in self._chain(first, self._small_fat))
            stream = b"".join(self._small[at : at + small] for at in starts)
        if len(stream) < size:
            raise _broken()
        return stream[:size]

    def _open(self) -> None:
        fields = _HEADER.unpack_from(self._content)
        self._shift, self._small_shift, _, directory, self._cutoff = fields[:5]
        small_fat, _, more_fats, _ = fields[5:]
        if not (7 <= self._shift <= 16 and 4 <= self._small_shift < self._shift):
            raise _broken()
        self._fat = self._read_fat(more_fats)
        self._small_fat = self._numbers(self._chain(small_fat, self._fat))
        entries = b"".join(map(self._sector, self._chain(directory, self._fat)))
        self._streams: dict[str, tuple[int, int]] = {}
        self._small = b""
        for at in range(0, len(entries) - _ENTRY + 1, _ENTRY):
            name, length, kind, first, size = _ENTRY_FIELDS.unpack_from(entries, at)
            if kind == _ROOT:
                chain = self._chain(first, self._fat)
                self._small = b"".join(map(self._sector, chain))
            elif kind == _STREAM:
                title = name[: max(length - 2, 0)].decode("utf-16-le", "replace")
                # In files with small sectors only half of the size is used.
                size = size if self._shift > 9 else size & 0xFFFFFFFF
                self._streams.setdefault(title, (first, size))

    def _read_fat(self, more: int) -> list[int]:
        sectors = list(struct.unpack_from("<109I", self._content, _FATS_AT))
        seen: set[int] = set()
        while more < _END:
            if more in seen:
                raise _broken()
            seen.add(more)
            *numbers, more = self._numbers([more])
            sectors += numbers
        return self._numbers(sector for sector in sectors if sector < _END)

    def _numbers(self, sectors: Iterator[int] | list[int]) -> list[int]:
        numbers: list[int] = []
        for sector in sectors:
            content = self._sector(sector)
            numbers += struct.unpack(f"<{len(content) // 4}I", content)
        return numbers

    def _sector(self, number: int) -> bytes:
        size = 1 << self._shift
        start = max(_HEADER_SIZE, size) + number * size
        sector = self._content[start : start + size]
        if not sector:
            raise _broken()
        return sector.ljust(size, b"\0")

    @staticmethod
    def _chain(first: int, following: list[int]) -> Iterator[int]:
        left = len(following)
        while first < _END:
            if left == 0 or first >= len(following):
                raise _broken()
            left -= 1
            yield first
            first = following[first]


def _broken() -> RefusedError:
    return damaged("a file that breaks off or is damaged")
