"""Entries of the store: folders that are whole or not there at all.

An entry is written beside its place and moved there in one step; its seal names
the digest of each of its files. One that its seal does not fit is cleared away,
never read. Whatever the disk refuses (a folder that cannot be written, no space
left), and whatever the forms of the files do not take, means that there is no
entry, and never an error: an entry saves time and nothing else.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from perfnb.errors import Fault
from perfnb.new_files import flush
from perfnb.store import parquet
from perfnb.store.inputs import file_digest
from perfnb.store.parquet import Stored

FOLDER = ".perfnb-cache"

# The workbook as it is, as it was before the last change or two, and under the
# code of another branch: going back is as quick as staying.
KEPT = 4

# What the forms of the files do not take: text that is no UTF-8, a type that does
# not come back as it is.
_UNKEPT = (ValueError, TypeError, pa.ArrowException)

_FINDINGS = "findings.json"
_SEAL = "seal"
_SEALED = (parquet.ROWS, parquet.CATEGORIES, _FINDINGS)
# Names what is not yet an entry, or no longer one.
_ASIDE = ".aside-"
# Longer than the writing or clearing of any entry takes: nobody is at it any more.
_ABANDONED_SECONDS = 24 * 60 * 60


def read(workbook: Path, digest: str) -> tuple[Stored, tuple[Fault, ...]] | None:
    """Open the entry of a digest.

    Parameters
    ----------
    workbook : pathlib.Path
        The workbook's folder.
    digest : str
        What its answer depends on (`perfnb.store.inputs.digest`).

    Returns
    -------
    (Stored, tuple of Fault) or None
        The observations, read when they are asked for, and what was found wrong
        with the returns; None when there is no entry, or none that is whole.
    """
    entry = workbook / FOLDER / digest
    try:
        if (entry / _SEAL).read_text("utf-8") == _seal(entry, digest):
            found = parquet.read(entry), _read_findings(entry)
            _mark_used(entry)
            return found
    except (OSError, ValueError):
        pass
    _discard(entry)
    return None


def write(
    workbook: Path, digest: str, observations: pd.DataFrame, findings: Iterable[Fault]
) -> None:
    """Keep what the returns were judged to be, if that can be; never raises.

    Parameters
    ----------
    workbook : pathlib.Path
        The workbook's folder.
    digest : str
        What the answer depends on.
    observations : pandas.DataFrame
        The tidy frame, as `perfnb.store.history.by_indicator` orders it.
    findings : iterable of Fault
        What was found wrong with the returns.
    """
    store = workbook / FOLDER
    aside = _aside(store)
    try:
        aside.mkdir(parents=True)
        # Git passes the folder over: what is in it can be made again.
        (store / ".gitignore").write_text("*\n", "utf-8")
        parquet.write(observations, aside)
        _write_findings(aside, findings)
        (aside / _SEAL).write_text(_seal(aside, digest), "utf-8")
        for path in [*aside.iterdir(), aside]:
            flush(path)
        # Where another process was quicker, its entry stays and this fails.
        aside.rename(store / digest)
        flush(store)
        _tidy(store, store / digest)
    except (OSError, *_UNKEPT):
        pass
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _aside(store: Path) -> Path:
    return store / f"{_ASIDE}{secrets.token_hex(8)}"


def _seal(entry: Path, digest: str) -> str:
    with ThreadPoolExecutor() as threads:
        digests = threads.map(file_digest, [entry / name for name in _SEALED])
    lines = [f"{each}  {name}" for each, name in zip(digests, _SEALED, strict=True)]
    return "\n".join([digest, *lines, ""])


def _write_findings(entry: Path, findings: Iterable[Fault]) -> None:
    names = [field.name for field in fields(Fault)]
    rows = [list(asdict(fault).values()) for fault in findings]
    text = json.dumps({"columns": names, "rows": rows}, default=_plain)
    (entry / _FINDINGS).write_text(text, "utf-8")


def _plain(number: Any) -> Any:
    """Give a number of numpy, which a row or a place may be, as one of Python."""
    return number.item()


def _read_findings(entry: Path) -> tuple[Fault, ...]:
    held = json.loads((entry / _FINDINGS).read_text("utf-8"))
    names = held["columns"]
    return tuple(Fault(**dict(zip(names, row, strict=True))) for row in held["rows"])


def _mark_used(entry: Path) -> None:
    with suppress(OSError):
        os.utime(entry)


def _tidy(store: Path, newest: Path) -> None:
    """Clear away the entries used longest ago and what killed processes left."""
    now = newest.stat().st_mtime
    used = {path: path.stat().st_mtime for path in store.iterdir() if path.is_dir()}
    left = [path for path in used if path.name.startswith(_ASIDE)]
    others = sorted(set(used) - {*left, newest}, key=lambda path: used[path])
    for path in others[: 1 - KEPT]:
        _discard(path)
    for path in left:
        if now - used[path] > _ABANDONED_SECONDS:
            shutil.rmtree(path, ignore_errors=True)


def _discard(entry: Path) -> None:
    """Take an entry, if there is one, out of sight in one step, then delete it.

    Where another process has its files open and the system minds, it stays.
    """
    aside = _aside(entry.parent)
    with suppress(OSError):
        entry.rename(aside)
        shutil.rmtree(aside, ignore_errors=True)
