"""Where each indicator of a service will end the year, and how far to trust it.

The forecast of this year is made as earlier ones ask for: the council and some
of its peers are looked back on, and what proved no better than repeating last
year's figures is not used. How an indicator stands today is told elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from perfnb.analysis.forecasting.backtest import LAST_YEAR, backtest
from perfnb.analysis.forecasting.calibration import Setting
from perfnb.analysis.forecasting.histories import YearRule, history, to_date, year_value
from perfnb.analysis.forecasting.model_choice import CHOSEN
from perfnb.analysis.forecasting.outturn import (
    Outturn,
    chance_of_missing,
    expectation,
    outturn,
)
from perfnb.analysis.forecasting.track_record import TrackRecord, track_record
from perfnb.analysis.forecasting.year_end import FORECAST
from perfnb.analysis.frames import Floats
from perfnb.analysis.targets import in_force
from perfnb.breaks import Break
from perfnb.observations import headline, periods_behind, series, sources_of
from perfnb.quarters import Span
from perfnb.registers import Indicator, Target
from perfnb.selection import Selection


@dataclass(frozen=True)
class OutlookFinding:
    """Where an indicator will end the year.

    Parameters
    ----------
    indicator : Indicator
        What it is about.
    points : pandas.DataFrame
        Every period due, as `perfnb.observations.series` gives them.
    outturn : Outturn
        The forecast, or why there is none.
    setting : Setting
        How earlier forecasts ask it to be made.
    record : TrackRecord
        How good earlier forecasts were.
    councils : tuple of str
        GSS codes of those whose earlier forecasts were looked back on.
    past : pandas.DataFrame
        A row a year before this one whose outturn is known and comparable: `year`
        (in which it ends), `value` [indicator's unit].
    course_before : numpy.ndarray
        Last year's figures put together quarter by quarter [indicator's unit];
        empty where a year has one figure or last year's are not comparable.
    target : Target or None
        For the whole of this year.
    chance : float or None
        That the year ends beyond it [share].
    expectation : str
        'likely to be missed', 'likely to be met', 'could go either way' or 'not
        judged'.
    breaks : tuple of Break
        Breaks that split the series.
    behind : int
        Periods due since the last figure.
    """

    indicator: Indicator
    points: pd.DataFrame
    outturn: Outturn
    setting: Setting
    record: TrackRecord
    councils: tuple[str, ...]
    past: pd.DataFrame
    course_before: Floats
    target: Target | None
    chance: float | None
    expectation: str
    breaks: tuple[Break, ...]
    behind: int

    @property
    def is_forecast(self) -> bool:
        """Whether the year's end could be forecast."""
        return self.outturn.standing == FORECAST

    @property
    def stage(self) -> pd.Series | None:
        """What is known of earlier forecasts made at this point of the year."""
        stages = self.record.stages
        same = stages[stages["known"] == self.outturn.known]
        return None if same.empty else same.iloc[0]

    @property
    def last_year(self) -> float | None:
        """Outturn of the year before; None where it is not known or comparable."""
        year = int(self.outturn.year[:4])
        found = self.past.loc[self.past["year"] == year, "value"]
        return None if found.empty else float(found.iloc[0])

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the sources that the council's figures come from."""
        named = sources_of(self.points)
        target = self.target.source if self.target else ""
        return tuple(dict.fromkeys([*named, *([target] if target else [])]))


def outlooks(selection: Selection) -> tuple[OutlookFinding, ...]:
    """Forecast the year's end of every indicator of a service.

    Parameters
    ----------
    selection : Selection
        What the report is about.

    Returns
    -------
    tuple of OutlookFinding
        One for each indicator, in the order of the register, also for those that
        cannot be forecast.
    """
    return tuple(_outlook(indicator, selection) for indicator in selection.indicators)


def outturns(findings: Iterable[OutlookFinding]) -> dict[str, Outturn]:
    """Give where each indicator ends the year, by its id, for tests of targets."""
    return {finding.indicator.id: finding.outturn for finding in findings}


def year_rule(indicator: Indicator) -> YearRule:
    """Say how the figures of an indicator make a year.

    No indicator of the register falls below nought.
    """
    return YearRule(
        frequency=indicator.frequency,
        window_months=indicator.window_months,
        year_to_date=indicator.year_to_date,
        per=indicator.per,
        lower_bound=0,
        upper_bound=100 if indicator.is_percentage else None,
    )


def looked_back_on(indicator: Indicator, selection: Selection) -> tuple[str, ...]:
    """Choose the councils whose earlier forecasts are made again.

    Parameters
    ----------
    indicator : Indicator
        What is forecast.
    selection : Selection
        What the report is about.

    Returns
    -------
    tuple of str
        GSS codes: the council itself, then its groups of peers, the smallest
        first, up to `backtest_councils` with figures. Of a group that is larger
        than what is left, councils are taken evenly through its list.
    """
    rows = headline(selection.observations, indicator.id)
    held = set(rows.loc[rows["value"].notna(), "authority"].astype(str))
    names = selection.catalogue.peer_groups_for(selection.service.id)
    groups = [selection.catalogue.peers_of(name) for name in names]
    chosen = [selection.council] if selection.council in held else []
    for group in sorted(groups, key=len):
        new = [code for code in group if code in held and code not in chosen]
        chosen += _evenly(new, selection.methods.backtest_councils - len(chosen))
    return tuple(chosen)


def _evenly(codes: Sequence[str], n: int) -> list[str]:
    if len(codes) <= n:
        return list(codes)
    places = np.linspace(0, len(codes) - 1, max(n, 0)).round().astype(int)
    return [codes[place] for place in places]


def _outlook(indicator: Indicator, selection: Selection) -> OutlookFinding:
    rule, methods = year_rule(indicator), selection.methods
    quarter = selection.quarter
    breaks = tuple(b for b in selection.catalogue.breaks_of(indicator.id) if b.splits)
    splits = [each.start for each in breaks]
    councils = looked_back_on(indicator, selection)
    points = series(selection.observations, indicator, selection.council, quarter)
    all_points = {
        code: series(selection.observations, indicator, code, quarter)
        for code in councils
    }
    held = {code: rows for code, rows in all_points.items() if len(rows)}
    record = track_record(
        backtest(held, rule, methods, splits=splits), indicator.polarity, methods
    )
    first = outturn(points, quarter, rule, methods, splits=splits)
    learnt = record.settings[min(first.known, rule.season - 1)]
    # Where too few figures are held to repeat last year's, the model stays.
    models = [LAST_YEAR, CHOSEN] if learnt.repeats else [CHOSEN]
    made = [
        outturn(
            points,
            quarter,
            rule,
            methods,
            splits=splits,
            model=model,
            stretch=learnt.stretch,
        )
        for model in models
    ]
    found = next((each for each in made if each.standing == FORECAST), made[-1])
    target = _target(indicator, selection)
    chance = _chance(found, target, indicator)
    return OutlookFinding(
        indicator=indicator,
        points=points,
        outturn=found,
        setting=learnt,
        record=record,
        councils=tuple(held),
        past=_past(points, rule, splits, quarter),
        course_before=_course_before(points, rule, splits, quarter),
        target=target,
        chance=chance,
        expectation=expectation(chance, methods),
        breaks=breaks,
        behind=periods_behind(points),
    )


def _target(indicator: Indicator, selection: Selection) -> Target | None:
    year = selection.quarter.asfreq("Y-MAR")
    span = Span(year.start_time.date(), year.end_time.date())
    targets = selection.catalogue.targets_of(indicator.id)
    return in_force(targets, span.start, span.end, indicator)


def _chance(
    found: Outturn, target: Target | None, indicator: Indicator
) -> float | None:
    if target is None:
        return None
    return chance_of_missing(
        found,
        indicator.polarity,
        value=target.value,
        low=target.low,
        high=target.high,
    )


def _course_before(
    points: pd.DataFrame, rule: YearRule, splits: Sequence[date], quarter: pd.Period
) -> Floats:
    known = history(points, rule, splits)
    start = (quarter.qyear - 1) * rule.season
    if not rule.adds_up or known.split_within(start, start + 2 * rule.season):
        return np.empty(0)
    return to_date(known.part(start, start + rule.season), rule)


def _past(
    points: pd.DataFrame, rule: YearRule, splits: Sequence[date], quarter: pd.Period
) -> pd.DataFrame:
    """Give the outturns of earlier years since the series was last split."""
    known = history(points, rule, splits)
    start = max([known.first, *known.splits])
    first = -(-start // rule.season)
    years = [
        (year, value)
        for year in range(first, quarter.qyear)
        if np.isfinite(value := year_value(known, year, rule))
    ]
    return pd.DataFrame(years, columns=["year", "value"])
