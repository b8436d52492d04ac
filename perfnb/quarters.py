"""Financial years and quarters: as people write them and as pandas holds them.

A council's year runs from 1 April to 31 March, so "2025-26 Q3" is October to
December 2025, held as ``Period("2026Q3", "Q-MAR")``. Figures come for whole
years, quarters, spans of months or a single day; each is kept as what it is (a
`Span`) and sits in the quarter in which its span ends.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

import pandas as pd

from perfnb.errors import ParameterError

_QUARTER = re.compile(r"((?:19|20)[0-9]{2})-([0-9]{2}) Q([1-4])")
_YEAR = re.compile(r"((?:19|20)[0-9]{2})-([0-9]{2})")
_MONTH = re.compile(r"([A-Z][a-z]+) ((?:19|20)[0-9]{2})")
_DAY = re.compile(r"([0-9]{1,2}) ([A-Z][a-z]+) ((?:19|20)[0-9]{2})")
_MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}


@dataclass(frozen=True)
class Span:
    """The days that a figure covers, first and last included.

    Examples
    --------
    >>> Span(date(2025, 10, 1), date(2025, 12, 31)).label
    '2025-26 Q3'
    """

    start: date
    end: date

    @property
    def label(self) -> str:
        """The span as a person writes it; see `label`."""
        return label(self.start, self.end)

    @property
    def months(self) -> int:
        """How many calendar months the span covers."""
        return months_between(self.start, self.end)

    @property
    def quarter(self) -> pd.Period:
        """The quarter in which the span ends."""
        return pd.Period(self.end, freq="Q-MAR")

    def later(self, months: int) -> Span:
        """Move the span on by whole months; the last day of a month stays last.

        Examples
        --------
        >>> Span(date(2024, 4, 1), date(2025, 3, 31)).later(12).label
        '2025-26'
        """
        start = pd.Period(self.start, freq="M") + months
        end = pd.Period(self.end, freq="M") + months
        if self.start == self.end:
            day = _same_day(self.end, end)
            return Span(day, day)
        return Span(start.start_time.date(), end.end_time.date())


def months_between(start: date, end: date) -> int:
    """Count the calendar months from the month of `start` to that of `end`.

    Examples
    --------
    >>> months_between(date(2018, 10, 1), date(2019, 2, 28))
    5
    """
    return (end.year - start.year) * 12 + end.month - start.month + 1


def parse_quarter(text: str) -> pd.Period:
    """Read a quarter as people write it.

    Parameters
    ----------
    text : str
        Such as ``"2025-26 Q3"``.

    Returns
    -------
    pandas.Period
        With frequency ``Q-MAR``.

    Raises
    ------
    ParameterError
        When the text is not a quarter, or its two years do not follow on.

    Examples
    --------
    >>> parse_quarter("2025-26 Q3").start_time.date()
    datetime.date(2025, 10, 1)
    """
    found = _QUARTER.fullmatch(text.strip())
    if not found or not _follows(found[1], found[2]):
        message = (
            f"'{text}' is not a quarter. Write the financial year and the quarter, "
            f"such as '2025-26 Q3' for October to December 2025."
        )
        raise ParameterError(message)
    return pd.Period(f"{int(found[1]) + 1}Q{found[3]}", freq="Q-MAR")


def is_quarter(text: str) -> bool:
    """Tell whether a text is a quarter as people write it.

    Examples
    --------
    >>> is_quarter("2025-26 Q3"), is_quarter("2025-27 Q3")
    (True, False)
    """
    found = _QUARTER.fullmatch(text.strip())
    return bool(found and _follows(found[1], found[2]))


def write_quarter(quarter: pd.Period) -> str:
    """Write a quarter as people read it.

    Examples
    --------
    >>> write_quarter(pd.Period("2009Q2", "Q-MAR"))
    '2008-09 Q2'
    """
    return f"{write_year(quarter)} Q{quarter.quarter}"


def write_year(quarter: pd.Period) -> str:
    """Write the financial year of a quarter.

    Examples
    --------
    >>> write_year(pd.Period("2000Q1", "Q-MAR"))
    '1999-00'
    """
    return f"{quarter.qyear - 1}-{quarter.qyear % 100:02d}"


def file_name(quarter: pd.Period) -> str:
    """Name the folders and files of a quarter.

    Examples
    --------
    >>> file_name(pd.Period("2026Q3", "Q-MAR"))
    '2025-26-q3'
    """
    return write_quarter(quarter).replace(" ", "-").lower()


def parse_period(text: str) -> Span:
    """Read the period of a figure: a year, a quarter, months or a day.

    Parameters
    ----------
    text : str
        ``"2017-18"``, ``"2025-26 Q3"``, ``"February 2019"``,
        ``"October to November 2022"``, ``"October 2018 to February 2019"`` or
        ``"31 March 2020"``.

    Returns
    -------
    Span
        First and last day.

    Raises
    ------
    ParameterError
        When the text is none of these, or ends before it starts.

    Examples
    --------
    >>> parse_period("2017-18")
    Span(start=datetime.date(2017, 4, 1), end=datetime.date(2018, 3, 31))
    >>> parse_period("October 2018 to February 2019").months
    5
    """
    text = text.strip()
    if _QUARTER.fullmatch(text):
        quarter = parse_quarter(text)
        return Span(quarter.start_time.date(), quarter.end_time.date())
    year = _YEAR.fullmatch(text)
    if year and _follows(year[1], year[2]):
        return Span(date(int(year[1]), 4, 1), date(int(year[1]) + 1, 3, 31))
    if day := _parse_day(text):
        return Span(day, day)
    parts = text.split(" to ")
    if len(parts) == 2 and parts[0] in _MONTHS:
        parts[0] += parts[1][-5:]
    months = [_parse_month(part) for part in parts]
    known = [month for month in months if month is not None]
    if len(known) == len(months) <= 2 and known[0] <= known[-1]:
        last = known[-1]
        days = calendar.monthrange(last.year, last.month)[1]
        return Span(known[0], last.replace(day=days))
    message = (
        f"'{text}' is not a period. Write a financial year ('2017-18'), a quarter "
        f"('2025-26 Q3'), months ('October 2018 to February 2019') or a day "
        f"('31 March 2020')."
    )
    raise ParameterError(message)


def label(start: date, end: date) -> str:
    """Write the period of a figure in the words that `parse_period` reads.

    Examples
    --------
    >>> label(date(2024, 1, 1), date(2025, 12, 31))
    'January 2024 to December 2025'
    >>> label(date(2017, 4, 1), date(2018, 3, 31))
    '2017-18'
    >>> label(date(2022, 10, 1), date(2022, 11, 30))
    'October to November 2022'
    >>> label(date(2020, 3, 31), date(2020, 3, 31))
    '31 March 2020'
    """
    if start == end:
        return f"{end.day} {calendar.month_name[end.month]} {end.year}"
    quarter = pd.Period(end, freq="Q-MAR")
    months = months_between(start, end)
    if months == 12 and start.month == 4:
        return write_year(quarter)
    if months == 3 and start == quarter.start_time.date():
        return write_quarter(quarter)
    last = f"{calendar.month_name[end.month]} {end.year}"
    if months == 1:
        return last
    first = calendar.month_name[start.month]
    return f"{first}{'' if start.year == end.year else f' {start.year}'} to {last}"


def _follows(first: str, second: str) -> bool:
    return (int(first) + 1) % 100 == int(second)


def _parse_month(text: str) -> date | None:
    found = _MONTH.fullmatch(text.strip())
    if not found or found[1] not in _MONTHS:
        return None
    return date(int(found[2]), _MONTHS[found[1]], 1)


def _parse_day(text: str) -> date | None:
    found = _DAY.fullmatch(text)
    if not found or found[2] not in _MONTHS:
        return None
    year, month, day = int(found[3]), _MONTHS[found[2]], int(found[1])
    last = calendar.monthrange(year, month)[1]
    return date(year, month, day) if 1 <= day <= last else None


def _same_day(day: date, month: pd.Period) -> date:
    was_last = day.day == calendar.monthrange(day.year, day.month)[1]
    last: int = month.days_in_month
    return date(month.year, month.month, last if was_last else min(day.day, last))
