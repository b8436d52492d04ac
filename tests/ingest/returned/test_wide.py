"""A return with a column for each period gives what the same one in length gives."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfnb.ingest.cells import Cells
from perfnb.ingest.opening.sheets import Sheet
from perfnb.ingest.returned.headings import find_headings
from perfnb.ingest.returned.own_rows import own_rows
from perfnb.ingest.returned.wide import widen

HEADED = ["indicator", "authority", "source", "status", "figure"]
QUARTERS = ["2025-26 Q1", "2025-26 Q2"]


def read(*rows, headed=(*HEADED, *QUARTERS)):
    sheet = Sheet("waste.xlsx", "Return", (tuple(headed), *map(tuple, rows)))
    headings, findings = find_headings(sheet)
    assert findings == []
    told, faults = own_rows(sheet, headings)
    assert faults == []
    wide, faults = widen(sheet, headings, told)
    return Cells.of(wide.lines, wide.places, wide.elsewhere), faults


def test_each_cell_is_a_row_and_knows_its_column():
    cells, faults = read(["IL1", "E1", "s", "final", "value", "80", "82"])
    assert faults == []
    rows = cells.rows
    assert rows[["period", "value"]].to_numpy().tolist() == [
        ["2025-26 Q1", "80"],
        ["2025-26 Q2", "82"],
    ]
    assert rows["source_sheet"].tolist() == ["Return", "Return"]
    assert [cells.place(n, "value") for n in (0, 1)] == [6, 7]
    assert [cells.place(n, "period") for n in (0, 1)] == [6, 7]
    assert [cells.place(n, "indicator") for n in (0, 1)] == [1, 1]
    assert [cells.row(n, "value") for n in (0, 1)] == [2, 2]
    assert cells.place(0, "note") is None


def test_a_blank_cell_is_no_row():
    cells, faults = read(["IL1", "E1", "s", "final", "value", "", "82"])
    assert faults == []
    assert cells.rows["period"].tolist() == ["2025-26 Q2"]


@pytest.mark.parametrize("status", ["missing", "Suppressed", "not applicable 2"])
def test_a_row_whose_status_says_why_there_is_no_figure_is_in_for_each_period(status):
    cells, faults = read(
        ["IL1", "E1", "s", status, "value", "", ""],
        ["IL2", "E1", "s", status, "numerator", "", ""],
        ["IL2", "E1", "s", status, "denominator", "", ""],
    )
    assert faults == []
    told = ["indicator", "period", "status", "numerator", "denominator", "value"]
    assert cells.rows[told].to_numpy().tolist() == [
        [indicator, period, status, "", "", ""]
        for indicator in ("IL1", "IL2")
        for period in QUARTERS
    ]


def test_a_row_without_a_word_is_told_as_still_to_be_filled_in():
    cells, (warning,) = read(
        ["IL1", "E1", "s", "final", "value", "", ""],
        ["IL2", "E1", "s", "final", "value", "1", ""],
        ["", "E1", "s", "", "value", "", ""],
    )
    assert cells.rows["indicator"].tolist() == ["IL2"]
    assert (warning.severity, warning.dimension) == ("warning", "completeness")
    assert warning.found == "2 of 3 rows still to be filled in: IL1, row 4"


def test_what_has_no_column_is_everybody_and_a_value():
    headed = ["indicator", "authority", "source", "status", *QUARTERS]
    cells, _ = read(["IL1", "E1", "s", "final", "80", ""], headed=headed)
    row = cells.rows.loc[0]
    assert (row["characteristic"], row["group"], row["value"]) == ("all", "all", "80")
    assert (row["area"], row["note"], row["numerator"]) == ("", "", "")


def test_numerators_and_denominators_are_put_together_period_by_period():
    cells, faults = read(
        ["IL1", "E1", "s", "final", "numerator", "40", "41"],
        ["IL1", "E1", "s", "final", "Denominator", "50", ""],
        ["IL2", "E1", "s", "final", "denominator", "7", ""],
    )
    assert faults == []
    figures = ["indicator", "period", "numerator", "denominator"]
    assert cells.rows[figures].to_numpy().tolist() == [
        ["IL1", "2025-26 Q1", "40", "50"],
        ["IL1", "2025-26 Q2", "41", ""],
        ["IL2", "2025-26 Q1", "", "7"],
    ]
    assert (cells.row(0, "numerator"), cells.row(0, "denominator")) == (2, 3)
    assert (cells.row(2, "denominator"), cells.place(2, "denominator")) == (4, 6)


def test_a_figure_that_stands_twice_stays_twice():
    row = ["IL1", "E1", "s", "final", "value", "80", ""]
    cells, faults = read(row, row)
    assert faults == []
    assert cells.rows["source_row"].tolist() == [2, 3]


@pytest.mark.parametrize(
    ("figure", "remedy"),
    [("numerater", 'Is "numerator" meant?'), ("", "Say what the figures are.")],
)
def test_a_row_that_does_not_say_what_its_figures_are_stays_out(figure, remedy):
    cells, (fault,) = read(
        ["IL1", "E1", "s", "final", figure, "80", "82"],
        ["IL2", "E1", "s", "final", "value", "1", ""],
    )
    assert cells.rows["indicator"].tolist() == ["IL2"]
    assert (fault.cell, fault.column, fault.remedy) == ("Return!E2", "figure", remedy)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["IL1", "IL2", "IL3"]),
            st.lists(st.integers(0, 99).map(str) | st.just(""), min_size=2, max_size=2),
        ),
        max_size=5,
        unique_by=lambda line: line[0],
    )
)
def test_wide_and_long_say_the_same(lines):
    cells, faults = read(
        *[[name, "E1", "s", "final", "value", *figures] for name, figures in lines]
    )
    told = [fault.found.partition(" ")[0] for fault in faults]
    unfilled = sum(not any(figures) for _, figures in lines)
    assert told == ([str(unfilled)] if unfilled else [])
    expected = [
        [name, period, figure]
        for name, figures in lines
        for period, figure in zip(QUARTERS, figures, strict=True)
        if figure
    ]
    found = cells.rows[["indicator", "period", "value"]].to_numpy().tolist()
    assert found == expected
