"""Which figures a service is asked for in a quarter, and what was held of each.

An indicator is asked for when a period of its own ends in the quarter: in the
fourth quarter the year of an annual indicator, in every quarter the window of a
rolling one, a snapshot only in the quarter that its night falls in. What has been
handed in already is not asked again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from perfnb import observations as tidy
from perfnb.analysis import targets
from perfnb.catalogue import Catalogue
from perfnb.observations import HEADLINE
from perfnb.quarters import Span
from perfnb.registers import Indicator, Target
from perfnb.report.target_words import aim
from perfnb.report.words import exact, value_with_unit
from perfnb.return_form.breakdowns import parts

NOT_SHOWN = "not shown: counts of people in groups"
"""What stands for the last figure of a group of people."""

_QUARTERS_AHEAD = 8
"""How far to look for the quarter in which an indicator is due again."""


@dataclass(frozen=True)
class AskedRow:
    """One figure that a service is asked for.

    Parameters
    ----------
    indicator : Indicator
        What is counted.
    span : Span
        The days it is counted over.
    area : str
        Code of a part of the council's area; blank for the whole.
    characteristic, group : str
        Whom it is about; ``all`` and ``all`` for everybody.
    last_period, last_value : str
        The newest figure held, its unit and the counts behind it, in words;
        blank when there is none.
    target : str
        What it should be and whether that is published or illustrative; blank
        when the register has nothing.
    """

    indicator: Indicator
    span: Span
    area: str = ""
    characteristic: str = HEADLINE
    group: str = HEADLINE
    last_period: str = ""
    last_value: str = ""
    target: str = ""

    @property
    def is_headline(self) -> bool:
        """Whether it is about everybody in the whole area."""
        return self.characteristic == HEADLINE and not self.area


@dataclass(frozen=True)
class Asked:
    """What a service is asked for in a quarter, and what not.

    Parameters
    ----------
    rows : tuple of AskedRow
        In the order of the register; of each indicator everybody first, then a
        row for each group and each area that its newest breakdown had.
    not_due : tuple of (Indicator, pandas.Period or None)
        Indicators without a row, and the quarter in which each is due next;
        None when that is not known.
    """

    rows: tuple[AskedRow, ...]
    not_due: tuple[tuple[Indicator, pd.Period | None], ...]


def asked(
    service: str, quarter: pd.Period, catalogue: Catalogue, observations: pd.DataFrame
) -> Asked:
    """List the figures that a service is asked for in a quarter.

    Parameters
    ----------
    service : str
        Id in ``services.csv``.
    quarter : pandas.Period
        With frequency ``Q-MAR``.
    catalogue : Catalogue
        Which indicators the service has, and their targets.
    observations : pandas.DataFrame
        The tidy frame, all vintages.
    """
    rows: list[AskedRow] = []
    not_due = []
    for indicator in catalogue.indicators_of(service):
        everybody = observations[observations["indicator"] == indicator.id]
        own = everybody[everybody["authority"] == catalogue.council]
        own = _with_places(tidy.latest(own), catalogue)
        first = _first_span(indicator, quarter, own, everybody)
        span = due_span(indicator, first, quarter)
        theirs = [] if span is None else _rows(indicator, span, own, catalogue)
        rows += theirs
        if not theirs:
            not_due.append((indicator, _next(indicator, first, quarter)))
    return Asked(tuple(rows), tuple(not_due))


def due_span(
    indicator: Indicator, first: Span | None, quarter: pd.Period
) -> Span | None:
    """Give the period of an indicator that ends in a quarter, if one does.

    Parameters
    ----------
    indicator : Indicator
        Its frequency says how its periods follow on.
    first : Span or None
        A period of it from which they do; None when none is known.
    quarter : pandas.Period
        With frequency ``Q-MAR``.

    Examples
    --------
    >>> from perfnb.quarters import parse_period, parse_quarter
    >>> from types import SimpleNamespace
    >>> rolling, first = SimpleNamespace(frequency="rolling"), parse_period("2024-25")
    >>> due_span(rolling, first, parse_quarter("2025-26 Q3")).label
    'January to December 2025'
    """
    if first is None or first.quarter > quarter:
        return None
    last = tidy.spans_due(indicator, first, quarter)[-1]
    return last if last.quarter == quarter else None


def _next(
    indicator: Indicator, first: Span | None, quarter: pd.Period
) -> pd.Period | None:
    ahead = [quarter + n for n in range(1, _QUARTERS_AHEAD + 1)]
    return next((q for q in ahead if due_span(indicator, first, q) is not None), None)


def _first_span(
    indicator: Indicator, quarter: pd.Period, own: pd.DataFrame, everybody: pd.DataFrame
) -> Span | None:
    """Give the first period held of the council or, where it has none, of anybody.

    An indicator without any figure runs with financial years and quarters; when
    the night of a snapshot falls cannot be told.
    """
    for rows in (own, everybody):
        headline = tidy.headline(rows, indicator.id)
        spans = [s for s in _spans(headline) if s.months == indicator.window_months]
        if spans:
            return min(spans, key=lambda span: span.end)
    if indicator.frequency == "snapshot":
        return None
    annual = indicator.frequency == "annual"
    last = (quarter - quarter.quarter if annual else quarter).asfreq("M", how="end")
    first = last - (indicator.window_months - 1)
    return Span(first.start_time.date(), last.end_time.date())


def _spans(rows: pd.DataFrame) -> list[Span]:
    days = zip(rows["start"], rows["end"], strict=True)
    return [Span(start.date(), end.date()) for start, end in dict.fromkeys(days)]


def _with_places(own: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Add which part of the council's area a row is about, and if it has a figure."""
    area = own["area"].astype(str)
    return own.assign(
        part=area.where(area != catalogue.council, ""),
        has_figure=own["value"].notna() | own["numerator"].notna(),
    )


def _rows(
    indicator: Indicator, span: Span, own: pd.DataFrame, catalogue: Catalogue
) -> list[AskedRow]:
    rows = []
    for area, characteristic, group in [("", HEADLINE, HEADLINE), *parts(own)]:
        row = AskedRow(indicator, span, area, characteristic, group)
        figures = own[own["has_figure"]]
        figures = figures[
            (figures["part"] == area)
            & (figures["characteristic"] == characteristic)
            & (figures["group"] == group)
        ]
        if span not in _spans(figures):
            rows.append(
                _with_last(replace(row, target=_target(row, catalogue)), figures)
            )
    return rows


def _with_last(row: AskedRow, figures: pd.DataFrame) -> AskedRow:
    """Add the newest figure before the row's own period.

    A single quarter is no yardstick for two years: figures of the indicator's own
    span go before others.
    """
    before = figures[figures["end"] < pd.Timestamp(row.span.end)].sort_values("end")
    own = before[[s.months == row.span.months for s in _each_span(before)]]
    before = own if len(own) else before
    if before.empty:
        return row
    hidden = row.indicator.counts_people and not row.is_headline
    last = NOT_SHOWN if hidden else _figure(before.iloc[-1], row.indicator)
    return replace(row, last_period=_each_span(before)[-1].label, last_value=last)


def _each_span(rows: pd.DataFrame) -> Sequence[Span]:
    days = zip(rows["start"], rows["end"], strict=True)
    return [Span(start.date(), end.date()) for start, end in days]


def _figure(row: Any, indicator: Indicator) -> str:
    """Write a figure with its unit and the counts behind it."""
    numerator, denominator = row["numerator"], row["denominator"]
    if pd.isna(row["value"]):
        return f"{exact(numerator)} counted, no rate"
    value = value_with_unit(row["value"], indicator)
    if pd.isna(numerator) or pd.isna(denominator):
        return f"{value} (counts not held)"
    return f"{value} ({exact(numerator)} of {exact(denominator)})"


def _target(row: AskedRow, catalogue: Catalogue) -> str:
    """Write what a figure should be: for its own days, else for the year to date."""
    indicator, span = row.indicator, row.span
    registered = catalogue.targets_of(indicator.id)

    def find(start: date, of: Indicator | None, kind: str = "level") -> Target | None:
        return targets.in_force(
            registered,
            start,
            span.end,
            of,
            characteristic=row.characteristic,
            group=row.group,
            area=row.area,
            kind=kind,
        )

    level = find(span.start, indicator)
    if level is None and indicator.year_to_date == "sum":
        april = (span.quarter - span.quarter.quarter + 1).start_time.date()
        level = find(april, None)
    if level is not None:
        basis = f" ({level.basis})"
        period = "" if level.span == span else f" for {level.period}"
        return f"{aim(level, indicator).removesuffix(basis)}{period}{basis}"
    chosen = find(span.start, indicator, "none")
    return "" if chosen is None else f"no target, by choice ({chosen.basis})"
