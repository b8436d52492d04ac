"""What owners sign is checked like every other register."""

import pytest
from small_workbook import SIGN_OFF

from perfnb.errors import CatalogueError


def test_a_signature_speaks_for_what_it_names_or_for_all_six(small_workbook):
    signed = small_workbook.open().catalogue
    (whole,) = signed.sign_offs_of("IL1", "2025-26 Q3")
    (part,) = signed.sign_offs_of("IL3", "2025-26 Q3")
    assert len(whole.covers) == 6
    assert part.covers == ("accuracy", "validity")
    assert signed.sign_offs_of("IL1", "2025-26 Q2") == ()


@pytest.mark.parametrize(
    ("column", "typed", "words"),
    [
        ("indicator", "IL9", "an id that is in indicators.csv"),
        ("quarter", "2025-27 Q3", "a quarter such as '2025-26 Q3'"),
        ("owner", "", "a value here"),
        (
            "dimensions",
            "accuracy; luck",
            "names out of accuracy, validity, reliability",
        ),
        ("rating", "excellent", "one of good, fair, poor"),
        ("signed", "10/02/2026", "a date such as 2026-01-31"),
        ("basis", "made up", "one of published, illustrative"),
    ],
)
def test_what_is_wrong_is_named_with_its_cell(small_workbook, column, typed, words):
    small_workbook.set_cell(SIGN_OFF, 2, column, typed)
    (fault,) = small_workbook.faults(CatalogueError)
    assert (fault.file, fault.row, fault.column) == (SIGN_OFF, 2, column)
    assert words in fault.expected


@pytest.mark.parametrize("dimensions", ["", "validity", "timeliness; accuracy"])
def test_nothing_is_signed_twice(small_workbook, dimensions):
    row = small_workbook.add_row(SIGN_OFF, like=3, dimensions=dimensions)
    (fault,) = small_workbook.faults(CatalogueError)
    assert (fault.row, fault.column) == (row, "dimensions")
    assert "signed once for IL3 in 2025-26 Q3" in fault.expected


def test_the_rest_of_the_characteristics_may_be_signed_apart(small_workbook):
    small_workbook.add_row(SIGN_OFF, like=3, dimensions="timeliness; relevance")
    assert len(small_workbook.open().catalogue.sign_offs_of("IL3", "2025-26 Q3")) == 2
