"""Which reports a run makes: each notebook for each service.

Whether the notebooks can take their parameters is found out here, before the
first one starts.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import papermill
from nbformat import ValidationError
from nbformat.reader import NotJSONError

from perfnb.errors import NotebookError, ParameterError
from perfnb.parameters import RunParameters
from perfnb.workbook import Workbook

REQUIRED = ("service", "quarter", "folder")


@dataclass(frozen=True)
class Report:
    """One report to make: a notebook for a service."""

    service: str
    notebook: str
    parameters: dict[str, str] = field(compare=False)

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from every other report of the run."""
        return self.service, self.notebook

    @property
    def name(self) -> str:
        """File name of its page and its executed notebook, without ending."""
        return f"{self.service}-{self.notebook}"


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
        try:
            names = list(papermill.inspect_notebook(str(path)))
        except (NotJSONError, ValidationError) as error:
            message = (
                f"notebooks/{path.name} is not a notebook that can be read. Restore it "
                f"from git or save it anew in JupyterLab."
            )
            raise NotebookError(message) from error
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


def title(notebook: str) -> str:
    """Name a notebook as people do."""
    return notebook.replace("_", " ").capitalize()
