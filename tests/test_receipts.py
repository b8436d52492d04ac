"""The ledger of returns: what is recorded, and what a digest takes for the same."""

import hashlib
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_workbook import HELP, INSPECTIONS, RETURNS, WASTE

from perfnb.errors import Fault, ParameterError, ReturnError
from perfnb.receipts import LEDGER, digest, read_receipts, record

DAY = date(2026, 2, 1)


def observed(*files):
    """Give as much of the tidy frame as the ledger looks at."""
    return pd.DataFrame(
        {
            "source_file": pd.Categorical(files),
            "end": pd.Timestamp(2025, 12, 31),
        }
    )


# --- digests --------------------------------------------------------------------


@pytest.mark.parametrize("ending", [".csv", ".CSV", ".tsv", ".txt"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_make_no_difference_to_a_text(tmp_path, ending, line_end):
    """Git writes them as the machine has them."""
    path = tmp_path / f"waste{ending}"
    path.write_bytes(line_end.join(["a,b", "1,é", ""]).encode())
    assert digest(path) == hashlib.sha256("a,b\n1,é\n".encode()).hexdigest()


@pytest.mark.parametrize("ending", [".xlsx", ".ods", ".xls"])
def test_a_workbook_is_taken_byte_by_byte(tmp_path, ending):
    path = tmp_path / f"waste{ending}"
    path.write_bytes(b"PK\r\n\r\x00")
    assert digest(path) == hashlib.sha256(b"PK\r\n\r\x00").hexdigest()


@given(content=st.binary(max_size=200), piece=st.integers(1, 5))
def test_a_text_read_in_pieces_has_the_digest_of_the_whole(
    tmp_path_factory, content, piece
):
    """A carriage return at the end of a piece may have its line feed in the next."""
    path = tmp_path_factory.mktemp("pieces") / "waste.csv"
    path.write_bytes(content)
    whole = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    with pytest.MonkeyPatch.context() as small:
        small.setattr("perfnb.receipts._PIECE", piece)
        assert digest(path) == hashlib.sha256(whole).hexdigest()


# --- recording ------------------------------------------------------------------


def test_returns_are_recorded_once_and_rows_are_only_added(small_workbook):
    folder = small_workbook.folder
    small_workbook.remove(LEDGER)
    first, left_out = record(folder, observed(WASTE, HELP), [], received=DAY)
    assert [each.file for each in first] == [HELP, WASTE]
    assert left_out == {}
    before = small_workbook.text(LEDGER)
    second, _ = record(
        folder,
        observed(*RETURNS),
        [],
        received=date(2026, 3, 1),
        note="Came by post; late",
    )
    assert [each.file for each in second] == sorted({*RETURNS} - {WASTE, HELP})
    assert small_workbook.text(LEDGER).startswith(before)
    kept, faults = read_receipts(folder)
    assert faults == []
    assert [dict(each) for each in kept] == [dict(each) for each in (*first, *second)]
    assert kept[-1].digest == digest(folder / kept[-1].file)
    assert {each.note for each in second} == {"Came by post; late"}
    assert not list((folder / LEDGER).parent.glob(".*"))


def test_nothing_new_writes_nothing(small_workbook):
    before = (small_workbook.folder / LEDGER).stat().st_mtime_ns
    added, _ = record(small_workbook.folder, observed(*RETURNS), [], received=DAY)
    assert added == []
    assert (small_workbook.folder / LEDGER).stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("finding", "why"),
    [
        (Fault(WASTE, "a number", row=3), "errors"),
        (Fault(WASTE, "figures", severity="warning", dimension="completeness"), "fill"),
    ],
)
def test_what_can_still_be_mended_is_not_recorded_yet(small_workbook, finding, why):
    small_workbook.remove(LEDGER)
    added, left_out = record(
        small_workbook.folder, observed(*RETURNS), [finding], received=DAY
    )
    assert WASTE not in [each.file for each in added]
    assert len(added) == len(RETURNS) - 1
    assert list(left_out) == [WASTE]
    assert why in left_out[WASTE]


def test_a_form_that_is_only_partly_filled_in_is_not_recorded_yet(small_workbook):
    small_workbook.add_row(WASTE, like=2, period="2021-22", value="", status="")
    small_workbook.remove(LEDGER)
    book = small_workbook.open()
    _, left_out = record(book.folder, book.observations, book.findings, received=DAY)
    assert left_out == {WASTE: "it is not filled in yet"}
    assert WASTE not in small_workbook.text(LEDGER)


@pytest.mark.parametrize(
    "finding",
    [
        Fault(WASTE, "the last figure's scale", row=3, severity="warning"),
        Fault(WASTE, "age", row=3, severity="warning", dimension="completeness"),
        Fault("data/registers/peers.csv", "something"),
    ],
)
def test_other_findings_keep_no_return_from_being_recorded(small_workbook, finding):
    small_workbook.remove(LEDGER)
    added, left_out = record(
        small_workbook.folder, observed(*RETURNS), [finding], received=DAY
    )
    assert len(added) == len(RETURNS)
    assert left_out == {}


def test_nothing_is_added_to_a_broken_ledger(small_workbook):
    small_workbook.set_cell(LEDGER, 2, "digest", "lost")
    before = small_workbook.text(LEDGER)
    with pytest.raises(ReturnError, match="a SHA-256 of 64 digits"):
        record(small_workbook.folder, observed(INSPECTIONS), [], received=DAY)
    assert small_workbook.text(LEDGER) == before


@pytest.mark.parametrize(("day", "came"), [(30, False), (31, True)])
def test_no_return_comes_before_its_newest_period_has_ended(small_workbook, day, came):
    small_workbook.remove(LEDGER)
    folder, received = small_workbook.folder, date(2025, 12, day)
    if came:
        assert record(folder, observed(WASTE), [], received=received)[0]
        return
    with pytest.raises(ParameterError, match=f"{WASTE} .31 December 2025."):
        record(folder, observed(WASTE), [], received=received)
    assert not (folder / LEDGER).exists()


def test_a_note_can_be_no_formula(small_workbook):
    small_workbook.remove(LEDGER)
    record(small_workbook.folder, observed(WASTE), [], received=DAY, note="=1+1")
    assert ",'=1+1" in small_workbook.text(LEDGER)


def test_no_ledger_has_no_receipts(tmp_path):
    assert read_receipts(tmp_path) == ([], [])


# --- the real ledger ------------------------------------------------------------


def test_every_real_return_is_recorded_as_it_came(book, root):
    receipts, faults = read_receipts(root)
    assert faults == []
    assert {each.file for each in receipts} == set(book.observations["source_file"])
    for each in receipts:
        assert digest(root / each.file) == each.digest
