"""Whether each figure came, and whether in time, day by day."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfnb.analysis.data_quality.arrivals import arrivals
from perfnb.errors import PerfnbError
from perfnb.quarters import parse_quarter

from .made_quality import indicator, reports, source

Q3 = parse_quarter("2025-26 Q3")
AS_AT = date(2026, 2, 15)


@pytest.fixture
def came(methods):
    """Lay out the arrivals of an indicator at a day, by period."""

    def told(rows, *sources, as_at=AS_AT, **changes):
        known = {each.id: each for each in sources}
        found = arrivals(rows, indicator(**changes), known, Q3, as_at, methods)
        return found.set_index("period")

    return told


def test_a_figure_published_by_its_day_is_in_time(came):
    """Due 30 days after 31 December: 30 January."""
    rows = reports(("2025-26 Q3", 1.0, "a"))
    on_the_day = came(rows, source("a", "2026-01-30")).loc["2025-26 Q3"]
    assert (on_the_day["standing"], on_the_day["timing"]) == ("received", "in time")
    assert (on_the_day["lag"], on_the_day["source"]) == (30, "a")
    late = came(rows, source("a", "2026-01-31")).loc["2025-26 Q3"]
    assert (late["standing"], late["timing"]) == ("late", "late")
    assert late["days_after_due"] == 1


@pytest.mark.parametrize(
    ("published", "timing", "days"),
    [
        ("2025", "in time", 0),
        ("2026-01", "cannot be judged", None),
        ("2026-02", "late", 2),
        ("2026", "cannot be judged", None),
        ("", "cannot be judged", None),
    ],
)
def test_a_month_or_a_year_may_be_any_of_its_days(came, published, timing, days):
    """A month late at its earliest is late; one that may be either is neither."""
    rows = reports(("2025-26 Q3", 1.0, "a"))
    found = came(rows, source("a", published)).loc["2025-26 Q3"]
    assert found["timing"] == timing
    assert (None if pd.isna(found["days_after_due"]) else found["days_after_due"]) == (
        days
    )


def test_receipt_counts_only_from_the_day_that_the_house_rules_name(came):
    """Back series were collected in one go; a return of a service comes on a day."""
    rows = reports(("2025-26 Q3", 1.0, "a"))
    collected = source("a", received=date(2026, 11, 23))
    assert came(rows, collected)["timing"].tolist() == ["cannot be judged"]
    sent_in = source("a", received=date(2026, 11, 24))
    found = came(rows, sent_in, as_at=date(2026, 12, 1)).iloc[0]
    assert (found["timing"], found["days_after_due"]) == ("late", 298)


def test_only_the_newest_figure_of_a_source_is_judged(came):
    """The older ones of a back series were out before in earlier editions."""
    rows = reports(("2025-26 Q2", 1.0, "a"), ("2025-26 Q3", 1.0, "a"))
    found = came(rows, source("a", "2026-01-30"))
    assert found["timing"].tolist() == ["cannot be judged", "in time"]


def test_the_first_source_that_brought_a_figure_counts(came):
    """A revision that is published later does not make a figure late."""
    rows = reports(("2025-26 Q3", 1.0, "late"), ("2025-26 Q3", 1.1, "early"))
    found = came(rows, source("early", "2026-01-20"), source("late", "2026-02-10"))
    assert found["timing"].tolist() == ["in time"]
    assert found["source"].tolist() == ["early"]


def test_a_figure_not_here_is_still_in_time_until_its_day_has_passed(came):
    rows = reports(("2025-26 Q2", 1.0, "a"))
    waits = came(rows, source("a", "2025-10-20"), as_at=date(2026, 1, 30))
    assert waits.loc["2025-26 Q3", ["standing", "timing"]].tolist() == [
        "due",
        "still in time",
    ]
    overdue = came(rows, source("a", "2025-10-20"), as_at=date(2026, 2, 9))
    assert overdue.loc["2025-26 Q3", ["standing", "timing"]].tolist() == [
        "missing",
        "overdue",
    ]
    assert overdue.loc["2025-26 Q3", "days_after_due"] == 10


def test_a_gap_that_later_figures_follow_is_missing_and_no_longer_awaited(came):
    rows = reports(("2025-26 Q1", 1.0, "a"), ("2025-26 Q3", 1.0, "b"))
    found = came(rows, source("a", "2025-07-20"), source("b", "2026-01-20"))
    assert found.loc["2025-26 Q2", "standing"] == "missing"
    assert found.loc["2025-26 Q2", "timing"] == "passed over"
    assert pd.isna(found.loc["2025-26 Q2", "days_after_due"])


@pytest.mark.parametrize("status", ["suppressed", "not applicable"])
def test_a_figure_withheld_is_neither_missing_nor_late(came, status):
    rows = reports(("2025-26 Q2", 1.0, "a"), ("2025-26 Q3", None, "a", status))
    found = came(rows, source("a", "2026-01-20")).loc["2025-26 Q3"]
    assert (found["standing"], found["timing"]) == (status, "nothing is late")


def test_a_source_that_says_that_a_figure_is_missing_does_not_bring_it(came):
    rows = reports(("2025-26 Q2", 1.0, "a"), ("2025-26 Q3", None, "a", "missing"))
    assert came(rows, source("a", "2026-01-20"))["standing"].iloc[-1] == "missing"


def test_an_annual_figure_is_not_missing_before_its_year_has_ended(came):
    """In the third quarter of 2025-26 the last year due is 2024-25."""
    rows = reports(("2023-24", 1.0, "a"))
    annual = {"frequency": "annual", "window_months": 12, "due_days": 275}
    found = came(rows, source("a"), **annual)
    assert found["standing"].to_dict() == {"2023-24": "received", "2024-25": "missing"}


def test_without_a_due_day_nothing_is_late_and_gaps_are_missing(came):
    rows = reports(("2025-26 Q2", 1.0, "a"))
    found = came(rows, source("a", "2026-02-10"), due_days=None)
    assert found["timing"].unique().tolist() == ["cannot be judged"]
    assert found["standing"].tolist() == ["received", "missing"]


def test_an_indicator_of_which_nothing_was_ever_reported_lacks_every_period(came):
    quarterly = came(reports())
    assert quarterly["standing"].tolist() == ["missing"] * 7 + ["missing"]
    annual = came(reports(), frequency="annual", window_months=12)
    assert annual.index.tolist() == ["2023-24", "2024-25"]


def test_a_frame_without_its_columns_is_named(methods):
    with pytest.raises(PerfnbError, match="lack the columns 'status', 'source'"):
        arrivals(
            reports().drop(columns=["status", "source"]),
            indicator(),
            {},
            Q3,
            AS_AT,
            methods,
        )


@given(
    here=st.lists(st.booleans(), min_size=1, max_size=8),
    day=st.dates(date(2026, 1, 1), date(2027, 1, 1)),
    due_days=st.one_of(st.none(), st.integers(0, 200)),
)
def test_every_period_due_stands_once_and_says_something(here, day, due_days, methods):
    """Whatever came, each period from the first has one standing and one timing."""
    quarters = [f"{2024 + n // 4}-{25 + n // 4} Q{n % 4 + 1}" for n in range(7)]
    rows = reports(
        *((quarters[n], 1.0, "a") for n, came in enumerate(here[:7]) if came)
    )
    found = arrivals(
        rows, indicator(due_days=due_days), {"a": source("a")}, Q3, day, methods
    )
    assert found["period"].is_unique
    assert found["period"].iloc[-1] == "2025-26 Q3"
    assert found[["standing", "timing"]].notna().all(axis=None)
    assert (found["standing"] == "received").sum() == len(rows)
