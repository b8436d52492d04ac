"""What went wrong, in the words of the person who can mend it.

Every mistake in data, registers or parameters is a `Fault`: where it is, what
was found, what was expected and how to mend it. A reader collects all faults
of what it reads and raises them once, as one of the errors below. Each family
of errors has its own exit code, so that a batch can tell them apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


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

    Examples
    --------
    >>> print(Fault("returns/waste.csv", "a whole number or blank",
    ...             found="n/a", row=14, column="numerator",
    ...             remedy="Leave it blank and put 'missing' in 'status'."))
    returns/waste.csv, row 14, column 'numerator': found 'n/a'; expected a whole \
number or blank. Leave it blank and put 'missing' in 'status'.
    """

    file: str
    expected: str
    found: str | None = None
    remedy: str = ""
    row: int | None = None
    column: str | None = None
    sheet: str | None = None

    def __str__(self) -> str:
        place = [self.file]
        if self.sheet is not None:
            place.append(f"sheet '{self.sheet}'")
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.column is not None:
            place.append(f"column '{self.column}'")
        found = "" if self.found is None else f"found '{self.found}'; "
        sentence = f"{', '.join(place)}: {found}expected {self.expected}."
        return f"{sentence} {self.remedy}".rstrip()


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
