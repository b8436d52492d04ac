"""Targets of parts are weighed against the whole; a gap is judged by its own rule."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfnb.analysis.targeting.differentiated import reconciliation
from perfnb.analysis.targeting.gap_targets import gap_attainment
from perfnb.errors import PerfnbError
from perfnb.registers import Target


def parts(targets, denominators):
    """Lay out parts a, b, c and so on."""
    return pd.DataFrame(
        {
            "group": list("abcdefgh")[: len(targets)],
            "target": pd.array(targets, dtype="Float64"),
            "denominator": pd.array(denominators, dtype="Float64"),
        }
    )


def gap(value, **cells):
    """Make an illustrative gap-closing target."""
    return Target(
        indicator="IL3",
        period="2025-26",
        kind="gap",
        value=value,
        characteristic="age",
        group="16-34",
        rationale="Illustrative",
        basis="illustrative",
        **cells,
    )


# --- do parts come to the whole? ------------------------------------------------


def test_targets_are_weighed_by_their_denominators():
    """(90 x 300 + 50 x 100) / 400 = 80, not the mean of 90 and 50."""
    found = reconciliation(
        parts([90, 50], [300, 100]),
        82,
        polarity="maximise",
        decimals=1,
        district_denominator=410,
        per=100,
    )
    assert (found.weighted, found.apart, found.verdict) == (80, -2, "ask for less")
    assert (found.denominator, found.district_denominator) == (400, 410)
    assert found.numerator == pytest.approx(320)
    assert found.district_numerator == pytest.approx(336.2)


@pytest.mark.parametrize(
    ("polarity", "district", "verdict"),
    [
        ("maximise", 80, "agree"),
        ("maximise", 80.04, "agree"),
        ("maximise", 79, "ask for more"),
        ("maximise", 81, "ask for less"),
        ("minimise", 79, "ask for less"),
        ("minimise", 81, "ask for more"),
        ("neutral", 79, "differ"),
        ("minimise", None, "no district target"),
    ],
)
def test_which_way_they_part_follows_from_the_good_side(polarity, district, verdict):
    found = reconciliation(
        parts([90, 50], [300, 100]), district, polarity=polarity, decimals=1
    )
    assert found.verdict == verdict


@pytest.mark.parametrize(
    ("targets", "denominators", "n", "n_without"),
    [([90, None], [300, 100], 1, 1), ([90, 50], [300, None], 1, 1)],
)
def test_a_part_without_a_target_or_denominator_leaves_it_open(
    targets, denominators, n, n_without
):
    found = reconciliation(
        parts(targets, denominators), 90, polarity="maximise", decimals=1
    )
    assert (found.verdict, found.n, found.n_without) == ("incomplete", n, n_without)


def test_a_part_without_people_weighs_nothing():
    found = reconciliation(
        parts([90, 1], [300, 0]), 90, polarity="maximise", decimals=1
    )
    assert (found.verdict, found.n_without) == ("agree", 0)


@pytest.mark.parametrize("rows", [parts([], []), parts([1, 2], [0, 0])])
def test_without_denominators_nothing_can_be_weighed(rows):
    found = reconciliation(rows, 90, polarity="maximise", decimals=1)
    assert (found.verdict, found.weighted) == ("no denominators", None)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (parts([1], [1]).drop(columns="target"), "lack the column 'target'"),
        (pd.concat([parts([1], [1])] * 2), "comes more than once"),
        (parts([1], [-1]), "below nought"),
        (parts([1], [1]).assign(target=["a"]), "not a number"),
    ],
)
def test_bad_input_is_told(rows, words):
    with pytest.raises(PerfnbError, match=words):
        reconciliation(rows, 1, polarity="maximise", decimals=1)


@given(
    rows=st.lists(
        st.tuples(st.integers(0, 100), st.integers(1, 10_000)), min_size=1, max_size=8
    ),
    order=st.randoms(use_true_random=False),
)
def test_parts_that_all_meet_their_targets_make_the_whole(rows, order):
    shuffled = list(rows)
    order.shuffle(shuffled)
    found, again = (
        reconciliation(
            parts(*zip(*each, strict=True)), 50, polarity="maximise", decimals=1
        )
        for each in (rows, shuffled)
    )
    targets = [target for target, _ in rows]
    assert min(targets) - 1e-9 <= found.weighted <= max(targets) + 1e-9
    assert again.weighted == pytest.approx(found.weighted)
    assert again.verdict == found.verdict


# --- has a gap closed? ----------------------------------------------------------


@pytest.fixture
def judge(methods):
    """Judge a ratio of rates of which less is better."""

    def status(target, value, interval=(None, None), **how):
        how = {"measure": "byar", "polarity": "minimise", **how}
        ends = interval if interval != (None, None) else (value - 0.1, value + 0.1)
        return gap_attainment(target, value, ends, methods=methods, **how)

    return status


@pytest.mark.parametrize(
    ("target", "now", "status"),
    [
        (2.5, 2.5, "met"),
        (2.5, 1.0, "met"),
        (2.5, 0.8, "met"),
        (2.5, 2.65, "close"),
        (2.5, 2.66, "not met"),
        (0.5, 0.5, "met"),
        (0.5, 0.9, "met"),
        (0.5, 0.45, "close"),
        (0.5, 0.4, "not met"),
        (1.0, 1.0, "met"),
        (1.0, 0.9, "met"),
        (1.0, 1.1, "not met"),
    ],
)
def test_a_ratio_is_met_when_the_gap_is_no_wider(judge, target, now, status):
    # The tolerance is a tenth of the gap aimed at: of 1.5 times, 0.15.
    assert judge(gap(target), now).status == status


def test_no_gap_at_all_is_missed_on_the_side_that_is_worse(judge):
    assert judge(gap(1.0), 0.8, polarity="maximise").status == "not met"
    assert judge(gap(1.0), 1.2, polarity="maximise").status == "met"
    assert judge(gap(1.0), 1.2, polarity="neutral").status == "not met"
    assert judge(gap(1.0), 0.8, polarity="neutral").status == "not met"


@pytest.mark.parametrize(
    ("target", "now", "status"),
    [(-10, -10, "met"), (-10, -11, "close"), (-10, -11.1, "not met"), (-10, 5, "met")],
)
def test_a_difference_of_shares_is_judged_from_nought(judge, target, now, status):
    how = {"measure": "wilson", "polarity": "maximise"}
    assert judge(gap(target), now, **how).status == status


def test_a_tolerance_of_its_own_goes_before_the_house_rule(judge):
    assert judge(gap(2.5, tolerance=0.3, tolerance_kind="points"), 2.8).status == (
        "close"
    )
    strict = gap(2.5, tolerance=0, tolerance_kind="relative")
    assert judge(strict, 2.51).status == "not met"


@pytest.mark.parametrize(
    ("interval", "certain"),
    [((2.58, 2.89), True), ((2.4, 3.0), False), ((2.5, 3.0), False), ((1, 2), True)],
)
def test_chance_may_decide_while_the_interval_holds_the_target(
    judge, interval, certain
):
    assert judge(gap(2.5), 2.7, interval).certain == certain


def test_a_gap_that_may_not_be_told_is_no_figure(methods):
    how = {"measure": "byar", "polarity": "minimise", "methods": methods}
    assert gap_attainment(gap(2.5), None, (None, None), **how).status == "no figure"
    hidden = gap_attainment(gap(2.5), 2.0, (None, None), **how)
    assert (hidden.status, hidden.gap) == ("no figure", None)


@pytest.mark.parametrize(
    ("target", "measure"),
    [(gap(2.5), "none"), (gap(2.5).model_copy(update={"kind": "level"}), "byar")],
)
def test_what_is_no_gap_is_refused(judge, target, measure):
    with pytest.raises(PerfnbError, match="kind 'gap'"):
        judge(target, 2.0, measure=measure)


@given(target=st.integers(11, 50), now=st.integers(1, 80))
def test_mirrored_differences_give_mirrored_statuses(methods, target, now):
    def status(sign, polarity):
        return gap_attainment(
            gap(sign * target),
            float(sign * now),
            (sign * now - 1.0, sign * now + 1.0),
            measure="wilson",
            polarity=polarity,
            methods=methods,
        ).status

    assert status(1, "minimise") == status(-1, "maximise")
