"""Groups that were never heard of: new ones, or names that a slip of the keyboard made.

A figure of '25 to 34' beside a history of '25-34' starts a series of its own, and
the right one goes without. Nobody but the sender knows which it is, so the row
gets in and is told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from typing import Any

import pandas as pd

from perfnb.ingest.rules.broken import Broken, broken_once
from perfnb.ingest.rules.groups import EVERYBODY
from perfnb.ingest.rules.jumps import CHECKED, checked
from perfnb.ingest.rules.numerals import shown
from perfnb.ingest.rules.reading import Reading


def unheard(read: Reading) -> Iterable[Broken]:
    """Warn of characteristics and groups that an indicator never had before.

    One is told where the indicator had others in an earlier period, no target is
    set for it and its note does not begin with 'checked'.
    """
    end = read.of_span("end")
    rows = read.rows.assign(end=end)
    rows = rows[rows["characteristic"].ne(EVERYBODY) & rows["end"].notna()]
    targets = read.catalogue.targets
    known: dict[str, set[tuple[str, ...]]] = {
        "characteristic": {(t.indicator, t.characteristic) for t in targets},
        "group": {(t.indicator, t.characteristic, t.group) for t in targets},
    }
    yield from _new(read, rows, "characteristic", ["indicator"], known)
    # A new characteristic is told once, not again by each of its groups.
    yield from _new(read, rows, "group", ["indicator", "characteristic"], known)


def _new(
    read: Reading,
    rows: pd.DataFrame,
    column: str,
    within: list[str],
    known: Mapping[str, Collection[tuple[str, ...]]],
) -> list[Broken]:
    begins = rows.groupby(within)["end"].transform("min")
    first = rows.groupby([*within, column])["end"].transform("min")
    names = pd.MultiIndex.from_frame(rows[[*within, column]])
    heard = pd.Series(names.isin(list(known[column])), index=rows.index)
    new = (rows["end"] == first) & (first > begins) & ~heard
    new &= ~checked(read)[rows.index]
    if not new.any():
        return []
    told = rows[new]
    wrong = pd.Series(read.rows.index.isin(told.index), index=read.rows.index)
    had = dict(iter(rows[first == begins].groupby(within)[column]))
    expected = [
        _expected(column, row, had[tuple(row[name] for name in within)])
        for row in told.to_dict("records")
    ]
    return broken_once(
        read.cells,
        wrong,
        column,
        expected,
        [f"Correct it; if it is new, begin its note with '{CHECKED}'."] * len(told),
        mark=[f"{column} not held before"] * len(told),
        dimension="accuracy",
        of=("source_file", "indicator", "characteristic", column),
    )


def _expected(column: str, row: Mapping[Any, Any], had: Iterable[str]) -> str:
    names = sorted(set(had))
    typed = str(row[column])
    near = get_close_matches(typed, names, n=1, cutoff=0.5)
    of = f" of {row['characteristic']}" if column == "group" else ""
    told = f"a {column}{of} that {row['indicator']} had before"
    if near:
        return f"{told}; the nearest to '{shown(typed)}' is '{near[0]}'"
    some = ", ".join(names[:5]) + (" and others" if len(names) > 5 else "")
    return f"{told}, such as {some}"
