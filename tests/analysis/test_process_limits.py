"""Limits come from how much neighbouring figures differ."""

import numpy as np
import pytest

from perfnb.analysis.process_limits import baseline, mean_moving_range, xmr_limits

WHOLE = [np.arange(6)]


def test_screening_is_a_setting():
    # Steps 1 1 1 1 20, mean 4.8; only 20 is above 3.267 times that.
    values = np.array([1.0, 2, 1, 2, 1, 21])
    screened = xmr_limits(values, WHOLE)
    plain = xmr_limits(values, WHOLE, screen=False)
    assert screened.upper == pytest.approx(28 / 6 + 2.66)
    assert plain.upper == pytest.approx(28 / 6 + 2.66 * 4.8)


def test_only_the_first_points_set_a_baseline():
    values = np.array([4.0, 6, 4, 6, 90, 1])
    found = xmr_limits(values, WHOLE, baseline_points=4)
    assert (found.mean, found.upper) == (5, pytest.approx(5 + 2.66 * 2))


def test_a_baseline_reaches_over_a_gap_but_no_moving_range_does():
    values = np.array([4.0, 6, np.nan, 50, 52, 99])
    found = xmr_limits(
        values, [np.array([0, 1]), np.array([3, 4, 5])], baseline_points=4
    )
    assert (found.mean, found.upper) == (28, pytest.approx(28 + 2.66 * 2))


def test_neighbours_that_do_not_differ_give_a_mean_and_no_limits():
    found = xmr_limits(
        np.array([3.0, 3, np.nan, 5, 5]), [np.arange(2), np.arange(3, 5)]
    )
    assert found.mean == 4
    assert np.isnan([found.lower, found.upper]).all()


def test_figures_that_all_stand_alone_give_a_mean_and_no_limits():
    found = xmr_limits(np.array([3.0, np.nan, 5]), [np.array([0]), np.array([2])])
    assert found.mean == 4
    assert np.isnan(found.upper)


def test_screening_that_would_leave_nothing_leaves_all():
    assert mean_moving_range(np.array([0.0, 0, 0, 0, 8])) == 1.6


def test_a_baseline_longer_than_the_series_is_the_series():
    assert [len(each) for each in baseline(WHOLE, 99)] == [6]
    assert baseline([], 4) == []
