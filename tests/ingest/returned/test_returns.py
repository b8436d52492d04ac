"""Returns are read as they are, each cell with the place it came from."""

import io
import os
import shutil
import time
from pathlib import Path

import pytest
import xlsxwriter
from made_files import label, number, ods, row, table, xls, xlsx
from small_workbook import (
    HELP,
    INSPECTIONS,
    METHODS,
    REPAIRS,
    RETURNS,
    RETURNS_FOLDER,
    ROOT,
    WASTE,
)

from perfnb.errors import ReturnError
from perfnb.ingest.cells import COLUMNS, ORIGIN
from perfnb.ingest.door.limits import for_returns
from perfnb.ingest.returned.headings import CONTEXT
from perfnb.ingest.returned.returns import read_return, read_returns, return_files
from perfnb.methods import read_methods

RULES = read_methods(ROOT / METHODS)
ROW = ["IL1", "E1", "", "2025-26 Q3", "all", "all", "4", "5", "", "final", "s", "", ""]
BOOK = "data/returns/2025-26-q3/streets--inspections.xlsx"


@pytest.fixture
def read(tmp_path):
    """Write a return and read it."""

    def cells(content, name="waste.xlsx"):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_return(path, for_returns(RULES), folder=tmp_path)

    return cells


def severities(findings):
    return [fault.severity for fault in findings]


def test_every_return_of_every_folder_is_read_in_order_of_name(small_workbook):
    history = "data/returns/history/streets--waste.csv"
    small_workbook.write(history, small_workbook.text(WASTE))
    small_workbook.remove(WASTE)
    folder = small_workbook.folder
    names = [path.relative_to(folder).as_posix() for path in return_files(folder)]
    assert names == [HELP, REPAIRS, INSPECTIONS, history]


def test_a_cell_is_the_text_that_was_typed_and_knows_its_place(small_workbook):
    small_workbook.set_cell(INSPECTIONS, 3, "numerator", " 041 ")
    cells, findings = read_returns(small_workbook.folder, RULES)
    assert findings == []
    rows = cells.rows
    row = rows[(rows["source_file"] == INSPECTIONS) & (rows["source_row"] == 3)]
    assert row[
        ["period", "numerator", "value", "source_sheet"]
    ].to_numpy().tolist() == [["2023-24 Q2", "041", "", ""]]
    assert list(rows.columns) == [*COLUMNS, *ORIGIN]
    assert cells.place(row.index[0], "numerator") == 7
    assert cells.row(row.index[0], "numerator") == 3


def test_columns_in_another_order_have_places_of_their_own(small_workbook):
    small_workbook.reverse_columns(WASTE)
    cells, findings = read_returns(small_workbook.folder, RULES)
    assert findings == []
    first = {file: at for at, file in reversed([*enumerate(cells.rows["source_file"])])}
    assert cells.place(first[WASTE], "indicator") == 13
    assert cells.place(first[HELP], "indicator") == 1


def test_no_row_is_lost(small_workbook):
    cells, _ = read_returns(small_workbook.folder, RULES)
    for name in RETURNS:
        written = len(small_workbook.text(name).splitlines()) - 1
        assert (cells.rows["source_file"] == name).sum() == written


def test_what_cannot_be_read_in_one_return_does_not_hide_the_others(small_workbook):
    small_workbook.write(WASTE, b"")
    small_workbook.drop_column(HELP, "status")
    cells, findings = read_returns(small_workbook.folder, RULES)
    assert [fault.file for fault in findings] == [HELP, WASTE]
    assert set(cells.rows["source_file"]) == {REPAIRS, INSPECTIONS}


# --- where returns lie --------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "data/returns/streets.csv",
        "data/returns/2025-26-q3/old/streets.csv",
        "data/returns/2025-26-q3/streets.docx",
        "data/returns/2025-26-q3/streets",
    ],
)
def test_a_file_in_a_place_or_form_that_is_not_read_is_told(small_workbook, name):
    small_workbook.write(name, small_workbook.text(INSPECTIONS))
    _, (fault,) = read_returns(small_workbook.folder, RULES)
    assert (fault.file, fault.severity) == (name, "error")


@pytest.mark.parametrize(
    "name", ["~$waste.xlsx", ".~lock.waste.ods#", "Thumbs.db", ".x"]
)
def test_what_programs_leave_lying_about_is_no_return(small_workbook, name):
    small_workbook.write(f"data/returns/2025-26-q3/{name}", b"\0\1")
    cells, findings = read_returns(small_workbook.folder, RULES)
    assert findings == []
    assert len(cells.rows) == 36


def test_the_ledger_of_receipts_is_no_return(small_workbook):
    small_workbook.write("data/returns/receipts.csv", "a,b\n")
    assert read_returns(small_workbook.folder, RULES)[1] == []


@pytest.mark.parametrize("without", ["files", "folder"])
def test_a_workbook_without_returns_is_told_where_they_go(small_workbook, without):
    for name in RETURNS:
        small_workbook.remove(name)
    if without == "folder":
        shutil.rmtree(small_workbook.folder / "data/returns")
    cells, (fault,) = read_returns(small_workbook.folder, RULES)
    assert cells.rows.empty
    assert str(fault) == (
        "data/returns: expected at least one return. "
        "Put the returns of each quarter into a folder of its own there."
    )


# --- spreadsheets -------------------------------------------------------------


def spreadsheet(kind, rows):
    if kind == "xlsx":
        return xlsx({"Return": rows})
    if kind == "ods":
        return ods(table(*[row(*cells) for cells in rows]))
    return xls(
        *[
            number(r, c, float(text)) if text.isdecimal() else label(r, c, text)
            for r, cells in enumerate(rows)
            for c, text in enumerate(cells)
            if text
        ]
    )


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_a_spreadsheet_gives_the_same_cells_as_text(read, kind):
    rows = [COLUMNS, ROW, [*ROW[:6], "7", *ROW[7:]]]
    as_text, findings = read("\n".join(map(",".join, rows)), "waste.csv")
    assert findings == []
    cells, findings = read(spreadsheet(kind, rows), f"waste.{kind}")
    assert findings == []
    assert cells.rows[COLUMNS].equals(as_text.rows[COLUMNS])
    assert cells.rows["source_sheet"].tolist() == ["Return", "Return"]
    assert cells.rows["source_row"].tolist() == [2, 3]
    assert cells.places == as_text.places


@pytest.mark.parametrize("title", ["Return", "RETURN", " return "])
def test_the_sheet_called_return_is_read_and_others_that_hold_cells_are_told(
    read, title
):
    content = xlsx({"Working": [["41"]], title: [COLUMNS, ROW], "Empty": [[]]})
    cells, (warning,) = read(content)
    assert len(cells.rows) == 1
    assert str(warning) == (
        'waste.xlsx, sheet Working has "cells that were not read". Expected the '
        "figures in the sheet 'Return' alone. Put its figures into that sheet, or "
        "delete it."
    )
    assert warning.severity == "warning"


def test_the_sheets_of_a_form_that_explain_are_read_over(read):
    beside = {"Read me": [["Fill in"]], "Definitions": [["x"]], "Lists": [["y"]]}
    cells, findings = read(xlsx({**beside, "Return": [COLUMNS, ROW]}, hidden=["Lists"]))
    assert (len(cells.rows), findings) == (1, [])


def test_the_only_sheet_with_cells_is_the_return_whatever_its_name(read):
    cells, findings = read(xlsx({"Sheet1": [COLUMNS, ROW], "Sheet2": [[]]}))
    assert (cells.rows["source_sheet"].tolist(), findings) == (["Sheet1"], [])


@pytest.mark.parametrize(
    ("sheets", "found"),
    [
        ({"Q1": [COLUMNS, ROW], "Q2": [COLUMNS, ROW]}, "Q1, Q2"),
        ({"Sheet1": [[]]}, "nothing in any sheet"),
    ],
)
def test_which_sheet_is_meant_is_asked_and_not_guessed(read, sheets, found):
    cells, (fault,) = read(xlsx(sheets))
    assert cells.rows.empty
    assert (fault.found, fault.severity) == (found, "error")


def test_a_hidden_return_is_read_and_told(read):
    content = xlsx({"Notes": [[]], "Return": [COLUMNS, ROW]}, hidden=["Return"])
    cells, (warning,) = read(content)
    assert len(cells.rows) == 1
    assert (warning.severity, warning.found) == ("warning", "hidden cells")


def test_a_share_typed_as_per_cent_comes_as_it_was_typed(read):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Return")
        sheet.write_row(0, 0, COLUMNS)
        sheet.write_row(1, 0, ROW)
        sheet.write_number(1, 8, 0.3, workbook.add_format({"num_format": "0%"}))
        sheet.write_formula(1, 6, "=1+1", None, "")
    cells, findings = read(content.getvalue())
    assert findings == []
    assert cells.rows.loc[0, ["value", "numerator"]].tolist() == ["30%", "=1+1"]


def test_a_wide_return_is_read_among_long_ones(small_workbook):
    wide = "indicator,authority,source,status,2025-26 Q1,2025-26 Q2\n"
    name = "data/returns/2025-26-q3/aaa.csv"
    small_workbook.write(name, wide + "IL9,E1,s,final,1,2\nIL8,E1,s,final,,3\n")
    cells, findings = read_returns(small_workbook.folder, RULES)
    assert findings == []
    own = cells.rows[cells.rows["source_file"] == name]
    assert own["value"].tolist() == ["1", "2", "3"]
    assert [cells.place(label, "value") for label in own.index] == [5, 6, 6]
    help_ = cells.rows[cells.rows["source_file"] == HELP]
    assert cells.place(help_.index[0], "value") == 9


# --- still to be filled in ----------------------------------------------------


def test_rows_without_a_word_are_told_once_as_still_to_be_filled_in(read):
    blank = [*ROW[:6], "", "20000", "", "", "s", "people", ""]
    other = ["IL2", *blank[1:]]
    cells, (warning,) = read(xlsx({"Return": [COLUMNS, ROW, blank, other]}))
    assert cells.rows["source_row"].tolist() == [2]
    assert (warning.severity, warning.dimension) == ("warning", "completeness")
    assert str(warning) == (
        'waste.xlsx, sheet Return has "2 of 3 rows still to be filled in: IL1 '
        '2025-26 Q3, IL2 2025-26 Q3". Expected a figure in each row, or a status that '
        "says why there is none. Fill them in; until then these figures are not in."
    )


def test_a_row_with_a_status_or_a_remark_is_filled_in(read):
    missing = [*ROW[:6], "", "", "", "missing", "s", "", ""]
    remark = [*ROW[:6], "", "", "", "", "s", "", "System was down"]
    cells, findings = read(xlsx({"Return": [COLUMNS, missing, remark]}))
    assert (len(cells.rows), findings) == (2, [])


def test_headings_alone_are_no_return(read):
    cells, (fault,) = read(xlsx({"Return": [COLUMNS]}))
    assert cells.rows.empty
    assert fault.expected == "at least one row under the headings"


def test_a_form_with_what_it_prints_for_the_person_is_read(read):
    rows = [[*CONTEXT, *COLUMNS], [*["seen only"] * 5, *ROW]]
    cells, findings = read(xlsx({"Return": rows}))
    assert findings == []
    assert "seen only" not in cells.rows.to_numpy().ravel().tolist()


# --- what is fine is not lost -------------------------------------------------


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("IL1,E1,4", "3 cells"),
        (",".join([*ROW, "extra"]), "14 cells"),
        ('"IL1,E1,,2025-26 Q3', "quotation mark"),
        ("Source: the service", "Source: the service"),
        (",".join(ROW).replace("4,5", "4\0,5"), "4␀"),
    ],
)
@pytest.mark.parametrize("at", [1, 2, 3])
def test_one_bad_row_costs_one_row(read, line, found, at):
    lines = [",".join(COLUMNS), ",".join(ROW), ",".join(ROW)]
    lines.insert(at, line)
    cells, (fault,) = read("\n".join(lines) + "\n", "waste.csv")
    assert len(cells.rows) == 2
    assert (fault.row, fault.severity) == (at + 1, "error")
    assert found in fault.found
    assert set(cells.rows["source_row"]) == {2, 3, 4} - {at + 1}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_any_encoding_and_separator_gives_the_same_cells(read, encoding, separator):
    rows = [COLUMNS, [*ROW[:12], "Café"]]
    text = "\r\n".join(map(separator.join, rows))
    cells, findings = read(text.encode(encoding), "waste.csv")
    assert cells.rows.loc[0, COLUMNS].tolist() == rows[1]
    assert severities(findings) == (["warning"] if encoding == "cp1252" else [])


def test_twenty_thousand_rows_take_a_moment(read):
    rows = [COLUMNS, *[[*ROW[:6], str(n), *ROW[7:]] for n in range(20_000)]]
    text = "\n".join(map(",".join, rows))
    start = time.process_time()
    cells, findings = read(text, "waste.csv")
    assert time.process_time() - start < 1
    assert (len(cells.rows), findings) == (20_000, [])
    cells, (fault,) = read(text + "\n" + ",".join(ROW), "waste.csv")
    assert (len(cells.rows), fault.found) == (0, "20,002 rows")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (b"2025-26-q3/caf\xe9.csv", r"2025-26-q3/caf\xe9.csv"),
        (b"caf\xe9/waste.csv", r"caf\xe9/waste.csv"),
        (b"caf\xe9.txt", r"caf\xe9.txt"),
    ],
)
def test_a_file_whose_name_is_no_text_is_told_and_not_read(small_workbook, name, said):
    path = Path(
        os.fsdecode(os.fsencode(small_workbook.folder / RETURNS_FOLDER) + b"/" + name)
    )
    path.parent.mkdir(exist_ok=True)
    try:
        path.write_text(small_workbook.text(WASTE), "utf-8")
    except OSError:
        pytest.skip("this disk holds names that are text alone")
    (fault,) = small_workbook.faults(ReturnError)
    assert str(fault) == (
        f"data/returns/{said}: expected a name whose letters can be read. Give it, or "
        "its folder, a name in plain letters."
    )
    assert path not in return_files(small_workbook.folder)
