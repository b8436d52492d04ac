"""The rules of a notebook: thin, one question, and the same for every service.

Each rule is a function that lists what breaks it; each is proven on a notebook
that does.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Callable, Iterator
from copy import deepcopy
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

PARAMETERS_AT_MOST = 5
LINES_AT_MOST = 8
FIGURES_ALLOWED = ("95%",)
STATEMENTS_REFUSED = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.Lambda,
    ast.ClassDef,
    ast.For,
    ast.AsyncFor,
    ast.While,
    ast.Try,
)
ABSOLUTE = re.compile(r"^(/|~|[A-Za-z]:[\\/]|file:|https?:)")

Rule = Callable[[NotebookNode], Iterator[str]]


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """Give the cells of code."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def headings(notebook: NotebookNode) -> list[tuple[int, str]]:
    """Give the headings of the prose with their levels."""
    found = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            found += re.findall(r"^(#+) +(.*)$", cell.source, flags=re.MULTILINE)
    return [(len(marks), text) for marks, text in found]


def opens_with_a_question(notebook: NotebookNode) -> Iterator[str]:
    """Have the one H1 in the first cell, and have it ask."""
    first = notebook.cells[0]
    asks = re.match(r"# [^\n]+\?(\n|$)", first.source)
    if first.cell_type != "markdown" or not asks:
        yield "its first cell is not a heading that asks a question"
    if [level for level, _ in headings(notebook)].count(1) != 1:
        yield "it has not exactly one H1"


def headings_step_down(notebook: NotebookNode) -> Iterator[str]:
    """Have no heading more than one level below the one before."""
    levels = [level for level, _ in headings(notebook)]
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"a heading jumps from level {before} to {after}"


def has_one_parameters_cell(notebook: NotebookNode) -> Iterator[str]:
    """Have one tagged cell of a few scalars, each with a comment."""
    tagged = [
        c for c in code_cells(notebook) if "parameters" in c.metadata.get("tags", [])
    ]
    if len(tagged) != 1:
        yield f"{len(tagged)} cells are tagged 'parameters'"
        return
    if notebook.cells.index(tagged[0]) != 1:
        yield "the parameters are not in the second cell"
    statements = ast.parse(tagged[0].source).body
    if len(statements) > PARAMETERS_AT_MOST:
        yield f"it has {len(statements)} parameters"
    commented = comment_lines(tagged[0].source)
    for statement in statements:
        if not is_scalar(statement):
            yield f"'{ast.unparse(statement)}' is not a scalar of a plain type"
        if statement.lineno not in commented:
            yield f"'{ast.unparse(statement)}' has no comment"


def is_scalar(statement: ast.stmt) -> bool:
    """Tell whether a statement gives one name one text, number or yes/no."""
    return (
        isinstance(statement, ast.Assign)
        and len(statement.targets) == 1
        and isinstance(statement.targets[0], ast.Name)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str | int | float)
    )


def comment_lines(source: str) -> set[int]:
    """Give the numbers of the lines that hold a comment."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {token.start[0] for token in tokens if token.type == tokenize.COMMENT}


def holds_no_logic(notebook: NotebookNode) -> Iterator[str]:
    """Define nothing, loop over nothing, catch and print nothing."""
    for cell in code_cells(notebook):
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, STATEMENTS_REFUSED):
                yield f"it holds a {type(node).__name__}"
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "print":
                yield "it prints"


def names_no_place(notebook: NotebookNode) -> Iterator[str]:
    """Have no absolute path or address in the code."""
    for cell in code_cells(notebook):
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.Constant) and ABSOLUTE.match(str(node.value)):
                yield f"it names the place '{node.value}'"


def is_thin(notebook: NotebookNode) -> Iterator[str]:
    """Have short cells of code that, after the imports, show one thing each."""
    for number, cell in enumerate(code_cells(notebook), start=1):
        statements = ast.parse(cell.source).body
        imports = [s for s in statements if isinstance(s, (ast.Import, ast.ImportFrom))]
        if len(cell.source.splitlines()) - len(imports) > LINES_AT_MOST:
            yield f"code cell {number} has more than {LINES_AT_MOST} lines"
        shown = [s for s in statements if isinstance(s, ast.Expr)]
        if number > 2 and shown != statements[-1:]:
            yield f"code cell {number} does not end in the one thing that it shows"


def is_stripped(notebook: NotebookNode) -> Iterator[str]:
    """Keep nothing of a run."""
    for number, cell in enumerate(code_cells(notebook), start=1):
        if cell.outputs:
            yield f"code cell {number} holds output"
        if cell.execution_count is not None:
            yield f"code cell {number} holds an execution count"
        if set(cell.metadata) - {"tags"}:
            yield f"code cell {number} holds {', '.join(cell.metadata)}"
    if notebook.metadata.kernelspec.name != "python3":
        yield f"it asks for the kernel '{notebook.metadata.kernelspec.name}'"
    if set(notebook.metadata) - {"kernelspec", "language_info"}:
        yield f"it holds {', '.join(notebook.metadata)}"


def ends_with_its_sources(notebook: NotebookNode) -> Iterator[str]:
    """Say in the last section where figures and methods come from."""
    title = headings(notebook)[-1][1]
    if not title.startswith("Sources"):
        yield f"its last section is '{title}'"
    last = notebook.cells[-1]
    if last.cell_type != "code" or not last.source.startswith("sources."):
        yield "its last cell does not show the sources"


def types_no_figure(notebook: NotebookNode) -> Iterator[str]:
    """Type no figure into the prose."""
    for cell in notebook.cells:
        if cell.cell_type != "markdown":
            continue
        text = cell.source
        for allowed in FIGURES_ALLOWED:
            text = text.replace(allowed, "")
        for figure in re.findall(r"\S*\d\S*", text):
            yield f"its prose holds the figure '{figure}'"


RULES: tuple[Rule, ...] = (
    opens_with_a_question,
    headings_step_down,
    has_one_parameters_cell,
    holds_no_logic,
    names_no_place,
    is_thin,
    is_stripped,
    ends_with_its_sources,
    types_no_figure,
)


def name_of(thing: Path | Rule) -> str:
    """Name a case as the report of the tests shows it."""
    return thing.stem if isinstance(thing, Path) else thing.__name__


@pytest.mark.parametrize("rule", RULES, ids=name_of)
@pytest.mark.parametrize("path", NOTEBOOKS, ids=name_of)
def test_notebook_keeps_the_rule(path, rule):
    assert list(rule(nbformat.read(path, as_version=4))) == []


def test_there_are_notebooks():
    assert {path.stem for path in NOTEBOOKS} >= {"trend", "benchmarking", "diversity"}


def test_notebook_is_valid():
    for path in NOTEBOOKS:
        nbformat.validate(nbformat.read(path, as_version=4))


def test_notebooks_are_read_the_same_way():
    """What two notebooks both take, they take with the same default."""
    defaults: dict[str, set[str]] = {}
    for path in NOTEBOOKS:
        cell = code_cells(nbformat.read(path, as_version=4))[0]
        for line in cell.source.splitlines():
            defaults.setdefault(line.split(" = ")[0], set()).add(line)
    assert {name: lines for name, lines in defaults.items() if len(lines) > 1} == {}


@pytest.fixture
def notebook() -> NotebookNode:
    """Give a notebook that keeps every rule, to spoil."""
    cells = [
        nbformat.v4.new_markdown_cell("# Is it so?\n\nFor members. 95% sure."),
        nbformat.v4.new_code_cell(
            'service = "streets"  # an id', metadata={"tags": ["parameters"]}
        ),
        nbformat.v4.new_code_cell("from perfnb.report import sources"),
        nbformat.v4.new_markdown_cell("## Sources"),
        nbformat.v4.new_code_cell("sources.table(service)"),
    ]
    kernel = {"name": "python3", "display_name": "Python 3"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


def test_rules_pass_a_good_notebook(notebook):
    assert [fault for rule in RULES for fault in rule(notebook)] == []


@pytest.mark.parametrize(
    ("rule", "cell", "source"),
    [
        (opens_with_a_question, 0, "# It is so"),
        (opens_with_a_question, 0, "For members.\n\n# Is it so?"),
        (opens_with_a_question, 3, "# Is it more?"),
        (headings_step_down, 3, "### Sources"),
        (has_one_parameters_cell, 1, 'service = "streets"'),
        (has_one_parameters_cell, 1, 'service = ["streets"]  # ids'),
        (has_one_parameters_cell, 1, "a = 1  # a\nb = a  # copied"),
        (
            has_one_parameters_cell,
            1,
            "\n".join(f"{name} = 1  # one" for name in "abcdef"),
        ),
        (holds_no_logic, 4, "def show():\n    return 1\nshow()"),
        (holds_no_logic, 4, "class Show:\n    pass"),
        (holds_no_logic, 4, "for each in service:\n    each"),
        (holds_no_logic, 4, "while service:\n    service"),
        (holds_no_logic, 4, "try:\n    1\nexcept ValueError:\n    2"),
        (holds_no_logic, 4, "print(service)"),
        (holds_no_logic, 4, "(lambda: 1)()"),
        (names_no_place, 4, 'sources.table("/srv/data")'),
        (names_no_place, 4, r'sources.table("C:\\data")'),
        (names_no_place, 4, 'sources.table("https://example.org")'),
        (is_thin, 4, "sources.table(\n" + "    service,\n" * 8 + ")"),
        (is_thin, 4, "shown = sources.table(service)"),
        (is_thin, 4, "sources.table(service)\nsources.table(service)"),
        (ends_with_its_sources, 3, "## Charts"),
        (ends_with_its_sources, 4, "charts.draw(service)"),
        (types_no_figure, 3, "## Sources of 2025"),
        (types_no_figure, 0, "# Is it so?\n\nIt rose by 3.5%."),
    ],
)
def test_rule_catches(notebook, rule, cell, source):
    notebook.cells[cell].source = source
    assert list(rule(notebook)) != []


def test_rule_catches_a_second_parameters_cell(notebook):
    notebook.cells.insert(2, deepcopy(notebook.cells[1]))
    assert list(has_one_parameters_cell(notebook)) != []


def test_rule_catches_what_a_run_leaves(notebook):
    ran, counted, timed = (deepcopy(notebook) for _ in range(3))
    output = nbformat.v4.new_output("stream", name="stdout", text="1")
    ran.cells[4].outputs = [output]
    counted.cells[4].execution_count = 1
    timed.cells[4].metadata["execution"] = {}
    for left in (ran, counted, timed):
        assert list(is_stripped(left)) != []
