"""Indicators that tell the same."""

import pandas as pd
import pytest

from perfnb.analysis.data_quality.twins import twins

from .made_quality import indicator

WALK = [0, 3, 1, 4, 2, 9, 5, 8, 6, 7]


def series(values):
    """Give a series of quarters."""
    starts = pd.date_range("2022-04-01", periods=len(values), freq="QS-APR")
    return pd.DataFrame(
        {
            "start": starts,
            "end": starts + pd.offsets.QuarterEnd(),
            "value": pd.array(values, dtype="Float64"),
        }
    )


@pytest.fixture
def found(methods):
    """Find twins of two indicators with other words, by their series."""

    def told(first, second):
        pair = [
            indicator(id="A"),
            indicator(id="B", numerator="Homes found warm", denominator="Homes"),
        ]
        return twins(pair, {"A": series(first), "B": series(second)}, methods)

    return told


def test_the_same_number_of_a_list_is_told(methods):
    pair = [indicator(id=name, reference_id="NI 191") for name in "AB"]
    (told,) = twins(pair, {}, methods)
    assert (told.first, told.second, told.why) == ("A", "B", "same number")


def test_no_number_is_not_the_same_number(methods):
    other = indicator(id="B", numerator="Homes found warm")
    assert twins([indicator(id="A"), other], {}, methods) == ()


def test_the_same_counts_by_other_capitals_and_blanks_are_told(methods):
    other = indicator(id="B", numerator="streets  FOUND clean")
    (told,) = twins([indicator(id="A"), other], {}, methods)
    assert told.why == "same counts"


def test_series_that_move_as_one_are_told_whatever_their_unit(found):
    (told,) = found(WALK, [1000 + 3 * value for value in WALK])
    assert (told.why, told.n) == ("same series", 9)
    assert told.correlation == pytest.approx(1)


def test_a_shared_trend_is_not_enough(found):
    """Both rise; from one quarter to the next they have nothing in common."""
    rising = [10 * n for n in range(10)]
    one = [value + step for value, step in zip(rising, WALK, strict=True)]
    other = [value + step for value, step in zip(rising, WALK[::-1], strict=True)]
    assert pd.Series(one).corr(pd.Series(other)) > 0.98
    assert found(one, other) == ()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ([], []),
        (WALK[:8], WALK[:8]),
        ([5] * 12, [5] * 12),
        (list(range(12)), list(range(12))),
        ([None] * 12, WALK),
        (WALK, [-value for value in WALK]),
    ],
    ids=["none", "few", "constant", "even rise", "missing", "opposite"],
)
def test_what_says_nothing_is_no_twin(found, first, second):
    assert found(first, second) == ()
