"""Say of each figure that was due whether it came, and whether in time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import pandas as pd

from perfnb.analysis.data_quality.due_spans import due_spans
from perfnb.analysis.data_quality.known_days import Days, known_days
from perfnb.analysis.frames import require
from perfnb.methods import Methods
from perfnb.quarters import Span
from perfnb.registers import Indicator, Source

RECEIVED, LATE, MISSING = "received", "late", "missing"
SUPPRESSED, NOT_APPLICABLE, DUE = "suppressed", "not applicable", "due"
IN_TIME, OVERDUE, STILL_IN_TIME = "in time", "overdue", "still in time"
PASSED_OVER = "passed over"
UNKNOWN, NOTHING_DUE = "cannot be judged", "nothing is late"

_TYPES = {
    "period": "string",
    "start": "datetime64[us]",
    "end": "datetime64[us]",
    "quarter": "period[Q-MAR]",
    "due": "datetime64[us]",
    "standing": "string",
    "timing": "string",
    "days_after_due": "Int64",
    "lag": "Int64",
    "source": "string",
}


def arrivals(
    rows: pd.DataFrame,
    indicator: Indicator,
    sources: Mapping[str, Source],
    quarter: pd.Period,
    as_at: date,
    methods: Methods,
) -> pd.DataFrame:
    """Say of each period due whether its figure is here and when it came.

    Parameters
    ----------
    rows : pandas.DataFrame
        Every report of the council's headline figures of the indicator: start,
        end, value, status, source.
    indicator : Indicator
        Its frequency says which periods are due, its ``due_days`` by when.
    sources : mapping of str to Source
        By id; those that `rows` names.
    quarter : pandas.Period
        The quarter reported on.
    as_at : datetime.date
        The day on which it is looked at.
    methods : Methods
        House rules.

    Returns
    -------
    pandas.DataFrame
        One row for each period due, oldest first: period (as people write it),
        start, end, quarter (in which it ends), due (day; missing where the
        register gives none), standing (received, late, due, missing, suppressed
        or not applicable), timing (in time, late, overdue, passed over where a
        later figure is here, still in time, cannot be judged or nothing is late),
        days_after_due [days: how late it came, or how long it has been overdue;
        for a figure that came within a month or a year the least that it can
        be], lag [days from the end of the period to
        publication, where the day is known], source (that it came with first).

    Raises
    ------
    PerfnbError
        When a column is missing.
    """
    require(rows, ["start", "end", "value", "status", "source"], "figures")
    reports = _reports(rows)
    newest: dict[str, date] = {}
    for span, held in reports.items():
        for each in held:
            newest[each.source] = max(span.end, newest.get(each.source, span.end))
    due = due_spans(list(reports), indicator, quarter, methods.data_quality_quarters)
    told = []
    for span in due:
        held = reports.get(span, [])
        days = [
            (found, each.source)
            for each in held
            if each.is_figure and newest[each.source] == span.end
            if (found := known_days(sources[each.source], methods)) is not None
        ]
        told.append(_arrival(span, held, days, indicator, as_at))
    return _passed_over(pd.DataFrame(told, columns=list(_TYPES)).astype(_TYPES))


class _Report(NamedTuple):
    """A report of a figure: whether it gives one, what it says, and whose it is."""

    is_figure: bool
    status: str
    source: str


def _reports(rows: pd.DataFrame) -> dict[Span, list[_Report]]:
    """Give the reports of each period."""
    found: dict[Span, list[_Report]] = {}
    columns = [rows[name] for name in ("start", "end", "status", "source")]
    for start, end, status, source, known in zip(
        *columns, rows["value"].notna(), strict=True
    ):
        report = _Report(bool(known), str(status), str(source))
        found.setdefault(Span(start.date(), end.date()), []).append(report)
    return found


def _arrival(
    span: Span,
    held: Sequence[_Report],
    judged: Iterable[tuple[Days, str]],
    indicator: Indicator,
    as_at: date,
) -> dict[str, Any]:
    due = None
    if indicator.due_days is not None:
        due = span.end + timedelta(days=indicator.due_days)
    days, source = min(judged, key=lambda found: found[0].latest, default=(None, ""))
    here = any(each.is_figure for each in held)
    timing, after = _timing(here, days, due, as_at)
    standing = _standing(held, here, timing)
    if standing in (SUPPRESSED, NOT_APPLICABLE):
        timing, after = NOTHING_DUE, None
    exact = days is not None and days.earliest == days.latest
    return {
        "period": span.label,
        "start": pd.Timestamp(span.start),
        "end": pd.Timestamp(span.end),
        "quarter": span.quarter,
        "due": pd.NaT if due is None else pd.Timestamp(due),
        "standing": standing,
        "timing": timing,
        "days_after_due": pd.NA if after is None else after,
        "lag": (days.earliest - span.end).days if days and exact else pd.NA,
        "source": source,
    }


def _passed_over(frame: pd.DataFrame) -> pd.DataFrame:
    """Tell a gap that later figures have closed in on from one that is awaited."""
    here = frame["standing"].isin([RECEIVED, LATE])
    later = here[::-1].cummax()[::-1]
    gap = (frame["timing"] == OVERDUE) & later
    return frame.assign(
        timing=frame["timing"].mask(gap, PASSED_OVER),
        days_after_due=frame["days_after_due"].mask(gap),
    )


def _timing(
    here: bool, days: Days | None, due: date | None, as_at: date
) -> tuple[str, int | None]:
    """Say whether a figure came, or still may come, in time; and by how much not."""
    if due is None:
        return UNKNOWN, None
    if not here:
        late = (as_at - due).days
        return (OVERDUE, late) if late > 0 else (STILL_IN_TIME, None)
    if days is None:
        return UNKNOWN, None
    if days.latest <= due:
        return IN_TIME, 0
    if days.earliest > due:
        return LATE, (days.earliest - due).days
    return UNKNOWN, None


def _standing(held: Sequence[_Report], here: bool, timing: str) -> str:
    if here:
        return LATE if timing == LATE else RECEIVED
    said = {each.status for each in held}
    for status in (SUPPRESSED, NOT_APPLICABLE):
        if status in said:
            return status
    return DUE if timing == STILL_IN_TIME else MISSING
