"""One figure against the spread of its peers: published prediction intervals."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from perfnb.analysis.worth.peer_spread import peer_limits, peer_t

PEERS = st.lists(st.integers(-1000, 1000), min_size=2, max_size=12)


def test_a_published_interval_is_met(own_case):
    # The interval of one more around the mean is as wide as that of the one
    # around itself.
    case = own_case("peer_spread.csv").iloc[0]
    peers = np.array([float(number) for number in case["peers"].split()])
    found = peer_limits(peers.mean(), peers, 0.95)
    assert peers.mean() == pytest.approx(case["mean"], abs=0.005)
    assert peers.std(ddof=1) == pytest.approx(case["standard_deviation"], abs=0.005)
    # Published from figures rounded to two decimals.
    assert found == pytest.approx((case["lower"], case["upper"]), abs=0.015)


def test_reference_intervals_are_met(shared_case):
    # R's mean forecast has the interval of one more: t s root(1 + 1/n).
    expected = shared_case("forecast_expected.csv")
    inputs = shared_case("forecast_inputs.csv")
    cases = expected[expected["method"] == "mean"]
    for case in cases.itertuples():
        series = inputs.loc[inputs["series"] == case.series, "value"]
        peers = series.to_numpy(dtype=float)
        for confidence, lower, upper in (
            (0.8, case.lo80, case.hi80),
            (0.95, case.lo95, case.hi95),
        ):
            found = peer_limits(peers.mean(), peers, confidence)
            assert found == pytest.approx((lower, upper), rel=1e-9)
    assert len(cases) == 64


@pytest.mark.parametrize("peers", [[], [5], [5, 5, 5], [0, 0]])
def test_peers_without_a_spread_give_no_limits(peers):
    numbers = np.array(peers, dtype=float)
    assert peer_t(7.0, numbers) is None
    assert peer_limits(7.0, numbers, 0.95) is None


@given(st.integers(-1000, 1000), PEERS, st.sampled_from([0.01, 1000.0]))
def test_limits_hold_the_figure_and_the_unit_does_not_matter(value, peers, factor):
    assume(len(set(peers)) > 1)
    numbers = np.array(peers, dtype=float)
    lower, upper = peer_limits(value, numbers, 0.95)
    assert lower <= value <= upper
    t, freedom = peer_t(value, numbers)
    assert peer_t(value * factor, numbers * factor)[0] == pytest.approx(t)
    assert peer_t(-value, -numbers)[0] == pytest.approx(-t)
    assert freedom == len(peers) - 1
