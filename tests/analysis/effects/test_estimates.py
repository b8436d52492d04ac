"""Limits come from the larger error and mean something."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from perfnb.analysis.effects.estimates import estimate, terms
from perfnb.analysis.effects.regression_fit import least_squares
from perfnb.errors import PerfnbError

NOISE = np.random.default_rng(8).normal(size=30)


def fitted(values):
    """Fit a straight line."""
    n = len(values)
    laid_out = pd.DataFrame({"intercept": np.ones(n), "time": np.arange(float(n))})
    return least_squares(values, laid_out, np.arange(n))


@pytest.mark.parametrize("values", [NOISE, NOISE.cumsum()])
def test_the_larger_error_makes_the_limits(values):
    fit = fitted(values)
    own, robust, larger = (
        terms(fit, errors)["standard_error"].to_numpy()
        for errors in ("own", "newey-west", "larger")
    )
    assert larger.tolist() == np.maximum(own, robust).tolist()
    found = estimate(fit, [0, 1], 0.95)
    margin = stats.t.ppf(0.975, 28) * larger[1]
    assert found.value == pytest.approx(fit.coefficients["time"])
    assert found.upper - found.value == pytest.approx(margin)
    assert found.value - found.lower == pytest.approx(margin)


def test_either_error_can_be_the_larger():
    waves = fitted(np.repeat([1.0, -1, 1, -1, 1, -1], 5) + NOISE / 10)
    zigzag = fitted(np.tile([1.0, -1.0], 15) + NOISE / 10)
    assert waves.newey_west[1, 1] > waves.covariance[1, 1]
    assert zigzag.newey_west[1, 1] < zigzag.covariance[1, 1]


def test_a_sum_of_terms_by_hand():
    # Mean of 2, 4, 6, 8 at the middle of time, with an error of s / root n: the
    # line meets every figure, so that only rounding is left.
    found = estimate(fitted(np.array([2.0, 4, 6, 8])), [1, 1.5], 0.95)
    assert found.value == pytest.approx(5)
    assert 0 < found.upper - found.lower < 1e-6


def test_higher_confidence_is_wider():
    fit = fitted(NOISE)
    narrow, wide = (estimate(fit, [1, 0], share) for share in (0.9, 0.99))
    assert wide.lower < narrow.lower < narrow.value < narrow.upper < wide.upper


def test_an_unknown_error_is_named():
    with pytest.raises(PerfnbError, match="'robust' is no kind of error"):
        terms(fitted(NOISE), "robust")
