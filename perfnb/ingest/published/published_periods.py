"""Which period a published table is about: from its title, its file or a column."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date
from itertools import chain
from pathlib import PurePath

import pandas as pd

from perfnb.ingest.periods.period_forms import FORMS, read_period
from perfnb.ingest.published.layout import Layout
from perfnb.ingest.published.profile import PeriodRule
from perfnb.ingest.published.wording import tidied, written_at_period
from perfnb.quarters import Span


def period_of_table(rule: PeriodRule, layout: Layout, file: str) -> Span | None:
    """Read the period that holds for a whole table.

    Parameters
    ----------
    rule : PeriodRule
        Where it is written and in which form; not in a column.
    layout : Layout
        The table on its sheet.
    file : str
        Name of the file.

    Returns
    -------
    Span or None
        None when it is not written where the rule looks, in the form it names.
    """
    places: dict[str, Iterable[str]] = {
        "title": chain.from_iterable(layout.above),
        "sheet": [layout.sheet.name or ""],
        "file": [PurePath(file).stem],
    }
    for text in places.get(rule.place, ()):
        span = period_in(rule, text)
        if span is not None:
            return span
    return None


def period_in(rule: PeriodRule, text: str) -> Span | None:
    """Read a period in a text; a window where the rule infers one.

    Examples
    --------
    >>> rule = PeriodRule(place="file", text=("*_{period}",), form="month-number",
    ...                   window_months=24, published_after_months=3)
    >>> period_in(rule, "planning_p153_committed_2026-03").label
    'January 2024 to December 2025'
    """
    for written in written_at_period(text, rule.text):
        span = read_period(written, rule.form)
        if span is not None:
            return window_behind(span, rule)
    return None


def edition_in(rule: PeriodRule, file: str) -> str:
    """Give the text in the name of a file that says its edition; blank if none does.

    Examples
    --------
    >>> rule = PeriodRule(place="file", text=("*_{period}",), form="month-number")
    >>> edition_in(rule, "planning_p153_committed_2026-03.csv")
    '2026-03'
    """
    if rule.place != "file":
        return ""
    found = written_at_period(PurePath(file).stem, rule.text)
    return next((text for text in found if read_period(text, rule.form)), "")


def window_behind(edition: Span, rule: PeriodRule) -> Span:
    """Infer which window an edition is about from the month in which it was out.

    It ends with the newest quarter that had ended `published_after_months` before
    the edition's month did.
    """
    if rule.window_months is None or rule.published_after_months is None:
        return edition
    latest = pd.Period(edition.end, freq="M") - rule.published_after_months
    last = latest - latest.month % 3
    first = last - (rule.window_months - 1)
    days = calendar.monthrange(last.year, last.month)[1]
    return Span(date(first.year, first.month, 1), date(last.year, last.month, days))


def where_looked(rule: PeriodRule) -> str:
    """Say where a rule looks for the period, for a message.

    Examples
    --------
    >>> where_looked(PeriodRule(place="file", form="month-number"))
    "a period in the name of the file, such as '2019-02'"
    """
    places = {
        "title": "above the table",
        "sheet": "in the name of the sheet",
        "file": "in the name of the file",
        "column": f"in the column {tidied(' or '.join(rule.heading))}",
        "given": "with --period",
    }
    if rule.place == "given":
        return f"a period {places[rule.place]}, such as {given_example(rule)}"
    example = f", such as '{FORMS[rule.form].example}'" if rule.form else ""
    return f"a period {places[rule.place]}{example}"


def given_example(rule: PeriodRule) -> str:
    """Write a period of a rule's form as ``--period`` reads it, for a message.

    Examples
    --------
    >>> given_example(PeriodRule(place="file", form="autumn"))
    "'October to November 2022'"
    """
    form = rule.form or "return"
    span = read_period(FORMS[form].example, form)
    return f"'{span.label if span else FORMS['return'].example}'"
