"""Rises less falls over all pairs, against published figures and by hand."""

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats

from perfnb.analysis.change import mann_kendall
from perfnb.analysis.change.mann_kendall import Score


@pytest.fixture(scope="module")
def series(own_case):
    """Give the figures of every series by name."""
    cases = own_case("mann_kendall.csv")
    written = cases[cases["figures"].notna()].set_index("series")["figures"]
    found = {
        name: np.array(text.split(), dtype=float) for name, text in written.items()
    }
    found["Nile"] = sm.datasets.nile.load_pandas().data["volume"].to_numpy()
    found["ldeaths"] = own_case("seasons.csv")["value"].to_numpy(dtype=float)
    return found


def significant_lags(values):
    """Widen the variance by the lags that stand out, as the paper of 1998 does."""
    n = len(values)
    place = np.arange(n)
    paired = mann_kendall.pairs(values, place.astype(float))
    slope = float(np.median(paired.differences / paired.lags))
    found = mann_kendall.rank_autocorrelations(values, place, slope)
    kept = np.where(np.abs(found) > stats.norm.ppf(0.975) / np.sqrt(n), found, 0)
    plain = mann_kendall.score(values)
    return Score(plain.s, plain.variance * mann_kendall.variance_factor(kept, n))


def test_published_figures_are_met(own_case, series):
    cases = own_case("mann_kendall.csv")
    for case in cases.itertuples():
        values = series[case.series]
        found = {
            "plain": mann_kendall.score,
            "significant lags": significant_lags,
            "seasonal": lambda v, period=case.period: mann_kendall.seasonal_score(
                v, np.arange(len(v)) % int(period)
            ),
        }[case.test](values)
        decimals = len(str(case.z).split(".")[1])
        within = max(0.51 * 10**-decimals, 1e-9)
        assert found.z == pytest.approx(case.z, abs=within)
        for name in ("s", "variance", "p"):
            if not np.isnan(getattr(case, name)):
                expected = pytest.approx(getattr(case, name), rel=1e-9, abs=1e-15)
                assert getattr(found, name) == expected
    assert len(cases) == 10


def test_scipy_counts_the_same(series):
    values = series["twenty-two"]
    found = mann_kendall.score(values)
    tau = stats.kendalltau(np.arange(len(values)), values)
    n, ties = len(values), np.unique(values, return_counts=True)[1]
    pairs = n * (n - 1) / 2
    untied = pairs - (ties * (ties - 1) / 2).sum()
    assert found.s / np.sqrt(pairs * untied) == pytest.approx(tau.statistic)


def test_a_season_is_compared_with_itself_only():
    # Each quarter rises by one every year, whatever lies between.
    values = np.array([10.0, 90, 30, 50, 11, 91, 31, 51, 12, 92, 32, 52])
    found = mann_kendall.seasonal_score(values, np.arange(12) % 4)
    assert found.s == 4 * 3


def test_nothing_that_varies_is_nothing_certain():
    found = mann_kendall.score(np.array([5.0, 5, 5]))
    assert (found.s, found.variance, found.z, found.p) == (0, 0, 0, 1)


def test_a_gap_costs_a_lag_its_pairs_and_nothing_else():
    values = np.array([1.0, 2, 1, 2, 1, 2, 1, 2])
    whole = mann_kendall.rank_autocorrelations(values, np.arange(8), 0.0)
    keep = [0, 1, 2, 4, 5, 6, 7]
    gap = mann_kendall.rank_autocorrelations(values[keep], np.arange(8)[keep], 0.0)
    assert gap[0] == pytest.approx(whole[0], abs=0.1)
    assert np.sign(gap[:4]).tolist() == np.sign(whole[:4]).tolist()


def test_short_series_lean_more_than_they_seem():
    assert mann_kendall.first_order(0.3, 12) > mann_kendall.first_order(0.3, 40) > 0.3
    assert mann_kendall.first_order(-0.5, 20) == 0
    assert mann_kendall.first_order(1.0, 10) == mann_kendall.MOST_CORRELATED
    assert mann_kendall.first_order(0.9, 4) == 0


def test_no_correlation_leaves_the_variance_alone():
    assert mann_kendall.variance_factor(np.zeros(9), 10) == 1
    assert mann_kendall.variance_factor(np.array([0.5]), 2) == 1
