"""House rules of intake: how large a file may be, and which figure is queried.

They stand in ``parameters/methods.yaml`` among the other house rules, of which
`perfnb.methods.Methods` is made.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from perfnb.records import Record

_Count = Annotated[int, Field(ge=1, le=1000)]
_Many = Annotated[int, Field(ge=1, le=1_000_000)]


class IntakeRules(Record):
    """The house rules that files come in by; see `perfnb.methods.Methods`."""

    largest_return_file: _Count
    """Size up to which a return is opened [MiB]."""
    largest_return_unpacked: _Count
    """Size up to which the parts of a return are unpacked [MiB]."""
    most_return_parts: _Many
    """Parts that the file of a return may be packed from."""
    most_return_sheets: _Count
    """Sheets that a return may have."""
    most_return_rows: _Many
    """Rows that a sheet of a return may have under its headings."""
    most_return_columns: _Many
    """Columns that a sheet of a return may have."""
    largest_published_file: _Count
    """Size up to which a published file is opened [MiB]."""
    largest_published_unpacked: _Count
    """Size up to which the parts of a published file are unpacked [MiB]."""
    most_published_parts: _Many
    """Parts that a published file may be packed from."""
    most_published_sheets: _Count
    """Sheets that a published file may have."""
    most_published_rows: _Many
    """Rows that a sheet of a published file may have."""
    most_published_columns: _Many
    """Columns that a sheet of a published file may have."""
    most_published_cells: Annotated[int, Field(ge=1, le=100_000_000)]
    """Cells, from A1 to the last in use, that all sheets may have together."""

    jump_factor: Annotated[float, Field(ge=2, le=1000)]
    """Times the last figure, or share of it, from which a figure is queried."""
    minimum_events_for_jump: _Count
    """Events that the larger of two figures needs before a jump is queried."""
