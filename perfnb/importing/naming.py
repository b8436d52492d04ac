"""Name the edition of a published file: its source, its row of the register.

A profile gives texts with gaps for what differs from file to file;
`perfnb.ingest.published.profile.GAPS` says which there are.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date

import pandas as pd

from perfnb.errors import ParameterError
from perfnb.ingest.periods.period_forms import write_period
from perfnb.ingest.published.profile import GAP, Profile
from perfnb.quarters import Span, file_name, write_year
from perfnb.registers import Source

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")
_OTHER = re.compile(r"[^A-Za-z0-9.]+")


def fill(text: str, spans: Sequence[Span], tables: Sequence[str], edition: str) -> str:
    """Fill the gaps of a text.

    Raises
    ------
    ParameterError
        When what a gap stands for is not known for this file.

    Examples
    --------
    >>> quarter = Span(date(2025, 10, 1), date(2025, 12, 31))
    >>> fill("hclic-{months}", [quarter], ["table A1"], "")
    'hclic-oct-dec-2025'
    >>> fill("{period}; {tables}", [quarter], ["table A1", "table A6"], "")
    'October to December 2025; tables A1 and A6'
    """
    known = _filling(spans, tables, edition)
    blank = [gap for gap in GAP.findall(text) if not known.get(gap)]
    if blank:
        message = (
            f"The file does not say its {blank[0]}, so no source can be named after "
            f"it. Give the id of the source with --source."
        )
        raise ParameterError(message)
    return GAP.sub(lambda gap: known[gap[1]], text)


def source_id(
    profile: Profile, spans: Sequence[Span], tables: Sequence[str], edition: str
) -> str:
    """Name the source of a file as its profile says, fit to be an id; see `fill`."""
    about = (spans, tables, edition)
    name = GAP.sub(lambda gap: slug(fill(gap[0], *about).lower()), profile.source)
    check_id(name)
    return name


def slug(text: str) -> str:
    """Write a text as an id: letters, digits, points and hyphens.

    Examples
    --------
    >>> slug("rough-sleeping-October to November 2022"), slug("my_source")
    ('rough-sleeping-October-to-November-2022', 'my-source')
    """
    return _OTHER.sub("-", text).strip("-.")


def check_id(text: str) -> None:
    """Refuse an id of a source that the register could not hold.

    Raises
    ------
    ParameterError
        With an id that it could.

    Examples
    --------
    >>> check_id("waste-2026")
    """
    if _ID.fullmatch(text):
        return
    allowed = slug(text)
    write = f"; write '{allowed}'" if allowed else ""
    message = (
        f"'{text}' cannot be the id of a source: letters, digits, points and hyphens "
        f"only{write}."
    )
    raise ParameterError(message)


def source_row(
    profile: Profile,
    source: str,
    spans: Sequence[Span],
    tables: Sequence[str],
    edition: str,
    received: date,
) -> Source:
    """Make the row of ``sources.csv`` for a file.

    Parameters
    ----------
    profile : Profile
        Publisher, title and licence.
    source : str
        Id of the source.
    spans : sequence of Span
        The periods of the file, in order.
    tables : sequence of str
        Names of the tables that were found.
    edition : str
        What the name of the file says; blank if nothing.
    received : datetime.date
        Day on which the file came.
    """
    return Source(
        id=source,
        publisher=profile.publisher,
        title=profile.title,
        edition=fill(profile.edition, spans, tables, edition or _periods(spans)),
        received=received,
        licence=profile.licence,
        basis="published",
        note=f"Taken by 'perfnb import' with the profile {profile.id}.",
    )


def _filling(
    spans: Sequence[Span], tables: Sequence[str], edition: str
) -> dict[str, str]:
    last = spans[-1]
    return {
        "months": _months(last),
        "year": _year(last),
        "quarter": file_name(last.quarter),
        "period": _periods(spans),
        "edition": edition,
        "tables": _listed(tables),
    }


def _year(span: Span) -> str:
    """Write the financial year that a span lies in; blank where it lies in two."""
    first = pd.Period(span.start, freq="Q-MAR")
    return write_year(first) if first.qyear == span.quarter.qyear else ""


def _months(span: Span) -> str:
    first = calendar.month_abbr[span.start.month].lower()
    last = f"{calendar.month_abbr[span.end.month].lower()}-{span.end.year}"
    if span.months == 1:
        return last
    year = "" if span.start.year == span.end.year else f"-{span.start.year}"
    return f"{first}{year}-{last}"


def _periods(spans: Sequence[Span]) -> str:
    labels = [write_period(each, "months") or each.label for each in spans]
    if all(write_period(each, "financial-year") for each in spans):
        labels = [each.label for each in spans]
    return labels[0] if len(labels) == 1 else f"{labels[0]} to {labels[-1]}"


def _listed(tables: Sequence[str]) -> str:
    names = [name.removeprefix("table ") for name in tables]
    if len(names) == 1:
        return f"table {names[0]}"
    return f"tables {', '.join(names[:-1])} and {names[-1]}"
