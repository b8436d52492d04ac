"""The observations of a workbook, whole or one service's, wherever they are.

A workbook asks its history for what a report needs. `Loaded` has just been
judged and is in memory; `perfnb.store.parquet.Stored` reads from the store what it is
asked for and no more. The answers are the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Extent:
    """What a history spans, known without reading it.

    Parameters
    ----------
    rows : int
        How many observations there are.
    first_quarter, last_quarter : pandas.Period or None
        Between which all of them sit; None when there are none.
    newest : datetime.date or None
        The day when the newest of them was received.
    """

    rows: int
    first_quarter: pd.Period | None
    last_quarter: pd.Period | None
    newest: date | None


class History(Protocol):
    """All observations of a workbook, all vintages."""

    @property
    def extent(self) -> Extent:
        """What the history spans."""
        ...

    @property
    def observations(self) -> pd.DataFrame:
        """The whole tidy frame (`perfnb.observations`), indicator by indicator.

        The rows of an indicator keep the order of files, sheets and rows.
        """
        ...

    def of(self, indicators: Iterable[str]) -> pd.DataFrame:
        """Give the rows of some indicators, in the order of `observations`."""
        ...


@dataclass(frozen=True)
class Loaded:
    """A history in memory.

    Parameters
    ----------
    observations : pandas.DataFrame
        The tidy frame, as `by_indicator` orders it.
    """

    observations: pd.DataFrame

    @property
    def extent(self) -> Extent:
        """What the history spans."""
        quarters = self.observations["quarter"]
        newest = self.observations["received"].max()
        return Extent(
            rows=len(self.observations),
            first_quarter=None if quarters.empty else quarters.min(),
            last_quarter=None if quarters.empty else quarters.max(),
            newest=None if pd.isna(newest) else newest.date(),
        )

    def of(self, indicators: Iterable[str]) -> pd.DataFrame:
        """Give the rows of some indicators, in the order of `observations`."""
        wanted = self.observations["indicator"].isin(list(indicators))
        return self.observations[wanted].reset_index(drop=True)


def by_indicator(observations: pd.DataFrame) -> pd.DataFrame:
    """Put rows of one indicator next to each other, else in the order they have.

    Parameters
    ----------
    observations : pandas.DataFrame
        The tidy frame.

    Returns
    -------
    pandas.DataFrame
        The same rows, numbered anew from 0.
    """
    codes = observations["indicator"].cat.codes
    if codes.is_monotonic_increasing:
        return observations.reset_index(drop=True)
    order = np.argsort(codes.to_numpy(), kind="stable")
    return observations.iloc[order].reset_index(drop=True)
