"""A workbook opened again is the same workbook: the store saves time alone."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
import small_workbook as small
from conftest import history, same

from perfnb import cli, run, workbook
from perfnb.errors import CatalogueError
from perfnb.store import entries, inputs
from perfnb.store.history import Loaded, by_indicator
from perfnb.store.parquet import Stored
from perfnb.store.remembered import remembered

QUARTER = "2025-26 Q3"
ERRORS = 4
ROWS_ALLOWED = "most_return_rows:\n  value:"


def store(book) -> Path:
    """Name the folder in which a workbook's judgement is remembered."""
    return book.folder / entries.FOLDER


def forget(book) -> None:
    """Delete the store, as anybody may."""
    shutil.rmtree(store(book))


def afresh(book, place: Path):
    """Open a copy of a workbook that remembers nothing."""
    ignored = shutil.ignore_patterns(entries.FOLDER)
    shutil.copytree(book.folder, place, ignore=ignored)
    opened = workbook.open_workbook(place)
    assert isinstance(opened.history, Loaded)
    return opened


# --- the same, cold, warm and after forgetting --------------------------------


def test_a_workbook_is_judged_once(small_workbook, unjudged):
    first = small_workbook.open()
    unjudged()
    second = small_workbook.open()
    assert isinstance(second.history, Stored)
    same(first, second)


def test_deleting_what_is_remembered_changes_nothing(small_workbook):
    small_workbook.set_cell(small.WASTE, 3, "value", "<5")
    first, second = small_workbook.open(), small_workbook.open()
    forget(small_workbook)
    third = small_workbook.open()
    assert [type(book.history) for book in (first, second, third)] == [
        *(Loaded, Stored, Loaded),
    ]
    assert any(found.severity == "error" for found in first.findings)
    same(first, second)
    same(second, third)


def test_the_real_workbook_is_the_same_when_opened_again(book, root):
    again = workbook.open_workbook(root)
    held = again.catalogue, again.reference, again.methods
    judged, findings = workbook.read_observations(root, *held)
    pd.testing.assert_frame_equal(again.observations, by_indicator(judged))
    assert again.findings == book.findings == findings
    assert again.history.extent == Loaded(judged).extent


def test_the_same_pages_come_from_what_is_remembered(small_workbook):
    asked = small_workbook.text(small.PARAMETERS)
    asked = asked.replace("  - homes\n", "").replace("  - benchmarking\n", "")
    small_workbook.write(small.PARAMETERS, asked.replace("  - diversity\n", ""))
    small_workbook.open()
    from_memory = pages(small_workbook)
    forget(small_workbook)
    # Whatever opens the workbook now, kernels too, has to judge it anew.
    store(small_workbook).write_text("in the way", "utf-8")
    assert pages(small_workbook) == from_memory
    assert "streets-trend.html" in from_memory


def pages(book) -> dict[str, bytes]:
    """Run the quarter's one report and read every file of the site."""
    opened = book.open()
    (done,) = run.run(opened, opened.parameters(QUARTER))
    assert done.entry.state == "made"
    site = book.folder / "output" / "2025-26-q3"
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("spoilt", [False, True])
def test_a_check_says_the_same_from_what_is_remembered(
    small_workbook, monkeypatch, capfd, spoilt
):
    if spoilt:
        small_workbook.set_cell(small.WASTE, 3, "value", "<5")
    folder = str(small_workbook.folder)
    monkeypatch.setattr(sys, "argv", ["perfnb", "check", "--folder", folder])
    told = []
    for _ in range(3):
        with pytest.raises(SystemExit) as end:
            cli.main()
        told.append((end.value.code, *capfd.readouterr()))
        if len(told) == 2:
            forget(small_workbook)
    assert told[0] == told[1] == told[2]
    assert told[0][0] == (ERRORS if spoilt else 0)


# --- changed inputs -----------------------------------------------------------


def without_line(name, number):
    """Take a line out of a file."""

    def change(book):
        lines = book.text(name).splitlines(keepends=True)
        book.write(name, "".join(lines[: number - 1] + lines[number:]))

    return change


def with_cell(name, row, column, typed):
    """Type something into a cell."""
    return lambda book: book.set_cell(name, row, column, typed)


CHANGES = {
    "a figure": with_cell(small.INSPECTIONS, 12, "numerator", "44"),
    "a figure that is none": with_cell(small.INSPECTIONS, 12, "numerator", "n/a"),
    "a note": with_cell(small.WASTE, 2, "note", "Illustrative"),
    "a row gone": without_line(small.WASTE, 8),
    "a return gone": lambda book: book.remove(small.HELP),
    "a return moved": lambda book: (
        book.write("data/returns/2025-26-q3/moved.csv", book.text(small.HELP)),
        book.remove(small.HELP),
    ),
    "a stray": lambda book: book.write("data/returns/2025-26-q3/plan.docx", "text"),
    "when a source came": with_cell(small.SOURCES, 3, "received", "2026-02-02"),
    "the basis of a source": with_cell(small.SOURCES, 3, "basis", "published"),
    "an indicator's scale": with_cell(small.INDICATORS, 4, "per", "100"),
    "an area gone": without_line(small.AREAS, 4),
    "a house rule": lambda book: book.replace(
        small.METHODS,
        "most_return_rows:\n  value: 20000",
        "most_return_rows:\n  value: 12",
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_changed_input_is_judged_as_if_nothing_were_remembered(
    small_workbook, tmp_path, change
):
    before = small_workbook.open()
    change(small_workbook)
    after = small_workbook.open()
    assert isinstance(after.history, Loaded)
    assert not (
        after.observations.equals(before.observations)
        and after.findings == before.findings
    )
    same(after, afresh(small_workbook, tmp_path / "afresh"))
    same(after, small_workbook.open())


def test_what_was_remembered_before_a_change_serves_again_after_it_is_undone(
    small_workbook, unjudged
):
    first = small_workbook.open()
    figures = small_workbook.text(small.INSPECTIONS)
    small_workbook.set_cell(small.INSPECTIONS, 12, "numerator", "44")
    assert len(small_workbook.open().observations) == len(first.observations)
    small_workbook.write(small.INSPECTIONS, figures)
    unjudged()
    same(first, small_workbook.open())


def test_a_register_that_was_broken_since_keeps_the_workbook_shut(small_workbook):
    small_workbook.open()
    small_workbook.set_cell(small.PEERS, 2, "source", "nobody")
    assert [f.found for f in small_workbook.faults(CatalogueError)] == ["nobody"]


def test_what_other_code_judged_is_not_used(small_workbook, monkeypatch):
    small_workbook.open()
    assert isinstance(small_workbook.open().history, Stored)
    monkeypatch.setattr(inputs, "_SOURCES", "other code")
    assert isinstance(small_workbook.open().history, Loaded)


def test_nothing_is_remembered_of_files_that_change_while_they_are_judged(
    small_workbook,
):
    def judge():
        small_workbook.set_cell(small.WASTE, 2, "note", "Illustrative haste")
        return history(), ()

    remembered(small_workbook.folder, judge)
    assert not store(small_workbook).exists()


def test_nothing_is_remembered_of_files_that_cannot_be_told_by_content(
    small_workbook, monkeypatch
):
    monkeypatch.setattr(inputs, "_SOURCES", "")
    assert len(small_workbook.open().observations) == 36
    assert not store(small_workbook).exists()


# --- what goes wrong ----------------------------------------------------------


@pytest.mark.parametrize("name", ["observations.parquet", "findings.json", "seal"])
def test_a_broken_entry_is_judged_anew_and_replaced(small_workbook, name):
    first = small_workbook.open()
    (entry,) = (path for path in store(small_workbook).iterdir() if path.is_dir())
    (entry / name).write_bytes((entry / name).read_bytes()[:-20])
    second = small_workbook.open()
    assert isinstance(second.history, Loaded)
    same(first, second)
    assert isinstance(small_workbook.open().history, Stored)


def test_a_workbook_that_cannot_be_written_into_opens_all_the_same(small_workbook):
    store(small_workbook).write_text("in the way", "utf-8")
    first, second = small_workbook.open(), small_workbook.open()
    assert isinstance(second.history, Loaded)
    same(first, second)


def test_processes_that_open_at_once_do_not_hurt_each_other(small_workbook):
    script = """
import json, shutil, sys
from perfnb.workbook import open_workbook
folder, told = sys.argv[1], []
for turn in range(4):
    book = open_workbook(folder)
    if turn == int(sys.argv[2]):
        shutil.rmtree(f"{folder}/.perfnb-cache", ignore_errors=True)
    book.select("streets", "2025-26 Q3")
    told.append([book.observations.to_csv(), [str(each) for each in book.findings]])
print(json.dumps(told))
"""
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", script, small_workbook.folder, str(turn)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for turn in range(1, 4)
    ]
    told = []
    for process in processes:
        answers, complaints = process.communicate(timeout=120)
        assert (process.returncode, complaints) == (0, "")
        told += json.loads(answers)
    opened = small_workbook.open()
    judged = [opened.observations.to_csv(), [str(each) for each in opened.findings]]
    assert told == [judged] * 12
    left = [p.name for p in store(small_workbook).iterdir() if p.name[:6] == ".aside"]
    assert left == []
