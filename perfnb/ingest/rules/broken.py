"""Tell which cells break a rule: a fault for each, all of a column at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from perfnb.errors import Dimension, Fault
from perfnb.ingest.cells import Cells
from perfnb.ingest.rules.numerals import shown

_ORIGIN = ("source_file", "source_sheet", "source_row", "layout", "indicator")


class Broken(NamedTuple):
    """A row that breaks a rule.

    Parameters
    ----------
    position : int
        Label of the row in `Cells.rows`.
    fault : Fault or None
        What to tell; None when the fault of another row tells of this one too.
    mark : str
        What a warning leaves on the row, in a few words; "" for an error.
    """

    position: int
    fault: Fault | None
    mark: str = ""


def broken(
    cells: Cells,
    wrong: pd.Series,
    column: str,
    expected: str | Sequence[str],
    remedy: str | Sequence[str] = "",
    *,
    mark: str | Sequence[str] = "",
    dimension: Dimension = "validity",
) -> list[Broken]:
    """Make a fault of every row that breaks a rule.

    Parameters
    ----------
    cells : Cells
        The rows that were looked at.
    wrong : pandas.Series of bool
        Which of them break the rule, in the order of `cells`.
    column : str
        In which cell it shows.
    expected, remedy, mark : str or sequence of str
        One for all, or one for each row that is wrong. A mark makes it a
        warning, which lets the row in.
    dimension : str
        Which characteristic of good data the rule is about.

    Returns
    -------
    list of Broken
        In the order of `cells`.
    """
    chosen = np.flatnonzero(wrong.to_numpy(dtype=bool, na_value=False))
    if not len(chosen):
        return []
    rows = cells.rows.iloc[chosen]
    words = (_each(words, len(chosen)) for words in (expected, remedy, mark))
    origin = (rows[name].tolist() for name in (*_ORIGIN, column))
    found = []
    for (
        position,
        file,
        sheet,
        row,
        layout,
        indicator,
        typed,
        says,
        mends,
        marked,
    ) in zip(rows.index.tolist(), *origin, *words, strict=True):
        fault = Fault(
            file,
            says,
            shown(typed),
            mends,
            cells.elsewhere.get((position, column), row),
            column,
            sheet or None,
            cells.places[layout].get(column),
            "warning" if marked else "error",
            dimension,
            indicator,
        )
        found.append(Broken(position, fault, marked))
    return found


def _each(words: str | Sequence[str], count: int) -> Iterable[str]:
    return [words] * count if isinstance(words, str) else words
