"""Every breakdown of a service, each group against the rest of the district.

Groups come from returns as they are; small areas are pooled by the national
fifth of deprivation that they lie in.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from perfnb.analysis import areas, diversity
from perfnb.observations import (
    HEADLINE,
    each_once,
    headline,
    period_labels,
    sources_of,
    years_before,
)
from perfnb.registers import Indicator
from perfnb.selection import Selection


@dataclass(frozen=True)
class BreakdownFinding:
    """How an indicator differs between the groups of one characteristic.

    Parameters
    ----------
    indicator : Indicator
        What it is about.
    characteristic : str
        Such as ``age``; ``deprivation`` when small areas were pooled.
    period : str
        The latest period with a breakdown.
    breakdown : perfnb.analysis.diversity.Breakdown
        The verdict on each group.
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
    period: str
    breakdown: diversity.Breakdown
    unplaced: bool
    sources: tuple[str, ...]
    denominators: tuple[str, ...]
    years_old: int


def breakdowns(selection: Selection) -> tuple[BreakdownFinding, ...]:
    """Compare the groups within the council for every indicator that has them.

    Rates of small areas are pooled by national fifth of deprivation: counts
    are added up, rates are never averaged.

    Parameters
    ----------
    selection : Selection
        What the report is about.

    Returns
    -------
    tuple of BreakdownFinding
        One for each indicator and characteristic with a breakdown, each for
        the latest period that has it.
    """
    found = []
    for indicator in selection.indicators:
        own = selection.observations
        own = own[
            (own["indicator"] == indicator.id) & (own["authority"] == selection.council)
        ]
        parts = own[own["characteristic"] != HEADLINE]
        for characteristic in sorted(parts["characteristic"].unique()):
            rows = _latest_span(parts[parts["characteristic"] == characteristic])
            found.append(
                _breakdown(
                    indicator, str(characteristic), rows, sources_of(rows), selection
                )
            )
        small = own[own["area"].astype(str) != own["authority"].astype(str)]
        if not small.empty:
            small = _latest_span(small)
            rows = _by_deprivation(small, selection)
            sources = (*sources_of(small), *_deprivation_sources(small, selection))
            found.append(_breakdown(indicator, "deprivation", rows, sources, selection))
    return tuple(found)


def _latest_span(rows: pd.DataFrame) -> pd.DataFrame:
    ending: pd.DataFrame = rows[rows["end"] == rows["end"].max()]
    shortest: pd.DataFrame = ending[ending["start"] == ending["start"].max()]
    return shortest


def _by_deprivation(rows: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    deciles = {
        code: a.deprivation_decile for code, a in selection.reference.areas.items()
    }
    decile = rows["area"].astype(str).map(deciles).astype("Int64")
    fifths = rows.assign(group=areas.deprivation_quintile(decile))
    fifths = fifths[fifths["group"].notna()]
    pooled = areas.pool(fifths, "group")
    span = rows[["start", "end", "quarter", "denominator_source"]].iloc[:1]
    groups: pd.DataFrame = pooled.merge(span, how="cross")
    return groups


def _deprivation_sources(rows: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    known = selection.reference.areas
    return each_once(known[code].deprivation_source for code in rows["area"])


def _breakdown(
    indicator: Indicator,
    characteristic: str,
    rows: pd.DataFrame,
    sources: tuple[str, ...],
    selection: Selection,
) -> BreakdownFinding:
    # People whose group is not known belong to no group's denominator.
    counted = rows[rows["denominator"].notna()].reset_index(drop=True)
    known = counted[counted["numerator"].notna()]
    counts = known[["numerator", "denominator"]].sum()
    if indicator.counts_people:
        # The exact sum of the groups would tell, beside the published headline,
        # how few people are in no group.
        everybody = _everybody(indicator, rows, selection)
        counts["numerator"] = max(everybody, counts["numerator"])
    breakdown = diversity.breakdown(
        counted[["group", "numerator", "denominator"]],
        district=counts,
        polarity=indicator.polarity,
        interval=indicator.interval,
        per=indicator.per,
        counts_people=indicator.counts_people,
        methods=selection.methods,
    )
    period = period_labels(rows.head(1))[0]
    unplaced = rows[rows["denominator"].isna()]
    return BreakdownFinding(
        indicator,
        characteristic,
        period,
        breakdown,
        bool((unplaced["numerator"] > 0).any()),
        sources,
        denominators=each_once(counted["denominator_source"]),
        years_old=years_before(rows, selection.quarter),
    )


def _everybody(indicator: Indicator, rows: pd.DataFrame, selection: Selection) -> float:
    """Give the headline's count for the period of a breakdown; 0 without one."""
    whole = headline(selection.observations, indicator.id)
    whole = whole[whole["authority"] == selection.council]
    same = whole["start"].eq(rows["start"].iloc[0]) & whole["end"].eq(
        rows["end"].iloc[0]
    )
    whole = whole[same & whole["numerator"].notna()]
    return float(whole["numerator"].max()) if len(whole) else 0.0
