"""What can be read out of the cells of returns, before any rule is applied.

Each row's period, status and figures, read once for all rules. What cannot be
read is kept as what was typed, so that a rule can say what it usually means.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import pandas as pd

from perfnb.catalogue import Catalogue
from perfnb.ingest.cells import Cells
from perfnb.ingest.periods.own_periods import OwnPeriod, read_own_period
from perfnb.ingest.rules.numerals import PLAIN, Numeral, read_numeral
from perfnb.observations import STATUSES
from perfnb.reference import Reference

NUMERIC = ("numerator", "denominator", "value")

_FOOTNOTE = re.compile(r"[\s0-9\u00b9\u00b2\u00b3\u2070-\u2079*.,]+$")


@dataclass(frozen=True)
class Reading:
    """The cells of returns with what was read out of them.

    Parameters
    ----------
    cells : Cells
        The rows, as they were typed.
    catalogue : Catalogue
        Which indicators, services and sources there are.
    reference : Reference
        Which authorities and areas there are.
    periods : mapping of str to OwnPeriod
        For each text of the column period, what it means.
    numerals : mapping of str to mapping of int to Numeral
        For each column of figures, the cells that are not plain digits, by the
        label of their row.
    """

    cells: Cells
    catalogue: Catalogue
    reference: Reference
    periods: Mapping[str, OwnPeriod]
    numerals: Mapping[str, Mapping[int, Numeral]]

    _known_texts: dict[str, tuple[np.ndarray, pd.Index]] = field(
        default_factory=dict, repr=False
    )

    @property
    def rows(self) -> pd.DataFrame:
        """The rows as they were typed."""
        return self.cells.rows

    @cached_property
    def numbers(self) -> dict[str, pd.Series]:
        """Each column of figures as numbers, missing where none can be read."""
        return {column: self._numbers(column) for column in NUMERIC}

    @cached_property
    def reckoned(self) -> pd.Series:
        """The value that the counts of each row give [the indicator's unit]."""
        factor = self.of_indicator("per").astype("Float64")
        denominator = self.numbers["denominator"]
        over = denominator.where(denominator > 0)
        return self.numbers["numerator"] / over * factor

    @cached_property
    def value(self) -> pd.Series:
        """The value of each row: what its counts give, else what was typed."""
        return self.reckoned.fillna(self.numbers["value"])

    @cached_property
    def status(self) -> pd.Series:
        """The status of each row as the frame has it; "" where there is no such."""
        typed = self.rows["status"].unique()
        return self.looked_up("status", {text: read_status(text) for text in typed})

    @cached_property
    def place(self) -> pd.Series:
        """The area of each row; the authority itself where none is given."""
        return self.rows["area"].where(self.rows["area"].ne(""), self.rows["authority"])

    def looked_up(
        self, column: str, values: Mapping[str, Any], *, days: bool = False
    ) -> pd.Series:
        """Give what stands for the text of each row's cell, missing where nothing.

        The column is looked at text by text, not row by row: a return says the
        same few names again and again.
        """
        codes, texts = self._texts(column)
        found = pd.Series([values.get(text) for text in texts])
        if days:
            found = pd.to_datetime(found)
        return found.take(codes).set_axis(self.rows.index)

    def of_span(self, attribute: str) -> pd.Series:
        """Give something of the span of each row, missing where it has none."""
        spans = {text: period.span for text, period in self.periods.items()}
        return self.looked_up(
            "period",
            {text: getattr(span, attribute) for text, span in spans.items() if span},
            days=attribute in ("start", "end"),
        )

    def of_indicator(self, attribute: str) -> pd.Series:
        """Give something of the indicator of each row, missing where unknown."""
        known = self.catalogue.indicators
        return self.looked_up(
            "indicator", {name: getattr(known[name], attribute) for name in known}
        )

    @cached_property
    def received(self) -> pd.Series:
        """The day on which the source of each row was received."""
        sources = self.catalogue.sources.values()
        days = {each.id: each.received for each in sources}
        return self.looked_up("source", days, days=True)

    def _texts(self, column: str) -> tuple[np.ndarray, pd.Index]:
        if column not in self._known_texts:
            self._known_texts[column] = pd.factorize(self.rows[column])
        return self._known_texts[column]

    def _numbers(self, column: str) -> pd.Series:
        odd = {where: each.plain for where, each in self.numerals[column].items()}
        typed = self.rows[column]
        if odd:
            typed = typed.copy()
            typed.loc[list(odd)] = list(odd.values())
        return pd.to_numeric(typed, errors="coerce").astype("Float64")


def read(cells: Cells, catalogue: Catalogue, reference: Reference) -> Reading:
    """Read the periods and figures of cells; see `Reading`."""
    typed = cells.rows["period"].unique()
    periods = {text: read_own_period(text) for text in typed}
    units = {each.id: each.unit for each in catalogue.indicators.values()}
    unit = cells.rows["indicator"].map(units).fillna("")
    return Reading(
        cells=cells,
        catalogue=catalogue,
        reference=reference,
        periods=periods,
        numerals={column: _odd(cells.rows[column], unit) for column in NUMERIC},
    )


def read_status(text: str) -> str:
    """Read a status, whatever its capitals and footnotes; "" when it is none.

    Examples
    --------
    >>> read_status("Final"), read_status("provisional 2"), read_status("done")
    ('final', 'provisional', '')
    """
    bare = " ".join(_FOOTNOTE.sub("", text).casefold().split())
    return bare if bare in STATUSES else ""


def _odd(typed: pd.Series, unit: pd.Series) -> dict[int, Numeral]:
    odd = typed.ne("") & ~typed.str.fullmatch(PLAIN)
    count = typed.name != "value"
    return {
        position: _read(text, measure, count=count)
        for position, text, measure in zip(
            typed.index[odd].tolist(), typed[odd].tolist(), unit[odd], strict=True
        )
    }


@lru_cache(maxsize=4096)
def _read(text: str, unit: str, *, count: bool) -> Numeral:
    return read_numeral(text, unit=unit, count=count)
