"""Does a place on a basket hold? Without a member, and with other weights."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfnb.analysis.weighting.basket_ranking import ranks
from perfnb.analysis.weighting.double_counting import double_counting
from perfnb.analysis.weighting.leave_one_out import leave_one_out
from perfnb.analysis.weighting.weight_ranges import weight_ranges
from perfnb.errors import PerfnbError

MEANS = ("arithmetic", "geometric", "harmonic")
QUIET = settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def table(**columns):
    """Make scores of councils a, b, c and so on."""
    frame = pd.DataFrame(columns, dtype=float)
    frame.index = [chr(97 + place) for place in range(len(frame))]
    return frame


def weights(**each):
    """Make a basket with these weights."""
    return pd.DataFrame({"indicator": list(each), "weight": list(each.values())})


def without(scores, basket, methods, own="a", mean="arithmetic"):
    """Leave each member out."""
    return leave_one_out(scores, basket, own=own, mean=mean, methods=methods)


def varied(scores, basket, methods, own="a", mean="arithmetic"):
    """Vary the weights."""
    return weight_ranges(scores, basket, own=own, mean=mean, methods=methods)


def test_leaving_out_worked_by_hand(methods):
    # a: (90 + 20 + 40) / 3 = 50; b: 60; c: (10 + 80 + 45) / 3 = 45.
    scores = table(x=[90, 60, 10], y=[20, 60, 80], z=[40, 60, 45])
    found = without(scores, weights(x=1, y=1, z=1), methods)
    assert (found.score, found.rank, found.n_ranked) == (pytest.approx(50), 2, 3)
    assert found.members["score"].tolist() == pytest.approx([30, 65, 55])
    assert found.members["change"].tolist() == pytest.approx([-20, 15, 5])
    assert found.members["rank"].tolist() == [3, 1, 2]
    assert found.members["places"].tolist() == [1, -1, 0]
    assert (found.most_moving, found.verdict) == ("x", "place moves")


def test_a_place_that_holds(methods):
    found = without(table(x=[90, 10], y=[80, 20]), weights(x=1, y=1), methods)
    assert found.verdict == "place holds"
    assert varied(
        table(x=[90, 10], y=[80, 20]), weights(x=1, y=1), methods
    ).verdict == ("place holds")


def test_a_member_without_weight_moves_nothing(methods):
    found = without(
        table(x=[90, 10], y=[80, 20], z=[0, 99]), weights(x=1, y=1, z=0), methods
    )
    row = found.members.set_index("indicator").loc["z"]
    assert (row["change"], row["places"], row["share"]) == (0, 0, 0)


def test_what_is_left_must_still_cover_enough(methods):
    # Without x, council b has half of what is left of the weight.
    scores = table(x=[90, 60], y=[20, 50], z=[40, None])
    found = without(scores, weights(x=3, y=1, z=1), methods)
    row = found.members.set_index("indicator").loc["x"]
    assert (found.n_ranked, row["n_ranked"]) == (2, 1)


@pytest.mark.parametrize(
    ("scores", "basket", "verdict"),
    [
        (table(x=[90, 10]), weights(x=1), "one member"),
        (table(x=[90, 10], y=[5, 50]), weights(x=1, y=0), "one member"),
        (table(x=[90], y=[10]), weights(x=1, y=1), "score only"),
        (table(x=[None, 10], y=[None, 5]), weights(x=1, y=1), "no score"),
    ],
)
def test_why_a_place_cannot_move_is_said(methods, scores, basket, verdict):
    assert without(scores, basket, methods).verdict == verdict
    assert varied(scores, basket, methods).verdict == verdict


def test_the_only_member_left_out_leaves_nothing(methods):
    found = without(table(x=[90, 10]), weights(x=1), methods)
    row = found.members.iloc[0]
    assert pd.isna(row["score"])
    assert pd.isna(row["rank"])
    assert (row["n_ranked"], found.most_moving) == (0, None)


def test_without_a_score_there_is_no_range(methods):
    found = varied(table(x=[None, 10], y=[None, 5]), weights(x=1, y=1), methods)
    assert (found.score, found.rank, found.rank_from) == (None, None, None)
    assert found.authorities["authority"].tolist() == ["b"]


def test_weights_move_what_lies_close_together(methods):
    # a leads b by 1 point; x at 62.5% instead of 50% of the weight turns that round.
    scores = table(x=[40, 60, 0], y=[60, 38, 0])
    found = varied(scores, weights(x=1, y=1), methods)
    assert (found.rank, found.rank_from, found.rank_to) == (1, 1, 2)
    assert found.verdict == "place depends on weights"
    assert found.score_lower < 50 < found.score_upper
    last = found.authorities.iloc[-1]
    assert (last["authority"], last["rank_from"], last["rank_to"]) == ("c", 3, 3)
    assert found.n_draws == methods.basket_weight_draws
    assert "Saisana" in found.method


def test_the_range_of_a_score_is_that_of_its_weights(methods):
    # Of two weights between 0.75 and 1.25, the first is more than 1.4849 times the
    # second with a chance of 2.5%: (1.25 - 0.75 r)^2 / (2 r) / 0.25 = 0.025.
    found = varied(table(x=[100, 0], y=[0, 0]), weights(x=1, y=1), methods)
    assert found.score_upper == pytest.approx(100 * 1.4849 / 2.4849, abs=0.8)
    assert found.score_lower == pytest.approx(100 / 2.4849, abs=0.8)


def test_draws_can_be_made_again(methods):
    scores = table(x=[40, 60], y=[60, 39])
    one, two = (varied(scores, weights(x=1, y=1), methods) for _ in range(2))
    pd.testing.assert_frame_equal(one.authorities, two.authorities)
    other = methods.model_copy(update={"basket_seed": methods.basket_seed + 1})
    assert varied(scores, weights(x=1, y=1), other).score_lower != one.score_lower


CELLS = st.lists(
    st.tuples(*[st.floats(0, 100) | st.none()] * 3), min_size=2, max_size=6
)


@QUIET
@given(CELLS, st.randoms(use_true_random=False), st.sampled_from(MEANS))
def test_order_does_not_matter_and_ranges_hold_the_figure(methods, cells, random, mean):
    scores = table(**dict(zip("xyz", zip(*cells, strict=True), strict=True)))
    basket = weights(x=1, y=2, z=3)
    few = methods.model_copy(update={"basket_weight_draws": 100})
    found = varied(scores, basket, few, mean=mean)
    rows = found.authorities
    assert (rows["score_lower"] <= rows["score"]).all()
    assert (rows["score"] <= rows["score_upper"]).all()
    assert (rows["rank_from"] <= rows["rank"]).all()
    assert (rows["rank"] <= rows["rank_to"]).all()
    order = list(scores.index)
    random.shuffle(order)
    turned = scores.loc[order, ["z", "x", "y"]]
    again = varied(turned, basket.iloc[::-1], few, mean=mean)
    pd.testing.assert_frame_equal(again.authorities, rows)
    pd.testing.assert_frame_equal(
        without(turned, basket.iloc[::-1], few).members,
        without(scores, basket, few).members,
    )


def test_ranks_share_ties():
    assert ranks(np.array([5.0, 5, 9, 1])).tolist() == [2, 2, 1, 4]


@pytest.mark.parametrize(
    ("scores", "basket", "own", "words"),
    [
        (table(x=[1, 2]), weights(x=1), "q", "'q' is not among those scored"),
        (table(x=[1, 2]), weights(x=1, y=1), "a", "lack the column 'y'"),
        (table(x=[1, 2]), weights(x=-1), "a", "below 0"),
        (table(x=[1, 2]), weights(), "a", "has no members"),
        (
            pd.DataFrame({"x": [1.0, 2.0]}, index=["a", "a"]),
            weights(x=1),
            "a",
            "authority 'a' comes more than once",
        ),
        (
            table(x=[1, 2]),
            weights(x=1).rename(columns={"weight": "w"}),
            "a",
            "lack the column 'weight'",
        ),
    ],
)
def test_mistakes_are_named(methods, scores, basket, own, words):
    for ask in (without, varied):
        with pytest.raises(PerfnbError, match=words):
            ask(scores, basket, methods, own=own)


def test_an_unknown_mean_is_named(methods):
    for ask in (without, varied):
        with pytest.raises(PerfnbError, match="'median' is not a mean"):
            ask(table(x=[1, 2]), weights(x=1), methods, mean="median")


def test_the_same_thing_twice_is_said(methods):
    once = np.arange(12.0)
    noise = np.array([3.0, 9, 1, 7, 2, 11, 5, 0, 8, 4, 10, 6])
    found = double_counting(
        table(x=once, y=once * 2 + 1, z=-once, other=noise), methods=methods
    )
    said = found.pairs.set_index(["first", "second"])["verdict"]
    assert said["x", "y"] == "much the same thing"
    assert said["x", "z"] == "pull against each other"
    assert said["other", "x"] == "different things"
    assert len(found.notes) == 3
    assert "counts twice (correlation 1.00 among 12 councils)" in " ".join(found.notes)


def test_too_few_or_all_alike_cannot_be_correlated(methods):
    few = double_counting(table(x=[1, 2, 3], y=[3, 2, 1]), methods=methods)
    assert few.pairs["verdict"].tolist() == ["too few councils"]
    flat = double_counting(table(x=[5] * 12, y=np.arange(12)), methods=methods)
    assert flat.pairs["verdict"].tolist() == ["no spread"]
    assert flat.pairs["correlation"].isna().all()
    assert flat.notes == ()


def test_one_member_or_none_has_no_pairs(methods):
    assert double_counting(table(x=[1.0, 2]), methods=methods).pairs.empty
    assert double_counting(pd.DataFrame(), methods=methods).pairs.empty
