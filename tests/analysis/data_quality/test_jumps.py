"""Which changes are out of the ordinary."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfnb.analysis.data_quality.jumps import jumps
from perfnb.errors import PerfnbError

STEADY = [10, 11, 10, 12, 11, 10, 11, 10, 11, 10]


def points(values):
    """Give a series of quarters."""
    quarters = pd.period_range("2020Q1", periods=len(values), freq="Q-MAR")
    return pd.DataFrame(
        {
            "period": [str(each) for each in quarters],
            "quarter": quarters,
            "value": pd.array(values, dtype="Float64"),
        }
    )


def nothing(values):
    """Explain no figure."""
    return pd.Series([""] * len(values), dtype="string")


@pytest.fixture
def found(methods):
    """Find the jumps of some values, none of them explained."""
    return lambda values: jumps(points(values), nothing(values), methods)


def test_a_slip_of_scale_is_found_going_and_coming(found):
    """110 for 11 jumps up and down again."""
    told = found([*STEADY, 110, 11])
    assert told.found[["before", "after"]].to_numpy().tolist() == [
        [10, 110],
        [110, 11],
    ]


def test_the_score_is_the_modified_z_score(found):
    """Changes 1 to 8 and 30: median 5, the deviations' median 2."""
    changes = [1, 2, 3, 4, 5, 6, 7, 8, 30]
    (score,) = found([0, *np.cumsum(changes)]).found["score"]
    assert score == pytest.approx(0.6744898 * (30 - 5) / 2)


def test_where_most_changes_are_the_same_the_mean_deviation_counts(found):
    """Eleven changes of 0 and one of 92: it deviates by 92 / 12 on average."""
    (score,) = found([*[7] * 12, 99]).found["score"]
    assert score == pytest.approx(92 / (1.2533141 * 92 / 12))


def test_ordinary_changes_are_no_jumps(found):
    told = found(STEADY)
    assert (len(told.found), told.standing, told.n) == (0, "judged", 9)


def test_a_step_is_told_once(found):
    assert len(found([*STEADY, *(value + 90 for value in STEADY)]).found) == 1


def test_a_gap_is_no_jump(found):
    assert len(found([*STEADY, None, *(value + 90 for value in STEADY)]).found) == 0


@pytest.mark.parametrize(
    ("values", "standing"),
    [
        ([], "too few changes"),
        ([5], "too few changes"),
        ([None] * 20, "too few changes"),
        ([1, 2, 9, 1, 2, 9, 1, 2], "too few changes"),
        ([7] * 20, "all changes are the same"),
        ([0] * 20, "all changes are the same"),
        (list(range(20)), "all changes are the same"),
    ],
)
def test_what_cannot_be_judged_says_so(found, values, standing):
    told = found(values)
    assert (told.standing, len(told.found)) == (standing, 0)


def test_what_is_registered_of_a_figure_explains_its_jump(methods):
    values = [*STEADY, 110]
    told = nothing(values)
    told.iloc[10] = "Another form since then."
    found = jumps(points(values), told, methods).found
    assert found["explained"].tolist() == ["Another form since then."]


def test_columns_that_are_missing_are_named(methods):
    with pytest.raises(PerfnbError, match="periods lack the column 'value'"):
        jumps(points([]).drop(columns="value"), nothing([]), methods)


@given(
    st.lists(st.integers(0, 20), min_size=9, max_size=30),
    st.floats(0.01, 100),
    st.integers(-1000, 1000),
)
def test_unit_and_level_do_not_matter(methods, values, scale, level):
    """A rate per 100 jumps where the same per 1,000 does."""
    one = jumps(points(values), nothing(values), methods)
    moved = [value * scale + level for value in values]
    other = jumps(points(moved), nothing(moved), methods)
    if one.standing == other.standing == "judged":
        ours, theirs = (
            dict(zip(each.found["period"], each.found["score"], strict=True))
            for each in (one, other)
        )
        clear = {k for k, score in ours.items() if abs(abs(score) - 3.5) > 0.01}
        assert clear <= set(theirs)
