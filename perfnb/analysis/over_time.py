"""Every indicator of a service over time, with what limits the verdict.

The method knows nothing of registers; here it gets the figures of one
indicator and what the catalogue says of it, and the result stays with the
indicator that it is about.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from perfnb.analysis import trend
from perfnb.analysis.year_to_date import YearToDate, year_to_date
from perfnb.observations import periods_behind, series
from perfnb.registers import Break, Indicator
from perfnb.selection import Selection


@dataclass(frozen=True)
class TrendFinding:
    """What the figures of an indicator say over time.

    Parameters
    ----------
    indicator : Indicator
        What it is about.
    points : pandas.DataFrame
        Every period due, as `perfnb.observations.series` gives them.
    trend : perfnb.analysis.trend.Trend
        The verdict on the figures since the latest break that splits the series.
    breaks : tuple of Break
        Breaks within the points, oldest first.
    behind : int
        Periods due since the last figure.
    so_far, so_far_before : YearToDate or None
        This financial year up to the quarter reported on, and the same quarters
        of the year before; None where a quarter lacks its figure.
    """

    indicator: Indicator
    points: pd.DataFrame
    trend: trend.Trend
    breaks: tuple[Break, ...]
    behind: int
    so_far: YearToDate | None
    so_far_before: YearToDate | None


def trends(selection: Selection) -> tuple[TrendFinding, ...]:
    """Judge every indicator of a service over time.

    A break that splits a series makes what lies before it another series: the
    verdict rests on what came after the latest one.

    Parameters
    ----------
    selection : Selection
        What the report is about.

    Returns
    -------
    tuple of TrendFinding
        One for each indicator, in the order of the register, also for those
        without a figure.
    """
    return tuple(_trend(indicator, selection) for indicator in selection.indicators)


def _trend(indicator: Indicator, selection: Selection) -> TrendFinding:
    points = series(
        selection.observations, indicator, selection.council, selection.quarter
    )
    breaks = _breaks_within(points, selection.catalogue.breaks_of(indicator.id))
    behind = periods_behind(points)
    since = points.iloc[: len(points) - behind]
    splits = [each.start for each in breaks if each.splits]
    if splits:
        since = since[since["start"] >= pd.Timestamp(splits[-1])]
    verdict = trend.xmr(
        since.reset_index(drop=True),
        polarity=indicator.polarity,
        window_months=indicator.window_months,
        frequency=indicator.frequency,
        methods=selection.methods,
        lower_bound=0,
        upper_bound=100 if indicator.is_percentage else None,
    )
    return TrendFinding(
        indicator,
        points,
        verdict,
        breaks,
        behind,
        so_far=_so_far(points, indicator, selection.quarter),
        so_far_before=_so_far(points, indicator, selection.quarter - 4),
    )


def _so_far(
    points: pd.DataFrame, indicator: Indicator, quarter: pd.Period
) -> YearToDate | None:
    if indicator.frequency != "quarterly":
        return None
    return year_to_date(points, quarter, rule=indicator.year_to_date, per=indicator.per)


def _breaks_within(
    points: pd.DataFrame, breaks: tuple[Break, ...]
) -> tuple[Break, ...]:
    if points.empty:
        return ()
    first, last = points["start"].iloc[0].date(), points["end"].iloc[-1].date()
    within = [each for each in breaks if first < each.start <= last]
    return tuple(sorted(within, key=lambda each: each.start))
