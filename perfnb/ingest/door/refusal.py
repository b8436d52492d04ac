"""Why a file is not read at all, before it has been told to anybody."""

from __future__ import annotations


class RefusedError(Exception):
    """A file that must not be read; `perfnb.ingest.door.admission` tells it as a fault.

    Parameters
    ----------
    expected : str
        What the file should have been.
    found : str
        What it is.
    remedy : str
        The move that mends it.
    sheet : str, optional
        Sheet in which it was found.
    row, place : int, optional
        Cell in which it was found.
    """

    def __init__(
        self,
        expected: str,
        found: str,
        remedy: str,
        *,
        sheet: str | None = None,
        row: int | None = None,
        place: int | None = None,
    ) -> None:
        super().__init__(f"{found}; expected {expected}")
        self.expected = expected
        self.found = found
        self.remedy = remedy
        self.sheet = sheet
        self.row = row
        self.place = place


def damaged(found: str) -> RefusedError:
    """Refuse a file that is not whole."""
    return RefusedError(
        expected="a whole file",
        found=found,
        remedy="Open it in a spreadsheet program and save it again, or ask for it.",
    )


def protected() -> RefusedError:
    """Refuse a file that only a password opens."""
    return RefusedError(
        expected="a file that opens without a password",
        found="a password",
        remedy="Save it without a password and send it again.",
    )
