"""Periods: each can be read, and had ended when its source was out and received."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date

import pandas as pd

from perfnb.ingest.rules.broken import Broken, broken
from perfnb.ingest.rules.reading import Reading

_EXPECTED = "a year ('2017-18'), a quarter ('2025-26 Q3') or months"


def unreadable(read: Reading) -> Iterable[Broken]:
    """Find periods that are none, and those that are written in another way."""
    typed = read.rows["period"]
    remedy = {text: period.remedy for text, period in read.periods.items()}
    refused = [text for text, period in read.periods.items() if period.span is None]
    wrong = typed.isin(refused)
    remedies = [remedy[text] if text else "Fill it in." for text in typed[wrong]]
    yield from broken(read.cells, wrong, "period", _EXPECTED, remedies)
    other = typed.map(remedy).ne("") & ~wrong
    spans = [read.periods[text].span for text in typed[other]]
    yield from broken(
        read.cells,
        other,
        "period",
        _EXPECTED,
        [remedy[text] for text in typed[other]],
        mark=[f"period read as {span.label}" for span in spans if span],
    )


def premature(read: Reading) -> Iterable[Broken]:
    """Find periods that had not ended when their source was out and received."""
    sources = read.catalogue.sources.values()
    days = {each.id: last_day(each.published) for each in sources}
    published = read.looked_up("source", days, days=True)
    out_first = published < read.received
    known = published.where(out_first, read.received)
    wrong = read.of_span("end") > known
    how = out_first.map({True: "published", False: "received"})
    yield from broken(
        read.cells,
        wrong,
        "period",
        [
            f"a period that ended by {day:%Y-%m-%d}, when its source was {done}"
            for day, done in zip(known[wrong], how[wrong], strict=True)
        ],
        "Correct the period, or the day in sources.csv.",
    )


def last_day(published: str) -> pd.Timestamp | None:
    """Give the last day that a source may have been published on.

    Examples
    --------
    >>> [str(last_day(text).date()) for text in ("2024", "2024-02", "2024-02-03")]
    ['2024-12-31', '2024-02-29', '2024-02-03']
    """
    if not published:
        return None
    year, month, day = [*map(int, published.split("-")), 0, 0][:3]
    month = month or 12
    return pd.Timestamp(date(year, month, day or monthrange(year, month)[1]))
