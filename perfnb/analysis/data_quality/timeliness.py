"""Say whether figures were here when they should be."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from perfnb.analysis.data_quality.arrivals import IN_TIME, LATE, OVERDUE, UNKNOWN
from perfnb.analysis.data_quality.completeness import recent
from perfnb.analysis.data_quality.grades import FAIR, GOOD, NOT_JUDGED, POOR, Standing
from perfnb.analysis.frames import require
from perfnb.methods import Methods

METHOD = (
    "Timeliness: good when every figure of the last {quarters} quarters that can be "
    "judged was here by its day, fair when one was up to {days} days late, else poor."
)


@dataclass(frozen=True)
class Timeliness:
    """How the figures of an indicator keep their days.

    Parameters
    ----------
    in_time, late, overdue, unknown : int
        Periods by what can be said of them. Gaps that later figures have closed in
        on, and figures that are not late yet, are none of these.
    worst_period : str
        The one that is latest after its day; blank when none is.
    worst_days : int or None
        By how much [days]; for a figure that is not here yet, so far.
    worst_is_here : bool
        Whether it has come since.
    lag : int or None
        Days from the end of the newest period whose publication is known.
    grade : str
        good, fair, poor, or not judged when no day is known.
    method : str
        The rule.
    """

    in_time: int
    late: int
    overdue: int
    unknown: int
    worst_period: str
    worst_days: int | None
    worst_is_here: bool
    lag: int | None
    grade: Standing
    method: str


def timeliness(
    arrivals: pd.DataFrame, quarter: pd.Period, methods: Methods
) -> Timeliness:
    """Rate whether figures came by their day lately.

    Parameters
    ----------
    arrivals : pandas.DataFrame
        A row is a period due: period, quarter, timing, days_after_due [days], lag
        [days] (`perfnb.analysis.data_quality.arrivals`).
    quarter : pandas.Period
        The quarter reported on.
    methods : Methods
        House rules ``data_quality_quarters`` and ``late_days_tolerated``.

    Returns
    -------
    Timeliness

    Raises
    ------
    PerfnbError
        When a column is missing.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> told = pd.DataFrame({
    ...     "period": ["2025-26 Q3"],
    ...     "quarter": pd.PeriodIndex(["2026Q3"], freq="Q-MAR"),
    ...     "timing": ["late"],
    ...     "days_after_due": pd.array([12], dtype="Int64"),
    ...     "lag": pd.array([72], dtype="Int64"),
    ... })
    >>> found = timeliness(told, pd.Period("2026Q3", "Q-MAR"),
    ...                    read_methods("parameters/methods.yaml"))
    >>> found.grade, found.worst_period, found.worst_days
    ('fair', '2025-26 Q3', 12)
    """
    require(
        arrivals, ["period", "quarter", "timing", "days_after_due", "lag"], "periods"
    )
    rows = recent(arrivals, quarter, methods.data_quality_quarters)
    counted = rows["timing"].value_counts()
    in_time, late, overdue = (
        int(counted.get(each, 0)) for each in (IN_TIME, LATE, OVERDUE)
    )
    behind = rows[rows["timing"].isin([LATE, OVERDUE])].sort_values(
        "days_after_due", kind="stable"
    )
    days = None if behind.empty else int(behind["days_after_due"].iloc[-1])
    known = arrivals["lag"].dropna()
    return Timeliness(
        in_time=in_time,
        late=late,
        overdue=overdue,
        unknown=int(counted.get(UNKNOWN, 0)),
        worst_period="" if behind.empty else str(behind["period"].iloc[-1]),
        worst_days=days,
        worst_is_here=not behind.empty and behind["timing"].iloc[-1] == LATE,
        lag=int(known.iloc[-1]) if len(known) else None,
        grade=_grade(in_time, days, methods),
        method=method(methods),
    )


def method(methods: Methods) -> str:
    """State the rule, as pages do."""
    return METHOD.format(
        quarters=methods.data_quality_quarters, days=methods.late_days_tolerated
    )


def _grade(in_time: int, days: int | None, methods: Methods) -> Standing:
    if days is not None:
        return FAIR if days <= methods.late_days_tolerated else POOR
    return GOOD if in_time else NOT_JUDGED
