"""Positions, quartiles and verdicts among peers."""

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfnb.analysis.peers import benchmark
from perfnb.errors import PerfnbError

QUIET = settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def shares(numerators, denominator=1000):
    """Make authorities a, b, c and so on with percentages of counts."""
    frame = pd.DataFrame(
        {
            "authority": [chr(97 + place) for place in range(len(numerators))],
            "numerator": pd.array(numerators, dtype="Float64"),
            "denominator": pd.array([denominator] * len(numerators), dtype="Float64"),
        }
    )
    return frame.assign(value=frame["numerator"] / frame["denominator"] * 100)


def place(values, methods, polarity="maximise", interval="wilson", peers=None):
    """Compare the authority `a` with all others."""
    others = [code for code in values["authority"] if code != "a"]
    return benchmark.compare(
        values,
        own="a",
        peers=others if peers is None else peers,
        polarity=polarity,
        interval=interval,
        per=100,
        methods=methods,
    )


def test_reference_quantiles_are_met(shared_case):
    cases = shared_case("quantiles.csv")
    checked = 0
    for (_, within), group in cases.groupby(["GroupSet", "ranked_within"]):
        keys = [] if within == "whole table" else within.split("+")
        parts = group.groupby(keys) if keys else [("", group)]
        for _, rows in parts:
            sign = -1 if rows["lowest_quantile_is_highest_value"].iloc[0] else 1
            ranks = (sign * rows["Value"]).rank(method="min")
            k, n = int(rows["nquantiles"].iloc[0]), int(rows["Value"].notna().sum())
            for rank, expected in zip(ranks, rows["QuantileInGrp"], strict=True):
                found = None if pd.isna(rank) else benchmark.quantile(int(rank), n, k)
                assert found == (None if pd.isna(expected) else expected)
                checked += 1
    assert checked == len(cases) == 982


def test_median_leaves_the_council_out(methods):
    found = place(shares([900, 100, 200, 300]), methods)
    assert (found.median, found.own_value) == (20, 90)
    assert (found.n_peers, found.n_expected, found.n_ranked) == (3, 3, 4)
    assert found.verdict == "better"


def test_the_verdict_needs_the_interval_to_leave_the_median_out(methods):
    # Wilson on 530 of 1000 is 49.9 to 56.1, on 535 of 1000 it is 50.4 to 56.6.
    near = place(shares([530, 490, 500, 510]), methods)
    beyond = place(shares([535, 490, 500, 510]), methods)
    assert (near.verdict, beyond.verdict) == ("no clear difference", "better")


@pytest.mark.parametrize(
    ("polarity", "verdict"),
    [("maximise", "better"), ("minimise", "worse"), ("neutral", "different")],
)
def test_the_verdict_follows_polarity(methods, polarity, verdict):
    assert place(shares([900, 100, 200, 300]), methods, polarity).verdict == verdict


def test_ties_are_a_block(methods):
    found = place(shares([300, 300, 500, 300, 100]), methods)
    assert (found.rank_from, found.rank_to, found.n_ranked) == (2, 4, 5)
    assert found.positions["rank"].tolist() == [1, 2, 2, 2, 5]
    assert found.positions["authority"].tolist() == list("cabde")


def test_ranks_are_of_values_as_given(methods):
    found = place(shares([30_001, 30_000, 29_999], 100_000), methods)
    assert (found.rank_from, found.rank_to) == (1, 1)


def test_neutral_has_no_quartile_and_puts_the_highest_first(methods):
    found = place(shares(list(range(100, 1200, 100)), 2000), methods, "neutral")
    assert found.quartile is None
    assert found.positions["value"].is_monotonic_decreasing
    assert found.lower_quartile is not None


@pytest.mark.parametrize(("n_peers", "has"), [(9, False), (10, True)])
def test_quartiles_need_ten_peers(methods, n_peers, has):
    found = place(shares([100 * (1 + n) for n in range(n_peers + 1)], 2000), methods)
    assert (found.quartile is not None) == has
    assert (found.lower_quartile is not None) == has
    if has:
        assert found.quartile == 4
        assert (found.lower_quartile, found.upper_quartile) == (21.25, 43.75)


def test_small_groups_give_a_position_only(methods):
    found = place(shares([900, 100, 200]), methods)
    assert found.median is None
    assert (found.verdict, found.rank_from) == ("position only", 1)


def test_values_without_counts_give_a_position_only(methods):
    values = shares([900, 100, 200, 300])
    values["numerator"] = pd.NA
    assert place(values, methods).verdict == "position only"
    assert place(shares([900, 100, 200, 300]), methods, interval="none").verdict == (
        "position only"
    )


def test_missing_peers_are_named(methods):
    found = place(shares([900, 100, None, 300]), methods, peers=list("bcdz"))
    assert found.missing == ("c", "z")
    assert (found.n_peers, found.n_expected) == (2, 4)


def test_own_without_a_figure(methods):
    found = place(shares([None, 100, 200, 300]), methods)
    assert (found.verdict, found.own_value) == ("no own figure", None)
    assert (found.rank_from, found.rank_to, found.quartile) == (None, None, None)
    assert (found.median, found.n_ranked) == (20, 3)


def test_no_peers_at_all(methods):
    assert place(shares([900, None]), methods).verdict == "no peers"
    assert place(shares([900]), methods).verdict == "no peers"


def test_others_are_left_out(methods):
    found = place(shares([900, 100, 200, 300, 800]), methods, peers=list("bcd"))
    assert "e" not in set(found.positions["authority"])


COUNTS = st.lists(st.one_of(st.none(), st.integers(0, 1000)), min_size=1, max_size=14)


@QUIET
@given(COUNTS)
def test_mirrored_polarity_gives_the_mirrored_verdict(methods, numerators):
    mirror = {"better": "worse", "worse": "better"}
    up = place(shares(numerators), methods, "maximise")
    down = place(shares(numerators), methods, "minimise")
    assert down.verdict == mirror.get(up.verdict, up.verdict)
    if up.rank_from is not None:
        assert down.rank_from == up.n_ranked + 1 - up.rank_to


@QUIET
@given(COUNTS, st.randoms(use_true_random=False))
def test_row_order_does_not_matter(methods, numerators, random):
    values = shares(numerators)
    peers = [code for code in values["authority"] if code != "a"]
    order = list(range(len(values)))
    random.shuffle(order)
    found = place(values.iloc[order], methods, peers=peers)
    expected = place(values, methods, peers=peers)
    pd.testing.assert_frame_equal(found.positions, expected.positions)
    for name in ("verdict", "median", "quartile", "rank_from", "rank_to", "missing"):
        assert getattr(found, name) == getattr(expected, name)


@pytest.mark.parametrize(
    ("values", "peers", "words"),
    [
        (shares([1, 2]), ["a", "b"], "among its own peers"),
        (shares([1, 2]), ["b", "b"], "The peer 'b' comes more than once"),
        (pd.concat([shares([1])] * 2), ["b"], "The authority 'a' comes more than"),
        (shares([1]).drop(columns="value"), ["b"], "lack the column 'value'"),
    ],
)
def test_mistakes_are_named(methods, values, peers, words):
    with pytest.raises(PerfnbError, match=words):
        place(values, methods, peers=peers)


def test_there_is_no_rank_beyond_the_last():
    with pytest.raises(PerfnbError, match="no rank 5 among 4"):
        benchmark.quantile(5, 4, 4)
