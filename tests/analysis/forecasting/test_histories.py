"""Series by number of period, and years put together from them."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from perfnb.analysis.forecasting.histories import YearRule, history, year_value
from perfnb.errors import PerfnbError

SUM = YearRule("quarterly", 3, "sum", per=100)


def quarterly(numerators, first="2024Q1", denominator=50.0):
    """Make the points of a quarterly series with counts."""
    quarters = pd.period_range(first, periods=len(numerators), freq="Q-MAR")
    counts = pd.Series(numerators, dtype="Float64")
    return pd.DataFrame(
        {
            "start": quarters.start_time,
            "end": quarters.end_time.normalize(),
            "numerator": counts,
            "denominator": denominator,
            "value": counts / denominator * 100,
        }
    )


def test_a_year_sums_its_counts_over_the_mean_denominator():
    points = quarterly([10, 12, 11, 9]).assign(denominator=[50.0, 50, 60, 40])
    assert year_value(history(points, SUM), 2024, SUM) == pytest.approx(42 / 50 * 100)


def test_a_year_pools_shares_by_their_counts():
    pool = YearRule("quarterly", 3, "pool", per=100)
    points = quarterly([10, 12, 11, 9]).assign(denominator=[10.0, 20, 30, 40])
    assert year_value(history(points, pool), 2024, pool) == pytest.approx(42.0)


def test_values_without_counts_add_up_but_shares_never_do():
    points = quarterly([10, 12, 11, 9]).assign(numerator=pd.NA, denominator=pd.NA)
    pool = YearRule("quarterly", 3, "pool", per=100)
    assert year_value(history(points, SUM), 2024, SUM) == 84.0
    assert np.isnan(year_value(history(points, pool), 2024, pool))


def test_the_latest_figure_can_stand_for_the_year():
    latest = YearRule("quarterly", 3, "latest")
    assert year_value(history(quarterly([10, 12, 11, 9]), latest), 2024, latest) == 18


@pytest.mark.parametrize("missing", [0, 2, 3])
def test_a_year_with_a_gap_has_no_outturn(missing):
    counts = [10, 12, 11, 9, 8, 7, 9, 10]
    counts[missing] = None
    found = history(quarterly(counts), SUM)
    assert np.isnan(year_value(found, 2024, SUM))
    assert year_value(found, 2025, SUM) == 68
    without_row = history(quarterly(counts).drop(index=missing), SUM)
    assert np.isnan(year_value(without_row, 2024, SUM))


def test_a_year_in_which_the_series_changes_has_no_outturn():
    points = quarterly([10] * 8)
    within = history(points, SUM, [date(2023, 7, 1)])
    between = history(points, SUM, [date(2024, 4, 1)])
    assert np.isnan(year_value(within, 2024, SUM))
    assert year_value(within, 2025, SUM) == 80
    assert year_value(between, 2024, SUM) == year_value(between, 2025, SUM) == 80


def test_nothing_gives_nothing():
    found = history(quarterly([]), SUM)
    assert np.isnan(year_value(found, 2024, SUM))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda points: points.drop(columns="numerator"), "lack the column 'numer"),
        (lambda points: points.iloc[::-1], "twice or out of order"),
        (lambda points: points.assign(numerator="n/a"), "not a number in 'numerator'"),
        (lambda points: points.assign(value=np.inf), "infinite number in 'value'"),
    ],
)
def test_mistakes_are_named(change, words):
    with pytest.raises(PerfnbError, match=words):
        history(change(quarterly([10, 12])), SUM)


def test_an_unknown_rule_is_named():
    with pytest.raises(PerfnbError, match="'mean' is not a rule for a year"):
        history(quarterly([10]), YearRule("quarterly", 3, "mean"))


def test_two_counts_of_one_year_are_refused():
    snapshot = YearRule("snapshot", None, "none")
    days = pd.to_datetime(["2024-10-01", "2024-11-01"])
    points = pd.DataFrame(
        {"start": days, "end": days, "value": 1.0, "numerator": 1, "denominator": 1}
    )
    with pytest.raises(PerfnbError, match="two snapshot figures for one period"):
        history(points, snapshot)
