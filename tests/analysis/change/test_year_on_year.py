"""A figure beside that of the same period a year before."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfnb.analysis.change.year_on_year import TWO_FIGURES, year_on_year
from perfnb.errors import PerfnbError

from .made_series import quarterly


def judge(points, polarity="maximise", **more):
    """Judge a quarterly series."""
    settings = {"window_months": 3, "frequency": "quarterly"} | more
    return year_on_year(points, polarity=polarity, **settings)


def test_the_same_quarter_is_four_back_and_not_one():
    found = judge(quarterly([8, 1, 2, 3, 10]))
    assert (found.value, found.before, found.difference) == (10, 8, 2)
    assert found.per_cent == 25
    assert found.start_before == pd.Timestamp("2019-04-01")
    assert found.end_before == pd.Timestamp("2019-06-30")


@pytest.mark.parametrize(
    ("polarity", "last", "meaning"),
    [
        ("maximise", 10, "better"),
        ("minimise", 10, "worse"),
        ("minimise", 6, "better"),
        ("neutral", 10, "different"),
        ("range", 6, "different"),
        ("maximise", 8, "the same"),
        ("maximise", 8 + 1e-12, "the same"),
    ],
)
def test_better_follows_polarity(polarity, last, meaning):
    assert judge(quarterly([8, 1, 2, 3, last]), polarity).meaning == meaning


def test_two_figures_are_never_called_a_real_change():
    found = judge(quarterly([8, 1, 2, 3, 1000]))
    assert found.method.endswith(TWO_FIGURES)
    assert "real" not in found.meaning


def test_the_latest_figure_may_not_be_the_last_row():
    found = judge(quarterly([8, 1, 2, 3, 10, None]))
    assert (found.value, found.before) == (10, 8)


@pytest.mark.parametrize(
    "values", [[5], [1, 2, 3, 4], [None, 1, 2, 3, 10], [None, None, 3]]
)
def test_without_a_figure_a_year_before_nothing_is_compared(values):
    found = judge(quarterly(values))
    assert (found.standing, found.meaning) == ("no figure a year before", "")
    assert (found.difference, found.per_cent) == (None, None)
    assert found.start_before is not None


def test_nothing_at_all_is_told():
    assert judge(quarterly([])).standing == "no data"
    assert judge(quarterly([None, None])).standing == "no data"


def test_a_change_from_nought_has_no_percentage():
    found = judge(quarterly([0, 1, 2, 3, 10]))
    assert (found.difference, found.per_cent) == (10, None)


def test_windows_of_two_years_share_one():
    ends = pd.period_range("2020Q1", periods=6, freq="Q-MAR").end_time.normalize()
    starts = [end + pd.Timedelta(days=1) - pd.DateOffset(months=24) for end in ends]
    points = pd.DataFrame({"start": starts, "end": ends, "value": range(6)})
    found = judge(points, window_months=24, frequency="rolling")
    assert (found.difference, found.shared_months) == (4, 12)


def test_mistakes_are_named():
    with pytest.raises(PerfnbError, match="twice or out of order"):
        judge(quarterly([1, 2, 3]).iloc[::-1])
    with pytest.raises(PerfnbError, match="'up' is not a polarity"):
        judge(quarterly([1, 2, 3]), "up")


@given(st.lists(st.integers(-50, 50) | st.none(), max_size=12))
def test_polarity_mirrored_mirrors_the_meaning(values):
    mirror = {"better": "worse", "worse": "better"}
    more, less = judge(quarterly(values)), judge(quarterly(values), "minimise")
    assert less.meaning == mirror.get(more.meaning, more.meaning)
