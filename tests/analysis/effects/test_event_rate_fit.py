"""Lines through counts of events, also those that no line fits."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats

from perfnb.analysis.effects.estimates import terms
from perfnb.analysis.effects.event_rate_fit import event_rates
from perfnb.errors import PerfnbError

from . import sicily


def straight(n):
    """Lay out an intercept and a slope."""
    return pd.DataFrame({"intercept": np.ones(n), "time": np.arange(float(n))})


def test_published_rate_ratios_are_met(own_case):
    # The paper's limits are normal ones, of the model's own error; its lower limit
    # of 0.864 is 0.8647 by R too, so that a unit of the last decimal is allowed.
    inputs = own_case("sicily.csv")
    for row in own_case("interrupted_series.csv").itertuples():
        fit = sicily.fit(
            row.model,
            inputs["admissions"],
            inputs["population"],
            inputs["month"],
            slope=False,
            seasons=row.seasons == "yes",
        )
        level = terms(fit, "own").set_index("term").loc["level"]
        margin = stats.norm.ppf(0.975) * level["standard_error"]
        found = np.exp(level["estimate"] + np.array([0, -1, 1]) * margin)
        expected = [row.rate_ratio, row.lower, row.upper]
        assert found == pytest.approx(expected, abs=1e-3)


def test_a_ratio_by_hand():
    # 20 events in 200, then 60 in 200: three times as many.
    laid_out = pd.DataFrame({"intercept": 1.0, "level": [0.0, 0, 1, 1]})
    events, exposure = np.array([8.0, 12, 29, 31]), np.full(4, 100.0)
    fit = event_rates(events, exposure, laid_out, np.arange(4), dispersion=1)
    assert np.exp(fit.coefficients["level"]) == pytest.approx(3)
    error = terms(fit, "own")["standard_error"][1]
    assert error == pytest.approx(np.sqrt(1 / 20 + 1 / 60))
    assert fit.degrees == np.inf


def test_what_events_are_counted_in_comes_in():
    events, exposure = np.array([10.0, 20, 30, 40]), np.array([100.0, 200, 300, 400])
    fit = event_rates(events, exposure, straight(4), np.arange(4), dispersion=1)
    assert np.exp(fit.coefficients.tolist()) == pytest.approx([0.1, 1])


def test_newey_west_errors_are_those_of_statsmodels():
    rng = np.random.default_rng(4)
    events, exposure = rng.poisson(30, 24).astype(float), rng.uniform(90, 110, 24)
    model = sm.GLM(events, straight(24), sm.families.Poisson(), offset=np.log(exposure))
    theirs = model.fit(cov_type="HAC", cov_kwds={"maxlags": 2, "use_correction": False})
    ours = event_rates(
        events, exposure, straight(24), np.arange(24), lag=2, adjust=False
    )
    np.testing.assert_allclose(ours.newey_west, theirs.cov_params(), rtol=1e-6)


@pytest.mark.parametrize(
    "events", [[0, 0, 0, 0, 0, 0], [9, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 9]]
)
def test_counts_too_bare_for_a_line_have_none(events):
    counts = np.array(events, float)
    assert event_rates(counts, np.full(6, 50.0), straight(6), np.arange(6)) is None


def test_counts_that_a_line_meets_exactly_have_one():
    counts, exposure = np.full(6, 12.0), np.full(6, 50.0)
    fit = event_rates(counts, exposure, straight(6), np.arange(6), dispersion=1)
    assert np.exp(fit.coefficients["intercept"]) == pytest.approx(0.24)
    assert terms(fit, "own")["standard_error"].gt(0).all()


@pytest.mark.parametrize(("event", "exposure"), [(-1.0, 50.0), (3.0, 0.0)])
def test_impossible_counts_are_refused(event, exposure):
    events, exposures = np.full(6, event), np.full(6, exposure)
    with pytest.raises(PerfnbError, match="must not be below 0"):
        event_rates(events, exposures, straight(6), np.arange(6))
