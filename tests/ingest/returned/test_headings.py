"""Headings are found where they stand, and what is wrong with them is told."""

import pytest

from perfnb.ingest.cells import COLUMNS
from perfnb.ingest.opening.sheets import Sheet
from perfnb.ingest.returned.headings import CONTEXT, find_headings, heading_name

ROW = (
    "IL1",
    "E07990001",
    "",
    "2025-26 Q3",
    "all",
    "all",
    "4",
    "5",
    "",
    "final",
    "s",
    "",
    "",
)
WIDE = ("indicator", "authority", "source", "status", "2025-26 Q1", "2025-26 Q2")


def found(*rows, name="Return"):
    return find_headings(Sheet("waste.xlsx", name, tuple(map(tuple, rows))))


def test_the_long_layout_is_told_by_its_headings():
    headings, findings = found(COLUMNS, ROW)
    assert findings == []
    assert headings.row == 1
    assert headings.places == {name: n for n, name in enumerate(COLUMNS, 1)}
    assert headings.periods == {}


@pytest.mark.parametrize(
    "written",
    [
        "Denominator Source",
        "  denominator_source\u00a0",
        "DENOMINATOR  SOURCE",
        "_denominator source",
    ],
)
def test_capitals_blanks_and_underscores_do_not_matter(written):
    assert heading_name(written) == "denominator_source"


def test_headings_in_any_order_and_without_the_optional_ones_are_enough():
    names = [
        n for n in COLUMNS[::-1] if n not in ("area", "denominator_source", "note")
    ]
    headings, findings = found(names, ROW[:10])
    assert findings == []
    assert headings.places["indicator"] == 10
    assert "note" not in headings.places


def test_what_a_form_prints_for_the_person_is_read_over():
    headings, findings = found([*CONTEXT, *COLUMNS], [*["x"] * 5, *ROW])
    assert findings == []
    assert headings.places["indicator"] == 6


def test_titles_above_the_headings_are_read_over_with_a_word():
    headings, (warning,) = found(["Waste return"], [], COLUMNS, ROW)
    assert headings.row == 3
    assert warning.severity == "warning"
    assert str(warning) == (
        'waste.xlsx, Return!A1 has "Waste return". Expected the headings in row 1. '
        "The headings were read from row 3; delete those above."
    )
    headings, findings = found([], [], COLUMNS, ROW)
    assert (headings.row, findings) == (3, [])


def test_headings_far_below_are_not_looked_for():
    headings, (fault,) = found(*[["x"]] * 10, COLUMNS, ROW)
    assert headings is None
    assert fault.severity == "error"


# --- missing, double, unknown -------------------------------------------------


@pytest.mark.parametrize(
    "name", ["indicator", "period", "numerator", "value", "status"]
)
def test_a_missing_heading_is_named(name):
    headings, (fault,) = found([n for n in COLUMNS if n != name], ROW[:12])
    assert headings is None
    assert str(fault) == (
        f"waste.xlsx, sheet Return, row 1, column {name}: expected this heading. "
        "Add the column."
    )


def test_a_misspelt_heading_is_shown_beside_the_one_that_is_missing():
    headings, (fault,) = found([n.replace("numerator", "Numerater") for n in COLUMNS])
    assert headings is None
    assert fault.column == "numerator"
    assert fault.remedy == 'Is the column "Numerater" meant? Correct its heading.'


def test_a_heading_that_stands_twice_is_refused_where_it_stands_again():
    headings, (fault,) = found([*COLUMNS, "Value "], [*ROW, "7"])
    assert headings is None
    assert (fault.cell, fault.found) == ("Return!N1", "Value")


def test_a_column_that_is_not_read_is_told_and_the_rest_enters():
    headings, (warning,) = found([*COLUMNS, "notes", "owner"], [*ROW, "a remark", ""])
    assert headings is not None
    assert warning.severity == "warning"
    assert warning.cell == "Return!N1"
    assert warning.remedy == (
        'Is "note" meant? The column was not read: correct its heading or remove it.'
    )


def test_cells_under_no_heading_are_told():
    headings, (warning,) = found([*COLUMNS, ""], [*ROW, "41"])
    assert headings is not None
    assert (warning.cell, warning.found) == ("Return!N1", "")


@pytest.mark.parametrize(
    "rows",
    [
        [["Code", "Name", "Total"], ["E07000239", "Wyre Forest", "80"]],
        [["A1 Initial assessments of homelessness duties owed"], ["x"] * 3],
        [["indicator", "period"], ["IL1", "2025-26"]],
    ],
)
def test_what_is_no_return_is_told_with_what_it_begins_with(rows):
    headings, (fault,) = found(*rows)
    assert headings is None
    assert fault.found.startswith(rows[0][0])
    assert "perfnb import" in fault.remedy


def test_an_empty_sheet_is_no_return():
    headings, (fault,) = found()
    assert headings is None
    assert fault.found == "nothing"


# --- the wide layout ----------------------------------------------------------


def test_the_wide_layout_is_told_by_its_periods():
    headings, findings = found(WIDE, ["IL1", "E07990001", "s", "final", "1", "2"])
    assert findings == []
    assert headings.periods == {5: "2025-26 Q1", 6: "2025-26 Q2"}
    assert headings.places == dict(
        zip(["indicator", "authority", "status", "source"], [1, 2, 4, 3], strict=True)
    )


@pytest.mark.parametrize(
    "heading",
    ["2024-25", "February 2019", "April to June 2025", "Q1 2025/26", "2025-26  q1"],
)
def test_a_period_may_be_of_any_form_that_means_one(heading):
    headings, _ = found([*WIDE[:4], heading], ["IL1", "E07990001", "s", "final", "1"])
    assert list(headings.periods) == [5]


def test_a_wide_column_that_is_no_period_is_an_error_for_its_figures_are_lost():
    row = ["IL1", "E07990001", "s", "final", "1", "2", "3"]
    headings, (fault,) = found([*WIDE, "2025 Q3"], row)
    assert headings is not None
    assert fault.severity == "error"
    assert (fault.cell, fault.found) == ("Return!G1", "2025 Q3")


def test_a_period_that_stands_twice_is_refused():
    headings, (fault,) = found(
        [*WIDE, "2025-26 Q1"], ["IL1", "E1", "s", "f", "1", "2", "3"]
    )
    assert headings is None
    assert fault.cell == "Return!G1"


def test_a_wide_return_without_a_source_names_it():
    headings, (fault,) = found(
        [n for n in WIDE if n != "source"], ["IL1", "E", "f", "1", "2"]
    )
    assert headings is None
    assert fault.column == "source"
