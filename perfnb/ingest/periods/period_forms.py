"""The forms in which publishers write periods, each by its name.

"2025Q4" is October to December of the calendar to one publisher and January to
March to another; "2010-11" is a year in one table and a month in the next. So
nothing here guesses: a source profile declares the form of its periods by name,
and a text that is not of that form is not read. What is read is kept as what it
is: a rolling window of 24 months stays 24 months.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from perfnb.errors import ParameterError
from perfnb.ingest.periods import dated_forms, yearly_forms
from perfnb.quarters import Span, parse_period


@dataclass(frozen=True)
class Form:
    """A way of writing periods.

    Parameters
    ----------
    meaning : str
        What a text of the form stands for.
    example : str
        A text of the form, as it is written.
    read : callable
        The span of a text, or None when the text is not of the form.
    write : callable
        The text of a span, or None when the form has no text for it.
    """

    meaning: str
    example: str
    read: Callable[[str], Span | None]
    write: Callable[[Span], str | None]


UNAMBIGUOUS = (
    "financial-quarter",
    "financial-year",
    "financial-years",
    "month",
    "months",
    "months-to",
)
"""Forms whose texts can mean one period only."""


def _read_own(text: str) -> Span | None:
    try:
        return parse_period(text)
    except ParameterError:
        return None


def _read_unambiguous(text: str) -> Span | None:
    spans = (FORMS[form].read(text) for form in UNAMBIGUOUS)
    return next((span for span in spans if span is not None), None)


FORMS: Mapping[str, Form] = {
    "return": Form(
        "a period as returns write it: 2025-26 Q3, 2017-18, February 2019",
        "2025-26 Q3",
        _read_own,
        lambda span: span.label,
    ),
    "unambiguous": Form(
        "quarters and years from April, months and windows, one under the other: "
        "Q3 2025/26, 2025/26, December 2025",
        "2025-26 Q3",
        _read_unambiguous,
        lambda span: span.label if span.start != span.end else None,
    ),
    "financial-year": Form(
        "a year from April: 2010-11, 2010/11, 2008/9, 2010/2011",
        "2010-11",
        yearly_forms.read_year,
        yearly_forms.write_year,
    ),
    "financial-year-compact": Form(
        "a year from April, its two years run together: 201718",
        "201718",
        yearly_forms.read_compact_year,
        yearly_forms.write_compact_year,
    ),
    "financial-year-starting": Form(
        "a year from April, named by the year in which it starts",
        "2022",
        yearly_forms.read_starting_year,
        yearly_forms.write_starting_year,
    ),
    "financial-year-ending": Form(
        "a year from April, named by the year in which it ends",
        "2023",
        yearly_forms.read_ending_year,
        yearly_forms.write_ending_year,
    ),
    "financial-years": Form(
        "several years from April together: 2016/17 - 2018/19",
        "2016-17 to 2018-19",
        yearly_forms.read_years,
        yearly_forms.write_years,
    ),
    "financial-quarter": Form(
        "a quarter of a year from April: 2022/23 Q3, 2025-26 Q3, Q3 2025/26",
        "2025-26 Q3",
        yearly_forms.read_quarter,
        yearly_forms.write_quarter,
    ),
    "calendar-quarter": Form(
        "a quarter of a year from January: 2025Q4, 2025 Q4, Q4 2025",
        "2025Q4",
        yearly_forms.read_calendar_quarter,
        yearly_forms.write_calendar_quarter,
    ),
    "calendar-year": Form(
        "a year from January",
        "2012",
        yearly_forms.read_calendar_year,
        yearly_forms.write_calendar_year,
    ),
    "autumn": Form(
        "a night in October or November: Autumn 2022, 2022",
        "Autumn 2022",
        yearly_forms.read_autumn,
        yearly_forms.write_autumn,
    ),
    "month": Form(
        "a month by its name: March 2023, Mar 2023",
        "March 2023",
        dated_forms.read_month,
        dated_forms.write_month,
    ),
    "month-number": Form(
        "a month by its number: 2019-02",
        "2019-02",
        dated_forms.read_month_number,
        dated_forms.write_month_number,
    ),
    "months": Form(
        "months in a row: October to December 2025, Oct-Dec 2025, "
        "April 2022 - March 2023",
        "October to December 2025",
        dated_forms.read_months,
        dated_forms.write_months,
    ),
    "month-numbers": Form(
        "months in a row by their numbers: 04/2020 - 12/2020",
        "04/2020 - 12/2020",
        dated_forms.read_month_numbers,
        dated_forms.write_month_numbers,
    ),
    "months-to": Form(
        "a window by its last month: year ending March 2020, "
        "24 months to December 2025",
        "24 months to December 2025",
        dated_forms.read_window,
        dated_forms.write_window,
    ),
    "edition": Form(
        "the quarter that ends with a month: 202512 is October to December 2025",
        "202512",
        dated_forms.read_edition,
        dated_forms.write_edition,
    ),
    "day": Form(
        "one day: 2025-12-31",
        "2025-12-31",
        dated_forms.read_day,
        dated_forms.write_day,
    ),
    "month-of-day": Form(
        "the month that a day lies in: 2023-03-01 is March 2023",
        "2023-03-01",
        dated_forms.read_month_of_day,
        dated_forms.write_month_of_day,
    ),
    "quarter-to-day": Form(
        "the quarter that ends with a day: 2025-12-31 is October to December 2025",
        "2025-12-31",
        dated_forms.read_quarter_to_day,
        dated_forms.write_quarter_to_day,
    ),
    "month-of-serial": Form(
        "the month that a spreadsheet's day number lies in: 44986 is March 2023",
        "44986",
        dated_forms.read_month_of_serial,
        dated_forms.write_month_of_serial,
    ),
    "quarter-to-serial": Form(
        "the quarter that ends with a spreadsheet's day number: 46022 is October "
        "to December 2025",
        "46022",
        dated_forms.read_quarter_to_serial,
        dated_forms.write_quarter_to_serial,
    ),
}
"""Every form that a profile may declare, by its name."""

COLLECTIVE = ("return", "unambiguous")
"""Forms that hold texts of several others."""

_BLANKS = re.compile(r"\s+")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014", "-"))


def read_period(text: str, form: str) -> Span | None:
    """Read a period that is written in a declared form.

    Parameters
    ----------
    text : str
        As the source has it. Blanks around it, doubled or unbreakable blanks and
        typographic dashes are no content.
    form : str
        A name of `FORMS`.

    Returns
    -------
    Span or None
        None when the text is not of the form: it is never read as another.

    Raises
    ------
    ParameterError
        When there is no form of this name.

    Examples
    --------
    >>> read_period("2025Q4", "calendar-quarter").label
    '2025-26 Q3'
    >>> read_period("2025Q4", "financial-quarter") is None
    True
    >>> read_period("24 months to December 2025", "months-to").months
    24
    """
    return _form(form).read(_content(text))


def write_period(span: Span, form: str) -> str | None:
    """Write a period in a form; None where the form has no text for it.

    Raises
    ------
    ParameterError
        When there is no form of this name.

    Examples
    --------
    >>> december = read_period("2025-26 Q3", "financial-quarter")
    >>> write_period(december, "edition"), write_period(december, "month")
    ('202512', None)
    """
    return _form(form).write(span)


def readings(text: str) -> dict[str, Span]:
    """List every publisher's form that a text could be of, and what it then means.

    Examples
    --------
    >>> {form: span.label for form, span in readings("2010-11").items()}
    {'financial-year': '2010-11', 'month-number': 'November 2010'}
    """
    content = _content(text)
    read = {
        name: form.read(content)
        for name, form in FORMS.items()
        if name not in COLLECTIVE
    }
    return {name: span for name, span in read.items() if span is not None}


def _form(name: str) -> Form:
    if name not in FORMS:
        message = f"'{name}' is not a form of periods: {', '.join(FORMS)}."
        raise ParameterError(message)
    return FORMS[name]


def _content(text: str) -> str:
    return _BLANKS.sub(" ", text.translate(_DASHES)).strip()
