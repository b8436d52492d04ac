"""Intervals and paths of forecasts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfnb.analysis.forecasting import forecast_models
from perfnb.analysis.forecasting.forecast import limits, paths, standard_errors
from perfnb.analysis.forecasting.smoothing import smoothing

SERIES = np.array([52.0, 61, 48, 55, 57, 66, 50, 58, 60, 71, 55, 62])


@pytest.mark.parametrize(
    "found",
    [
        forecast_models.mean(SERIES, 4),
        forecast_models.naive(SERIES, 4),
        forecast_models.drift(SERIES, 4),
        forecast_models.seasonal_naive(SERIES, 6, 4),
        smoothing(SERIES, 4),
        smoothing(SERIES, 4, trend="damped"),
        smoothing(SERIES, 6, season=4),
    ],
    ids=lambda found: found.model,
)
def test_paths_spread_as_the_interval_says(found):
    """Simulated and reckoned by formula, single periods agree."""
    drawn = paths(found, 40_000, np.random.default_rng(1))
    lower, upper = limits(found, 0.8)
    for low, high, column in zip(lower, upper, drawn.T, strict=True):
        inside = ((column >= low) & (column <= high)).mean()
        assert inside == pytest.approx(0.8, abs=0.01)
    assert np.median(drawn, axis=0) == pytest.approx(found.mean)


def test_the_interval_of_a_sum_is_not_the_sum_of_intervals():
    """Two periods of independent errors: wider by the root of two, not twice."""
    found = forecast_models.seasonal_naive(SERIES, 2, 4)
    drawn = paths(found, 40_000, np.random.default_rng(1)).sum(axis=1)
    lower, upper = limits(found, 0.8)
    assert np.ptp(np.quantile(drawn, [0.1, 0.9])) == pytest.approx(
        np.sqrt(2) * (upper - lower)[0], rel=0.02
    )


def test_errors_that_are_carried_on_do_not_cancel_in_a_sum():
    """A random walk: the errors of two periods are e and e + f."""
    found = forecast_models.naive(SERIES, 2)
    drawn = paths(found, 40_000, np.random.default_rng(1)).sum(axis=1)
    spread = np.std(drawn) * np.sqrt((found.freedom - 2) / found.freedom)
    assert spread == pytest.approx(np.sqrt(5) * found.sigma, rel=0.02)


def test_the_same_start_gives_the_same_paths():
    found = forecast_models.naive(SERIES, 3)
    first, again = (paths(found, 100, np.random.default_rng(5)) for _ in range(2))
    assert first.tobytes() == again.tobytes()


@given(
    st.lists(st.floats(-1e3, 1e3).map(lambda x: round(x, 2)), min_size=6, max_size=30),
    st.integers(1, 6),
)
def test_intervals_hold_the_forecast_and_widen(values, ahead):
    found = forecast_models.drift(np.array(values), ahead)
    for confidence in (0.8, 0.95):
        lower, upper = limits(found, confidence)
        assert (lower <= found.mean).all()
        assert (found.mean <= upper).all()
    assert (np.diff(standard_errors(found)) >= 0).all()
