"""Tell which cells break a rule: a fault for each, all of a column at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import compress
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


def broken_once(
    cells: Cells,
    wrong: pd.Series,
    column: str,
    expected: Sequence[str],
    remedy: Sequence[str],
    *,
    mark: Sequence[str],
    dimension: Dimension = "validity",
    of: Sequence[str] = ("source_file", "indicator"),
) -> list[Broken]:
    """Warn of rows that break a rule in the same way: told once, marked each.

    Parameters
    ----------
    cells, wrong, column, dimension
        See `broken`.
    expected, remedy, mark : sequence of str
        One for each row that is wrong.
    of : sequence of str
        Columns of `cells` that are the same in rows that are told together.

    Returns
    -------
    list of Broken
        Warnings; the fault of the first row says how many more there are.
    """
    labels = cells.rows.index[wrong.to_numpy(dtype=bool, na_value=False)]
    if labels.empty:
        return []
    alike = cells.rows.loc[labels].groupby(list(of), sort=False)["source_row"]
    first = alike.cumcount().eq(0).to_numpy()
    others = (alike.transform("size") - 1).tolist()
    remedies = [
        f"{says} So {'is' if more == 1 else 'are'} {more:,} more of these rows."
        if more
        else says
        for says, more in zip(remedy, others, strict=True)
    ]
    told = broken(
        cells,
        pd.Series(cells.rows.index.isin(labels[first]), index=cells.rows.index),
        column,
        list(compress(expected, first)),
        list(compress(remedies, first)),
        mark=list(compress(mark, first)),
        dimension=dimension,
    )
    silent = zip(labels[~first].tolist(), compress(mark, ~first), strict=True)
    return told + [Broken(label, None, words) for label, words in silent]


def _each(words: str | Sequence[str], count: int) -> Iterable[str]:
    return [words] * count if isinstance(words, str) else words
