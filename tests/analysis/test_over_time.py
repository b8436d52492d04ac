"""Each indicator of a service gets its verdict, on Wyre Forest's real figures."""

import pytest

from perfnb.analysis import over_time


def by_id(found):
    """Give the findings by indicator."""
    return {finding.indicator.id: finding for finding in found}


def test_every_indicator_of_the_service_has_a_finding(waste):
    """None is left out, whatever it has."""
    found = over_time.trends(waste)
    assert [f.indicator.id for f in found] == [i.id for i in waste.indicators]


def test_annual_figures_are_behind_by_whole_years(waste):
    """The last recycling figure is 2022-23; 2023-24 and 2024-25 are due."""
    recycling = by_id(over_time.trends(waste))["NI192"]
    assert recycling.behind == 2
    assert recycling.points["period"].iloc[-1] == "2024-25"


def test_seven_figures_above_the_mean_are_a_shift(waste):
    """NI 192 from 2016-17: 32.8 32.8 32.6 31.9 33.6 33.7 33.1; mean 31.7."""
    trend = by_id(over_time.trends(waste))["NI192"].trend
    assert trend.mean == pytest.approx(31.74, abs=0.005)
    assert trend.signals == ("shift",)
    assert trend.variation == "improvement"


def test_a_break_that_splits_starts_the_limits_anew(housing):
    """Assessments from 2023-24 Q2 count withdrawn applications too."""
    assessed = by_id(over_time.trends(housing))["HOM1"]
    assert assessed.trend.points["period"].iloc[0] == "2023-24 Q2"
    assert len(assessed.points) == 31


def test_a_break_that_does_not_split_is_told_and_no_more(waste):
    """The change of publisher moves NI 191 by less than 1%."""
    residual = by_id(over_time.trends(waste))["NI191"]
    assert [each.starts for each in residual.breaks] == ["2015-16"]
    assert residual.trend.n == 13


def test_quarters_without_a_return_stay_missing(housing):
    """October to December 2021 and January to March 2024 were not returned."""
    points = by_id(over_time.trends(housing))["HOM3"].points.set_index("period")
    assert points.index[points["value"].isna()].tolist() == [
        "2021-22 Q3",
        "2023-24 Q4",
    ]


def test_overlapping_windows_are_not_tested(planning):
    """Windows of 24 months that move by three share 21 of them."""
    assert over_time.trends(planning)[0].trend.standing == "overlapping windows"


def test_the_year_so_far_pools_the_counts(housing):
    """Three quarters of 2025-26: 170 + 175 + 167 households assessed."""
    assessed = by_id(over_time.trends(housing))["HOM1"]
    assert assessed.so_far.numerator == 170 + 175 + 167
    assert assessed.so_far_before.numerator == 159 + 186 + 159
