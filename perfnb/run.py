"""Run a quarter: parameters, notebooks, pages, site.

Everything that can be wrong with names is found before the first notebook
starts. A report that fails is refused with the reason; the others go on.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import nbformat
from nbformat import NotebookNode

from perfnb import findings, manifest, site
from perfnb.analysis.change import over_time
from perfnb.errors import PerfnbError
from perfnb.execution import execute
from perfnb.parameters import RunParameters
from perfnb.plan import COUNCIL, Report, chosen, notebook_path, plan, title
from perfnb.report import page
from perfnb.report.change import trends
from perfnb.report.data_quality import finding_words
from perfnb.site import Entry
from perfnb.workbook import Workbook

WHOLE_COUNCIL = "The whole council"
_ABOUT_IT = "What holds for every service together."


@dataclass(frozen=True)
class Done:
    """A report that was tried: its entry and how long it took [seconds]."""

    entry: Entry
    seconds: float


@dataclass(frozen=True)
class _Tried:
    """A report whose notebook was run: the notebook, or why there is none."""

    report: Report
    notebook: NotebookNode | None
    trouble: str
    seconds: float


def run(
    workbook: Workbook,
    parameters: RunParameters,
    *,
    service: str | None = None,
    on_start: Callable[[Report], None] = lambda report: None,
    on_done: Callable[[Report], None] = lambda report: None,
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
    path = workbook.parameters_path(parameters.quarter)
    inputs = manifest.inputs(workbook.folder, path)
    with site.staged(target) as staging:
        published = site.earlier(target)
        tried = []
        for report in wanted:
            on_start(report)
            tried.append(_try(report, workbook))
            on_done(report)
        made = {each.report for each in tried if each.notebook is not None}
        # A page links only to pages that there will be.
        there = [r for r in everything if r in made or r.key in published]
        origin = manifest.digest_of(inputs)
        done = {
            each.report: Done(
                _entry(each, there, workbook, staging, origin), each.seconds
            )
            for each in tried
        }
        entries = [
            _settled(done.get(report), published.get(report.key), target, staging)
            for report in everything
        ]
        whole = [entry for entry in entries if entry is not None]
        _bind(workbook, parameters, staging, whole, inputs)
    return list(done.values())


def _try(report: Report, workbook: Workbook) -> _Tried:
    started = perf_counter()
    notebook, trouble = None, ""
    try:
        path = notebook_path(workbook, report.notebook)
        notebook = execute(path, report.parameters)
        page.answer(notebook)
    except PerfnbError as error:
        notebook = None
        # No reader of the site knows the folder of the machine that made it.
        trouble = str(error).replace(f"{workbook.folder.resolve()}{os.sep}", "")
    return _Tried(report, notebook, trouble, perf_counter() - started)


def _entry(
    tried: _Tried,
    there: Sequence[Report],
    workbook: Workbook,
    staging: Path,
    made_from: str,
) -> Entry:
    """Write the page of a report that was run, or say why there is none."""
    report, notebook = tried.report, tried.notebook
    if notebook is None:
        return site.refused(
            report.service, report.notebook, report.parameters, tried.trouble
        )
    notebook.metadata["perfnb"] = _about(report, there, workbook)
    exporter = page.CouncilExporter()  # type: ignore[no-untyped-call]
    html, resources = exporter.from_notebook_node(notebook)
    files: Mapping[str, bytes] = {
        f"{report.name}.html": html.encode(),
        f"notebooks/{report.name}.ipynb": _written(notebook),
        **resources["outputs"],
    }
    return Entry(
        service=report.service,
        notebook=report.notebook,
        question=page.heading(notebook),
        answer=page.answer(notebook),
        page=f"{report.name}.html",
        files=site.write_files(staging, files),
        parameters=report.parameters,
        made_from=made_from,
    )


def _settled(
    done: Done | None, old: Entry | None, target: Path, staging: Path
) -> Entry | None:
    """Choose what the site has of a report: the new page, or else the old one."""
    if done is not None and (done.entry.page or old is None):
        return done.entry
    if old is None:
        return None
    return site.keep(old, target, staging, done.entry.trouble if done else "")


def _written(notebook: NotebookNode) -> bytes:
    text: str = nbformat.writes(notebook)  # type: ignore[no-untyped-call]
    return text.encode()


def _about(
    report: Report, everything: Sequence[Report], workbook: Workbook
) -> dict[str, Any]:
    return {
        "council": workbook.reference.name(workbook.catalogue.council),
        "quarter": report.parameters["quarter"],
        "service": _title_of(report.service, workbook),
        "report": title(report.notebook),
        "links": [
            {
                "href": f"{other.name}.html",
                "text": f"{_title_of(other.service, workbook)}: "
                f"{title(other.notebook)}",
            }
            for other in _related(report, everything)
        ],
    }


def _title_of(service: str, workbook: Workbook) -> str:
    if service == COUNCIL:
        return WHOLE_COUNCIL
    return workbook.catalogue.services[service].title


def _related(report: Report, everything: Sequence[Report]) -> list[Report]:
    """List the pages that a reader may want next.

    Those of the same service or the same question; from a page of the whole
    council the first page of each service, and from every page the council's.
    """
    first = {each.service: each for each in reversed(everything)}
    return [
        other
        for other in everything
        if other.key != report.key
        and (
            other.service in (report.service, COUNCIL)
            or other.notebook == report.notebook
            or (report.service == COUNCIL and other is first[other.service])
        )
    ]


def _bind(
    workbook: Workbook,
    parameters: RunParameters,
    staging: Path,
    entries: Sequence[Entry],
    inputs: Mapping[str, str],
) -> None:
    services = [workbook.catalogue.services[name] for name in parameters.services]
    found = [
        finding
        for each in services
        for finding in over_time.trends(workbook.select(each.id, parameters.quarter))
    ]
    council = workbook.reference.name(workbook.catalogue.council)
    told = findings.up_to(workbook.findings, parameters.period)
    listed = findings.csv(finding_words.shown(told, workbook.catalogue.indicators))
    files = site.write_files(staging, {findings.CSV_NAME: listed.encode("utf-8-sig")})
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
            COUNCIL: {"title": WHOLE_COUNCIL, "description": _ABOUT_IT},
            **{
                each.id: {"title": each.title, "description": each.description}
                for each in services
            },
        },
        made_from={
            "quarter": parameters.quarter,
            "as_at": parameters.as_at.isoformat(),
            "commit": manifest.commit(workbook.folder),
            "versions": manifest.versions(),
            "inputs": inputs,
            "files": files,
        },
    )
