"""How much has come together since April? Counts added up, rates never averaged.

The average of three quarterly percentages is not the percentage of the three
quarters: a quarter with more cases must count for more. So counts are added up
first and the rate is made from the sums.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from perfnb.analysis.frames import require
from perfnb.errors import PerfnbError
from perfnb.quarters import label

RULES = ("sum", "pool", "latest")


@dataclass(frozen=True)
class YearToDate:
    """A financial year up to a quarter.

    Attributes
    ----------
    period : str
        Such as "April to December 2025".
    value : float
        [indicator's unit]
    numerator : float or None
        Counted so far.
    quarters : int
        Quarters added up.
    """

    period: str
    value: float
    numerator: float | None
    quarters: int


def year_to_date(
    points: pd.DataFrame, quarter: pd.Period, *, rule: str, per: float | None
) -> YearToDate | None:
    """Add up the quarters of a financial year up to and with one of them.

    Parameters
    ----------
    points : pandas.DataFrame
        One row a quarter of one series: `quarter` [Period, Q-MAR], `start`,
        `end` [datetime64], `value` [indicator's unit], `numerator`,
        `denominator` [counts, missing allowed].
    quarter : pandas.Period
        The last quarter to add.
    rule : {'sum', 'pool', 'latest', 'none'}
        ``sum``: events among people or homes who are there all year, so counts
        are added and set against the mean denominator; ``pool``: cases of
        cases, so both counts are added; ``latest``: the last value stands for
        the year; ``none``: nothing can be said.
    per : float or None
        value = numerator / denominator * per; without it values are added.

    Returns
    -------
    YearToDate or None
        None when the rule is ``none`` or a quarter lacks its figures: what is
        known of a part would look like the whole.

    Raises
    ------
    PerfnbError
        When a column is missing or the rule is unknown.

    Examples
    --------
    >>> quarters = pd.period_range("2026Q1", "2026Q3", freq="Q-MAR")
    >>> points = pd.DataFrame({"quarter": quarters, "start": quarters.start_time,
    ...     "end": quarters.end_time, "numerator": [90, 10, 20],
    ...     "denominator": [100, 20, 40], "value": [90.0, 50, 50]})
    >>> year_to_date(points, quarters[-1], rule="pool", per=100).value
    75.0
    """
    columns = ["quarter", "start", "end", "value", "numerator", "denominator"]
    require(points, columns, "points")
    if rule == "none":
        return None
    if rule not in RULES:
        message = f"'{rule}' is not a rule for a year to date: {', '.join(RULES)}."
        raise PerfnbError(message)
    held = points["quarter"]
    so_far = points[(held.dt.qyear == quarter.qyear) & (held <= quarter)]
    if len(so_far) != quarter.quarter or so_far["value"].isna().any():
        return None
    counted = bool(so_far[["numerator", "denominator"]].notna().all(axis=None))
    first, last = so_far["start"].iloc[0], so_far["end"].iloc[-1]
    return YearToDate(
        period=label(first.date(), last.date()),
        value=_value(so_far, rule, per if counted else None),
        numerator=float(so_far["numerator"].sum()) if counted else None,
        quarters=len(so_far),
    )


def _value(so_far: pd.DataFrame, rule: str, per: float | None) -> float:
    if rule == "latest":
        return float(so_far["value"].iloc[-1])
    if per is None:
        return float(so_far["value"].sum())
    whole = so_far["denominator"]
    base = whole.sum() if rule == "pool" else whole.mean()
    return float(so_far["numerator"].sum() / base * per)
