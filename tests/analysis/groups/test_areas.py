"""Small areas pooled into groups."""

import pandas as pd
import pytest

from perfnb.analysis.groups import areas
from perfnb.errors import PerfnbError


def table(numerators, denominators):
    """Make the counts of areas."""
    return pd.DataFrame(
        {
            "numerator": pd.array(numerators, dtype="Float64"),
            "denominator": pd.array(denominators, dtype="Float64"),
        }
    )


def test_pooling_sums_and_never_averages_rates():
    rows = table([1, 99], [10, 100]).assign(quintile="1")
    found = areas.pool(rows, "quintile")
    assert found["numerator"].tolist() == [100]
    assert found["denominator"].tolist() == [110]


def test_pooling_leaves_areas_with_a_missing_count_out_of_both_sums():
    rows = table([1, None, 7], [10, 100, None]).assign(quintile="1")
    found = areas.pool(rows, "quintile").iloc[0]
    assert (found["numerator"], found["denominator"], found["n_missing"]) == (1, 10, 2)


def test_pooling_refuses_areas_without_a_group():
    rows = table([1, 2], [10, 10]).assign(quintile=["1", None])
    with pytest.raises(PerfnbError, match="1 areas have no group"):
        areas.pool(rows, "quintile")


def test_pooled_quintiles_stand_from_the_most_deprived():
    rows = table([1, 2, 3], [10, 10, 10])
    rows["group"] = areas.deprivation_quintile(pd.Series([9, 1, 5]))
    found = areas.pool(rows, "group")
    assert found["group"].tolist() == ["1 (most deprived)", "3", "5 (least deprived)"]


def test_deciles_become_quintiles():
    found = areas.deprivation_quintile(pd.Series(range(1, 11), dtype="Int64"))
    assert [label[0] for label in found] == list("1122334455")
    assert areas.deprivation_quintile(pd.Series([None])).isna().all()


@pytest.mark.parametrize("decile", [0, 11, 2.5])
def test_other_deciles_are_refused(decile):
    with pytest.raises(PerfnbError, match="is not a decile"):
        areas.deprivation_quintile(pd.Series([decile]))


def test_groups_of_deprivation_are_put_in_order():
    tenths = [str(place) for place in range(2, 10)]
    shuffled = ["10 (least deprived)", *tenths[::-1], "1 (most deprived)"]
    found = areas.from_most_deprived(shuffled)
    assert [name.split(" ")[0] for name in found] == [str(n) for n in range(1, 11)]


@pytest.mark.parametrize(
    "groups", [[], ["1", "2", "3"], ["16-24", "25-34"], ["1 (most deprived)", "north"]]
)
def test_other_groups_have_no_order_of_deprivation(groups):
    assert areas.from_most_deprived(groups) is None
