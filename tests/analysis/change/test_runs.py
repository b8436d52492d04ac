"""Sides of the centre: runs that are too long, crossings that are too few."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfnb.analysis.change.runs import runs


def test_a_run_longer_than_allowed_is_a_signal():
    values = np.array([1.0, 3, 1, 3, 3, 3, 3, 3, 3, 3])
    found = runs(values, 2)
    assert (found.longest, found.longest_allowed, found.signal) == (7, 6, True)


def test_too_few_crossings_are_a_signal():
    """Twenty figures in runs of five: none too long, but three crossings only."""
    found = runs(np.array(([1.0] * 5 + [3] * 5) * 2), 2)
    assert (found.longest, found.longest_allowed) == (5, 7)
    assert (found.crossings, found.crossings_allowed, found.signal) == (3, 6, True)


def test_figures_on_the_centre_and_missing_ones_do_not_count():
    found = runs(np.array([1.0, 2, np.nan, 1, 3]), 2)
    assert (found.n, found.longest, found.crossings) == (3, 2, 1)


@pytest.mark.parametrize(
    "values", [[], [np.nan], [2.0], [2.0, 2, 2], [5.0], [1.0] * 9, [0.0, 0]]
)
def test_too_few_figures_give_no_signal(values):
    found = runs(np.array(values), 2)
    assert (found.standing, found.signal) == ("too few points", False)


@given(st.lists(st.integers(-9, 9), max_size=40), st.sampled_from([0.5, 3.0, 1e4]))
def test_neither_unit_nor_direction_nor_side_matters(values, factor):
    held = np.array(values, dtype=float)
    plain = runs(held, 1.0)
    assert runs(held * factor, factor) == plain
    assert runs(-held, -1.0) == plain
    assert runs(held[::-1], 1.0) == plain
