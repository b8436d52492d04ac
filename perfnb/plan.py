"""Which reports a run makes: each notebook for each service, or for the council.

Whether the notebooks can take their parameters is found out here, before the
first one starts.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import product
from pathlib import Path

import papermill
from nbformat import ValidationError
from nbformat.reader import NotJSONError

from perfnb.errors import NotebookError, ParameterError
from perfnb.parameters import RunParameters
from perfnb.workbook import Workbook

REQUIRED = ("quarter", "folder")
SERVICE = "service"
COUNCIL = ""
"""Stands for the service of a report that is about the whole council."""


@dataclass(frozen=True)
class Report:
    """One report to make: a notebook for a service, or for the whole council.

    Parameters
    ----------
    service : str
        Id in ``services.csv``; `COUNCIL` for the whole council.
    notebook : str
        File name of the notebook without ending.
    parameters : dict
        What it is run with.
    """

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
        notebook = self.notebook.replace("_", "-")
        return f"{self.service}-{notebook}" if self.service else notebook


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
        Service by service, in the order of the parameters; then those about the
        whole council.

    Raises
    ------
    NotebookError
        When a notebook has no parameters cell or lacks a parameter, or takes a
        service and is to run for the whole council, or the other way round.
    """
    offered = {"quarter": parameters.quarter, "peer_group": parameters.peer_group}
    taken = {
        **{
            name: _parameters_of(notebook_path(workbook, name), SERVICE, *REQUIRED)
            for name in parameters.notebooks
        },
        **{
            name: _of_the_council(notebook_path(workbook, name))
            for name in parameters.council_notebooks
        },
    }
    asked = [
        *product(parameters.services, parameters.notebooks),
        *((COUNCIL, name) for name in parameters.council_notebooks),
    ]
    return [
        Report(
            service,
            notebook,
            {
                name: text
                for name, text in {SERVICE: service, **offered}.items()
                if name in taken[notebook]
            },
        )
        for service, notebook in asked
    ]


def notebook_path(workbook: Workbook, notebook: str) -> Path:
    """Name the file of a notebook."""
    return workbook.folder / "notebooks" / f"{notebook}.ipynb"


def _of_the_council(path: Path) -> list[str]:
    names = _parameters_of(path, *REQUIRED)
    if SERVICE in names:
        message = (
            f"notebooks/{path.name} takes a {SERVICE} and so runs for each of them. "
            f"List it under notebooks, not under council_notebooks."
        )
        raise NotebookError(message)
    return names


def _parameters_of(path: Path, *needed: str) -> list[str]:
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
    lacking = [name for name in needed if name not in names]
    if lacking:
        message = (
            f"notebooks/{path.name}: its cell tagged 'parameters' has no "
            f"{', '.join(lacking)}. Tag one cell 'parameters' and give it there."
        )
        if lacking == [SERVICE]:
            message += " Or list it under council_notebooks."
        raise NotebookError(message)
    return names


def chosen(reports: Sequence[Report], service: str | None) -> list[Report]:
    """Keep the reports of one service, or all; those of one are never the council's.

    Raises
    ------
    ParameterError
        When the run has no such service.
    """
    if service is None:
        return list(reports)
    services = list(dict.fromkeys(r.service for r in reports if r.service))
    kept = [report for report in reports if report.service == service != COUNCIL]
    if not kept:
        known = ", ".join(services)
        message = f"'{service}' is not a service of this run: {known}."
        if close := get_close_matches(service, services, n=1):
            message += f" Did you mean {close[0]}?"
        raise ParameterError(message)
    return kept


def title(notebook: str) -> str:
    """Name a notebook as people do."""
    return notebook.replace("_", " ").capitalize()
