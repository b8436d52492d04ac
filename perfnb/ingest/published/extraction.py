"""Take the figures of a published file as its profile says, in our own layout.

Nothing is guessed: a cell that is neither a figure nor a marker of the profile
is told and its figure is not taken, a code that nobody knows is named, and what
is left out is listed with the reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from perfnb.errors import Fault
from perfnb.ingest.opening.sheets import Sheet
from perfnb.ingest.published.profile import Profile
from perfnb.ingest.published.published_lines import Line, complete, frame_of
from perfnb.ingest.published.published_rows import Dropped, Resolve, sort_rows
from perfnb.ingest.published.published_tables import find_tables
from perfnb.ingest.published.table_reading import TableReader
from perfnb.quarters import Span
from perfnb.registers import Indicator


@dataclass(frozen=True)
class Known:
    """What the workbook knows that a published file must fit.

    Parameters
    ----------
    council : str
        GSS code of the workbook's council.
    resolve : callable
        From the code and the name of a row to a place, or why there is none.
    indicators : mapping of str to Indicator
        Those of ``indicators.csv``, by id.
    """

    council: str
    resolve: Resolve
    indicators: Mapping[str, Indicator]


@dataclass(frozen=True)
class Extraction:
    """What a published file gave.

    Parameters
    ----------
    rows : pandas.DataFrame
        A row is a figure: the columns of `perfnb.ingest.cells.COLUMNS` as text,
        source still blank, and those of
        `perfnb.ingest.published.published_lines.BESIDE`.
    tables : tuple of str
        Names of the profile's tables that were found.
    dropped : tuple of Dropped
        Rows that were left out, each with the reason.
    notes : tuple of str
        Lines below the tables, the publisher's notes, each once.
    findings : tuple of Fault
        Cells that could not be read and codes that nobody knows.
    spans : tuple of Span
        The periods of the figures, in order.
    remarks : tuple of str
        What else is to be said of the file, in sentences.
    """

    rows: pd.DataFrame
    tables: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    notes: tuple[str, ...] = ()
    findings: tuple[Fault, ...] = ()
    spans: tuple[Span, ...] = ()
    remarks: tuple[str, ...] = ()


def extract(
    sheets: Sequence[Sheet],
    profile: Profile,
    known: Known,
    *,
    period: Span | None = None,
) -> Extraction:
    """Take every figure that a profile names.

    Parameters
    ----------
    sheets : sequence of Sheet
        The file, as `perfnb.ingest.opening.sheets.read_sheets` gives it.
    profile : Profile
        What the file holds.
    known : Known
        What the workbook knows.
    period : Span, optional
        The period of the whole file where somebody has said it: it goes before
        what the profile finds, save in a column.

    Returns
    -------
    Extraction
        Without tables or rows, and with findings that say why, when the file is
        not of the profile.
    """
    tables, faults = find_tables(sheets, profile)
    if faults:
        return Extraction(frame_of([]), findings=tuple(faults))
    lines: list[Line] = []
    dropped: list[Dropped] = []
    notes: list[str] = []
    for found in tables:
        rows = sort_rows(found, known.resolve)
        reader = TableReader(found, profile, known.council, period)
        taken = reader.read(rows.kept)
        if found.table.completes:
            complete(lines, taken, known.indicators)
        else:
            lines += taken
        dropped += [*rows.dropped, *reader.dropped]
        notes += rows.notes
        faults += [*rows.faults, *reader.faults]
    spans = sorted({line.span for line in lines}, key=lambda s: (s.end, s.start))
    return Extraction(
        frame_of(lines),
        tuple(found.table.name for found in tables),
        tuple(dropped),
        tuple(dict.fromkeys(notes)),
        tuple(dict.fromkeys(faults)),
        tuple(spans),
    )
