"""A target is held against the past, chance, peers and the outlook."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfnb.analysis.targeting.challenge import FINDINGS, NOT_TESTED, challenge
from perfnb.analysis.targeting.peer_reach import peer_reach
from perfnb.analysis.targeting.projection import Projection, extrapolated
from perfnb.errors import PerfnbError
from perfnb.registers import Target


def level(value=None, **cells):
    """Make an illustrative target for the district."""
    return Target(
        indicator="IL1",
        period="2025-26",
        kind="level",
        value=value,
        rationale="Illustrative",
        basis="illustrative",
        **cells,
    )


def years(*values):
    """Lay out figures of years."""
    periods = [f"year {number}" for number in range(1, len(values) + 1)]
    return pd.DataFrame({"period": periods, "value": pd.array(values, dtype="Float64")})


@pytest.fixture
def ask(methods):
    """Test a target of a share of which more is better."""

    def test(target, past, **how):
        how = {"polarity": "maximise", "decimals": 1, "upper_bound": 100, **how}
        return challenge(target, past, methods=methods, **how)

    return test


@pytest.fixture
def peers(methods):
    """Hold a target against twelve peers."""

    def reach(values, target, polarity="maximise"):
        return peer_reach(
            values,
            target,
            group="neighbours",
            period="2024-25",
            polarity=polarity,
            decimals=1,
            methods=methods,
        )

    return reach


@pytest.mark.parametrize(
    ("target", "past", "polarity", "expected"),
    [
        (0.33, (31, 32, 33), "maximise", "wrong scale"),
        (420, (73_000, 73_390), "minimise", "wrong scale"),
        (330, (31, 32, 33), "minimise", "wrong scale"),
        (330, (31, 32, 33), "maximise", "impossible"),
        (-5, (31, 32, 33), "minimise", "impossible"),
        (0, (5, 4, 6), "minimise", "zero"),
        (30, (31, 32, 33), "maximise", "below current performance"),
        (40, (31, 32, 33), "minimise", "below current performance"),
        (33, (31, 32, 33), "maximise", "same as current performance"),
        (34, (31, 32, 33), "maximise", "better than current performance"),
        (30, (31, 32, 33), "minimise", "better than current performance"),
    ],
)
def test_each_rule_has_its_finding(ask, target, past, polarity, expected):
    bound = 100 if polarity == "maximise" else None
    found = ask(level(target), years(*past), polarity=polarity, upper_bound=bound)
    assert found.verdict == expected


@pytest.mark.parametrize("factor", [0.21, 4.9])
def test_a_large_step_is_not_yet_a_slip_of_scale(ask, factor):
    found = ask(
        level(10 * factor), years(10, 10), polarity="minimise", upper_bound=None
    )
    assert "wrong scale" not in found.findings


def test_the_baseline_is_the_last_figure_that_is_known(ask):
    found = ask(level(40), years(31, 33, None))
    assert (found.baseline, found.baseline_period, found.n) == (33, "year 2", 2)


@pytest.mark.parametrize(
    ("target", "inside"), [(30, True), (36, True), (36.1, False), (29.9, False)]
)
def test_inside_noise_is_between_the_limits(ask, target, inside):
    found = ask(level(target), years(31, 32, 33), limits=(30.0, 36.0))
    assert ("inside noise" in found.findings) == inside


@pytest.mark.parametrize(
    ("polarity", "target", "stretch"),
    [
        ("maximise", 34.1, True),
        ("maximise", 34, False),
        ("minimise", 33.9, True),
        ("minimise", 34, False),
    ],
)
def test_a_stretch_lies_beyond_the_middle_of_the_outlook(
    ask, polarity, target, stretch
):
    outlook = Projection(34, 30, 38, "forecast")
    found = ask(level(target), years(33, 33), polarity=polarity, outlook=outlook)
    assert ("stretch" in found.findings) == stretch


def test_without_an_interval_the_outlook_itself_is_the_bar(ask):
    outlook = Projection(34, None, None, "the last figure")
    assert ask(level(35), years(33), outlook=outlook).verdict == "stretch"
    assert ask(level(34), years(33), outlook=outlook).verdict == "realistic"


def test_the_last_figure_carried_on_tells_nothing_of_where_it_goes(ask, methods):
    carried = extrapolated([33.0], 1, methods=methods)
    found = ask(level(35), years(33), outlook=carried)
    assert found.findings == ("better than current performance",)


@pytest.mark.parametrize(("there", "realistic"), [(3, True), (2, False)])
def test_what_a_quarter_of_the_peers_reach_is_realistic(ask, peers, there, realistic):
    target = level(50)
    values = [50] * there + [40] * (12 - there)
    found = ask(target, years(33), peers=peers(values, target))
    assert (found.verdict == "realistic") == realistic


def test_never_achieved_by_any_peer_needs_enough_peers(ask, peers):
    target = level(50)
    below = [30 + step for step in range(12)]
    never = ask(target, years(33), peers=peers(below, target))
    assert never.verdict == "never achieved by any peer"
    assert never.peers.n_reaching == 0
    few = ask(target, years(33), peers=peers(below[:9], target))
    assert "never achieved by any peer" not in few.findings
    once = ask(target, years(33), peers=peers([*below, 50], target))
    assert "never achieved by any peer" not in once.findings


def test_peers_are_counted_as_their_figures_are_shown(peers):
    found = peers([49.96, 49.94, np.nan, 60], level(50))
    assert (found.n, found.n_reaching, found.best) == (3, 2, 60)


def test_the_best_quartile_lies_on_the_good_side(peers):
    values = list(range(1, 13))
    up, down = (peers(values, level(5), side) for side in ("maximise", "minimise"))
    assert (up.best_quartile, up.best) == (9.25, 12)
    assert (down.best_quartile, down.best) == (3.75, 1)
    assert up.median == down.median == 6.5


def test_peers_of_a_range_are_those_within(peers):
    found = peers([9, 10, 20, 21], level(low=10, high=20), "neutral")
    assert (found.n_reaching, found.best) == (2, None)
    assert peers([1, 2], level(5), "neutral").n_reaching == 0


def test_nothing_to_test_against_is_an_answer(ask):
    assert ask(level(50), years()).findings == (NOT_TESTED,)
    assert ask(level(50), years(None, None)).findings == (NOT_TESTED,)


@pytest.mark.parametrize(
    ("ends", "finding"),
    [
        ((1, 2), "wrong scale"),
        ((30, 40), "same as current performance"),
        ((34, 40), "same as current performance"),
        ((35, 40), "better than current performance"),
        ((30, 33), "better than current performance"),
    ],
)
@pytest.mark.parametrize("polarity", ["neutral", "range", "maximise"])
def test_within_a_range_nothing_more_is_asked_for(ask, ends, finding, polarity):
    target = level(low=ends[0], high=ends[1])
    assert ask(target, years(33, 34), polarity=polarity).verdict == finding


@pytest.mark.parametrize(
    ("outlook", "finding"),
    [
        (Projection(36, None, None, "forecast"), "realistic"),
        (Projection(34, None, None, "forecast"), "stretch"),
        (Projection(34, 32, 36, "forecast"), "stretch"),
        (Projection(41, 39, 50, "forecast"), "stretch"),
    ],
)
def test_a_range_is_a_stretch_when_the_outlook_does_not_reach_it(ask, outlook, finding):
    target = level(low=35, high=40)
    found = ask(target, years(33), polarity="range", outlook=outlook)
    assert found.verdict == finding


def test_a_single_value_without_a_good_side_is_tested_for_slips_alone(ask, peers):
    target = level(40)
    how = {"polarity": "neutral", "peers": peers([30] * 12, target, "neutral")}
    assert ask(target, years(33), **how).findings == (NOT_TESTED,)
    assert ask(
        level(500), years(33), polarity="neutral", upper_bound=None
    ).findings == ("wrong scale",)


def test_a_constant_series_and_one_of_nought_are_no_stumbling_block(ask):
    assert ask(level(40), years(33, 33, 33)).verdict == (
        "better than current performance"
    )
    assert ask(level(1), years(0, 0), polarity="minimise").verdict == (
        "below current performance"
    )
    assert ask(level(0), years(0, 0), polarity="minimise").findings == (
        "zero",
        "same as current performance",
    )


@pytest.mark.parametrize(
    ("past", "words"),
    [
        (years(1).drop(columns="period"), "lack the column 'period'"),
        (years(1).assign(value=["a"]), "not a number"),
    ],
)
def test_bad_input_is_told(ask, past, words):
    with pytest.raises(PerfnbError, match=words):
        ask(level(50), past)


def test_a_gap_is_not_tested_as_a_level(ask):
    gap = level(2).model_copy(update={"kind": "gap"})
    with pytest.raises(PerfnbError, match="Only a level"):
        ask(gap, years(33))


@given(
    target=st.integers(1, 999),
    past=st.lists(st.integers(1, 999), min_size=1, max_size=6),
    limits=st.none() | st.tuples(st.integers(1, 500), st.integers(500, 999)),
)
def test_mirrored_figures_give_the_same_findings(methods, target, past, limits):
    # About 1,000: what lies above on one side lies below on the other.
    def found(sign, polarity):
        return set(
            challenge(
                level(1000 + sign * target / 10),
                years(*[1000 + sign * each / 10 for each in past]),
                polarity=polarity,
                decimals=1,
                methods=methods,
                limits=limits and tuple(sorted(1000 + sign * x / 10 for x in limits)),
            ).findings
        )

    assert found(1, "maximise") == found(-1, "minimise")


@given(target=st.integers(1, 999), power=st.integers(0, 3))
def test_the_unit_does_not_decide(methods, target, power):
    def found(scale):
        past = years(*[each * scale for each in (310, 320, 330)])
        return challenge(
            level(target * scale),
            past,
            polarity="minimise",
            decimals=0,
            methods=methods,
        ).findings

    assert found(1) == found(10**power)


def test_findings_come_in_the_order_of_what_matters(ask):
    found = ask(level(0.33), years(31, 33), limits=(0.0, 40.0)).findings
    assert found == ("wrong scale", "below current performance", "inside noise")
    assert sorted(found, key=FINDINGS.index) == list(found)


# --- where figures go by themselves --------------------------------------------


def test_a_short_series_is_carried_on_as_it_was(methods):
    found = extrapolated([5, np.nan, 7, np.nan], 2, methods=methods)
    assert (found.value, found.lower) == (7, None)
    assert "the last of 2 figures" in found.method
    assert "the only figure" in extrapolated([5], 1, methods=methods).method


def test_a_longer_series_goes_on_by_its_median_slope(methods):
    """One freak among ten figures on a line does not move the line."""
    values = [10.0 + 2 * step for step in range(10)]
    values[4] = 500
    found = extrapolated(values, 3, methods=methods)
    assert found.value == pytest.approx(10 + 2 * 12)
    assert "Sen 1968" in found.method


def test_a_share_does_not_go_beyond_its_bounds(methods):
    rising = [50.0 + 5 * step for step in range(10)]
    found = extrapolated(rising, 5, methods=methods, lower_bound=0, upper_bound=100)
    assert found.value == 100


def test_without_a_figure_there_is_no_outlook(methods):
    assert extrapolated([], 1, methods=methods) is None
    assert extrapolated([np.nan], 1, methods=methods) is None
