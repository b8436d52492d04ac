"""Tables of counts of people, with what may be shown of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from perfnb.analysis.frames import Flags, Floats, column
from perfnb.analysis.privacy.attack import intervals
from perfnb.analysis.privacy.figures import Figures, Place
from perfnb.analysis.privacy.knowledge import Scheme
from perfnb.analysis.privacy.protection import Pattern, pattern, reader_of
from perfnb.analysis.privacy.tables import TOTAL, crossed, through_the_year, year_to

HIDDEN = "hidden"


@dataclass(frozen=True)
class Protected:
    """A table of counts of people that may be shown.

    Parameters
    ----------
    shown : pandas.DataFrame
        Rows and columns as they came, their labels as text, with all totals
        [people]; missing where hidden, or where the source hides a part.
    hidden : pandas.DataFrame
        Of the same shape: whether the figure is hidden. Small figures and those
        hidden for their sake are not told apart.
    n_hidden : int
        Figures hidden.
    whole : bool
        Whether the table had to be hidden as a whole, noughts and all.
    method : str
        The rule in words, with its source.
    audit : pandas.DataFrame
        For the analyst, not for a page: one row for each figure that is hidden
        because it is small, with its `row`, its `column` and the `least` and
        the `most` that a reader must allow for it [people]; infinite where
        nothing bounds it.
    """

    shown: pd.DataFrame
    hidden: pd.DataFrame
    n_hidden: int
    whole: bool
    method: str
    audit: pd.DataFrame

    @property
    def in_words(self) -> pd.DataFrame:
        """The table as text: figures, 'hidden', or nothing where none is known."""
        text = self.shown.map(lambda count: "" if pd.isna(count) else f"{count:,.0f}")
        return text.mask(self.hidden, HIDDEN)


def protect(
    table: pd.DataFrame,
    scheme: Scheme,
    method: str,
    *,
    known: Collection[str] = ("total",),
) -> Protected:
    """Hide what must be hidden of a table of one or two dimensions.

    Parameters
    ----------
    table, known
        As in `perfnb.analysis.privacy.tables.crossed`.
    scheme : Scheme
        What is small, and how the rest is shown.
    method : str
        The same in words.

    Returns
    -------
    Protected
        The order of rows and columns makes no difference to what is hidden.

    Raises
    ------
    PerfnbError
        As `perfnb.analysis.privacy.tables.crossed`.

    References
    ----------
    See `perfnb.analysis.privacy.protection.pattern`.

    Examples
    --------
    >>> table = pd.DataFrame({"women": [2, 10, 19, 14], "men": [18, 12, 14, 11]},
    ...     index=["A", "B", "C", "D"])
    >>> protect(table, Scheme(5, 1), "illustrative").in_words
            women     men Total
    A      hidden  hidden    20
    B      hidden  hidden    22
    C          19      14    33
    D          14      11    25
    Total      45      55   100
    """
    rows, columns = _in_order(table.index), _in_order(table.columns)
    figures = crossed(table.iloc[rows, columns], known=known)
    found = pattern(figures, scheme)
    return _result(table, figures, scheme, found, method)


def protect_year(
    table: pd.DataFrame,
    scheme: Scheme,
    method: str,
    *,
    known: Collection[str] = ("columns", "total"),
) -> Protected:
    """Hide what must be hidden of the quarters of a year and the year to date.

    Every quarter had its report. What the first has shown cannot be hidden in
    the second, what it has hidden must not be shown, and the years to date of
    two reports differ by one quarter. So the reports are gone through in their
    order, each with all that those before have published.

    Parameters
    ----------
    table : pandas.DataFrame
        One row a group, one column a quarter in the order of time [whole counts
        of people], without totals.
    scheme, method
        As in `protect`.
    known : collection of {'rows', 'columns', 'total'}
        As in `perfnb.analysis.privacy.tables.through_the_year`.

    Returns
    -------
    Protected
        `shown` has a last column for the year to the last quarter. `whole`
        tells of the last report.

    Raises
    ------
    PerfnbError
        As `perfnb.analysis.privacy.tables.through_the_year`.

    Examples
    --------
    A group that was 3 in the first quarter and 9 in the first two together:

    >>> table = pd.DataFrame({"Q1": [3, 20, 31], "Q2": [6, 30, 45]},
    ...     index=["a", "b", "c"])
    >>> protect_year(table, Scheme(5, 1), "illustrative").in_words
               Q1      Q2 Year to Q2
    a      hidden  hidden          9
    b      hidden  hidden         50
    c          31      45         76
    Total      54      81        135
    """
    rows = _in_order(table.index)
    reports = range(1, max(len(table.columns), 1) + 1)
    hidden: dict[Place, bool] = {}
    for report in reports:
        figures = through_the_year(table.iloc[rows, :report], known=known)
        found = pattern(
            figures,
            scheme,
            was_shown=_flags(figures.places, hidden, False),
            was_hidden=_flags(figures.places, hidden, True),
        )
        hidden |= dict(zip(figures.places, found.hidden.tolist(), strict=True))
    last = year_to(str(table.columns[-1])) if len(table.columns) else TOTAL
    return _result(table, figures, scheme, found, method, last)


def _in_order(labels: pd.Index) -> list[int]:
    return sorted(range(len(labels)), key=lambda place: str(labels[place]))


def _flags(
    places: Sequence[Place], hidden: Mapping[Place, bool], wanted: bool
) -> Flags:
    return np.array([hidden.get(place) is wanted for place in places], dtype=bool)


def _result(
    table: pd.DataFrame,
    figures: Figures,
    scheme: Scheme,
    found: Pattern,
    method: str,
    total: str = TOTAL,
) -> Protected:
    hidden = found.hidden
    values = np.where(figures.known, figures.people, scheme.rounded(figures.people))
    values = np.where(hidden | figures.unsure, np.nan, values)
    rows, columns = _labels(table.index, TOTAL), _labels(table.columns, total)
    marks = _laid_out(figures.places, hidden.astype(float), rows, columns)
    return Protected(
        shown=_laid_out(figures.places, values, rows, columns),
        hidden=marks.eq(1).fillna(value=False).astype(bool),
        n_hidden=int(hidden.sum()),
        whole=found.whole,
        method=method,
        audit=_audit(figures, scheme, found),
    )


def _labels(labels: pd.Index, total: str) -> list[str]:
    return [*(str(label) for label in labels if str(label) != TOTAL), total]


def _laid_out(
    places: Sequence[Place], numbers: Floats, rows: list[str], columns: list[str]
) -> pd.DataFrame:
    by_place = dict(zip(places, numbers.tolist(), strict=True))
    there = {row for row, _ in places}, {name for _, name in places}
    rows = [row for row in rows if row in there[0]]
    return pd.DataFrame(
        {
            name: column([by_place.get((row, name), np.nan) for row in rows])
            for name in columns
            if name in there[1]
        },
        index=pd.Index(rows, dtype="str"),
    )


def _audit(figures: Figures, scheme: Scheme, found: Pattern) -> pd.DataFrame:
    places = np.flatnonzero(found.primary & figures.seen)
    reader = reader_of(figures, scheme, found)
    least, most = intervals(figures.members, reader, places)
    return pd.DataFrame(
        {
            "row": [figures.places[place][0] for place in places],
            "column": [figures.places[place][1] for place in places],
            "least": least,
            "most": most,
        }
    )
