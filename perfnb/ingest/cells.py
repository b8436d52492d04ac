"""The cells of returns: text, each with the file, sheet, row and column it came from.

Readers fill them (`perfnb.ingest.returned.returns`); `perfnb.ingest.quality` judges
them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

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
"""What a return tells; the headings of the long layout."""

ORIGIN = ["source_file", "source_sheet", "source_row", "layout"]
"""Where a row of cells came from."""

Line = list[Any]
"""A row of cells, in the order of `COLUMNS` and `ORIGIN`."""


@dataclass(frozen=True)
class Cells:
    """The rows of returns, before anybody has judged them.

    Parameters
    ----------
    rows : pandas.DataFrame
        A row is a row of a return, or one cell of a wide one: the columns of
        `COLUMNS` as text without outer blanks, and those of `ORIGIN`:
        source_file (as the analyst knows it), source_sheet ("" for a file
        without sheets), source_row (as a spreadsheet numbers it) and layout
        (position in `places`).
    places : tuple of mapping of str to int
        For each layout, the number of the column (A is 1) in which each of
        `COLUMNS` stands; a column that the file does not have is not in it.
    elsewhere : mapping of (int, str) to int
        Cells that stand in another row of the file than the rest of their row,
        by label of the row and column: in a wide layout a numerator and its
        denominator stand below one another.

    Notes
    -----
    An error is the text that a spreadsheet shows (``#DIV/0!``), a formula without
    a stored result the formula as it was typed (``=C3/D3``), a number that is
    shown as per cent the number with its sign (``30%``).

    Examples
    --------
    >>> Cells.of([], []).rows.empty
    True
    """

    rows: pd.DataFrame
    places: tuple[Mapping[str, int], ...]
    elsewhere: Mapping[tuple[int, str], int] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        lines: Sequence[Sequence[object]],
        places: Iterable[Mapping[str, int]],
        elsewhere: Mapping[tuple[int, str], int] | None = None,
    ) -> Cells:
        """Lay out lines that are in the order of `COLUMNS` and `ORIGIN`."""
        frame = pd.DataFrame(lines, columns=[*COLUMNS, *ORIGIN]).astype(
            dict.fromkeys([*COLUMNS, "source_file", "source_sheet"], "str")
            | {"source_row": int, "layout": int}
        )
        return cls(frame, tuple(places), dict(elsewhere or {}))

    def place(self, position: int, column: str) -> int | None:
        """Give the number of the column in which a cell of a row stands.

        Parameters
        ----------
        position : int
            Label of the row in `rows`.
        column : str
            One of `COLUMNS`.
        """
        return self.places[self._origin(position, "layout")].get(column)

    def row(self, position: int, column: str) -> int:
        """Give the row of the file in which a cell stands.

        Parameters
        ----------
        position : int
            Label of the row in `rows`.
        column : str
            One of `COLUMNS`.
        """
        own = self._origin(position, "source_row")
        return self.elsewhere.get((position, column), own)

    def _origin(self, position: int, name: str) -> int:
        number: Any = self.rows.loc[position, name]
        return int(number)
