"""Is the year on course? What has come together since April beside its profile.

A profile is the year's target in steps: what should have come together by June,
September, December and March. The last step is the year's target itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from perfnb.analysis.change.year_to_date import YearToDate, year_to_date
from perfnb.analysis.frames import column, require
from perfnb.analysis.targeting.target_history import History, history
from perfnb.analysis.targets import in_force
from perfnb.analysis.verdicts import good_side
from perfnb.methods import Methods
from perfnb.quarters import Span
from perfnb.registers import Indicator, Target


@dataclass(frozen=True)
class Profile:
    """The years to date of an indicator beside the steps of their targets.

    Attributes
    ----------
    history : History
        A row for every quarter due: from 1 April of its year to its end.
    year_target : Target or None
        The target for the whole of the last row's year.
    left : float or None
        What the rest of the year may still bring (lower is better) or has to
        (higher is better) for the year to come out at its target: the target
        less what has come together [indicator's unit]. Only where quarters add
        up, the year is not over and the target is a single value.
    """

    history: History
    year_target: Target | None
    left: float | None


def profile(
    points: pd.DataFrame,
    targets: Iterable[Target],
    indicator: Indicator,
    methods: Methods,
) -> Profile:
    """Judge what has come together since April, quarter by quarter.

    Parameters
    ----------
    points : pandas.DataFrame
        One row a quarter of one series, oldest first: `quarter` [Period, Q-MAR],
        `start`, `end` [datetime64], `value` [indicator's unit], `numerator`,
        `denominator` [counts, missing allowed].
    targets : iterable of Target
        The indicator's.
    indicator : Indicator
        Quarterly; its `year_to_date` says how quarters make a year.
    methods : Methods
        House rules.

    Returns
    -------
    Profile

    Raises
    ------
    PerfnbError
        When a column is missing or periods come twice or out of order.
    """
    targets = list(targets)
    judged = history(to_date(points, indicator), targets, indicator, methods)
    if judged.latest is None:
        return Profile(judged, None, None)
    span = financial_year(judged.up_to_latest["end"].iloc[-1])
    year_target = in_force(targets, span.start, span.end)
    return Profile(judged, year_target, _left(judged, year_target, indicator))


def _left(judged: History, goal: Target | None, indicator: Indicator) -> float | None:
    latest = judged.latest
    if latest is None or latest.value is None or goal is None or goal.value is None:
        return None
    over = judged.up_to_latest["end"].iloc[-1].date() == goal.span.end
    if over or indicator.year_to_date != "sum" or not good_side(indicator.polarity):
        return None
    return goal.value - latest.value


def to_date(points: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """Give the year to date of every quarter.

    Parameters
    ----------
    points, indicator
        As in `profile`.

    Returns
    -------
    pandas.DataFrame
        `quarter`, `start` [1 April], `end` [datetime64], `value` [indicator's
        unit] and `numerator` [count], both missing where a quarter of the year so
        far has no figure.
    """
    require(points, ["quarter", "start", "end", "value"], "points")
    found = [
        year_to_date(points, quarter, rule=indicator.year_to_date, per=indicator.per)
        for quarter in points["quarter"]
    ]
    starts = [financial_year(end).start for end in points["end"]]
    return pd.DataFrame(
        {
            "quarter": points["quarter"].array,
            "start": pd.to_datetime(pd.Series(starts, dtype="datetime64[us]")).array,
            "end": points["end"].array,
            "value": column([_number(each and each.value) for each in found]),
            "numerator": column([_number(each and each.numerator) for each in found]),
        }
    )


def is_to_date(target: Target, indicator: Indicator) -> bool:
    """Whether a target is for quarters that have come together since April.

    The first quarter of a year is a quarter by itself and the first step of its
    profile; it counts as the former.
    """
    span = target.span
    since_april = span.start.month == 4 and span.months in (6, 9, 12)
    return since_april and indicator.frequency == "quarterly"


def financial_year(end: pd.Timestamp) -> Span:
    """Give the first and last day of the financial year of a day.

    Examples
    --------
    >>> financial_year(pd.Timestamp("2025-12-31")).label
    '2025-26'
    """
    last = pd.Period(end, freq="Q-MAR").asfreq("Y-MAR")
    return Span(last.start_time.date(), last.end_time.date())


def _number(value: YearToDate | float | None) -> float:
    return value if isinstance(value, float) else float("nan")
