"""Run a quarter: parameters, notebooks, pages, site.

Everything that can be wrong with names is found before the first notebook
starts. A report that fails is refused with the reason; the others go on.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from perfnb import manifest, site
from perfnb.analysis import findings
from perfnb.errors import NotebookError, ParameterError, PerfnbError
from perfnb.parameters import RunParameters
from perfnb.report import page, trends
from perfnb.site import Entry
from perfnb.workbook import Workbook

CELL_SECONDS = 300
REQUIRED = ("service", "quarter", "folder")


@dataclass(frozen=True)
class Report:
    """One report to make: a notebook for a service."""

    service: str
    notebook: str
    parameters: dict[str, str]

    @property
    def name(self) -> str:
        """File name of its page and its executed notebook, without ending."""
        return f"{self.service}-{self.notebook}"


@dataclass(frozen=True)
class Done:
    """A report that was tried: its entry and how long it took [seconds]."""

    entry: Entry
    seconds: float


def plan(workbook: Workbook, parameters: RunParameters) -> list[Report]:
    """List the reports of a run and refuse notebooks that cannot take them.

    Parameters
    ----------
    workbook : Workbook
        The council's folder.
    parameters : RunParameters
        The quarter's services and notebooks.

    Returns
    -------
    list of Report
        Service by service, in the order of the parameters.

    Raises
    ------
    NotebookError
        When a notebook has no parameters cell or lacks a parameter.
    """
    offered = {"quarter": parameters.quarter, "peer_group": parameters.peer_group}
    taken: dict[str, list[str]] = {}
    for notebook in parameters.notebooks:
        taken[notebook] = _parameters_of(notebook_path(workbook, notebook))
    return [
        Report(
            service,
            notebook,
            {
                name: text
                for name, text in {"service": service, **offered}.items()
                if name in taken[notebook]
            },
        )
        for service in parameters.services
        for notebook in parameters.notebooks
    ]


def notebook_path(workbook: Workbook, notebook: str) -> Path:
    """Name the file of a notebook."""
    return workbook.folder / "notebooks" / f"{notebook}.ipynb"


def _parameters_of(path: Path) -> list[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        names = list(papermill.inspect_notebook(str(path)))
    lacking = [name for name in REQUIRED if name not in names]
    if lacking:
        message = (
            f"notebooks/{path.name}: its cell tagged 'parameters' has no "
            f"{', '.join(lacking)}. Tag one cell 'parameters' and give it there."
        )
        raise NotebookError(message)
    return names


def chosen(reports: Sequence[Report], service: str | None) -> list[Report]:
    """Keep the reports of one service, or all.

    Raises
    ------
    ParameterError
        When the run has no such service.
    """
    if service is None:
        return list(reports)
    kept = [report for report in reports if report.service == service]
    if not kept:
        known = ", ".join(dict.fromkeys(report.service for report in reports))
        message = f"'{service}' is not a service of this run: {known}."
        raise ParameterError(message)
    return kept


def run(
    workbook: Workbook,
    parameters: RunParameters,
    *,
    service: str | None = None,
    on_start: Callable[[Report], None] = lambda report: None,
    on_done: Callable[[Report, Done], None] = lambda report, done: None,
) -> list[Done]:
    """Make the reports of a quarter and publish them as a site.

    Parameters
    ----------
    workbook : Workbook
        The council's folder; the site is its ``output/<quarter>``.
    parameters : RunParameters
        What to run.
    service : str, optional
        Only this service; the other reports stay as they are published.
    on_start, on_done : callable
        Told of each report as it starts and ends.

    Returns
    -------
    list of Done
        Each report that was tried.

    Raises
    ------
    PerfnbError
        Before anything runs, when names or notebooks are not right.
    """
    everything = plan(workbook, parameters)
    wanted = chosen(everything, service)
    target = workbook.folder / "output" / parameters.file_name
    published = site.earlier(target)
    exporter = page.CouncilExporter()  # type: ignore[no-untyped-call]
    tried: dict[str, Done] = {}
    with site.staged(target) as staging:
        for report in wanted:
            on_start(report)
            started = perf_counter()
            entry = _make(report, everything, workbook, exporter, staging)
            tried[report.name] = Done(entry, perf_counter() - started)
            on_done(report, tried[report.name])
        entries = []
        for report in everything:
            old = published.get((report.service, report.notebook))
            made = tried[report.name].entry if report.name in tried else None
            if made is not None and (made.page or old is None):
                entries.append(made)
            elif old is not None:
                trouble = made.trouble if made else ""
                entries.append(site.keep(old, target, staging, trouble))
        _bind(workbook, parameters, staging, entries)
    return list(tried.values())


def _make(
    report: Report,
    everything: Sequence[Report],
    workbook: Workbook,
    exporter: page.CouncilExporter,
    staging: Path,
) -> Entry:
    try:
        notebook = execute(notebook_path(workbook, report.notebook), report.parameters)
        notebook.metadata["perfnb"] = _about(report, everything, workbook)
        html, resources = exporter.from_notebook_node(notebook)
        answer = page.answer(notebook)
    except PerfnbError as error:
        return _refused(report, str(error))
    files = {
        f"{report.name}.html": html.encode(),
        f"notebooks/{report.name}.ipynb": _written(notebook),
        **resources["outputs"],
    }
    return Entry(
        service=report.service,
        notebook=report.notebook,
        question=page.heading(notebook),
        answer=answer,
        page=f"{report.name}.html",
        files=site.write_files(staging, files),
        parameters=report.parameters,
    )


def _written(notebook: NotebookNode) -> bytes:
    text: str = nbformat.writes(notebook)  # type: ignore[no-untyped-call]
    return text.encode()


def _refused(report: Report, trouble: str) -> Entry:
    return Entry(
        service=report.service,
        notebook=report.notebook,
        question="",
        answer="",
        page="",
        files={},
        parameters=report.parameters,
        state=site.REFUSED,
        trouble=trouble,
    )


def execute(path: Path, parameters: dict[str, str]) -> NotebookNode:
    """Execute a notebook to its end with papermill.

    Parameters
    ----------
    path : pathlib.Path
        The notebook; it runs in its own folder.
    parameters : dict
        Values for its cell tagged ``parameters``.

    Returns
    -------
    NotebookNode
        Without the times and the machine it ran at, so that the same figures
        give the same file.

    Raises
    ------
    NotebookError
        When a cell fails, warns, takes too long, or did not run.
    """
    try:
        notebook = papermill.execute_notebook(
            str(path),
            None,
            parameters=parameters,
            cwd=str(path.parent),
            progress_bar=False,
            execution_timeout=CELL_SECONDS,
        )
    except PapermillExecutionError as error:
        message = f"cell {error.cell_index + 1} failed: {error.ename}: {error.evalue}"
        raise NotebookError(message) from error
    except CellTimeoutError as error:
        message = f"a cell took longer than {CELL_SECONDS} seconds"
        raise NotebookError(message) from error
    except DeadKernelError as error:
        message = "its Python process died"
        raise NotebookError(message) from error
    _refuse_unfinished(notebook)
    return _without_traces(notebook)


def _refuse_unfinished(notebook: NotebookNode) -> None:
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type != "code":
            continue
        if cell.source.strip() and cell.execution_count is None:
            message = f"cell {number} did not run"
            raise NotebookError(message)
        for output in cell.outputs:
            if output.output_type == "stream" and output.name == "stderr":
                message = f"cell {number} warned: {output.text.strip()[:300]}"
                raise NotebookError(message)


def _without_traces(notebook: NotebookNode) -> NotebookNode:
    known = notebook.metadata.get("papermill", {}).get("parameters", {})
    notebook.metadata["papermill"] = {"parameters": known}
    for number, cell in enumerate(notebook.cells, start=1):
        cell.id = f"cell-{number:02d}"
        for trace in ("papermill", "execution"):
            cell.metadata.pop(trace, None)
    return notebook


def _about(
    report: Report, everything: Sequence[Report], workbook: Workbook
) -> dict[str, Any]:
    services = workbook.catalogue.services
    others = [
        other
        for other in everything
        if other.name != report.name
        and (other.service == report.service or other.notebook == report.notebook)
    ]
    return {
        "council": workbook.reference.name(workbook.catalogue.council),
        "quarter": report.parameters["quarter"],
        "service": services[report.service].title,
        "report": title(report.notebook),
        "links": [
            {
                "href": f"{other.name}.html",
                "text": f"{services[other.service].title}: {title(other.notebook)}",
            }
            for other in others
        ],
    }


def title(notebook: str) -> str:
    """Name a notebook as people do."""
    return notebook.replace("_", " ").capitalize()


def _bind(
    workbook: Workbook,
    parameters: RunParameters,
    staging: Path,
    entries: Sequence[Entry],
) -> None:
    services = [workbook.catalogue.services[name] for name in parameters.services]
    found = [
        finding
        for each in services
        for finding in findings.trends(workbook.select(each.id, parameters.quarter))
    ]
    council = workbook.reference.name(workbook.catalogue.council)
    path = workbook.parameters_path(parameters.quarter)
    site.finish(
        staging,
        entries,
        about={
            "council": council,
            "quarter": parameters.quarter,
            "as_at": f"{parameters.as_at.day} {parameters.as_at:%B %Y}",
            "answer": trends.council_answer(found, council),
        },
        services={
            each.id: {"title": each.title, "description": each.description}
            for each in services
        },
        made_from={
            "quarter": parameters.quarter,
            "as_at": parameters.as_at.isoformat(),
            "commit": manifest.commit(workbook.folder),
            "versions": manifest.versions(),
            "inputs": manifest.inputs(workbook.folder, path),
        },
    )
