"""Periods: each can be read, and had ended when its source was received."""

from __future__ import annotations

from collections.abc import Iterable

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
    """Find periods that had not ended when their source was received."""
    wrong = read.of_span("end") > read.received
    yield from broken(
        read.cells,
        wrong,
        "period",
        [
            f"a period that ended by {day:%Y-%m-%d}, when its source was received"
            for day in read.received[wrong]
        ],
        "Correct the period, or the day in sources.csv.",
    )
