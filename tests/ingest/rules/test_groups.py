"""A figure is of everybody or of a group; a slip of the keyboard makes no new one."""

import pytest
from judging import judged

WHOLE = {"indicator": "IL3", "numerator": "60", "denominator": "20000"}
YOUNG = WHOLE | {"characteristic": "age", "group": "16-34", "numerator": "10"}


@pytest.mark.parametrize(
    ("characteristic", "group", "column", "says"),
    [
        ("all", "16-17", "characteristic", "beside the group '16-17'"),
        ("ALL", "16-17", "characteristic", "beside the group '16-17'"),
        ("age", "all", "group", "beside the characteristic 'age'"),
    ],
)
def test_a_group_of_everybody_never_stands_for_the_headline(
    vale, characteristic, group, column, says
):
    part = YOUNG | {"characteristic": characteristic, "group": group}
    rows, faults = judged(vale, WHOLE, part)
    (error,) = [fault for fault in faults if fault.severity == "error"]
    assert rows["source_row"].tolist() == [2]
    assert (error.row, error.column) == (3, column)
    assert says in error.expected


def test_everybody_is_read_in_any_capitals_and_told(vale):
    everybody = WHOLE | {"characteristic": "All", "group": "ALL"}
    rows, faults = judged(vale, everybody)
    assert rows["characteristic"].tolist() == rows["group"].tolist() == ["all"]
    assert rows["mark"].tolist() == ["characteristic read as all; group read as all"]
    assert [(f.severity, f.column, f.found) for f in faults] == [
        ("warning", "characteristic", "All"),
        ("warning", "group", "ALL"),
    ]


def test_everybody_in_other_capitals_is_everybody_twice(vale):
    everybody = WHOLE | {"characteristic": "All", "group": "All", "numerator": "61"}
    rows, faults = judged(vale, WHOLE, everybody)
    assert rows["source_row"].tolist() == [2]
    (error,) = [fault for fault in faults if fault.severity == "error"]
    assert (error.row, error.column) == (3, "indicator")


def test_the_spelling_of_the_targets_is_the_one(vale):
    """The targets of Illustrative Vale are for the characteristic 'age'."""
    before = YOUNG | {"characteristic": "Age", "period": "2025-26 Q1"}
    rows, (fault,) = judged(vale, before, YOUNG)
    assert rows["characteristic"].tolist() == ["age", "age"]
    assert (fault.row, fault.found, fault.remedy) == (2, "Age", "Type 'age'.")


def test_else_the_spelling_of_the_oldest_figure_is_the_one(vale):
    old = YOUNG | {"characteristic": "Health", "group": "Good", "period": "2025-26 Q1"}
    new = old | {"characteristic": "health", "period": "2025-26 Q2"}
    rows, faults = judged(
        vale, new, new | {"group": "good", "period": "2025-26 Q3"}, old
    )
    assert set(rows["characteristic"]) == {"Health"}
    assert set(rows["group"]) == {"Good"}
    assert [(fault.row, fault.found) for fault in faults] == [
        (2, "health"),
        (3, "good"),
    ]


def test_a_spelling_is_told_once_a_sheet_and_marked_in_every_row(vale):
    rows, (fault,) = judged(
        vale,
        *(
            YOUNG | {"characteristic": "AGE", "period": f"2025-26 Q{n}"}
            for n in (1, 2, 3)
        ),
    )
    assert rows["mark"].tolist() == ["characteristic read as age"] * 3
    assert fault.remedy == "Type 'age'. So are 2 more of these rows."


def test_the_same_name_of_two_characteristics_is_two_groups(vale):
    one = YOUNG | {"characteristic": "health", "group": "Good"}
    rows, faults = judged(vale, one, one | {"characteristic": "home", "group": "good"})
    assert rows["group"].tolist() == ["Good", "good"]
    assert faults == []
