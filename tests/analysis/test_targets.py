"""Which target holds for a figure follows from its days and from what it measures."""

from datetime import date

import pytest

from perfnb.analysis.targets import in_force
from perfnb.registers import Target

QUARTER = date(2025, 10, 1), date(2025, 12, 31)
TO_DATE = date(2025, 4, 1), date(2025, 12, 31)
YEAR = date(2025, 4, 1), date(2026, 3, 31)
ROLLING = date(2024, 1, 1), date(2025, 12, 31)
NIGHT = date(2025, 10, 1), date(2025, 11, 30)


def target(period, value=50.0, **cells):
    """Make an illustrative target."""
    cells = {"kind": "level", **cells}
    return Target(
        indicator="IL",
        period=period,
        value=value,
        rationale="Illustrative",
        basis="illustrative",
        **cells,
    )


@pytest.fixture
def measured(book):
    """Give a real indicator with another rule or frequency."""

    def indicator(rule, frequency="quarterly"):
        plain = book.catalogue.indicators["HOM2"]
        changed = {"year_to_date": rule, "frequency": frequency}
        return plain.model_copy(update=changed)

    return indicator


def test_a_target_for_the_same_days_is_found_with_or_without_the_indicator(measured):
    targets = [target("2025-26"), target("2025-26 Q3", 12.0)]
    assert in_force(targets, *QUARTER).value == 12
    assert in_force(targets, *QUARTER, measured("pool")).value == 12
    assert in_force(targets, *YEAR).value == 50


def test_a_step_of_the_profile_is_for_the_year_to_date_alone(measured):
    targets = [target("2025-26"), target("April to December 2025", 30.0)]
    assert in_force(targets, *TO_DATE, measured("sum")).value == 30
    assert in_force(targets, *QUARTER, measured("sum")) is None


@pytest.mark.parametrize(
    ("rule", "frequency", "figure", "holds"),
    [
        ("sum", "quarterly", QUARTER, False),
        ("sum", "quarterly", TO_DATE, False),
        ("none", "quarterly", QUARTER, False),
        ("pool", "quarterly", QUARTER, True),
        ("pool", "quarterly", TO_DATE, True),
        ("latest", "quarterly", QUARTER, True),
        ("latest", "rolling", ROLLING, True),
        ("pool", "rolling", ROLLING, False),
        ("none", "snapshot", NIGHT, True),
        ("none", "annual", YEAR, True),
    ],
)
def test_the_year_s_target_holds_for_a_part_only_where_that_makes_sense(
    measured, rule, frequency, figure, holds
):
    found = in_force([target("2025-26")], *figure, measured(rule, frequency))
    assert (found is not None) == holds


def test_the_shortest_target_that_holds_goes_first(measured):
    targets = [target("2025-26"), target("April to December 2025", 30.0)]
    assert in_force(targets, *QUARTER, measured("pool")).value == 30


def test_the_target_of_another_year_does_not_hold(measured):
    assert in_force([target("2024-25")], *QUARTER, measured("pool")) is None


def test_targets_of_groups_gaps_and_choices_are_not_the_district_s(measured):
    group = {"characteristic": "age", "group": "16-24"}
    others = [
        target("2025-26", **group),
        target("2025-26", area="E01032418"),
        target("2025-26", kind="gap", **group),
        target("2025-26", None, kind="none"),
    ]
    assert in_force(others, *QUARTER, measured("pool")) is None
    assert in_force(others, *QUARTER, measured("pool"), **group) is others[0]
    assert (
        in_force(others, *QUARTER, measured("pool"), kind="gap", **group) is others[2]
    )
    assert in_force(others, *QUARTER, measured("pool"), area="E01032418") is others[1]


def test_no_target_is_in_force_where_there_is_none(measured):
    assert in_force([], *QUARTER, measured("pool")) is None
