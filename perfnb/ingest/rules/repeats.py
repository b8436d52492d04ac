"""Figures that are there twice, and parts that are more than the whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pandas as pd

from perfnb.ingest.rules.broken import Broken, broken
from perfnb.ingest.rules.reading import NUMERIC, Reading

_KEY = ["indicator", "authority", "area", "period", "characteristic", "group", "source"]


def repeated(read: Reading, refused: Collection[int]) -> list[Broken]:
    """Find rows that say again what another row of the source says.

    Parameters
    ----------
    read : Reading
        The rows.
    refused : collection of int
        Labels of rows that are wrong by themselves: a row that is right is never
        kept out by one of them, wherever it stands.
    """
    # The same place and the same days can be written in two ways.
    labels = {
        text: period.span.label if period.span else text
        for text, period in read.periods.items()
    }
    period = read.rows["period"].map(labels)
    told = read.rows.assign(
        area=read.place, period=period, refused=read.rows.index.isin(list(refused))
    )
    right_first = told.sort_values("refused", kind="stable")
    again = right_first.duplicated(_KEY, keep="first").reindex(told.index)
    if not again.any():
        return []
    of_one = told.groupby(_KEY, sort=False).ngroup()
    firsts = told.assign(figure=of_one)[~again].set_index("figure")
    others = firsts.loc[of_one[again]]
    return broken(
        read.cells,
        again,
        "indicator",
        [
            "one row for each indicator, place, period and group of a source; "
            f"{where} has {'the same' if same else 'other figures'}"
            for where, same in zip(
                _names(others, told[again]), _agree(others, told[again]), strict=True
            )
        ],
        "Remove one of the two rows.",
        dimension="reliability",
    )


def irreconcilable(read: Reading) -> Iterable[Broken]:
    """Find groups that together count more than everybody.

    Parameters
    ----------
    read : Reading
        Rows that are right by themselves: a slip in one group says nothing of the
        others.
    """
    period = read.of_span("label").fillna(read.rows["period"])
    counted = read.rows.assign(
        area=read.place, period=period, count=read.numbers["numerator"]
    )
    counted = counted[counted["count"].notna()]
    key = ["indicator", "authority", "area", "period"]
    everybody = counted[counted["characteristic"].eq("all")]
    most = everybody.groupby(key)["count"].max()
    groups = counted[counted["characteristic"].ne("all")]
    by_source = [*key, "characteristic", "source"]
    together = groups.groupby(by_source)["count"].transform("sum")
    whole = groups.join(most.rename("whole"), on=key)["whole"]
    too_many = (together > whole).fillna(value=False)
    last = ~groups.duplicated(by_source, keep="last")
    wrong = (too_many & last).reindex(read.rows.index, fill_value=False)
    told = wrong[wrong].index
    yield from broken(
        read.cells,
        wrong,
        "numerator",
        [
            f"groups that add up to the headline's {most:.0f} at most; they add up "
            f"to {sum_:.0f}"
            for most, sum_ in zip(whole[told], together[told], strict=True)
        ],
        "Check the counts of every group, and the headline's.",
        dimension="reliability",
    )


def _names(others: pd.DataFrame, rows: pd.DataFrame) -> list[str]:
    where = ["source_file", "source_sheet", "source_row"]
    files = rows["source_file"].tolist()
    return [
        f"row {row}" if file == mine else f"row {row} of {file}"
        for (file, _, row), mine in zip(
            others[where].itertuples(index=False), files, strict=True
        )
    ]


def _agree(others: pd.DataFrame, rows: pd.DataFrame) -> list[bool]:
    figures = [*NUMERIC, "status"]
    same = others[figures].to_numpy() == rows[figures].to_numpy()
    return list(same.all(axis=1))
