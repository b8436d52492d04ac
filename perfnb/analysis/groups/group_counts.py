"""Which counts of groups and areas are held? Each period that can be compared.

Groups come from returns as they are; small areas are pooled by the national
fifth of deprivation that they lie in and by their ward.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from perfnb.analysis.groups import areas
from perfnb.observations import (
    HEADLINE,
    each_once,
    headline,
    period_labels,
    sources_of,
    years_before,
)
from perfnb.quarters import months_between
from perfnb.registers import Indicator
from perfnb.selection import Selection

DEPRIVATION = "deprivation"
WARD = "ward"


@dataclass(frozen=True)
class GroupCounts:
    """The counts of the groups of one characteristic in one period.

    Parameters
    ----------
    indicator : Indicator
        What is counted.
    characteristic : str
        Such as ``age``; ``deprivation`` and ``ward`` when small areas were pooled.
    start, end : pandas.Timestamp
        First and last day.
    period : str
        The same as people write it.
    groups : pandas.DataFrame
        One row per group with a denominator: `group`, `numerator`, `denominator`
        [counts, not yet fit to be shown] and, unless areas were pooled, `status`.
    district : pandas.Series
        `numerator` and `denominator` of all groups with both, or of the published
        headline where people are counted.
    unplaced : bool
        Whether anybody is in none of the groups, such as people whose group is
        not known.
    sources : tuple of str
        Ids of the sources that the figures come from.
    denominators : tuple of str
        Ids of the sources of the denominators.
    years_old : int
        Whole years from the end of the period to the quarter reported on.
    """

    indicator: Indicator
    characteristic: str
    start: pd.Timestamp
    end: pd.Timestamp
    period: str
    groups: pd.DataFrame
    district: pd.Series
    unplaced: bool
    sources: tuple[str, ...]
    denominators: tuple[str, ...]
    years_old: int


def group_counts(selection: Selection) -> tuple[tuple[GroupCounts, ...], ...]:
    """List the breakdowns of a service, each in every period that can be compared.

    Parameters
    ----------
    selection : Selection
        What the report is about.

    Returns
    -------
    tuple of tuple of GroupCounts
        One for each indicator and characteristic, its periods oldest first. The
        last is the latest period held; the others cover as many months, share no
        day with each other, and lie after the last break that splits the series.
    """
    return tuple(
        _periods(indicator, characteristic, rows, selection)
        for indicator in selection.indicators
        for characteristic, rows in _by_characteristic(indicator, selection)
    )


def _by_characteristic(
    indicator: Indicator, selection: Selection
) -> Iterator[tuple[str, pd.DataFrame]]:
    own = selection.observations
    own = own[
        (own["indicator"] == indicator.id) & (own["authority"] == selection.council)
    ]
    broken = own[own["characteristic"] != HEADLINE]
    returned = sorted(broken["characteristic"].astype(str).unique())
    for characteristic in returned:
        yield characteristic, broken[broken["characteristic"] == characteristic]
    small = own[own["area"].astype(str) != own["authority"].astype(str)]
    for characteristic, group in _groups_of_areas(small, selection).items():
        placed = small.assign(group=group)[group.notna()]
        # What a service hands in goes before what is pooled here.
        if characteristic not in returned and len(placed["group"].unique()) > 1:
            yield characteristic, placed


def _groups_of_areas(small: pd.DataFrame, selection: Selection) -> dict[str, pd.Series]:
    known = selection.reference.areas
    area = small["area"].astype(str)
    deciles = {code: each.deprivation_decile for code, each in known.items()}
    wards = {code: each.ward_name or None for code, each in known.items()}
    return {
        DEPRIVATION: areas.deprivation_quintile(area.map(deciles).astype("Int64")),
        WARD: area.map(wards).astype("string"),
    }


def _periods(
    indicator: Indicator,
    characteristic: str,
    rows: pd.DataFrame,
    selection: Selection,
) -> tuple[GroupCounts, ...]:
    return tuple(
        _counts(
            indicator,
            characteristic,
            rows[(rows["start"] == start) & (rows["end"] == end)],
            selection,
        )
        for start, end in _spans(indicator, rows, selection)
    )


def _spans(
    indicator: Indicator, rows: pd.DataFrame, selection: Selection
) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
    """Give the latest span and the earlier ones that compare with it, oldest first."""
    held = set(rows[["start", "end"]].itertuples(index=False, name=None))
    # Of several spans that end together the shortest.
    first, *earlier = sorted(held, key=lambda span: (span[1], span[0]), reverse=True)
    breaks = selection.catalogue.breaks_of(indicator.id)
    splits = [
        each.start for each in breaks if each.splits and each.start <= first[1].date()
    ]
    since = pd.Timestamp(max(splits)) if splits else pd.Timestamp.min
    kept = [first]
    for start, end in earlier:
        as_long = months_between(start, end) == months_between(*first)
        if as_long and end < kept[-1][0] and start >= since:
            kept.append((start, end))
    return kept[::-1]


def _counts(
    indicator: Indicator,
    characteristic: str,
    rows: pd.DataFrame,
    selection: Selection,
) -> GroupCounts:
    # People whose group is not known belong to no group's denominator.
    placed = rows[rows["denominator"].notna()]
    unplaced = rows[rows["denominator"].isna()]
    columns = ["group", "numerator", "denominator", "status"]
    groups = placed[columns].reset_index(drop=True)
    if (
        len(groups)
        and (rows["area"].astype(str) != rows["authority"].astype(str)).all()
    ):
        groups = areas.pool(placed, "group").drop(columns="n_missing")
    district = groups[groups["numerator"].notna()][["numerator", "denominator"]].sum()
    if indicator.counts_people:
        # The exact sum of the groups would tell, beside the published headline,
        # how few people are in no group.
        everybody = _everybody(indicator, rows, selection)
        district["numerator"] = max(everybody, district["numerator"])
    return GroupCounts(
        indicator,
        characteristic,
        rows["start"].iloc[0],
        rows["end"].iloc[0],
        period_labels(rows.head(1))[0],
        _in_order(groups),
        district,
        unplaced=bool((unplaced["numerator"] > 0).any()),
        sources=each_once(
            [*sources_of(rows), *_sources_of_areas(characteristic, rows, selection)]
        ),
        denominators=each_once(placed["denominator_source"]),
        years_old=years_before(rows, selection.quarter),
    )


def _in_order(groups: pd.DataFrame) -> pd.DataFrame:
    named = groups.assign(group=groups["group"].astype(str))
    order = areas.from_most_deprived(named["group"])
    if order is None:
        return named
    return named.set_index("group").loc[order].reset_index()


def _sources_of_areas(
    characteristic: str, rows: pd.DataFrame, selection: Selection
) -> list[str]:
    places = {DEPRIVATION: "deprivation_source", WARD: "ward_source"}
    known = selection.reference.areas
    if characteristic not in places:
        return []
    column = places[characteristic]
    # A breakdown by deprivation can also be a return's own.
    return [getattr(known[code], column) for code in rows["area"] if code in known]


def _everybody(indicator: Indicator, rows: pd.DataFrame, selection: Selection) -> float:
    """Give the headline's count for the period of a breakdown; 0 without one."""
    whole = headline(selection.observations, indicator.id)
    whole = whole[whole["authority"] == selection.council]
    same = whole["start"].eq(rows["start"].iloc[0]) & whole["end"].eq(
        rows["end"].iloc[0]
    )
    whole = whole[same & whole["numerator"].notna()]
    return float(whole["numerator"].max()) if len(whole) else 0.0
