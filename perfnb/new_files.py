"""Write files that must not be there yet: all of them, whole, or none."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from perfnb.errors import ParameterError


def place(contents: Mapping[Path, bytes]) -> None:
    """Put new files in their places, in the order given.

    Each is written beside its place first, under a hidden name, and moved there
    only when all have been written. Whatever goes wrong, nothing is left behind
    but what was there before; a machine that stops in between leaves whole files
    only, the first ones.

    Parameters
    ----------
    contents : mapping of pathlib.Path to bytes
        What each file holds. Folders that are not there are made.

    Raises
    ------
    ParameterError
        When one of the files is there already: nothing is overwritten. Also when
        the folder cannot be written to.
    """
    folders: list[Path] = []
    written: list[Path] = []
    try:
        for path, content in contents.items():
            _make_folder(path.parent, folders)
            written.append(_beside(path))
            _write(_beside(path), content)
        for path in contents:
            _refuse_if_there(path)
            written.append(path)
            _beside(path).replace(path)
    except BaseException as error:
        _undo(written, folders)
        if isinstance(error, OSError):
            raise ParameterError(_unwritable(error)) from error
        raise
    for folder in {path.parent for path in contents}:
        flush(folder)


def _refuse_if_there(path: Path) -> None:
    if path.exists():
        message = f"'{path}' is there already. Nothing was written."
        raise ParameterError(message)


def _unwritable(error: OSError) -> str:
    where = error.filename or "the workbook's folder"
    return f"'{where}' cannot be written: {error.strerror}. Nothing was written."


def _undo(written: list[Path], folders: list[Path]) -> None:
    for path in reversed(written):
        path.unlink(missing_ok=True)
    for folder in reversed(folders):
        folder.rmdir()


def _make_folder(folder: Path, made: list[Path]) -> None:
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for each in reversed(missing):
        each.mkdir()
        made.append(each)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.part")


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def flush(path: Path) -> None:
    """Have the disk hold what was written; Windows does so for files alone."""
    is_folder = path.is_dir()
    if is_folder and os.name != "posix":
        return
    descriptor = os.open(path, os.O_RDONLY if is_folder else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
