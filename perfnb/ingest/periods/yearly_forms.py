"""Periods that are written by their year: years and quarters of either calendar.

Each pair reads a text of one form and writes it; `perfnb.ingest.periods.period_forms`
names the forms. A text that is not of the form is None.
"""

from __future__ import annotations

import re
from datetime import date

import pandas as pd

from perfnb.quarters import Span

_FIRST = r"((?:19|20)[0-9]{2})"
_YEAR = _FIRST + r" ?[-/] ?([0-9]{1,2}|(?:19|20)[0-9]{2})"
_QUARTER = r"(?:Q|Qtr|Quarter) ?([1-4])"
_NUMBER = re.compile(_FIRST)
_FINANCIAL_YEAR = re.compile(_YEAR)
_COMPACT = re.compile(_FIRST + r"([0-9]{2})")
_YEAR_THEN_QUARTER = re.compile(_YEAR + " ?" + _QUARTER, re.IGNORECASE)
_QUARTER_THEN_YEAR = re.compile(_QUARTER + " " + _YEAR, re.IGNORECASE)
_CALENDAR = re.compile(_FIRST + "[ -]?" + _QUARTER, re.IGNORECASE)
_CALENDAR_BACKWARDS = re.compile(_QUARTER + "[ -]?" + _FIRST, re.IGNORECASE)
_AUTUMN = re.compile(r"(?:Autumn )?" + _FIRST, re.IGNORECASE)


def read_year(text: str) -> Span | None:
    """Read ``2010-11``, ``2010/11``, ``2008/9`` or ``2010/2011``."""
    found = _FINANCIAL_YEAR.fullmatch(text)
    return _year(int(found[1])) if found and _follows(found[1], found[2]) else None


def write_year(span: Span) -> str | None:
    """Write ``2010-11``."""
    first = span.start.year
    return f"{first}-{(first + 1) % 100:02d}" if span == _year(first) else None


def read_compact_year(text: str) -> Span | None:
    """Read ``201718``."""
    found = _COMPACT.fullmatch(text)
    return _year(int(found[1])) if found and _follows(found[1], found[2]) else None


def write_compact_year(span: Span) -> str | None:
    """Write ``201718``."""
    written = write_year(span)
    return written and written.replace("-", "")


def read_starting_year(text: str) -> Span | None:
    """Read ``2022`` as April 2022 to March 2023."""
    return _year(int(text)) if _NUMBER.fullmatch(text) else None


def write_starting_year(span: Span) -> str | None:
    """Write ``2022`` for April 2022 to March 2023."""
    return str(span.start.year) if span == _year(span.start.year) else None


def read_ending_year(text: str) -> Span | None:
    """Read ``2023`` as April 2022 to March 2023."""
    return _year(int(text) - 1) if _NUMBER.fullmatch(text) else None


def write_ending_year(span: Span) -> str | None:
    """Write ``2023`` for April 2022 to March 2023."""
    return str(span.end.year) if span == _year(span.start.year) else None


def read_years(text: str) -> Span | None:
    """Read ``2016/17 - 2018/19`` or ``2016-17 to 2018-19``."""
    parts = re.split(" - | to ", text)
    years = [read_year(part) for part in parts]
    if len(years) != 2 or years[0] is None or years[1] is None:
        return None
    together = Span(years[0].start, years[1].end)
    return together if together.start < years[1].start else None


def write_years(span: Span) -> str | None:
    """Write ``2016-17 to 2018-19``."""
    first, last = _year(span.start.year), _year(span.end.year - 1)
    if span != Span(first.start, last.end) or first.start >= last.start:
        return None
    return f"{write_year(first)} to {write_year(last)}"


def read_quarter(text: str) -> Span | None:
    """Read ``2022/23 Q3``, ``2025-26 Q3`` or ``Q3 2025/26``."""
    if found := _YEAR_THEN_QUARTER.fullmatch(text):
        first, second, number = found.groups()
    elif found := _QUARTER_THEN_YEAR.fullmatch(text):
        number, first, second = found.groups()
    else:
        return None
    if not _follows(first, second):
        return None
    return _span(pd.Period(f"{int(first) + 1}Q{number}", freq="Q-MAR"))


def write_quarter(span: Span) -> str | None:
    """Write ``2025-26 Q3``."""
    quarter = span.quarter
    if span != _span(quarter):
        return None
    return f"{write_year(_year(quarter.qyear - 1))} Q{quarter.quarter}"


def read_calendar_quarter(text: str) -> Span | None:
    """Read ``2025Q4``, ``2025 Q4`` or ``Q4 2025`` as October to December 2025."""
    if found := _CALENDAR.fullmatch(text):
        year, number = found.groups()
    elif found := _CALENDAR_BACKWARDS.fullmatch(text):
        number, year = found.groups()
    else:
        return None
    return _span(pd.Period(f"{year}Q{number}", freq="Q-DEC"))


def write_calendar_quarter(span: Span) -> str | None:
    """Write ``2025Q4`` for October to December 2025."""
    quarter = pd.Period(span.end, freq="Q-DEC")
    return f"{quarter.year}Q{quarter.quarter}" if span == _span(quarter) else None


def read_calendar_year(text: str) -> Span | None:
    """Read ``2012`` as January to December 2012."""
    return _calendar_year(int(text)) if _NUMBER.fullmatch(text) else None


def write_calendar_year(span: Span) -> str | None:
    """Write ``2012`` for January to December 2012."""
    year = span.start.year
    return str(year) if span == _calendar_year(year) else None


def read_autumn(text: str) -> Span | None:
    """Read ``Autumn 2022`` or ``2022`` as October to November 2022."""
    found = _AUTUMN.fullmatch(text)
    return _autumn(int(found[1])) if found else None


def write_autumn(span: Span) -> str | None:
    """Write ``Autumn 2022`` for October to November 2022."""
    year = span.start.year
    return f"Autumn {year}" if span == _autumn(year) else None


def _year(first: int) -> Span:
    return Span(date(first, 4, 1), date(first + 1, 3, 31))


def _calendar_year(year: int) -> Span:
    return Span(date(year, 1, 1), date(year, 12, 31))


def _autumn(year: int) -> Span:
    # The homelessness snapshot is one night between 1 October and 30 November.
    return Span(date(year, 10, 1), date(year, 11, 30))


def _span(quarter: pd.Period) -> Span:
    return Span(quarter.start_time.date(), quarter.end_time.date())


def _follows(first: str, second: str) -> bool:
    following = int(first) + 1
    return int(second) == (following if len(second) == 4 else following % 100)
