"""Say on which day a figure was here to be used.

What counts is the day on which its source was published, as exactly as the
publisher states it; where nothing is stated, the day on which the workbook
received it, from a day on that the house rules name. Otherwise no day is known,
and nobody can say whether the figure came in time.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

from perfnb.methods import Methods
from perfnb.registers import Source

METHOD = (
    "A figure counts as here from the day on which its source was published; where the "
    "source states only a month or a year, any day of it may be meant. Where it states "
    "nothing, the day of receipt counts, if it is {start} or later: what came before "
    "was collected in one go. Only the newest figure of a source can be judged, since "
    "the older ones were out in earlier editions."
)


@dataclass(frozen=True)
class Days:
    """The days within which a figure came.

    Parameters
    ----------
    earliest, latest : datetime.date
        First and last day on which it may have come; the same when it is known.
    """

    earliest: date
    latest: date


def known_days(source: Source, methods: Methods) -> Days | None:
    """Say within which days the figures of a source were here.

    Parameters
    ----------
    source : Source
        With its day, month or year of publication, or none, and its day of receipt.
    methods : Methods
        The house rule ``receipts_count_from``.

    Returns
    -------
    Days or None
        None when no day is known.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> source = Source(id="a", publisher="A", title="B", published="2024-02",
    ...                 received=date(2026, 11, 23), licence="OGL", basis="published")
    >>> known_days(source, read_methods("parameters/methods.yaml"))
    Days(earliest=datetime.date(2024, 2, 1), latest=datetime.date(2024, 2, 29))
    """
    if source.published:
        return _within(source.published)
    if source.received >= methods.receipts_count_from:
        return Days(source.received, source.received)
    return None


def method(methods: Methods) -> str:
    """State the rule, as pages do."""
    day = methods.receipts_count_from
    return METHOD.format(start=f"{day.day} {day:%B %Y}")


def _within(published: str) -> Days:
    year, *rest = map(int, published.split("-"))
    if not rest:
        return Days(date(year, 1, 1), date(year, 12, 31))
    if len(rest) == 1:
        last = calendar.monthrange(year, rest[0])[1]
        return Days(date(year, rest[0], 1), date(year, rest[0], last))
    day = date(year, *rest)
    return Days(day, day)
