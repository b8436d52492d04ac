"""Slopes between pairs and the variance of their score, by hand and by simulation."""

import numpy as np
import pytest
from scipy import stats

from perfnb.analysis.change import pair_slopes
from perfnb.analysis.change.mann_kendall import score, seasonal_score
from perfnb.analysis.change.pair_slopes import SEASONAL, SEASONAL_CORRECTED, Figures

SEASON = np.array([0.0, 2, -1, -1])


def quarters(values):
    """Make the figures of quarters that follow on one another."""
    place = np.arange(len(values))
    return Figures(np.asarray(values, dtype=float), place / 4, place, place % 4)


def leaning(chance, n, correlation):
    """Draw figures without a trend that follow their neighbours."""
    noise = chance.normal(size=n + 40)
    for place in range(1, n + 40):
        noise[place] += correlation * noise[place - 1]
    return noise[40:]


@pytest.mark.parametrize(
    ("n", "correlation", "most"),
    [(16, 0.0, 7), (16, 0.6, 9), (24, 0.3, 8), (40, 0.0, 7), (40, 0.6, 10)],
)
def test_within_seasons_chance_is_called_a_trend_about_as_often_as_meant(
    n, correlation, most
):
    """Nominally 5%; without allowance up to 27% at a correlation of 0.6."""
    chance = np.random.default_rng([20261124, n])
    season = np.tile(SEASON, n // 4)
    alarms = [
        pair_slopes.seasonal(quarters(leaning(chance, n, correlation) + season)).score.p
        < 0.05
        for _ in range(500)
    ]
    assert 100 * np.mean(alarms) < most


def test_a_trend_beneath_seasons_is_still_found():
    """A rise of 2.25 standard deviations in eight years, in most series."""
    chance = np.random.default_rng(20261124)
    rise = np.linspace(0, 2.25, 32) + np.tile(SEASON, 8)
    found = [
        pair_slopes.seasonal(quarters(chance.normal(size=32) + rise)).score.p < 0.05
        for _ in range(200)
    ]
    assert np.mean(found) > 0.7


def test_what_seasons_and_slope_add_does_not_count_as_correlation():
    noise = leaning(np.random.default_rng(4), 24, 0.5)
    alone = pair_slopes.seasonal(quarters(noise))
    drawn = pair_slopes.seasonal(quarters(noise + np.tile(SEASON, 6)))
    steep = pair_slopes.seasonal(quarters(noise + 5 * np.arange(24)))
    assert 0 < alone.autocorrelation < 1
    for other in (drawn, steep):
        assert other.autocorrelation == pytest.approx(alone.autocorrelation)
        assert other.factor == pytest.approx(alone.factor)


def test_the_variance_within_seasons_is_the_plain_one_times_the_factor():
    series = quarters(leaning(np.random.default_rng(4), 24, 0.5))
    found = pair_slopes.seasonal(series)
    plain = seasonal_score(series.held, series.seasons)
    assert found.test == SEASONAL_CORRECTED
    assert found.factor > 1
    assert found.score.s == plain.s
    assert found.score.variance == pytest.approx(plain.variance * found.factor)


def test_ups_and_downs_in_turn_leave_the_variance_alone():
    # Years by turns high and low in the odd and the even quarters.
    values = [(-1) ** place * (1 + place // 4 % 3) for place in range(24)]
    found = pair_slopes.seasonal(quarters(values))
    assert (found.test, found.factor, found.autocorrelation) == (SEASONAL, 1, 0)


@pytest.mark.parametrize("judge", [pair_slopes.whole, pair_slopes.seasonal])
def test_figures_on_a_line_have_no_correlation_left(judge):
    found = judge(quarters(0.1 * np.arange(16) + 0.7))
    assert (found.autocorrelation, found.factor) == (0, 1)
    assert found.score.p < 0.01


@pytest.mark.parametrize("judge", [pair_slopes.whole, pair_slopes.seasonal])
def test_the_unit_does_not_move_the_test(judge):
    """Whole numbers less thirds of a slope are ties but for rounding."""
    chance = np.random.default_rng(1)
    for _ in range(50):
        values = chance.integers(0, 12, 18).astype(float)
        plain = judge(quarters(values))
        for factor in (0.1, 3.7, 1000 / 7):
            scaled = judge(quarters(values * factor))
            assert scaled.score.p == pytest.approx(plain.score.p)


def test_the_interval_takes_the_variance_of_the_test():
    series = quarters(leaning(np.random.default_rng(7), 32, 0.6))
    found = pair_slopes.whole(series)
    lower, upper = pair_slopes.interval(found.slopes, found.score.variance, 0.95)
    plain = score(series.held).variance
    theirs = stats.theilslopes(series.held, series.years, 0.95)
    assert pair_slopes.interval(found.slopes, plain, 0.95) == pytest.approx(
        (theirs.low_slope, theirs.high_slope)
    )
    assert lower < theirs.low_slope
    assert upper > theirs.high_slope
