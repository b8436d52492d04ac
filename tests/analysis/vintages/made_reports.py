"""Made-up reports of one annual indicator by several sources."""

from datetime import date

import pandas as pd

from perfnb.quarters import parse_period

DAYS = {
    "first": (date(2025, 1, 10), date(2018, 12, 11)),
    "second": (date(2025, 1, 10), date(2024, 1, 1)),
    "third": (date(2026, 2, 1), None),
}
"""When each source was received and published; two came on one day."""


def made(*rows, indicator="IL2"):
    """Lay out reports: each row is authority, period, source and value."""
    made_up = []
    for authority, period, source, value in rows:
        span = parse_period(period)
        received, published = DAYS[source]
        made_up.append(
            {
                "indicator": indicator,
                "authority": authority,
                "area": authority,
                "characteristic": "all",
                "group": "all",
                "start": pd.Timestamp(span.start),
                "end": pd.Timestamp(span.end),
                "source": source,
                "value": value,
                "received": pd.Timestamp(received),
                "published": pd.NaT if published is None else pd.Timestamp(published),
            }
        )
    columns = [
        *("indicator", "authority", "area", "characteristic", "group", "start", "end"),
        *("source", "value", "received", "published"),
    ]
    return pd.DataFrame(made_up, columns=columns).astype({"value": "Float64"})


def both(values, period="2023-24", sources=("first", "second")):
    """Lay out what two sources report of councils: each value is a pair."""
    return made(
        *(
            (f"E{number:02d}", period, source, value)
            for number, pair in enumerate(values)
            for source, value in zip(sources, pair, strict=True)
        )
    )
