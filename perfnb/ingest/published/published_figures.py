"""Cells of published tables: a figure, a marker that stands for one, or neither."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from perfnb.ingest.published.profile import Absence, Column

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?", re.IGNORECASE)


_THOUSANDS = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(\.[0-9]+)?")


@dataclass(frozen=True)
class Unreadable:
    """A cell that is neither a figure nor a marker of its source."""

    text: str


Reading = Decimal | Absence | Unreadable | None
"""A figure, what a marker means, what cannot be read, or nothing at all."""


def read_figure(
    text: str, column: Column, markers: Mapping[str, Absence], blank: Absence | None
) -> Reading:
    """Read a cell as its profile says.

    Parameters
    ----------
    text : str
        As it stands in the file.
    column : Column
        What to multiply by, and to how many decimals to round.
    markers : mapping of str to str
        What each marker of the source means.
    blank : str or None
        What a blank cell means; None when it means that there is no row.

    Examples
    --------
    >>> share = Column(heading=("Share",), times=Decimal(100), decimals=1)
    >>> read_figure("0.27649", share, {}, None)
    Decimal('27.6')
    >>> read_figure("..", share, {"..": "missing"}, None)
    'missing'
    >>> read_figure("<5", share, {}, None)
    Unreadable(text='<5')
    """
    text = text.strip()
    if not text:
        return blank
    if text in markers:
        return markers[text]
    plain = _without_signs(text, column)
    if not _NUMBER.fullmatch(plain):
        return Unreadable(text)
    figure = Decimal(plain) * column.times
    if column.decimals is None:
        return figure
    return figure.quantize(Decimal(1).scaleb(-column.decimals), ROUND_HALF_UP)


def _without_signs(text: str, column: Column) -> str:
    if column.sign:
        text = text.removesuffix(column.sign).removeprefix(column.sign).strip()
    if column.has_thousands and _THOUSANDS.fullmatch(text):
        return text.replace(",", "")
    return text


def written(figure: Decimal | None) -> str:
    """Write a figure plainly: no exponent, no trailing noughts.

    Examples
    --------
    >>> written(Decimal("350.0")), written(Decimal("0.30")), written(Decimal("2E+3"))
    ('350', '0.3', '2000')
    >>> written(None)
    ''
    """
    if figure is None:
        return ""
    text = f"{figure:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def whole_numbers_behind(
    percentage: Decimal, denominator: Decimal, decimals: int
) -> list[int]:
    """List the whole numbers that give a percentage as it was rounded.

    Examples
    --------
    >>> whole_numbers_behind(Decimal("96.3"), Decimal(349), 1)
    [336]
    >>> whole_numbers_behind(Decimal("98.4"), Decimal(1541), 1)
    [1516, 1517]
    """
    half = Decimal(5).scaleb(-decimals - 1)
    lowest = max(0, int((percentage - half) * denominator / 100) - 1)
    highest = min(int(denominator), int((percentage + half) * denominator / 100) + 1)
    return [
        count
        for count in range(lowest, highest + 1)
        if abs(Decimal(count) * 100 / denominator - percentage) <= half
    ]
