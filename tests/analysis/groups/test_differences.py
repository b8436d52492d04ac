"""Differences of rates and shares, with limits and p-values that agree."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.rates import confint_poisson_2indep

from perfnb.analysis.groups import differences


def counts(part, whole):
    """Make the counts of one row."""
    return np.array([float(part)]), np.array([float(whole)])


def parts():
    """Draw a part and its whole."""
    return st.integers(1, 400).flatmap(
        lambda whole: st.tuples(st.integers(0, whole), st.just(whole))
    )


def test_published_differences_are_met(own_case):
    for case in own_case("differences.csv").itertuples():
        found = differences.share_difference(
            counts(case.numerator, case.denominator),
            counts(case.rest, case.rest_denominator),
            0.95,
        )
        assert [each[0] for each in found[1:]] == pytest.approx(
            [case.lower, case.upper], abs=6e-5
        )


def test_limits_of_a_rate_difference_are_those_of_another_program():
    """Other limits are put together there, ours are Byar's: alike for many events."""
    _, lower, upper = differences.rate_difference(
        counts(410, 28_010), counts(150, 19_017), 0.95
    )
    theirs = confint_poisson_2indep(
        410, 28_010, 150, 19_017, method="mover", compare="diff", method_mover="score"
    )
    assert (lower[0], upper[0]) == pytest.approx(theirs, rel=0.005)


def test_no_events_in_a_group_still_have_limits():
    found = differences.rate_difference(counts(0, 1000), counts(20, 1000), 0.95)
    assert found[1][0] < found[0][0] == -0.02 < found[2][0] < 0


def test_a_part_larger_than_its_whole_has_no_difference():
    found = differences.share_difference(counts(9, 5), counts(3, 10), 0.95)
    assert np.isnan(np.array(found)).all()


@given(parts(), parts())
def test_a_difference_lies_within_its_limits_and_mirrors(group, rest):
    there = differences.share_difference(counts(*group), counts(*rest), 0.95)
    back = differences.share_difference(counts(*rest), counts(*group), 0.95)
    value, lower, upper = (each[0] for each in there)
    assert lower <= value <= upper
    assert [value, lower, upper] == pytest.approx(
        [-back[0][0], -back[2][0], -back[1][0]], abs=1e-12
    )


@given(parts(), parts())
def test_a_p_value_agrees_with_its_limits(group, rest):
    group, rest = counts(*group), counts(*rest)
    _, lower, upper = differences.share_difference(group, rest, 0.95)
    (p_value,) = differences.p_value_of(
        lambda alpha: differences.share_difference_at(group, rest, alpha)
    )
    assert 0 <= p_value <= 1
    assert (p_value < 0.05) == bool(lower[0] > 0 or upper[0] < 0)


def test_the_limit_just_touches_nought_at_the_p_value():
    group, rest = counts(56, 70), counts(48, 80)
    (p_value,) = differences.p_value_of(
        lambda alpha: differences.share_difference_at(group, rest, alpha)
    )
    _, lower, _ = differences.share_difference(group, rest, 1 - p_value)
    assert lower[0] == pytest.approx(0, abs=1e-9)


def test_what_has_no_difference_has_no_p_value():
    group, rest = counts(np.nan, 70), counts(48, 80)
    found = differences.p_value_of(
        lambda alpha: differences.share_difference_at(group, rest, alpha)
    )
    assert np.isnan(found).all()
