"""Means of scores: published answers, missing scores, and what adds up."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from perfnb.analysis.weighting import aggregation
from perfnb.errors import PerfnbError

UPSTREAM = {
    "a_amean": "arithmetic",
    "a_gmean": "geometric",
    "a_hmean": "harmonic",
    "a_amean (COINr own NA handling)": "arithmetic",
}
ROWS = st.integers(1, 6).flatmap(
    lambda n: st.tuples(
        st.lists(st.floats(0, 100), min_size=n, max_size=n),
        st.lists(st.floats(0, 10), min_size=n, max_size=n),
        st.permutations(range(n)),
    )
)


def test_reference_baskets_are_met(shared_case):
    expected = shared_case("composite_expected.csv")
    members = shared_case("composite_indicators.csv")
    scores = shared_case("composite_normalised.csv")
    scores = scores[scores["method"] == "minmax_1_100"].set_index("uCode")
    checked = 0
    for (basket, name), cases in expected.groupby(["basket", "method"]):
        these = members[members["Parent"] == basket]
        table = scores.loc[cases["uCode"], these["iCode"]].to_numpy(dtype=float)
        share = aggregation.shares(these["Weight_example"])
        found = aggregation.combined(table, share, UPSTREAM[name])
        if name in ("a_amean", "a_gmean", "a_hmean"):
            # Upstream gives these no value when any member is missing.
            whole = aggregation.coverage(table, share) > 1 - 1e-12
            found = np.where(whole, found, np.nan)
        np.testing.assert_allclose(found, cases["value"], rtol=1e-9, err_msg=name)
        checked += len(cases)
    assert checked == len(expected) == 612


def test_published_baskets_are_met(own_case):
    cases = own_case("aggregation.csv").set_index("authority")
    names = list(cases.columns[:5])
    share = aggregation.shares(cases.loc["weight", names])
    rows = cases.drop(index="weight")
    table = rows[names].to_numpy(dtype=float)
    whole = np.isfinite(table).all(axis=1)
    assert whole.sum() == 12
    for mean in aggregation.MEANS:
        found = aggregation.combined(table, share, mean)
        np.testing.assert_allclose(found[whole], rows.loc[whole, mean], rtol=1e-9)
    found = aggregation.combined(table, share, "arithmetic")
    np.testing.assert_allclose(found, rows["arithmetic_over_present"], rtol=1e-9)


@given(ROWS, st.sampled_from(list(aggregation.MEANS)))
def test_a_score_lies_among_those_of_its_members(row, mean):
    scores, weights, order = row
    assume(sum(weights) > 1e-6)
    numbers, share = np.array(scores), aggregation.shares(weights)
    found = float(aggregation.combined(numbers[None, :], share, mean)[0])
    used = numbers[share > 0]
    assert used.min() - 1e-6 <= found <= used.max() + 1e-6
    again = aggregation.combined(numbers[None, order], share[list(order)], mean)
    assert again[0] == pytest.approx(found, abs=1e-6)


@given(ROWS)
def test_a_stricter_mean_is_never_more(row):
    scores, weights, _ = row
    assume(sum(weights) > 1e-6)
    share = aggregation.shares(weights)
    found = [
        float(aggregation.combined(np.array([scores]), share, mean)[0])
        for mean in ("harmonic", "geometric", "arithmetic")
    ]
    assert found[0] <= found[1] + 1e-6 <= found[2] + 2e-6


def test_many_weights_are_tried_at_once():
    scores = np.array([[80.0, 20], [np.nan, 50]])
    tried = np.array([[0.5, 0.5], [1.0, 0.0]])
    for mean in aggregation.MEANS:
        found = aggregation.combined(scores, tried, mean)
        for place, weights in enumerate(tried):
            single = aggregation.combined(scores, weights, mean)
            np.testing.assert_allclose(found[:, place], single)
    assert aggregation.coverage(scores, tried).tolist() == [[1, 1], [0.5, 0]]


@pytest.mark.parametrize("mean", ["geometric", "harmonic"])
def test_a_nought_with_a_weight_is_not_made_up_for(mean):
    scores = np.array([[0.0, 100]])
    assert aggregation.combined(scores, np.array([0.1, 0.9]), mean)[0] == 0
    assert aggregation.combined(scores, np.array([0.0, 1.0]), mean)[0] == (
        pytest.approx(100)
    )


@pytest.mark.parametrize("mean", list(aggregation.MEANS))
def test_nothing_there_gives_nothing(mean):
    share = np.array([0.5, 0.5, 0.0])
    scores = np.array([[np.nan, np.nan, 40.0]])
    assert np.isnan(aggregation.combined(scores, share, mean)).all()
    assert aggregation.coverage(scores, share).tolist() == [0]


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ([1, -1], "weight of -1 is below 0"),
        ([0, 0], "Every weight of the basket is 0"),
        ([1, None], "has no weight"),
        (["much"], "not a number"),
    ],
)
def test_weights_that_are_none_are_named(weights, words):
    with pytest.raises(PerfnbError, match=words):
        aggregation.shares(weights)


def test_no_weights_are_no_mistake():
    assert aggregation.shares([]).tolist() == []


def test_unknown_means_and_negative_scores_are_named():
    scores, share = np.array([[-1.0, 1]]), np.array([0.5, 0.5])
    with pytest.raises(PerfnbError, match="'middle' is not a mean"):
        aggregation.combined(scores, share, "middle")
    with pytest.raises(PerfnbError, match="geometric mean takes no score below 0"):
        aggregation.combined(scores, share, "geometric")
    assert aggregation.combined(scores, share, "arithmetic").tolist() == [0]
