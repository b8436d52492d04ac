"""Groups that cannot be parts of their district are refused."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfnb.analysis.groups import parts
from perfnb.errors import PerfnbError


def table(*rows):
    """Make groups."""
    return pd.DataFrame(rows, columns=["group", "numerator", "denominator"])


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=6))
def test_groups_are_always_parts_of_their_own_sum(rows):
    groups = table(*[(str(place), *row) for place, row in enumerate(rows)])
    total, base = (float(groups[name].sum()) for name in ("numerator", "denominator"))
    parts.check(groups, total, base)


def test_a_group_without_its_numerator_need_not_be_part_of_the_district():
    parts.check(table(("a", None, 900), ("b", 5, 10)), total=5, base=10)


@pytest.mark.parametrize(
    ("groups", "words"),
    [
        (table(("a", -1, 10)), "'a' has a negative numerator"),
        (table(("a", 1, -10)), "'a' has a negative denominator"),
        (table(("a", 1, 10), ("b", 8, 10)), "'b' has a larger numerator"),
        (table(("a", 1, 99)), "'a' has a larger denominator than its district"),
        (table(("a", 4, 10), ("b", 4, 10)), "numerators of the groups add up to more"),
        (table(("a", 1, 25), ("b", 1, 10)), "denominators of the groups add up"),
    ],
)
def test_counts_that_cannot_add_up_are_named(groups, words):
    with pytest.raises(PerfnbError, match=words):
        parts.check(groups, total=6, base=30)


@pytest.mark.parametrize("missing", ["numerator", "denominator"])
def test_a_district_needs_both_counts(missing):
    district = {"numerator": 5, "denominator": 10}
    del district[missing]
    with pytest.raises(PerfnbError, match=f"lacks its '{missing}'"):
        parts.district_of(district)
