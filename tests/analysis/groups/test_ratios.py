"""Ratios of rates and shares, with limits that agree with those of differences."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.rates import confint_poisson_2indep

from perfnb.analysis.groups import differences, ratios


def counts(part, whole):
    """Make the counts of one row."""
    return np.array([float(part)]), np.array([float(whole)])


def parts(least=1):
    """Draw a part, not nothing, and its whole."""
    return st.integers(least, 400).flatmap(
        lambda whole: st.tuples(st.integers(least, whole), st.just(whole))
    )


def test_published_ratios_are_met(own_case):
    for case in own_case("ratios.csv").itertuples():
        found = ratios.share_ratio(
            counts(case.numerator, case.denominator),
            counts(case.rest, case.rest_denominator),
            0.95,
        )
        assert [round(each[0], 2) for each in found] == [
            case.ratio,
            case.lower,
            case.upper,
        ]


@given(st.integers(1, 5000), st.integers(1, 5000))
def test_limits_of_a_rate_ratio_are_those_of_another_program(events, others):
    _, lower, upper = ratios.rate_ratio(
        counts(events, 10_000), counts(others, 30_000), 0.95
    )
    theirs = confint_poisson_2indep(
        events, 10_000, others, 30_000, method="wald-log", compare="ratio"
    )
    assert (lower[0], upper[0]) == pytest.approx(theirs, rel=1e-9)


def test_the_p_value_of_a_ratio_by_hand():
    (found,) = ratios.rate_p_value(counts(60, 10_000), counts(40, 20_000))
    z = math.log(3) / math.sqrt(1 / 60 + 1 / 40)
    assert found == pytest.approx(math.erfc(z / math.sqrt(2)))


@given(parts(), parts())
def test_ratio_and_difference_of_shares_never_contradict_each_other(group, rest):
    group, rest = counts(*group), counts(*rest)
    ratio, low, high = (each[0] for each in ratios.share_ratio(group, rest, 0.95))
    _, lower, upper = differences.share_difference(group, rest, 0.95)
    assert low <= ratio * (1 + 1e-12)
    assert ratio <= high * (1 + 1e-12)
    assert (low > 1 or high < 1) == bool(lower[0] > 0 or upper[0] < 0)


def test_everybody_against_everybody_is_still_not_sure():
    ratio, lower, upper = ratios.share_ratio(counts(20, 20), counts(30, 30), 0.95)
    assert lower[0] < ratio[0] == 1 < upper[0]


def test_nothing_has_no_ratio():
    found = ratios.share_ratio(counts(0, 20), counts(10, 30), 0.95)
    assert np.isnan(np.array(found)).all()
