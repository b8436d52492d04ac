"""A group that was never heard of gets in and is told, with the nearest that was."""

import pytest
from judging import judged
from small_workbook import VALE

BEFORE = {"period": "2025-26 Q2", "characteristic": "tenure", "numerator": "4"}
NOW = BEFORE | {"period": "2025-26 Q3"}
HELD = [BEFORE | {"group": "rented"}, BEFORE | {"group": "owned"}]


def told(vale, *rows):
    """Judge figures of groups of a rate; give the rows and what is told of them."""
    common = {"indicator": "IL1", "authority": VALE, "denominator": "50"}
    accepted, faults = judged(vale, *(common | row for row in rows))
    return accepted, [f for f in faults if "had before" in f.expected]


def test_a_slip_of_the_keyboard_is_told_with_the_group_that_was_meant(vale):
    rows, (fault,) = told(vale, *HELD, NOW | {"group": "rentd"})
    assert (fault.severity, fault.column, fault.found) == ("warning", "group", "rentd")
    assert fault.expected == (
        "a group of tenure that IL1 had before; the nearest to 'rentd' is 'rented'"
    )
    assert rows["mark"].tolist() == ["", "", "group not held before"]


def test_a_new_characteristic_is_told_once_with_those_that_were_there(vale):
    new = NOW | {"characteristic": "sight"}
    _, faults = told(vale, *HELD, new | {"group": "full"}, new | {"group": "part"})
    (fault,) = faults
    assert fault.column == "characteristic"
    assert fault.expected == "a characteristic that IL1 had before, such as tenure"


@pytest.mark.parametrize(
    "rows",
    [
        [*HELD, NOW | {"group": "rented"}],
        [*HELD, NOW | {"group": "shared", "note": "checked: new this year"}],
        [NOW | {"group": "rented"}, NOW | {"group": "owned"}],
        [],
    ],
    ids=["held before", "checked", "the first of all", "no row"],
)
def test_what_was_there_or_was_checked_is_not_told(vale, rows):
    assert told(vale, {"numerator": "40"}, *rows)[1] == []


def test_a_group_that_has_a_target_is_expected(vale):
    held = {"indicator": "IL3", "characteristic": "age", "numerator": "4"}
    _, faults = told(
        vale,
        held | {"period": "2025-26 Q2", "group": "35 and over", "denominator": "9000"},
        held | {"period": "2025-26 Q3", "group": "16-34", "denominator": "9000"},
    )
    assert faults == []
