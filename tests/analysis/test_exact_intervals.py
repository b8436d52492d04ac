"""Limits without an approximation, against published answers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfnb.analysis import exact_intervals as exact
from perfnb.analysis import intervals
from perfnb.errors import PerfnbError


def test_reference_shares_are_met(shared_case):
    cases = shared_case("binomial_exact.csv")
    for case in cases.itertuples():
        lower, upper = exact.share_limits([case.x], [case.n], 0.95)
        found = [lower[0], upper[0], exact.share_p_value(case.x, case.n, case.p)]
        expected = [case.cp_lower, case.cp_upper, case.p_two]
        np.testing.assert_allclose(found, expected, rtol=1e-6, err_msg=str(case))
    assert len(cases) == 18


def test_reference_wilson_limits_are_met(shared_case):
    cases = shared_case("published_newcombe1998a_single.csv")
    for case in cases.itertuples():
        lower, upper = intervals.wilson([case.x], [case.n], 0.95)
        assert lower[0] == pytest.approx(case.wilson_lower, abs=6e-5)
        assert upper[0] == pytest.approx(case.wilson_upper, abs=6e-5)
    assert len(cases) == 4


def test_reference_means_are_met(shared_case):
    inputs = shared_case("ci_mean_t_inputs.csv")
    cases = shared_case("ci_mean_t_expected.csv")
    for case in cases.itertuples():
        whole = case.area == "No grouping"
        rows = inputs if whole else inputs[inputs["area"] == case.area]
        normal, wide = (exact.mean(rows["values"], level) for level in (0.95, 0.998))
        found = [normal.n, normal.mean, normal.standard_deviation, normal.lower_ci]
        found += [normal.upper_ci, wide.lower_ci, wide.upper_ci]
        expected = [case.value_count, case.value, case.stdev, case.lower95_0cl]
        expected += [case.upper95_0cl, case.lower99_8cl, case.upper99_8cl]
        np.testing.assert_allclose(found, expected, rtol=1e-9, err_msg=str(case))
    assert len(cases) == 3


def test_published_answers_are_met(own_case):
    for case in own_case("exact_intervals.csv").itertuples():
        if case.method == "clopper-pearson":
            lower, upper = exact.share_limits(
                [case.numerator], [case.denominator], 0.95
            )
        else:
            lower, upper = exact.count_limits([case.numerator], case.confidence)
        assert lower[0] == pytest.approx(case.lower, rel=1e-6), case
        assert upper[0] == pytest.approx(case.upper, rel=1e-6), case


def test_published_means_are_met(own_case):
    for (confidence, lower, upper), rows in own_case("means.csv").groupby(
        ["confidence", "lower", "upper"]
    ):
        found = exact.mean(rows["value"], confidence)
        assert (found.lower_ci, found.upper_ci) == pytest.approx((lower, upper))


@pytest.mark.parametrize(
    ("values", "standing", "n"),
    [
        ([], "no figures", 0),
        ([None, None], "no figures", 0),
        ([4], "one figure", 1),
        ([4, None, 4], "mean with limits", 2),
    ],
)
def test_odd_means_are_answered_in_words(values, standing, n):
    found = exact.mean(np.array(values, dtype=float), 0.95)
    assert (found.standing, found.n) == (standing, n)
    assert (found.lower_ci is None) == (standing != "mean with limits")
    assert standing == "no figures" or found.mean == 4


def test_what_cannot_be_a_count_has_no_limits():
    lower, upper = exact.count_limits([-1, None], 0.95)
    assert np.isnan([*lower, *upper]).all()
    lower, upper = exact.share_limits([5, 5, None], [4, 0, 5], 0.95)
    assert np.isnan([*lower, *upper]).all()


@given(st.integers(0, 60), st.integers(1, 60))
def test_exact_limits_hold_the_estimate_and_are_no_narrower_than_wilson(part, more):
    whole = part + more
    lower, upper = exact.share_limits([part], [whole], 0.95)
    assert lower[0] <= part / whole <= upper[0]
    mirror = exact.share_limits([more], [whole], 0.95)
    assert mirror[0][0] == pytest.approx(1 - upper[0])
    counts = exact.count_limits([part], 0.95)
    assert counts[0][0] <= part < counts[1][0]


@given(st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=20))
def test_a_mean_lies_within_its_limits(values):
    found = exact.mean(values, 0.95)
    assert found.lower_ci <= found.mean <= found.upper_ci


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: exact.mean([1, 2], 95), "confidence of 95"),
        (lambda: exact.mean(["much"], 0.95), "not a number"),
        (lambda: exact.count_limits([1], 0), "confidence of 0"),
        (lambda: exact.share_p_value(5, 4, 0.5), "5 of 4 is not a part"),
        (lambda: exact.share_p_value(0, 0, 0.5), "0 of 0 is not a part"),
        (lambda: exact.share_p_value(1, 4, 1.5), "expected share of 1.5"),
    ],
)
def test_mistakes_are_named(call, words):
    with pytest.raises(PerfnbError, match=words):
        call()
