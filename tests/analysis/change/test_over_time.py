"""Each indicator of a service gets its verdict, on Wyre Forest's real figures."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from perfnb.analysis.change import over_time
from perfnb.breaks import Rebase


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
    before, since = assessed.trend.eras
    assert (before.n, since.n) == (16, 9)
    assert assessed.trend.mean == since.mean != before.mean
    rows = assessed.trend.points
    assert rows.loc[rows["era"] == 1, "period"].iloc[0] == "2023-24 Q2"
    assert len(assessed.points) == 31


def test_slope_and_seasons_leave_out_what_was_made_differently(housing):
    """Ten figures of one kind are needed; nine are held since the break."""
    assessed = by_id(over_time.trends(housing))["HOM1"]
    assert assessed.comparable["period"].iloc[0] == "2023-24 Q2"
    assert (assessed.slope.n, assessed.slope.verdict) == (9, "too few points")
    assert assessed.seasonality.standing == "too few years"


def test_the_same_quarter_of_the_year_before_is_set_beside(housing):
    """HOM2: 167 / 46,612 households and 156 / 47,550 a year before."""
    owed = by_id(over_time.trends(housing))["HOM2"].year_on_year
    assert owed.difference == pytest.approx(0.3027, abs=5e-5)
    assert owed.meaning == "worse"
    assert owed.start_before == pd.Timestamp("2024-10-01")


def test_targets_are_held_against_the_limits(waste):
    """NI 192: at least 35% (illustrative), limits 28.7 to 34.8."""
    found = by_id(over_time.trends(waste))
    recycling = found["NI192"]
    assert recycling.target.value == 35
    assert recycling.assurance.verdict == "consistently fails"
    assert found["NI191"].assurance.verdict == "hit and miss"
    assert found["OFL1"].assurance.reason == "trial limits"
    assert found["BVPI84a"].assurance.verdict == "no target"


def test_every_period_has_the_target_that_held_then(waste):
    """NI 191: 515, 510, 540 and 520 kg from 2019-20 on; none for 2023-25."""
    residual = by_id(over_time.trends(waste))["NI191"]
    held = [target.value for target in residual.targets if target]
    assert held == [515, 510, 540, 520]
    assert len(residual.targets) == len(residual.points)


def test_the_counts_give_a_second_opinion(housing):
    """HOM3: 53 of 167; the chart of the counts has its lower limit at 33.3%."""
    shares = by_id(over_time.trends(housing))["HOM3"]
    last = shares.counted.rows.iloc[-1]
    assert shares.counted.kind == "p'"
    assert last["lower_limit"] == pytest.approx(33.29, abs=0.005)
    assert last["beyond"]
    assert shares.trend.variation == "common cause"


def test_a_rebase_moves_limits_and_leaves_the_slope_alone(waste):
    """It changes what is expected, not what is measured."""
    rebase = Rebase(
        indicator="NI192",
        **{"from": "2016-17"},
        reason="Illustrative new contract",
        decided=date(2026, 11, 24),
    )
    catalogue = replace(waste.catalogue, rebases=(rebase,))
    found = by_id(over_time.trends(replace(waste, catalogue=catalogue)))["NI192"]
    plain = by_id(over_time.trends(waste))["NI192"]
    assert [era.n for era in found.trend.eras] == [6, 7]
    assert [era.standing for era in found.trend.eras] == ["too few points"] * 2
    assert found.rebases == (rebase,)
    assert found.slope == plain.slope


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
