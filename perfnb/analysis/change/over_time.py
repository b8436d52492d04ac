"""Every indicator of a service over time, with what limits the verdict.

The methods know nothing of registers; here they get the figures of one
indicator and what the catalogue says of it, and the results stay with the
indicator that they are about.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypedDict, TypeVar

import pandas as pd

from perfnb.analysis.change import (
    assurance,
    count_charts,
    seasonality,
    slope,
    trend,
    year_on_year,
)
from perfnb.analysis.change.eras import JUDGED, Start
from perfnb.analysis.change.year_to_date import YearToDate, year_to_date
from perfnb.analysis.targets import in_force
from perfnb.breaks import Break, Rebase, definition_version
from perfnb.observations import periods_behind, series
from perfnb.registers import Indicator, Target
from perfnb.selection import Selection

Dated = TypeVar("Dated", Break, Rebase)

_COUNTED_AS = {"wilson": "p'", "byar": "u'"}


class _Form(TypedDict):
    window_months: int
    frequency: str


@dataclass(frozen=True)
class TrendFinding:
    """What the figures of an indicator say over time.

    Parameters
    ----------
    indicator : Indicator
        What it is about.
    points : pandas.DataFrame
        Every period due, as `perfnb.observations.series` gives them.
    trend : perfnb.analysis.change.trend.Trend
        The verdict; its limits start anew at every break that splits the series
        and at every rebase.
    breaks : tuple of Break
        Breaks within the points, oldest first.
    rebases : tuple of Rebase
        Rebases within the points, oldest first.
    versions : tuple of int
        For each row of `points` the version of the definition.
    behind : int
        Periods due since the last figure.
    targets : tuple of Target or None
        For each row of `points` the district's target for its period.
    target : Target or None
        That of the latest figure.
    assurance : perfnb.analysis.change.assurance.Assurance
        What the limits say of that target.
    year_on_year, seasonality, slope
        As their modules give them, of the figures since the last break that
        splits the series; a rebase does not cut them off, since it changes what
        is expected and not what is measured.
    counted : perfnb.analysis.change.count_charts.CountChart or None
        A second opinion from the counts, where they are held.
    so_far, so_far_before : YearToDate or None
        This financial year up to the quarter reported on, and the same quarters
        of the year before; None where a quarter lacks its figure.
    """

    indicator: Indicator
    points: pd.DataFrame
    trend: trend.Trend
    breaks: tuple[Break, ...]
    rebases: tuple[Rebase, ...]
    versions: tuple[int, ...]
    behind: int
    targets: tuple[Target | None, ...]
    target: Target | None
    assurance: assurance.Assurance
    year_on_year: year_on_year.YearOnYear
    seasonality: seasonality.Seasonality
    slope: slope.Slope
    counted: count_charts.CountChart | None
    so_far: YearToDate | None
    so_far_before: YearToDate | None

    @property
    def comparable(self) -> pd.DataFrame:
        """The points up to the latest figure since the last break that splits."""
        return since_split(self.points, self.breaks, self.behind)


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


def judged(
    indicator: Indicator,
    points: pd.DataFrame,
    selection: Selection,
) -> TrendFinding:
    """Judge the figures of one indicator.

    Parameters
    ----------
    indicator : Indicator
        What they are of.
    points : pandas.DataFrame
        Every period due, as `perfnb.observations.series` gives them.
    selection : Selection
        Its catalogue for breaks, rebases and targets, its house rules.
    """
    catalogue, methods = selection.catalogue, selection.methods
    breaks = _within(points, catalogue.breaks_of(indicator.id))
    rebases = catalogue.rebases_of(indicator.id)
    behind = periods_behind(points)
    since = since_split(points, breaks, behind)
    form = _Form(window_months=indicator.window_months, frequency=indicator.frequency)
    found = trend.xmr(
        points.iloc[: len(points) - behind],
        polarity=indicator.polarity,
        methods=methods,
        lower_bound=0,
        upper_bound=100 if indicator.is_percentage else None,
        starts=[
            *(Start(each.start) for each in breaks if each.splits),
            *(Start(each.start, each.baseline_points) for each in rebases),
        ],
        **form,
    )
    seasons = seasonality.seasonality(since, methods=methods, **form)
    targets = _targets(points, indicator, catalogue.targets_of(indicator.id))
    target = targets[len(points) - behind - 1] if found.latest else None
    return TrendFinding(
        indicator=indicator,
        points=points,
        trend=found,
        breaks=breaks,
        rebases=_within(points, rebases),
        versions=tuple(
            definition_version(catalogue.breaks_of(indicator.id), start.date())
            for start in points["start"]
        ),
        behind=behind,
        targets=targets,
        target=target,
        assurance=assurance.assurance(
            found.era, polarity=indicator.polarity, **_aim(target)
        ),
        year_on_year=year_on_year.year_on_year(
            since, polarity=indicator.polarity, **form
        ),
        seasonality=seasons,
        slope=slope.slope(
            since,
            polarity=indicator.polarity,
            methods=methods,
            seasonal=seasons.is_seasonal,
            **form,
        ),
        counted=_counted(found, indicator, selection),
        so_far=_so_far(points, indicator, selection.quarter),
        so_far_before=_so_far(points, indicator, selection.quarter - 4),
    )


def since_split(
    points: pd.DataFrame, breaks: Iterable[Break], behind: int
) -> pd.DataFrame:
    """Keep the points up to the latest figure since the last break that splits.

    Parameters
    ----------
    points : pandas.DataFrame
        As `perfnb.observations.series` gives them.
    breaks : iterable of Break
        Breaks within the points, oldest first.
    behind : int
        Periods due since the last figure.
    """
    since = points.iloc[: len(points) - behind]
    splits = [each.start for each in breaks if each.splits]
    if splits:
        since = since[since["start"] >= pd.Timestamp(splits[-1])]
    return since.reset_index(drop=True)


def _trend(indicator: Indicator, selection: Selection) -> TrendFinding:
    points = series(
        selection.observations, indicator, selection.council, selection.quarter
    )
    return judged(indicator, points, selection)


def _targets(
    points: pd.DataFrame, indicator: Indicator, targets: tuple[Target, ...]
) -> tuple[Target | None, ...]:
    return tuple(
        in_force(targets, start.date(), end.date(), indicator)
        for start, end in zip(points["start"], points["end"], strict=True)
    )


def _aim(target: Target | None) -> dict[str, float | None]:
    if target is None:
        return {}
    return {"target": target.value, "low": target.low, "high": target.high}


def _counted(
    found: trend.Trend, indicator: Indicator, selection: Selection
) -> count_charts.CountChart | None:
    kind = _COUNTED_AS.get(indicator.interval)
    if kind is None or found.standing not in JUDGED:
        return None
    counts = found.points[["numerator", "denominator"]]
    if not counts.notna().all(axis="columns").any():
        return None
    return count_charts.count_chart(
        found.points.rename(columns={"era": "part"}),
        kind=kind,
        methods=selection.methods,
        multiplier=indicator.per or 1.0,
    )


def _so_far(
    points: pd.DataFrame, indicator: Indicator, quarter: pd.Period
) -> YearToDate | None:
    if indicator.frequency != "quarterly":
        return None
    return year_to_date(points, quarter, rule=indicator.year_to_date, per=indicator.per)


def _within(points: pd.DataFrame, dated: tuple[Dated, ...]) -> tuple[Dated, ...]:
    if points.empty:
        return ()
    first, last = points["start"].iloc[0].date(), points["end"].iloc[-1].date()
    within = [each for each in dated if first < each.start <= last]
    return tuple(sorted(within, key=lambda each: each.start))
