"""Tables of groups by periods, areas or other groups, and all their totals."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd

from perfnb.analysis.frames import Floats, Ints, floats, require_once
from perfnb.analysis.privacy.figures import Figures, adding, cells
from perfnb.errors import PerfnbError

TOTAL = "Total"
KNOWN = ("rows", "columns", "total")
"""Totals that readers can have from elsewhere."""


def crossed(
    table: pd.DataFrame, *, known: Collection[str] = ("total",), total: str = TOTAL
) -> Figures:
    """Lay out a table of rows by columns with all its totals.

    Parameters
    ----------
    table : pandas.DataFrame
        One row a group, one column a period, area or other group [whole counts
        of people]. Missing: hidden already by its source. A row or a column
        named `total` holds totals, which must be those of the table; those that
        are not there are reckoned. One column needs no totals of rows, one row
        none of columns.
    known : collection of {'rows', 'columns', 'total'}
        Totals that readers have from elsewhere: of each row, of each column, of
        all.
    total : str
        What totals are called.

    Returns
    -------
    Figures
        Cells by row, then totals of rows, totals of columns and the total.

    Raises
    ------
    PerfnbError
        When a row or column comes twice, a count is no whole number of people
        from 0, a total is not that of its parts, or `known` holds another word.

    Examples
    --------
    >>> table = pd.DataFrame({"Q1": [3, 9], "Q2": [6, 20]}, index=["16-24", "25-64"])
    >>> figures = crossed(table)
    >>> for place, count in zip(figures.places, figures.people, strict=True):
    ...     print(*place, int(count), sep=" | ")
    16-24 | Q1 | 3
    16-24 | Q2 | 6
    25-64 | Q1 | 9
    25-64 | Q2 | 20
    16-24 | Total | 9
    25-64 | Total | 29
    Total | Q1 | 12
    Total | Q2 | 26
    Total | Total | 38
    """
    _check_known(known)
    inner = _inner(table, total)
    figures, numbers = _cells(inner)
    rows, columns = _names(inner.index), _names(inner.columns)
    wide = len(columns) > 1 or total in _names(table.columns)
    long = len(rows) > 1 or total in _names(table.index)
    if wide:
        places = [(row, total) for row in rows]
        whole = "total" if not long else "rows"
        figures = adding(figures, places, numbers, known=whole in known)
    if long:
        places = [(total, each) for each in columns]
        whole = "total" if not wide else "columns"
        figures = adding(figures, places, numbers.T, known=whole in known)
    if wide and long:
        everything = [numbers.ravel()]
        figures = adding(figures, [(total, total)], everything, known="total" in known)
    _check_totals(table, figures)
    return figures


def through_the_year(table: pd.DataFrame, *, known: Collection[str]) -> Figures:
    """Lay out a table of groups by quarters with the year to date of each quarter.

    What is published of the year in one quarter and in the next differs by a
    quarter, so all are one list.

    Parameters
    ----------
    table : pandas.DataFrame
        As in `crossed`, one column a quarter in the order of time; without
        totals of rows, since these are the years to date.
    known : collection of {'rows', 'columns', 'total'}
        Totals that readers have from elsewhere: each group's year to date, each
        quarter's total, the total of the year to date.

    Returns
    -------
    Figures
        Cells by row, totals of quarters, then for every quarter after the first
        each group's year to date and its total.

    Raises
    ------
    PerfnbError
        As `crossed`.

    Examples
    --------
    >>> table = pd.DataFrame({"Q1": [3, 9], "Q2": [6, 20]}, index=["16-24", "25-64"])
    >>> through_the_year(table, known=("columns", "total")).places[-3:]
    (('16-24', 'Year to Q2'), ('25-64', 'Year to Q2'), ('Total', 'Year to Q2'))
    """
    _check_known(known)
    inner = _inner(table, TOTAL)
    figures, numbers = _cells(inner)
    rows, columns = _names(inner.index), _names(inner.columns)
    if len(rows) > 1:
        places = [(TOTAL, each) for each in columns]
        figures = adding(figures, places, numbers.T, known="columns" in known)
    for quarters, last in list(enumerate(columns, start=1))[1:]:
        name, so_far = year_to(last), numbers[:, :quarters]
        places = [(row, name) for row in rows]
        figures = adding(figures, places, so_far, known="rows" in known)
        if len(rows) > 1:
            everybody = [so_far.ravel()]
            figures = adding(
                figures, [(TOTAL, name)], everybody, known="total" in known
            )
    _check_totals(table, figures)
    return figures


def year_to(quarter: str) -> str:
    """Name the year to date that ends with a quarter.

    Examples
    --------
    >>> year_to("Q3")
    'Year to Q3'
    """
    return f"Year to {quarter}"


def _check_known(known: Collection[str]) -> None:
    for word in known:
        if word not in KNOWN:
            message = f"'{word}' are no totals; known can be {', '.join(KNOWN)}."
            raise PerfnbError(message)


def _names(labels: pd.Index) -> list[str]:
    return [str(label) for label in labels]


def _cells(inner: pd.DataFrame) -> tuple[Figures, Ints]:
    """Give the cells as figures, and the number of each in its row and column."""
    counts = _grid(inner)
    rows, columns = _names(inner.index), _names(inner.columns)
    places = [(row, each) for row in rows for each in columns]
    return cells(places, counts.ravel()), np.arange(counts.size).reshape(counts.shape)


def _inner(table: pd.DataFrame, total: str) -> pd.DataFrame:
    for names, what in ((table.index, "row"), (table.columns, "column")):
        require_once(pd.Series(names.astype(str)), what)
    rows, columns = table.index.astype(str), table.columns.astype(str)
    inner: pd.DataFrame = table.loc[rows != total, columns != total]
    return inner


def _grid(inner: pd.DataFrame) -> Floats:
    counts = np.empty(inner.shape)
    for number, name in enumerate(inner.columns):
        counts[:, number] = floats(inner[name])
        wrong = (counts[:, number] < 0) | (counts[:, number] % 1 > 0)
        if wrong.any():
            place = int(wrong.argmax())
            message = (
                f"{counts[place, number]:g} in row '{inner.index[place]}', column "
                f"'{name}', is not a count of people."
            )
            raise PerfnbError(message)
    return counts


def _check_totals(table: pd.DataFrame, figures: Figures) -> None:
    rows = {name: place for place, name in enumerate(_names(table.index))}
    columns = {name: place for place, name in enumerate(_names(table.columns))}
    for number in np.flatnonzero(~figures.single & ~figures.unsure):
        row, name = figures.places[number]
        if row not in rows or name not in columns:
            continue
        given = float(floats(table.iloc[[rows[row]], columns[name]])[0])
        value = figures.people[number]
        if np.isfinite(given) and given != value:
            message = (
                f"Row '{row}', column '{name}' is {given:g}, but its parts add up to "
                f"{value:g}. Mend the total, or give those in no group a row."
            )
            raise PerfnbError(message)
