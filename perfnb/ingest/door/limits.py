"""How large a file may be: the house rules, for returns and for published files."""

from __future__ import annotations

from dataclasses import dataclass

from perfnb.methods import Methods

MIB = 2**20


@dataclass(frozen=True)
class Limits:
    """What a file may not be larger than.

    Parameters
    ----------
    file_bytes : int
        Size of the file as it lies in its folder.
    unpacked_bytes : int
        Size of all its parts when a spreadsheet program has unpacked it.
    members : int
        Number of those parts.
    sheets : int
        Number of sheets.
    rows, columns : int
        Last row and last column of a sheet in which anything stands.
    cells : int
        Rows times columns, all sheets together.
    """

    file_bytes: int
    unpacked_bytes: int
    members: int
    sheets: int
    rows: int
    columns: int
    cells: int


def for_returns(methods: Methods) -> Limits:
    """Give the limits of a return, which a person filled in."""
    return Limits(
        file_bytes=methods.largest_return_file * MIB,
        unpacked_bytes=methods.largest_return_unpacked * MIB,
        members=methods.most_return_parts,
        sheets=methods.most_return_sheets,
        # The headings are one row more.
        rows=methods.most_return_rows + 1,
        columns=methods.most_return_columns,
        cells=(methods.most_return_rows + 1) * methods.most_return_columns,
    )


def for_published(methods: Methods) -> Limits:
    """Give the wider limits of a published file, which a profile reads."""
    return Limits(
        file_bytes=methods.largest_published_file * MIB,
        unpacked_bytes=methods.largest_published_unpacked * MIB,
        members=methods.most_published_parts,
        sheets=methods.most_published_sheets,
        rows=methods.most_published_rows,
        columns=methods.most_published_columns,
        cells=methods.most_published_cells,
    )
