"""Figures that are there twice, and parts that are more than the whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from math import nan

import pandas as pd

from perfnb.ingest.rules.broken import Broken, broken
from perfnb.ingest.rules.groups import EVERYBODY
from perfnb.ingest.rules.numerals import shown
from perfnb.ingest.rules.reading import NUMERIC, Reading

_PLACE = ["indicator", "authority", "area", "period"]
_SET = [*_PLACE, "characteristic", "source"]
_KEY = [*_SET, "group"]

_MOST_NAMED = 8
"""More groups than these would make a message nobody reads."""


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
    firsts = told.assign(figure=of_one, label=told.index)[~again].set_index("figure")
    others = firsts.loc[of_one[again]]
    return broken(
        read.cells,
        again,
        "indicator",
        [
            "one row for each indicator, place, period and group of a source; "
            f"{where} has {says}"
            for where, says in zip(
                _names(others, told[again]),
                _compared(read, pd.Index(others["label"]), told.index[again]),
                strict=True,
            )
        ],
        "Remove one of the two rows.",
        dimension="reliability",
    )


def irreconcilable(read: Reading) -> Iterable[Broken]:
    """Find groups that count more than everybody, alone or together.

    A group that alone counts more is wrong by itself. Where only the sum is too
    large nobody can tell which group is wrong: the whole set stays out, since
    what is left of one would be shown as if it were whole.

    Parameters
    ----------
    read : Reading
        Rows that are right by themselves: a slip in one group says nothing of the
        others.
    """
    groups = _beside_everybody(read)
    alone = groups["count"] > groups["whole"]
    left = groups[~alone]
    of_set = left.groupby(_SET)["count"]
    together = of_set.transform("sum")
    too_many = together > left["whole"]
    first = too_many & of_set.cumcount().eq(0)
    for label in left.index[too_many & ~first].tolist():
        yield Broken(label, None)
    beyond = [
        f"no more than the headline's {whole:.0f}"
        for whole in groups.loc[alone, "whole"]
    ]
    # Sets come in the order of their first rows.
    sets = left[too_many].groupby(_SET, sort=False)["group"].agg(list)
    sums = [
        f"groups that add up to the headline's {whole:.0f} at most; they add up to "
        f"{sum_:.0f}: {_listed(names)}"
        for whole, sum_, names in zip(
            left.loc[first, "whole"], together[first], sets, strict=True
        )
    ]
    remedy = "Check the counts of every group, and the headline's"
    yield from _unreliable(read, groups.index[alone], beyond, f"{remedy}.")
    left_out = f"{remedy}; until then none of these groups is in."
    yield from _unreliable(read, left.index[first], sums, left_out)


def _beside_everybody(read: Reading) -> pd.DataFrame:
    """Set the count of each group beside the headline's, where there is one."""
    period = read.of_span("label").fillna(read.rows["period"])
    counted = read.rows.assign(
        area=read.place, period=period, count=read.numbers["numerator"]
    )
    counted = counted[counted["count"].notna()]
    is_whole = counted["characteristic"].eq(EVERYBODY)
    most = counted[is_whole].groupby(_PLACE)["count"].max()
    groups = counted[~is_whole].join(most.rename("whole"), on=_PLACE)
    return groups[groups["whole"].notna()]


def _listed(groups: Sequence[str]) -> str:
    names = ", ".join(f"'{shown(name)}'" for name in groups[:_MOST_NAMED])
    more = len(groups) - _MOST_NAMED
    return f"{names} and {more} more" if more > 0 else names


def _unreliable(
    read: Reading, labels: pd.Index, expected: list[str], remedy: str
) -> list[Broken]:
    wrong = pd.Series(read.rows.index.isin(labels), index=read.rows.index)
    return broken(
        read.cells, wrong, "numerator", expected, remedy, dimension="reliability"
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


def _compared(read: Reading, first: pd.Index, again: pd.Index) -> list[str]:
    """Say what of each repeated row is as in the first one."""
    same = pd.Series(data=True, index=range(len(again)))
    for column in NUMERIC:
        number, typed = read.numbers[column], read.rows[column]
        one, other = (
            number[rows].to_numpy(float, na_value=nan) for rows in (first, again)
        )
        as_typed = typed[first].to_numpy() == typed[again].to_numpy()
        same &= (one == other) | as_typed
    before, status = read.status[first].tolist(), read.status[again].tolist()
    return [
        "other figures"
        if not alike
        else "the same"
        if was == now
        else f"the same figures with the status '{was}'"
        for alike, was, now in zip(same, before, status, strict=True)
    ]
