"""Whether quarters differ every year, and when that cannot be said."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfnb.analysis.change import seasonality
from perfnb.errors import PerfnbError
from perfnb.methods import read_methods

from .made_series import quarterly

HOUSE = read_methods("parameters/methods.yaml")
SEASON = [10, 20, 11, 12, 11, 21, 10, 12, 12, 20, 11, 13]


def judge(points, **more):
    """Judge a quarterly series, which starts with April to June."""
    settings = {"window_months": 3, "frequency": "quarterly", "methods": HOUSE} | more
    return seasonality.seasonality(points, **settings)


def test_quarters_that_differ_every_year_are_strong_seasons():
    found = judge(quarterly(SEASON))
    assert (found.verdict, found.n) == ("strong seasons", 12)
    assert found.is_seasonal
    assert found.strength > 0.9
    assert found.quarters["quarter"].tolist() == [1, 2, 3, 4]
    assert found.quarters["effect"].idxmax() == 1
    assert found.quarters["mean"].tolist() == pytest.approx(
        [11, 61 / 3, 32 / 3, 37 / 3]
    )
    assert found.quarters["n"].tolist() == [3, 3, 3, 3]


def test_quarters_are_those_of_the_financial_year():
    """The series starts with July to September."""
    found = judge(quarterly(SEASON, first="2020Q2"))
    assert found.quarters["effect"].idxmax() == 2


def test_the_parts_carry_their_periods():
    found = judge(quarterly(SEASON)).components
    parts = found[["trend", "seasonal", "remainder"]].sum(axis="columns")
    assert parts.tolist() == pytest.approx(SEASON)
    assert found["start"].iloc[0] == pd.Timestamp("2019-04-01")


def test_weak_seasons_are_seasons_and_not_strong():
    """A step of half the noise, over ten years."""
    noise = np.random.default_rng(4).normal(size=40)
    found = judge(quarterly(noise + 0.7 * np.array([1, -1] * 20)))
    assert found.verdict == "seasons"
    assert found.strength < 0.64


def test_chance_is_rarely_called_a_season():
    """Strength alone would call 15% of series of 12 figures seasonal."""
    chance = np.random.default_rng(20261124)
    found = [judge(quarterly(chance.normal(size=12))) for _ in range(200)]
    strong = np.mean([each.strength >= 0.64 for each in found])
    called = np.mean([each.is_seasonal for each in found])
    assert called < 0.08 < strong


def test_a_rising_series_is_not_taken_for_a_season():
    assert judge(quarterly(range(12))).verdict == "no clear seasons"


@pytest.mark.parametrize(
    ("values", "standing"),
    [
        ([], "no data"),
        ([None] * 14, "no data"),
        ([5], "too few years"),
        (SEASON[:11], "too few years"),
        ([*SEASON[:11], None, *SEASON[:4]], "gaps"),
        ([4] * 12, "no variation"),
        ([0] * 12, "no variation"),
        ([*SEASON, None, 3], "assessed"),
    ],
)
def test_what_the_figures_allow_is_told(values, standing):
    found = judge(quarterly(values))
    assert found.standing == standing
    assert found.method
    if standing != "assessed":
        assert found.strength is None
        assert not found.is_seasonal
        assert found.quarters.empty
        assert found.components.empty


def test_the_longest_run_is_looked_at_and_the_latest_of_equals():
    values = [*SEASON, None, *SEASON]
    found = judge(quarterly(values))
    assert found.n == 12
    assert found.components["start"].iloc[0] == pd.Timestamp("2022-07-01")
    longer = judge(quarterly([*SEASON, *SEASON[:4], None, *SEASON]))
    assert (longer.n, longer.components["start"].iloc[0].year) == (16, 2019)


def test_one_figure_a_year_has_no_seasons():
    starts = pd.date_range("2000-04-01", periods=14, freq="YS-APR")
    ends = starts + pd.DateOffset(years=1, days=-1)
    points = pd.DataFrame({"start": starts, "end": ends, "value": range(14)})
    found = judge(points, window_months=12, frequency="annual")
    assert (found.standing, found.verdict) == ("not quarterly", "not assessed")


def test_rolling_windows_have_no_seasons():
    ends = pd.period_range("2020Q1", periods=14, freq="Q-MAR").end_time.normalize()
    starts = [end + pd.Timedelta(days=1) - pd.DateOffset(months=24) for end in ends]
    points = pd.DataFrame({"start": starts, "end": ends, "value": range(14)})
    found = judge(points, window_months=24, frequency="rolling")
    assert found.standing == "overlapping windows"


def test_mistakes_are_named():
    with pytest.raises(PerfnbError, match="twice or out of order"):
        judge(quarterly(SEASON).iloc[::-1])
    with pytest.raises(PerfnbError, match="lack the column 'value'"):
        judge(quarterly(SEASON).drop(columns="value"))
    with pytest.raises(PerfnbError, match="'weekly' is not a frequency"):
        judge(quarterly(SEASON), frequency="weekly")


@given(
    st.lists(st.integers(0, 60) | st.none(), max_size=24),
    st.sampled_from([0.25, 8.0, 1024.0]),
)
def test_another_unit_gives_the_same_verdict(values, factor):
    scaled = [None if value is None else value * factor for value in values]
    plain, other = judge(quarterly(values)), judge(quarterly(scaled))
    assert (other.standing, other.verdict) == (plain.standing, plain.verdict)
