"""Put imported returns, and the row of their source, in their places."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from perfnb import new_files
from perfnb.errors import ParameterError
from perfnb.files import relative
from perfnb.harmless import csv_text
from perfnb.importing.prepared import Prepared
from perfnb.registers import Source


def write(prepared: Prepared, folder: Path, *, add_source: bool) -> dict[Path, bool]:
    """Write the returns of a published file; nothing is ever overwritten.

    Parameters
    ----------
    prepared : Prepared
        The returns.
    folder : pathlib.Path
        The workbook's folder.
    add_source : bool
        Whether the row of a new source is added to ``sources.csv``.

    Returns
    -------
    dict of pathlib.Path to bool
        The returns, and whether each was written; one that was there with the
        same content was not.

    Raises
    ------
    ParameterError
        When the source is not in the register and is not to be added, when a
        return with other content is there, or a file cannot be written. Nothing
        is written then.
    """
    new = _new(prepared.returns, folder)
    if prepared.is_new_source and new:
        if not add_source:
            message = (
                f"The source {prepared.source.id} is not in data/registers/sources.csv."
                f" Add its row, import with --add-source, or name a source that is "
                f"there with --source. Nothing was written."
            )
            raise ParameterError(message)
        _append(folder / "data" / "registers" / "sources.csv", prepared.source)
    new_files.place(new)
    return {path: path in new for path in prepared.returns}


def row_of(source: Source) -> str:
    """Write a source as a row of ``sources.csv``.

    Examples
    --------
    >>> from datetime import date
    >>> print(row_of(Source(id="waste-2026", publisher="Defra", title="Waste",
    ...     edition="2025-26", received=date(2026, 11, 24), licence="OGL v3.0",
    ...     basis="published")))
    waste-2026,Defra,Waste,2025-26,,2026-11-24,OGL v3.0,published,
    """
    cells = [getattr(source, heading) for heading in Source.headings()]
    return csv_text([], [cells]).strip("\n")


def _new(returns: Mapping[Path, bytes], folder: Path) -> dict[Path, bytes]:
    there = [path for path in returns if path.exists()]
    other = [path for path in there if path.read_bytes() != returns[path]]
    if other:
        names = ", ".join(relative(path, folder) for path in other)
        message = (
            f"{names} is there already with other content. Nothing was written. "
            f"Move it away, name another folder with --into, or give this edition a "
            f"source of its own with --source."
        )
        raise ParameterError(message)
    return {path: content for path, content in returns.items() if path not in there}


def _append(register: Path, source: Source) -> None:
    """Add a row to a register: the whole file is written beside it and moved there."""
    before = register.read_bytes()
    line_end = b"\r\n" if b"\r\n" in before else b"\n"
    gap = b"" if before.endswith(b"\n") else line_end
    beside = register.with_name(f".{register.name}.part")
    try:
        with beside.open("wb") as file:
            file.write(before + gap + row_of(source).encode() + line_end)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(register)
    except OSError as error:
        beside.unlink(missing_ok=True)
        why = error.strerror or error
        message = f"'{register}' cannot be written: {why}. Nothing was written."
        raise ParameterError(message) from error
