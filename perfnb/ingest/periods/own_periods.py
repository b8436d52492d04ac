"""The period of a return's row: as returns write it, or nearly so.

What can mean one period only is read and said ("Q3 2025/26"); what can mean two
is refused with the text to type for each ("2025 Q4"). Nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from perfnb.errors import ParameterError
from perfnb.ingest.periods.period_forms import read_period, readings
from perfnb.quarters import Span, label, parse_period

# What else a text could be meant as, besides what it says of itself.
_OTHER_FORMS = (
    "calendar-quarter",
    "financial-year-starting",
    "financial-year-ending",
    "calendar-year",
    "month-number",
    "edition",
    "month-of-day",
    "quarter-to-day",
    "day",
    "month-of-serial",
    "quarter-to-serial",
    "financial-year-compact",
    "month-numbers",
)
_EXPECTED = (
    "Write a financial year ('2017-18'), a quarter ('2025-26 Q3'), months "
    "('October 2018 to February 2019') or a day ('31 March 2020')."
)
_BARE_QUARTER = re.compile(
    r"(?:((?:19|20)[0-9]{2})[ -]?)?Q ?([1-4])(?:[ -]?((?:19|20)[0-9]{2}))?", re.I
)
_SHORT_YEAR = re.compile(r"([0-9]{2}) ?[-/] ?([0-9]{2})(?: ?Q([1-4]))?", re.I)
_SHORT_MONTH = re.compile(r"([A-Za-z]+)[- ']([0-9]{2})")
_YEAR_MONTH = re.compile(r"((?:19|20)[0-9]{2})(0[1-9]|1[0-2])")
_SLASHED_DAY = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]((?:19|20)[0-9]{2})")


@dataclass(frozen=True)
class OwnPeriod:
    """The period of a return's row, as far as it can be read.

    Parameters
    ----------
    span : Span or None
        The days; None when the text is refused.
    remedy : str
        Blank when the text is written as returns write it; otherwise how it was
        read, or what to type instead.
    """

    span: Span | None
    remedy: str = ""


def read_own_period(text: str) -> OwnPeriod:
    """Read the period of a return's row.

    Parameters
    ----------
    text : str
        The cell; see `perfnb.quarters.parse_period` for how it should be written.

    Returns
    -------
    OwnPeriod
        With a span and no remedy when it is written as it should be; with both
        when it is of another form that can mean one period only, which gets in
        with a warning;
        with a remedy alone when it is refused.

    Examples
    --------
    >>> read_own_period("2025-26 Q3").remedy
    ''
    >>> read_own_period("Q3 2025/26").remedy
    "It was read as October to December 2025; write '2025-26 Q3'."
    >>> print(read_own_period("2025 Q4").remedy)
    It can mean two periods: type '2025-26 Q3' for October to December 2025 or \
'2025-26 Q4' for January to March 2026.
    """
    try:
        return OwnPeriod(parse_period(text))
    except ParameterError:
        pass
    span = read_period(text, "unambiguous")
    if span is not None:
        remedy = f"It was read as {_in_months(span)}; write '{span.label}'."
        return OwnPeriod(span, remedy)
    return OwnPeriod(None, _what_to_type(text))


def _what_to_type(text: str) -> str:
    meant = list(dict.fromkeys(_meant(" ".join(text.split()))))
    if not meant:
        return _EXPECTED
    choices = [f"'{span.label}'{_for(span)}" for span in meant]
    if len(choices) == 1:
        return f"Type {choices[0]} if that is meant."
    number = {2: "two", 3: "three"}.get(len(choices), str(len(choices)))
    together = f"{', '.join(choices[:-1])} or {choices[-1]}"
    return f"It can mean {number} periods: type {together}."


def _meant(text: str) -> Iterable[Span]:
    read = readings(text)
    yield from (read[form] for form in _OTHER_FORMS if form in read)
    if quarter := _BARE_QUARTER.fullmatch(text):
        first = quarter[1] or quarter[3]
        if first and not (quarter[1] and quarter[3]):
            yield from _parsed(f"{first}-{_next(first)} Q{quarter[2]}")
    if short := _SHORT_YEAR.fullmatch(text):
        number = f" Q{short[3]}" if short[3] else ""
        yield from _parsed(f"20{short[1]}-{short[2]}{number}")
    if named := _SHORT_MONTH.fullmatch(text):
        yield from _whole(f"{named[1]} 20{named[2]}", "month")
    if month := _YEAR_MONTH.fullmatch(text):
        yield from _whole(f"{month[1]}-{month[2]}", "month-number")
    if day := _SLASHED_DAY.fullmatch(text):
        # Day first, as people here write it; a spreadsheet may have turned it.
        for number in dict.fromkeys((day[2], day[1])):
            yield from _whole(f"{day[3]}-{int(number):02d}", "month-number")


def _parsed(text: str) -> Iterable[Span]:
    try:
        yield parse_period(text)
    except ParameterError:
        return


def _whole(month: str, form: str) -> Iterable[Span]:
    span = read_period(month, form)
    if span is not None:
        yield span


def _next(year: str) -> str:
    return f"{(int(year) + 1) % 100:02d}"


def _for(span: Span) -> str:
    said = _in_months(span)
    return "" if said == span.label else f" for {said}"


def _in_months(span: Span) -> str:
    # A label names financial years and quarters; their months are plain to all.
    if span.start == span.end:
        return span.label
    last = label(span.end.replace(day=1), span.end)
    first = label(span.start, span.start).split(" ", 1)[1]
    if span.months == 1:
        return last
    same = span.start.year == span.end.year
    return f"{first.split()[0] if same else first} to {last}"
