"""Returns are read as they are, each cell with the place it came from."""

import pytest
from small_workbook import HELP, INSPECTIONS, REPAIRS, RETURNS, WASTE

from perfnb.errors import ReturnError
from perfnb.ingest.returns import COLUMNS, read_returns, return_files


def test_every_return_of_every_folder_is_read_in_order_of_name(small_workbook):
    history = "data/returns/history/streets--waste.csv"
    small_workbook.write(history, small_workbook.text(WASTE))
    small_workbook.remove(WASTE)
    folder = small_workbook.folder
    names = [path.relative_to(folder).as_posix() for path in return_files(folder)]
    assert names == [HELP, REPAIRS, INSPECTIONS, history]


def test_a_cell_is_the_text_that_was_typed_and_knows_its_place(small_workbook):
    small_workbook.set_cell(INSPECTIONS, 3, "numerator", " 041 ")
    cells, faults = read_returns(small_workbook.folder)
    assert faults == []
    row = cells[(cells["source_file"] == INSPECTIONS) & (cells["source_row"] == 3)]
    assert row[["period", "numerator", "value"]].to_numpy().tolist() == [
        ["2023-24 Q2", "041", ""]
    ]
    assert list(cells.columns) == [*COLUMNS, "source_file", "source_row"]


def test_no_row_is_lost(small_workbook):
    cells, _ = read_returns(small_workbook.folder)
    for name in RETURNS:
        written = len(small_workbook.text(name).splitlines()) - 1
        assert (cells["source_file"] == name).sum() == written


def test_what_cannot_be_read_in_one_return_does_not_hide_the_others(small_workbook):
    small_workbook.write(WASTE, b"")
    small_workbook.drop_column(HELP, "status")
    cells, faults = read_returns(small_workbook.folder)
    assert [fault.file for fault in faults] == [HELP, WASTE]
    assert set(cells["source_file"]) == {REPAIRS, INSPECTIONS}


@pytest.mark.parametrize(
    "name",
    ["data/returns/streets.csv", "data/returns/2025-26-q3/streets--inspections.xlsx"],
)
def test_a_return_in_a_place_or_form_that_is_not_read_is_told(small_workbook, name):
    small_workbook.write(name, small_workbook.text(INSPECTIONS))
    (fault,) = small_workbook.faults(ReturnError)
    assert fault.file == name


@pytest.mark.parametrize("without", ["files", "folder"])
def test_a_workbook_without_returns_is_told_where_they_go(small_workbook, without):
    for name in RETURNS:
        small_workbook.remove(name)
    if without == "folder":
        (small_workbook.folder / "data/returns/2025-26-q3").rmdir()
        (small_workbook.folder / "data/returns").rmdir()
    (fault,) = small_workbook.faults(ReturnError)
    assert str(fault) == (
        "data/returns: expected at least one return. "
        "Put the returns of each quarter into a folder of its own there."
    )
