"""Counts since April are added up; percentages are never averaged."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfnb.analysis.change.year_to_date import year_to_date
from perfnb.errors import PerfnbError


def quarters_of(numerators: list, denominators: list, first: str = "2026Q1"):
    """Lay out quarters from April 2025 with their counts and percentages."""
    quarters = pd.period_range(first, periods=len(numerators), freq="Q-MAR")
    points = pd.DataFrame(
        {
            "quarter": quarters,
            "start": quarters.start_time,
            "end": quarters.end_time,
            "numerator": pd.array(numerators, dtype="Float64"),
            "denominator": pd.array(denominators, dtype="Float64"),
        }
    )
    return points.assign(value=points["numerator"] / points["denominator"] * 100)


def test_a_quarter_with_more_cases_counts_for_more():
    """90 of 100, 10 of 20 and 20 of 40 are 120 of 160: 75%, not 63.3%."""
    points = quarters_of([90, 10, 20], [100, 20, 40])
    found = year_to_date(points, points["quarter"].iloc[-1], rule="pool", per=100)
    assert found.value == 75
    assert found.numerator == 120
    assert found.period == "April to December 2025"


def test_events_are_set_against_the_mean_of_those_who_are_there_all_year():
    """170, 175 and 167 households of about 46,600 are 11.0 per 1,000."""
    points = quarters_of([170, 175, 167], [47_550, 47_550, 46_612])
    found = year_to_date(points, points["quarter"].iloc[-1], rule="sum", per=1000)
    assert found.value == pytest.approx(512 / 47_237.333333 * 1000)


def test_a_missing_quarter_leaves_nothing_to_say():
    """Two quarters of three would look like a fall."""
    points = quarters_of([90, None, 20], [100, None, 40])
    assert year_to_date(points, points["quarter"].iloc[-1], rule="sum", per=1) is None
    points = quarters_of([90, 20], [100, 40], first="2026Q2")
    assert year_to_date(points, points["quarter"].iloc[-1], rule="sum", per=1) is None


def test_a_new_year_starts_anew_in_april():
    """The quarters before April belong to another year."""
    points = quarters_of([50, 60, 70], [100, 100, 100], first="2025Q4")
    found = year_to_date(points, points["quarter"].iloc[-1], rule="pool", per=100)
    assert found.value == 65
    assert found.quarters == 2


def test_the_latest_value_may_stand_for_the_year_and_no_rule_says_nothing():
    """A rolling figure already covers the year."""
    points = quarters_of([90, 10, 20], [100, 20, 40])
    last = points["quarter"].iloc[-1]
    assert year_to_date(points, last, rule="latest", per=100).value == 50
    assert year_to_date(points, last, rule="none", per=100) is None


def test_without_counts_values_are_added():
    """Kilograms of three quarters make the kilograms of nine months."""
    points = quarters_of([None, None], [None, None]).assign(value=[120.5, 130.0])
    found = year_to_date(points, points["quarter"].iloc[-1], rule="sum", per=None)
    assert found.value == 250.5
    assert found.numerator is None


def test_an_unknown_rule_and_a_missing_column_are_told():
    """A silent default would publish a wrong figure."""
    points = quarters_of([1], [2])
    with pytest.raises(PerfnbError, match="'mean' is not a rule"):
        year_to_date(points, points["quarter"].iloc[-1], rule="mean", per=100)
    with pytest.raises(PerfnbError, match="value"):
        year_to_date(
            points.drop(columns="value"), points["quarter"].iloc[-1], rule="sum", per=1
        )


@given(
    st.lists(
        st.tuples(st.integers(0, 500), st.integers(1, 500)), min_size=4, max_size=4
    )
)
def test_a_pooled_share_lies_between_the_quarters_shares(counts):
    """Whatever the counts, the year is no higher than its highest quarter."""
    points = quarters_of([n for n, _ in counts], [n + d for n, d in counts])
    found = year_to_date(points, points["quarter"].iloc[-1], rule="pool", per=100)
    low, high = points["value"].min(), points["value"].max()
    assert low - 1e-9 <= found.value <= high + 1e-9
