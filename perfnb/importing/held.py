"""What the workbook holds already of what a published file gives.

A file may be imported twice, and a source may come in parts: a figure that the
workbook has from the same source is not written again, and one that it has
differently is never overwritten.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from perfnb.ingest.published.published_lines import FIGURES
from perfnb.quarters import parse_period

_WHO = ["indicator", "authority", "characteristic", "group"]


@dataclass(frozen=True)
class Held:
    """Rows of a file beside what the workbook holds of their source.

    Parameters
    ----------
    new, same, other : pandas.DataFrame
        Rows that the workbook does not have, has so already, and has with other
        figures.
    files : tuple of str
        Returns in which it has them.
    """

    new: pd.DataFrame
    same: pd.DataFrame
    other: pd.DataFrame
    files: tuple[str, ...]


def beside_held(rows: pd.DataFrame, observations: pd.DataFrame, source: str) -> Held:
    """Tell new rows from those that the workbook has from the same source.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of a return, as text.
    observations : pandas.DataFrame
        The tidy frame, all vintages.
    source : str
        Id of the source of the rows.
    """
    held = observations[observations["source"].astype(str) == source]
    by_key = {_key_of_held(each): each for each in held.to_dict("records")}
    keys = [_key_of_row(each) for each in rows.to_dict("records")]
    found = pd.Series([key in by_key for key in keys], index=rows.index, dtype=bool)
    same = pd.Series(
        [
            key in by_key and _same(row, by_key[key])
            for key, row in zip(keys, rows.to_dict("records"), strict=True)
        ],
        index=rows.index,
        dtype=bool,
    )
    files = dict.fromkeys(
        str(by_key[key]["source_file"]) for key in keys if key in by_key
    )
    return Held(rows[~found], rows[same], rows[found & ~same], tuple(files))


def with_denominators(rows: pd.DataFrame, observations: pd.DataFrame) -> pd.DataFrame:
    """Give the rows that carry them the denominators that the workbook holds.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of a return, as text, with carried.
    observations : pandas.DataFrame
        The tidy frame. Of each indicator, place and group the denominator is taken
        that was held for the period or last before it, with its source; where all
        are for later periods, the first.

    Returns
    -------
    pandas.DataFrame
        The rows, with denominator and denominator_source where they are known.
    """
    known = observations[
        observations["denominator"].notna()
        & observations["indicator"].isin(rows.loc[rows["carried"], "indicator"])
    ].sort_values("end", kind="stable")
    by_key: dict[tuple[str, ...], list[Mapping[Any, Any]]] = defaultdict(list)
    for each in known.to_dict("records"):
        by_key[_place_and_group(each, str(each["area"]))].append(each)
    rows = rows.copy()
    for position in rows.index[rows["carried"]]:
        row = rows.loc[position]
        held = by_key[_place_and_group(row, row["area"] or row["authority"])]
        if held:
            end = pd.Timestamp(parse_period(row["period"]).end)
            before = [each for each in held if each["end"] <= end]
            nearest = before[-1] if before else held[0]
            rows.loc[position, "denominator"] = f"{nearest['denominator']:.15g}"
            source = str(nearest["denominator_source"])
            rows.loc[position, "denominator_source"] = source
    return rows


def _place_and_group(row: Any, area: str) -> tuple[str, ...]:
    return (*(str(row[name]) for name in _WHO), area)


def _key_of_held(row: Mapping[Any, Any]) -> tuple[object, ...]:
    days = (row["start"].date(), row["end"].date())
    return (*(str(row[name]) for name in _WHO), str(row["area"]), *days)


def _key_of_row(row: Mapping[Any, Any]) -> tuple[object, ...]:
    span = parse_period(row["period"])
    area = row["area"] or row["authority"]
    return (*(row[name] for name in _WHO), area, span.start, span.end)


def _same(row: Mapping[Any, Any], held: Mapping[Any, Any]) -> bool:
    # A value that its counts give is not typed beside them.
    names = FIGURES if row["value"] else FIGURES[:2]
    given = [row[name] for name in names]
    if not any(given):
        return all(pd.isna(held[name]) for name in FIGURES)
    return all(
        (pd.isna(held[name]) if not text else _equal(text, held[name]))
        for name, text in zip(names, given, strict=True)
    )


def _equal(text: str, figure: Any) -> bool:
    return not pd.isna(figure) and abs(float(text) - float(figure)) < 1e-9
