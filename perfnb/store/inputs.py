"""Everything that observations and findings depend on, as one digest.

An entry of the store is found by this digest alone, so it must change whenever
a changed input could change the answer. That is why every byte of every input
is read each time. Times and sizes of files would be quicker and are not safe:
copying, unpacking and synchronising keep or set times at will, a file can be
changed twice within the resolution of the clock, and both can be set back.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata
from pathlib import Path

import perfnb
from perfnb.files import relative

# Whatever reads, converts, checks or keeps a cell.
_PACKAGES = (
    *("numpy", "pandas", "pandera", "pyarrow"),
    *("pydantic", "python-calamine", "pyyaml"),
)


def file_digest(path: Path) -> str:
    """Give the SHA-256 of a file's bytes, as hexadecimal text."""
    # Reading and hashing let other threads work meanwhile.
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def digest(folder: Path) -> str | None:
    """Give one digest for all that the judging of a workbook's returns depends on.

    That is the name and the bytes of everything under ``data`` and of the house
    rules, the source text of the whole package as it was when it was loaded,
    and the versions of Python and of the packages that read, check and keep
    cells. Where the folder lies and when its files were touched is no part of
    it.

    Parameters
    ----------
    folder : pathlib.Path
        The workbook's folder.

    Returns
    -------
    str or None
        Hexadecimal text; None when something cannot be read, since an answer
        that depends on it cannot be found again by content.
    """
    if not _SOURCES:
        return None
    try:
        paths = list(_within(folder / "data", ()))
        paths.append(folder / "parameters" / "methods.yaml")
        with ThreadPoolExecutor() as threads:
            contents = list(threads.map(_content, paths))
    except OSError:
        return None
    names = [relative(path, folder) for path in paths]
    return _digest_of([_SOURCES, _VERSIONS, *zip(names, contents, strict=True)])


def _within(folder: Path, above: tuple[Path, ...]) -> Iterator[Path]:
    """Walk a folder in order of name; a link to a folder is gone into, once."""
    real = folder.resolve()
    if real in above:
        return
    for path in sorted(folder.iterdir()):
        yield path
        if path.is_dir():
            yield from _within(path, (*above, real))


def _content(path: Path) -> str:
    if path.is_file():
        return file_digest(path)
    return "a folder" if path.is_dir() else "neither file nor folder"


def _digest_of(parts: Sequence[object]) -> str:
    # JSON keeps names apart from each other and from contents, whatever is in them.
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _sources() -> str:
    """Digest the package's source text; blank where it was loaded from none.

    All of it: which modules bear on the judging is itself something that changes,
    and a report's new wording costs no more than one opening.
    """
    package = Path(perfnb.__file__).parent
    files = sorted(package.rglob("*.py"))
    parts = [[relative(f, package), file_digest(f)] for f in files]
    return _digest_of(parts) if files else ""


# At import: a kernel that outlives an update of the package still runs, and must
# answer for, the code that it loaded.
_SOURCES = _sources()
_VERSIONS = [sys.version, *(f"{name} {metadata.version(name)}" for name in _PACKAGES)]
