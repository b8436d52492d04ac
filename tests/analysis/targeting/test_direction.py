"""Two points are compared as they are shown, and nobody calls that a trend."""

import pandas as pd
import pytest

from perfnb.analysis.targeting.direction import long, short, since
from perfnb.errors import PerfnbError


def quarters(*values, last="2026Q3"):
    """Lay out figures quarter by quarter up to the last."""
    periods = pd.period_range(end=pd.Period(last, "Q-MAR"), periods=len(values))
    return pd.DataFrame(
        {
            "start": periods.start_time,
            "end": periods.end_time.normalize(),
            "value": pd.array(values, dtype="Float64"),
        }
    )


@pytest.mark.parametrize(
    ("polarity", "up", "down"),
    [
        ("maximise", "better", "worse"),
        ("minimise", "worse", "better"),
        ("neutral", "higher", "lower"),
        ("midpoint", "higher", "lower"),
    ],
)
def test_the_word_follows_from_the_good_side(polarity, up, down):
    how = {"polarity": polarity, "decimals": 0}
    assert short(quarters(5, 6), **how).word == up
    assert short(quarters(6, 5), **how).word == down
    assert short(quarters(5, 5), **how).word == "same"


def test_short_is_the_quarter_before_and_long_the_same_quarter_last_year():
    points = quarters(10, 11, 12, 13, 14)
    near = short(points, polarity="minimise", decimals=0)
    far = long(points, polarity="minimise", decimals=0)
    assert (near.before, near.now, near.change) == (13, 14, 1)
    assert near.start == pd.Timestamp("2025-07-01")
    assert (far.before, far.change) == (10, 4)
    assert far.end == pd.Timestamp("2024-12-31")
    assert "no trend" in near.method


def test_what_looks_the_same_is_the_same():
    assert short(quarters(49.96, 50.04), polarity="maximise", decimals=1).word == "same"


def test_the_nearer_to_the_ideal_is_the_better():
    how = {"polarity": "range", "decimals": 1, "ideal": (10.0, 20.0)}
    assert short(quarters(25, 22), **how).word == "better"
    assert short(quarters(11, 8), **how).word == "worse"
    assert short(quarters(12, 18), **how).word == "same"
    assert short(quarters(5, 25), **how).word == "same"


@pytest.mark.parametrize(
    "points", [quarters(), quarters(5), quarters(5, None), quarters(None, 5)]
)
def test_without_both_figures_there_is_no_direction(points):
    for compare in (short, long):
        found = compare(points, polarity="maximise", decimals=0)
        assert (found.word, found.change) == ("no figure", None)


def test_a_year_that_is_not_held_is_not_made_up():
    points = quarters(10, 11, 12, 13)
    assert long(points, polarity="maximise", decimals=0).word == "no figure"


def test_windows_that_share_months_are_said_to():
    points = pd.DataFrame(
        {
            "start": pd.to_datetime(["2023-01-01", "2023-04-01"]),
            "end": pd.to_datetime(["2024-12-31", "2025-03-31"]),
            "value": [90.0, 91.0],
        }
    )
    assert short(points, polarity="maximise", decimals=0).overlaps
    assert not short(quarters(1, 2), polarity="maximise", decimals=0).overlaps


def test_a_leap_day_is_the_end_of_its_month():
    points = pd.DataFrame(
        {
            "start": pd.to_datetime(["2023-02-01", "2024-02-01"]),
            "end": pd.to_datetime(["2023-02-28", "2024-02-29"]),
            "value": [1.0, 2.0],
        }
    )
    assert long(points, polarity="maximise", decimals=0).word == "better"


@pytest.mark.parametrize(
    ("points", "polarity", "words"),
    [
        (quarters(1, 2).iloc[::-1], "maximise", "out of order"),
        (quarters(1, 2).drop(columns="value"), "maximise", "lack the column 'value'"),
        (quarters(1, 2).drop(columns="end"), "maximise", "lack the column 'end'"),
        (quarters(1, 2).assign(value=["a", "b"]), "maximise", "not a number"),
        (quarters(1, 2), "up", "'up' is not a polarity"),
    ],
)
def test_bad_input_is_told(points, polarity, words):
    with pytest.raises(PerfnbError, match=words):
        short(points, polarity=polarity, decimals=0)


def test_a_day_on_which_no_period_ended_gives_no_direction():
    day = pd.Timestamp("2025-08-15")
    assert since(quarters(1, 2), day, polarity="maximise", decimals=0).word == (
        "no figure"
    )
