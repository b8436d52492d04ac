"""Forecast against budget, for the same days only."""

import pandas as pd
import pytest

from perfnb.analysis.worth.budgets import variances
from perfnb.errors import PerfnbError


def line(budget, forecast, forecast_end="2026-03-31"):
    """Make one budget line for 2025-26."""
    return pd.DataFrame(
        {
            "line": ["Waste"],
            "budget": pd.array([budget], dtype="Float64"),
            "forecast": pd.array([forecast], dtype="Float64"),
            "budget_start": pd.to_datetime(["2025-04-01"]),
            "budget_end": pd.to_datetime(["2026-03-31"]),
            "forecast_start": pd.to_datetime(["2025-04-01"]),
            "forecast_end": pd.to_datetime([forecast_end]),
        }
    )


@pytest.mark.parametrize(
    ("budget", "forecast", "variance", "verdict"),
    [
        (1000, 1050, 50, "over budget"),
        (1000, 900, -100, "under budget"),
        (1000, 1010, 10, "on budget"),
        (1000, 990, -10, "on budget"),
        (1000, 1011, 11, "over budget"),
        (-1000, -900, 100, "over budget"),
        (0, 0, 0, "on budget"),
        (0, 5, 5, "over budget"),
    ],
)
def test_a_variance_worked_by_hand(methods, budget, forecast, variance, verdict):
    found = variances(line(budget, forecast), methods=methods).iloc[0]
    assert (found["variance"], found["verdict"]) == (variance, verdict)
    if budget:
        assert found["variance_share"] == pytest.approx(variance / abs(budget))
    else:
        assert pd.isna(found["variance_share"])
    assert found["period_note"] == ""


def test_different_days_are_not_compared(methods):
    found = variances(line(1000, 700, "2025-12-31"), methods=methods).iloc[0]
    assert found["verdict"] == "different periods"
    assert pd.isna(found["variance"])
    assert found["period_note"] == (
        "Budget is of 2025-26, forecast of April to December 2025."
    )


@pytest.mark.parametrize(
    ("budget", "forecast", "verdict"),
    [(None, 5, "no budget"), (5, None, "no forecast"), (None, None, "no budget")],
)
def test_what_is_missing_is_said(methods, budget, forecast, verdict):
    found = variances(line(budget, forecast), methods=methods).iloc[0]
    assert found["verdict"] == verdict
    assert pd.isna(found["variance"])


def test_no_lines_are_no_mistake(methods):
    assert variances(line(1, 1).iloc[:0], methods=methods).empty


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (line(1, 1).drop(columns="budget_end"), "lack the column 'budget_end'"),
        (pd.concat([line(1, 1)] * 2), "'Waste' comes more than once"),
        (
            line(1, 1).assign(forecast_start=pd.NaT, forecast_end=pd.NaT),
            "The forecast of 'Waste' has no period",
        ),
    ],
)
def test_mistakes_are_named(methods, frame, words):
    with pytest.raises(PerfnbError, match=words):
        variances(frame, methods=methods)
