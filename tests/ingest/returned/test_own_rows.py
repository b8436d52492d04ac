"""A row that cannot be read keeps itself out and nothing else."""

import time
import tracemalloc

import pytest

from perfnb.ingest.cells import COLUMNS
from perfnb.ingest.door.marks import Area
from perfnb.ingest.opening.sheets import Sheet
from perfnb.ingest.returned.headings import find_headings
from perfnb.ingest.returned.own_rows import own_rows

ROW = ("IL1", "E1", "", "2025-26", "all", "all", "4", "5", "", "final", "s", "", "note")


def read(*rows, name=None, **about):
    sheet = Sheet("waste.csv", name, (tuple(COLUMNS), *map(tuple, rows)), **about)
    headings, findings = find_headings(sheet)
    assert findings == []
    return own_rows(sheet, headings)


def test_outer_blanks_are_not_content_and_blank_rows_are_no_rows():
    spaced = [f"  {cell}\u00a0" for cell in ROW]
    rows, faults = read(spaced, [" "] * 13, (), ["\u00a0"], ROW)
    assert faults == []
    assert rows == [(2, ROW), (6, ROW)]


@pytest.mark.parametrize(
    "row",
    [ROW[:10], ROW[:2], (*ROW, "x"), (*ROW[:6], "", *ROW[6:])],
)
@pytest.mark.parametrize("first", [True, False])
def test_a_ragged_row_keeps_itself_out_and_shifts_nothing(row, first):
    others = [ROW, ROW]
    others.insert(0 if first else 2, row)
    rows, (fault,) = read(*others)
    assert [cells for _, cells in rows] == [ROW, ROW]
    assert fault.row == (2 if first else 4)
    assert (fault.expected, fault.found) == (
        "13 cells, as the header has",
        f"{len(row)} cells",
    )


def test_a_separator_at_the_end_of_each_row_is_no_cell():
    rows, faults = read((*ROW, ""), (*ROW, ""))
    assert faults == []
    assert len(rows) == 2
    rows, faults = read((*ROW, "x"), (*ROW, "", " "), ROW)
    assert rows == [(3, ROW), (4, ROW)]
    assert [fault.row for fault in faults] == [2]


def test_optional_cells_at_the_end_may_be_left_out():
    rows, faults = read(ROW, ROW[:12], ROW[:11])
    assert faults == []
    assert rows == [(2, ROW), *((n, (*ROW[:11], "", "")) for n in (3, 4))]
    headed = [name for name in COLUMNS if name != "area"] + ["area"]
    sheet = Sheet("waste.csv", None, (tuple(headed), ("x",) * 10, ("x",) * 9))
    headings, _ = find_headings(sheet)
    rows, (fault,) = own_rows(sheet, headings)
    assert rows == [(2, (*["x"] * 10, "", "", ""))]
    assert (fault.row, fault.found) == (3, "9 cells")


@pytest.mark.parametrize("text", ["Source: Defra", "* Provisional", "Total"])
def test_a_remark_alone_in_its_row_is_told_as_one(text):
    for row in ([text], [text, *[""] * 12]):
        rows, (fault,) = read(ROW, row)
        assert len(rows) == 1
        assert (fault.found, fault.expected) == (
            text,
            "a row of figures or a blank row",
        )


def test_a_character_that_is_no_text_is_shown_and_kept_out():
    rows, (fault,) = read(ROW, (*ROW[:6], "4\0", *ROW[7:]))
    assert len(rows) == 1
    assert (fault.cell, fault.found) == ("G3", "4␀")


def test_merged_cells_keep_out_the_rows_that_they_leave_without_a_cell():
    below = ("", *ROW[1:])
    rows, (fault,) = read(
        ROW, below, below, ROW, name="Return", merged=(Area(2, 1, 4, 1),)
    )
    assert [number for number, _ in rows] == [2, 5]
    assert str(fault) == (
        'waste.csv, Return!A2 has "the merged cells A2:A4". Expected a cell of its own '
        "for each row and column. Take them apart and fill in each."
    )
    rows, _ = read(ROW, ROW, name="Return", merged=(Area(2, 7, 2, 8),))
    assert [number for number, _ in rows] == [3]


@pytest.mark.parametrize(
    "merged",
    [
        (Area(2, 1, 9_999_999, 1),),
        (Area(2, 1, 2, 99_999_999),),
        (Area(2, 1, 999_999_999, 999_999_999),) * 5000,
    ],
)
def test_merged_cells_that_reach_far_take_no_memory_and_no_time(merged):
    tracemalloc.start()
    start = time.process_time()
    rows, faults = read(ROW, ROW, name="Return", merged=merged)
    seconds, (_, most) = time.process_time() - start, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(faults) == len(merged)
    assert [number for number, _ in rows] in ([], [2], [3])
    assert (seconds < 1, most < 10 * 2**20) == (True, True)


def test_merged_cells_below_the_table_do_not_matter_to_its_rows():
    rows, faults = read(ROW, name="Return", merged=(Area(7, 1, 9, 3),))
    assert (len(rows), len(faults)) == (1, 1)


def test_merged_titles_and_remarks_beside_the_table_do_not_matter():
    rows, faults = read(
        ROW, name="Return", merged=(Area(1, 1, 1, 3), Area(1, 20, 9, 21))
    )
    assert (len(rows), faults) == (1, [])


def test_figures_shown_as_per_cent_have_their_sign_and_nothing_else_has():
    row = [*ROW]
    row[8], row[12] = "0.285", "0.5"
    rows, _ = read(row, row, name="Return", percentages=frozenset({(2, 9), (2, 13)}))
    assert [cells[8] for _, cells in rows] == ["28.5%", "0.285"]
    assert rows[0][1][12] == "0.5"
