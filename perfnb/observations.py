"""The one tidy frame: what happened, where, when and to whom.

A row is one indicator, one authority, one area, one span of days and one group
of one characteristic, as one source reported it. Two sources that report the
same thing stand in two rows; `latest` picks the newer and loses neither.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd
import pandera.pandas as pa

from perfnb.quarters import Span, label
from perfnb.registers import Indicator

HEADLINE = "all"
KEY = ["indicator", "authority", "area", "start", "end", "characteristic", "group"]

_CATEGORIES = [
    *["indicator", "authority", "area", "characteristic", "group"],
    *["status", "basis", "source", "denominator_source", "note", "mark"],
    *["source_file", "source_sheet"],
]
_NUMBERS = ["numerator", "denominator", "value"]
_DAYS = ["start", "end", "published", "received"]
STATUSES = (
    *("final", "provisional", "revised"),
    *("missing", "suppressed", "not applicable"),
)
WITHOUT_FIGURES = ("missing", "suppressed", "not applicable")

_STEP_MONTHS = {"quarterly": 3, "rolling": 3, "annual": 12, "snapshot": 12}

SCHEMA = pa.DataFrameSchema(
    {
        **{name: pa.Column("category") for name in _CATEGORIES},
        **{name: pa.Column("Float64", nullable=True) for name in _NUMBERS},
        **{name: pa.Column("datetime64[us]", nullable=True) for name in _DAYS},
        "quarter": pa.Column("period[Q-MAR]"),
        "source_row": pa.Column(int),
    },
    checks=[
        pa.Check(
            lambda rows: rows["start"] <= rows["end"],
            error="a span that ends before it starts",
        ),
        pa.Check(
            lambda rows: ~rows["status"].isin(WITHOUT_FIGURES) | rows["value"].isna(),
            error="a value where the status says that there is none",
        ),
    ],
    strict=True,
    ordered=False,
)


def assemble(rows: pd.DataFrame) -> pd.DataFrame:
    """Give accepted rows the types of the tidy frame and check them.

    Parameters
    ----------
    rows : pandas.DataFrame
        The columns of the frame except `quarter`, of any types that convert.

    Returns
    -------
    pandas.DataFrame
        Columns indicator, authority, area, characteristic, group, status,
        basis, source, denominator_source, note, mark (what a warning says of
        the row, else ""), source_file and source_sheet (category), start, end,
        published and received (days), quarter (``Period[Q-MAR]``, the one in
        which the span ends), numerator and denominator (counts), value [the
        indicator's unit] and source_row.

    Raises
    ------
    pandera.errors.SchemaErrors
        When `ingest` let something through that it should not: a mistake in
        the code, not in the data.
    """
    frame = rows.assign(
        # Of no rows at all, pandas would make categories of objects, not of text.
        **{name: rows[name].astype("str").astype("category") for name in _CATEGORIES},
        **{name: rows[name].astype("Float64") for name in _NUMBERS},
        **{name: pd.to_datetime(rows[name]).astype("datetime64[us]") for name in _DAYS},
        source_row=rows["source_row"].astype(int),
    )
    frame["quarter"] = frame["end"].dt.to_period("Q-MAR")
    return SCHEMA.validate(frame.reset_index(drop=True), lazy=True)


def known_at(observations: pd.DataFrame, day: date) -> pd.DataFrame:
    """Keep what the workbook had received by a day."""
    return observations[observations["received"] <= pd.Timestamp(day)]


def up_to(observations: pd.DataFrame, quarter: pd.Period) -> pd.DataFrame:
    """Keep what had happened by the end of a quarter."""
    return observations[observations["quarter"] <= quarter]


def latest(observations: pd.DataFrame) -> pd.DataFrame:
    """Keep the newest report of each figure, in the order of `KEY`.

    The newer of two sources is the one received later and, on the same day,
    published later. A source that gives no figure never hides one that does.
    """
    has_figure = observations["value"].notna() | observations["numerator"].notna()
    ranked = observations.assign(has_figure=has_figure).sort_values(
        [*KEY, "has_figure", "received", "published", "source"],
        na_position="first",
        kind="stable",
    )
    newest = ranked.drop_duplicates(KEY, keep="last")
    return newest.drop(columns="has_figure").reset_index(drop=True)


def headline(observations: pd.DataFrame, indicator: str) -> pd.DataFrame:
    """Keep an indicator's figures for whole authorities and everybody."""
    return observations[
        (observations["indicator"] == indicator)
        & (observations["characteristic"] == HEADLINE)
        & (observations["area"].astype(str) == observations["authority"].astype(str))
    ]


def series(
    observations: pd.DataFrame,
    indicator: Indicator,
    authority: str,
    quarter: pd.Period,
) -> pd.DataFrame:
    """Lay out an authority's figures for an indicator, gaps and all.

    Parameters
    ----------
    observations : pandas.DataFrame
        The tidy frame, one row a figure (see `latest`).
    indicator : Indicator
        Its frequency says which periods are due. Figures for other spans than
        its own (a single month of a quarterly indicator) are left out.
    authority : str
        GSS code.
    quarter : pandas.Period
        The quarter reported on: nothing after it, nothing not yet due by it.

    Returns
    -------
    pandas.DataFrame
        One row for each period due from the first figure on, in order: period
        (as people write it), start, end, quarter, numerator, denominator,
        value [the indicator's unit], status, source, denominator_source, note,
        mark. A period without a figure has status ``missing``. Empty when there
        is no figure at all.
    """
    rows = headline(observations, indicator.id)
    rows = rows[(rows["authority"] == authority) & (rows["quarter"] <= quarter)]
    columns = ["numerator", "denominator", "value", "status"]
    columns += ["source", "denominator_source", "note", "mark"]
    figures = {
        Span(start.date(), end.date()): figure
        for start, end, *figure in rows[["start", "end", *columns]].itertuples(
            index=False
        )
    }
    own = [s for s in figures if s.months == indicator.window_months]
    if not own:
        return _points([])
    due = spans_due(indicator, min(own, key=lambda span: span.end), quarter)
    nothing = [pd.NA, pd.NA, pd.NA, "missing", "", "", "", ""]
    return _points(
        [
            {
                "period": span.label,
                "start": pd.Timestamp(span.start),
                "end": pd.Timestamp(span.end),
                "quarter": span.quarter,
                **dict(zip(columns, figures.get(span, nothing), strict=True)),
            }
            for span in due
        ]
    )


def spans_due(indicator: Indicator, first: Span, quarter: pd.Period) -> list[Span]:
    """List the periods for which an indicator is due by the end of a quarter.

    An annual indicator is due when its year has ended: in the third quarter of
    2025-26 the last due is 2024-25, and 2025-26 is not missing.
    """
    step = _STEP_MONTHS[indicator.frequency]
    spans = [first]
    while (following := spans[-1].later(step)).quarter <= quarter:
        spans.append(following)
    return spans


def periods_behind(points: pd.DataFrame) -> int:
    """Count the periods due since the last one that has a figure."""
    known = points["value"].notna().to_numpy().nonzero()[0]
    return len(points) - 1 - int(known[-1]) if len(known) else len(points)


def period_labels(rows: pd.DataFrame) -> list[str]:
    """Write the span of each row as people read it."""
    spans = zip(rows["start"], rows["end"], strict=True)
    return [label(start.date(), end.date()) for start, end in spans]


def sources_of(rows: pd.DataFrame) -> tuple[str, ...]:
    """List the sources of some figures and of their denominators, each once."""
    return each_once([*rows["source"], *rows["denominator_source"]])


def each_once(names: Iterable[str]) -> tuple[str, ...]:
    """List names in their order, each once, blanks left out."""
    return tuple(dict.fromkeys(str(name) for name in names if name))


def years_before(rows: pd.DataFrame, quarter: pd.Period) -> int:
    """Count the whole years from the period of some figures to a quarter."""
    return int((quarter - rows["quarter"].iloc[0]).n) // 4


def _points(rows: list[dict[str, Any]]) -> pd.DataFrame:
    columns = {
        "period": "string",
        "start": "datetime64[us]",
        "end": "datetime64[us]",
        "quarter": "period[Q-MAR]",
        "numerator": "Float64",
        "denominator": "Float64",
        "value": "Float64",
        "status": "string",
        "source": "string",
        "denominator_source": "string",
        "note": "string",
        "mark": "string",
    }
    return pd.DataFrame(rows, columns=list(columns)).astype(columns)
