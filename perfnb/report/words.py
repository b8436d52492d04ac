"""Small words that sentences, tables and charts share: figures and polarity.

A value is never written without its unit, and one way of writing it serves
every page, so that a chart and the sentence above it cannot disagree.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from perfnb.registers import Indicator

NO_FIGURE = "no figure"
NOTHING = "–"

POLARITY = {
    "maximise": "higher is better",
    "minimise": "lower is better",
    "midpoint": "closest to the ideal is best",
    "range": "within the ideal range is best",
    "neutral": "neither higher nor lower is better",
}
GOOD = {
    "maximise": "higher",
    "minimise": "lower",
    "midpoint": "close to the ideal",
    "range": "in the ideal range",
    "neutral": "neither",
}
VARIATION = {
    "improvement": "▲\u00a0Improving",
    "concern": "▼\u00a0Getting worse",
    "change": "◆\u00a0Changed, neither better nor worse",
    "common cause": "●\u00a0No real change",
    "not assessed": "○\u00a0Cannot be judged yet",
}
POSITION = {
    "better": "▲\u00a0Better",
    "worse": "▼\u00a0Worse",
    "different": "◆\u00a0Different, neither better nor worse",
    "no clear difference": "●\u00a0No clear difference",
    "position only": "○\u00a0Position only",
    "too few to say": "○\u00a0Too few to say",
    "no peers": "○\u00a0No peers with a figure",
    "no own figure": "○\u00a0No figure of our own",
}
_NUMBERS = (
    *("no", "one", "two", "three", "four", "five"),
    *("six", "seven", "eight", "nine", "ten"),
)


def number(value: Any, decimals: int = 0) -> str:
    """Write a number with thousands separators.

    Examples
    --------
    >>> number(16165.4)
    '16,165'
    >>> number(pd.NA)
    'no figure'
    """
    if value is None or pd.isna(value):
        return NO_FIGURE
    return f"{float(value):z,.{decimals}f}".replace("-", "−")


def value_of(value: Any, indicator: Indicator) -> str:
    """Write a value to the indicator's decimals, without its unit."""
    return number(value, indicator.decimals)


def value_with_unit(value: Any, indicator: Indicator) -> str:
    """Write a value with its unit: "33.1%", "483.9 kg per household"."""
    text = value_of(value, indicator)
    if text == NO_FIGURE:
        return text
    return f"{text}%" if indicator.is_percentage else f"{text} {indicator.unit}"


def exact(value: Any) -> str:
    """Write a count as tables have it; a figure may come without its counts.

    Examples
    --------
    >>> exact(36_694), exact(pd.NA) == NOTHING
    ('36,694', True)
    """
    return NOTHING if value is None or pd.isna(value) else number(value, 0)


def count(value: int) -> str:
    """Write a small count in words.

    Examples
    --------
    >>> count(4), count(31)
    ('four', '31')
    """
    return _NUMBERS[value] if value < len(_NUMBERS) else f"{value:,}"


def plural(value: int, singular: str, several: str = "") -> str:
    """Write a count with its noun.

    Examples
    --------
    >>> plural(1, "indicator"), plural(3, "indicator")
    ('one indicator', 'three indicators')
    """
    return f"{count(value)} {singular if value == 1 else several or singular + 's'}"


def age(years: int, period: str) -> str:
    """Warn of figures that are years older than the quarter reported on.

    Examples
    --------
    >>> age(6, "February 2019")
    'February 2019 is the latest period held, at least six years before this quarter.'
    """
    before = plural(years, "year")
    return f"{period} is the latest period held, at least {before} before this quarter."


def ordinal(value: int) -> str:
    """Write a rank.

    Examples
    --------
    >>> [ordinal(n) for n in (1, 2, 3, 11, 23, 112)]
    ['1st', '2nd', '3rd', '11th', '23rd', '112th']
    """
    last = value % 10
    in_teens = value % 100 in (11, 12, 13)
    ending = "th" if in_teens else {1: "st", 2: "nd", 3: "rd"}.get(last, "th")
    return f"{value}{ending}"


def joined(texts: Sequence[str]) -> str:
    """Join texts as a sentence does.

    Examples
    --------
    >>> joined(["age", "sex", "ward"])
    'age, sex and ward'
    """
    texts = list(texts)
    return " and ".join(filter(None, [", ".join(texts[:-1]), *texts[-1:]]))


def sentence(text: str) -> str:
    """Start a sentence with a capital letter, leaving the rest as it is."""
    return text[:1].upper() + text[1:]
