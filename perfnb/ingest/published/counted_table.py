"""Lay counted events out as a table, by the periods that their months make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from perfnb.ingest.opening.sheets import Sheet
from perfnb.ingest.published.counting import Counts, Event
from perfnb.ingest.published.other_layouts import COUNTED
from perfnb.quarters import Span

HEADINGS = ("authority", "area", "period", "count")
"""What stands over the counts on their sheet."""


def laid_out(counts: Counts, file: str, council: str, areas: Iterable[str]) -> Sheet:
    """Lay counts out as a table, for the profile to read.

    Parameters
    ----------
    counts : Counts
        The rows of the file.
    file : str
        Name of the file.
    council : str
        GSS code of the workbook's council, whose small areas are counted too.
    areas : iterable of str
        Its small areas; one without a row has the count 0, since the file has
        every event of every district in it.

    Returns
    -------
    Sheet
        Each district by month, by quarter where the file has all its months, and
        over all months together where they follow on; the council's small areas
        over all months together, else by month.
    """
    months = sorted({event.month for event in counts.events}, key=lambda s: s.start)
    rows: list[tuple[str, ...]] = [HEADINGS]
    spans = [*months, *_quarters(months)]
    whole = _together(months)
    if whole and whole not in spans:
        spans.append(whole)
    districts = sorted({event.authority for event in counts.events})
    for district in districts:
        own = {e: n for e, n in counts.events.items() if e.authority == district}
        rows += [(district, "", span.label, str(_within(own, span))) for span in spans]
    if council in districts:
        for area in areas:
            own = {e: n for e, n in counts.events.items() if e.area == area}
            rows += [
                (council, area, span.label, str(_within(own, span)))
                for span in ([whole] if whole else months)
            ]
    return Sheet(file, COUNTED, tuple(rows))


def _quarters(months: Sequence[Span]) -> list[Span]:
    by_quarter = Counter(str(month.quarter) for month in months if month.months == 1)
    whole = {quarter for quarter, number in by_quarter.items() if number == 3}
    quarters = {month.quarter for month in months if str(month.quarter) in whole}
    return [
        Span(quarter.start_time.date(), quarter.end_time.date())
        for quarter in sorted(quarters)
    ]


def _together(months: Sequence[Span]) -> Span | None:
    if not months:
        return None
    whole = Span(months[0].start, months[-1].end)
    return whole if whole.months == sum(month.months for month in months) else None


def _within(events: Mapping[Event, int], span: Span) -> int:
    return sum(
        number
        for event, number in events.items()
        if span.start <= event.month.start and event.month.end <= span.end
    )
