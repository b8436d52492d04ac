"""Say which of the council's figures were revised: from what, to what, when, why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from perfnb.catalogue import Catalogue
from perfnb.observations import headline
from perfnb.quarters import label
from perfnb.registers import Indicator
from perfnb.report.elements import rows_of
from perfnb.report.words import count, joined, plural, sentence, value_with_unit
from perfnb.selection import Selection

NO_REASON = "no reason recorded"


def own_changes(indicator: Indicator, selection: Selection) -> pd.DataFrame:
    """Keep the changes of the council's own figures for everybody.

    Two vintages of a small group would tell more of it than either, so breakdowns
    are left out, as they are wherever vintages are compared.

    Parameters
    ----------
    indicator : Indicator
        One of the selection's.
    selection : Selection
        What the report is about.

    Returns
    -------
    pandas.DataFrame
        As `perfnb.revisions.steps` gives them, in the order of periods.
    """
    changes = headline(selection.revised, indicator.id)
    own = changes[changes["authority"] == selection.council]
    return own.sort_values(["start", "end", "step"], kind="stable")


def told(change: Any, indicator: Indicator, catalogue: Catalogue) -> str:
    """Tell one change in a sentence.

    Parameters
    ----------
    change : namedtuple
        A row of `own_changes`.
    indicator : Indicator
        For its unit.
    catalogue : Catalogue
        For the name of the source.
    """
    return (
        f"{period(change)} was revised from "
        f"{value_with_unit(change.old_value, indicator)} to "
        f"{value_with_unit(change.new_value, indicator)} ({came(change, catalogue)}). "
        f"{why(change)}"
    )


def lead(changes: pd.DataFrame, indicator: Indicator, selection: Selection) -> str:
    """Say how many of the council's figures were revised."""
    n = len(changes.drop_duplicates(["start", "end"]))
    held, once = reports_held(indicator, selection)
    was, after = ("was", "it was") if n == 1 else ("were", "they were")
    text = (
        f"{sentence(plural(n, 'figure'))} of {count(held)} {was} revised after {after} "
        f"first reported; the latest report is used."
    )
    if not once:
        return text
    return (
        f"{text} {sentence(plural(once, 'figure is', 'figures are'))} held from one "
        f"report only, so a revision by the publisher would not be seen."
    )


def never_seen_again(indicators: Sequence[Indicator], selection: Selection) -> str:
    """Name the indicators of which no figure is held from two reports; or nothing."""
    named = [
        each.title
        for each in indicators
        if (held := reports_held(each, selection))[0] and held[0] == held[1]
    ]
    if not named:
        return ""
    their = "its" if len(named) == 1 else "their"
    return (
        f"{joined(named)}: each of {their} figures is held from one report only, so a "
        f"later revision by the publisher would not be seen."
    )


def reports_held(indicator: Indicator, selection: Selection) -> tuple[int, int]:
    """Count the council's figures, and those that one report alone gives."""
    reports = headline(selection.vintages, indicator.id)
    own = reports[
        (reports["authority"] == selection.council) & reports["value"].notna()
    ]
    times = own.groupby(["start", "end"], observed=True).size()
    return len(times), int((times == 1).sum())


def period(change: Any) -> str:
    """Write the period of a change."""
    return label(change.start.date(), change.end.date())


def came(change: Any, catalogue: Catalogue) -> str:
    """Say from whom a change came and when it was received and published."""
    source = catalogue.sources[change.new_source]
    published = f", published {source.published}" if source.published else ""
    return f"{source.publisher}, received {day(change.received)}{published}"


def why(change: Any) -> str:
    """Give the reason of a change, or say that there is none."""
    return f"Why: {change.reason}" if change.reason else f"{sentence(NO_REASON)}."


def day(stamp: pd.Timestamp) -> str:
    """Write a day as people read it: "23 November 2026"."""
    return f"{stamp.day} {stamp:%B %Y}"


def reasons(changes: pd.DataFrame) -> list[str]:
    """List the reasons of some changes, each once."""
    return list(dict.fromkeys(why(change) for change in rows_of(changes)))
