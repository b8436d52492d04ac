"""Groups against the rest of the district."""

import math

import pandas as pd
import pytest

from perfnb.analysis.groups import diversity
from perfnb.errors import PerfnbError

from .made_groups import compare, table

WHOLE = {"numerator": 100, "denominator": 200}


def test_rate_ratio_by_hand(methods):
    found = compare(table([60, 40], [10_000, 20_000]), methods)
    first = found.groups.iloc[0]
    reach = math.exp(1.959963984540054 * math.sqrt(1 / 60 + 1 / 40))
    assert first["ratio"] == pytest.approx(3)
    assert first["lower_ratio"] == pytest.approx(3 / reach)
    assert first["upper_ratio"] == pytest.approx(3 * reach)
    assert found.groups["verdict"].tolist() == ["worse", "better"]
    assert found.district_value == pytest.approx(100 / 30)


def test_published_differences_are_met(methods, own_case):
    few = methods.model_copy(update={"minimum_events_for_comparison": 1})
    for case in own_case("differences.csv").itertuples():
        groups = table(
            [case.numerator, case.rest], [case.denominator, case.rest_denominator]
        )
        found = compare(groups, few, interval="wilson", per=1).groups.iloc[0]
        assert found["lower_difference"] == pytest.approx(case.lower, abs=6e-5)
        assert found["upper_difference"] == pytest.approx(case.upper, abs=6e-5)


@pytest.mark.parametrize(
    ("polarity", "verdicts"),
    [
        ("maximise", ["better", "worse"]),
        ("minimise", ["worse", "better"]),
        ("neutral", ["different", "different"]),
    ],
)
@pytest.mark.parametrize("interval", ["byar", "wilson"])
def test_the_verdict_follows_polarity(methods, polarity, verdicts, interval):
    groups = table([600, 200], [1000, 1000])
    found = compare(groups, methods, polarity=polarity, interval=interval, per=100)
    assert found.groups["verdict"].tolist() == verdicts


def test_equal_rates_are_no_clear_difference(methods):
    found = compare(table([50, 52], [1000, 1000]), methods)
    assert found.groups["verdict"].tolist() == ["no clear difference"] * 2


@pytest.mark.parametrize(
    ("numerators", "denominators"),
    [([9, 400], [100, 1000]), ([400, 9], [1000, 100]), ([50, 60], [0, 100])],
)
def test_few_events_or_no_base_are_too_few_to_say(methods, numerators, denominators):
    found = compare(table(numerators, denominators), methods).groups
    assert found["verdict"].tolist() == ["too few to say"] * 2
    assert found["ratio"].isna().all()


def test_a_missing_count_is_too_few_to_say(methods):
    whole = {"numerator": 200, "denominator": 3000}
    groups = table([None, 50, 60], [1000, 1000, 1000])
    found = compare(groups, methods, whole).groups
    assert found["verdict"].iloc[0] == "too few to say"
    assert pd.isna(found["value"].iloc[0])


@pytest.mark.parametrize("counts_people", [False, True])
@pytest.mark.parametrize("interval", ["byar", "wilson"])
def test_a_group_without_its_count_leaves_the_others_as_they_are(
    methods, interval, counts_people
):
    groups = table([None, 50, 60], [5000, 1000, 1000])
    others = groups.iloc[1:]
    summed = {name: float(others[name].sum()) for name in WHOLE}
    more = {"interval": interval, "counts_people": counts_people}
    found = compare(groups, methods, summed, **more)
    alone = compare(others, methods, summed, **more)
    assert found.groups["verdict"].iloc[0] == "too few to say"
    pd.testing.assert_frame_equal(
        found.groups.iloc[1:].reset_index(drop=True), alone.groups
    )
    assert found.district_value == alone.district_value
    assert found.method == alone.method


def test_a_denominator_without_its_count_in_the_district_would_mislead(methods):
    # Why such a group belongs in neither sum: 50 of 1000 against 60 of 1000 is
    # no clear difference, against 60 of 6000 it is.
    groups = table([None, 50, 60], [5000, 1000, 1000])
    wrong = {"numerator": 110, "denominator": 7000}
    right = {"numerator": 110, "denominator": 2000}
    assert compare(groups, methods, wrong).groups["verdict"].iloc[1] == "worse"
    found = compare(groups, methods, right).groups
    assert found["verdict"].iloc[1] == "no clear difference"


def test_people_pass_the_gate_first(methods):
    groups = table([3, 51, 39], [1000, 1000, 1000])
    found = compare(groups, methods, counts_people=True)
    assert found.n_suppressed == 1
    assert found.groups["numerator"].iloc[1:].tolist() == [50, 40]
    hidden = found.groups.iloc[0]
    assert hidden["verdict"] == "too few to say"
    plain = ["group", "denominator", "reference_denominator", "suppressed"]
    assert hidden.drop([*plain, "alone", "verdict"]).isna().all()
    assert "Counts of 1 to 7" in found.disclosure
    # The ratio is of the rounded count, 50 of 93 and not 51.
    assert found.groups["ratio"].iloc[1] == pytest.approx(50 / (43 / 2))


def test_a_count_rounded_beyond_the_district_is_no_error(methods):
    groups = table([48, 0], [1000, 1000])
    found = compare(groups, methods, counts_people=True)
    assert found.groups["verdict"].tolist() == ["too few to say"] * 2


def test_without_the_gate_nothing_is_said_of_it(methods):
    found = compare(table([3, 51, 39], [1000] * 3), methods)
    assert (found.disclosure, found.n_suppressed) == ("", 0)
    assert found.groups["numerator"].tolist() == [3, 51, 39]


def test_no_interval_gives_rates_only(methods):
    found = compare(table([50, 60], [100, 100]), methods, interval="none")
    assert found.groups["verdict"].tolist() == ["not assessed"] * 2
    assert found.groups["value"].tolist() == [500, 600]


def test_the_method_says_how_chance_finds_are_kept_out(methods):
    found = compare(table([50] * 4, [1000] * 4), methods)
    assert "the share of false finds is held to 5% (Benjamini" in found.method


def test_the_method_says_nothing_of_chance_when_nothing_was_compared(methods):
    found = compare(table([5, 5], [1000, 1000]), methods)
    assert found.groups["verdict"].tolist() == ["too few to say"] * 2
    assert found.method.endswith("at least 10 events on both sides.")


def test_groups_keep_their_order(methods):
    groups = table([50, 60, 70], [1000] * 3).iloc[::-1]
    found = compare(groups, methods).groups
    assert found["group"].tolist() == groups["group"].tolist()


@pytest.mark.parametrize(
    ("groups", "district", "words"),
    [
        (
            table([50, 60], [100, 100]),
            {"numerator": 55, "denominator": 200},
            "'group 1' has a larger numerator",
        ),
        (
            table([50, 60], [100, 100]),
            {"numerator": 100, "denominator": 200},
            "numerators of the groups add up to more",
        ),
        (table([-5, 60], [100, 100]), WHOLE, "'group 0' has a negative numerator"),
        (table([5], [100]), {"numerator": 5}, "The district lacks its 'denominator'"),
        (pd.concat([table([5], [9])] * 2), None, "'group 0' comes more than once"),
    ],
)
def test_mistakes_are_named(methods, groups, district, words):
    with pytest.raises(PerfnbError, match=words):
        compare(groups, methods, district)


@pytest.mark.parametrize(
    ("count", "people"), [(8, 600), (9, 700), (10, 800), (12, 1000)]
)
def test_no_verdict_hangs_on_the_rounding(methods, count, people):
    """Shown as 10, the count may be 8: too few, whatever it really is."""
    groups = pd.DataFrame(
        {
            "group": ["small", "large"],
            "numerator": [count, 130],
            "denominator": [people, 20_000],
        }
    )
    found = diversity.breakdown(
        groups,
        district=groups[["numerator", "denominator"]].sum(),
        polarity="minimise",
        interval="byar",
        per=1000,
        counts_people=True,
        methods=methods,
    )
    assert found.groups["verdict"].iloc[0] == "too few to say"
