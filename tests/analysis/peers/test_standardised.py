"""Standardised rates against published answers."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfnb.analysis.peers import standardised
from perfnb.errors import PerfnbError

NAMES = {
    "ageband": "stratum",
    "count": "numerator",
    "pop": "denominator",
    "stdpop": "standard",
    "refcount": "reference_numerator",
    "refpop": "reference_denominator",
}
REPEATED = "with confidence adjusted for non-independent events"
LIMITS = ["value", "lower_ci", "upper_ci"]


def strata(numerator, denominator=(8000, 1000), standard=(80_000, 20_000)):
    """Make an area of two age bands."""
    return pd.DataFrame(
        {
            "area": "a",
            "stratum": ["under 65", "65 and over"],
            "numerator": numerator,
            "denominator": denominator,
            "standard": standard,
        }
    )


def repeats_of(cases):
    """Lay out the persons with one, two, three and four events below each other."""
    long = cases.melt(
        ["area", "stratum"], [f"f{k}" for k in (1, 2, 3, 4)], "times", "people"
    )
    return long.assign(
        times=long["times"].str[1:].astype(float), people=long["people"].fillna(0)
    )


def reckon(case, inputs, repeats):
    """Reckon the value and limits of a row of the file of answers."""
    rows = inputs[inputs["area"] == case.area].fillna({"numerator": 0})
    again = None if repeats is None else repeats[repeats["area"] == case.area]
    found = [
        standardised.direct(
            rows, per=case.multiplier, confidence=confidence, repeats=again
        ).iloc[0]
        for confidence in (0.95, 0.998)
    ]
    return found[0], found[1]


def test_direct_reference_rates_are_met(shared_case):
    inputs = shared_case("dsr_inputs.csv").rename(columns=NAMES)
    nonindependent = shared_case("dsr_nonindependent_inputs.csv").rename(columns=NAMES)
    again = repeats_of(nonindependent)
    checked = 0
    for case in shared_case("dsr_expected.csv").itertuples():
        repeated = REPEATED in case.method or "nonind" in case.area
        normal, wide = (
            reckon(case, nonindependent, again)
            if repeated
            else reckon(case, inputs, None)
        )
        found = [*normal[LIMITS], *wide[LIMITS[1:]]]
        expected = np.array(
            [
                case.value,
                case.lower95_0cl,
                case.upper95_0cl,
                case.lower99_8cl,
                case.upper99_8cl,
            ]
        )
        if "10 times too big" in str(case.note):
            # A slip of the file, which its own project never asserts.
            expected[3:] /= 10
        numbers = [np.nan if pd.isna(number) else number for number in found]
        np.testing.assert_allclose(numbers, expected, rtol=1e-8, err_msg=str(case))
        assert normal["standing"] == (
            "too few events" if np.isnan(case.value) else "rate"
        )
        checked += 1
    assert checked == 12


def test_indirect_reference_rates_are_met(shared_case):
    inputs = shared_case("isr_inputs.csv").rename(columns=NAMES)
    inputs = inputs.fillna({"numerator": 0, "reference_numerator": 0})
    checked = 0
    for case in shared_case("isr_expected.csv").itertuples():
        kind, _, number = case.statistic.rpartition(" ")
        # A ratio "x 100" is the ratio itself, multiplied; a rate is per so many.
        rate = "rate" in kind
        per = float(number) if rate else None
        times = 1.0 if rate else float(number)
        rows = inputs[inputs["area"] == case.area]
        for confidence, low, high in (
            (0.95, case.lower95_0cl, case.upper95_0cl),
            (0.998, case.lower99_8cl, case.upper99_8cl),
        ):
            found = standardised.indirect(rows, per=per, confidence=confidence).iloc[0]
            assert found["expected"] == pytest.approx(case.expected, rel=1e-9)
            if rate:
                assert found["reference"] == pytest.approx(case.ref_rate, rel=1e-9)
            np.testing.assert_allclose(
                [found[name] * times for name in LIMITS],
                [case.value, low, high],
                rtol=1e-9,
                err_msg=str(case),
            )
        checked += 1
    assert checked == 12


def test_published_rates_are_met(own_case):
    """The same figures, held here: areas of nineteen age bands."""
    inputs = own_case("standardised_strata.csv")
    for case in own_case("standardised.csv").itertuples():
        rows = inputs[inputs["area"] == case.area]
        if case.kind == "direct":
            found = standardised.direct(rows, per=case.per, confidence=case.confidence)
        else:
            per = None if pd.isna(case.per) else case.per
            found = standardised.indirect(rows, per=per, confidence=case.confidence)
        expected = [case.value, case.lower, case.upper]
        np.testing.assert_allclose(
            found[LIMITS].to_numpy(dtype=float)[0], expected, rtol=1e-9
        )


def test_an_older_population_alone_makes_no_worse_rate():
    """The same rate in each age band, twice as many old people."""
    young = standardised.direct(strata([40, 60]), per=1000, confidence=0.95)
    old = standardised.direct(strata([40, 120], (8000, 2000)), per=1000, confidence=0.9)
    assert young["value"].iloc[0] == pytest.approx(old["value"].iloc[0])


def test_below_ten_events_there_is_no_direct_rate():
    found = standardised.direct(strata([4, 5]), per=1000, confidence=0.95).iloc[0]
    assert (found["standing"], found["numerator"]) == ("too few events", 9)
    assert found[LIMITS].isna().all()


def test_people_who_come_more_than_once_widen_the_limits():
    once = standardised.direct(strata([40, 60]), per=1000, confidence=0.95).iloc[0]
    again = pd.DataFrame(
        {
            "area": "a",
            "stratum": ["under 65", "65 and over", "65 and over"],
            "times": [1, 1, 5],
            "people": [40, 10, 10],
        }
    )
    found = standardised.direct(
        strata([40, 60]), per=1000, confidence=0.95, repeats=again
    ).iloc[0]
    assert found["value"] == pytest.approx(once["value"])
    assert found["lower_ci"] < once["lower_ci"]
    assert found["upper_ci"] > once["upper_ci"]
    assert "more than once" in found["method"]


def test_where_nothing_is_expected_there_is_no_ratio():
    rows = strata([4, 5]).assign(reference_numerator=0, reference_denominator=100)
    found = standardised.indirect(rows, per=None, confidence=0.95).iloc[0]
    assert found["standing"] == "nothing expected"
    assert found[LIMITS].isna().all()


@given(
    st.lists(st.integers(5, 500), min_size=2, max_size=2),
    st.sampled_from([100, 1000, 100_000]),
)
def test_the_interval_holds_the_rate_and_per_only_scales_it(numerators, per):
    rows = strata(numerators)
    one = standardised.direct(rows, per=1, confidence=0.95).iloc[0]
    many = standardised.direct(rows.iloc[::-1], per=per, confidence=0.95).iloc[0]
    assert one["lower_ci"] <= one["value"] <= one["upper_ci"]
    for name in LIMITS:
        assert many[name] == pytest.approx(one[name] * per)


def test_without_strata_there_are_no_rates():
    empty = strata([1, 2]).iloc[:0]
    assert standardised.direct(empty, per=1, confidence=0.95).empty


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (strata([1, 2]).drop(columns="standard"), "lack the column 'standard'"),
        (strata([1, None]), "has nothing as its numerator"),
        (strata([-1, 2]), "has -1 as its numerator"),
        (strata([1, 2], (0, 5)), "has 0 as its denominator"),
        (strata([1, 2], standard=(0, 5)), "has 0 as its standard"),
        (strata(["one", 2]), "not a number in 'numerator'"),
        (pd.concat([strata([1, 2])] * 2), "comes more than once"),
    ],
)
def test_mistakes_are_named(rows, words):
    with pytest.raises(PerfnbError, match=words):
        standardised.direct(rows, per=1000, confidence=0.95)


def test_repeated_events_must_add_up():
    again = pd.DataFrame(
        {"area": "a", "stratum": ["under 65"], "times": [2], "people": [3]}
    )
    with pytest.raises(PerfnbError, match="do not add up"):
        standardised.direct(strata([6, 60]), per=1000, confidence=0.95, repeats=again)
