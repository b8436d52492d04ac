"""A figure is written in one way everywhere, with its unit."""

from types import SimpleNamespace

import pandas as pd
import pytest

from perfnb.report import words

SHARE = SimpleNamespace(decimals=1, unit="%", is_percentage=True)
RATE = SimpleNamespace(decimals=2, unit="per 1,000 residents", is_percentage=False)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 0, "0"),
        (1234567.891, 1, "1,234,567.9"),
        (-3.25, 1, "−3.2"),
        (-1234, 0, "−1,234"),
        (-0.04, 1, "0.0"),
        (pd.NA, 1, words.NO_FIGURE),
        (float("nan"), 1, words.NO_FIGURE),
        (None, 0, words.NO_FIGURE),
    ],
)
def test_a_number_is_written_with_its_separators_and_sign(value, decimals, text):
    assert words.number(value, decimals) == text


@pytest.mark.parametrize(
    ("value", "indicator", "text"),
    [
        (33.14, SHARE, "33.1%"),
        (1.5, RATE, "1.50 per 1,000 residents"),
        (pd.NA, SHARE, words.NO_FIGURE),
        (pd.NA, RATE, words.NO_FIGURE),
    ],
)
def test_a_value_is_written_to_its_decimals_with_its_unit(value, indicator, text):
    assert words.value_with_unit(value, indicator) == text


def test_a_value_in_a_table_stands_without_its_unit():
    assert words.value_of(33.14, SHARE) == "33.1"


def test_a_count_is_exact():
    assert words.exact(16165.0) == "16,165"


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "no"), (1, "one"), (10, "ten"), (11, "11"), (1000, "1,000")],
)
def test_a_small_count_is_written_in_words(value, text):
    assert words.count(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "no households"), (1, "one household"), (12, "12 households")],
)
def test_a_count_agrees_with_its_noun(value, text):
    assert words.plural(value, "household") == text


def test_a_noun_can_have_a_plural_of_its_own():
    assert words.plural(2, "authority", "authorities") == "two authorities"


@pytest.mark.parametrize(
    ("value", "text"),
    [(1, "1st"), (2, "2nd"), (4, "4th"), (12, "12th"), (21, "21st"), (113, "113th")],
)
def test_a_rank_is_written_as_it_is_said(value, text):
    assert words.ordinal(value) == text


@pytest.mark.parametrize(
    ("texts", "text"),
    [
        ([], ""),
        (["age"], "age"),
        (["age", "sex"], "age and sex"),
        (("age", "sex", "ward"), "age, sex and ward"),
    ],
)
def test_texts_are_joined_as_a_sentence_does(texts, text):
    assert words.joined(texts) == text


def test_a_sentence_starts_with_a_capital_and_keeps_its_names():
    assert words.sentence("one of Wyre Forest’s") == "One of Wyre Forest’s"
    assert words.sentence("") == ""
