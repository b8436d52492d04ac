"""Beginning a quarter: what is made, what is left alone, and what comes back."""

import os
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from small_workbook import (
    INDICATORS,
    INSPECTIONS,
    PARAMETERS,
    SOURCES,
    SmallWorkbook,
    build,
)
from spreadsheets import type_into

from perfnb import cli
from perfnb.errors import ParameterError
from perfnb.new_quarter import AS_AT_COMMENT, Begun, begin
from perfnb.receipts import LEDGER
from perfnb.return_form.writing import HEADINGS
from perfnb.workbook import Workbook

NEXT = "parameters/2025-26-q4.yaml"
STREETS = "data/returns/2025-26-q4/streets--return.xlsx"
HOMES = "data/returns/2025-26-q4/homes--return.xlsx"
DAY = date(2026, 5, 4)


@pytest.fixture(scope="module")
def vale(tmp_path_factory) -> Workbook:
    """Open Illustrative Vale once, with a source for the fourth quarter."""
    return with_source(tmp_path_factory.mktemp("vale") / "council").open()


@pytest.fixture
def folder(tmp_path) -> SmallWorkbook:
    """Lay out the same folder anew, to begin a quarter in."""
    return with_source(tmp_path / "council")


@pytest.fixture
def start(vale, folder):
    """Give what begins a quarter in the folder."""

    def call(quarter: str = "2025-26 Q4", as_at: date = DAY) -> Begun:
        return begin(replace(vale, folder=folder.folder), quarter, as_at=as_at)

    return call


def with_source(folder: Path) -> SmallWorkbook:
    """Lay out Illustrative Vale with a source received after the fourth quarter."""
    book = build(folder)
    spring = "spring,Illustrative,Illustrative figures,,2026-04,2026-05-01,OGL"
    book.write(SOURCES, f"{book.text(SOURCES)}{spring},illustrative,\n")
    return book


def held(book: SmallWorkbook) -> dict[str, bytes]:
    """Give what every file of the folder holds."""
    return {
        path.relative_to(book.folder).as_posix(): path.read_bytes()
        for path in sorted(book.folder.rglob("*"))
        if path.is_file()
    }


def fill(book: SmallWorkbook, name: str, row: int, **typed: float | str) -> None:
    """Type into a row of a form; the headings are row 1."""
    cells = {f"{chr(65 + HEADINGS.index(h))}{row}": what for h, what in typed.items()}
    path = book.folder / name
    path.write_bytes(type_into(path.read_bytes(), "Return", cells))


# --- what is made --------------------------------------------------------------


def test_a_quarter_begins_with_parameters_and_a_form_for_each_service(start, folder):
    before = held(folder)
    begun = start()
    assert begun.made == (STREETS, HOMES, NEXT)
    assert begun.kept == ()
    assert begun.rows == {"streets": 2, "homes": 7}
    assert begun.warnings == ()
    after = held(folder)
    assert set(after) - set(before) == {STREETS, HOMES, NEXT}
    assert {name: after[name] for name in before} == before


def test_a_quarter_begun_twice_elsewhere_is_the_same_byte_for_byte(
    start, folder, vale, tmp_path
):
    other = with_source(tmp_path / "other")
    start()
    begin(replace(vale, folder=other.folder), "2025-26 Q4", as_at=DAY)
    assert held(folder) == held(other)


def test_comments_are_kept_and_speak_of_the_new_quarter(start, folder):
    text = folder.text(PARAMETERS)
    text = "# The run for October to December 2025 (2025-26 Q3). Frozen.\n" + text
    text = text.replace("  - streets\n", "  - streets  # 2025-26 Q3 was late\n")
    text = text.replace("2026-02-15\n", "2026-02-15   # the cabinet's day\n")
    folder.write(PARAMETERS, text)
    start()
    told = folder.text(NEXT)
    assert told.startswith(
        "# The run for January to March 2026 (2025-26 Q4). Frozen.\nquarter: 2025-26 Q4"
    )
    assert f"{AS_AT_COMMENT}as_at: 2026-05-04   # the cabinet's day\n" in told
    assert "  - streets  # 2025-26 Q3 was late\n" in told


def test_a_quarter_that_follows_a_begun_one_explains_its_day_once(start, folder):
    start()
    start("2026-27 Q1", date(2026, 8, 1))
    assert folder.text("parameters/2026-27-q1.yaml").count(AS_AT_COMMENT) == 1


def test_parameters_laid_out_otherwise_are_told_and_nothing_is_made(start, folder):
    folder.write(
        PARAMETERS,
        "{quarter: 2025-26 Q3, as_at: 2026-02-15, services: [streets], "
        "notebooks: [trend], peer_group: neighbours}\n",
    )
    before = held(folder)
    with pytest.raises(ParameterError, match="a line of their own"):
        start()
    assert held(folder) == before


def test_a_service_without_a_figure_that_is_due_has_no_form(folder):
    for column, typed in (("frequency", "annual"), ("window_months", "12")):
        folder.set_cell(INDICATORS, 2, column, typed)
    folder.remove(INSPECTIONS)
    begun = begin(folder.open(), "2026-27 Q1", as_at=DAY)
    assert begun.rows["streets"] == 0
    assert "streets: nothing is due, so it has no form." in begun.told()
    assert not [name for name in begun.made if "streets" in name]


# --- what is read back -----------------------------------------------------------


def test_a_begun_quarter_can_be_run_and_its_forms_are_still_to_be_filled_in(
    start, folder, vale
):
    start()
    book = folder.open()
    new = [each for each in book.findings if each not in vale.findings]
    assert sorted(each.file for each in new) == [HOMES, STREETS]
    assert {(each.severity, each.dimension) for each in new} == {
        ("warning", "completeness")
    }
    assert len(book.observations) == len(vale.observations)
    old, parameters = book.parameters("2025-26 Q3"), book.parameters("2025-26 Q4")
    assert parameters.as_at == DAY
    for name in ("services", "notebooks", "council_notebooks", "peer_group"):
        assert getattr(parameters, name) == getattr(old, name)


def test_a_form_that_is_filled_in_gives_the_figures_typed(start, folder):
    start()
    clean = {"status": "final", "source": "spring", "note": "=1+1"}
    fill(folder, STREETS, 2, numerator=45, denominator=50, **clean)
    fill(folder, STREETS, 3, value=401.5, status="provisional", source="spring")
    fill(folder, HOMES, 3, status="suppressed", source="spring", note="Few")
    book = folder.open()
    new = book.observations[book.observations["source"] == "spring"]
    told = {
        (row.indicator, row.group, row.status): (row.numerator, row.denominator)
        for row in new[new["numerator"].notna()].itertuples()
    }
    assert told == {("IL1", "all", "final"): (45, 50)}
    values = {row.indicator: row.value for row in new.itertuples()}
    assert (values["IL1"], values["IL2"]) == (90, 401.5)
    assert sorted(new["status"]) == ["final", "provisional", "suppressed"]
    assert sorted(new["note"]) == ["", "=1+1", "Few"]
    assert [each for each in book.findings if each.severity == "error"] == []
    fills = [each for each in book.findings if "still to be filled in" in str(each)]
    assert [each.file for each in fills] == [HOMES]


def test_a_cell_that_is_wrong_is_told_by_its_name(start, folder):
    start()
    typed = {"numerator": "<5", "denominator": 50, "status": "final"}
    fill(folder, STREETS, 2, **typed, source="spring")
    errors = [each for each in folder.open().findings if each.severity == "error"]
    assert [(e.file, e.cell, e.column, e.found) for e in errors] == [
        (STREETS, "Return!L2", "numerator", "<5")
    ]


# --- what is refused, and what is warned of ----------------------------------------


def test_a_quarter_that_has_begun_is_left_alone_and_each_file_named(start, folder):
    start()
    before = held(folder)
    with pytest.raises(ParameterError) as refused:
        start()
    assert [each.file for each in refused.value.faults] == [STREETS, HOMES, NEXT]
    assert held(folder) == before


@pytest.mark.parametrize("gone", [STREETS, HOMES, NEXT])
def test_what_is_missing_of_a_begun_quarter_is_made(start, folder, gone):
    start()
    before = held(folder)
    (folder.folder / gone).unlink()
    begun = start()
    assert begun.made == (gone,)
    assert set(begun.kept) == {STREETS, HOMES, NEXT} - {gone}
    assert held(folder) == before


def test_a_form_that_was_received_and_is_gone_is_not_made_anew(start, folder):
    start()
    row = f"{STREETS},{'0' * 64},2026-05-04,\n"
    folder.write(LEDGER, folder.text(LEDGER) + row)
    (folder.folder / STREETS).unlink()
    before = held(folder)
    with pytest.raises(ParameterError) as refused:
        start()
    assert [each.file for each in refused.value.faults] == [STREETS]
    assert "since it came on 4 May 2026" in str(refused.value)
    assert held(folder) == before


def test_a_form_that_was_filled_in_is_never_overwritten(start, folder):
    start()
    fill(folder, STREETS, 3, value=401.5, status="final", source="spring")
    filled = held(folder)[STREETS]
    (folder.folder / HOMES).unlink()
    start()
    assert held(folder)[STREETS] == filled


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2025 Q4", ("two", "'2025-26 Q3' for October", "'2025-26 Q4' for January")),
        ("Q1 2026", ("two", "'2025-26 Q4' for January", "'2026-27 Q1' for April")),
        ("Q4 2025/26", ("Write '2025-26 Q4' for January to March 2026",)),
        ("2025-26", ("is not a quarter", "'2025-26 Q3'")),
        ("2025-27 Q4", ("is not a quarter", "'2025-26 Q3'")),
        ("next", ("is not a quarter", "'2025-26 Q3'")),
        ("../2025-26 Q4", ("is not a quarter", "'2025-26 Q3'")),
    ],
)
def test_a_text_that_is_no_quarter_is_told_with_what_it_could_mean(
    start, folder, text, told
):
    before = held(folder)
    with pytest.raises(ParameterError) as refused:
        start(text)
    for words in told:
        assert words in str(refused.value)
    assert held(folder) == before


@pytest.mark.parametrize("quarter", ["2025-26 Q2", "1999-00 Q1"])
def test_the_first_quarter_of_all_is_for_a_person_to_write(start, quarter):
    with pytest.raises(ParameterError) as refused:
        start(quarter)
    assert "none before it. Quarters there: 2025-26 Q3." in str(refused.value)


def test_a_folder_without_any_quarter_is_told(start, folder):
    folder.remove(PARAMETERS)
    with pytest.raises(ParameterError, match="Quarters there: none"):
        start()


def test_a_quarter_that_is_skipped_is_warned_of(start):
    told = start("2026-27 Q2").warnings
    assert told[0] == (
        "2026-27 Q2 follows on 2025-26 Q3, the newest quarter before it; 2025-26 Q4 "
        "to 2026-27 Q1 would come first."
    )


def test_a_quarter_that_no_source_can_be_for_is_warned_of(start):
    start()
    told, early = start("2026-27 Q1").warnings
    assert "as_at, 2026-05-04, is before the end of 2026-27 Q1, 2026-06-30" in early
    assert "No source of sources.csv was received on 2026-06-30 or later" in told


def test_a_day_before_that_of_the_last_quarter_is_warned_of(start):
    _, told = start(as_at=date(2026, 2, 1)).warnings
    assert "as_at, 2026-02-01, is before that of 2025-26 Q3, 2026-02-15" in told


# --- what goes wrong while it is made ----------------------------------------------


@pytest.mark.parametrize("at", [1, 2, 3])
@pytest.mark.parametrize("step", ["write", "move"])
def test_all_of_a_quarter_is_made_or_nothing(start, folder, monkeypatch, step, at):
    before = sorted(folder.folder.rglob("*"))
    done = []

    def fail(call):
        def wrapped(*given):
            done.append(given)
            if len(done) == at:
                raise OSError(28, "No space left on device", str(given[0]))
            return call(*given)

        return wrapped

    owner, name = (os, "fsync") if step == "write" else (Path, "replace")
    monkeypatch.setattr(owner, name, fail(getattr(owner, name)))
    with pytest.raises(ParameterError, match="No space left on device"):
        start()
    assert sorted(folder.folder.rglob("*")) == before
    monkeypatch.undo()
    assert len(start().made) == 3


# --- the command ---------------------------------------------------------------------


@pytest.fixture
def perfnb(monkeypatch, capfd, folder):
    """Give the command: it takes words and gives exit code, output and errors."""
    monkeypatch.setenv("COLUMNS", "200")

    def call(*words: str) -> tuple[int, str, str]:
        words = ("perfnb", *words, "--folder", str(folder.folder))
        monkeypatch.setattr(sys, "argv", list(words))
        code = 0
        try:
            cli.main()
        except SystemExit as end:
            code = int(end.code or 0)
        told = capfd.readouterr()
        assert "Traceback" not in told.err + told.out
        return code, told.out, told.err

    return call


def test_the_command_says_what_it_made_and_check_is_content(perfnb):
    asked = ("new-quarter", "2025-26 Q4", "--as-at", "2026-05-04")
    code, out, err = perfnb(*asked)
    assert (code, err) == (0, "")
    for words in (f"Made {STREETS}", f"Made {NEXT}", "homes: 7 figures asked for."):
        assert words in out
    code, out, err = perfnb("check")
    assert code == 0
    assert "2 quarters to run" in out
    assert err.count("still to be filled in") == 2
    assert "ERROR" not in err
    code, out, err = perfnb(*asked)
    assert (code, out) == (ParameterError.exit_code, "")
    assert err.count("ERROR ") == 3
    assert "Nothing was written." in err


def test_the_day_is_today_when_none_is_given(perfnb, folder, vale):
    days = [date.today()]  # noqa: DTZ011 (the command takes the day of the machine)
    code, _, _ = perfnb("new-quarter", "2025-26 Q4")
    days.append(date.today())  # noqa: DTZ011
    assert code == 0
    made = replace(vale, folder=folder.folder).parameters("2025-26 Q4")
    assert made.as_at in days


def test_a_day_that_is_none_is_told(perfnb, folder):
    code, _, err = perfnb("new-quarter", "2025-26 Q4", "--as-at", "4 May")
    assert code == 2
    assert "4 May" in err
    assert not (folder.folder / NEXT).exists()
