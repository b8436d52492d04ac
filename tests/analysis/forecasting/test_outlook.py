"""Year's ends of a service's indicators, on Wyre Forest's real figures."""

import pandas as pd
import pytest

from perfnb.analysis.forecasting import outlook
from perfnb.observations import series


@pytest.fixture(scope="module")
def found(housing_outlooks):
    """Give the forecast of every indicator of housing, by id."""
    return {each.indicator.id: each for each in housing_outlooks}


def test_every_indicator_has_an_answer(found, housing):
    assert list(found) == [indicator.id for indicator in housing.indicators]
    assert {name: each.outturn.standing for name, each in found.items()} == {
        "HOM1": "forecast",
        "HOM2": "forecast",
        "HOM3": "forecast",
        "HOM4": "too old",
        "HOM5": "gap in the year",
    }


def test_the_year_so_far_is_that_of_the_published_counts(found):
    """169, 175 and 167 households, of 47,550, 47,550 and 46,612."""
    duties = found["HOM2"].outturn
    assert duties.so_far == pytest.approx(511 / ((2 * 47550 + 46612) / 3) * 1000)
    assert duties.lower_inner < duties.value < duties.upper_inner
    assert duties.n == 7
    assert found["HOM3"].outturn.so_far == pytest.approx(208 / 511 * 100)


def test_last_year_s_outturn_is_that_of_the_published_counts(found):
    """157, 183, 155 and 141 households in 2024-25."""
    mean = (3 * 47255 + 47550) / 4
    assert found["HOM2"].last_year == pytest.approx(636 / mean * 1000)
    assert found["HOM4"].last_year is None
    assert found["HOM2"].course_before[-1] == pytest.approx(636 / mean * 1000)


def test_the_target_of_the_year_is_judged_by_the_simulated_years(found):
    duties = found["HOM2"]
    assert duties.target.period == "2025-26"
    share = (duties.outturn.outturns > duties.target.value).mean()
    assert duties.chance == share
    assert duties.expectation == "likely to be missed"
    assert found["HOM1"].chance is None


def test_ranges_are_widened_as_earlier_forecasts_ask(found):
    for each in (found["HOM1"], found["HOM2"], found["HOM3"]):
        assert each.setting == each.record.settings[3]
        assert each.outturn.stretch == each.setting.stretch >= 1
        assert each.stage["n"] == each.setting.n > 60


def test_forecasts_late_in_the_year_are_nearer_than_last_year_s_value(found):
    for each in (found["HOM1"], found["HOM2"], found["HOM3"]):
        assert each.stage["skill"] > 0.5
        stages = each.record.stages.set_index("known")
        assert stages["error"].is_monotonic_decreasing


def test_ranges_held_about_what_they_promise(found):
    """Over every point of the year, on the councils that the page looks back on."""
    stages = pd.concat([found[name].record.stages for name in ("HOM1", "HOM2", "HOM3")])
    assert 0.75 < stages["inside_inner"].sum() / stages["n"].sum() < 0.9
    assert 0.9 < stages["inside_ci"].sum() / stages["n"].sum() < 0.98


def test_the_council_and_its_peers_are_looked_back_on(found, housing):
    councils = found["HOM2"].councils
    assert councils[0] == housing.council
    assert len(councils) == housing.methods.backtest_councils
    nearest = housing.catalogue.peers_of("nearest-neighbours")
    held = housing.observations["authority"].astype(str).unique()
    assert set(nearest) & set(held) <= set(councils)
    assert found["HOM5"].councils == (housing.council,)


def test_annual_figures_that_end_years_ago_are_not_forecast(waste):
    for each in outlook.outlooks(waste):
        assert each.outturn.standing == "too old"
        assert each.chance is None
        assert each.stage["n"] >= 20


def test_windows_that_overlap_are_not_forecast(planning, safety):
    (rolling,) = outlook.outlooks(planning)
    assert rolling.outturn.standing == "overlapping windows"
    assert rolling.stage is None
    (crime,) = outlook.outlooks(safety)
    assert crime.outturn.standing == "too old"


def test_a_break_that_splits_a_series_splits_its_history(found, housing):
    """What counts as an assessment changed in July 2023."""
    assessed = found["HOM1"]
    assert [each.starts for each in assessed.breaks] == ["2023-24 Q2"]
    assert assessed.past["year"].tolist() == [2025]
    points = series(
        housing.observations, assessed.indicator, housing.council, housing.quarter
    )
    assert assessed.points.equals(points)


def test_outturns_are_given_by_indicator(found):
    given = outlook.outturns(found.values())
    assert given["HOM2"] is found["HOM2"].outturn
    assert len(given) == 5
