"""What went wrong, in the words of the person who can mend it.

Every mistake in data, registers or parameters is a `Fault`: where it is, what
was found, what was expected and how to mend it. A reader collects all faults
of what it reads and raises them once, as one of the errors below. Each family
of errors has its own exit code, so that a batch can tell them apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Dimension = Literal[
    "accuracy", "validity", "reliability", "timeliness", "relevance", "completeness"
]
"""The six characteristics of good data.

Audit Commission, Improving information to support decision making: standards for
better quality data (2007).
"""

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Fault:
    """One mistake, placed to the cell.

    Parameters
    ----------
    file : str
        Path as the analyst knows it, relative to the workbook's folder.
    expected : str
        What should have stood there.
    found : str, optional
        The value that stood there, as text; left out when nothing was there.
    remedy : str, optional
        The move that mends it.
    row : int, optional
        Line of the file as a spreadsheet numbers it; the header is row 1.
    column : str, optional
        Heading of the column, or the key of a YAML file.
    sheet : str, optional
        Sheet of a spreadsheet file.
    place : int, optional
        Number of the column as a spreadsheet counts them; column A is 1.
    severity : {"error", "warning"}
        An error keeps its row or file out; a warning lets it in with a mark.
    dimension : str
        Which of the six characteristics of good data it touches.
    indicator : str
        Indicator of the row, where it is known; the message does not say it.

    Examples
    --------
    >>> print(Fault("waste.xlsx", "a whole number, 0 or more", found="<5", row=3,
    ...             column="numerator", sheet="Return", place=4,
    ...             remedy="Type the figure."))
    waste.xlsx, Return!D3, column numerator has "<5". Expected a whole number, 0 or \
more. Type the figure.
    >>> print(Fault("waste.csv", "this heading", row=1, column="value"))
    waste.csv, row 1, column value: expected this heading.
    """

    file: str
    expected: str
    found: str | None = None
    remedy: str = ""
    row: int | None = None
    column: str | None = None
    sheet: str | None = None
    place: int | None = None
    severity: Severity = "error"
    dimension: Dimension = "validity"
    indicator: str = ""

    @property
    def cell(self) -> str:
        """Name the cell as a spreadsheet does, as far as its place is known.

        Examples
        --------
        >>> Fault("waste.xlsx", "text", row=3, sheet="Return", place=28).cell
        'Return!AB3'
        """
        if self.row is None:
            return f"sheet {self.sheet}" if self.sheet else ""
        if self.place is None:
            row = f"row {self.row}"
            return f"sheet {self.sheet}, {row}" if self.sheet else row
        cell = f"{column_letters(self.place)}{self.row}"
        return f"{self.sheet}!{cell}" if self.sheet else cell

    def __str__(self) -> str:
        column = f"column {self.column}" if self.column is not None else ""
        where = ", ".join(part for part in (self.file, self.cell, column) if part)
        if self.found is None:
            sentence = f"{where}: expected {self.expected}."
        else:
            has = f'has "{self.found}"' if self.found else "is empty"
            sentence = f"{where} {has}. Expected {self.expected}."
        return f"{sentence} {self.remedy}".rstrip()


def column_letters(place: int) -> str:
    """Name a column by its letters; column 1 is A.

    Examples
    --------
    >>> column_letters(1), column_letters(26), column_letters(27), column_letters(703)
    ('A', 'Z', 'AA', 'AAA')
    """
    letters = ""
    while place > 0:
        place, letter = divmod(place - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


class PerfnbError(Exception):
    """A mistake that a person can mend; shown without a traceback.

    Parameters
    ----------
    message : str or iterable of Fault
        A sentence, or every fault that was found.

    Examples
    --------
    >>> PerfnbError("There is no folder 'data'.").faults
    ()
    """

    exit_code = 2

    def __init__(self, message: str | Iterable[Fault]) -> None:
        self.faults = () if isinstance(message, str) else tuple(message)
        text = message if isinstance(message, str) else "\n".join(map(str, self.faults))
        super().__init__(text)


class CatalogueError(PerfnbError):
    """A register or reference list is broken."""

    exit_code = 3


class ReturnError(PerfnbError):
    """A return holds figures that cannot be right."""

    exit_code = 4


class ParameterError(PerfnbError):
    """A run was asked for something that the workbook does not have."""

    exit_code = 5


class NotebookError(PerfnbError):
    """A notebook is not fit to run, or did not run to its end."""

    exit_code = 6
