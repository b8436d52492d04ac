"""Read returns into text cells that remember the file and row they came from.

Nothing is converted here and nothing is mended: `perfnb.ingest.quality` judges
what the cells hold. A file that is not a return at all is refused whole.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from perfnb.errors import Fault
from perfnb.files import read_cells, relative

COLUMNS = [
    "indicator",
    "authority",
    "area",
    "period",
    "characteristic",
    "group",
    "numerator",
    "denominator",
    "value",
    "status",
    "source",
    "denominator_source",
    "note",
]


def return_files(folder: Path) -> list[Path]:
    """List the returns of a workbook, folder by folder, in order of name."""
    return sorted((folder / "data" / "returns").glob("*/*.csv"))


def _strays(folder: Path) -> list[Fault]:
    """Tell files that lie among the returns and would not be read."""
    returns = folder / "data" / "returns"
    read = set(return_files(folder))
    remedy = "Save it as CSV in the folder of its quarter, or move it elsewhere."
    return [
        Fault(
            relative(path, folder), "a CSV file in data/returns/<quarter>", None, remedy
        )
        for path in sorted(returns.rglob("*"))
        if path.is_file() and path not in read and path.name[:1] not in (".", "~")
    ]


def read_returns(folder: Path) -> tuple[pd.DataFrame, list[Fault]]:
    """Read every return of a workbook.

    Parameters
    ----------
    folder : pathlib.Path
        The workbook's folder; returns are ``data/returns/<quarter>/*.csv``.

    Returns
    -------
    cells : pandas.DataFrame
        A row is a row of a return: the columns of `COLUMNS` as text without
        outer blanks, source_file (text) and source_row (the header is row 1).
    faults : list of Fault
        Files that cannot be read, headings and rows that do not fit.
    """
    frames = []
    faults = _strays(folder)
    for path in return_files(folder):
        cells, wrong = read_return(path, folder=folder)
        frames.append(cells)
        faults += wrong
    if not frames:
        remedy = "Put the returns of each quarter into a folder of its own there."
        faults.append(Fault("data/returns", "at least one return", remedy=remedy))
        return _cells([]), faults
    return pd.concat(frames, ignore_index=True), faults


def read_return(path: Path, *, folder: Path) -> tuple[pd.DataFrame, list[Fault]]:
    """Read one return; see `read_returns`."""
    name = relative(path, folder)
    rows, faults = read_cells(path, COLUMNS, folder=folder)
    if not rows and not faults:
        remedy = "Fill in its figures, or remove it."
        faults = [Fault(name, "at least one row under the headings", remedy=remedy)]
    return _cells([[*cells, name, number] for number, cells in rows]), faults


def _cells(rows: list[list[object]]) -> pd.DataFrame:
    columns = [*COLUMNS, "source_file", "source_row"]
    return pd.DataFrame(rows, columns=columns).astype({"source_row": int})
