"""What is wrong is told in the words of the person who can mend it."""

import pytest

from perfnb import errors
from perfnb.errors import Fault, PerfnbError

FAMILIES = [
    (errors.CatalogueError, 3),
    (errors.ReturnError, 4),
    (errors.ParameterError, 5),
    (errors.NotebookError, 6),
]


def test_a_fault_says_where_what_was_found_what_was_expected_and_how_to_mend_it():
    fault = Fault(
        "data/returns/2025-26-q3/streets.csv",
        "a whole number",
        found="<5",
        remedy="Type the figure.",
        row=14,
        column="numerator",
        sheet="Return",
        place=7,
    )
    assert str(fault) == (
        "data/returns/2025-26-q3/streets.csv, Return!G14, "
        'column numerator has "<5". Expected a whole number. Type the figure.'
    )


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({}, "a.csv: expected text."),
        ({"found": ""}, "a.csv is empty. Expected text."),
        ({"row": 1}, "a.csv, row 1: expected text."),
        ({"row": 1, "place": 2}, "a.csv, B1: expected text."),
        ({"sheet": "Return"}, "a.csv, sheet Return: expected text."),
        ({"sheet": "Return", "row": 9}, "a.csv, sheet Return, row 9: expected text."),
        ({"column": "id"}, "a.csv, column id: expected text."),
        ({"remedy": "Fill it in."}, "a.csv: expected text. Fill it in."),
    ],
)
def test_a_fault_leaves_out_what_it_does_not_know(parts, words):
    assert str(Fault("a.csv", "text", **parts)) == words


def test_an_error_carries_every_fault_one_a_line():
    faults = [Fault("a.csv", "text", row=row) for row in (2, 3)]
    error = PerfnbError(fault for fault in faults)
    assert error.faults == tuple(faults)
    assert str(error).splitlines() == [str(fault) for fault in faults]


def test_an_error_can_be_one_sentence():
    error = PerfnbError("There is no folder 'data'.")
    assert str(error) == "There is no folder 'data'."
    assert error.faults == ()


@pytest.mark.parametrize(("family", "exit_code"), FAMILIES)
def test_each_family_has_its_own_exit_code(family, exit_code):
    assert issubclass(family, PerfnbError)
    assert family("").exit_code == exit_code
    assert PerfnbError("").exit_code == 2
