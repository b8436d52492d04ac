"""Groups and areas are compared with the rest of the district, on real figures."""

import pandas as pd
import pytest

from perfnb.analysis.groups import between_groups


@pytest.fixture(scope="module")
def of_housing(housing):
    """Compare the groups of housing, by characteristic."""
    return {f.characteristic: f for f in between_groups.breakdowns(housing)}


@pytest.fixture(scope="module")
def of_safety(safety):
    """Compare the areas of community safety, by characteristic."""
    return {f.characteristic: f for f in between_groups.breakdowns(safety)}


def test_areas_are_pooled_by_fifth_of_deprivation(of_safety):
    """Deciles 1 and 2 together: 2,252 crimes among 24,487 residents."""
    poorest = of_safety["deprivation"].breakdown.groups.iloc[0]
    assert poorest["numerator"] == 2252
    assert poorest["denominator"] == 24_487
    assert poorest["verdict"] == "worse"


def test_wards_stand_worst_first(of_safety):
    """Town centre wards above the rest, Lickhill lowest."""
    groups = of_safety["ward"].breakdown.groups
    assert groups["value"].is_monotonic_decreasing
    assert groups["group"].iloc[0] == "Aggborough & Spennells"
    assert groups["group"].iloc[-1] == "Lickhill"
    assert groups["verdict"].iloc[[0, -1]].tolist() == ["worse", "better"]


def test_a_ward_that_differs_alone_falls_among_all_of_the_page(of_safety):
    """Mitton: p = 0.048, the least clear of 17 comparisons but two."""
    groups = of_safety["ward"].breakdown.groups.set_index("group")
    mitton = groups.loc["Mitton"]
    assert mitton["p_value"] < 0.05 < mitton["p_adjusted"]
    assert (mitton["alone"], mitton["verdict"]) == ("better", "no clear difference")


def test_crime_rises_with_deprivation(of_safety):
    """Fifths at 92.0, 47.3, 34.7, 24.5 and 21.5 per 1,000."""
    found = of_safety["deprivation"].gradient
    assert found.verdict == "worse"
    assert found.n_events == 4831
    assert found.index.lower_slope < found.index.slope < found.index.upper_slope < 0
    assert found.index.relative == pytest.approx(0.165, abs=0.001)


def test_only_deprivation_has_a_gradient(of_safety, of_housing):
    assert of_safety["ward"].gradient is None
    assert of_housing["age"].gradient is None


def test_fifths_are_also_set_against_the_least_deprived(of_safety):
    found = of_safety["deprivation"].to_reference
    assert found.reference == "5 (least deprived)"
    assert found.groups["ratio"].iloc[0] == pytest.approx(91.967 / 21.511, rel=1e-4)


def test_ages_are_also_set_against_the_best(of_housing):
    """65 to 74 are shown as 10, which could be 8: too few to be called the best."""
    assert of_housing["age"].to_reference.reference == "45-54"


def test_inequality_is_of_the_groups_that_are_shown(of_housing):
    found = of_housing["age"].inequality
    assert (found.n_groups, found.n_without) == (7, 1)
    assert of_housing["ethnicity"].inequality.standing == "too few groups"


def test_gaps_are_compared_with_each_earlier_period(of_housing):
    """Three quarters are held; nothing but chance lies between them."""
    found = of_housing["age"].since
    assert [each.period for each in found] == ["2018-19 Q1", "2024-25 Q4"]
    for each in found:
        assert set(each.change.groups["verdict"]) == {
            "no clear change",
            "too few to say",
        }
        assert not each.same_season


def test_figures_of_one_period_have_no_earlier_gap(of_safety):
    assert of_safety["ward"].since == ()


def test_groups_of_people_pass_the_gate(of_housing):
    """Three applicants of 75 and over must not be told, now or in earlier periods."""
    by_age = of_housing["age"]
    held = [by_age.breakdown, by_age.to_reference]
    held += [since.breakdown for since in by_age.since]
    for breakdown in held:
        groups = breakdown.groups.set_index("group")
        shown = groups["numerator"].dropna()
        assert (shown % 5 == 0).all()
        hidden = groups[groups["suppressed"]]
        assert hidden[["numerator", "value", "ratio", "p_value"]].isna().all(axis=None)
    assert by_age.breakdown.groups.set_index("group").loc["75+", "suppressed"]


def test_people_whose_group_is_not_known_are_left_out(of_housing):
    """They belong to no group's denominator."""
    for found in of_housing.values():
        assert "not known" not in set(found.breakdown.groups["group"])
        assert found.unplaced == (found.characteristic == "ethnicity")


def test_sources_of_earlier_periods_are_named_too(of_housing):
    sources = of_housing["age"].sources
    assert {"hclic-oct-dec-2025", "hclic-jan-mar-2025"} <= set(sources)
    assert len(sources) == len(set(sources))


def test_a_service_without_breakdowns_has_none(waste):
    """Nothing is made up to fill the page."""
    assert between_groups.breakdowns(waste) == ()


def test_every_verdict_of_a_page_is_judged_among_all(of_safety):
    p_values = pd.concat([f.breakdown.groups["p_value"] for f in of_safety.values()])
    adjusted = pd.concat([f.breakdown.groups["p_adjusted"] for f in of_safety.values()])
    assert (adjusted >= p_values - 1e-12).all()
    assert len(p_values) == 17
