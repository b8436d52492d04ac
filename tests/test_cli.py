"""The ``perfnb`` command: what it tells, and how it ends.

A mistake that a person can mend is told in words, without traceback, with the
exit code of its family, and leaves nothing behind.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from small_workbook import HELP, INDICATORS, INSPECTIONS, PARAMETERS

from perfnb import cli

CATALOGUE, RETURNS, ASKED, NOTEBOOKS = 3, 4, 5, 6
PROGRAM = Path(sys.executable).with_name("perfnb")


@pytest.fixture
def perfnb(monkeypatch, capfd):
    """Give the command: it takes words and gives exit code, output and errors."""
    monkeypatch.setenv("COLUMNS", "200")

    def call(*words):
        monkeypatch.setattr(sys, "argv", ["perfnb", *map(str, words)])
        try:
            cli.main()
        except SystemExit as end:
            code = end.code or 0
        else:
            code = 0
        told = capfd.readouterr()
        assert "Traceback" not in told.err + told.out
        return code, told.out, told.err

    return call


def test_help_shows_examples():
    done = subprocess.run(
        [PROGRAM, "--help"], capture_output=True, text=True, check=True, timeout=60
    )
    assert "perfnb check" in done.stdout
    assert "perfnb run parameters/2025-26-q3.yaml" in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize("command", ["check", "run"])
def test_each_command_tells_what_it_does(perfnb, command):
    code, out, _ = perfnb(command, "--help")
    assert code == 0
    assert "--folder" in out


def test_the_worked_example_is_well(perfnb, root, book):
    code, out, err = perfnb("check", "--folder", root)
    assert (code, err) == (0, "")
    assert f"{len(book.catalogue.indicators)} indicators" in out
    assert f"{len(book.observations):,} rows" in out


def test_check_writes_nothing(perfnb, small_workbook):
    before = sorted(small_workbook.folder.rglob("*"))
    assert perfnb("check", "--folder", small_workbook.folder)[0] == 0
    assert sorted(small_workbook.folder.rglob("*")) == before


# --- what a person got wrong --------------------------------------------------

RUN = ("run", "parameters/2025-26-q3.yaml")


def unknown_indicator(book):
    """Name an indicator in a return that the register has not."""
    book.set_cell(INSPECTIONS, 3, "indicator", "IL9")
    return ("row 3", "column indicator", '"IL9"')


def numerator_above_denominator(book):
    """Count more than there are."""
    book.set_cell(INSPECTIONS, 3, "numerator", "51")
    return ("row 3", '"51"')


def hidden_figure(book):
    """Hide a small figure with a mark of one's own."""
    book.set_cell(HELP, 4, "numerator", "<5")
    return ("row 4", "column numerator", '"<5"')


def duplicate_indicator(book):
    """Give two indicators one id."""
    book.add_row(INDICATORS, like=2)
    return ("row 6", "column id", '"IL1"')


def unknown_notebook(book):
    """Ask for a notebook that is not there."""
    book.replace(PARAMETERS, "  - diversity", "  - diversty")
    return ("column notebooks", '"diversty"', "diversity")


def wrong_quarter(book):
    """Ask for another quarter than the file is named for."""
    book.replace(PARAMETERS, "2025-26 Q3", "2025-26 Q2")
    return ("column quarter", '"2025-26 Q2"')


def bare_notebook(book):
    """Take the tag of the parameters away."""
    name = "notebooks/diversity.ipynb"
    book.replace(name, '"parameters"', '"other"')
    return (name, "'parameters'", "service, quarter, folder")


@pytest.mark.parametrize("command", ["check", "run"])
@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (duplicate_indicator, CATALOGUE),
        (unknown_indicator, RETURNS),
        (numerator_above_denominator, RETURNS),
        (hidden_figure, RETURNS),
        (unknown_notebook, ASKED),
        (wrong_quarter, ASKED),
    ],
)
def test_a_mistake_is_told_and_leaves_nothing_behind(
    perfnb, small_workbook, monkeypatch, command, spoil, code
):
    told = spoil(small_workbook)
    monkeypatch.chdir(small_workbook.folder)
    words = RUN if command == "run" else ("check",)
    ended, out, err = perfnb(*words)
    assert (ended, out) == (code, "")
    assert err.startswith("ERROR ")
    for words in told:
        assert words in err
    assert not (small_workbook.folder / "output").exists()


def test_a_notebook_that_takes_no_parameters_is_told(
    perfnb, small_workbook, monkeypatch
):
    told = bare_notebook(small_workbook)
    monkeypatch.chdir(small_workbook.folder)
    ended, out, err = perfnb(*RUN)
    assert (ended, out) == (NOTEBOOKS, "")
    for words in told:
        assert words in err
    assert not (small_workbook.folder / "output").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("run",), ("a parameters file", "--quarter")),
        (("run", "parameters/2025-26-q4.yaml"), ("2025-26-q4.yaml", "2025-26-q3")),
        (("run", "--quarter", "2025-26 Q5"), ("2025-26 Q5",)),
        (("run", "--quarter", "2025-26 Q2"), ("2025-26-q2.yaml", "2025-26-q3")),
        ((*RUN, "--quarter", "2025-26 Q2"), ("2025-26-q3.yaml", "2025-26 Q2")),
        ((*RUN, "--service", "steets"), ("'steets'", "streets, homes")),
        (("check", "--folder", "nowhere"), ("'data'", "nowhere")),
        ((*RUN, "--folder", "nowhere"), ("'data'", "nowhere")),
    ],
)
def test_a_mistyped_word_is_told(perfnb, small_workbook, monkeypatch, words, told):
    monkeypatch.chdir(small_workbook.folder)
    ended, out, err = perfnb(*words)
    assert (ended, out) == (ASKED, "")
    for piece in told:
        assert piece in err
    assert not (small_workbook.folder / "output").exists()


def test_all_mistakes_are_told_at_once(perfnb, small_workbook):
    small_workbook.set_cell(INSPECTIONS, 3, "numerator", "51")
    small_workbook.set_cell(INSPECTIONS, 5, "numerator", "many")
    ended, _, err = perfnb("check", "--folder", small_workbook.folder)
    assert ended == RETURNS
    assert err.count("ERROR ") == 2
    assert "2 faults. Nothing was written." in err


def test_an_unknown_option_is_told(perfnb):
    ended, _, err = perfnb("run", "--servce", "streets")
    assert ended == 2
    assert "--servce" in err


# --- a run from end to end ------------------------------------------------------


def test_a_run_from_elsewhere_tells_what_it_made(
    perfnb, small_workbook, monkeypatch, tmp_path
):
    small_workbook.replace(PARAMETERS, "  - streets\n", "")
    small_workbook.replace(PARAMETERS, "  - benchmarking\n  - diversity\n", "")
    monkeypatch.chdir(tmp_path)
    folder = small_workbook.folder
    ended, out, err = perfnb("run", "--quarter", "2025-26 Q3", "--folder", folder)
    assert (ended, err) == (0, "")
    assert "made" in out
    page = folder / "output" / "2025-26-q3" / "index.html"
    assert page.is_file()
    assert f"{page.parent.name}/index.html" in out


def test_a_refused_report_ends_the_run_with_its_own_code(
    perfnb, small_workbook, monkeypatch
):
    small_workbook.replace(PARAMETERS, "  - streets\n", "")
    small_workbook.replace(PARAMETERS, "  - benchmarking\n  - diversity\n", "")
    small_workbook.replace(
        "notebooks/trend.ipynb", '"trends.answer(found, selection)"', '"1 / 0"'
    )
    monkeypatch.chdir(small_workbook.folder)
    ended, out, err = perfnb(*RUN)
    assert ended == NOTEBOOKS
    assert "ZeroDivisionError" in out
    assert "1 of 1 reports" in err
