"""A history says what it spans, and gives one indicator's rows like the whole."""

from datetime import date

import pandas as pd
from conftest import history

from perfnb.store.history import Loaded, by_indicator


def test_rows_of_an_indicator_come_together_in_the_order_they_had():
    ordered = by_indicator(history())
    assert ordered["indicator"].tolist() == ["IL1", "IL1", "IL2", "IL2", "IL3", "IL3"]
    assert ordered["source_row"].tolist() == [2, 4, 2, 3, 3, 14]
    assert ordered.index.tolist() == [0, 1, 2, 3, 4, 5]


def test_rows_that_lie_together_stay_and_are_numbered_anew():
    ordered = by_indicator(history())
    later = ordered[ordered["indicator"] != "IL1"]
    pd.testing.assert_frame_equal(by_indicator(later), later.reset_index(drop=True))


def test_a_history_spans_its_quarters_and_knows_its_newest_day():
    extent = Loaded(history()).extent
    assert extent.rows == 6
    assert extent.first_quarter == pd.Period("2026Q2", "Q-MAR")
    assert extent.last_quarter == pd.Period("2026Q3", "Q-MAR")
    assert extent.newest == date(2026, 2, 1)


def test_a_history_of_nothing_spans_nothing():
    extent = Loaded(history().iloc[:0]).extent
    assert extent.rows == 0
    assert extent.first_quarter is extent.last_quarter is extent.newest is None


def test_rows_of_some_indicators_keep_the_categories_of_all():
    whole = by_indicator(history())
    rows = Loaded(whole).of(["IL3", "IL1", "unheard of"])
    assert rows["indicator"].tolist() == ["IL1", "IL1", "IL3", "IL3"]
    assert rows["indicator"].dtype == whole["indicator"].dtype
    assert Loaded(whole).of([]).empty
