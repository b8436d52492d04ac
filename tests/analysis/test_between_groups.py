"""Groups and areas are compared with the rest of the district, on real figures."""

import pandas as pd

from perfnb.analysis import between_groups


def test_areas_are_pooled_by_fifth_of_deprivation(safety):
    """Deciles 1 and 2 together: 2,252 crimes among 24,487 residents."""
    (found,) = between_groups.breakdowns(safety)
    poorest = found.breakdown.groups.iloc[0]
    assert found.characteristic == "deprivation"
    assert poorest["numerator"] == 2252
    assert poorest["denominator"] == 24_487
    assert poorest["verdict"] == "worse"


def test_groups_of_people_pass_the_gate(housing):
    """Three applicants of 75 and over must not be told."""
    by_age = next(
        f for f in between_groups.breakdowns(housing) if f.characteristic == "age"
    )
    groups = by_age.breakdown.groups.set_index("group")
    assert groups.loc["75+", "suppressed"]
    assert pd.isna(groups.loc["75+", "numerator"])
    assert pd.isna(groups.loc["75+", "value"])
    shown = groups["numerator"].dropna()
    assert (shown % 5 == 0).all()


def test_people_whose_group_is_not_known_are_left_out(housing):
    """They belong to no group's denominator."""
    for found in between_groups.breakdowns(housing):
        assert "not known" not in set(found.breakdown.groups["group"])
        assert found.unplaced == (found.characteristic == "ethnicity")


def test_a_service_without_breakdowns_has_none(waste):
    """Nothing is made up to fill the page."""
    assert between_groups.breakdowns(waste) == ()
