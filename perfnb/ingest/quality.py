"""Judge the cells of returns: what may enter the tidy frame and what is wrong.

Each rule looks at a whole column at once and names every cell that breaks it.
An error keeps its row out; a warning lets it in with a mark. Nothing is guessed
and nothing is mended: what was read in another way than it was typed is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import chain

import pandas as pd

from perfnb.catalogue import Catalogue
from perfnb.errors import Fault
from perfnb.findings import in_order
from perfnb.ingest.cells import Cells
from perfnb.ingest.rules import (
    belonging,
    figures,
    groups,
    jumps,
    names,
    places,
    repeats,
    shares,
    times,
    unheard,
)
from perfnb.ingest.rules.broken import Broken
from perfnb.ingest.rules.reading import Reading, read
from perfnb.methods import Methods
from perfnb.observations import assemble
from perfnb.reference import Reference

RULES = (
    *(names.unknown, names.misplaced, names.abolished, names.unbegun, names.statuses),
    *(groups.unnamed, groups.half_named),
    *(times.unreadable, times.premature),
    *(figures.unreadable, figures.impossible, figures.misreckoned),
    figures.contradictory,
)
"""Every rule that a row must keep by itself, whatever the others say."""


def judge(
    cells: Cells, catalogue: Catalogue, reference: Reference, methods: Methods
) -> tuple[pd.DataFrame, tuple[Fault, ...]]:
    """Turn the cells of returns into observations, or say why not.

    Parameters
    ----------
    cells : Cells
        As `perfnb.ingest.returned.returns.read_returns` gives them.
    catalogue : Catalogue
        Which indicators and sources there are.
    reference : Reference
        Which authorities and areas there are.
    methods : Methods
        The house rules by which a jump is told.

    Returns
    -------
    observations : pandas.DataFrame
        The tidy frame (`perfnb.observations.assemble`) of the rows without an
        error; the value is worked out from the counts where both are there, and
        mark says what the warnings say.
    faults : tuple of Fault
        Errors and warnings in the order of files, sheets, rows and columns.
    """
    rows = read(cells, catalogue, reference)
    remarks = list(belonging.remarks(rows))
    rows, renamed = places.in_codes(_without(rows, remarks))
    rows, recoded = places.in_present_codes(rows)
    rows, respelt = groups.in_one_spelling(rows)
    broken = list(chain.from_iterable(rule(rows) for rule in RULES))
    # What is wrong by itself must not keep out what is right beside it.
    broken += repeats.repeated(rows, {each.position for each in _errors(broken)})
    kept = _without(rows, _errors(broken))
    parts = list(repeats.irreconcilable(kept))
    kept = _without(kept, parts)
    queried = [*belonging.astray(kept), *jumps.jumps(kept, methods)]
    queried += [*shares.of_one(kept), *unheard.unheard(kept)]
    everything = [*remarks, *renamed, *recoded, *respelt, *broken, *parts, *queried]
    faults = in_order(each.fault for each in everything if each.fault)
    return assemble(_observed(kept, _marks(everything))), faults


def _errors(broken: Iterable[Broken]) -> list[Broken]:
    return [each for each in broken if not each.mark]


def _without(rows: Reading, refused: Iterable[Broken]) -> Reading:
    out = {each.position for each in refused}
    if not out:
        return rows
    left = rows.rows[~rows.rows.index.isin(list(out))]
    return read(replace(rows.cells, rows=left), rows.catalogue, rows.reference)


def _marks(broken: Iterable[Broken]) -> dict[int, str]:
    marks: dict[int, str] = {}
    for each in broken:
        if each.mark:
            before = marks.get(each.position)
            marks[each.position] = f"{before}; {each.mark}" if before else each.mark
    return marks


def _observed(rows: Reading, marks: dict[int, str]) -> pd.DataFrame:
    sources = rows.catalogue.sources.values()
    return rows.rows.drop(columns=["period", "layout"]).assign(
        numerator=rows.numbers["numerator"],
        denominator=rows.numbers["denominator"],
        value=rows.value,
        status=rows.status,
        area=rows.place,
        mark=[marks.get(position, "") for position in rows.rows.index],
        start=rows.of_span("start"),
        end=rows.of_span("end"),
        basis=rows.looked_up("source", {each.id: each.basis for each in sources}),
        received=rows.received,
        published=rows.looked_up(
            "source",
            {each.id: _first_day(each.published) for each in sources},
            days=True,
        ),
    )


def _first_day(published: str) -> date | None:
    if not published:
        return None
    year, month, day = [*map(int, published.split("-")), 1, 1][:3]
    return date(year, month, day)
