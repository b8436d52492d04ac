"""Which figures are there, of those that should be."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfnb.analysis.data_quality.completeness import completeness, matrix, recent
from perfnb.errors import PerfnbError
from perfnb.quarters import parse_quarter, write_quarter

Q3 = parse_quarter("2025-26 Q3")
STANDINGS = ("received", "late", "missing", "due", "suppressed", "not applicable")


def periods(*standings):
    """Give periods up to the quarter, oldest first, by how they stand."""
    quarters = pd.period_range(end=Q3, periods=len(standings), freq="Q-MAR")
    return pd.DataFrame(
        {
            "period": [write_quarter(each) for each in quarters],
            "quarter": quarters,
            "standing": list(standings),
        }
    )


@pytest.mark.parametrize(
    ("standings", "grade", "share"),
    [
        (["received"] * 8, "good", 1),
        (["late"] * 8, "good", 1),
        (["missing", *["received"] * 7], "fair", 0.875),
        (["missing"] * 2 + ["received"] * 6, "fair", 0.75),
        (["missing"] * 3 + ["received"] * 5, "poor", 0.625),
        (["missing"] * 8, "poor", 0),
        (["suppressed", "not applicable", "due", "received"], "good", 1),
        (["suppressed", "due"], "not judged", None),
        ([], "not judged", None),
    ],
)
def test_the_grade_is_of_the_figures_due(standings, grade, share, methods):
    found = completeness(periods(*standings), Q3, methods)
    assert (found.grade, found.share) == (grade, share)


def test_what_is_long_past_does_not_count(methods):
    """Ten years ago nobody sent anything; now everything comes."""
    found = completeness(periods(*["missing"] * 40, *["received"] * 8), Q3, methods)
    assert (found.grade, found.received, found.missing) == ("good", 8, 0)


def test_missing_periods_are_named_oldest_first(methods):
    found = completeness(periods("missing", "received", "missing"), Q3, methods)
    assert found.missing_periods == ("2025-26 Q1", "2025-26 Q3")


def test_the_matrix_has_a_column_a_quarter_and_says_what_is_not_due():
    yearly = periods(*["received"] * 5).iloc[[1]]
    found = matrix({"IL1": periods("missing", "received"), "IL2": yearly}, Q3, 4)
    assert [write_quarter(each) for each in found.columns] == [
        *("2024-25 Q4", "2025-26 Q1", "2025-26 Q2", "2025-26 Q3")
    ]
    assert found.loc["IL1"].tolist() == ["not due", "not due", "missing", "received"]
    assert found.loc["IL2"].tolist() == ["received", *["not due"] * 3]


def test_without_indicators_there_is_no_row():
    assert matrix({}, Q3, 8).shape == (0, 8)


def test_columns_that_are_missing_are_named(methods):
    with pytest.raises(PerfnbError, match="periods lack the column 'standing'"):
        completeness(periods("due").drop(columns="standing"), Q3, methods)
    with pytest.raises(PerfnbError, match="periods lack the column 'quarter'"):
        recent(periods("due").drop(columns="quarter"), Q3, 8)


@given(st.lists(st.sampled_from(STANDINGS), max_size=20))
def test_nothing_is_counted_twice(methods, standings):
    found = completeness(periods(*standings), Q3, methods)
    lately = standings[-methods.data_quality_quarters :]
    assert found.received == sum(each in ("received", "late") for each in lately)
    assert found.missing == lately.count("missing") == len(found.missing_periods)
    assert found.grade == "not judged" or found.share is not None
