"""Totals, notes and strange services are told as what they are."""

import pytest
from judging import judged

ANOTHER = "data/returns/2025-26-q3/homes--help.xlsx"


@pytest.mark.parametrize(
    ("column", "typed"),
    [
        ("indicator", "Total"),
        ("indicator", "*Total"),
        ("authority", "Total England"),
        ("authority", "ENGLAND"),
        ("authority", "England (E92000001)"),
        ("authority", "E92000001"),
        ("authority", "E12000005"),
        ("authority", "All authorities"),
        ("authority", "Sub-total"),
    ],
)
def test_a_row_of_totals_is_told_once_as_such(vale, column, typed):
    rows, (fault,) = judged(
        vale, {"value": "80"}, {column: typed, "value": "..", "period": "all"}
    )
    assert rows["source_row"].tolist() == [2]
    assert (fault.column, fault.found, fault.severity) == (column, typed, "error")
    assert fault.expected == "a row of one indicator and one authority; this is a total"
    assert fault.remedy.startswith("Remove the row")


@pytest.mark.parametrize(
    "typed",
    [
        "Source: illustrative tables",
        "Note 1: provisional",
        "Notes",
        "1. Figures may not add",
        "\u00a9 Crown copyright 2025",
        "Last updated 1 February 2026",
    ],
)
def test_what_stands_under_a_table_is_told_once_as_such(vale, typed):
    blank = dict.fromkeys(
        ["authority", "period", "characteristic", "group", "status", "source"], ""
    )
    rows, (fault,) = judged(vale, {"value": "80"}, {"indicator": typed, **blank})
    assert rows["value"].tolist() == [80]
    assert (fault.row, fault.found) == (3, typed)
    assert fault.expected.endswith("this is a source or a note")


def test_an_indicator_of_another_service_gets_in_and_is_told_once(vale):
    rows, (fault,) = judged(
        vale,
        {"value": "80"},
        {"value": "81", "period": "2025-26 Q2"},
        {"indicator": "IL4", "value": "70", "period": "2025-26 Q1"},
        file=ANOTHER,
    )
    assert rows["mark"].tolist() == ["in the file of another service"] * 2 + [""]
    assert (fault.severity, fault.dimension) == ("warning", "relevance")
    assert (fault.row, fault.found) == (2, "IL1")
    assert "of the service 'homes', as the file's name says" in fault.expected
    assert "this is one of 'streets'" in fault.expected


@pytest.mark.parametrize("name", ["figures.csv", "nobody--figures.csv"])
def test_a_file_that_names_no_service_is_anybody_s(vale, name):
    _, faults = judged(vale, {"value": "80"}, file=f"data/returns/x/{name}")
    assert faults == []
