"""Make returns of a published file: read, extract, compare, judge; write nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from perfnb.errors import Fault, ReturnError
from perfnb.files import relative
from perfnb.harmless import csv_text
from perfnb.importing.compared import compare
from perfnb.importing.held import Held, beside_held, with_denominators
from perfnb.importing.naming import check_id, source_id, source_row
from perfnb.importing.reading import (
    Request,
    check_period,
    chosen,
    extracted,
    into_folder,
)
from perfnb.importing.reconciliation import Reconciliation
from perfnb.ingest.cells import COLUMNS, Cells
from perfnb.ingest.published.extraction import Extraction
from perfnb.ingest.published.profile import Profile
from perfnb.ingest.published.published_lines import FIGURES
from perfnb.ingest.published.published_periods import edition_in
from perfnb.ingest.quality import judge
from perfnb.quarters import file_name, parse_period
from perfnb.registers import Source
from perfnb.workbook import Workbook


@dataclass(frozen=True)
class Prepared:
    """The returns that a published file makes, and everything to be said of it.

    Parameters
    ----------
    profile : Profile
        What the file was read by.
    extraction : Extraction
        What it gave.
    source : Source
        Its row of ``sources.csv``.
    is_new_source : bool
        Whether that row is still to be added.
    rows : pandas.DataFrame
        What goes into the returns.
    returns : mapping of pathlib.Path to bytes
        The returns, one a service.
    same : int
        Rows that the workbook has already, with the same figures.
    held_in : tuple of str
        Where it has them.
    unknown : tuple of str
        Indicators that the file gives and the workbook does not have.
    findings : tuple of Fault
        What was not taken and why, cell by cell.
    compared : Reconciliation or None
        Its figures beside those of the services' own returns, for an export of the
        performance system: what a return has is not taken again.
    """

    profile: Profile
    extraction: Extraction
    source: Source
    is_new_source: bool
    rows: pd.DataFrame
    returns: Mapping[Path, bytes]
    same: int
    held_in: tuple[str, ...]
    unknown: tuple[str, ...]
    findings: tuple[Fault, ...]
    compared: Reconciliation | None = None

    @property
    def has_no_indicator(self) -> bool:
        """Whether the workbook has none of the indicators that the file gives."""
        given = set(self.extraction.rows["indicator"])
        return given <= set(self.unknown)


def prepare(workbook: Workbook, request: Request) -> Prepared:
    """Read a published file and make its returns, without writing anything.

    Parameters
    ----------
    workbook : Workbook
        The council's folder, opened.
    request : Request
        What is asked for.

    Raises
    ------
    ParameterError
        When there is no such profile or file, when the source cannot be named, or
        when the period or the folder cannot be as it was asked for.
    ReturnError
        When the file cannot be read or is not of the profile, when it gives no
        figure, or when the workbook has other figures from the same source.
    """
    if request.source:
        check_id(request.source)
    into = into_folder(workbook.folder, request.into)
    profile = chosen(workbook, request)
    check_period(profile, request)
    extraction, published = extracted(workbook, request.file, profile, request.period)
    compared = compare(extraction, published.sheets, profile, workbook)
    registered = workbook.catalogue.sources
    source = _source(request, profile, extraction, registered)
    unknown = ~extraction.rows["indicator"].isin(list(workbook.catalogue.indicators))
    rows = extraction.rows[~unknown]
    rows = _sourced(compared.without_held(rows) if compared else rows, source, workbook)
    held = beside_held(rows, workbook.observations, source.id)
    if len(held.other):
        raise ReturnError(_contradicted(held, source, workbook.folder, request.file))
    kept, refused = _judged(held.new, source, workbook, request.file)
    into = into or _quarter_folder(workbook.folder, extraction)
    return Prepared(
        profile,
        extraction,
        source,
        source.id not in registered,
        kept,
        _returns(kept, into, source, workbook),
        len(held.same),
        held.files,
        tuple(dict.fromkeys(extraction.rows.loc[unknown, "indicator"])),
        (*extraction.findings, *refused, *(compared.findings() if compared else ())),
        compared,
    )


def _source(
    request: Request,
    profile: Profile,
    extraction: Extraction,
    registered: Mapping[str, Source],
) -> Source:
    edition = edition_in(profile.period, request.file.name)
    about = (extraction.spans, extraction.tables, edition)
    name = request.source or source_id(profile, *about)
    if name in registered:
        return registered[name]
    return source_row(profile, name, *about, request.received)


def _sourced(rows: pd.DataFrame, source: Source, workbook: Workbook) -> pd.DataFrame:
    own = rows["denominator"].ne("")
    rows = rows.assign(
        source=source.id, denominator_source=own.map({True: source.id, False: ""})
    )
    return with_denominators(rows, workbook.observations)


def _judged(
    rows: pd.DataFrame, source: Source, workbook: Workbook, file: Path
) -> tuple[pd.DataFrame, list[Fault]]:
    """Keep the rows that the rules of returns accept; place what they say of others."""
    if rows.empty:
        return rows, []
    name = relative(file, workbook.folder)
    sources = {**workbook.catalogue.sources, source.id: source}
    catalogue = replace(workbook.catalogue, sources=sources)
    lines = rows[COLUMNS].assign(
        source_file=name, source_sheet="", source_row=range(len(rows)), layout=0
    )
    cells = Cells(lines.reset_index(drop=True), ({},))
    _, faults = judge(cells, catalogue, workbook.reference, workbook.methods)
    errors = [fault for fault in faults if fault.severity == "error"]
    refused = sorted({fault.row for fault in errors if fault.row is not None})
    placed = [_placed(fault, rows) for fault in errors]
    return rows.drop(rows.index[refused]), placed


def _placed(fault: Fault, rows: pd.DataFrame) -> Fault:
    row = rows.iloc[fault.row or 0]
    return replace(
        fault,
        row=int(row["published_row"]),
        sheet=row["published_sheet"] or None,
        column=f"{fault.column} of {row['indicator']}",
    )


def _contradicted(
    held: Held, source: Source, folder: Path, file: Path
) -> Iterable[Fault]:
    files = ", ".join(held.files)
    remedy = (
        "Nothing is overwritten. If this is a newer edition, give it a source of its "
        "own with --source; both are then kept and the difference is told."
    )
    for _, row in held.other.iterrows():
        given = [f"{row[name]}" for name in FIGURES if row[name]] or [row["status"]]
        yield Fault(
            relative(file, folder),
            f"the figures of {source.id} that {files} has for {row['indicator']} of "
            f"{row['authority']}, {row['period']}",
            " of ".join(given),
            remedy,
            int(row["published_row"]),
            sheet=row["published_sheet"] or None,
            dimension="reliability",
        )


def _quarter_folder(folder: Path, extraction: Extraction) -> Path:
    quarter = extraction.spans[-1].quarter
    return folder / "data" / "returns" / file_name(quarter)


def _returns(
    rows: pd.DataFrame, into: Path, source: Source, workbook: Workbook
) -> dict[Path, bytes]:
    """Write out the returns, one a service, in the order of the register."""
    indicators = list(workbook.catalogue.indicators.values())
    order = {each.id: number for number, each in enumerate(indicators)}
    service = rows["indicator"].map({each.id: each.service for each in indicators})
    ends = {text: parse_period(text).end for text in rows["period"].unique()}
    rows = rows.assign(
        service=service,
        order=rows["indicator"].map(order),
        end=rows["period"].map(ends),
    ).sort_values(["order", "end", "authority"], kind="stable")
    return {
        into / f"{name}--{source.id}.csv": csv_text(
            COLUMNS, theirs[COLUMNS].itertuples(index=False)
        ).encode()
        for name, theirs in rows.groupby("service", sort=True)
    }
