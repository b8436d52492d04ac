"""Which figures are of which period, in words."""

import pandas as pd
import pytest

from perfnb.analysis import periods
from perfnb.errors import PerfnbError


def days(*spans):
    """Make periods of first and last days."""
    first, last = zip(*spans, strict=True)
    return pd.DataFrame({"start": pd.to_datetime(first), "end": pd.to_datetime(last)})


def test_periods_are_named_as_people_write_them():
    found = periods.labels(
        days(("2017-04-01", "2018-03-31"), ("2025-10-01", "2025-12-31"), (None, None)),
        "legs",
    )
    assert found == ["2017-18", "2025-26 Q3", ""]


@pytest.mark.parametrize(
    ("names", "labels", "said"),
    [
        (["Cost", "performance"], ["2017-18", "2017-18"], ""),
        (["Cost", "performance"], ["2017-18", ""], ""),
        ([], [], ""),
        (
            ["Cost", "performance"],
            ["2017-18", "2022-23"],
            "Cost is of 2017-18, performance of 2022-23.",
        ),
        (
            ["a", "b", "c", "d"],
            ["2017-18", "2022-23", "2017-18", "2017-18"],
            "a, c and d are of 2017-18, b of 2022-23.",
        ),
    ],
)
def test_a_mismatch_is_said_in_words(names, labels, said):
    assert periods.mismatch(names, labels) == said


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (days(("2018-04-01", "2018-03-31")), "ends too early"),
        (days(("2018-04-01", None)), "lacks a day of its period"),
        (pd.DataFrame({"start": ["2018"], "end": ["2019"]}), "must hold dates"),
        (pd.DataFrame({"start": []}), "lack the column 'end'"),
    ],
)
def test_mistakes_are_named(frame, words):
    with pytest.raises(PerfnbError, match=words):
        periods.labels(frame, "legs")
