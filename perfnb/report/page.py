"""Render an executed notebook, or the index of a run, as a page for members.

The page stands by itself: no script, no request to anywhere, styles inline and
allowed by their hash. ``jupyter nbconvert --to council`` uses the same exporter.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from nbconvert.exporters import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode
from traitlets import default
from traitlets.config import Config

from perfnb.errors import NotebookError

_TEMPLATES = Path(__file__).parent / "templates"
_COUNCIL = _TEMPLATES / "council"
_DOWNLOAD = re.compile(
    r'<a download="(?P<name>[a-z0-9.-]+)\.csv" '
    r'href="data:text/csv;base64,(?P<coded>[A-Za-z0-9+/=]+)">'
)

ATTRIBUTION = (
    "Contains public sector information licensed under the Open Government "
    "Licence v3.0."
)


class CouncilExporter(HTMLExporter):
    """Export an executed notebook as a self-contained page.

    Figures that a page offers as CSV are written beside it, in ``data``. A
    notebook that holds an error is refused.
    """

    export_from_notebook = "Council report (HTML)"

    @default("template_name")
    def _council_template(self) -> str:
        return "council"

    @default("extra_template_basedirs")
    def _own_templates(self) -> list[str]:
        return [str(_TEMPLATES)]

    @property
    def default_config(self) -> Config:
        """Hide code and the marks beside headings."""
        own = Config(
            {"HTMLExporter": {"exclude_input": True, "exclude_anchor_links": True}}
        )
        own.merge(super().default_config)
        return own

    @pass_context
    def markdown2html(self, context: Context, source: str) -> str:
        """Render prose; markup that stands in it is shown as text, not obeyed."""
        cell = context.get("cell", {})
        renderer = IPythonRenderer(
            escape=True,
            attachments=cell.get("attachments", {}),
            exclude_anchor_links=self.exclude_anchor_links,
        )
        return str(MarkdownWithMath(renderer=renderer).render(source))

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: Any = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Render a notebook.

        Raises
        ------
        NotebookError
            When a cell of the notebook ended in an error.
        """
        _refuse_errors(nb)
        resources = self._init_resources(resources)  # type: ignore[no-untyped-call]
        resources["heading"] = heading(nb)
        resources["stylesheet"] = stylesheet()
        resources["policy"] = policy()
        resources["attribution"] = ATTRIBUTION
        html, resources = super().from_notebook_node(nb, resources, **kw)
        html, files = _with_downloads(html)
        resources["outputs"] = {**(resources.get("outputs") or {}), **files}
        return html, resources


def heading(notebook: NotebookNode) -> str:
    """Give the question that a notebook asks: its first heading."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("# "):
            return str(cell.source).splitlines()[0].removeprefix("# ").strip()
    return "Report"


def answer(notebook: NotebookNode) -> str:
    """Give the sentence that a report opens with: its first output, as text.

    Raises
    ------
    NotebookError
        When the notebook shows nothing.
    """
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            text = str(output.get("data", {}).get("text/plain", ""))
            if text:
                return text.splitlines()[0]
    message = "The report shows nothing: no cell has an output"
    raise NotebookError(message)


@cache
def stylesheet() -> str:
    """Give the one stylesheet of every page."""
    return (_COUNCIL / "council.css").read_text("utf-8").strip()


def policy() -> str:
    """Give the content security policy: our stylesheet, inline images, no more."""
    digest = base64.b64encode(hashlib.sha256(stylesheet().encode()).digest()).decode()
    return (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; "
        f"base-uri 'none'; form-action 'none'"
    )


def index(about: Mapping[str, Any]) -> str:
    """Render the index of a run.

    Parameters
    ----------
    about : mapping
        council, quarter, as_at, answer (sentences), services (title,
        description, entries of page, question and answer) and troubled
        (service, report, trouble, kept).
    """
    environment = Environment(loader=FileSystemLoader(_COUNCIL), autoescape=True)
    template = environment.get_template("site-index.html.j2")
    return template.render(
        **about,
        policy=policy(),
        stylesheet=Markup(stylesheet()),  # noqa: S704 (our own file)
        attribution=ATTRIBUTION,
    )


def _refuse_errors(notebook: NotebookNode) -> None:
    for number, cell in enumerate(notebook.cells, start=1):
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                message = f"Cell {number} ended in an error: {output.evalue}"
                raise NotebookError(message)


def _with_downloads(html: str) -> tuple[str, dict[str, bytes]]:
    """Turn figures carried inside the page into files beside it."""
    files: dict[str, bytes] = {}

    def beside(found: re.Match[str]) -> str:
        path = f"data/{found['name']}.csv"
        files[path] = base64.b64decode(found["coded"])
        return f'<a download href="{path}">'

    return _DOWNLOAD.sub(beside, html), files
