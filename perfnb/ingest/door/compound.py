"""Read the streams of a compound file, in which old office programs keep theirs.

References
----------
Microsoft, [MS-CFB] Compound File Binary File Format.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator, Sequence

from perfnb.ingest.door.refusal import RefusedError, damaged

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_HEADER = struct.Struct("<30xHH10xII4xIIIII")
_HEADER_SIZE = 512
_FATS_AT, _FATS = 76, 109
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
        self._small = b""
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
            stream = self._joined(first)
        else:
            small = 1 << self._small_shift
            most = len(self._small) // small
            chain = self._chain(first, self._small_fat, most)
            starts = (at * small for at in chain)
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
        self._small_fat = self._numbers(self._sectors(small_fat))
        entries = self._joined(directory)
        self._streams: dict[str, tuple[int, int]] = {}
        for at in range(0, len(entries) - _ENTRY + 1, _ENTRY):
            name, length, kind, first, size = _ENTRY_FIELDS.unpack_from(entries, at)
            if kind == _ROOT and not self._small:
                self._small = self._joined(first)
            elif kind == _STREAM:
                title = name[: max(length - 2, 0)].decode("utf-16-le", "replace")
                # In files with small sectors only half of the size is used.
                size = size if self._shift > 9 else size & 0xFFFFFFFF
                self._streams.setdefault(title, (first, size))

    def _joined(self, first: int) -> bytes:
        return b"".join(map(self._sector, self._sectors(first)))

    def _sectors(self, first: int) -> Iterator[int]:
        return self._chain(first, self._fat, len(self._content) >> self._shift)

    def _read_fat(self, more: int) -> Sequence[int]:
        sectors = list(struct.unpack_from(f"<{_FATS}I", self._content, _FATS_AT))
        seen: set[int] = set()
        most = len(self._content) >> self._shift
        while more < _END:
            if more in seen or len(sectors) > most + _FATS:
                raise _broken()
            seen.add(more)
            *numbers, more = self._numbers([more])
            sectors += numbers
        sectors = [sector for sector in sectors if sector < _END]
        if len({*sectors}) < len(sectors):
            raise _broken()
        return self._numbers(sectors)

    def _numbers(self, sectors: Iterator[int] | list[int]) -> array[int]:
        numbers = array("I")
        for sector in sectors:
            content = self._sector(sector)
            numbers.extend(struct.unpack(f"<{len(content) // 4}I", content))
        return numbers

    def _sector(self, number: int) -> bytes:
        size = 1 << self._shift
        start = max(_HEADER_SIZE, size) + number * size
        sector = self._content[start : start + size]
        if not sector:
            raise _broken()
        return sector.ljust(size, b"\0")

    @staticmethod
    def _chain(first: int, following: Sequence[int], most: int) -> Iterator[int]:
        # A chain that is longer than the file comes back to where it was.
        left = most
        while first < _END:
            if left == 0 or first >= len(following):
                raise _broken()
            left -= 1
            yield first
            first = following[first]


def _broken() -> RefusedError:
    return damaged("a file that breaks off or is damaged")
