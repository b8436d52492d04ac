"""A small page made without a kernel: what the exporter does with each element."""

from __future__ import annotations

import nbformat
from nbformat import NotebookNode

from perfnb.report import theme
from perfnb.report.downloads import Download
from perfnb.report.elements import Chart, Element, Prose, Section, Table
from perfnb.report.page import CouncilExporter

TITLE = "Illustrative streets found clean, per cent"
ALTERNATIVE = "Streets found clean rose from 80% to 90% in a year."
ROWS = (("2024-25 Q3", "80.0", "▲ Better"), ("2025-26 Q3", "90.0", "○ Position only"))


def line(shape: theme.Shape) -> str:
    """Draw a line from one figure to the next."""
    with theme.canvas(shape, 2.4) as (figure, axes):
        axes.plot([0, 1], [80, 90])
        axes.set_ylabel("%")
        return theme.to_svg(figure)


def chart(title: str = TITLE, alternative: str = ALTERNATIVE) -> Chart:
    """Give a chart of two figures."""
    return Chart(
        title=title,
        wide=line(theme.WIDE),
        narrow=line(theme.NARROW),
        alternative=alternative,
        table=Table(title, ["Quarter", "%", "Verdict"], ROWS, numeric=[1]),
        download=Download("il1-trend", ["quarter", "value", "verdict"], ROWS),
    )


def shown(element: Element) -> NotebookNode:
    """Give a cell of code that was run and shows an element."""
    output = nbformat.v4.new_output(
        "execute_result",
        data=element._repr_mimebundle_(),
        execution_count=1,
    )
    return nbformat.v4.new_code_cell("show()", execution_count=1, outputs=[output])


def notebook(*elements: Element, about: dict | None = None) -> NotebookNode:
    """Give an executed notebook that shows some elements."""
    cells = [
        nbformat.v4.new_markdown_cell("# Is it so?\n\nFor members."),
        shown(Prose(["Streets: one indicator is improving."], role="answer")),
        nbformat.v4.new_markdown_cell("## Each indicator"),
        *(shown(element) for element in elements or [Section("Streets", [chart()])]),
    ]
    made = nbformat.v4.new_notebook(cells=cells)
    made.metadata["perfnb"] = about or {
        "council": "Illustrative Vale",
        "quarter": "2025-26 Q3",
        "service": "Streets",
        "report": "Trend",
        "links": [],
    }
    return made


def html(made: NotebookNode | None = None) -> str:
    """Render a notebook as a page."""
    return CouncilExporter().from_notebook_node(made or notebook())[0]
