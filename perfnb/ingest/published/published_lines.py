"""Rows of our own layout in the making, from the rows of a published table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from perfnb.ingest.cells import COLUMNS
from perfnb.ingest.published.profile import Figure
from perfnb.ingest.published.published_figures import whole_numbers_behind, written
from perfnb.quarters import Span
from perfnb.registers import Indicator

SEVERAL = "several whole numbers would give this percentage"
NO_NUMBER = "no whole number would give this percentage"

FIGURES = ("numerator", "denominator", "value")
"""The columns of a return that hold numbers."""

BESIDE = ["carried", "published_sheet", "published_row"]
"""What a line tells besides the columns of a return: whether its denominator is to
be the one that the workbook holds, and where it stands in the published file."""


@dataclass
class Line:
    """A figure of an authority, or why there is none.

    Parameters
    ----------
    origin : tuple of (str, int)
        Sheet and row of the file that it was read from.
    figure : Figure
        What the profile says of it.
    indicator, authority, area : str
        Id of the indicator, GSS codes of the authority and of its small area (blank
        for the whole).
    span : Span
        The days that it covers.
    numbers : dict of str to Decimal
        Those of `FIGURES` that are known.
    status, note : str
        As they go into the return.
    """

    origin: tuple[str, int]
    figure: Figure
    indicator: str
    authority: str
    area: str
    span: Span
    numbers: dict[str, Decimal]
    status: str
    note: str

    @property
    def key(self) -> tuple[str, ...]:
        """What a line is about."""
        who = (self.figure.characteristic, self.figure.group)
        place = (self.authority, self.area)
        return (self.indicator, *place, self.span.label, *who)

    @property
    def is_carried(self) -> bool:
        """Whether its denominator is the one that the workbook holds."""
        return self.figure.denominator_from == "workbook" and bool(self.numbers)

    def add_note(self, text: str) -> None:
        """Say one thing more."""
        self.note = joined(self.note, text)

    def work_out_numerator(self) -> None:
        """Put the count behind a percentage in its place, if only one fits.

        Where several whole numbers would give it, the percentage stays and the
        note says so.
        """
        value, denominator = self.numbers.get("value"), self.numbers.get("denominator")
        if value is None or denominator is None:
            return
        decimals = self.figure.columns()["value"].decimals or 0
        counts = whole_numbers_behind(value, denominator, decimals)
        if len(counts) == 1:
            self.numbers = {"numerator": Decimal(counts[0]), "denominator": denominator}
        else:
            self.add_note(SEVERAL if counts else NO_NUMBER)

    def cells(self) -> list[object]:
        """Write the line in the order of `COLUMNS` and `BESIDE`."""
        return [
            self.indicator,
            self.authority,
            self.area,
            self.span.label,
            self.figure.characteristic,
            self.figure.group,
            *(written(self.numbers.get(name)) for name in FIGURES),
            self.status,
            "",
            "",
            self.note,
            self.is_carried,
            *self.origin,
        ]


def joined(*notes: str) -> str:
    """Put notes one behind the other, blank ones left out.

    Examples
    --------
    >>> joined("window inferred", "", "rounded")
    'window inferred; rounded'
    """
    return "; ".join(note for note in notes if note)


def complete(
    lines: Iterable[Line], counts: Iterable[Line], indicators: Mapping[str, Indicator]
) -> None:
    """Give lines the counts behind their values, where these give the value.

    A line whose counts give another value, by more than its indicator's decimals
    show, keeps its value alone.
    """
    by_key = {line.key: line for line in counts if len(line.numbers) == 2}
    for line in lines:
        behind, value = by_key.get(line.key), line.numbers.get("value")
        indicator = indicators.get(line.indicator)
        if behind is None or value is None or indicator is None:
            continue
        numerator, denominator = (behind.numbers[name] for name in FIGURES[:2])
        reckoned = numerator / denominator * Decimal(str(indicator.per or 1))
        if abs(reckoned - value) <= Decimal(5).scaleb(-indicator.decimals - 1):
            line.numbers = dict(behind.numbers)


def frame_of(lines: Sequence[Line]) -> pd.DataFrame:
    """Lay lines out as a frame: `COLUMNS` as text, and `BESIDE`."""
    columns = [*COLUMNS, *BESIDE]
    frame = pd.DataFrame([line.cells() for line in lines], columns=columns)
    text = dict.fromkeys([*COLUMNS, "published_sheet"], "str")
    return frame.astype({**text, "carried": bool, "published_row": int})
