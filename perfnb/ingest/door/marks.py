"""What a spreadsheet file says of its cells beside their contents.

How far its sheets reach, which is looked at before a reader lays them out in
memory, and what readers leave out: errors, formulas that were never worked
out, shares written with a per cent sign, merged cells.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from perfnb.errors import column_letters
from perfnb.ingest.door.limits import Limits
from perfnb.ingest.door.refusal import RefusedError, damaged

Place = tuple[int, int]
"""Row and column of a cell; A1 is (1, 1)."""


# A hundred times as many as in the sheet of a published file that has most.
_MOST_MERGED = 5000


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, its corners included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def name(self) -> str:
        """Name it as a spreadsheet does.

        Examples
        --------
        >>> Area(2, 1, 4, 1).name
        'A2:A4'
        """
        first = f"{column_letters(self.left)}{self.top}"
        return f"{first}:{column_letters(self.right)}{self.bottom}"


@dataclass
class Marks:
    """What is marked in a sheet.

    Parameters
    ----------
    limits : Limits
        How far the sheet may reach.
    sheet : str, optional
        Its name, where it is known already.
    texts : mapping of place to str
        Cells that readers give as blank: an error as it is shown (``#DIV/0!``), a
        formula without a stored result as it was typed (``=C3/D3``).
    percentages : set of place
        Numbers that are shown as per cent: 0.3 is seen, and was typed, as 30%.
    merged : list of Area
        Cells that were merged into one.
    """

    limits: Limits
    sheet: str | None = None
    last_row: int = 0
    last_column: int = 0
    texts: dict[Place, str] = field(default_factory=dict)
    percentages: set[Place] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)

    def use(self, row: int, column: int) -> None:
        """Take note that something stands in a cell.

        Raises
        ------
        RefusedError
            When it stands further out than a sheet may reach.
        """
        if row > self.last_row:
            self.last_row = row
        if column > self.last_column:
            self.last_column = column
        if row > self.limits.rows or column > self.limits.columns:
            raise self._too_far(row, column)

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Take note of merged cells.

        Raises
        ------
        RefusedError
            When there are so many that no person merged them.
        """
        if (bottom, right) == (top, left):
            return
        if len(self.merged) == _MOST_MERGED:
            raise RefusedError(
                expected=f"at most {_MOST_MERGED:,} merged areas in a sheet",
                found="more",
                remedy="Copy the figures, without formats, into a new workbook.",
                sheet=self.sheet,
            )
        self.merged.append(Area(top, left, bottom, right))

    def _too_far(self, row: int, column: int) -> RefusedError:
        most = f"{self.limits.rows:,} rows and {self.limits.columns:,} columns"
        return RefusedError(
            expected=f"at most {most} in a sheet",
            found=f"something in {column_letters(column)}{row}",
            remedy="Delete the rows below and the columns beside the figures, also "
            "those that look empty, and save it again.",
            sheet=self.sheet,
        )


# What a format code shows as it is: in quotation marks, behind a backslash; and the
# character whose width is left blank, or with which a cell is filled up.
_LITERAL = re.compile(r'"[^"]*(?:"|$)|[\\_*].', re.DOTALL)


def shows_per_cent(code: str) -> bool:
    r"""Say whether a format multiplies the number by a hundred to show it.

    References
    ----------
    ECMA-376 part 1, section 18.8.31: a per cent sign that is no literal text does.

    Examples
    --------
    >>> shows_per_cent("0.0%"), shows_per_cent('0.0"%"'), shows_per_cent("0.0\\%")
    (True, False, False)
    """
    return "%" in _LITERAL.sub("", code)


_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def place_of(reference: str) -> Place:
    """Read the name of a cell.

    Raises
    ------
    RefusedError
        When it is none.

    Examples
    --------
    >>> place_of("C12"), place_of("XFD1048576")
    ((12, 3), (1048576, 16384))
    """
    found = _REFERENCE.fullmatch(reference.replace("$", "").upper())
    if found is None:
        raise damaged(found=f"a cell called '{reference}'")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column


def area_of(reference: str) -> Area:
    """Read the name of an area.

    Examples
    --------
    >>> area_of("A2:A4")
    Area(top=2, left=1, bottom=4, right=1)
    """
    first, _, last = reference.partition(":")
    (top, left), (bottom, right) = place_of(first), place_of(last or first)
    return Area(top, left, bottom, right)


def check_sheets(
    names: Collection[str], marks: Collection[Marks], limits: Limits
) -> None:
    """Refuse sheets that are too many, or that would fill the memory together."""
    remedy = "Keep the sheet with the figures and delete the others."
    if len(names) > limits.sheets:
        raise RefusedError(
            expected=f"at most {limits.sheets:,} sheets",
            found=f"{len(names):,} sheets",
            remedy=remedy,
        )
    cells = sum(each.last_row * each.last_column for each in marks)
    if cells > limits.cells:
        found = f"{cells:,} cells, from A1 of each sheet to the last in use"
        raise RefusedError(
            expected=f"at most {limits.cells:,} cells", found=found, remedy=remedy
        )
