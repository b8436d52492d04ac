"""How fast a series goes and how sure that is, against scipy and by hand."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from perfnb.analysis.change import slope
from perfnb.analysis.change.pair_slopes import CORRECTED, PLAIN, SEASONAL_CORRECTED
from perfnb.errors import PerfnbError
from perfnb.methods import read_methods

from .made_series import STEADY, quarterly

HOUSE = read_methods("parameters/methods.yaml")


def judge(points, polarity="maximise", **more):
    """Judge a quarterly series."""
    settings = {"window_months": 3, "frequency": "quarterly", "methods": HOUSE} | more
    return slope.slope(points, polarity=polarity, **settings)


def yearly(values):
    """Make the points of an annual series."""
    starts = pd.date_range("1900-04-01", periods=len(values), freq="YS-APR")
    ends = starts + pd.DateOffset(years=1, days=-1)
    held = pd.array(values, dtype="Float64")
    return pd.DataFrame({"start": starts, "end": ends, "value": held})


def annual(values, polarity="maximise", **more):
    """Judge an annual series."""
    form = {"window_months": 12, "frequency": "annual"}
    return judge(yearly(values), polarity, **form, **more)


def test_the_slope_of_the_nile_is_met(own_case):
    """Published: -2.6 a year."""
    nile = sm.datasets.nile.load_pandas().data["volume"].to_numpy()
    found = annual(nile)
    cases = own_case("mann_kendall.csv").set_index(["series", "test"])
    assert found.per_year == pytest.approx(cases.loc[("Nile", "plain"), "slope"])
    assert (found.verdict, found.meaning) == ("falling", "worsening")
    assert found.test == CORRECTED
    assert found.variance_factor > 1


def test_the_slope_within_seasons_is_met(own_case):
    """Deaths from lung diseases by month: -53.13 a year; published without allowance.

    The standard score is smaller by the allowance for serial correlation.
    """
    values = own_case("seasons.csv")["value"]
    months = pd.period_range("1974-01", periods=72, freq="M")
    points = pd.DataFrame(
        {
            "start": months.start_time,
            "end": months.end_time.normalize(),
            "value": values.array,
        }
    )
    form = {"window_months": 1, "frequency": "snapshot"}
    found = judge(points, "minimise", seasonal=True, **form)
    cases = own_case("mann_kendall.csv").set_index(["series", "test"])
    expected = cases.loc[("ldeaths", "seasonal")]
    assert found.per_year == pytest.approx(expected["slope"])
    allowance = np.sqrt(found.variance_factor)
    assert found.z * allowance == pytest.approx(expected["z"])
    assert (found.test, found.verdict) == (SEASONAL_CORRECTED, "falling")
    assert found.meaning == "improving"


def test_scipy_gives_the_same_slope_and_interval():
    # Ups and downs in turn: no correlation is left that would widen the interval.
    values = [value + 0.1 * place for place, value in enumerate([3, 9] * 7)]
    found = annual(values)
    theirs = stats.theilslopes(values, np.arange(14), 0.95)
    assert found.test == PLAIN
    assert found.per_year == pytest.approx(theirs.slope)
    assert (found.lower_ci, found.upper_ci) == pytest.approx(
        (theirs.low_slope, theirs.high_slope)
    )


def test_a_quarter_counts_as_a_quarter_of_a_year():
    found = judge(quarterly(range(12)))
    assert found.per_year == pytest.approx(4)
    assert (found.lower_ci, found.upper_ci) == pytest.approx((4, 4))


def test_a_missing_figure_costs_time():
    assert judge(quarterly([*range(6), None, *range(7, 13)])).per_year == 4
    rows = quarterly(range(13)).drop(index=6).reset_index(drop=True)
    assert judge(rows).per_year == 4


def test_figures_that_follow_their_neighbours_widen_the_interval():
    """Slow waves without a trend are not taken for one."""
    wave = np.sin(np.arange(24) / 24 * np.pi * 1.5)
    found = judge(quarterly(wave))
    alone = stats.theilslopes(wave, np.arange(24) / 4, 0.95)
    assert found.test == CORRECTED
    assert found.autocorrelation > 0.8
    assert found.upper_ci - found.lower_ci > alone.high_slope - alone.low_slope
    assert found.verdict == "no clear trend"


def test_chance_is_called_a_trend_about_as_often_as_it_should_be():
    """Nominally 5%; with neighbours that follow each other plain tests give 28%."""
    chance = np.random.default_rng(20261124)
    alarms = dict.fromkeys((0.0, 0.6), 0)
    for correlation in alarms:
        for _ in range(150):
            noise = chance.normal(size=60)
            for place in range(1, 60):
                noise[place] += correlation * noise[place - 1]
            found = judge(quarterly(noise[-24:]))
            alarms[correlation] += found.verdict != "no clear trend"
    assert alarms[0.0] / 150 < 0.08
    assert alarms[0.6] / 150 < 0.16


def test_seasons_hide_a_trend_that_they_do_not_have():
    season = [0, 100, 10, 50]
    values = [season[place % 4] + place // 4 for place in range(20)]
    assert judge(quarterly(values)).verdict == "no clear trend"
    found = judge(quarterly(values), seasonal=True)
    assert (found.verdict, found.per_year) == ("rising", pytest.approx(1))


def test_slow_waves_under_seasons_are_not_taken_for_a_trend():
    """Without allowance this would be called a fall: p below 1%."""
    wave = np.sin(np.arange(24) / 24 * np.pi * 1.5)
    found = judge(quarterly(wave + np.tile([0.0, 9, 1, 4], 6)), seasonal=True)
    assert 2 * stats.norm.sf(abs(found.z) * np.sqrt(found.variance_factor)) < 0.01
    assert found.test == SEASONAL_CORRECTED
    assert "Hirsch, Slack and Smith 1982; Hamed and Rao 1998" in found.method
    assert found.verdict == "no clear trend"
    assert found.lower_ci < 0 < found.upper_ci


@pytest.mark.parametrize(
    ("values", "standing", "verdict"),
    [
        ([], "no data", "not assessed"),
        ([None, None], "no data", "not assessed"),
        ([4], "too few points", "too few points"),
        (STEADY[:9], "too few points", "too few points"),
        ([7] * 12, "no variation", "no clear trend"),
        ([0] * 12, "no variation", "no clear trend"),
        (STEADY, "assessed", "no clear trend"),
    ],
)
def test_what_cannot_be_tested_is_told(values, standing, verdict):
    found = judge(quarterly(values))
    assert (found.standing, found.verdict, found.meaning) == (standing, verdict, "")
    assert found.method
    assert (found.per_year is None) == (standing != "assessed")


def test_overlapping_windows_are_not_tested():
    ends = pd.period_range("2020Q1", periods=14, freq="Q-MAR").end_time.normalize()
    starts = [end + pd.Timedelta(days=1) - pd.DateOffset(months=24) for end in ends]
    values = pd.array(range(14), dtype="Float64")
    points = pd.DataFrame({"start": starts, "end": ends, "value": values})
    found = judge(points, window_months=24, frequency="rolling")
    assert (found.standing, found.verdict) == ("overlapping windows", "not assessed")


@pytest.mark.parametrize("polarity", ["midpoint", "range", "neutral"])
def test_where_no_side_is_good_a_trend_is_only_a_change(polarity):
    assert judge(quarterly(range(12)), polarity).meaning == "changing"


def test_house_rules_with_few_points_still_give_an_answer():
    few = HOUSE.model_copy(update={"minimum_points_for_slope": 2})
    for n in range(2, 7):
        found = judge(quarterly(range(n)), methods=few, seasonal=True)
        assert found.verdict in ("rising", "no clear trend")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda points: points.drop(columns="value"), "lack the column 'value'"),
        (lambda points: points.iloc[::-1], "twice or out of order"),
        (lambda points: pd.concat([points, points.tail(1)]), "twice or out of order"),
        (lambda points: points.assign(value="n/a"), "not a number in 'value'"),
    ],
)
def test_mistakes_are_named(change, words):
    with pytest.raises(PerfnbError, match=words):
        judge(change(quarterly(STEADY)))


def test_an_unknown_polarity_is_named():
    with pytest.raises(PerfnbError, match="'up' is not a polarity"):
        judge(quarterly(STEADY), "up")


SERIES = st.lists(st.integers(0, 60) | st.none(), max_size=26)


@given(SERIES, st.booleans())
def test_the_interval_contains_the_slope(values, seasonal):
    found = judge(quarterly(values), seasonal=seasonal)
    if found.per_year is not None:
        assert found.lower_ci <= found.per_year <= found.upper_ci
        assert found.variance_factor >= 1
        assert 0 <= found.p <= 1


@given(SERIES, st.booleans())
def test_polarity_mirrored_mirrors_the_verdict(values, seasonal):
    mirror = {"improving": "worsening", "worsening": "improving", "": ""}
    more = judge(quarterly(values), "maximise", seasonal=seasonal)
    less = judge(quarterly(values), "minimise", seasonal=seasonal)
    assert less.meaning == mirror[more.meaning]
    assert less.verdict == more.verdict


@given(SERIES, st.booleans(), st.sampled_from([0.25, 0.1, 3.7, 1000.0]))
def test_another_unit_gives_the_same_verdict(values, seasonal, factor):
    scaled = [None if value is None else value * factor for value in values]
    plain = judge(quarterly(values), seasonal=seasonal)
    other = judge(quarterly(scaled), seasonal=seasonal)
    assert (other.verdict, other.meaning) == (plain.verdict, plain.meaning)
    assert other.p == (plain.p if plain.p is None else pytest.approx(plain.p))
