"""Files that nobody reads, and notebooks that read by themselves, are named."""

import nbformat
import pytest

from perfnb.strays import strays


@pytest.fixture
def found(small_workbook):
    """Add files to the small workbook and list its strays."""

    def told(*names, content="a,b\n"):
        for name in names:
            small_workbook.write(name, content)
        return strays(small_workbook.folder)

    return told


@pytest.fixture
def notebook(small_workbook):
    """Add a notebook with some code."""

    def write(source, name="own.ipynb"):
        made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
        nbformat.write(made, small_workbook.folder / "notebooks" / name)

    return write


def test_a_workbook_as_it_should_be_has_none(found, root):
    assert found() == ()
    assert strays(root) == ()


@pytest.mark.parametrize(
    "name",
    [
        "waste copy.xlsx",
        "data/kpis.ods",
        "finance/2025/budget.xls",
        "data/registers/targets (2).csv",
        "data/registers/indicators.xlsx",
        "data/reference/wards.mdb",
        "notebooks/extra.csv",
    ],
)
def test_a_file_of_figures_that_nobody_reads_is_named(found, name):
    (stray,) = found(name)
    assert (stray.file, stray.used_by) == (name, ())
    assert "read by nobody" in stray.what


@pytest.mark.parametrize(
    "name",
    [
        "data/returns/2025-26-q4/streets.xlsx",
        "output/2025-26-q3/data/il1.csv",
        "README.md",
        ".cache/figures.parquet",
        "data/.backup/figures.csv",
        "data/~$waste.xlsx",
        "docs/example.csv",
    ],
)
def test_what_is_read_made_hidden_or_no_figures_is_left_alone(found, name):
    assert found(name) == ()


def test_a_file_that_a_notebook_reads_is_told_with_the_notebook(found, notebook):
    notebook('import pandas as pd\nframe = pd.read_excel("../finance/budget.xlsx")')
    file, reader = found("finance/budget.xlsx")
    assert file.used_by == ("notebooks/own.ipynb",)
    assert "no register of sources" in file.what
    assert reader.file == "notebooks/own.ipynb"
    assert "read_excel of ../finance/budget.xlsx" in reader.what


@pytest.mark.parametrize(
    "source",
    [
        'open("a.csv")',
        'from pathlib import Path\nPath("a.csv").read_text()',
        "import csv\ncsv.reader([])",
        '%matplotlib inline\n\nimport pandas as pd\npd.read_csv("a.csv", sep=";")',
    ],
)
def test_a_notebook_that_reads_by_itself_is_named(found, notebook, source):
    notebook(source)
    assert [stray.file for stray in found()] == ["notebooks/own.ipynb"]


@pytest.mark.parametrize("source", ["1 + 1", "workbook.open_workbook(folder)", "if :"])
def test_a_notebook_that_does_not_is_not(found, notebook, source):
    notebook(source)
    assert found() == ()


def test_what_is_no_notebook_is_left_to_the_run(found):
    assert found("notebooks/torn.ipynb", content="{") == ()
