"""Whether figures keep their days."""

import pandas as pd
import pytest

from perfnb.analysis.data_quality.timeliness import timeliness
from perfnb.errors import PerfnbError
from perfnb.quarters import parse_quarter, write_quarter

Q3 = parse_quarter("2025-26 Q3")


def periods(*timings):
    """Give periods up to the quarter by their timing and days after it was due."""
    quarters = pd.period_range(end=Q3, periods=len(timings), freq="Q-MAR")
    return pd.DataFrame(
        {
            "period": [write_quarter(each) for each in quarters],
            "quarter": quarters,
            "timing": [timing for timing, _ in timings],
            "days_after_due": pd.array([days for _, days in timings], dtype="Int64"),
            "lag": pd.array([None] * len(timings), dtype="Int64"),
        }
    )


@pytest.mark.parametrize(
    ("timings", "grade", "worst"),
    [
        ([("in time", 0)], "good", None),
        ([("in time", 0), ("cannot be judged", None)], "good", None),
        ([("in time", 0), ("passed over", None)], "good", None),
        ([("late", 30), ("in time", 0)], "fair", 30),
        ([("late", 31), ("in time", 0)], "poor", 31),
        ([("in time", 0), ("overdue", 5)], "fair", 5),
        ([("late", 3), ("overdue", 400)], "poor", 400),
        ([("cannot be judged", None)], "not judged", None),
        ([("still in time", None)], "not judged", None),
        ([], "not judged", None),
    ],
)
def test_the_latest_figure_makes_the_grade(timings, grade, worst, methods):
    found = timeliness(periods(*timings), Q3, methods)
    assert (found.grade, found.worst_days) == (grade, worst)


def test_the_latest_figure_is_named_and_whether_it_is_here(methods):
    found = timeliness(periods(("late", 40), ("overdue", 3)), Q3, methods)
    assert (found.worst_period, found.worst_is_here) == ("2025-26 Q2", True)
    assert (found.late, found.overdue, found.unknown) == (1, 1, 0)


def test_what_is_long_past_does_not_count(methods):
    found = timeliness(periods(("late", 99), *[("in time", 0)] * 8), Q3, methods)
    assert found.grade == "good"


def test_columns_that_are_missing_are_named(methods):
    with pytest.raises(PerfnbError, match="periods lack the column 'timing'"):
        timeliness(periods().drop(columns="timing"), Q3, methods)
