"""What is folded away of how unequal groups are all together."""

import pytest

from perfnb.analysis.groups import between_groups
from perfnb.report.groups import inequality_tables


@pytest.fixture(scope="module")
def found(housing):
    """Compare the groups of every indicator that has them."""
    return between_groups.breakdowns(housing)


@pytest.fixture(scope="module")
def of_safety(safety):
    """Compare the areas of community safety, by characteristic."""
    return {f.characteristic: f for f in between_groups.breakdowns(safety)}


def test_more_folds_away_measures_and_gaps_to_the_least_deprived(of_safety, safety):
    html = str(inequality_tables.more(of_safety["deprivation"], safety.methods).html())
    assert html.startswith("<details>")
    assert "each group against 5 (least deprived)" in html
    assert "Theil index" in html
    assert "(per 1,000 residents) squared" in html


def test_where_too_few_groups_are_shown_nothing_is_folded_away(found, housing):
    by_ethnicity = next(f for f in found if f.characteristic == "ethnicity")
    assert inequality_tables.more(by_ethnicity, housing.methods) is None
