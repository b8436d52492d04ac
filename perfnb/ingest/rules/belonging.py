"""Rows that do not belong where they stand: totals, notes, another service's."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from perfnb.ingest.rules.broken import Broken, broken
from perfnb.ingest.rules.reading import Reading

_BEHIND_SERVICE = "--"
"""Stands in the name of a return behind the service that it is from."""

_TOTAL = re.compile(
    r"\W*((grand |sub-? ?)?totals?|england|wales|scotland|northern ireland|"
    r"great britain|united kingdom|uk|all (authorities|districts|councils|areas)|"
    r"[ekw](92|12|13)[0-9]{6}|k0[0-9]{7})\b.*",
    re.IGNORECASE | re.DOTALL,
)
_NOTE = re.compile(
    r"\W*(sources?|notes?|footnotes?|key|symbols?|contact|published|last updated|"
    r"next update|copyright|crown copyright|end of)\b.*|\u00a9.*|[0-9]{1,2}[.)] .*",
    re.IGNORECASE | re.DOTALL,
)
_A_ROW = "a row of one indicator and one authority; this is {}"


def remarks(read: Reading) -> Iterable[Broken]:
    """Find rows of totals, and the sources and notes under a table.

    Such a row is told once; its other cells are not looked at.
    """
    known = {
        "indicator": read.catalogue.indicators,
        "authority": read.reference.authorities,
    }
    told = pd.Series(data=False, index=read.rows.index)
    for column, names in known.items():
        typed = read.rows[column]
        candidates = [text for text in typed.unique() if text not in names]
        totals = [text for text in candidates if _TOTAL.fullmatch(text)]
        notes = [text for text in candidates if _NOTE.fullmatch(text)]
        is_total = typed.isin(totals) & ~told
        is_note = typed.isin(notes) & ~is_total & ~told
        told |= is_total | is_note
        yield from broken(
            read.cells,
            is_total,
            column,
            _A_ROW.format("a total"),
            "Remove the row: totals are worked out here and would count twice.",
        )
        yield from broken(
            read.cells,
            is_note,
            column,
            _A_ROW.format("a source or a note"),
            "Remove the row; notes go into the column 'note'.",
        )


def astray(read: Reading) -> Iterable[Broken]:
    """Find indicators of one service in the file of another; told once a file."""
    owner = read.of_indicator("service")
    files = read.rows["source_file"]
    services = files.map({name: _service_of(name) for name in files.unique()})
    strange = services.isin(list(read.catalogue.services)) & owner.ne(services)
    strange &= owner.notna()
    again = read.rows.duplicated(["source_file", "indicator"])
    first = strange & ~again
    mark = "in the file of another service"
    yield from broken(
        read.cells,
        first,
        "indicator",
        [
            f"an indicator of the service '{mine}', as the file's name says; this is "
            f"one of '{theirs}'"
            for mine, theirs in zip(services[first], owner[first], strict=True)
        ],
        "Check the code, or move its rows to a file of that service.",
        mark=mark,
        dimension="relevance",
    )
    for position in read.rows.index[strange & again]:
        yield Broken(int(position), None, mark)


def _service_of(file: str) -> str:
    name = file.rsplit("/", 1)[-1]
    return name.split(_BEHIND_SERVICE, 1)[0] if _BEHIND_SERVICE in name else ""
