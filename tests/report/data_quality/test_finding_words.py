"""Findings that are published tell no count of people."""

from types import SimpleNamespace

import pytest

from perfnb.errors import Fault
from perfnb.report.data_quality.finding_words import NOT_SHOWN, shown

REGISTER = {
    "people": SimpleNamespace(counts_people=True),
    "waste": SimpleNamespace(counts_people=False),
}


def published(indicator="people", column="numerator", **changes):
    """Publish a finding of a cell that holds 17."""
    fields = {"found": "17", "expected": "no more than 12", "row": 4, **changes}
    fault = Fault("help.csv", column=column, indicator=indicator, **fields)
    (told,) = shown([fault], REGISTER)
    return told


@pytest.mark.parametrize("column", ["numerator", "denominator", "value", None])
@pytest.mark.parametrize("indicator", ["people", "unknown", ""])
def test_figures_that_may_be_of_people_are_left_out(indicator, column):
    told = published(indicator, column)
    assert "17" not in str(told)
    assert "12" not in str(told)
    assert told.found == NOT_SHOWN
    assert (told.file, told.row, told.column) == ("help.csv", 4, column)


def test_a_rule_that_holds_for_every_figure_is_told():
    told = published(expected="a whole number, 0 or more", found="many")
    assert (told.found, told.expected) == ("many", "a whole number, 0 or more")


@pytest.mark.parametrize(
    "finding",
    [
        {"indicator": "waste"},
        {"column": "period", "found": "2025-27"},
        {"row": None, "found": "17 sheets"},
    ],
    ids=["tonnes", "period", "whole file"],
)
def test_what_counts_nobody_is_told_as_it_is(finding):
    told = published(**finding)
    assert told.found == finding.get("found", "17")
    assert told.expected == "no more than 12"
