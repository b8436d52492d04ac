"""The verdict on the line from the most to the least deprived."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfnb.analysis.groups.gradient import gradient
from perfnb.errors import PerfnbError

FIFTHS = ["1 (most deprived)", "2", "3", "4", "5 (least deprived)"]
FALLING = [120, 100, 80, 60, 50]


def table(counts, wholes=None, names=None):
    """Make fifths from the most deprived."""
    return pd.DataFrame(
        {
            "group": names or FIFTHS[: len(counts)],
            "numerator": pd.array(counts, dtype="Float64"),
            "denominator": pd.array(wholes or [1000] * len(counts), dtype="Float64"),
        }
    )


@pytest.fixture(scope="module")
def quick(methods):
    """Give house rules with few repetitions."""
    return methods.model_copy(update={"gradient_repetitions": 1000})


def judge(groups, methods, **more):
    """Judge a rate of events."""
    settings = {"polarity": "minimise", "interval": "byar", "per": 1000, "slack": 0}
    return gradient(groups, methods=methods, **(settings | more))


@pytest.mark.parametrize("interval", ["byar", "wilson"])
@pytest.mark.parametrize(
    ("polarity", "verdict"),
    [("minimise", "worse"), ("maximise", "better"), ("neutral", "different")],
)
def test_the_verdict_is_of_the_most_deprived(quick, interval, polarity, verdict):
    found = judge(table(FALLING), quick, interval=interval, polarity=polarity)
    assert found.verdict == verdict
    assert found.index.slope < 0
    assert found.index.relative < 1


def test_the_other_way_round_is_the_other_verdict(quick):
    assert judge(table(FALLING[::-1]), quick).verdict == "better"


def test_level_fifths_have_no_clear_gradient(quick):
    found = judge(table([80, 85, 80, 78, 82]), quick)
    assert found.verdict == "no clear gradient"
    assert found.index.lower_slope < 0 < found.index.upper_slope


@given(st.sampled_from([1, 100, 1000, 10_000]))
def test_another_unit_makes_no_difference(quick, per):
    one = judge(table(FALLING), quick, per=1000)
    other = judge(table(FALLING), quick, per=per)
    assert other.verdict == one.verdict
    assert other.index.slope == pytest.approx(one.index.slope * per / 1000)


@pytest.mark.parametrize(
    ("counts", "interval"),
    [([0, 50, 80, 90, 100], "byar"), ([500, 1000, 600, 700, 650], "wilson")],
)
def test_nought_and_everybody_put_the_line_on_a_plain_scale(quick, counts, interval):
    found = judge(table(counts), quick, interval=interval, per=100)
    assert found.index is not None
    assert "log" not in found.method


def test_a_hidden_fifth_keeps_its_place_and_is_counted(quick):
    found = judge(table([120, None, 80, 60, 50]), quick)
    assert (found.n_groups, found.n_without, found.n_events) == (4, 1, 310)
    assert found.index.groups["position"].tolist() == pytest.approx(
        [0.1, 0.3, 0.5, 0.7, 0.9]
    )


@pytest.mark.parametrize(
    ("groups", "words"),
    [
        (table([120, 60]), "it needs 3 groups with a figure"),
        (table([120, None, None, None, 50]), "it needs 3 groups with a figure"),
        (table([None] * 5), "it needs 3 groups with a figure"),
        (table([120, 60, 50], [1000, 0, 0]), "it needs 3 groups with a figure"),
        (table([]), "it needs 3 groups with a figure"),
        (table([0] * 5), "it needs 10 events"),
        (table([1, 2, 1, 1, 1]), "it needs 10 events"),
    ],
)
def test_too_little_is_told_in_words(quick, groups, words):
    found = judge(groups, quick)
    assert found.verdict == "too few to say"
    assert found.index is None
    assert words in found.method


def test_without_an_interval_nothing_is_assessed(quick):
    found = judge(table(FALLING), quick, interval="none")
    assert found.verdict == "not assessed"
    assert found.index is None


def test_no_verdict_hangs_on_the_rounding(quick):
    """A slope that some of the counts that could be shown alike lack is none."""
    groups = table([75, 60, 45], [1000] * 3, ["1 (most deprived)", "2", "3"])
    assert judge(groups, quick).verdict == "worse"
    assert judge(groups, quick, slack=2).verdict == "worse"
    assert judge(groups, quick, slack=12).verdict == "no clear gradient"


def test_rounding_leaves_nought_as_it_is(quick):
    groups = table([0, 50, 80, 90, 100])
    exact = judge(groups, quick)
    assert judge(groups, quick, slack=2).index.slope == exact.index.slope


@pytest.mark.parametrize(
    ("groups", "more", "words"),
    [
        (table(FALLING).drop(columns="group"), {}, "lack the column 'group'"),
        (table([9, 9], names=["2", "2"]), {}, "'2' comes more than once"),
        (table(FALLING), {"polarity": "up"}, "'up' is not a polarity"),
        (table(FALLING), {"interval": "wald"}, "'wald' is not an interval"),
    ],
)
def test_mistakes_are_named(quick, groups, more, words):
    with pytest.raises(PerfnbError, match=words):
        judge(groups, quick, **more)
