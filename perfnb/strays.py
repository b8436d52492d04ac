"""Find what lies about in a workbook's folder and goes past its registers.

An audit found key data in separate spreadsheets. A file of figures that no part
of the workbook reads is named here, with the notebooks whose code names it; so
is a notebook that reads files by itself and not through the workbook.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from perfnb.files import relative
from perfnb.selection import Stray

KINDS = frozenset(
    {
        *(".csv", ".tsv", ".xls", ".xlsx", ".xlsm", ".xlsb", ".ods", ".fods"),
        *(".numbers", ".parquet", ".feather", ".pkl", ".pickle", ".rds", ".rdata"),
        *(".sav", ".dta", ".sas7bdat", ".mdb", ".accdb", ".sqlite", ".db", ".dbf"),
    }
)
"""Endings of files that hold figures."""

READ = (
    "data/registers/*.csv",
    "data/reference/*.csv",
    "data/returns/*",
)
"""What the workbook reads; strays among the returns are findings of their own."""

COPIES = ("*(*", "*copy*", "*old*", "*backup*")
"""Names that spreadsheets and people give to copies of a register."""

APART = frozenset(
    {"output", "tests", "benchmarks", "docs", "perfnb", "build", "dist", "node_modules"}
)
"""Folders at the top that hold the program or what it made, not the council's data."""

READERS = frozenset(
    {
        *("open", "read_text", "read_bytes", "loadtxt", "genfromtxt", "reader"),
        *("DictReader", "load_workbook", "connect", "urlopen", "urlretrieve"),
        *("read_csv", "read_table", "read_fwf", "read_excel", "read_json", "read_html"),
        *("read_xml", "read_parquet", "read_feather", "read_pickle", "read_sql"),
        *("read_spss", "read_stata", "read_sas", "read_hdf", "read_orc"),
    }
)
"""Calls by which Python code reads figures for itself."""


def strays(folder: Path) -> tuple[Stray, ...]:
    """List the files of figures that nobody reads, and notebooks that read alone.

    Parameters
    ----------
    folder : pathlib.Path
        The workbook's folder. Hidden folders, and those of `APART`, are left out.

    Returns
    -------
    tuple of Stray
        In the order of their paths, notebooks last.
    """
    notebooks = {
        relative(path, folder): _calls(path)
        for path in sorted((folder / "notebooks").rglob("*.ipynb"))
        if not _hidden(path, folder)
    }
    files = [_stray(path, folder, notebooks) for path in _left_over(folder)]
    reading = [
        Stray(name, f"reads files by itself ({', '.join(_asked(calls))})")
        for name, calls in notebooks.items()
        if calls
    ]
    return (*files, *reading)


def _stray(
    path: Path, folder: Path, notebooks: dict[str, list[tuple[str, str]]]
) -> Stray:
    users = [
        name
        for name, calls in notebooks.items()
        if any(Path(text).name == path.name for _, text in calls)
    ]
    what = "is read by a notebook and stands in no register of sources"
    return Stray(
        relative(path, folder),
        what if users else "is read by nobody",
        tuple(users),
    )


def _left_over(folder: Path) -> Iterator[Path]:
    for path in _files(folder):
        name = relative(path, folder)
        known = any(fnmatch(name, pattern) for pattern in READ)
        copy = any(fnmatch(path.name.lower(), pattern) for pattern in COPIES)
        in_returns = name.startswith("data/returns/")
        if path.suffix.lower() in KINDS and (not known or (copy and not in_returns)):
            yield path


def _files(folder: Path) -> Iterator[Path]:
    """Go through the files of the council, deep folders of the program left out."""
    for path in sorted(folder.iterdir()):
        if _hidden(path, folder) or path.name in APART:
            continue
        if path.is_dir():
            yield from (
                inner
                for inner in sorted(path.rglob("*"))
                if inner.is_file() and not _hidden(inner, folder)
            )
        elif path.is_file():
            yield path


def _hidden(path: Path, folder: Path) -> bool:
    # A spreadsheet program marks a file that is open by one that starts so: ~$.
    parts = path.relative_to(folder).parts
    return any(part.startswith((".", "~$")) for part in parts)


def _calls(path: Path) -> list[tuple[str, str]]:
    """List the calls of a notebook that read files, each with the file it names."""
    try:
        cells = json.loads(path.read_text("utf-8"))["cells"]
        sources = ["".join(c["source"]) for c in cells if c["cell_type"] == "code"]
    except (ValueError, KeyError, TypeError):
        # What is no notebook is refused, with the reason, when it is to run.
        return []
    return [call for source in sources for call in _readers(source)]


def _readers(source: str) -> Iterator[tuple[str, str]]:
    # Lines for the notebook itself (%matplotlib, !ls) are no Python.
    lines = [line for line in source.splitlines() if line.lstrip()[:1] not in "%!"]
    try:
        tree = ast.parse("\n".join(lines))
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func).rsplit(".", 1)[-1]
        if called in READERS:
            texts = [
                inner.value
                for inner in ast.walk(node)
                if isinstance(inner, ast.Constant) and isinstance(inner.value, str)
            ]
            yield called, texts[0] if texts else ""


def _asked(calls: list[tuple[str, str]]) -> list[str]:
    return list(
        dict.fromkeys(f"{name} of {text}" if text else name for name, text in calls)
    )
