"""The year to date stands beside the step of its profile, quarter by quarter."""

import pandas as pd
import pytest

from perfnb.analysis.targeting.profile import is_to_date, profile, to_date
from perfnb.analysis.targeting.target_history import history
from perfnb.errors import PerfnbError
from perfnb.registers import Target

STEPS = {
    "2025-26 Q1": 1.0,
    "April to September 2025": 2.0,
    "April to December 2025": 3.0,
    "2025-26": 4.0,
}


def targets(steps):
    """Make illustrative levels for the district."""
    return [
        Target(
            indicator="IL",
            period=period,
            kind="level",
            value=value,
            rationale="Illustrative",
            basis="illustrative",
        )
        for period, value in steps.items()
    ]


def quarters(*counts, last="2026Q3", whole=100):
    """Lay out counts of 100 households, quarter by quarter up to the last."""
    periods = pd.period_range(end=pd.Period(last, "Q-MAR"), periods=len(counts))
    numerator = pd.array(counts, dtype="Float64")
    return pd.DataFrame(
        {
            "quarter": periods,
            "start": periods.start_time.astype("datetime64[us]"),
            "end": periods.end_time.normalize().astype("datetime64[us]"),
            "numerator": numerator,
            "denominator": pd.array([whole] * len(counts), dtype="Float64"),
            "value": numerator / whole * 100,
        }
    )


@pytest.fixture
def counted(book):
    """Give a quarterly indicator whose counts add up, per 100."""
    plain = book.catalogue.indicators["HOM2"]
    return plain.model_copy(update={"per": 100.0, "decimals": 1})


def test_quarters_come_together_since_april(counted, methods):
    found = profile(quarters(1, 1, 2), targets(STEPS), counted, methods)
    points = found.history.points
    assert points["value"].tolist() == [1.0, 2.0, 4.0]
    assert points["highest"].tolist() == [1.0, 2.0, 3.0]
    assert points["status"].tolist() == ["met", "met", "not met"]
    assert found.history.period == "April to December 2025"
    assert found.history.off_target == 1


def test_what_is_left_leads_to_the_year_s_target(counted, methods):
    found = profile(quarters(1, 1, 1.5), targets(STEPS), counted, methods)
    assert found.year_target.value == 4
    assert found.left == pytest.approx(0.5)


def test_when_the_year_is_over_nothing_is_left(counted, methods):
    found = profile(
        quarters(1, 1, 1, 2, last="2026Q4"), targets(STEPS), counted, methods
    )
    assert found.history.latest.status == "not met"
    assert found.left is None


@pytest.mark.parametrize("rule", ["pool", "latest", "none"])
def test_only_where_quarters_add_up_is_anything_left(counted, methods, rule):
    other = counted.model_copy(update={"year_to_date": rule})
    assert profile(quarters(1, 1, 1), targets(STEPS), other, methods).left is None


def test_a_gap_leaves_the_rest_of_its_year_without_a_figure(counted, methods):
    found = profile(quarters(1, None, 1), targets(STEPS), counted, methods)
    assert found.history.points["status"].tolist() == ["met", "no figure", "no figure"]
    assert found.history.latest.status == "met"
    assert found.history.period == "2025-26 Q1"


def test_a_quarter_without_a_step_has_no_target(counted, methods):
    found = profile(
        quarters(1, 1, last="2026Q2"), targets({"2025-26": 4.0}), counted, methods
    )
    assert found.history.latest.status == "no target"
    assert found.year_target.value == 4


def test_no_figures_give_an_empty_profile(counted, methods):
    found = profile(quarters(), targets(STEPS), counted, methods)
    assert (found.history.latest, found.history.period, found.left) == (None, "", None)
    assert found.history.off_target == 0
    nothing = profile(quarters(None, None), targets(STEPS), counted, methods)
    assert nothing.history.latest is None


def test_first_quarters_count_as_quarters_and_later_steps_as_the_year_to_date(counted):
    kinds = [is_to_date(target, counted) for target in targets(STEPS)]
    assert kinds == [False, True, True, True]
    annual = counted.model_copy(update={"frequency": "annual"})
    assert not is_to_date(targets({"2025-26": 4.0})[0], annual)


def test_columns_that_are_missing_are_named(counted):
    with pytest.raises(PerfnbError, match="lack the column 'quarter'"):
        to_date(quarters(1).drop(columns="quarter"), counted)


def test_each_period_is_judged_by_the_target_of_its_own_time(counted, methods):
    shares = counted.model_copy(update={"year_to_date": "pool", "polarity": "maximise"})
    known = targets({"2024-25": 50.0, "2025-26": 60.0})
    found = history(quarters(55, 55, last="2026Q1"), known, shares, methods)
    assert found.points["lowest"].tolist() == [50.0, 60.0]
    assert found.points["highest"].isna().all()
    assert found.points["status"].tolist() == ["met", "close"]
    assert found.points["missed_by"].tolist() == [0.0, 5.0]


def test_periods_that_come_twice_are_refused(counted, methods):
    twice = pd.concat([quarters(1), quarters(1)])
    with pytest.raises(PerfnbError, match="comes twice or out of order"):
        history(twice, [], counted, methods)
