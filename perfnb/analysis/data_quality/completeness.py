"""Say which figures are there, and which are missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from perfnb.analysis.data_quality.arrivals import LATE, MISSING, RECEIVED
from perfnb.analysis.data_quality.grades import FAIR, GOOD, NOT_JUDGED, POOR, Standing
from perfnb.analysis.frames import require
from perfnb.methods import Methods

NOT_DUE = "not due"
METHOD = (
    "Completeness: of the figures due in the last {quarters} quarters, good when all "
    "came, fair from {share:.0%} on, else poor. A figure that its publisher withholds "
    "is not missing, and one that is not due yet does not count."
)


@dataclass(frozen=True)
class Completeness:
    """How many of the figures due are there.

    Parameters
    ----------
    received, missing : int
        Periods with a figure, and periods without one that was due.
    missing_periods : tuple of str
        Those without, oldest first, as people write them.
    share : float or None
        Received of both together [share]; None when nothing was due.
    grade : str
        good, fair, poor, or not judged when nothing was due.
    method : str
        The rule.

    """

    received: int
    missing: int
    missing_periods: tuple[str, ...]
    share: float | None
    grade: Standing
    method: str


def recent(arrivals: pd.DataFrame, quarter: pd.Period, quarters: int) -> pd.DataFrame:
    """Keep the periods that end in the last `quarters` quarters up to `quarter`.

    Parameters
    ----------
    arrivals : pandas.DataFrame
        Column quarter (``Period[Q-MAR]``); see `perfnb.analysis.data_quality.arrivals`.
    quarter : pandas.Period
        The last of the quarters.
    quarters : int
        How many.

    Returns
    -------
    pandas.DataFrame
        The same columns, fewer rows.
    """
    require(arrivals, ["quarter"], "periods")
    held = arrivals["quarter"]
    return arrivals[(held > quarter - quarters) & (held <= quarter)]


def completeness(
    arrivals: pd.DataFrame, quarter: pd.Period, methods: Methods
) -> Completeness:
    """Rate how much of what was due lately is there.

    Parameters
    ----------
    arrivals : pandas.DataFrame
        A row is a period due: period, quarter, standing
        (`perfnb.analysis.data_quality.arrivals`).
    quarter : pandas.Period
        The quarter reported on.
    methods : Methods
        House rules ``data_quality_quarters`` and ``fair_completeness``.

    Returns
    -------
    Completeness

    Raises
    ------
    PerfnbError
        When a column is missing.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> told = pd.DataFrame({
    ...     "period": ["2025-26 Q2", "2025-26 Q3"],
    ...     "quarter": pd.PeriodIndex(["2026Q2", "2026Q3"], freq="Q-MAR"),
    ...     "standing": ["received", "missing"],
    ... })
    >>> found = completeness(told, pd.Period("2026Q3", "Q-MAR"),
    ...                      read_methods("parameters/methods.yaml"))
    >>> found.grade, found.share, found.missing_periods
    ('poor', 0.5, ('2025-26 Q3',))
    """
    require(arrivals, ["period", "quarter", "standing"], "periods")
    rows = recent(arrivals, quarter, methods.data_quality_quarters)
    received = int(rows["standing"].isin([RECEIVED, LATE]).sum())
    without = rows.loc[rows["standing"] == MISSING, "period"]
    due = received + len(without)
    share = received / due if due else None
    return Completeness(
        received=received,
        missing=len(without),
        missing_periods=tuple(without.astype(str)),
        share=share,
        grade=_grade(share, methods),
        method=method(methods),
    )


def method(methods: Methods) -> str:
    """State the rule, as pages do."""
    return METHOD.format(
        quarters=methods.data_quality_quarters, share=methods.fair_completeness
    )


def matrix(
    by_indicator: Mapping[str, pd.DataFrame], quarter: pd.Period, quarters: int
) -> pd.DataFrame:
    """Lay out what came and what did not: a row an indicator, a column a quarter.

    Parameters
    ----------
    by_indicator : mapping of str to pandas.DataFrame
        Columns quarter and standing (`perfnb.analysis.data_quality.arrivals`), by id.
    quarter : pandas.Period
        The last column.
    quarters : int
        How many columns.

    Returns
    -------
    pandas.DataFrame
        Index indicator, in the order given; a column for each quarter
        (``Period[Q-MAR]``), oldest first; cells received, late, due, missing,
        suppressed, not applicable, or not due where no period ends in the quarter.
    """
    columns = pd.period_range(quarter - (quarters - 1), quarter, freq="Q-MAR")
    rows: list[Sequence[str]] = []
    for arrivals in by_indicator.values():
        require(arrivals, ["quarter", "standing"], "periods")
        held = dict(zip(arrivals["quarter"], arrivals["standing"], strict=True))
        rows.append([str(held.get(each, NOT_DUE)) for each in columns])
    index = pd.Index(list(by_indicator), name="indicator", dtype="string")
    return pd.DataFrame(rows, index=index, columns=columns, dtype="string")


def _grade(share: float | None, methods: Methods) -> Standing:
    if share is None:
        return NOT_JUDGED
    if share == 1:
        return GOOD
    return FAIR if share >= methods.fair_completeness else POOR
