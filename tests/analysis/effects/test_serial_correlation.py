"""Figures that lean on one another, found and allowed for."""

import numpy as np
import pytest

from perfnb.analysis.effects.serial_correlation import (
    lag_for,
    leftovers,
    ljung_box,
    newey_west,
)

from . import sicily


def residuals_of(events, population, months):
    """Give what the reference's straight line leaves over."""
    return sicily.fit(
        "least squares", events, population, months, slope=True, seasons=False
    ).residuals


def held(residuals, expected):
    """Hold residuals to a table by lag."""
    found = ljung_box(residuals, expected["lag"].tolist())
    for name in ("correlation", "statistic"):
        np.testing.assert_allclose(found[name], expected[name], rtol=1e-9)
    # The last of them lies far out in a tail.
    np.testing.assert_allclose(found["p"], expected["p"], rtol=1e-8)


def test_reference_tests_are_met(shared_case):
    inputs = shared_case("its_sicily_inputs.csv")
    residuals = residuals_of(inputs["aces"], inputs["stdpop"], inputs["month"])
    expected = shared_case("its_residual_diagnostics.csv").rename(
        columns={"acf": "correlation", "LB": "statistic"}
    )
    assert len(expected) == 5
    held(residuals, expected)


def test_reference_durbin_watson_is_met(shared_case):
    inputs = shared_case("its_sicily_inputs.csv")
    expected = shared_case("its_expected.csv")
    for start, seasons in (("o1", False), ("o2", True)):
        residuals = sicily.fit(
            "least squares",
            inputs["aces"],
            inputs["stdpop"],
            inputs["month"],
            slope=True,
            seasons=seasons,
        ).residuals
        rows = expected[expected["model"].str.startswith(start)]
        found = leftovers(residuals, 12, 0.95).durbin_watson
        assert found == pytest.approx(rows["dispersion_or_dw"].unique().item(), 1e-9)


def test_published_tests_are_met(own_case):
    inputs = own_case("sicily.csv")
    residuals = residuals_of(
        inputs["admissions"], inputs["population"], inputs["month"]
    )
    held(residuals, own_case("ljung_box.csv"))


def test_leftovers_are_said_in_words(own_case):
    inputs = own_case("sicily.csv")
    found = leftovers(
        residuals_of(inputs["admissions"], inputs["population"], inputs["month"]),
        12,
        0.95,
    )
    # Twice the season is 24 lags, a fifth of 59 figures 11.
    assert (found.lags, found.leaning) == (11, True)
    assert "follows a pattern" in found.words
    assert "Durbin-Watson 1.59" in found.words
    calm = leftovers(np.array([1.0, 2, -3, -1, 2, 3, 1, -1, -2, -2, 1, -1]), 1, 0.95)
    assert "no clear pattern" in calm.words


@pytest.mark.parametrize(("n", "lag"), [(1, 1), (12, 2), (30, 3), (100, 4), (200, 4)])
def test_lags_grow_slowly_with_the_series(n, lag):
    assert lag_for(n) == lag


def test_a_gap_is_time_and_not_a_row():
    # Of a mean: scores are the residuals. Neighbours 1 -1, then a period without
    # a figure, then 1: only the first pair is one period apart.
    scores, bread = np.array([[1.0], [-1.0], [1.0]]), np.array([[1.0]])
    whole = newey_west(scores, bread, np.array([0, 1, 2]), lag=1, adjust=False)
    gap = newey_west(scores, bread, np.array([0, 1, 3]), lag=1, adjust=False)
    assert whole.item() == pytest.approx(3 - 2)
    assert gap.item() == pytest.approx(3 - 1)


def test_small_samples_are_adjusted():
    scores, bread = np.array([[1.0], [-1.0], [1.0]]), np.array([[1.0]])
    found = newey_west(scores, bread, np.arange(3), lag=1, adjust=True)
    assert found.item() == pytest.approx(1 * 3 / 2)


def test_independent_figures_seldom_show_a_pattern():
    # One in twenty by chance, and Durbin-Watson near 2.
    rng = np.random.default_rng(1)
    found = [leftovers(rng.normal(size=60), 4, 0.95) for _ in range(200)]
    assert 0.01 < np.mean([each.leaning for each in found]) < 0.1
    assert np.mean([each.durbin_watson for each in found]) == pytest.approx(2, abs=0.1)
