"""Periods that are written by months and days.

Each pair reads a text of one form and writes it; `perfnb.ingest.periods.period_forms`
names the forms. A text that is not of the form is None.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

import pandas as pd

from perfnb.quarters import Span

_NAMES = {name.lower(): month for month, name in enumerate(calendar.month_name)}
_SHORT = {name.lower(): month for month, name in enumerate(calendar.month_abbr)}
MONTHS = {name: month for name, month in {**_SHORT, **_NAMES}.items() if month}
MONTHS["sept"] = MONTHS["sep"]
"""Names of months and their usual short forms, in small letters."""

_YEAR = r"((?:19|20)[0-9]{2})"
_MONTH = re.compile(r"([A-Za-z]+) " + _YEAR)
_MONTH_NUMBER = re.compile(_YEAR + r"-(0[1-9]|1[0-2])")
_MONTHS = re.compile(
    r"([A-Za-z]+)(?: " + _YEAR + r")?(?: to | ?- ?)([A-Za-z]+) " + _YEAR
)
_NUMBERS = re.compile(
    r"(0[1-9]|1[0-2])/" + _YEAR + r"(?: to | ?- ?)(0[1-9]|1[0-2])/" + _YEAR
)
_WINDOW = re.compile(
    r"(?:([1-9][0-9]?)[ -]months?|(year)|(quarter)) (?:to|ending|ended)"
    r"(?: (end|[0-9]{1,2}))? ([A-Za-z]+) " + _YEAR,
    re.IGNORECASE,
)
_EDITION = re.compile(_YEAR + r"(03|06|09|12)")
_DAY = re.compile(_YEAR + r"-([0-9]{2})-([0-9]{2})")
_SERIAL = re.compile(r"[0-9]{5}")
# Spreadsheets count days from here; 60 days on they invent 29 February 1900.
_SERIAL_ZERO = date(1899, 12, 30)


def read_month(text: str) -> Span | None:
    """Read ``March 2023`` or ``Mar 2023``."""
    found = _MONTH.fullmatch(text)
    first = _first(found[1], found[2]) if found else None
    return _to_end(first, first) if first else None


def write_month(span: Span) -> str | None:
    """Write ``March 2023``."""
    return _named(span.end) if span == _month(span.end) else None


def read_month_number(text: str) -> Span | None:
    """Read ``2019-02`` as February 2019."""
    found = _MONTH_NUMBER.fullmatch(text)
    return _month(date(int(found[1]), int(found[2]), 1)) if found else None


def write_month_number(span: Span) -> str | None:
    """Write ``2019-02`` for February 2019."""
    return f"{span.end:%Y-%m}" if span == _month(span.end) else None


def read_months(text: str) -> Span | None:
    """Read ``October to December 2025``, ``Oct-Dec 2025`` or across two years."""
    found = _MONTHS.fullmatch(text)
    if not found:
        return None
    start, last = _first(found[1], found[2] or found[4]), _first(found[3], found[4])
    return _to_end(start, last) if start and last and start < last else None


def write_months(span: Span) -> str | None:
    """Write ``October to December 2025``."""
    if span.months == 1 or not _whole_months(span):
        return None
    year = "" if span.start.year == span.end.year else f" {span.start.year}"
    return f"{calendar.month_name[span.start.month]}{year} to {_named(span.end)}"


def read_month_numbers(text: str) -> Span | None:
    """Read ``04/2020 - 12/2020``."""
    found = _NUMBERS.fullmatch(text)
    if not found:
        return None
    start, last = (date(int(found[n + 1]), int(found[n]), 1) for n in (1, 3))
    return _to_end(start, last) if start < last else None


def write_month_numbers(span: Span) -> str | None:
    """Write ``04/2020 - 12/2020``."""
    if span.months == 1 or not _whole_months(span):
        return None
    return f"{span.start:%m/%Y} - {span.end:%m/%Y}"


def read_window(text: str) -> Span | None:
    """Read ``24 months to December 2025`` or ``year ending 31 March 2020``."""
    found = _WINDOW.fullmatch(text)
    last = _first(found[5], found[6]) if found else None
    if not found or last is None:
        return None
    months = int(found[1]) if found[1] else 12 if found[2] else 3
    start = pd.Period(last, freq="M") - (months - 1)
    window = _to_end(start.start_time.date(), last)
    return window if found[4] in (None, "end", str(window.end.day)) else None


def write_window(span: Span) -> str | None:
    """Write ``24 months to December 2025``."""
    if not 1 < span.months < 100 or not _whole_months(span):
        return None
    return f"{span.months} months to {_named(span.end)}"


def read_edition(text: str) -> Span | None:
    """Read ``202512`` as the quarter that ends with December 2025."""
    found = _EDITION.fullmatch(text)
    return _quarter(date(int(found[1]), int(found[2]), 1)) if found else None


def write_edition(span: Span) -> str | None:
    """Write ``202512`` for October to December 2025."""
    return f"{span.end:%Y%m}" if span == _quarter(span.end) else None


def read_day(text: str) -> Span | None:
    """Read ``2025-12-31`` as that one day."""
    day = _day(text)
    return Span(day, day) if day else None


def write_day(span: Span) -> str | None:
    """Write ``2025-12-31`` for one day."""
    return span.end.isoformat() if span.start == span.end else None


def read_month_of_day(text: str) -> Span | None:
    """Read ``2023-03-01`` as March 2023."""
    day = _day(text)
    return _month(day) if day else None


def write_month_of_day(span: Span) -> str | None:
    """Write ``2023-03-01`` for March 2023."""
    return span.start.isoformat() if span == _month(span.end) else None


def read_quarter_to_day(text: str) -> Span | None:
    """Read ``2025-12-31`` as the quarter that ends with it."""
    return _ended(_day(text))


def write_quarter_to_day(span: Span) -> str | None:
    """Write ``2025-12-31`` for October to December 2025."""
    return span.end.isoformat() if span == _quarter(span.end) else None


def read_month_of_serial(text: str) -> Span | None:
    """Read ``44986``, a spreadsheet's number for 1 March 2023, as March 2023."""
    day = _serial(text)
    return _month(day) if day else None


def write_month_of_serial(span: Span) -> str | None:
    """Write ``44986`` for March 2023."""
    return _number(span.start) if span == _month(span.end) else None


def read_quarter_to_serial(text: str) -> Span | None:
    """Read ``46022``, a spreadsheet's number for 31 December 2025, as its quarter."""
    return _ended(_serial(text))


def write_quarter_to_serial(span: Span) -> str | None:
    """Write ``46022`` for October to December 2025."""
    return _number(span.end) if span == _quarter(span.end) else None


def _first(name: str, year: str) -> date | None:
    number = MONTHS.get(name.lower())
    return None if number is None else date(int(year), number, 1)


def _to_end(first: date, last: date) -> Span:
    return Span(first, last.replace(day=calendar.monthrange(last.year, last.month)[1]))


def _month(day: date) -> Span:
    return _to_end(day.replace(day=1), day)


def _quarter(day: date) -> Span:
    quarter = pd.Period(day, freq="Q-MAR")
    return Span(quarter.start_time.date(), quarter.end_time.date())


def _ended(day: date | None) -> Span | None:
    span = day and _quarter(day)
    return span if span and span.end == day else None


def _whole_months(span: Span) -> bool:
    return span == _to_end(span.start.replace(day=1), span.end)


def _named(day: date) -> str:
    return f"{calendar.month_name[day.month]} {day.year}"


def _day(text: str) -> date | None:
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _serial(text: str) -> date | None:
    if not _SERIAL.fullmatch(text):
        return None
    day = _SERIAL_ZERO + timedelta(days=int(text))
    return day if _within(day) else None


def _number(day: date) -> str | None:
    number = str((day - _SERIAL_ZERO).days)
    return number if _SERIAL.fullmatch(number) and _within(day) else None


def _within(day: date) -> bool:
    # A five-figure count is far more often a count than a day of another century.
    return 1950 <= day.year < 2100
