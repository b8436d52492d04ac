"""Made-up indicators, sources and series for the tests of data quality."""

from __future__ import annotations

from datetime import date

import pandas as pd

from perfnb.quarters import parse_period
from perfnb.registers import Indicator, Source

RECEIVED = date(2026, 11, 23)


def indicator(**changes: object) -> Indicator:
    """Give a quarterly percentage that is due after 30 days."""
    fields = {
        "id": "IL1",
        "title": "Illustrative indicator",
        "frequency": "quarterly",
        "window_months": 3,
        "per": 100.0,
        "decimals": 1,
        "unit": "%",
        "due_days": 30,
        "owner": "Illustrative officer",
        "numerator": "Streets found clean",
        "denominator": "Streets inspected",
        "reference_id": "",
        "robustness": "Good: illustrative",
        "review_date": None,
        "comparable": True,
        "counts_people": False,
    }
    return Indicator.model_construct(**{**fields, **changes})


def source(name: str, published: str = "", received: date = RECEIVED) -> Source:
    """Give a source with its day of publication, or none."""
    return Source(
        id=name,
        publisher="Illustrative",
        title=f"Illustrative source {name}",
        published=published,
        received=received,
        licence="OGL",
        basis="illustrative",
    )


def reports(*rows: tuple) -> pd.DataFrame:
    """Give reports of figures: period, value or None, source and, last, status."""
    spans = [parse_period(row[0]) for row in rows]
    return pd.DataFrame(
        {
            "start": pd.to_datetime([span.start for span in spans]),
            "end": pd.to_datetime([span.end for span in spans]),
            "value": pd.array([row[1] for row in rows], dtype="Float64"),
            "source": [row[2] for row in rows],
            "status": [row[3] if len(row) > 3 else "final" for row in rows],
        }
    )
