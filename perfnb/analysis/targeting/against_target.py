"""Every indicator of a service against its target: how it stands, and since when.

The status of today and the outlook for the year are two things. Here is the
status; what a forecast makes of the year's target stands beside it, never in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from perfnb.analysis.attainment import JUDGED, Attainment
from perfnb.analysis.change import over_time
from perfnb.analysis.change.over_time import TrendFinding
from perfnb.analysis.forecasting import outlook
from perfnb.analysis.forecasting.outturn import Outturn, chance_of_missing, expectation
from perfnb.analysis.targeting.challenge import Challenge
from perfnb.analysis.targeting.challenged_targets import challenged
from perfnb.analysis.targeting.direction import Direction, long, short
from perfnb.analysis.targeting.profile import (
    Profile,
    financial_year,
    is_to_date,
    profile,
)
from perfnb.analysis.targeting.target_history import History, history
from perfnb.analysis.targets import in_force
from perfnb.registers import Indicator, Target
from perfnb.selection import Selection

BY_CHOICE, CONTEXT, MISSING = "no target by choice", "context", "no target"
NOT_DUE, NO_FIGURE = "not due", "no figure"


@dataclass(frozen=True)
class TargetFinding:
    """How an indicator stands against its target.

    Parameters
    ----------
    indicator : Indicator
        What it is about.
    status : str
        'met', 'close', 'not met'; 'not due' (a target for the year and none for
        this part of it), 'no figure' (a target and no figure at all), 'no target'
        (none for the latest figure), 'no target by choice' (the register says
        why), 'context' (neither more nor less is good, and no target) or 'no good
        side'.
    history : History
        Every period that is judged: single figures, or the year to date where
        the target has steps within the year or quarters add up.
    profile : Profile or None
        The steps of the year, where `history` is the year to date.
    short, long : Direction
        The latest single figure beside that of the period before and of the same
        period a year before.
    trend : TrendFinding
        The verdict on the series, which those two comparisons cannot give.
    choice : Target or None
        The row of the register that says that there is no target, and why.
    year_target : Target or None
        The target for the financial year reported on.
    challenge : Challenge or None
        The test of that target, or of the latest figure's where the year has
        none; None without a target.
    outturn : Outturn or None
        Where a forecast sees the year end; None when none was asked for.
    chance : float or None
        Of missing the target for the year [share]; None where it cannot be told.
    expectation : str
        What that amounts to (`perfnb.analysis.forecasting.outturn.expectation`).
    """

    indicator: Indicator
    status: str
    history: History
    profile: Profile | None
    short: Direction
    long: Direction
    trend: TrendFinding
    choice: Target | None
    year_target: Target | None
    challenge: Challenge | None
    outturn: Outturn | None
    chance: float | None
    expectation: str

    @property
    def latest(self) -> Attainment | None:
        """The latest figure beside its target; None without a figure."""
        return self.history.latest

    @property
    def period(self) -> str:
        """The period of that figure, or ''."""
        return self.history.period

    @property
    def is_judged(self) -> bool:
        """Whether the latest figure was held against a target."""
        return self.status in JUDGED


def against_targets(
    selection: Selection,
    peer_group: str,
    outturns: Mapping[str, Outturn] | None = None,
) -> tuple[TargetFinding, ...]:
    """Judge every indicator of a service by its target.

    Parameters
    ----------
    selection : Selection
        What the report is about.
    peer_group : str
        The group of peers that a target is tested against first.
    outturns : mapping of str to Outturn, optional
        By id of the indicator: where a forecast sees the financial year end.
        Made here when they are not given (`perfnb.analysis.forecasting.outlook`).

    Returns
    -------
    tuple of TargetFinding
        One for each indicator, also for those without a target or a figure.
    """
    known = outturns
    if known is None:
        known = outlook.outturns(outlook.outlooks(selection))
    return tuple(
        _against_target(found, selection, peer_group, known.get(found.indicator.id))
        for found in over_time.trends(selection)
    )


def _against_target(
    found: TrendFinding,
    selection: Selection,
    peer_group: str,
    outturn: Outturn | None,
) -> TargetFinding:
    indicator = found.indicator
    targets = selection.catalogue.targets_of(indicator.id)
    steps = None
    if _in_steps(indicator, targets):
        steps = profile(found.points, targets, indicator, selection.methods)
        judged = steps.history
    else:
        judged = history(found.points, targets, indicator, selection.methods)
    year = financial_year(selection.quarter.end_time)
    year_target = in_force(targets, year.start, year.end, indicator)
    choice = _choice(targets, selection)
    goal = year_target or (judged.latest.target if judged.latest else None)
    test = None
    if goal is not None:
        seen = outturn if goal == year_target else None
        test = challenged(goal, found, selection, peer_group, seen)
    chance = _chance(outturn, year_target, indicator)
    return TargetFinding(
        indicator,
        status=_status(indicator, judged, steps, targets, choice),
        history=judged,
        profile=steps,
        short=_direction(short, found, judged),
        long=_direction(long, found, judged),
        trend=found,
        choice=choice,
        year_target=year_target,
        challenge=test,
        outturn=outturn,
        chance=chance,
        expectation=expectation(chance, selection.methods),
    )


def _chance(
    outturn: Outturn | None, target: Target | None, indicator: Indicator
) -> float | None:
    if outturn is None or target is None:
        return None
    return chance_of_missing(
        outturn,
        indicator.polarity,
        value=target.value,
        low=target.low,
        high=target.high,
    )


def _in_steps(indicator: Indicator, targets: Sequence[Target]) -> bool:
    levels = [t for t in targets if t.is_headline and t.kind == "level"]
    to_date = [t for t in levels if is_to_date(t, indicator)]
    if indicator.year_to_date == "sum":
        return bool(to_date)
    return any(t.span.months < 12 for t in to_date)


def _status(
    indicator: Indicator,
    judged: History,
    steps: Profile | None,
    targets: Sequence[Target],
    choice: Target | None,
) -> str:
    latest = judged.latest
    if latest is not None and latest.status != MISSING:
        return latest.status
    if choice is not None:
        return BY_CHOICE
    levels = [t for t in targets if t.is_headline and t.kind == "level"]
    if not levels and (indicator.kind == "context" or indicator.polarity == "neutral"):
        return CONTEXT
    if steps is not None and steps.year_target is not None:
        return NOT_DUE
    return NO_FIGURE if levels and latest is None else MISSING


def _choice(targets: Sequence[Target], selection: Selection) -> Target | None:
    """Find the row that says that there is no target for the year reported on."""
    day = selection.quarter.end_time.date()
    chosen = [
        target
        for target in targets
        if target.kind == "none"
        and target.is_headline
        and target.span.start <= day <= target.span.end
    ]
    return chosen[0] if chosen else None


def _direction(
    compare: Callable[..., Direction], found: TrendFinding, judged: History
) -> Direction:
    indicator, latest = found.indicator, judged.latest
    goal = latest.target if latest is not None else None
    ideal = (indicator.ideal_low, indicator.ideal_high)
    if goal is not None and goal.value is None:
        ideal = (goal.low, goal.high)
    low, high = ideal
    known = found.points["value"].notna().to_numpy().nonzero()[0]
    return compare(
        found.points.iloc[: int(known[-1]) + 1 if len(known) else 0],
        polarity=indicator.polarity,
        decimals=indicator.decimals,
        ideal=None if low is None or high is None else (low, high),
    )
