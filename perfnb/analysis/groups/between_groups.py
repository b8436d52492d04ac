"""Every breakdown of a service: who fares worse, how unequally, and since when.

Each group against the rest of the district; with it the slope from the most to
the least deprived, how unequal the groups are all together, and how gaps have
changed since the earlier periods held.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd
from scipy import stats

from perfnb.analysis.frames import column, floats
from perfnb.analysis.groups import diversity
from perfnb.analysis.groups.areas import from_most_deprived
from perfnb.analysis.groups.gap_change import GapChange, gap_change
from perfnb.analysis.groups.gaps import BEST, PRIMARY, REST
from perfnb.analysis.groups.gradient import Gradient, gradient
from perfnb.analysis.groups.group_counts import WARD, GroupCounts, group_counts
from perfnb.analysis.groups.inequality_summary import Inequality, inequality
from perfnb.analysis.verdicts import good_side
from perfnb.methods import Methods
from perfnb.registers import Indicator
from perfnb.selection import Selection


@dataclass(frozen=True)
class Since:
    """How the gaps of a breakdown changed since an earlier period.

    Parameters
    ----------
    period : str
        The earlier period.
    breakdown : perfnb.analysis.groups.diversity.Breakdown
        The groups in that period.
    change : perfnb.analysis.groups.gap_change.GapChange
        The verdict on each group.
    same_season : bool
        Whether both periods begin in the same month of their years.
    """

    period: str
    breakdown: diversity.Breakdown
    change: GapChange
    same_season: bool


@dataclass(frozen=True)
class BreakdownFinding:
    """How an indicator differs between the groups of one characteristic.

    Parameters
    ----------
    indicator : Indicator
        What it is about.
    characteristic : str
        Such as ``age``; ``deprivation`` and ``ward`` when small areas were pooled.
    period : str
        The latest period with a breakdown.
    breakdown : perfnb.analysis.groups.diversity.Breakdown
        The verdict on each group, among all comparisons of the service; wards
        with the worst value first.
    to_reference : perfnb.analysis.groups.diversity.Breakdown or None
        Each group against the least deprived, or else the one that fares best;
        None where no side is good.
    gradient : perfnb.analysis.groups.gradient.Gradient or None
        The slope through groups of deprivation; None for other characteristics.
    inequality : perfnb.analysis.groups.inequality_summary.Inequality
        How unequal the groups are all together.
    since : tuple of Since
        The changes since each earlier period that can be compared, oldest first.
    unplaced : bool
        Whether anybody is in none of the groups, such as people whose group is
        not known.
    sources : tuple of str
        Ids of the sources that the figures come from, those of earlier periods
        included.
    denominators : tuple of str
        Ids of the sources of the denominators.
    years_old : int
        Whole years from the end of the period to the quarter reported on.
    """

    indicator: Indicator
    characteristic: str
    period: str
    breakdown: diversity.Breakdown
    to_reference: diversity.Breakdown | None
    gradient: Gradient | None
    inequality: Inequality
    since: tuple[Since, ...]
    unplaced: bool
    sources: tuple[str, ...]
    denominators: tuple[str, ...]
    years_old: int


def breakdowns(selection: Selection) -> tuple[BreakdownFinding, ...]:
    """Compare the groups within the council for every indicator that has them.

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
    found = [
        _finding(periods, selection.methods) for periods in group_counts(selection)
    ]
    judged = diversity.controlled([each.breakdown for each in found], selection.methods)
    return tuple(
        replace(finding, breakdown=breakdown)
        for finding, breakdown in zip(found, judged, strict=True)
    )


def _finding(periods: Sequence[GroupCounts], methods: Methods) -> BreakdownFinding:
    latest = periods[-1]
    breakdown = _breakdown(latest, REST, methods)
    if latest.characteristic == WARD:
        breakdown = _worst_first(breakdown, latest.indicator)
    return BreakdownFinding(
        indicator=latest.indicator,
        characteristic=latest.characteristic,
        period=latest.period,
        breakdown=breakdown,
        to_reference=_to_reference(latest, methods),
        gradient=_gradient(latest, breakdown, methods),
        inequality=_inequality(latest, breakdown, methods),
        since=_since(periods, breakdown, methods),
        unplaced=latest.unplaced,
        sources=tuple(
            dict.fromkeys(source for each in periods[::-1] for source in each.sources)
        ),
        denominators=latest.denominators,
        years_old=latest.years_old,
    )


def _breakdown(
    counts: GroupCounts, reference: str, methods: Methods
) -> diversity.Breakdown:
    indicator = counts.indicator
    return diversity.breakdown(
        counts.groups,
        district=counts.district,
        polarity=indicator.polarity,
        interval=indicator.interval,
        per=indicator.per,
        counts_people=indicator.counts_people,
        methods=methods,
        reference=reference,
    )


def _worst_first(
    breakdown: diversity.Breakdown, indicator: Indicator
) -> diversity.Breakdown:
    # Of what is shown alone: the place of a hidden group would tell its size.
    groups = breakdown.groups.sort_values(
        ["value", "group"], ascending=[good_side(indicator.polarity) > 0, True]
    )
    return replace(breakdown, groups=groups.reset_index(drop=True))


def _to_reference(counts: GroupCounts, methods: Methods) -> diversity.Breakdown | None:
    ordered = from_most_deprived(counts.groups["group"])
    if ordered:
        return _breakdown(counts, ordered[-1], methods)
    if good_side(counts.indicator.polarity) == 0:
        return None
    return _breakdown(counts, BEST, methods)


def _gradient(
    counts: GroupCounts, breakdown: diversity.Breakdown, methods: Methods
) -> Gradient | None:
    if not from_most_deprived(counts.groups["group"]):
        return None
    indicator = counts.indicator
    return gradient(
        breakdown.groups,
        polarity=indicator.polarity,
        interval=indicator.interval,
        per=indicator.per,
        slack=diversity.slack(indicator.counts_people, methods),
        methods=methods,
    )


def _inequality(
    counts: GroupCounts, breakdown: diversity.Breakdown, methods: Methods
) -> Inequality:
    shown = breakdown.groups
    reach = 2 * stats.norm.ppf((1 + methods.confidence) / 2)
    error = (floats(shown["upper_ci"]) - floats(shown["lower_ci"])) / reach
    return inequality(
        pd.DataFrame(
            {
                "group": shown["group"],
                "value": shown["value"],
                "standard_error": column(error),
                "population": shown["denominator"],
            }
        ),
        good=good_side(counts.indicator.polarity),
        confidence=methods.confidence,
        ordered=from_most_deprived(shown["group"]) is not None,
    )


def _since(
    periods: Sequence[GroupCounts], now: diversity.Breakdown, methods: Methods
) -> tuple[Since, ...]:
    *earlier, latest = periods
    indicator = latest.indicator
    if indicator.interval not in PRIMARY:
        return ()
    found = []
    for counts in earlier:
        before = _breakdown(counts, REST, methods)
        change = gap_change(
            now.groups,
            before.groups,
            now_from=latest.start,
            before_to=counts.end,
            interval=indicator.interval,
            per=indicator.per,
            slack=diversity.slack(indicator.counts_people, methods),
            methods=methods,
        )
        season = counts.start.month == latest.start.month
        found.append(Since(counts.period, before, change, season))
    return tuple(found)
