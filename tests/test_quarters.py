"""Periods are read as people write them and come back in the same words."""

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfnb import quarters
from perfnb.errors import ParameterError
from perfnb.quarters import Span

quarters_of_a_century = st.builds(
    lambda year, number: pd.Period(f"{year}Q{number}", freq="Q-MAR"),
    st.integers(1950, 2090),
    st.integers(1, 4),
)


@st.composite
def spans(draw):
    """Draw a span of one to sixty whole months."""
    first = pd.Period(year=draw(st.integers(1950, 2090)), month=1, freq="M")
    first += draw(st.integers(0, 11))
    last = first + draw(st.integers(0, 59))
    return Span(first.start_time.date(), last.end_time.date())


@given(quarters_of_a_century)
def test_a_quarter_comes_back_as_it_was(quarter):
    assert quarters.parse_quarter(quarters.write_quarter(quarter)) == quarter


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)))
def test_a_day_comes_back_as_it_was(day):
    span = Span(day, day)
    assert quarters.parse_period(span.label) == span


def test_a_day_moves_to_a_day_and_the_last_of_a_month_stays_the_last():
    assert Span(date(2020, 3, 31), date(2020, 3, 31)).later(12).label == "31 March 2021"
    assert Span(date(2020, 2, 29), date(2020, 2, 29)).later(1).label == "31 March 2020"
    assert (
        Span(date(2020, 1, 30), date(2020, 1, 30)).later(1).label == "29 February 2020"
    )


@given(spans())
def test_a_period_comes_back_as_it_was(span):
    assert quarters.parse_period(span.label) == span


@given(quarters_of_a_century)
def test_a_quarter_is_read_alike_as_a_quarter_and_as_a_period(quarter):
    span = quarters.parse_period(quarters.write_quarter(quarter))
    assert span.quarter == quarter
    assert span.months == 3


@given(spans(), st.integers(-60, 60))
def test_a_span_keeps_its_months_when_it_moves(span, months):
    later = span.later(months)
    assert later.months == span.months
    assert later.later(-months) == span
    assert (later.end + timedelta(days=1)).day == 1


@given(st.text(st.characters(exclude_characters="0123456789")))
def test_a_text_without_a_year_is_refused_in_words(text):
    for parse in (quarters.parse_quarter, quarters.parse_period):
        with pytest.raises(ParameterError, match=r"is not a (quarter|period)"):
            parse(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025-26 Q1", date(2025, 4, 1), date(2025, 6, 30)),
        ("2025-26 Q3", date(2025, 10, 1), date(2025, 12, 31)),
        ("2025-26 Q4", date(2026, 1, 1), date(2026, 3, 31)),
        ("1999-00 Q4", date(2000, 1, 1), date(2000, 3, 31)),
        ("2017-18", date(2017, 4, 1), date(2018, 3, 31)),
        ("February 2019", date(2019, 2, 1), date(2019, 2, 28)),
        ("February 2020", date(2020, 2, 1), date(2020, 2, 29)),
        ("October 2018 to February 2019", date(2018, 10, 1), date(2019, 2, 28)),
        ("October to November 2022", date(2022, 10, 1), date(2022, 11, 30)),
        ("October 2022 to November 2022", date(2022, 10, 1), date(2022, 11, 30)),
        (" 2025-26 Q3 ", date(2025, 10, 1), date(2025, 12, 31)),
    ],
)
def test_the_days_of_a_period(text, first, last):
    assert quarters.parse_period(text) == Span(first, last)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2008, 7, 1), date(2008, 9, 30), "2008-09 Q2"),
        (date(1999, 4, 1), date(2000, 3, 31), "1999-00"),
        (date(2025, 1, 1), date(2025, 12, 31), "January to December 2025"),
        (date(2025, 2, 1), date(2025, 4, 30), "February to April 2025"),
        (date(2025, 11, 1), date(2026, 1, 31), "November 2025 to January 2026"),
        (date(2025, 2, 1), date(2025, 2, 28), "February 2025"),
    ],
)
def test_only_a_council_s_own_years_and_quarters_are_called_so(first, last, words):
    assert quarters.label(first, last) == words


@pytest.mark.parametrize(
    "text",
    [
        "2025-27 Q3",
        "2025/26 Q3",
        "Q3 2025-26",
        "2025-26 Q5",
        "2025-26 Q0",
        "2025-26 q3",
        "2025-26Q3",
        "2025-2026 Q3",
        "2025_26 Q3",
        "2025-26",
        "2026Q3",
        "",
    ],
)
def test_a_mistyped_quarter_is_refused_with_an_example(text):
    with pytest.raises(ParameterError) as refused:
        quarters.parse_quarter(text)
    assert str(refused.value).startswith(f"'{text}' is not a quarter.")
    assert "'2025-26 Q3' for October to December 2025" in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "2025-27",
        "2025-24",
        "2025",
        "March 2019 to February 2019",
        "January 2019 to March 2019 to May 2019",
        "Feb 2019",
        "february 2019",
        "Smarch 2019",
        "February 19",
        "01/02/2019",
        "2019-02",
        "43500",
        "November to October 2022",
        "October to November",
        " to ",
        "",
    ],
)
def test_a_mistyped_period_is_refused_with_examples(text):
    with pytest.raises(ParameterError, match="is not a period") as refused:
        quarters.parse_period(text)
    for example in ("'2017-18'", "'2025-26 Q3'", "'October 2018 to February 2019'"):
        assert example in str(refused.value)


@pytest.mark.parametrize(
    "text", ["0000-01", "9999-00", "0000-01 Q1", "9999-00 Q4", "January 0000"]
)
def test_a_year_that_no_calendar_has_is_refused(text):
    with pytest.raises(ParameterError):
        quarters.parse_period(text)


@pytest.mark.parametrize("text", ["٢٠٢٥-٢٦", "٢٠٢٥-٢٦ Q3", "January ٢٠٢٥"])
def test_digits_of_another_script_are_refused(text):
    with pytest.raises(ParameterError):
        quarters.parse_period(text)


def test_files_and_folders_of_a_quarter():
    quarter = quarters.parse_quarter("2025-26 Q3")
    assert quarters.file_name(quarter) == "2025-26-q3"
    assert quarters.write_year(quarter) == "2025-26"


def test_a_figure_sits_in_the_quarter_in_which_its_span_ends():
    ends = {
        "2024-25": "2024-25 Q4",
        "January 2024 to December 2025": "2025-26 Q3",
        "October 2018 to February 2019": "2018-19 Q4",
        "October 2010 to November 2010": "2010-11 Q3",
    }
    for period, quarter in ends.items():
        span = quarters.parse_period(period)
        assert quarters.write_quarter(span.quarter) == quarter
