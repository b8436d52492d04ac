"""Run one notebook to its end, or say why it did not get there.

papermill is content with a notebook that stopped early, warned or lost its
kernel half-way; a report that members read is not.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from perfnb.errors import NotebookError

CELL_SECONDS = 300
# Where Python says that a warning arose: a file and line that no reader has.
_PLACE_OF_WARNING = re.compile(r"^\S.*?:\d+: (?=\w+: )", re.MULTILINE)


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
        with _private_kernel() as settings:
            notebook = papermill.execute_notebook(
                str(path),
                None,
                parameters=parameters,
                cwd=str(path.parent),
                progress_bar=False,
                execution_timeout=CELL_SECONDS,
                **settings,
            )
    except PapermillExecutionError as error:
        # The cell that papermill adds for the parameters stands before it.
        message = f"cell {error.cell_index} failed: {error.ename}: {error.evalue}"
        raise NotebookError(message) from error
    except CellTimeoutError as error:
        message = f"a cell took longer than {CELL_SECONDS} seconds"
        raise NotebookError(message) from error
    except DeadKernelError as error:
        message = "its Python process died"
        raise NotebookError(message) from error
    _refuse_unfinished(notebook)
    return _without_traces(notebook)


@contextmanager
def _private_kernel() -> Iterator[dict[str, Any]]:
    """Give the settings of a kernel that nobody else can listen to.

    It is spoken to through files in a folder of its own; Windows has no such
    sockets and keeps to the loopback address. What it logs is not for the
    analyst: what matters of it comes back as an exception.
    """
    # Threads of the linear algebra library only slow the small fits of a report.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with TemporaryDirectory(prefix="perfnb-") as sockets:
        ours = {"transport": "ipc", "ip": f"{sockets}/kernel"}
        yield {
            "config": Config({"KernelManager": ours if os.name == "posix" else {}}),
            "extra_arguments": ["--log-level=CRITICAL"],
        }


def _refuse_unfinished(notebook: NotebookNode) -> None:
    own = [c for c in notebook.cells if "injected-parameters" not in _tags(c)]
    for number, cell in enumerate(own, start=1):
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                message = f"cell {number} ended the report early: {output.ename}"
                raise NotebookError(message)
            if output.output_type == "stream" and output.name == "stderr":
                told = _PLACE_OF_WARNING.sub("", output.text.strip())[:300]
                message = f"cell {number} warned: {told}"
                raise NotebookError(message)
        ran = cell.get("execution_count") is not None
        if cell.cell_type == "code" and cell.source.strip() and not ran:
            message = f"cell {number} did not run"
            raise NotebookError(message)


def _tags(cell: NotebookNode) -> list[str]:
    return list(cell.metadata.get("tags", []))


def _without_traces(notebook: NotebookNode) -> NotebookNode:
    known = notebook.metadata.get("papermill", {}).get("parameters", {})
    notebook.metadata["papermill"] = {"parameters": known}
    for number, cell in enumerate(notebook.cells, start=1):
        cell.id = f"cell-{number:02d}"
        for trace in ("papermill", "execution"):
            cell.metadata.pop(trace, None)
    return notebook
