"""Correlations with their limits, and series shifted against one another."""

import numpy as np
import pytest

from perfnb.analysis.correlations import correlation, shifted


def test_limits_of_a_correlation_worked_by_hand():
    # r = 0.828571; artanh r -/+ 1.959964 / sqrt(6 - 3).
    one = np.array([1.0, 2, 3, 4, 5, 6, np.nan])
    two = np.array([2.0, 1, 4, 3, 6, 5, 9])
    found = correlation(one, two, confidence=0.95, least=5)
    assert (found.n, found.standing) == (6, "correlation")
    assert found.r == pytest.approx(29 / 35)
    middle, reach = np.arctanh(29 / 35), 1.959964 / np.sqrt(3)
    assert found.lower == pytest.approx(np.tanh(middle - reach), abs=1e-6)
    assert found.upper == pytest.approx(np.tanh(middle + reach), abs=1e-6)


def test_what_was_fitted_before_widens_the_limits():
    one, two = np.arange(12.0), np.array([3.0, 9, 1, 7, 2, 11, 5, 0, 8, 4, 10, 6])
    plain = correlation(one, two, confidence=0.95, least=5)
    fitted = correlation(one, two, confidence=0.95, least=5, fitted=5)
    assert fitted.r == plain.r
    assert fitted.lower < plain.lower < plain.r < plain.upper < fitted.upper


@pytest.mark.parametrize(
    ("one", "two", "standing"),
    [
        ([1.0, 2, 3], [1.0, 2, 3], "too few pairs"),
        ([], [], "too few pairs"),
        ([np.nan] * 9, [1.0] * 9, "too few pairs"),
        ([5.0] * 9, list(range(9)), "no spread"),
        ([0.0] * 9, list(range(9)), "no spread"),
    ],
)
def test_what_cannot_be_correlated_is_said(one, two, standing):
    found = correlation(
        np.array(one, dtype=float),
        np.array(two, dtype=float),
        confidence=0.95,
        least=2,
    )
    assert found.standing == standing
    assert np.isnan([found.r, found.lower, found.upper]).all()


def test_a_perfect_correlation_has_no_width():
    line = np.arange(9.0)
    found = correlation(line, -3 * line, confidence=0.95, least=5)
    assert (found.r, found.lower, found.upper) == pytest.approx((-1, -1, -1))


@pytest.mark.parametrize(
    ("lag", "one", "two"),
    [
        (0, [1, 2, 3], [7, 8, 9]),
        (1, [1, 2], [8, 9]),
        (-1, [2, 3], [7, 8]),
        (3, [], []),
        (-5, [], []),
    ],
)
def test_a_shift_pairs_each_figure_with_a_later_one(lag, one, two):
    found = shifted(np.array([1.0, 2, 3]), np.array([7.0, 8, 9]), lag)
    assert [part.tolist() for part in found] == [one, two]
