"""Every indicator of a service gets a status, its past and a test of its target."""

from dataclasses import replace

import pytest

from perfnb.analysis.forecasting.outlook import outturns
from perfnb.analysis.targeting.against_target import against_targets
from perfnb.analysis.targeting.part_targets import part_targets
from perfnb.analysis.targeting.unheard_targets import unheard_targets
from perfnb.registers import Target

NEIGHBOURS = "nearest-neighbours"


def by_id(findings):
    """Give findings by the id of their indicator."""
    return {finding.indicator.id: finding for finding in findings}


def with_targets(selection, *targets, without=()):
    """Add made-up targets to a selection, and leave out those of some indicators."""
    kept = [t for t in selection.catalogue.targets if t.indicator not in without]
    catalogue = replace(selection.catalogue, targets=(*kept, *targets))
    return replace(selection, catalogue=catalogue)


def target(indicator, period, value=None, **cells):
    """Make an illustrative target."""
    return Target(
        indicator=indicator,
        period=period,
        value=value,
        rationale="Illustrative",
        basis="illustrative",
        **{"kind": "level", **cells},
    )


@pytest.fixture(scope="module")
def of_waste(waste):
    """Judge waste and recycling without a forecast."""
    return by_id(against_targets(waste, NEIGHBOURS, {}))


@pytest.fixture(scope="module")
def of_housing(housing, housing_outlooks):
    """Judge housing with its forecasts."""
    return by_id(against_targets(housing, NEIGHBOURS, outturns(housing_outlooks)))


def test_every_indicator_has_a_status(of_waste, of_housing):
    assert {name: found.status for name, found in of_waste.items()} == {
        "NI191": "met",
        "NI192": "close",
        "BVPI84a": "no target by choice",
        "OFL1": "not met",
        "NI196i": "context",
        "NI196e": "not met",
    }
    assert {name: found.status for name, found in of_housing.items()} == {
        "HOM1": "context",
        "HOM2": "not met",
        "HOM3": "not met",
        "HOM4": "not met",
        "HOM5": "not met",
    }


def test_a_profile_is_held_against_what_has_come_together_since_april(of_housing):
    """169 + 175 + 167 = 511 of 47,237 households on average: 10.82 per 1,000."""
    found = of_housing["HOM2"]
    assert found.period == "April to December 2025"
    assert found.latest.value == pytest.approx(10.82)
    assert found.profile.left == pytest.approx(13 - 10.82)
    assert found.history.off_target == 7


def test_single_figures_are_compared_with_single_figures(of_housing):
    """The quarter beside the quarter before, not the year to date beside it."""
    found = of_housing["HOM2"]
    assert (found.short.now, found.short.before, found.short.word) == (
        3.58,
        3.68,
        "better",
    )
    assert (found.long.before, found.long.word) == (3.28, "worse")


def test_status_and_forecast_stand_beside_each_other(of_housing):
    found = of_housing["HOM2"]
    assert found.status == "not met"
    assert found.chance > 0.9
    assert found.expectation == "likely to be missed"
    assert found.challenge.outlook.method.startswith("forecast of 2025-26")
    assert (of_housing["HOM4"].chance, of_housing["HOM4"].expectation) == (
        None,
        "not judged",
    )


def test_a_forecast_does_not_change_a_status(housing, of_housing):
    plain = by_id(against_targets(housing, NEIGHBOURS, {}))
    assert {n: f.status for n, f in plain.items()} == {
        n: f.status for n, f in of_housing.items()
    }


def test_a_range_judges_an_indicator_of_which_no_side_is_good(of_waste):
    found = of_waste["NI196e"]
    assert (found.latest.missed_by, found.latest.is_above) == (0.07, False)
    assert found.short.word == "worse"


def test_real_targets_are_tested_on_what_was_there_before(of_waste, of_housing):
    nought = of_housing["HOM4"].challenge
    assert nought.verdict == "zero"
    residual = of_waste["NI191"].challenge
    assert (residual.baseline, residual.baseline_period) == (483.9, "2022-23")
    assert residual.peers.group == "districts of the West Midlands region"
    year = of_housing["HOM3"].challenge
    assert (year.baseline_period, year.n) == ("2024-25", 5)
    assert year.baseline == pytest.approx(100 * 283 / 636)


def test_limits_of_quarters_say_nothing_of_a_year_that_adds_up(of_housing):
    assert of_housing["HOM2"].challenge.limits is None
    assert of_housing["HOM3"].challenge.limits is not None


def test_a_share_of_peers_is_put_together_from_their_quarters(of_housing):
    peers = of_housing["HOM3"].challenge.peers
    assert (peers.period, peers.n) == ("2024-25", 16)
    assert 0 < peers.n_reaching < peers.n


def test_rolling_figures_are_judged_by_the_year_in_which_they_end(planning):
    (found,) = against_targets(planning, NEIGHBOURS, {})
    assert (found.status, found.challenge.verdict) == (
        "met",
        "below current performance",
    )
    assert found.challenge.baseline_period == "April 2023 to March 2025"
    assert found.short.overlaps


def test_figures_of_one_period_have_neither_direction_nor_test(safety):
    (found,) = against_targets(safety, NEIGHBOURS, {})
    assert (found.status, found.short.word) == ("close", "no figure")
    assert found.challenge.verdict == "nothing to test against"


def test_a_year_s_target_without_steps_is_not_due_within_the_year(housing):
    only_year = target("HOM2", "2025-26", 13)
    selection = with_targets(housing, only_year, without=["HOM2"])
    found = by_id(against_targets(selection, NEIGHBOURS, {}))["HOM2"]
    assert found.status == "not due"
    assert found.challenge is not None


def test_a_missing_target_is_told_from_one_left_out_by_choice(waste):
    selection = with_targets(waste, without=["NI191", "BVPI84a"])
    found = by_id(against_targets(selection, NEIGHBOURS, {}))
    assert found["NI191"].status == "no target"
    assert found["BVPI84a"].status == "no target"
    assert (found["NI191"].challenge, found["NI191"].choice) == (None, None)


def test_a_target_without_any_figure_waits_for_one(waste):
    rows = waste.observations
    selection = replace(waste, observations=rows[rows["indicator"] != "NI191"])
    found = by_id(against_targets(selection, NEIGHBOURS, {}))["NI191"]
    assert (found.status, found.period, found.latest) == ("no figure", "", None)
    assert found.challenge.verdict == "nothing to test against"


def test_the_order_of_the_rows_does_not_matter(waste, of_waste):
    shuffled = waste.observations.sample(frac=1, random_state=1)
    again = by_id(
        against_targets(replace(waste, observations=shuffled), NEIGHBOURS, {})
    )
    for name, found in of_waste.items():
        assert again[name].status == found.status
        assert again[name].challenge == found.challenge


# --- groups and areas -----------------------------------------------------------


@pytest.fixture(scope="module")
def ages(housing):
    """Judge the ages of main applicants."""
    (found,) = part_targets(housing)
    return found


def test_each_group_is_judged_by_its_own_target(ages):
    status = dict(zip(ages.parts["group"], ages.parts["status"], strict=True))
    assert ages.period == "2025-26 Q3"
    assert status["18-24"] == "not met"
    assert status["45-54"] == "met"


def test_a_hidden_group_has_no_status(ages):
    hidden = ages.parts[ages.parts["suppressed"]]
    assert list(hidden["group"]) == ["75+"]
    assert hidden["value"].isna().all()
    assert set(hidden["status"]) == {"no figure"}
    assert not hidden["certain"].any()


def test_groups_are_judged_on_figures_as_they_may_be_shown(ages):
    """The true 34 of the group 18-24 stays behind the gate: 35 is what is judged."""
    row = ages.parts.set_index("group").loc["18-24"]
    assert row["numerator"] % 5 == 0


def test_targets_of_ages_come_close_to_the_district_s(ages):
    found = ages.reconciliation
    assert found.weighted == pytest.approx(17.924, abs=0.001)
    assert (found.apart, found.verdict) == (-0.1, "ask for more")
    assert found.denominator == found.district_denominator == 83_770


def test_fifths_of_deprivation_and_their_gap(safety):
    (found,) = part_targets(safety)
    assert (found.characteristic, found.reconciliation.verdict) == (
        "deprivation",
        "agree",
    )
    assert found.reconciliation.district_denominator == 101_291
    ((group, gap),) = found.gaps
    assert (group, gap.status, gap.certain) == ("1 (most deprived)", "not met", True)
    assert gap.gap == pytest.approx(2.733, abs=0.001)


def test_a_single_area_is_judged_too(safety):
    """69 incidents, 1,331 residents: 51.8 per 1,000."""
    aim = target("CRM1", "October 2018 to February 2019", 50, area="E01032418")
    found = part_targets(with_targets(safety, aim))[-1]
    row = found.parts.set_index("group").loc["E01032418"]
    assert (found.characteristic, row["status"]) == ("area", "close")
    assert not row["certain"]
    assert found.reconciliation is None
    assert (found.parts["status"] == "no target").sum() == len(found.parts) - 1


def test_a_group_without_a_target_leaves_the_whole_open(safety):
    kept = [
        t
        for t in safety.catalogue.targets_of("CRM1")
        if t.group != "5 (least deprived)"
    ]
    (found,) = part_targets(with_targets(safety, *kept, without=["CRM1"]))
    assert (found.reconciliation.verdict, found.reconciliation.n_without) == (
        "incomplete",
        1,
    )


def test_services_without_such_targets_have_none(waste, planning):
    assert part_targets(waste) == ()
    assert part_targets(planning) == ()


def test_a_target_for_a_group_that_nobody_knows_is_told(housing, ages):
    slip = target("HOM5", "2025-26 Q3", 40, characteristic="age", group="18 to 24")
    past = target("HOM5", "2024-25 Q4", 40, characteristic="age", group="18-24")
    coming = target("HOM5", "2026-27 Q1", 40, characteristic="age", group="18-24")
    selection = with_targets(housing, slip, past, coming)
    assert unheard_targets(selection, [ages]) == (slip,)
    assert unheard_targets(housing, [ages]) == ()
