"""Which figures lie before an action and which after, by hand."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from perfnb.analysis.effects.segmented import (
    Action,
    design,
    halves,
    season_length,
    seasonal_terms,
)
from perfnb.errors import PerfnbError

FIRST_AFTER = date(2023, 10, 1)


def quarterly(n=12, first="2023Q1"):
    """Make the points of quarters from April 2022 on."""
    quarters = pd.period_range(first, periods=n, freq="Q-MAR")
    return pd.DataFrame(
        {
            "start": quarters.start_time,
            "end": quarters.end_time.normalize(),
            "value": pd.array(np.arange(n), dtype="Float64"),
        }
    )


def roles(points, action, breaks=()):
    """Write the roles as their first letters."""
    found = halves(points, action, breaks, "quarterly")
    return "".join(role[0] for role in found.role), found


@pytest.mark.parametrize(
    ("start", "phase_in", "expected"),
    [
        # The first quarter is April to June 2022; October 2023 is the seventh's.
        (date(2023, 10, 1), 0, "bbbbbbaaaaaa"),
        (date(2023, 10, 1), 2, "bbbbbbppaaaa"),
        # A quarter that holds days before and after belongs to neither.
        (date(2023, 10, 2), 0, "bbbbbbpaaaaa"),
        (date(2023, 12, 31), 1, "bbbbbbppaaaa"),
        (date(2022, 4, 1), 0, "aaaaaaaaaaaa"),
        (date(2030, 1, 1), 0, "bbbbbbbbbbbb"),
    ],
)
def test_periods_fall_before_and_after(start, phase_in, expected):
    found, _ = roles(quarterly(), Action(start, phase_in=phase_in))
    assert found == expected


def test_changes_are_counted_from_the_first_figure_after():
    points = quarterly()
    points.loc[6, "value"] = pd.NA
    found = halves(points, Action(FIRST_AFTER), (), "quarterly")
    assert found.start == 7


def test_time_goes_on_through_a_gap():
    points = quarterly().drop(index=[2, 3]).reset_index(drop=True)
    found = halves(points, Action(FIRST_AFTER), (), "quarterly")
    assert found.time.tolist() == [0, 1, 4, 5, 6, 7, 8, 9, 10, 11]
    assert found.start == 6


@pytest.mark.parametrize(
    ("breaks", "expected", "confounded"),
    [
        ([date(2022, 10, 1)], "oobbbbaaaaaa", False),
        ([date(2022, 7, 1), date(2022, 10, 1)], "oobbbbaaaaaa", False),
        ([date(2024, 4, 1)], "bbbbbbaaoooo", False),
        ([date(2023, 10, 1)], "bbbbbbaaaaaa", True),
        ([date(2019, 1, 1)], "bbbbbbaaaaaa", False),
    ],
)
def test_a_break_parts_figures_or_confounds(breaks, expected, confounded):
    found, cut = roles(quarterly(), Action(FIRST_AFTER), breaks)
    assert (found, cut.confounded) == (expected, confounded)


def test_a_break_while_an_action_phases_in_confounds():
    action = Action(FIRST_AFTER, phase_in=2)
    assert roles(quarterly(), action, [date(2024, 1, 1)])[1].confounded
    assert not roles(quarterly(), action, [date(2024, 7, 1)])[1].confounded


def test_a_break_among_missing_figures_confounds():
    points = quarterly()
    points.loc[[4, 5], "value"] = pd.NA
    assert roles(points, Action(FIRST_AFTER), [date(2023, 7, 1)])[1].confounded


def test_the_alarm_is_left_out():
    found, _ = roles(quarterly(), Action(FIRST_AFTER, alarm=date(2023, 5, 5)))
    assert found == "bbbbabaaaaaa"
    cut = halves(
        quarterly(), Action(FIRST_AFTER, alarm=date(2023, 5, 5)), (), "quarterly"
    )
    assert cut.role[4] == "alarm"


def test_terms_by_hand():
    found = design(np.array([0, 1, 3, 4]), 3)
    assert found.columns.tolist() == ["intercept", "time", "level", "slope"]
    assert found["level"].tolist() == [0, 0, 1, 1]
    assert found["slope"].tolist() == [0, 0, 0, 1]
    later = design(np.array([0, 1, 3, 4]), 3, origin=2)
    assert later["slope"].tolist() == [0, 0, 1, 2]
    assert "slope" not in design(np.arange(4), 3, slope=False)


def test_seasons_join_the_terms():
    months = np.array([4, 7, 10, 1, 4])
    found = design(np.arange(5), 3, seasons=seasonal_terms(months, 4))
    assert found["from month 4"].tolist() == [1, 0, 0, 0, 1]
    # January is the one that the others are told apart from.
    assert "from month 1" not in found
    assert seasonal_terms(months, 1).shape == (5, 0)


def test_months_have_waves():
    found = seasonal_terms(np.array([3, 6, 9, 12]), 12)
    assert found.columns.tolist() == ["sin1", "sin2", "cos1", "cos2"]
    assert found["sin1"].tolist() == pytest.approx([1, 0, -1, 0])
    assert found["cos2"].tolist() == pytest.approx([-1, 1, -1, 1])


@pytest.mark.parametrize(
    ("every", "length"), [("MS", 12), ("QS", 4), ("6MS", 2), ("YS", 1), ("24MS", 1)]
)
def test_the_year_has_as_many_periods_as_figures_are_apart(every, length):
    points = pd.DataFrame({"start": pd.date_range("2020-01-01", periods=6, freq=every)})
    assert season_length(points, "snapshot") == length
    assert season_length(points.head(1), "snapshot") == 1
    assert season_length(points.head(0), "snapshot") == 1


@pytest.mark.parametrize(
    ("action", "words"),
    [
        (Action(FIRST_AFTER, phase_in=-1), "cannot phase in over -1 periods"),
        (Action(FIRST_AFTER, change="mood"), "'mood' is no change to expect"),
        (
            Action(FIRST_AFTER, alarm=date(2023, 10, 5)),
            "covers the alarm of 05/10/2023",
        ),
        (Action(FIRST_AFTER, alarm=date(2000, 1, 1)), "covers the alarm of 01/01/2000"),
    ],
)
def test_mistakes_are_named(action, words):
    with pytest.raises(PerfnbError, match=words):
        halves(quarterly(), action, (), "quarterly")
