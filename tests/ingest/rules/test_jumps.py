"""A figure ten times the last one gets in with a mark, and somebody is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judging import judged

QUARTERS = [f"20{year}-{year + 1} Q{q}" for year in (23, 24) for q in (1, 2, 3, 4)]


def series(*values, indicator="IL1", **cells):
    """Write one figure a quarter."""
    return [
        {"indicator": indicator, "period": period, "value": str(value), **cells}
        for period, value in zip(QUARTERS, values, strict=False)
    ]


def jumped(vale, *rows):
    """List the rows of which a jump is told, and all that is marked."""
    observations, faults = judged(vale, *rows)
    assert all(fault.dimension == "accuracy" for fault in faults)
    assert all(fault.severity == "warning" for fault in faults)
    marked = observations["source_row"][observations["mark"].ne("")]
    return [fault.row for fault in faults], marked.tolist()


@pytest.mark.parametrize(
    ("values", "rows"),
    [
        ((30, 31, 29), []),
        ((3, 29.9), []),
        ((3, 30), [3]),
        ((30, 3), [3]),
        ((30, 3.1), []),
        ((30, 0.3), [3]),
        ((30, 0.3, 31), [3]),
        ((3, 30, 3), [3]),
        ((3, 30, 31), [3]),
        ((30, 0.3, 0.31), [3]),
        ((30, 0), []),
        ((0, 30), []),
        ((30, 31, 3, 30, 3.0), [4, 6]),
    ],
)
def test_a_slip_is_told_and_the_way_back_is_none(vale, values, rows):
    assert jumped(vale, *series(*values)) == (rows, rows)


def test_a_share_of_1_among_figures_in_per_cent_is_told_what_to_type(vale):
    _, (fault,) = judged(vale, *series(30, "0.30"))
    assert str(fault) == (
        'illustrative.xlsx, Return!I3, column value has "0.30". Expected a figure on '
        "the scale of the last one, 30% in 2023-24 Q1; 0.3% is 1/100 of that. "
        "If it is a share of 1, type 30 for 30%. "
        "Check it; if it is right, begin its note with 'checked'."
    )


def test_a_jump_of_counts_is_told_at_the_numerator(vale):
    rows = [
        {"period": "2023-24 Q1", "numerator": "40", "denominator": "1000"},
        {"period": "2023-24 Q2", "numerator": "400", "denominator": "1000"},
    ]
    observations, (fault,) = judged(vale, *rows)
    assert (fault.column, fault.found, fault.place) == ("numerator", "400", 7)
    assert observations["mark"].tolist() == ["", "10 times the last figure or more"]


@pytest.mark.parametrize(("events", "rows"), [(19, []), (20, [3])])
def test_small_counts_jump_by_chance(vale, events, rows):
    counts = {"indicator": "IL3", "denominator": "20000"}
    first = counts | {"period": "2023-24 Q1", "numerator": "1"}
    second = counts | {"period": "2023-24 Q2", "numerator": str(events)}
    assert jumped(vale, first, second)[0] == rows


def test_a_note_says_that_it_was_checked(vale):
    rows = series(3, 30)
    rows[1]["note"] = "Checked: the contract is new"
    assert jumped(vale, *rows) == ([], [])


def test_the_last_figure_is_of_the_same_place_group_and_length(vale):
    assert jumped(
        vale,
        *series(30),
        {"period": "2023-24 Q2", "value": "1", "area": "E01990001"},
        {"period": "2023-24 Q2", "value": "1", "characteristic": "age", "group": "1"},
        {"period": "2023-24", "value": "1"},
        {"period": "2023-24 Q2", "value": "1", "authority": "E07990002"},
        {"period": "2023-24 Q2", "numerator": "1"},
    ) == ([], [])


def test_a_refused_figure_is_nobody_s_last_one(vale):
    observations, faults = judged(vale, *series(30, "<5", 31))
    assert [fault.severity for fault in faults] == ["error"]
    assert observations["mark"].tolist() == ["", ""]


def test_figures_of_other_councils_are_marked_and_told_once_a_file(vale):
    rows = [
        row
        for council in ("E07990002", "E07990003", "E07990004")
        for row in series(3, 30, authority=council)
    ]
    told, marked = jumped(vale, *rows)
    assert (told, marked) == ([3], [3, 5, 7])
    _, (fault,) = judged(vale, *rows)
    assert "and 2 more figures of other councils here jump" in fault.expected


def test_a_revised_figure_is_set_beside_the_last_period_not_beside_itself(vale):
    rows = series(3, 30)
    rows[0]["source"] = "early"
    rows.append({"period": "2023-24 Q1", "value": "2.9"})
    assert jumped(vale, *rows)[0] == [3]


# Where none is above 1, all may be shares of 1: another question than a jump.
@given(
    st.lists(st.sampled_from([3, 30, 33, 0.3, 0]), min_size=1, max_size=8).filter(
        lambda values: max(values) > 1
    )
)
def test_every_figure_gets_in_and_what_is_told_is_marked(vale, values):
    observations, faults = judged(vale, *series(*values))
    assert len(observations) == len(values)
    marked = observations["source_row"][observations["mark"].ne("")].tolist()
    assert [fault.row for fault in faults] == marked
