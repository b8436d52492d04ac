"""Lines whose errors fade, against R's nlme and by what must be so."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from perfnb.analysis.effects.autoregressive_fit import autoregressive
from perfnb.analysis.effects.regression_fit import least_squares


def straight(n):
    """Lay out an intercept and a slope."""
    return pd.DataFrame({"intercept": np.ones(n), "time": np.arange(float(n))})


def fading(correlation, n, seed):
    """Draw errors that lean on the one before."""
    shocks = np.random.default_rng(seed).normal(size=n)
    errors = [shocks[0] / np.sqrt(1 - correlation**2)]
    for shock in shocks[1:]:
        errors.append(correlation * errors[-1] + shock)
    return np.array(errors)


def test_published_answers_are_met(own_case):
    body, expected = own_case("beaver.csv"), own_case("autoregressive.csv")
    laid_out = pd.DataFrame({"intercept": 1.0, "active": body["active"]})
    fit, correlation = autoregressive(
        body["temperature"].to_numpy(), laid_out, np.arange(100), restricted=False
    )
    errors = np.sqrt(np.diag(fit.covariance))
    found = {
        "intercept": fit.coefficients["intercept"],
        "active": fit.coefficients["active"],
        "correlation": correlation,
        "intercept_error": errors[0],
        "active_error": errors[1],
        # Maximum likelihood divides by n, the house by n - k.
        "sigma": np.sqrt(fit.dispersion * 98 / 100),
    }
    for row in expected.itertuples():
        half = 0.5 * 10**-row.decimals
        assert found[row.quantity] == pytest.approx(row.value, abs=half * 1.01), row


def test_the_line_is_generalised_least_squares_with_that_correlation():
    values = fading(0.5, 30, seed=2) + np.arange(30)
    fit, correlation = autoregressive(values, straight(30), np.arange(30))
    apart = np.abs(np.subtract.outer(np.arange(30), np.arange(30)))
    theirs = sm.GLS(values, straight(30), sigma=correlation**apart).fit()
    np.testing.assert_allclose(fit.coefficients, theirs.params)
    np.testing.assert_allclose(fit.covariance, theirs.cov_params())


def test_restricted_likelihood_underrates_less():
    # Of 24 figures with a correlation of 0.6, on average over 60 series.
    pairs = [
        [
            autoregressive(values, straight(24), np.arange(24), restricted=choice)[1]
            for choice in (True, False)
        ]
        for values in (fading(0.6, 24, seed) for seed in range(60))
    ]
    restricted, plain = np.mean(pairs, axis=0)
    assert plain < restricted < 0.7
    assert abs(restricted - 0.6) < abs(plain - 0.6)


def test_alternating_errors_have_a_negative_correlation():
    values = np.tile([1.0, -1.0], 10) + np.random.default_rng(3).normal(0, 0.1, 20)
    fit, correlation = autoregressive(values, straight(20), np.arange(20))
    assert correlation < -0.8
    plain = least_squares(values, straight(20), np.arange(20))
    assert fit.covariance[1, 1] < plain.covariance[1, 1]


def test_gaps_are_allowed():
    values = fading(0.6, 60, seed=9)
    kept = np.delete(np.arange(60), [10, 11, 12, 40])
    _, whole = autoregressive(values, straight(60), np.arange(60))
    _, gappy = autoregressive(values[kept], straight(60).iloc[kept], kept)
    assert gappy == pytest.approx(whole, abs=0.1)
