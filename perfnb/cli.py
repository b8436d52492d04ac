"""The ``perfnb`` command: check a workbook and run a quarter's reports."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from perfnb import findings, receipts
from perfnb.errors import NotebookError, ParameterError, PerfnbError, ReturnError
from perfnb.importing.command import import_file
from perfnb.ledger_findings import altered
from perfnb.parameters import RunParameters, read_parameters
from perfnb.quarters import is_quarter
from perfnb.workbook import Workbook, open_workbook

if TYPE_CHECKING:
    from perfnb.run import Done

_EXAMPLES = """
Examples:

  perfnb check

  perfnb import 202512.ods --profile hclic

  perfnb receive

  perfnb new-quarter "2025-26 Q4"

  perfnb run parameters/2025-26-q3.yaml

  perfnb run --quarter "2025-26 Q3" --service waste-and-recycling
"""

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Reports on a council's performance, quarter by quarter.",
    epilog=_EXAMPLES,
)
out = Console()
err = Console(stderr=True)

_MOST_TOLD = 20
"""Errors, and warnings, that a run tells; a check tells all."""

Folder = Annotated[
    Path,
    typer.Option(help="The workbook: the folder with data, parameters and notebooks."),
]


def main() -> None:
    """Run the command; a mistake that a person can mend is told without traceback."""
    try:
        app()
    except PerfnbError as error:
        _tell_mistake(error, after=" Nothing was written.")
        sys.exit(error.exit_code)


@app.command()
def check(
    show_all: Annotated[
        bool, typer.Option("--all", help="Show the warnings in earlier returns too.")
    ] = False,
    folder: Folder = Path(),
) -> None:
    """Check registers, reference data, returns and parameters, and run nothing."""
    try:
        _check(folder, show_all=show_all)
    except PerfnbError as error:
        # A check writes nothing, so there is nothing of that to say.
        _tell_mistake(error, after="")
        raise typer.Exit(error.exit_code) from error


def _check(folder: Path, *, show_all: bool) -> None:
    workbook = open_workbook(folder)
    files = sorted((workbook.folder / "parameters").glob("[0-9]*.yaml"))
    for path in files:
        _parameters(workbook, path)
    folders = [path.name for path in (folder / "data" / "returns").glob("*-q[1-4]")]
    earlier = () if show_all else findings.of_others(workbook.findings, folders)
    _tell(findings.told([f for f in workbook.findings if f not in earlier]))
    if earlier:
        many = f"{len(earlier):,} warning{'s' if len(earlier) != 1 else ''}"
        shows = "shows them" if len(earlier) != 1 else "shows it"
        _tell([f"{many} in earlier returns; perfnb check --all {shows}."])
    verdict = (
        f"{findings.count(workbook.findings).capitalize()} in the returns"
        if workbook.findings
        else "All is well"
    )
    out.print(
        f"{verdict}: {len(workbook.catalogue.indicators)} indicators, "
        f"{workbook.history.extent.rows:,} rows of returns are in, "
        f"{len(files)} quarter{'s' if len(files) != 1 else ''} to run.",
        highlight=False,
        soft_wrap=True,
    )
    if findings.of_severity(workbook.findings, "error"):
        raise typer.Exit(ReturnError.exit_code)


def _tell_mistake(error: PerfnbError, *, after: str) -> None:
    err.print(f"ERROR {error}".replace("\n", "\nERROR "), markup=False, soft_wrap=True)
    if len(error.faults) > 1:
        err.print(f"{len(error.faults)} faults.{after}")


app.command("import")(import_file)


@app.command()
def run(
    parameters: Annotated[
        Path | None,
        typer.Argument(help="Parameters file, such as parameters/2025-26-q3.yaml."),
    ] = None,
    quarter: Annotated[
        str | None, typer.Option(help='Quarter, such as "2025-26 Q3".')
    ] = None,
    service: Annotated[
        str | None, typer.Option(help="Only this service; other pages stay.")
    ] = None,
    folder: Folder = Path(),
) -> None:
    """Make a quarter's reports: execute, render, publish in output."""
    # papermill takes seconds to import, and only a run needs it.
    from perfnb import plan
    from perfnb import run as runner

    logging.getLogger("papermill").setLevel(logging.CRITICAL)
    started = perf_counter()
    workbook = open_workbook(folder)
    path = _parameters_path(parameters, quarter, workbook)
    asked = _parameters(workbook, path)
    count = len(plan.chosen(plan.plan(workbook, asked), service))
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=err,
        disable=not err.is_terminal,
    ) as progress:
        task = progress.add_task("Starting", total=count)
        done = runner.run(
            workbook,
            asked,
            service=service,
            on_start=lambda report: progress.update(task, description=report.name),
            on_done=lambda report: progress.advance(task),
        )
    _summary(done, perf_counter() - started)
    index = workbook.folder / "output" / asked.file_name / "index.html"
    out.print(f"Open {index}", highlight=False, soft_wrap=True)
    found = findings.up_to(workbook.findings, asked.period)
    whole = str(index.with_name(findings.CSV_NAME))
    _tell(findings.told(found, most=_MOST_TOLD, whole=whole))
    if found:
        _tell([f"{findings.count(found).capitalize()} in the returns: see {whole}."])
    refused = [each for each in done if each.entry.trouble]
    if refused:
        message = (
            f"{len(refused)} of {len(done)} reports were refused; the table says why."
        )
        raise NotebookError(message)
    if findings.of_severity(found, "error"):
        raise typer.Exit(ReturnError.exit_code)


@app.command("new-quarter")
def new_quarter(
    quarter: Annotated[str, typer.Argument(help='Quarter, such as "2025-26 Q4".')],
    as_at: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help="Last day on which a return may come; today if left out.",
        ),
    ] = None,
    folder: Folder = Path(),
) -> None:
    """Begin a quarter: parameters, a folder of returns, a form for each service."""
    # Only this command writes spreadsheets.
    from perfnb.new_quarter import begin

    day = (as_at or datetime.now().astimezone()).date()
    begun = begin(open_workbook(folder), quarter, as_at=day)
    for name in begun.made:
        out.print(f"Made {name}", markup=False, highlight=False, soft_wrap=True)
    for name in begun.kept:
        out.print(f"Left as it is: {name}", markup=False, highlight=False)
    for warning in begun.warnings:
        err.print(f"WARNING {warning}", markup=False, highlight=False, soft_wrap=True)
    for words in begun.told():
        out.print(words, markup=False, highlight=False, soft_wrap=True)


@app.command()
def receive(
    received: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], help="Day on which they came; today if left out."
        ),
    ] = None,
    note: Annotated[
        str, typer.Option(help="What is to be remembered of these returns.")
    ] = "",
    folder: Folder = Path(),
) -> None:
    """Record the returns that have come, so that no later change goes unseen."""
    today = datetime.now().astimezone().date()
    day = received.date() if received else today
    if day > today:
        message = f"{day} has not come yet. Say on which day the returns came."
        raise ParameterError(message)
    workbook = open_workbook(folder)
    added, left_out = receipts.record(
        workbook.folder,
        workbook.observations,
        workbook.findings,
        received=day,
        note=note,
    )
    for receipt in added:
        out.print(f"Recorded {receipt.file}", markup=False, soft_wrap=True)
    for file, why in left_out.items():
        err.print(f"Not recorded: {file}: {why}.", markup=False, soft_wrap=True)
    out.print(
        f"{len(added)} return{'s' if len(added) != 1 else ''} recorded as received on "
        f"{receipts.day_of(day)}.",
        highlight=False,
    )
    recorded, _ = receipts.read_receipts(workbook.folder)
    if wrong := altered(workbook.folder, recorded):
        raise ReturnError(wrong)


def _parameters_path(
    parameters: Path | None, quarter: str | None, workbook: Workbook
) -> Path:
    if quarter is not None:
        path = workbook.parameters_path(quarter)
        named = workbook.folder / parameters if parameters else path
        if parameters and path.resolve() not in (parameters.resolve(), named.resolve()):
            message = f"{parameters} is not the parameters file of {quarter}."
            raise ParameterError(message)
        return path
    if parameters is None:
        message = (
            "Say what to run: a parameters file, such as parameters/2025-26-q3.yaml, "
            'or --quarter "2025-26 Q3".'
        )
        raise ParameterError(message)
    here = parameters.is_file() or parameters.is_absolute()
    if not here and is_quarter(str(parameters)):
        message = f"'{parameters}' is a quarter: write --quarter \"{parameters}\"."
        raise ParameterError(message)
    return parameters if here else workbook.folder / parameters


def _parameters(workbook: Workbook, path: Path) -> RunParameters:
    return read_parameters(path, workbook.catalogue, folder=workbook.folder)


def _tell(lines: Iterable[str]) -> None:
    for line in lines:
        err.print(line, markup=False, highlight=False, soft_wrap=True)


def _summary(done: Sequence[Done], seconds: float) -> None:
    table = Table("Service", "Report", "State", "Seconds", title_justify="left")
    for each in done:
        state = each.entry.state
        trouble = f": {each.entry.trouble}" if each.entry.trouble else ""
        table.add_row(
            each.entry.service or "whole council",
            each.entry.notebook,
            f"{state}{trouble}",
            f"{each.seconds:.1f}",
        )
    out.print(table)
    out.print(f"{len(done)} reports in {seconds:.0f} seconds.", highlight=False)
