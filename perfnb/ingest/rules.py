"""The rules that a cell of a return must keep, each for a whole column at once.

A rule gives every row that breaks it with the fault to tell; it changes
nothing. `perfnb.ingest.quality` applies the rules and keeps the broken rows out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import pandas as pd

from perfnb.catalogue import Catalogue
from perfnb.errors import Fault
from perfnb.observations import STATUSES, WITHOUT_FIGURES
from perfnb.quarters import Span
from perfnb.reference import Reference

NUMBER = r"-?[0-9]{1,15}(\.[0-9]{1,15})?"
NUMERIC = ("numerator", "denominator", "value")

_KEY = ["indicator", "authority", "area", "period", "characteristic", "group", "source"]

Broken = tuple[int, Fault]
Spans = Mapping[str, Span | None]
Numbers = Mapping[str, pd.Series]


def _broken(
    cells: pd.DataFrame,
    wrong: pd.Series,
    column: str,
    expected: str | Callable[[pd.Series], str],
    remedy: str = "",
) -> Iterable[Broken]:
    for position in cells.index[wrong]:
        row = cells.loc[position]
        said = expected if isinstance(expected, str) else expected(row)
        yield (
            position,
            Fault(
                row["source_file"],
                said,
                found=row[column],
                row=int(row["source_row"]),
                column=column,
                remedy=remedy,
            ),
        )


def unknown(
    cells: pd.DataFrame, catalogue: Catalogue, reference: Reference
) -> Iterable[Broken]:
    """Find names that no register and no reference list has."""
    known = {
        "indicator": (catalogue.indicators, "an indicator of indicators.csv"),
        "authority": (reference.authorities, "a GSS code of authorities.csv"),
        "source": (catalogue.sources, "a source of sources.csv"),
    }
    for column, (ids, expected) in known.items():
        remedy = f"Correct the code, or add it to {expected.rsplit(' ', 1)[-1]}."
        wrong = ~cells[column].isin(list(ids))
        yield from _broken(cells, wrong, column, expected, remedy)
    areas = cells["area"]
    wrong = areas.ne("") & areas.ne(cells["authority"]) & ~areas.isin(reference.areas)
    remedy = "Correct the code, add it to areas.csv, or leave it blank for the whole."
    yield from _broken(cells, wrong, "area", "an area of areas.csv or blank", remedy)
    owners = areas.map({a.code: a.authority for a in reference.areas.values()})
    wrong = owners.notna() & owners.ne(cells["authority"])
    remedy = "Correct the area or the authority."
    yield from _broken(cells, wrong, "area", "an area of the row's authority", remedy)
    sources = cells["denominator_source"]
    wrong = sources.ne("") & ~sources.isin(catalogue.sources)
    expected = "a source of sources.csv or blank"
    remedy = "Correct the code, or add it to sources.csv."
    yield from _broken(cells, wrong, "denominator_source", expected, remedy)
    wrong = ~cells["status"].isin(STATUSES)
    expected = f"one of {', '.join(STATUSES)}"
    yield from _broken(cells, wrong, "status", expected, "Correct the status.")


def unreadable(cells: pd.DataFrame, spans: Spans) -> Iterable[Broken]:
    """Find cells that are no period, no name or no number."""
    wrong = cells["period"].map(lambda text: spans[text] is None).astype(bool)
    expected = "a year ('2017-18'), a quarter ('2025-26 Q3') or months"
    yield from _broken(cells, wrong, "period", expected, "Correct the period.")
    for column in ("characteristic", "group"):
        expected = "a name, or 'all' for everybody"
        yield from _broken(cells, cells[column].eq(""), column, expected, "Fill it in.")
    remedy = "Leave it blank and say why in 'status'."
    for column in NUMERIC:
        text = cells[column]
        wrong = text.ne("") & ~text.str.fullmatch(NUMBER)
        expected = "a number without signs or words, or blank"
        yield from _broken(cells, wrong, column, expected, remedy)


def impossible(
    cells: pd.DataFrame, numbers: Numbers, catalogue: Catalogue
) -> Iterable[Broken]:
    """Find counts and shares that cannot be."""
    numerator, denominator = numbers["numerator"], numbers["denominator"]
    indicators = cells["indicator"].map(catalogue.indicators.get)
    is_share = indicators.map(lambda i: i is not None and i.is_percentage).astype(bool)
    # Events per event may be more than one; events per hundred or more people or
    # homes are counted among them.
    is_part = indicators.map(lambda i: i is not None and (i.per or 0) > 1).astype(bool)
    above = (numerator > denominator) & (denominator > 0)
    above = above.fillna(value=False) & is_part
    yield from _broken(
        cells,
        above,
        "numerator",
        lambda row: f"no more than the denominator, {row['denominator']}",
        "Check whether the two were swapped.",
    )
    remedy = "Correct it, or leave it blank and say why in 'status'."
    for column in ("numerator", "denominator"):
        negative = (numbers[column] < 0).fillna(value=False)
        yield from _broken(cells, negative, column, "a count, 0 or more", remedy)
    people = indicators.map(lambda i: i is not None and i.counts_people).astype(bool)
    broken = (numbers["numerator"] % 1 != 0).fillna(value=False) & people
    yield from _broken(cells, broken, "numerator", "a whole number of people", remedy)
    outside = is_share & ~numbers["value"].between(0, 100).fillna(value=True)
    yield from _broken(cells, outside, "value", "a share between 0 and 100", remedy)
    zero = (denominator == 0).fillna(value=False)
    remedy = "A rate of nothing is no rate: leave both counts blank, status 'missing'."
    yield from _broken(cells, zero, "denominator", "a count above 0", remedy)


def contradictory(cells: pd.DataFrame) -> Iterable[Broken]:
    """Find rows whose status and figures say different things."""
    without = cells["status"].isin(WITHOUT_FIGURES)
    given = cells["value"].ne("") | cells["numerator"].ne("")
    yield from _broken(
        cells,
        without & given,
        "status",
        "final, provisional or revised, since the row has figures",
        "Correct the status or blank the figures.",
    )
    yield from _broken(
        cells,
        ~without & ~given,
        "value",
        "a figure, since the status does not say that there is none",
        "Fill it in, or say 'missing' in 'status'.",
    )


def misreckoned(
    cells: pd.DataFrame, numbers: Numbers, reckoned: pd.Series, catalogue: Catalogue
) -> Iterable[Broken]:
    """Find values that their counts do not give."""
    decimals = {i.id: i.decimals for i in catalogue.indicators.values()}
    # A published value may be rounded to the decimals that it is shown with.
    tolerance = 0.5 * 10.0 ** -cells["indicator"].map(decimals).astype("Float64")
    apart = (reckoned - numbers["value"]).abs() > tolerance * 1.001
    yield from _broken(
        cells.assign(reckoned=reckoned),
        apart.fillna(value=False),
        "value",
        lambda row: f"{row['reckoned']:.6g}, which its counts give",
        "Correct the value or the counts.",
    )


def premature(
    cells: pd.DataFrame, spans: Spans, catalogue: Catalogue
) -> Iterable[Broken]:
    """Find periods that had not ended when their source was received."""
    ends = {text: span.end for text, span in spans.items() if span}
    received = {source.id: source.received for source in catalogue.sources.values()}
    end = pd.to_datetime(cells["period"].map(ends))
    known = pd.to_datetime(cells["source"].map(received))
    yield from _broken(
        cells.assign(known=known),
        end > known,
        "period",
        lambda row: (
            f"a period that ended by {row['known']:%Y-%m-%d}, when its source "
            f"was received"
        ),
        "Correct the period, or the day in sources.csv.",
    )


def repeated(cells: pd.DataFrame, spans: Spans) -> Iterable[Broken]:
    """Find rows that say again what another row of the source says."""
    # The same place and the same days can be written in two ways.
    place = cells["area"].where(cells["area"].ne(""), cells["authority"])
    labels = {text: span.label if span else text for text, span in spans.items()}
    period = cells["period"].map(labels)
    again = cells.assign(area=place, period=period).duplicated(_KEY, keep="first")
    expected = "one row for each indicator, place, period and group of a source"
    remedy = "Remove one of the two rows."
    yield from _broken(cells, again, "indicator", expected, remedy)


def irreconcilable(cells: pd.DataFrame, numbers: Numbers) -> Iterable[Broken]:
    """Find groups that together count more than everybody."""
    place = cells["area"].where(cells["area"].ne(""), cells["authority"])
    counted = cells.assign(area=place, count=numbers["numerator"])
    key = ["indicator", "authority", "area", "period"]
    everybody = counted[counted["characteristic"].eq("all") & counted["count"].notna()]
    most = everybody.groupby(key)["count"].max()
    groups = counted[counted["characteristic"].ne("all") & counted["count"].notna()]
    by_source = [*key, "characteristic", "source"]
    together = groups.groupby(by_source)["count"].transform("sum")
    whole = groups.join(most.rename("whole"), on=key)["whole"]
    too_many = (together > whole).fillna(value=False)
    last = ~groups.duplicated(by_source, keep="last")
    wrong = (too_many & last).reindex(cells.index, fill_value=False)
    told = cells.assign(together=together, whole=whole)
    yield from _broken(
        told,
        wrong,
        "numerator",
        lambda row: (
            f"groups that add up to the headline's {row['whole']:.0f} at most; "
            f"they add up to {row['together']:.0f}"
        ),
        "Check the counts of every group, and the headline's.",
    )
