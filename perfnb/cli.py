"""The ``perfnb`` command: check a workbook and run a quarter's reports."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from perfnb.errors import NotebookError, ParameterError, PerfnbError
from perfnb.parameters import RunParameters, read_parameters
from perfnb.workbook import Workbook, open_workbook

if TYPE_CHECKING:
    from perfnb.run import Done

_EXAMPLES = """
Examples:

  perfnb check

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

Folder = Annotated[
    Path,
    typer.Option(help="The workbook: the folder with data, parameters and notebooks."),
]


def main() -> None:
    """Run the command; a mistake that a person can mend is told without traceback."""
    try:
        app()
    except PerfnbError as error:
        err.print(
            f"ERROR {error}".replace("\n", "\nERROR "), markup=False, soft_wrap=True
        )
        if len(error.faults) > 1:
            err.print(f"{len(error.faults)} faults. Nothing was written.")
        sys.exit(error.exit_code)


@app.command()
def check(folder: Folder = Path()) -> None:
    """Check registers, reference data, returns and parameters, and run nothing."""
    workbook = open_workbook(folder)
    files = sorted((workbook.folder / "parameters").glob("[0-9]*.yaml"))
    for path in files:
        _parameters(workbook, path)
    rows = len(workbook.observations)
    out.print(
        f"All is well: {len(workbook.catalogue.indicators)} indicators, {rows:,} rows "
        f"of returns, {len(files)} quarter{'s' if len(files) != 1 else ''} to run.",
        highlight=False,
    )


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
    refused = [each for each in done if each.entry.trouble]
    if refused:
        message = (
            f"{len(refused)} of {len(done)} reports were refused; the table says why."
        )
        raise NotebookError(message)


def _parameters_path(
    parameters: Path | None, quarter: str | None, workbook: Workbook
) -> Path:
    if quarter is not None:
        path = workbook.parameters_path(quarter)
        if parameters is not None and parameters.resolve() != path.resolve():
            message = f"{parameters} is not the parameters file of {quarter}."
            raise ParameterError(message)
        return path
    if parameters is None:
        message = (
            "Say what to run: a parameters file, such as parameters/2025-26-q3.yaml, "
            'or --quarter "2025-26 Q3".'
        )
        raise ParameterError(message)
    return parameters


def _parameters(workbook: Workbook, path: Path) -> RunParameters:
    return read_parameters(path, workbook.catalogue, folder=workbook.folder)


def _summary(done: Sequence[Done], seconds: float) -> None:
    table = Table("Service", "Report", "State", "Seconds", title_justify="left")
    for each in done:
        state = each.entry.state
        trouble = f": {each.entry.trouble}" if each.entry.trouble else ""
        table.add_row(
            each.entry.service,
            each.entry.notebook,
            f"{state}{trouble}",
            f"{each.seconds:.1f}",
        )
    out.print(table)
    out.print(f"{len(done)} reports in {seconds:.0f} seconds.", highlight=False)
