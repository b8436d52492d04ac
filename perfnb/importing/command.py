"""The command ``perfnb import``: from a published file to returns."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from perfnb import findings, new_files
from perfnb.errors import ParameterError, ReturnError
from perfnb.importing.prepared import Prepared, prepare
from perfnb.importing.reading import Request
from perfnb.importing.told import profiles_told, told
from perfnb.importing.writing import row_of, write
from perfnb.ingest.published.profiles import read_profiles
from perfnb.quarters import parse_period
from perfnb.workbook import open_workbook


class Status(StrEnum):
    """What the figures of a file can be."""

    final = "final"
    provisional = "provisional"
    revised = "revised"


def import_file(
    file: Annotated[
        Path | None, typer.Argument(help="The published file, as it was downloaded.")
    ] = None,
    profile: Annotated[
        str, typer.Option(help="How to read it: a profile of data/profiles.")
    ] = "",
    show_profiles: Annotated[
        bool, typer.Option("--list", help="Tell which profiles there are.")
    ] = False,
    period: Annotated[
        str | None,
        typer.Option(help='The period it is about, where it does not say: "2024-25".'),
    ] = None,
    source: Annotated[
        str, typer.Option(help="Id of its source, when not the profile's own.")
    ] = "",
    add_source: Annotated[
        bool, typer.Option("--add-source", help="Add a new source to sources.csv.")
    ] = False,
    status: Annotated[
        Status | None, typer.Option(help="Status of its figures.")
    ] = None,
    into: Annotated[
        Path | None,
        typer.Option(
            help="Folder of the returns, as from the workbook's folder: "
            "data/returns/<quarter>."
        ),
    ] = None,
    reconciliation: Annotated[
        Path | None,
        typer.Option(
            help="Where to write, as CSV, how an export of the performance system "
            "compares with the services' own returns."
        ),
    ] = None,
    show_notes: Annotated[
        bool, typer.Option("--notes", help="Show the notes below its tables.")
    ] = False,
    folder: Annotated[
        Path,
        typer.Option(
            help="The workbook: the folder with data, parameters and notebooks."
        ),
    ] = Path(),
) -> None:
    """Turn a published file into returns of the workbook, as a profile says."""
    if show_profiles:
        ours = open_workbook(folder).catalogue.indicators
        for line in profiles_told(read_profiles(folder).values(), ours):
            _say(line)
        return
    if file is None:
        message = "Say which file to import; 'perfnb import --list' names the profiles."
        raise ParameterError(message)
    workbook = open_workbook(folder)
    request = Request(
        file=file,
        profile=profile,
        received=datetime.now().astimezone().date(),
        period=parse_period(period) if period else None,
        source=source,
        into=into,
        status=status.value if status else "",
    )
    prepared = prepare(workbook, request)
    _tell(prepared, notes=show_notes)
    if prepared.has_no_indicator:
        _refuse(prepared, file, folder)
    if reconciliation is not None:
        _write_reconciliation(prepared, reconciliation)
    written = _write(prepared, folder, add_source=add_source)
    for line in told(prepared, written, file, folder):
        _say(line)
    if findings.of_severity(prepared.findings, "error"):
        raise typer.Exit(ReturnError.exit_code)


def _tell(prepared: Prepared, *, notes: bool) -> None:
    err = Console(stderr=True)
    for severity in ("error", "warning"):
        for each in findings.of_severity(prepared.findings, severity):
            err.print(
                findings.line(each), markup=False, highlight=False, soft_wrap=True
            )
    for note in prepared.extraction.notes if notes else ():
        _say(f"Note: {note}")


def _write(prepared: Prepared, folder: Path, *, add_source: bool) -> dict[Path, bool]:
    """Write the returns; the row of a new source is told as what was done to it."""
    if prepared.is_new_source and prepared.returns and not add_source:
        _tell_row(prepared, "to be added")
    written = write(prepared, folder, add_source=add_source)
    if prepared.is_new_source and any(written.values()):
        _tell_row(prepared, "added")
    return written


def _tell_row(prepared: Prepared, done: str) -> None:
    _say(f"Row {done} to data/registers/sources.csv:\n{row_of(prepared.source)}")


def _refuse(prepared: Prepared, file: Path, folder: Path) -> NoReturn:
    """Say what was left out of a file that gives nothing the workbook has."""
    for line in told(prepared, {}, file, folder):
        _say(line)
    message = (
        "Nothing was written: none of its indicators is in indicators.csv; add its "
        "row first."
    )
    raise ParameterError(message)


def _write_reconciliation(prepared: Prepared, path: Path) -> None:
    if prepared.compared is None:
        message = (
            f"The profile {prepared.profile.id} is not of a performance system: there "
            f"is nothing to compare."
        )
        raise ParameterError(message)
    new_files.place({path: prepared.compared.as_csv().encode()})
    _say(f"Wrote {path}.")


def _say(line: str) -> None:
    Console().print(line, markup=False, highlight=False, soft_wrap=True)
