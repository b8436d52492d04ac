"""Judge the cells of returns: what may enter the tidy frame and what is wrong.

Each rule looks at a whole column at once and names every cell that breaks it.
A row with a fault stays out; nothing is guessed and nothing is mended.
"""

from __future__ import annotations

from datetime import date

import pandas as pd

from perfnb.catalogue import Catalogue
from perfnb.errors import Fault, ParameterError
from perfnb.ingest import rules
from perfnb.ingest.rules import Numbers, Spans
from perfnb.observations import assemble
from perfnb.quarters import Span, parse_period
from perfnb.reference import Reference


def judge(
    cells: pd.DataFrame, catalogue: Catalogue, reference: Reference
) -> tuple[pd.DataFrame, list[Fault]]:
    """Turn the cells of returns into observations, or say why not.

    Parameters
    ----------
    cells : pandas.DataFrame
        As `perfnb.ingest.returns.read_returns` gives them.
    catalogue : Catalogue
        Which indicators and sources there are.
    reference : Reference
        Which authorities and areas there are.

    Returns
    -------
    observations : pandas.DataFrame
        The tidy frame (`perfnb.observations.assemble`) of the rows without a
        fault; the value is worked out from the counts where both are there.
    faults : list of Fault
        In the order of the files and rows.
    """
    spans = {text: _span(text) for text in cells["period"].unique()}
    numbers = {name: _numbers(cells[name]) for name in rules.NUMERIC}
    reckoned = _reckon(cells, numbers, catalogue)
    broken = [
        *rules.unknown(cells, catalogue, reference),
        *rules.unreadable(cells, spans),
        *rules.premature(cells, spans, catalogue),
        *rules.impossible(cells, numbers, catalogue),
        *rules.misreckoned(cells, numbers, reckoned, catalogue),
        *rules.contradictory(cells),
        *rules.repeated(cells, spans),
        *rules.irreconcilable(cells, numbers),
    ]
    faults = sorted(broken, key=lambda found: found[0])
    refused = {position for position, _ in faults}
    kept = ~cells.index.isin(list(refused))
    rows = _observed(
        cells[kept],
        {name: column[kept] for name, column in numbers.items()},
        reckoned[kept],
        spans,
        catalogue,
    )
    return assemble(rows), [fault for _, fault in faults]


def _reckon(cells: pd.DataFrame, numbers: Numbers, catalogue: Catalogue) -> pd.Series:
    per = {i.id: i.per for i in catalogue.indicators.values()}
    factor = cells["indicator"].map(per).astype("Float64")
    denominator = numbers["denominator"]
    return numbers["numerator"] / denominator.where(denominator > 0) * factor


def _observed(
    cells: pd.DataFrame,
    numbers: Numbers,
    reckoned: pd.Series,
    spans: Spans,
    catalogue: Catalogue,
) -> pd.DataFrame:
    def from_span(name: str) -> pd.Series:
        days = {text: getattr(span, name) for text, span in spans.items() if span}
        return cells["period"].map(days)

    def from_source(values: dict[str, object]) -> pd.Series:
        return cells["source"].map(values)

    figures = {**numbers, "value": reckoned.fillna(numbers["value"])}
    sources = catalogue.sources.values()
    return cells.drop(columns="period").assign(
        **figures,
        area=cells["area"].where(cells["area"].ne(""), cells["authority"]),
        start=from_span("start"),
        end=from_span("end"),
        basis=from_source({s.id: s.basis for s in sources}),
        received=from_source({s.id: s.received for s in sources}),
        published=from_source({s.id: _first_day(s.published) for s in sources}),
    )


def _span(text: str) -> Span | None:
    try:
        return parse_period(text)
    except ParameterError:
        return None


def _numbers(cells: pd.Series) -> pd.Series:
    plain = cells.where(cells.str.fullmatch(rules.NUMBER))
    return pd.to_numeric(plain, errors="coerce").astype("Float64")


def _first_day(published: str) -> date | None:
    if not published:
        return None
    year, month, day = [*map(int, published.split("-")), 1, 1][:3]
    return date(year, month, day)
