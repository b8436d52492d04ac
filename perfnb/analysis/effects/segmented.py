"""A series cut in two at an action: which figures lie before, which after.

A figure counts as before when its period ended before the action, and as after
when its period began on the day of the action or later. A period that holds both
belongs to neither, nor do the periods of phasing in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from perfnb.analysis.frames import Flags, Floats, Ints, Objects
from perfnb.analysis.segments import steps
from perfnb.errors import PerfnbError

MONTHS = 12

CHANGES = ("level and slope", "level")


@dataclass(frozen=True)
class Action:
    """Something that was done and that figures may have answered to.

    Attributes
    ----------
    start : datetime.date
        The day from which it could work.
    phase_in : int
        Whole periods after it that are left out, while it came into force.
    alarm : datetime.date or None
        A day of the period whose bad figure led to the action, if one did. That
        figure was chosen for being bad and proves nothing about what went before,
        so it is left out.
    change : {'level and slope', 'level'}
        What it is expected to change, said before looking at the figures.
    """

    start: date
    phase_in: int = 0
    alarm: date | None = None
    change: str = "level and slope"


@dataclass(frozen=True)
class Halves:
    """The figures of a series before and after an action.

    Attributes
    ----------
    role : numpy.ndarray
        Of every row 'before', 'alarm', 'phase-in', 'after', or 'other series'
        (parted from the action by a break).
    time : numpy.ndarray
        Of every row [periods since the first row].
    start : int
        When the first figure after stands, from which changes are counted.
    confounded : bool
        Whether the measurement changed between the last figure before and the
        first one after.
    """

    role: Objects
    time: Ints
    start: int
    confounded: bool


def halves(
    points: pd.DataFrame, action: Action, breaks: Sequence[date], frequency: str
) -> Halves:
    """Say which figures lie before an action and which after.

    Parameters
    ----------
    points : pandas.DataFrame
        One row a period, oldest first: `start`, `end` [datetime64], `value`
        [missing allowed], as `perfnb.analysis.segments.check_periods` asks.
    action : Action
    breaks : sequence of datetime.date
        First days of figures that are made differently from those before. Only
        the figures between the breaks on either side of the action are kept.
    frequency : {'quarterly', 'annual', 'rolling', 'snapshot'}

    Returns
    -------
    Halves

    Raises
    ------
    PerfnbError
        When the action phases in over fewer than 0 periods, is expected to
        change something unknown, or followed an alarm that no period before it
        covers.

    Examples
    --------
    >>> quarters = pd.period_range("2024Q1", periods=5, freq="Q-MAR")
    >>> points = pd.DataFrame({"start": quarters.start_time,
    ...     "end": quarters.end_time.normalize(), "value": 1.0})
    >>> halves(points, Action(date(2023, 11, 1)), (), "quarterly").role.tolist()
    ['before', 'before', 'phase-in', 'after', 'after']
    """
    _check(action)
    start, day = points["start"], pd.Timestamp(action.start)
    time = np.cumsum(steps(points, frequency)) - 1
    role = np.full(len(points), "phase-in", dtype=object)
    role[(points["end"] < day).to_numpy()] = "before"
    since = np.flatnonzero((start >= day).to_numpy())
    if len(since):
        role[since[time[since] >= time[since[0]] + action.phase_in]] = "after"
    if action.alarm is not None:
        role[_alarm(points, role, action.alarm)] = "alarm"
    known = points["value"].notna().to_numpy()
    before = start[known & (role == "before")]
    after = start[known & (role == "after")]
    first = int(time[known & (role == "after")][0]) if len(after) else 0
    confounded = False
    if len(before) and len(after):
        days = pd.DatetimeIndex([pd.Timestamp(each) for each in breaks])
        confounded = bool(((days > before.iloc[-1]) & (days <= after.iloc[0])).any())
        role[_beyond(start, days, before.iloc[-1], after.iloc[0])] = "other series"
    return Halves(role, time, first, confounded)


def design(
    time: Ints,
    start: int,
    *,
    slope: bool = True,
    origin: int | None = None,
    seasons: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Lay out the terms of a segmented regression.

    Parameters
    ----------
    time : numpy.ndarray
        When each figure stands [periods].
    start : int
        When the first figure after the action stands.
    slope : bool
        Whether the slope may change too, or only the level.
    origin : int, optional
        From when the change of slope is counted; by default from `start`, so
        that the change of level is the one at the first figure after.
    seasons : pandas.DataFrame, optional
        Further terms, as `seasonal_terms` gives them.

    Returns
    -------
    pandas.DataFrame
        One row a figure: `intercept`, `time`, `level` (0 before, 1 after),
        `slope` (0 before, then periods since `origin`), and the seasons.

    References
    ----------
    Wagner AK, Soumerai SB, Zhang F, Ross-Degnan D (2002) J Clin Pharm Ther
    27:299. Lopez Bernal J, Cummins S, Gasparrini A (2017, corrected) Int J
    Epidemiol 46:348.

    Examples
    --------
    >>> design(np.arange(4), 2)["slope"].tolist()
    [0.0, 0.0, 0.0, 1.0]
    """
    after = time >= start
    terms = {"intercept": np.ones(len(time)), "time": time, "level": after}
    if slope:
        terms["slope"] = after * (time - (start if origin is None else origin))
    laid_out = pd.DataFrame(terms).astype(float)
    if seasons is None:
        return laid_out
    return pd.concat([laid_out, seasons.set_axis(laid_out.index)], axis=1)


def season_length(points: pd.DataFrame, frequency: str) -> int:
    """Say how many periods make a year; 1 where figures have no season.

    Examples
    --------
    >>> quarters = pd.period_range("2024Q1", periods=5, freq="Q-MAR")
    >>> season_length(pd.DataFrame({"start": quarters.start_time}), "quarterly")
    4
    """
    months = np.diff(points["start"].dt.year * MONTHS + points["start"].dt.month)
    apart = months / np.maximum(steps(points, frequency)[1:], 1)
    usual = float(np.median(apart)) if len(apart) else 0.0
    return {1: 12, 3: 4, 6: 2}.get(round(usual), 1)


def seasonal_terms(months: Ints, season: int, harmonics: int = 2) -> pd.DataFrame:
    """Give the terms that let a line differ by time of year.

    Parameters
    ----------
    months : numpy.ndarray
        Calendar month in which each figure's period starts [1 to 12].
    season : int
        Periods in a year. Up to four have a level each against the first;
        twelve share waves of a year and its fractions, which takes fewer terms.
    harmonics : int
        Waves of the latter.

    Returns
    -------
    pandas.DataFrame
        One row a figure. Without columns when figures have no season.

    References
    ----------
    Waves: Lopez Bernal J, Cummins S, Gasparrini A (2017) Int J Epidemiol 46:348.

    Examples
    --------
    >>> seasonal_terms(np.array([4, 7, 10, 1]), 4).columns.tolist()
    ['from month 4', 'from month 7', 'from month 10']
    """
    if season == MONTHS:
        angle: Floats = 2 * np.pi * months / MONTHS
        waves = {"sin": np.sin, "cos": np.cos}
        return pd.DataFrame(
            {
                f"{name}{k}": wave(k * angle)
                for name, wave in waves.items()
                for k in range(1, harmonics + 1)
            }
        )
    kinds = np.unique(months)[1:] if season > 1 else months[:0]
    levels = {f"from month {month}": months == month for month in kinds}
    return pd.DataFrame(levels, index=range(len(months))).astype(float)


def _beyond(
    start: pd.Series,
    breaks: pd.DatetimeIndex,
    before: pd.Timestamp,
    after: pd.Timestamp,
) -> Flags:
    earlier, later = breaks[breaks <= before], breaks[breaks > after]
    far = np.zeros(len(start), dtype=np.bool_)
    if len(earlier):
        far |= (start < earlier.max()).to_numpy()
    if len(later):
        far |= (start >= later.min()).to_numpy()
    return far


def _alarm(points: pd.DataFrame, role: Objects, alarm: date) -> Flags:
    day = pd.Timestamp(alarm)
    covers = ((points["start"] <= day) & (points["end"] >= day)).to_numpy()
    found: Flags = covers & (role == "before")
    if not found.any():
        message = f"No period before the action covers the alarm of {day:%d/%m/%Y}."
        raise PerfnbError(message)
    return found


def _check(action: Action) -> None:
    if action.phase_in < 0:
        message = f"An action cannot phase in over {action.phase_in} periods."
        raise PerfnbError(message)
    if action.change not in CHANGES:
        known = ", ".join(CHANGES)
        message = f"'{action.change}' is no change to expect; known are {known}."
        raise PerfnbError(message)
