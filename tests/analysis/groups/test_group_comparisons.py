"""Many groups, other references, and what must hold whatever the groups are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfnb.analysis.groups import diversity
from perfnb.errors import PerfnbError

from .made_groups import compare, table


def test_a_group_that_differs_alone_can_fall_among_many(methods):
    """One group of twelve at p = 0.03; the others are all alike."""
    groups = table([80, *[60] * 11], [1000] * 12)
    found = compare(groups, methods).groups.iloc[0]
    assert found["p_value"] < 0.05 < found["p_adjusted"]
    assert (found["alone"], found["verdict"]) == ("worse", "no clear difference")


def test_a_stricter_procedure_is_a_house_rule(methods):
    groups = table([83, 83, *[60] * 10], [1000] * 12)
    strict = methods.model_copy(update={"false_discovery_procedure": "bonferroni"})
    assert (
        compare(groups, methods).groups["p_adjusted"].iloc[0]
        < (compare(groups, strict).groups["p_adjusted"].iloc[0])
    )


def test_breakdowns_of_a_page_are_judged_together(methods):
    """What stands among two does not among a page of a hundred."""
    small = compare(table([70, 100], [10_000, 20_000]), methods)
    wide = compare(table([50] * 98, [1000] * 98), methods)
    one, other = diversity.controlled([small, wide], methods)
    assert small.groups["verdict"].tolist() == ["worse", "better"]
    assert one.groups["verdict"].tolist() == ["no clear difference"] * 2
    assert one.groups["alone"].tolist() == ["worse", "better"]
    assert len(other.groups) == 98


def test_a_page_without_breakdowns_has_nothing_to_judge(methods):
    assert diversity.controlled([], methods) == ()


@pytest.mark.parametrize("interval", ["byar", "wilson"])
def test_both_gaps_come_with_their_limits(methods, interval):
    groups = table([600, 200], [1000, 1000])
    row = compare(groups, methods, interval=interval, per=100).groups.iloc[0]
    assert row["ratio"] == pytest.approx(3)
    assert row["difference"] == pytest.approx(40)
    assert row["lower_ratio"] < 3 < row["upper_ratio"]
    assert row["lower_difference"] < 40 < row["upper_difference"]


@pytest.mark.parametrize("reference", ["group 2", diversity.BEST])
def test_groups_can_be_set_against_another_group(methods, reference):
    groups = table([300, 200, 100], [1000] * 3)
    found = compare(groups, methods, reference=reference)
    assert found.reference == "group 2"
    assert found.groups["verdict"].tolist() == ["worse", "worse", "reference"]
    assert found.groups["ratio"].iloc[0] == pytest.approx(3)
    assert found.groups["reference_numerator"].iloc[0] == 100


def test_the_best_group_is_said_to_be_picked_by_its_figure(methods):
    found = compare(table([300, 200], [1000] * 2), methods, reference=diversity.BEST)
    assert "picked by its figure" in found.method


def test_hidden_at_source_stays_hidden(methods):
    groups = table([None, 40, 51], [1000] * 3)
    groups["status"] = ["suppressed", "final", "final"]
    whole = {"numerator": 95, "denominator": 3000}
    found = compare(groups, methods, whole, counts_people=True)
    assert found.groups["suppressed"].tolist()[0]
    assert found.n_suppressed >= 1


def test_under_suppression_no_count_is_rounded(methods):
    exact = methods.model_copy(update={"disclosure_rule": "suppression"})
    found = compare(table([33, 51, 39], [1000] * 3), exact, counts_people=True)
    assert found.groups["numerator"].tolist() == [33, 51, 39]
    assert diversity.slack(True, exact) == 0


COUNTS = st.lists(st.tuples(st.integers(0, 300), st.just(1000)), min_size=2, max_size=8)


@pytest.mark.parametrize("interval", ["byar", "wilson"])
@settings(max_examples=20)
@given(COUNTS, st.randoms())
def test_the_order_of_groups_makes_no_difference(methods, interval, rows, random):
    groups = table([one for one, _ in rows], [whole for _, whole in rows])
    order = list(groups.index)
    random.shuffle(order)
    there = compare(groups, methods, interval=interval).groups.set_index("group")
    back = compare(groups.loc[order], methods, interval=interval).groups
    assert back["group"].tolist() == groups["group"].loc[order].tolist()
    said = back.set_index("group")["verdict"]
    assert said.to_dict() == there["verdict"].to_dict()


@pytest.mark.parametrize("interval", ["byar", "wilson"])
@settings(max_examples=20)
@given(COUNTS)
def test_mirrored_polarity_mirrors_verdicts(methods, interval, rows):
    groups = table([one for one, _ in rows], [whole for _, whole in rows])
    more, less = (
        compare(groups, methods, interval=interval, polarity=polarity).groups["verdict"]
        for polarity in ("maximise", "minimise")
    )
    mirrored = {"better": "worse", "worse": "better"}
    assert [mirrored.get(said, said) for said in more] == less.tolist()


@pytest.mark.parametrize("interval", ["byar", "wilson"])
@settings(max_examples=20)
@given(COUNTS, st.sampled_from([1, 100, 100_000]))
def test_another_unit_changes_no_verdict(methods, interval, rows, per):
    groups = table([one for one, _ in rows], [whole for _, whole in rows])
    one, other = (
        compare(groups, methods, interval=interval, per=each).groups["verdict"]
        for each in (1000, per)
    )
    assert one.tolist() == other.tolist()


@pytest.mark.parametrize("interval", ["byar", "wilson", "none"])
@pytest.mark.parametrize(
    "rows",
    [
        [(50, 1000)] * 3,
        [(0, 1000)] * 3,
        [(1000, 1000)] * 3,
        [(50, 0)] * 2,
        [(None, 1000)] * 3,
        [(50, 1000)],
        [],
    ],
)
def test_degenerate_groups_get_an_answer_in_words(methods, interval, rows):
    groups = table([one for one, _ in rows], [whole for _, whole in rows])
    found = compare(groups, methods, interval=interval)
    allowed = {"no clear difference", "too few to say", "not assessed"}
    assert set(found.groups["verdict"]) <= allowed
    assert len(found.groups) == len(rows)


def test_an_unknown_reference_is_named(methods):
    with pytest.raises(PerfnbError, match="no group 'north' to compare with"):
        compare(table([50, 60], [100, 100]), methods, reference="north")
