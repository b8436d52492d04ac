"""The packed parts of a spreadsheet file, unpacked piece by piece and counted.

An xlsx or ods file is a zip archive. What its headers say of sizes is not
believed: every part is unpacked in small pieces and the unpacking stops when
the pieces together are more than a file may have.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from perfnb.ingest.door.limits import MIB, Limits
from perfnb.ingest.door.refusal import RefusedError, damaged, protected

# APPNOTE.TXT, .ZIP File Format Specification 6.3.10, sections 4.3.7 and 4.3.12.
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_ENTRY_SIGNATURE = b"PK\x01\x02"
_LOCAL_SIGNATURE = b"PK\x03\x04"
_ENCRYPTED = 0x1

_PACKED_PIECE = 2**14
_PIECE = 2**16


class Archive:
    """A zip archive held in memory.

    Parameters
    ----------
    content : bytes
        The whole file.
    limits : Limits
        How many parts it may have and how large they may be together.

    Raises
    ------
    RefusedError
        When it is not whole, needs a password or has too many parts.
    """

    def __init__(self, content: bytes, limits: Limits) -> None:
        self._content = content
        self._limits = limits
        self._left = limits.unpacked_bytes
        self.members = self._list()

    @property
    def names(self) -> list[str]:
        """List the parts in the order of the archive."""
        return [member.filename for member in self.members]

    def pieces(self, member: zipfile.ZipInfo) -> Iterator[bytes]:
        """Unpack a part, piece by piece.

        Raises
        ------
        RefusedError
            When all that was unpacked of the archive is too large, or the part
            is not what the archive says.
        """
        size = checksum = 0
        for piece in self._unpack(member):
            size += len(piece)
            self._left -= len(piece)
            if self._left < 0:
                raise too_large(self._limits)
            checksum = zlib.crc32(piece, checksum)
            yield piece
        if size != member.file_size or checksum != member.CRC:
            raise damaged(found=f"a part '{member.filename}' that is not whole")

    def pieces_again(self, member: zipfile.ZipInfo) -> Iterator[bytes]:
        """Unpack a part that was counted and found whole before."""
        return self._unpack(member)

    def read(self, name: str) -> bytes:
        """Unpack a part by its name; nothing when the archive does not have it."""
        for member in self.members:
            if member.filename == name:
                return b"".join(self.pieces(member))
        return b""

    def _list(self) -> list[zipfile.ZipInfo]:
        # Counted before the list is laid out, which for a million parts is slow.
        if (count := self._content.count(_ENTRY_SIGNATURE)) > self._limits.members:
            raise RefusedError(
                expected=f"at most {self._limits.members:,} parts in the file",
                found=f"{count:,} parts",
                remedy="Copy the figures into a new workbook and save that.",
            )
        try:
            with zipfile.ZipFile(io.BytesIO(self._content)) as archive:
                members = archive.infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error):
            raise damaged(found="a file that breaks off or is damaged") from None
        if any(member.flag_bits & _ENCRYPTED for member in members):
            raise protected()
        if sum(member.file_size for member in members) > self._left:
            raise too_large(self._limits)
        return members

    def _unpack(self, member: zipfile.ZipInfo) -> Iterator[bytes]:
        start = member.header_offset
        header = self._content[start : start + _LOCAL_HEADER.size]
        if len(header) < _LOCAL_HEADER.size or not header.startswith(_LOCAL_SIGNATURE):
            raise damaged(found=f"a part '{member.filename}' that is not there")
        _, name, extra = _LOCAL_HEADER.unpack(header)
        start += _LOCAL_HEADER.size + name + extra
        packed = memoryview(self._content)[start : start + member.compress_size]
        slices = (packed[at : at + _PACKED_PIECE] for at in _steps(len(packed)))
        if member.compress_type == zipfile.ZIP_STORED:
            yield from map(bytes, slices)
        elif member.compress_type == zipfile.ZIP_DEFLATED:
            yield from _inflate(slices, member.filename)
        else:
            raise damaged(found=f"a part '{member.filename}' packed in an unknown way")


def _steps(size: int) -> range:
    return range(0, size, _PACKED_PIECE)


def _inflate(slices: Iterator[memoryview], name: str) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for packed in slices:
            piece = unpacker.decompress(packed, _PIECE)
            while piece:
                yield piece
                piece = unpacker.decompress(unpacker.unconsumed_tail, _PIECE)
    except zlib.error:
        raise damaged(found=f"a part '{name}' that is damaged") from None
    if not unpacker.eof:
        raise damaged(found=f"a part '{name}' that breaks off")


def too_large(limits: Limits) -> RefusedError:
    """Refuse a file that holds more than it seems to."""
    return RefusedError(
        expected=f"at most {limits.unpacked_bytes // MIB} MiB when it is unpacked",
        found="more",
        remedy="Keep the figures alone: delete empty formatted rows, pictures and "
        "sheets that are not needed, or save the sheet as CSV.",
    )
