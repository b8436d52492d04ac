"""What is wrong is told in order, counted, and taken away without harm."""

import csv
import io
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_workbook import HELP, INSPECTIONS, WASTE
from spreadsheets import is_formula

from perfnb import findings
from perfnb.errors import Fault

WHOLE = Fault("data/returns/2025-26-q3/b.xlsx", "text")
CELL = Fault(
    "data/returns/2025-26-q3/b.xlsx",
    "a number, 0 or more",
    "<5",
    "Type the figure.",
    3,
    "numerator",
    "Return",
    7,
    indicator="IL1",
)
LATER_ROW = Fault("data/returns/2025-26-q3/b.xlsx", "a name", "", row=12, place=1)
WARNING = Fault(
    "data/returns/2025-26-q3/a.csv",
    "a figure without separators; it was read as 1234",
    "1,234",
    "Leave out separators.",
    2,
    "value",
    place=9,
    severity="warning",
    dimension="validity",
)
ALL = (WARNING, WHOLE, CELL, LATER_ROW)


def test_the_order_is_that_of_files_sheets_rows_and_columns():
    for shuffled in itertools.permutations(ALL):
        told = findings.in_order(shuffled)
        assert [fault.file for fault in told] == [fault.file for fault in ALL]
        assert (told[1], set(told[2:])) == (WHOLE, {CELL, LATER_ROW})


def test_errors_come_before_warnings_with_their_number():
    assert findings.told(ALL) == [
        "ERROR data/returns/2025-26-q3/b.xlsx: expected text.",
        'ERROR data/returns/2025-26-q3/b.xlsx, Return!G3, column numerator has "<5". '
        "Expected a number, 0 or more. Type the figure.",
        "ERROR data/returns/2025-26-q3/b.xlsx, A12 is empty. Expected a name.",
        'WARNING data/returns/2025-26-q3/a.csv, I2, column value has "1,234". Expected '
        "a figure without separators; it was read as 1234. Leave out separators.",
    ]
    assert findings.count(ALL) == "3 errors and 1 warning"


def test_a_long_list_is_cut_and_says_where_the_rest_is():
    many = [CELL] * 1_500 + [WARNING] * 2
    lines = findings.told(many, most=2, whole="output/data-quality.csv")
    assert [line.split()[0] for line in lines] == [
        *["ERROR", "ERROR", "1,498", "WARNING", "WARNING"]
    ]
    assert lines[2] == "1,498 more errors are in output/data-quality.csv."
    assert findings.count(many) == "1,500 errors and 2 warnings"


def test_a_message_over_several_lines_is_told_in_one():
    assert "\n" not in findings.line(Fault("a.csv", "text", "one\ntwo\r\nthree"))


def test_the_frame_has_a_row_for_each_with_its_cell():
    frame = findings.frame(ALL)
    assert list(frame.columns) == findings.COLUMNS
    assert frame["severity"].tolist() == ["error"] * 3 + ["warning"]
    assert frame["cell"].tolist() == ["", "A12", "Return!G3", "I2"]
    row = frame[frame["cell"] == "Return!G3"].iloc[0]
    assert (row["row"], row["column"], row["indicator"]) == (3, "numerator", "IL1")
    assert (row["found"], row["remedy"]) == ("<5", "Type the figure.")
    assert row["message"] == str(CELL)
    assert frame["row"].isna().sum() == 1


def test_nothing_wrong_is_headings_alone():
    assert findings.frame([]).empty
    assert findings.csv([]) == ",".join(findings.COLUMNS) + "\n"
    assert findings.told([]) == []
    assert findings.count([]) == "no errors and no warnings"


@pytest.mark.parametrize("found", ["=1+1", "@SUM(A1)", "+44", "-", "\t=1", "\r=1"])
def test_a_cell_that_was_a_formula_is_none_in_the_file_of_findings(found):
    fault = Fault("=cmd.csv", "a number", found, row=2)
    rows = list(csv.reader(io.StringIO(findings.csv([fault]), newline="")))
    assert len(rows) == 2
    assert not any(is_formula(cell) for row in rows for cell in row)


_TEXT = st.text(st.characters(codec="utf-8"), max_size=20)


@given(
    st.lists(
        st.builds(
            Fault,
            file=_TEXT,
            expected=_TEXT,
            found=st.none() | _TEXT,
            remedy=_TEXT,
            row=st.none() | st.integers(1, 10**6),
            column=st.none() | _TEXT,
            sheet=st.none() | _TEXT,
            place=st.none() | st.integers(1, 16384),
            severity=st.sampled_from(["error", "warning"]),
        ),
        max_size=8,
    )
)
def test_no_finding_is_lost_or_harmful_whatever_it_holds(faults):
    told = findings.told(faults)
    assert len(told) == len(faults) == len(findings.frame(faults))
    assert all(len(line.splitlines()) <= 1 for line in told)
    rows = list(csv.reader(io.StringIO(findings.csv(faults), newline="")))
    assert len(rows) == len(faults) + 1
    assert not any(is_formula(cell) for row in rows for cell in row)


def test_findings_of_a_folder_come_file_by_file(small_workbook):
    small_workbook.set_cell(WASTE, 3, "value", "n/a")
    small_workbook.set_cell(INSPECTIONS, 9, "numerator", "<5")
    small_workbook.set_cell(INSPECTIONS, 3, "denominator", "5O")
    small_workbook.write(HELP, b"")
    found = small_workbook.open().findings
    assert [(fault.file, fault.row) for fault in found] == [
        *[(HELP, None), (INSPECTIONS, 3), (INSPECTIONS, 9), (WASTE, 3)]
    ]
