"""Counts are whole and no more than what they are counted among."""

import pytest
from judging import judged
from small_workbook import INDICATORS


def test_the_thousands_of_another_country_are_no_thousandths(vale):
    """1.234 of 1.500 applications gives the right share of the wrong counts."""
    rows, faults = judged(vale, {"numerator": "1.234", "denominator": "1.500"})
    assert rows.empty
    assert [(f.column, f.expected, f.remedy) for f in faults] == [
        (
            column,
            "a whole number of streets",
            f"If the point stands for thousands, type {typed}.",
        )
        for column, typed in (("numerator", "1234"), ("denominator", "1500"))
    ]


def test_thousands_behind_a_point_are_found_in_what_a_rate_is_of(vale):
    row = {"indicator": "IL3", "numerator": "2", "denominator": "20.000"}
    rows, (fault,) = judged(vale, row)
    assert rows.empty
    assert (fault.column, fault.expected) == ("denominator", "a whole number")


@pytest.mark.parametrize(
    ("row", "refused"),
    [
        ({"numerator": "4.5", "denominator": "50"}, "numerator"),
        ({"numerator": "4", "denominator": "50.5"}, "denominator"),
        ({"indicator": "IL3", "numerator": "4", "denominator": "20000.5"}, None),
        ({"numerator": "4.0", "denominator": "50.0"}, None),
    ],
)
def test_what_is_counted_one_by_one_has_no_parts(vale, row, refused):
    rows, faults = judged(vale, row)
    assert [fault.column for fault in faults] == ([refused] if refused else [])
    assert len(rows) == (refused is None)


@pytest.mark.parametrize("counted", ["tonnes", ""])
def test_what_is_weighed_or_not_named_comes_in_parts(small_workbook, counted):
    small_workbook.set_cell(INDICATORS, 2, "counted", counted)
    rows, faults = judged(
        small_workbook.open(), {"numerator": "1.234", "denominator": "1.500"}
    )
    assert faults == []
    assert rows["numerator"].tolist() == [1.234]


def test_events_above_their_residents_get_in_with_a_word(small_workbook):
    """More crimes than residents: a town centre at night, or two swapped counts."""
    small_workbook.set_cell(INDICATORS, 4, "counts_people", "no")
    row = {"indicator": "IL3", "numerator": "30", "denominator": "20"}
    rows, (fault,) = judged(small_workbook.open(), row, row | {"period": "2025-26 Q2"})
    assert rows["value"].tolist() == [1500, 1500]
    assert rows["mark"].tolist() == ["numerator above the denominator"] * 2
    assert (fault.severity, fault.column, fault.row) == ("warning", "numerator", 2)
    assert fault.remedy == (
        "Check whether the two were swapped. So is 1 more of these rows."
    )
