"""Are figures that stand side by side of the same period? Said in words."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from perfnb import quarters
from perfnb.analysis.frames import require
from perfnb.errors import PerfnbError


def labels(figures: pd.DataFrame, what: str) -> list[str]:
    """Name the period of each figure; '' where it has none.

    Parameters
    ----------
    figures : pandas.DataFrame
        `start`, `end` [datetime64, both or neither]: the days a figure covers.
    what : str
        What a row is, for the message ('members').

    Raises
    ------
    PerfnbError
        When a column is missing or holds no dates, a period has only one of its
        ends, or ends before it starts.

    Examples
    --------
    >>> first, last = ["2017-04-01", None], ["2018-03-31", None]
    >>> days = {"start": pd.to_datetime(first), "end": pd.to_datetime(last)}
    >>> labels(pd.DataFrame(days), "members")
    ['2017-18', '']
    """
    require(figures, ["start", "end"], what)
    start, end = figures["start"], figures["end"]
    for name, dates in (("start", start), ("end", end)):
        if not (pd.api.types.is_datetime64_dtype(dates) or dates.isna().all()):
            message = f"The column '{name}' of the {what} must hold dates."
            raise PerfnbError(message)
    if (start.isna() != end.isna()).any() or (end < start).any():
        message = f"A row of the {what} lacks a day of its period, or ends too early."
        raise PerfnbError(message)
    return [
        "" if pd.isna(first) else quarters.label(first.date(), last.date())
        for first, last in zip(start, end, strict=True)
    ]


def mismatch(names: Sequence[str], periods: Sequence[str]) -> str:
    """Say which figures are of which period, when they are not all of one.

    Parameters
    ----------
    names : sequence of str
        What each figure is of.
    periods : sequence of str
        Their periods, as `labels` gives them; '' is left out.

    Returns
    -------
    str
        '' when all are of one period.

    Examples
    --------
    >>> mismatch(["Cost", "Performance"], ["2017-18", "2022-23"])
    'Cost is of 2017-18, Performance of 2022-23.'
    >>> mismatch(["Cost", "Performance"], ["2017-18", "2017-18"])
    ''
    """
    together: dict[str, list[str]] = {}
    for name, period in zip(names, periods, strict=True):
        if period:
            together.setdefault(period, []).append(name)
    if len(together) < 2:
        return ""
    parts: list[str] = []
    for period, same in together.items():
        verb = (" is" if len(same) == 1 else " are") if not parts else ""
        parts.append(f"{_listed(same)}{verb} of {period}")
    return ", ".join(parts) + "."


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
