"""Where a published table lies on its sheet: heading rows, columns, first row.

Headings may be stacked over several rows, with blank columns between and hidden
rows that repeat them; publishers add columns from year to year. So a column is
found by its headings, never by its number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from perfnb.ingest.opening.sheets import Sheet
from perfnb.ingest.published.profile import Column, Table
from perfnb.ingest.published.wording import fits, tidied

DEEPEST_HEADING = 60
"""Row by which a table must have begun; below that only figures are looked at."""

_GSS = re.compile(r"[EKNSW][0-9]{8}")


@dataclass(frozen=True)
class Layout:
    """A table found on a sheet.

    Parameters
    ----------
    sheet : Sheet
        The sheet it is on.
    first : int
        Position in `Sheet.rows` of the first row below the headings.
    code : int
        Position in a row of the authority's code or name.
    """

    sheet: Sheet
    first: int
    code: int

    @property
    def above(self) -> tuple[tuple[str, ...], ...]:
        """The rows of headings and title."""
        return self.sheet.rows[: self.first]

    def columns(self, heading: Sequence[str], under: Sequence[str] = ()) -> list[int]:
        """Find the columns that a heading stands over.

        Parameters
        ----------
        heading : sequence of str
            Alternatives; the first that is found anywhere counts.
        under : sequence of str, optional
            A heading that must stand above it, over it or to its left.

        Returns
        -------
        list of int
            Positions in a row. None when no alternative is found, several
            when the heading does not tell columns apart.
        """
        for sought in heading:
            found = [
                column
                for column in range(self._width)
                if any(
                    fits(row[column], [sought]) and self._is_under(column, level, under)
                    for level, row in enumerate(self.above)
                    if column < len(row) and row[column]
                )
            ]
            if found:
                return found
        return []

    def column(self, sought: Column) -> list[int]:
        """Find the columns of a figure; see `columns`."""
        return self.columns(sought.heading, sought.under)

    def headings(self) -> list[str]:
        """List every text above the figures, each once."""
        cells = (tidied(cell) for cell in chain.from_iterable(self.above))
        return list(dict.fromkeys(cell for cell in cells if cell))

    @property
    def _width(self) -> int:
        return max((len(row) for row in self.above), default=0)

    def _is_under(self, column: int, level: int, under: Sequence[str]) -> bool:
        if not under:
            return True
        for row in self.above[:level]:
            over = [cell for cell in row[: column + 1] if cell]
            if over and fits(over[-1], under):
                return True
        return False


def locate(sheet: Sheet, table: Table) -> Layout | None:
    """Find a table on a sheet by its column of codes; None when it is not there.

    Parameters
    ----------
    sheet : Sheet
        A sheet whose name the profile looks for.
    table : Table
        Heading of the codes, or, where it has none, which codes are kept.
    """
    rows = sheet.rows[:DEEPEST_HEADING]
    place = table.place
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell and fits(cell, place.code or place.keep):
                below = number + 1 if place.code else 0
                return _from(sheet, column, below, headed=bool(place.code))
    return None


def _from(sheet: Sheet, column: int, below: int, *, headed: bool) -> Layout | None:
    for number, row in enumerate(sheet.rows[below:], start=below):
        cell = row[column] if column < len(row) else ""
        if cell and (headed or _GSS.fullmatch(cell)):
            return Layout(sheet, number, column)
    return None
