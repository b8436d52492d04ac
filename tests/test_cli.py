"""The ``perfnb`` command: what it tells, and how it ends.

A mistake that a person can mend is told in words, without traceback, with the
exit code of its family, and leaves nothing behind.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from small_workbook import (
    HELP,
    INDICATORS,
    INSPECTIONS,
    PARAMETERS,
    REPAIRS,
    WASTE,
)

from perfnb import cli
from perfnb.receipts import LEDGER
from perfnb.store import entries

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
    assert code == 0
    # Published figures of other councils do jump; none of them keeps a row out.
    assert "ERROR" not in err
    assert err.endswith("in earlier returns; perfnb check --all shows them.\n")
    assert out.startswith("No errors and ")
    assert f"{len(book.catalogue.indicators)} indicators" in out
    assert f"{len(book.observations):,} rows" in out


def test_check_writes_nothing(perfnb, small_workbook):
    before = sorted(small_workbook.folder.rglob("*"))
    assert perfnb("check", "--folder", small_workbook.folder)[0] == 0
    after = sorted(small_workbook.folder.rglob("*"))
    # What was read is remembered in a folder that may be deleted at any time.
    assert [path for path in after if entries.FOLDER not in path.parts] == before


# --- what a person got wrong --------------------------------------------------

RUN = ("run", "parameters/2025-26-q3.yaml")


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
        (("run", "2025-26 Q3"), ('write --quarter "2025-26 Q3"',)),
        (("run", "nowhere/2025-26-q4.yaml"), ("for 2025-26-q3",)),
        (("run", "--quarter", "2025-26 Q5"), ("2025-26 Q5",)),
        (("run", "--quarter", "2025-26 Q2"), ("2025-26-q2.yaml", "2025-26-q3")),
        ((*RUN, "--quarter", "2025-26 Q2"), ("2025-26-q3.yaml", "2025-26 Q2")),
        (
            (*RUN, "--service", "steets"),
            ("'steets'", "streets, homes", "mean streets?"),
        ),
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


def test_what_is_wrong_in_returns_is_told_at_once_errors_first(perfnb, small_workbook):
    small_workbook.set_cell(HELP, 2, "denominator", "20,000")
    small_workbook.set_cell(INSPECTIONS, 3, "numerator", "51")
    small_workbook.set_cell(INSPECTIONS, 5, "numerator", "<5")
    ended, out, err = perfnb("check", "--folder", small_workbook.folder)
    assert ended == RETURNS
    lines = err.splitlines()
    assert [line.split(", column")[0] for line in lines] == [
        f"ERROR {INSPECTIONS}, G3",
        f"ERROR {INSPECTIONS}, G5",
        f"WARNING {HELP}, H2",
    ]
    assert out == (
        "2 errors and 1 warning in the returns: 4 indicators, 34 rows of returns are "
        "in, 1 quarter to run.\n"
    )


def test_warnings_alone_are_no_failure(perfnb, small_workbook):
    small_workbook.set_cell(HELP, 2, "denominator", "20,000")
    ended, out, err = perfnb("check", "--folder", small_workbook.folder)
    assert ended == 0
    assert err.startswith(f"WARNING {HELP}, H2, column denominator")
    assert out.startswith("No errors and 1 warning in the returns: 4 indicators, 36 ")


def test_warnings_of_earlier_returns_are_counted_and_shown_when_asked(
    perfnb, small_workbook
):
    old = "data/returns/2024-25-q4/homes--repairs.csv"
    small_workbook.write(old, small_workbook.text(REPAIRS))
    small_workbook.remove(REPAIRS)
    small_workbook.set_cell(old, 2, "denominator", "2,000")
    small_workbook.set_cell(HELP, 2, "denominator", "20,000")
    words = ("check", "--folder", small_workbook.folder)
    code, out, err = perfnb(*words)
    told = err.splitlines()
    assert code == 0
    assert told[0].startswith(f"WARNING {HELP}, H2, column denominator")
    assert old not in err
    assert told[-1].endswith("in earlier returns; perfnb check --all shows them.")
    count = int(told[-1].split()[0])
    everything = perfnb(*words, "--all")
    assert everything[:2] == (code, out)
    assert everything[2].count(f"WARNING {old}") == count >= 2
    assert "earlier returns" not in everything[2]


def test_a_check_does_not_say_that_it_wrote_nothing(perfnb, small_workbook):
    small_workbook.replace(PARAMETERS, "  - diversity", "  - diversty")
    small_workbook.replace(PARAMETERS, "  - streets", "  - steets")
    code, _, err = perfnb("check", "--folder", small_workbook.folder)
    assert code == ASKED
    assert "2 faults." in err
    assert "Nothing was written" not in err


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


def test_a_parameters_path_is_as_from_the_workbook_s_folder(
    perfnb, small_workbook, monkeypatch, tmp_path
):
    monkeypatch.chdir(tmp_path)
    words = ("--service", "steets", "--folder", small_workbook.folder)
    code, _, err = perfnb(*RUN, *words)
    # It was found: only the service is not.
    assert code == ASKED
    assert "'steets' is not a service of this run" in err
    both = perfnb(*RUN, "--quarter", "2025-26 Q3", *words)
    assert both == (code, "", err)


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


# --- recording returns ----------------------------------------------------------


def test_receive_records_what_has_come_and_says_so(perfnb, small_workbook):
    small_workbook.remove(LEDGER)
    code, out, err = perfnb(
        *("receive", "--received", "2026-02-01", "--note", "By post"),
        *("--folder", small_workbook.folder),
    )
    assert (code, err) == (0, "")
    for name in (HELP, INSPECTIONS, REPAIRS, WASTE):
        assert f"Recorded {name}" in out
    assert "4 returns recorded as received on 1 February 2026." in out
    assert small_workbook.text(LEDGER).count(",2026-02-01,By post\n") == 4
    told = small_workbook.open().findings
    assert {each.severity for each in told} == {"warning"}


def test_receive_names_what_is_no_longer_as_it_came(perfnb, small_workbook):
    path = small_workbook.folder / HELP
    path.write_text(path.read_text("utf-8").replace("24,20000", "25,20000"), "utf-8")
    (small_workbook.folder / WASTE).unlink()
    code, _, err = perfnb("receive", "--folder", small_workbook.folder)
    assert code == RETURNS
    assert f'ERROR {HELP} has "other content".' in err
    assert f"ERROR {WASTE}: expected this file to be there" in err


def test_a_return_comes_after_its_newest_period(perfnb, small_workbook):
    small_workbook.remove(LEDGER)
    code, _, err = perfnb(
        "receive", "--received", "2025-12-30", "--folder", small_workbook.folder
    )
    assert code == ASKED
    assert "before the last of its periods had ended" in err
    assert not (small_workbook.folder / LEDGER).exists()


def test_receive_leaves_out_what_can_still_be_mended(perfnb, small_workbook):
    small_workbook.set_cell(INSPECTIONS, 3, "numerator", "<5")
    small_workbook.remove(LEDGER)
    code, out, err = perfnb(
        "receive", "--received", "2026-02-01", "--folder", small_workbook.folder
    )
    assert code == 0
    assert f"Not recorded: {INSPECTIONS}: it has errors; mend them first." in err
    assert "3 returns recorded" in out


def test_receive_again_records_nothing(perfnb, small_workbook):
    before = small_workbook.text(LEDGER)
    code, out, _ = perfnb("receive", "--folder", small_workbook.folder)
    assert code == 0
    assert "0 returns recorded as received on" in out
    assert small_workbook.text(LEDGER) == before


def test_no_return_comes_on_a_day_that_has_not_come(perfnb, small_workbook):
    small_workbook.remove(LEDGER)
    code, _, err = perfnb(
        "receive", "--received", "2999-01-01", "--folder", small_workbook.folder
    )
    assert code == ASKED
    assert "2999-01-01 has not come yet" in err
    assert not (small_workbook.folder / LEDGER).exists()


def test_a_return_changed_behind_the_ledger_s_back_ends_a_check(perfnb, small_workbook):
    path = small_workbook.folder / HELP
    path.write_text(path.read_text("utf-8").replace("24,20000", "25,20000"), "utf-8")
    code, _, err = perfnb("check", "--folder", small_workbook.folder)
    assert code == RETURNS
    assert f'ERROR {HELP} has "other content".' in err
    assert "restore this file" in err


def test_a_run_publishes_what_is_right_and_tells_what_is_not(
    perfnb, small_workbook, monkeypatch
):
    small_workbook.replace(PARAMETERS, "  - streets\n", "")
    small_workbook.replace(PARAMETERS, "  - benchmarking\n  - diversity\n", "")
    rows = [
        small_workbook.add_row(INSPECTIONS, like=2, characteristic="age", group=f"{n}")
        for n in range(22)
    ]
    for row in rows:
        small_workbook.set_cell(INSPECTIONS, row, "numerator", "<5")
    small_workbook.set_cell(HELP, 2, "denominator", "20,000")
    monkeypatch.chdir(small_workbook.folder)
    ended, out, err = perfnb(*RUN)
    assert ended == RETURNS
    assert "made" in out
    pages = small_workbook.folder / "output" / "2025-26-q3"
    assert (pages / "index.html").is_file()
    lines = err.splitlines()
    assert [line.split()[0] for line in lines[:20]] == ["ERROR"] * 20
    assert lines[20].startswith("2 more errors are in ")
    assert lines[21].startswith(f"WARNING {HELP}, H2")
    assert lines[22].startswith("22 errors and 1 warning in the returns: see ")
    assert lines[22].endswith("data-quality.csv.")
    table = (pages / "data-quality.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(table) == 24
    assert table[1].startswith(f"error,validity,{INSPECTIONS},,G{rows[0]},")
