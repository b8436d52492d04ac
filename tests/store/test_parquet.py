"""What is written to Parquet comes back as it was: values, types, categories."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from conftest import history
from hypothesis import given, settings
from hypothesis import strategies as st

from perfnb.observations import SCHEMA
from perfnb.store import parquet
from perfnb.store.history import Loaded, by_indicator

# No half of a pair of surrogates: pandas' text cannot hold one either.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
NUMBERS = st.none() | st.floats(allow_nan=False)
DAYS = st.none() | st.datetimes()


@st.composite
def categories(draw, size):
    """Draw a column of categories, some of which no row has, some rows none."""
    known = draw(st.lists(TEXTS, unique=True, max_size=6))
    codes = st.integers(-1, len(known) - 1)
    drawn = draw(st.lists(codes, min_size=size, max_size=size))
    return pd.Categorical.from_codes(drawn, pd.Index(known, dtype="str"))


@st.composite
def histories(draw):
    """Draw a frame with every column of the tidy frame, whatever is in it."""
    size = draw(st.integers(0, 7))

    def column(values):
        return draw(st.lists(values, min_size=size, max_size=size))

    def of_type(dtype):
        if dtype == "category":
            return draw(categories(size))
        if dtype == "Float64":
            return pd.array(column(NUMBERS), dtype="Float64")
        if dtype == "datetime64[us]":
            return pd.array(column(DAYS), dtype="datetime64[us]")
        if dtype == "period[Q-MAR]":
            ordinals = np.array(column(st.integers(-300, 900)), dtype="int64")
            return pd.PeriodIndex.from_ordinals(ordinals, freq="Q-MAR")
        assert dtype == "int64"
        return np.array(column(st.integers(-(2**63), 2**63 - 1)), dtype="int64")

    types = {name: str(dtype) for name, dtype in history().dtypes.items()}
    return by_indicator(
        pd.DataFrame({name: of_type(dtype) for name, dtype in types.items()})
    )


def kept(observations: pd.DataFrame, folder) -> parquet.Stored:
    """Write a history and open it again."""
    parquet.write(observations, folder)
    return parquet.read(folder)


@given(histories(), st.data())
@settings(max_examples=30)
def test_any_history_comes_back_as_it_was_whole_and_in_part(observations, data):
    wanted = data.draw(st.sets(st.sampled_from([*"ab", ""]) | TEXTS))
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(parquet, "GROUP_ROWS", 3)
        stored = kept(observations, Path(folder))
        pd.testing.assert_frame_equal(stored.observations, observations)
        assert stored.extent == Loaded(observations).extent
        known = observations["indicator"].cat.categories[:2]
        for some in (wanted, known):
            pd.testing.assert_frame_equal(
                stored.of(some), Loaded(observations).of(some)
            )


@pytest.mark.parametrize("number", [-0.0, 5e-324, 1e308, float("inf"), 1 / 3, 2.5])
def test_numbers_come_back_to_the_last_bit(tmp_path, number):
    back = kept(history(value=number, status="final"), tmp_path).observations["value"]
    assert [float(each).hex() for each in back] == [number.hex()] * 6


def test_what_comes_back_has_the_types_that_the_schema_asks_for(tmp_path):
    rows = kept(by_indicator(history()), tmp_path).observations
    assert len(SCHEMA.validate(rows)) == 6
    pd.testing.assert_series_equal(rows.dtypes, history().dtypes)


def test_texts_that_were_read_in_parts_are_kept(tmp_path):
    parts = [pd.Series([f"file-{number}.csv"] * 3, dtype="str") for number in (1, 2)]
    rows = by_indicator(history(source_file=pd.concat(parts, ignore_index=True)))
    pd.testing.assert_frame_equal(kept(rows, tmp_path).observations, rows)


def test_a_service_is_read_without_the_rows_of_the_others(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "GROUP_ROWS", 2)
    stored = kept(by_indicator(history()), tmp_path)
    read = []

    class Watched:
        """The rows, watched as they are read."""

        def __init__(self, rows):
            self.metadata, self.schema_arrow = rows.metadata, rows.schema_arrow
            self.rows = rows

        def read_row_groups(self, groups):
            read.extend(groups)
            return self.rows.read_row_groups(groups)

    watched = parquet.Stored(Watched(stored.rows), stored.categories)
    assert watched.of(["IL2"])["indicator"].tolist() == ["IL2", "IL2"]
    assert read == [1]


def test_an_indicator_that_fills_several_groups_is_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "GROUP_ROWS", 1)
    stored = kept(by_indicator(history()), tmp_path)
    assert stored.of(["IL1"])["source_row"].tolist() == [2, 4]


def test_what_is_read_can_be_changed_and_changes_nothing_kept(tmp_path):
    stored = kept(by_indicator(history()), tmp_path)
    for rows in (stored.of(["IL1"]), stored.observations):
        rows.loc[0, "value"] = -1
        rows.loc[0, "source_row"] = -1
        rows.loc[0, "start"] = pd.NaT
        rows.loc[0, "note"] = ""
    assert stored.of(["IL1"]).loc[0, "value"] == 0


def test_rows_can_be_read_though_the_files_were_cleared_away(tmp_path):
    rows = by_indicator(history())
    stored = kept(rows, tmp_path)
    for path in tmp_path.iterdir():
        path.unlink()
    pd.testing.assert_frame_equal(stored.observations, rows)
    assert len(stored.of(["IL1"])) == 2


def test_files_hold_plain_columns_and_nothing_that_runs(tmp_path):
    parquet.write(history(), tmp_path)
    plain = {"int8", "double", "int64", "timestamp[us]"}
    schema = pq.read_schema(tmp_path / parquet.ROWS)
    assert {str(field.type) for field in schema} == plain
    assert set(schema.metadata) == {b"perfnb"}
    assert pq.read_schema(tmp_path / parquet.CATEGORIES).metadata is None


@pytest.mark.parametrize(
    "column",
    [
        pd.Series([True] * 6),
        pd.Series(["a", "b"] * 3, dtype="str"),
        pd.Series(["a", "b"] * 3, dtype=pd.CategoricalDtype(["b", "a"], ordered=True)),
        pd.Series([1, 2] * 3, dtype="category"),
        pd.Series([0.5] * 6),
    ],
)
def test_a_column_that_would_come_back_otherwise_is_a_mistake_in_the_code(
    tmp_path, column
):
    with pytest.raises(TypeError, match=r"^mark: the store"):
        parquet.write(history().assign(mark=column), tmp_path)
