"""A return's period is read, read with a word, or refused with what to type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfnb.ingest.periods.own_periods import read_own_period
from perfnb.ingest.periods.period_forms import UNAMBIGUOUS, readings


@pytest.mark.parametrize(
    "text",
    ["2025-26 Q3", "2017-18", "February 2019", "31 March 2020", " 2017-18\u00a0"],
)
def test_a_period_as_returns_write_it_is_read_without_a_word(text):
    read = read_own_period(text)
    assert read.span.label == text.strip()
    assert read.remedy == ""


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("2025/26 Q3", "2025-26 Q3"),
        ("2025-26 q3", "2025-26 Q3"),
        ("2025-26Q3", "2025-26 Q3"),
        ("Q3 2025-26", "2025-26 Q3"),
        ("2025\N{EN DASH}26 Q3", "2025-26 Q3"),
        ("Oct-Dec 2025", "2025-26 Q3"),
        ("2008/9", "2008-09"),
        ("2010/2011", "2010-11"),
        ("feb 2019", "February 2019"),
        ("24 months to December 2025", "January 2024 to December 2025"),
    ],
)
def test_a_near_form_that_can_mean_one_period_is_read_and_said(text, label):
    read = read_own_period(text)
    assert read.span.label == label
    assert read.remedy.startswith("It was read as ")
    assert read.remedy.endswith(f"; write '{label}'.")


@pytest.mark.parametrize(
    ("text", "to_type"),
    [
        ("2025 Q4", ["2025-26 Q3", "2025-26 Q4"]),
        ("Q4 2025", ["2025-26 Q3", "2025-26 Q4"]),
        ("2025", ["2025-26", "2024-25", "January to December 2025"]),
        ("202512", ["2025-26 Q3", "December 2025"]),
        ("2019-02", ["February 2019"]),
        ("25/26 Q3", ["2025-26 Q3"]),
        ("2025-12-31", ["December 2025", "2025-26 Q3", "31 December 2025"]),
        ("46022", ["December 2025", "2025-26 Q3"]),
        ("01/02/2025", ["February 2025", "January 2025"]),
        ("31/12/2025", ["December 2025"]),
        ("Apr-25", ["April 2025"]),
    ],
)
def test_what_can_mean_another_is_refused_with_what_to_type(text, to_type):
    read = read_own_period(text)
    assert read.span is None
    assert all(f"'{period}'" in read.remedy for period in to_type)
    assert read.remedy.count("'") == 2 * len(to_type)


@pytest.mark.parametrize("text", ["", "Q3", "next year", "2025-27", "2025-26 Q5"])
def test_what_can_mean_nothing_is_refused_with_how_periods_are_written(text):
    read = read_own_period(text)
    assert read.span is None
    assert "a quarter ('2025-26 Q3')" in read.remedy


@given(st.text(alphabet="0123456789-/ QqDectoMarch", max_size=12))
def test_a_near_form_is_never_read_where_another_meaning_is_possible(text):
    read = read_own_period(text)
    if read.span is not None and read.remedy:
        assert set(readings(text).values()) == {read.span}
        assert any(form in UNAMBIGUOUS for form in readings(text))
