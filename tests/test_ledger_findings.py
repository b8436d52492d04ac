"""What no longer agrees with the ledger is told, and keeps no figure out."""

import pytest
from small_workbook import HELP, INSPECTIONS, REPAIRS, RETURNS, WASTE

from perfnb.receipts import LEDGER


def only(book):
    """Give the one finding of opening the folder."""
    (found,) = book.open().findings
    return found


def kept_as(book, name):
    """Read a file so that it can be spoilt behind the ledger's back."""
    return (book.folder / name).read_text("utf-8")


def spoil(book, name, text):
    """Write a file without the ledger knowing."""
    (book.folder / name).write_text(text, "utf-8")


def test_what_agrees_is_not_told(small_workbook):
    assert small_workbook.open().findings == ()


def test_a_return_that_has_changed_is_an_error_and_its_figures_stay(small_workbook):
    spoil(small_workbook, WASTE, kept_as(small_workbook, WASTE).replace("420", "421"))
    book = small_workbook.open()
    (found,) = book.findings
    assert (found.severity, found.dimension) == ("error", "reliability")
    assert str(found) == (
        f'{WASTE} has "other content". Expected what it held when it came on '
        f"1 January 2025. Put the correction into a new return with a later source, "
        f"and restore this file."
    )
    assert len(book.observations) == 36
    assert 421 in book.observations["value"].dropna().tolist()


def test_a_return_with_other_line_ends_has_not_changed(small_workbook):
    text = kept_as(small_workbook, WASTE)
    (small_workbook.folder / WASTE).write_bytes(text.replace("\n", "\r\n").encode())
    assert small_workbook.open().findings == ()


def test_a_return_that_is_gone_is_an_error(small_workbook):
    (small_workbook.folder / HELP).unlink()
    found = only(small_workbook)
    assert (found.severity, found.dimension) == ("error", "reliability")
    assert str(found) == (
        f"{HELP}: expected this file to be there, since it came on 1 January 2025. "
        f"Restore it. A figure that no longer holds is replaced by a new return with "
        f"a later source."
    )


def test_a_return_that_is_not_recorded_is_a_warning(small_workbook):
    lines = kept_as(small_workbook, LEDGER).splitlines(keepends=True)
    small_workbook.write(LEDGER, "".join(line for line in lines if REPAIRS not in line))
    found = only(small_workbook)
    assert (found.severity, found.dimension, found.file) == (
        *("warning", "reliability"),
        REPAIRS,
    )
    assert "perfnb receive" in found.remedy


def test_a_return_that_is_still_to_be_filled_in_is_not_asked_to_be_received(
    small_workbook,
):
    lines = kept_as(small_workbook, LEDGER).splitlines(keepends=True)
    small_workbook.add_row(REPAIRS, like=2, period="2023-24", value="", status="")
    text = kept_as(small_workbook, REPAIRS).splitlines()
    cells = text[-1].split(",")
    cells[6:10] = [""] * 4
    spoil(small_workbook, REPAIRS, "\n".join([*text[:-1], ",".join(cells), ""]))
    small_workbook.write(LEDGER, "".join(line for line in lines if REPAIRS not in line))
    found = only(small_workbook)
    assert (found.file, found.dimension) == (REPAIRS, "completeness")
    assert "still to be filled in" in str(found)


def test_without_a_ledger_there_is_one_warning(small_workbook):
    small_workbook.remove(LEDGER)
    found = only(small_workbook)
    assert (found.severity, found.file) == ("warning", LEDGER)
    assert f"({len(RETURNS)})" in found.expected


def test_a_broken_ledger_is_told_and_the_figures_stay(small_workbook):
    small_workbook.set_cell(LEDGER, 2, "received", "yesterday")
    book = small_workbook.open()
    told = {(each.file, each.row, each.column) for each in book.findings}
    assert (LEDGER, 2, "received") in told
    assert len(book.observations) == 36


def test_figures_that_came_after_their_source_s_day_are_warned_of(small_workbook):
    """As at 15 February they would be in a report, and they came in May."""
    ledger = kept_as(small_workbook, LEDGER).splitlines(keepends=True)
    small_workbook.write(
        LEDGER,
        "".join(
            line.replace("2025-01-01", "2026-05-01") if INSPECTIONS in line else line
            for line in ledger
        ),
    )
    told = small_workbook.open().findings
    assert {each.severity for each in told} == {"warning"}
    assert {each.file for each in told} == {INSPECTIONS}
    assert [each.row for each in told] == [2, 8]
    assert "early was received on 10 January 2025" in told[0].expected
    assert "late was received on 1 February 2026" in told[1].expected
    assert "sources.csv" in told[0].remedy


@pytest.mark.parametrize(("day", "n"), [("2026-02-01", 0), ("2026-02-02", 1)])
def test_a_return_that_came_on_its_source_s_day_is_right(small_workbook, day, n):
    ledger = kept_as(small_workbook, LEDGER).splitlines(keepends=True)
    small_workbook.write(
        LEDGER,
        "".join(
            line.replace("2025-01-01", day) if HELP in line else line for line in ledger
        ),
    )
    assert len(small_workbook.open().findings) == n


def test_the_real_returns_agree_with_the_real_ledger(book):
    told = [each for each in book.findings if each.dimension == "reliability"]
    assert told == []


@pytest.mark.parametrize(
    "file",
    ["output/a.csv", "data/returns/../a.csv", "/data/returns/a.csv", "data/returns/"],
)
def test_a_ledger_tells_of_returns_alone(small_workbook, file):
    """What lies elsewhere could change, and what is remembered would not."""
    small_workbook.set_cell(LEDGER, 2, "file", file)
    told = [(f.found, f.expected) for f in small_workbook.open().findings]
    assert (file, "a file in data/returns") in told
