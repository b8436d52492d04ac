"""Each group beside what it is compared with."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfnb.analysis.groups import gaps
from perfnb.analysis.groups.rounded import agreed, shifted, shifts
from perfnb.errors import PerfnbError

COUNTS = st.integers(10, 400)


def table(numerators, denominators, per=1000):
    """Make groups as they are shown."""
    frame = pd.DataFrame(
        {
            "group": [f"group {place}" for place in range(len(numerators))],
            "numerator": pd.array(numerators, dtype="Float64"),
            "denominator": pd.array(denominators, dtype="Float64"),
        }
    )
    return frame.assign(value=frame["numerator"] / frame["denominator"] * per)


def against(groups, methods, reference=gaps.REST, **more):
    """Set groups beside a reference."""
    whole = tuple(float(groups[name].sum()) for name in ("numerator", "denominator"))
    settings = {"district": whole, "good": -1, "methods": methods}
    return gaps.against(groups, reference=reference, **(settings | more))


def test_the_rest_of_the_district_leaves_the_group_out(methods):
    sides, name = against(table([60, 40], [1000, 2000]), methods)
    assert name == gaps.REST
    assert sides["reference_numerator"].tolist() == [40, 60]
    assert sides["reference_denominator"].tolist() == [2000, 1000]


@pytest.mark.parametrize(("good", "best"), [(-1, "group 1"), (1, "group 0")])
def test_the_best_group_is_on_the_good_side(methods, good, best):
    groups = table([60, 40, 55], [1000] * 3)
    assert against(groups, methods, gaps.BEST, good=good)[1] == best


def test_the_best_group_surely_has_enough_events(methods):
    """Nine events could be nought by chance; ten shown could be eight."""
    groups = table([9, 10, 40], [1000] * 3)
    assert against(groups, methods, gaps.BEST)[1] == "group 1"
    assert against(groups, methods, gaps.BEST, slack=2)[1] == "group 2"


def test_with_few_events_everywhere_no_group_is_best(methods):
    sides, name = against(table([3, 4], [1000] * 2), methods, gaps.BEST)
    assert name == ""
    assert sides["reference_numerator"].isna().all()


def test_a_named_group_is_not_compared_with_itself(methods):
    sides, name = against(table([60, 40], [1000, 2000]), methods, "group 1")
    assert name == "group 1"
    assert sides["reference_numerator"].tolist() == [40, pd.NA]


@pytest.mark.parametrize(
    ("reference", "good", "words"),
    [
        ("group 7", -1, "no group 'group 7' to compare with, only group 0, group 1"),
        (gaps.BEST, 0, "no best group where no side of the indicator is good"),
    ],
)
def test_a_reference_that_is_not_there_is_refused(methods, reference, good, words):
    with pytest.raises(PerfnbError, match=words):
        against(table([60, 40], [1000, 2000]), methods, reference, good=good)


@pytest.mark.parametrize("interval", ["byar", "wilson"])
@settings(max_examples=20)
@given(COUNTS, COUNTS)
def test_every_gap_lies_within_its_limits(methods, interval, one, other):
    sides, _ = against(table([one, other], [1000, 2000]), methods)
    found = gaps.measured(sides, interval=interval, per=100, methods=methods)
    for value, lower, upper in (found.ratio, found.difference):
        assert (lower <= value).all()
        assert (value <= upper).all()
    assert (np.sign(found.difference[0]) == found.side).all()


@pytest.mark.parametrize("interval", ["byar", "wilson"])
def test_another_unit_scales_the_difference_alone(methods, interval):
    sides, _ = against(table([60, 40], [1000, 2000]), methods)
    one, other = (
        gaps.measured(sides, interval=interval, per=per, methods=methods)
        for per in (1, 1000)
    )
    assert other.ratio[0].tolist() == one.ratio[0].tolist()
    assert other.p_value.tolist() == one.p_value.tolist()
    assert other.difference[0] == pytest.approx(one.difference[0] * 1000)


@pytest.mark.parametrize("interval", ["byar", "wilson"])
@settings(max_examples=20)
@given(COUNTS, COUNTS, st.integers(1, 5))
def test_rounding_never_makes_surer(methods, interval, one, other, slack):
    sides, _ = against(table([one, other], [1000, 2000]), methods)
    plain, held = (
        gaps.surest(sides, interval=interval, per=100, slack=each, methods=methods)[0]
        for each in (0, slack)
    )
    assert (np.isnan(held) | (held >= plain)).all()


def test_without_an_interval_there_are_gaps_but_no_limits(methods):
    sides, _ = against(table([60, 40], [1000, 2000]), methods)
    found = gaps.measured(sides, interval="none", per=1000, methods=methods)
    assert found.ratio[0].tolist() == pytest.approx([3, 1 / 3])
    assert found.difference[0].tolist() == pytest.approx([40, -40])
    assert np.isnan([*found.ratio[1], *found.p_value]).all()


@pytest.mark.parametrize(
    ("numerators", "denominators"),
    [([9, 400], [100, 1000]), ([50, 60], [0, 100]), ([None, 60], [100, 100])],
)
def test_too_few_events_or_people_have_no_gap(methods, numerators, denominators):
    sides, _ = against(table(numerators, denominators), methods)
    found = gaps.measured(sides, interval="byar", per=1, methods=methods)
    assert np.isnan([*found.ratio[0], *found.difference[0], *found.p_value]).all()


def test_nought_and_everybody_are_not_shifted():
    count, whole = np.array([0.0, 50, 10]), np.array([50.0, 50, 50])
    assert shifted(count, whole, -2, part=True).tolist() == [0, 50, 8]
    assert shifted(count, whole, 2, part=False).tolist() == [0, 52, 12]


def test_a_shifted_part_stays_between_nothing_and_everybody():
    count, whole = np.array([1.0, 49]), np.array([50.0, 50])
    assert shifted(count, whole, 3, part=True).tolist() == [4, 49]
    assert shifted(count, whole, -3, part=True).tolist() == [1, 46]


def test_without_rounding_only_the_count_shown_is_tried():
    assert shifts(0) == (0,)
    assert set(shifts(2)) == {-2, 0, 2}


def test_counts_that_disagree_on_the_side_say_nothing():
    p_value, side = agreed(
        [np.array([0.01, 0.02, 0.03]), np.array([0.2, 0.01, np.nan])],
        [np.array([1.0, 1, 1]), np.array([1.0, -1, np.nan])],
    )
    assert p_value[:2].tolist() == [0.2, 1]
    assert np.isnan(p_value[2])
    assert side[:2].tolist() == [1, 0]
