"""Publishers' periods are read in the form that is declared, and in no other."""

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfnb.errors import ParameterError
from perfnb.ingest.periods.period_forms import (
    COLLECTIVE,
    FORMS,
    read_period,
    readings,
    write_period,
)
from perfnb.quarters import Span

forms = st.sampled_from(list(FORMS))
publishers_forms = st.sampled_from([form for form in FORMS if form not in COLLECTIVE])
days = st.dates(date(1951, 1, 1), date(2089, 12, 31))

# What looks alike in two forms: the profile alone can say which it is.
ALIKE = [
    {"financial-year", "month-number"},
    {"financial-year-compact", "edition"},
    {
        "financial-year-starting",
        "financial-year-ending",
        "calendar-year",
        "autumn",
    },
    {"day", "month-of-day", "quarter-to-day"},
    {"month-of-serial", "quarter-to-serial"},
]


@st.composite
def month_spans(draw):
    first = draw(days).replace(day=1)
    last = first
    for _ in range(draw(st.integers(0, 40))):
        last = (last + timedelta(days=31)).replace(day=1)
    return Span(first, last.replace(day=calendar.monthrange(last.year, last.month)[1]))


spans = st.one_of(
    month_spans(),
    days.map(lambda day: Span(day, day)),
    days.map(lambda day: read_period(str(day.year), "financial-year-starting")),
    days.map(lambda day: read_period(str(day.year), "calendar-year")),
    days.map(
        lambda day: read_period(
            f"{day.year}Q{1 + (day.month - 1) // 3}", "calendar-quarter"
        )
    ),
)


@pytest.mark.parametrize(
    ("text", "form", "start", "end"),
    [
        ("2010-11", "financial-year", "2010-04-01", "2011-03-31"),
        ("2010/11", "financial-year", "2010-04-01", "2011-03-31"),
        ("2008/9", "financial-year", "2008-04-01", "2009-03-31"),
        ("1999/2000", "financial-year", "1999-04-01", "2000-03-31"),
        ("201718", "financial-year-compact", "2017-04-01", "2018-03-31"),
        ("2022", "financial-year-starting", "2022-04-01", "2023-03-31"),
        ("2022", "financial-year-ending", "2021-04-01", "2022-03-31"),
        ("2016/17 - 2018/19", "financial-years", "2016-04-01", "2019-03-31"),
        ("2022/23 Q3", "financial-quarter", "2022-10-01", "2022-12-31"),
        ("2025-26 Q4", "financial-quarter", "2026-01-01", "2026-03-31"),
        ("Q3 2025/26", "financial-quarter", "2025-10-01", "2025-12-31"),
        ("2014/15 Q1", "financial-quarter", "2014-04-01", "2014-06-30"),
        ("2025Q4", "calendar-quarter", "2025-10-01", "2025-12-31"),
        ("2018 Q2", "calendar-quarter", "2018-04-01", "2018-06-30"),
        ("2012", "calendar-year", "2012-01-01", "2012-12-31"),
        ("2010", "autumn", "2010-10-01", "2010-11-30"),
        ("autumn 2022", "autumn", "2022-10-01", "2022-11-30"),
        ("March 2023", "month", "2023-03-01", "2023-03-31"),
        ("2019-02", "month-number", "2019-02-01", "2019-02-28"),
        ("October to December 2025", "months", "2025-10-01", "2025-12-31"),
        ("Oct-Dec 2025", "months", "2025-10-01", "2025-12-31"),
        ("April 2022 - March 2023", "months", "2022-04-01", "2023-03-31"),
        ("04/2020 - 12/2020", "month-numbers", "2020-04-01", "2020-12-31"),
        ("year ending March 2020", "months-to", "2019-04-01", "2020-03-31"),
        ("Year ending 31 March 2020", "months-to", "2019-04-01", "2020-03-31"),
        ("24 months to December 2025", "months-to", "2024-01-01", "2025-12-31"),
        ("202512", "edition", "2025-10-01", "2025-12-31"),
        ("201806", "edition", "2018-04-01", "2018-06-30"),
        ("2010-10-04", "day", "2010-10-04", "2010-10-04"),
        ("2023-03-01", "month-of-day", "2023-03-01", "2023-03-31"),
        ("2025-12-31", "quarter-to-day", "2025-10-01", "2025-12-31"),
        ("44986", "month-of-serial", "2023-03-01", "2023-03-31"),
        ("46022", "quarter-to-serial", "2025-10-01", "2025-12-31"),
    ],
)
def test_a_period_is_read_in_its_form(text, form, start, end):
    wanted = Span(date.fromisoformat(start), date.fromisoformat(end))
    assert read_period(text, form) == wanted
    assert read_period(f" {text}\N{NO-BREAK SPACE}", form) == wanted


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("2010-12", "financial-year"),
        ("2010-2012", "financial-year"),
        ("2025Q4", "financial-quarter"),
        ("2025 Q4", "financial-quarter"),
        ("2025-26 Q3", "calendar-quarter"),
        ("2025-26 Q5", "financial-quarter"),
        ("2018/19 - 2016/17", "financial-years"),
        ("December to October 2025", "months"),
        ("Smarch 2023", "month"),
        ("2019-13", "month-number"),
        ("202511", "edition"),
        ("year ending 30 March 2020", "months-to"),
        ("2025-02-30", "day"),
        ("2025-12-30", "quarter-to-day"),
        ("12345", "month-of-serial"),
        ("2025-26 Q3 (revised)", "financial-quarter"),
        ("\N{ARABIC-INDIC DIGIT TWO}010-11", "financial-year"),
    ],
)
def test_what_is_not_of_the_form_is_not_read(text, form):
    assert read_period(text, form) is None


@pytest.mark.parametrize("name", FORMS)
def test_every_form_reads_its_example(name):
    form = FORMS[name]
    span = read_period(form.example, name)
    assert write_period(span, name) == form.example


@given(spans, forms)
def test_what_is_written_is_read_back(span, form):
    text = write_period(span, form)
    if text is not None:
        assert read_period(text, form) == span


@given(spans, publishers_forms)
def test_a_text_has_one_meaning_but_where_two_forms_look_alike(span, form):
    text = write_period(span, form)
    if text is None:
        return
    for other, read in readings(text).items():
        alike = any({form, other} <= group for group in ALIKE)
        assert read == span or alike, (text, form, other)


@given(st.text(max_size=30), forms)
def test_any_text_is_a_period_that_can_be_written_or_none(text, form):
    span = read_period(text, form)
    if span is not None:
        assert read_period(write_period(span, form), form) == span


def test_financial_and_calendar_quarters_are_told_apart_by_the_form_alone():
    assert readings("2025 Q4").keys() == {"calendar-quarter"}
    assert readings("2025-26 Q4").keys() == {"financial-quarter"}


def test_an_unknown_form_is_told_with_the_known_ones():
    with pytest.raises(ParameterError, match=r"'quarterly' is not a form .*edition"):
        read_period("2025Q4", "quarterly")
