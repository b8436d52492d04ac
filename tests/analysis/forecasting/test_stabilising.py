"""Scales on which no forecast leaves its bounds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfnb.analysis.forecasting.stabilising import scale_for
from perfnb.errors import PerfnbError


@given(st.lists(st.floats(0, 100), min_size=1), st.sampled_from([None, 100.0]))
def test_there_and_back_changes_nothing(values, upper):
    values = np.array(values)
    scale = scale_for(values, 0, upper)
    assert scale.back(scale.there(values)) == pytest.approx(values, abs=1e-9)


@given(st.lists(st.floats(-50, 50), min_size=1))
def test_nothing_that_comes_back_lies_beyond_a_bound(scaled):
    share = scale_for(np.array([5.0]), 0, 100).back(np.array(scaled))
    count = scale_for(np.array([5.0]), 0, None).back(np.array(scaled))
    assert (share >= 0).all()
    assert (share <= 100).all()
    assert (count >= 0).all()


def test_the_bounds_themselves_have_a_place():
    values = np.array([0.0, 100.0])
    assert np.isfinite(scale_for(values, 0, 100).there(values)).all()


def test_values_without_bounds_stay_as_they_are():
    values = np.array([-3.0, 4.0])
    scale = scale_for(values, None, None)
    assert scale.name == "as they are"
    assert scale.there(values).tolist() == scale.back(values).tolist() == [-3.0, 4.0]


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        ((None, 100), "needs a lower bound as well"),
        ((100, 0), "hold nothing"),
        ((0, 4), "5 lies above the upper bound of 4"),
        ((6, None), "5 lies below the lower bound of 6"),
    ],
)
def test_bounds_that_do_not_fit_are_named(bounds, words):
    with pytest.raises(PerfnbError, match=words):
        scale_for(np.array([5.0]), *bounds)
