"""Which model is chosen for a series, by its length and what it shows."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfnb.analysis.forecasting.model_choice import fitted, varies
from perfnb.errors import PerfnbError

NOISE = np.random.default_rng(7).normal(size=40)


def model(values, methods, season=4):
    """Name the model that is chosen."""
    return fitted(np.asarray(values), 2, season=season, methods=methods).model


def test_a_short_series_has_no_model(methods):
    assert fitted(np.arange(5.0), 1, season=4, methods=methods) is None


def test_noise_about_a_level_is_smoothed(methods):
    assert model(100 + NOISE, methods) == "smoothed level"


def test_a_walk_goes_on_from_its_last_figure(methods):
    assert model(100 + NOISE.cumsum(), methods) == "last figure"


def test_seasons_are_smoothed_from_three_years_on(methods):
    seasons = np.tile([10.0, 0, -10, 0], 10)
    assert model((seasons + NOISE)[:20], methods) == "smoothed level with seasons"
    assert "with seasons" not in model((seasons + NOISE)[:11], methods)


def test_strong_seasons_of_two_years_are_repeated(methods):
    seasons = np.tile([10.0, 0, -10, 0], 3)
    assert model((seasons + NOISE[:12] / 10)[:10], methods) == "last year's figures"


def test_a_steady_rise_is_followed(methods):
    assert model(3 * np.arange(40) + NOISE, methods) == "damped trend"


def test_seasons_of_a_year_with_one_figure_are_not_sought(methods):
    seasons = np.tile([10.0, 0, -10, 0], 10)
    assert "seasons" not in model(seasons + NOISE, methods, season=1)


@pytest.mark.parametrize("name", ["mean", "naive", "drift", "last year"])
def test_a_model_can_be_asked_for_by_name(methods, name):
    found = fitted(100 + NOISE, 2, season=4, methods=methods, model=name)
    assert len(found.mean) == 2


def test_last_year_needs_two_years(methods):
    found = fitted(NOISE[:7], 1, season=4, methods=methods, model="last year")
    assert found is None


def test_an_unknown_model_is_named(methods):
    with pytest.raises(PerfnbError, match="'arima' is not a forecasting model"):
        fitted(NOISE, 1, season=4, methods=methods, model="arima")


def test_equal_figures_are_carried_on(methods):
    found = fitted(np.full(8, 3.0), 2, season=4, methods=methods)
    assert (found.model, found.sigma, found.mean.tolist()) == (
        "last figure",
        0.0,
        [3.0, 3.0],
    )
    assert not varies(np.zeros(4))


@given(st.floats(0.01, 1e4))
def test_another_unit_changes_neither_model_nor_relative_forecast(methods, unit):
    values = 100 + 5 * NOISE[:16]
    plain = fitted(values, 3, season=4, methods=methods)
    scaled = fitted(unit * values, 3, season=4, methods=methods)
    assert scaled.model == plain.model
    assert scaled.mean == pytest.approx(unit * plain.mean, rel=1e-4)
    assert scaled.sigma == pytest.approx(unit * plain.sigma, rel=1e-4)
