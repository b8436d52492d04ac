"""Observations as Parquet files that give back exactly the frame they were given.

Parquet remembers texts, not pandas' categories: their order, and those that no
row uses, would be lost, and a slice would come back with other categories than
the whole. So the rows hold the codes of each category column, the categories
lie in a small file beside them, and what a column was stands in the head of the
file. The rows of an indicator lie together in small groups, so that a service's
are read without the others.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from perfnb.store.history import Extent, Loaded

ROWS = "observations.parquet"
CATEGORIES = "categories.parquet"

# A service reads whole groups: with more rows it would read more of its
# neighbours', with fewer the head of a file of millions of rows grows.
GROUP_ROWS = 10_000

_HEAD = b"perfnb"
_PLAIN = ("Float64", "datetime64[us]", "int64")


def write(observations: pd.DataFrame, folder: Path) -> None:
    """Write a history to a folder.

    Parameters
    ----------
    observations : pandas.DataFrame
        The tidy frame, as `perfnb.store.history.by_indicator` orders it.
    folder : pathlib.Path
        Where `ROWS` and `CATEGORIES` are written.

    Raises
    ------
    TypeError
        When a column is of a type that would not come back as it is: a mistake
        in the code.
    """
    columns = {name: _encoded(observations[name]) for name in observations}
    categories = {
        name: _as_one_cell(observations[name].cat.categories)
        for name, dtype in observations.dtypes.items()
        if dtype == "category"
    }
    pq.write_table(pa.table(categories), folder / CATEGORIES)
    head = {
        "types": {name: str(dtype) for name, dtype in observations.dtypes.items()},
        "extent": _plain_extent(Loaded(observations).extent),
    }
    pq.write_table(
        pa.table(columns, metadata={_HEAD: json.dumps(head).encode()}),
        folder / ROWS,
        row_group_size=GROUP_ROWS,
        write_statistics=["indicator"],
    )


@dataclass(frozen=True)
class Stored:
    """A history in the store, read when it is asked for.

    Its files stay open, so that it can be read to its end though another
    process clears them away.

    Parameters
    ----------
    rows : pyarrow.parquet.ParquetFile
        The codes and figures.
    categories : mapping of str to pandas.CategoricalDtype
        What the codes of a column stand for.
    """

    rows: pq.ParquetFile
    categories: Mapping[str, pd.CategoricalDtype]

    @property
    def extent(self) -> Extent:
        """What the history spans."""
        return _extent(self._head["extent"])

    @cached_property
    def observations(self) -> pd.DataFrame:
        """The whole tidy frame, read at the first asking."""
        return self._decoded(self.rows.read())

    def of(self, indicators: Iterable[str]) -> pd.DataFrame:
        """Read the rows of some indicators, in the order of `observations`."""
        known = self.categories["indicator"].categories
        wanted = np.flatnonzero(known.isin(list(indicators)))
        near = self.rows.read_row_groups(self._groups_with(wanted))
        kept = np.isin(near["indicator"].to_numpy(), wanted)
        return self._decoded(near.filter(pa.array(kept)))

    @cached_property
    def _head(self) -> dict[str, Any]:
        head: dict[str, Any] = json.loads(self.rows.schema_arrow.metadata[_HEAD])
        return head

    def _groups_with(self, codes: np.ndarray) -> list[int]:
        column = self.rows.schema_arrow.names.index("indicator")
        held = self.rows.metadata
        spans = [
            held.row_group(group).column(column).statistics
            for group in range(held.num_row_groups)
        ]
        return [
            group
            for group, span in enumerate(spans)
            # A group without rows tells no span.
            if span is None or ((codes >= span.min) & (codes <= span.max)).any()
        ]

    def _decoded(self, rows: pa.Table) -> pd.DataFrame:
        columns = {
            name: _decoded(rows[name], dtype, self.categories.get(name))
            for name, dtype in self._head["types"].items()
        }
        return pd.DataFrame(columns)


def read(folder: Path) -> Stored:
    """Open a history that `write` wrote; its rows are read later."""
    held = pq.read_table(folder / CATEGORIES)
    categories = {
        name: pd.CategoricalDtype(
            pd.Index(held[name].combine_chunks().flatten(), dtype="str")
        )
        for name in held.column_names
    }
    return Stored(pq.ParquetFile(folder / ROWS), categories)


def _encoded(column: pd.Series) -> pa.Array:
    dtype = column.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        if dtype.ordered or dtype.categories.dtype != "str":
            message = f"{column.name}: the store keeps unordered categories of text"
            raise TypeError(message)
        return pa.array(column.cat.codes.to_numpy())
    if isinstance(dtype, pd.PeriodDtype):
        return pa.array(column.array.asi8)
    if str(dtype) not in _PLAIN:
        message = f"{column.name}: the store does not keep columns of {dtype}"
        raise TypeError(message)
    return pa.array(column)


def _as_one_cell(categories: pd.Index) -> pa.Array:
    texts = pa.array(categories.to_numpy(dtype=object), pa.large_string())
    return pa.LargeListArray.from_arrays([0, len(texts)], texts)


def _decoded(
    column: pa.ChunkedArray, dtype: str, categories: pd.CategoricalDtype | None
) -> Any:
    if categories is not None:
        return pd.Categorical.from_codes(column.to_numpy(), dtype=categories)
    if dtype.startswith("period"):
        ordinals = column.to_numpy()
        return pd.arrays.PeriodArray(ordinals, dtype=pd.PeriodDtype(dtype[7:-1]))
    if dtype == "Float64":
        return column.to_pandas(types_mapper={pa.float64(): pd.Float64Dtype()}.get)
    return column.to_pandas()


def _plain_extent(extent: Extent) -> list[Any]:
    first, last = extent.first_quarter, extent.last_quarter
    return [
        extent.rows,
        None if first is None else first.ordinal,
        None if last is None else last.ordinal,
        None if extent.newest is None else extent.newest.isoformat(),
    ]


def _extent(plain: list[Any]) -> Extent:
    rows, first, last, newest = plain
    return Extent(
        rows=rows,
        first_quarter=_quarter(first),
        last_quarter=_quarter(last),
        newest=None if newest is None else date.fromisoformat(newest),
    )


def _quarter(ordinal: int | None) -> pd.Period | None:
    return None if ordinal is None else pd.Period(ordinal=ordinal, freq="Q-MAR")
