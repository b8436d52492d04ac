"""Which breakdowns are held, on real figures and on figures moved about."""

from dataclasses import replace

import pandas as pd
import pytest

from perfnb.analysis.groups.group_counts import DEPRIVATION, WARD, group_counts
from perfnb.breaks import Break


def by_age(selection):
    """Give the periods of the breakdown by age."""
    return next(
        periods
        for periods in group_counts(selection)
        if periods[-1].characteristic == "age"
    )


def moved(selection, start, end, *, to):
    """Give a selection whose earliest breakdown covers other days."""
    rows = selection.observations.copy()
    earliest = rows["start"] == pd.Timestamp(to)
    rows.loc[earliest & (rows["characteristic"] != "all"), "start"] = start
    rows.loc[(rows["start"] == start) & (rows["characteristic"] != "all"), "end"] = end
    return replace(selection, observations=rows)


def test_every_period_held_is_given_oldest_first(housing):
    periods = [each.period for each in by_age(housing)]
    assert periods == ["2018-19 Q1", "2024-25 Q4", "2025-26 Q3"]


def test_small_areas_are_pooled_by_deprivation_and_by_ward(safety):
    found = {each.characteristic: each for (each,) in group_counts(safety)}
    assert list(found) == [DEPRIVATION, WARD]
    assert len(found[DEPRIVATION].groups) == 5
    assert len(found[WARD].groups) == 12
    for each in found.values():
        assert each.groups["numerator"].sum() == 4831
        assert each.groups["denominator"].sum() == 101_139
        assert each.district.tolist() == [4831, 101_139]


def test_pooled_areas_name_where_fifths_and_wards_come_from(safety):
    found = {each.characteristic: each.sources for (each,) in group_counts(safety)}
    assert "imd-2019" in found[DEPRIVATION]
    assert "geography-lookups" not in found[DEPRIVATION]
    assert "geography-lookups" in found[WARD]


def test_a_ward_is_the_sum_of_its_small_areas(safety):
    """Lickhill: two small areas, 45 crimes among 2,831 residents."""
    (wards,) = group_counts(safety)[1]
    lickhill = wards.groups.set_index("group").loc["Lickhill"]
    assert lickhill.tolist() == [45, 2831]


def test_fifths_stand_from_the_most_deprived(safety):
    (fifths,) = group_counts(safety)[0]
    assert [group[0] for group in fifths.groups["group"]] == list("12345")


def test_periods_that_share_days_are_not_both_given(housing):
    """The first quarter of 2018-19, moved to begin with 2025-26 Q3's first month."""
    start, end = pd.Timestamp("2025-08-01"), pd.Timestamp("2025-10-31")
    changed = moved(housing, start, end, to="2018-04-01")
    assert [each.period for each in by_age(changed)] == ["2024-25 Q4", "2025-26 Q3"]


def test_periods_of_other_lengths_are_not_given(housing):
    start, end = pd.Timestamp("2018-04-01"), pd.Timestamp("2018-09-30")
    changed = moved(housing, start, end, to="2018-04-01")
    assert [each.period for each in by_age(changed)] == ["2024-25 Q4", "2025-26 Q3"]


@pytest.mark.parametrize(("splits", "n"), [("yes", 2), ("no", 3)])
def test_a_break_that_splits_ends_what_can_be_compared(housing, splits, n):
    made = Break.model_validate(
        {
            "indicator": "HOM5",
            "from": "2020-21",
            "kind": "method",
            "splits": splits,
            "reason": "Illustrative",
            "source": "hclic-oct-dec-2025",
        }
    )
    catalogue = replace(housing.catalogue, breaks=(made,))
    assert len(by_age(replace(housing, catalogue=catalogue))) == n


def test_a_service_without_breakdowns_has_none(waste):
    assert group_counts(waste) == ()
