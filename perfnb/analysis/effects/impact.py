"""Did figures take another course after an action? An interrupted time series.

The course before is drawn on as if nothing had been done, and what came after is
set against it. That figures changed after an action never proves that they
changed because of it; the cautions of a result say why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from perfnb.analysis.effects import impact_words as words
from perfnb.analysis.effects.course import LINES, Course, course
from perfnb.analysis.effects.estimates import Estimate
from perfnb.analysis.effects.segmented import Action, Halves, halves
from perfnb.analysis.frames import Flags, Objects, column, floats, require
from perfnb.analysis.intervals import require_interval
from perfnb.analysis.segments import check_periods
from perfnb.analysis.verdicts import good_side, verdict
from perfnb.errors import PerfnbError
from perfnb.methods import Methods

AFTER = {
    "better": "improved after",
    "worse": "worsened after",
    "different": "changed after",
    "no clear difference": "no clear change",
}


@dataclass(frozen=True)
class Impact:
    """What a series did after an action.

    Attributes
    ----------
    points : pandas.DataFrame
        The rows given, with `role` ('before', 'alarm', 'phase-in', 'after' or
        'other series'), `fitted`, `counterfactual` (the earlier course drawn
        on), `lower_ci` and `upper_ci` (of the counterfactual) [indicator's
        unit; missing where nothing is fitted or drawn on].
    n_before, n_after : int
        Figures fitted.
    n_left_out : int
        Periods from the first to the last figure fitted that are not fitted:
        without a figure, phasing in, or the alarm.
    course : perfnb.analysis.effects.course.Course or None
        The line with the change of level and of slope, the effect on average and
        at the latest figure, and what is left over; None when none is fitted.
    verdict : str
        'improved after', 'worsened after', 'changed after' (no side is good),
        'mixed after' (first one way, then the other), 'no clear change', 'too few
        points', 'too few events', 'overlapping windows', 'confounded by a break'
        or 'impossible course'.
    reason : str
        Why the verdict is what it is, in a sentence.
    cautions : tuple of str
        What may not be concluded, in sentences.
    method : str
        Method and source in words.
    """

    points: pd.DataFrame
    n_before: int
    n_after: int
    n_left_out: int
    course: Course | None
    verdict: str
    reason: str
    cautions: tuple[str, ...]
    method: str


def interrupted_series(
    points: pd.DataFrame,
    *,
    action: Action,
    polarity: str,
    window_months: int | None,
    frequency: str,
    interval: str,
    per: float | None,
    methods: Methods,
    breaks: Sequence[date] = (),
    lower_bound: float | None = None,
    upper_bound: float | None = None,
) -> Impact:
    """Say whether figures took another course after an action.

    Parameters
    ----------
    points : pandas.DataFrame
        One row per period of one series, oldest first: `start`, `end`
        [datetime64], `value` [indicator's unit, missing allowed]; of events also
        `numerator` and `denominator` [counts].
    action : Action
        When it began, how long it phased in, whether an alarm led to it.
    polarity : {'maximise', 'minimise', 'midpoint', 'range', 'neutral'}
        Which way is better; with the last three no side is good.
    window_months, frequency
        As in `perfnb.analysis.change.trend.xmr`.
    interval : {'wilson', 'byar', 'none'}
        What the figures are: events ('byar') are fitted as counts, all others
        by least squares.
    per : float or None
        Of events: value = numerator / denominator * per.
    methods : Methods
        House rules.
    breaks : sequence of datetime.date
        First days of figures made differently from those before them.
    lower_bound, upper_bound : float, optional
        Values beyond which there is nothing (0 and 100 for a percentage).

    Returns
    -------
    Impact

    Raises
    ------
    PerfnbError
        As `perfnb.analysis.change.trend.xmr`, and when the interval is unknown, events
        lack counts or `per`, or the action's alarm lies in no period before it.

    References
    ----------
    Wagner AK, Soumerai SB, Zhang F, Ross-Degnan D (2002) J Clin Pharm Ther
    27:299. Lopez Bernal J, Cummins S, Gasparrini A (2017, corrected) Int J
    Epidemiol 46:348. Newey WK, West KD (1987) Econometrica 55:703. Turner SL et
    al (2021) BMC Medical Research Methodology 21:181.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> quarters = pd.period_range("2023Q1", periods=12, freq="Q-MAR")
    >>> points = pd.DataFrame({
    ...     "start": quarters.start_time, "end": quarters.end_time.normalize(),
    ...     "value": [30, 31, 29, 30, 31, 30, 29, 30, 22, 21, 22, 21]})
    >>> found = interrupted_series(points, action=Action(date(2024, 4, 1)),
    ...     polarity="minimise", window_months=3, frequency="quarterly",
    ...     interval="none", per=None,
    ...     methods=read_methods("parameters/methods.yaml"))
    >>> found.verdict, round(found.course.mean_effect.value, 1)
    ('improved after', -8.5)
    """
    good = good_side(polarity)
    check_periods(points, window_months, frequency)
    values = points.assign(value=_values(points, interval, per))
    cut = halves(values, action, breaks, frequency)
    known = values["value"].notna().to_numpy()
    fitted: Flags = np.isin(cut.role, ["before", "after"]) & known
    line = None
    unfit = _unfit(values[fitted], cut, cut.role[fitted], interval, methods)
    if not unfit:
        slope, events = action.change == "level and slope", interval == "byar"
        line = course(
            values,
            cut,
            fitted,
            slope=slope,
            frequency=frequency,
            per=per if events else None,
            methods=methods,
        )
        unfit = "" if line else "too few events"
    least = -np.inf if lower_bound is None else lower_bound
    bounds = (least, np.inf if upper_bound is None else upper_bound)
    if line and _beyond(line, cut.role, bounds):
        unfit = "impossible course"
    word, reason = _verdict(line, unfit, good, methods)
    return Impact(
        points=_with_lines(points, cut, line, bounds),
        n_before=int((cut.role[fitted] == "before").sum()),
        n_after=int((cut.role[fitted] == "after").sum()),
        n_left_out=int(
            np.ptp(cut.time[fitted]) + 1 - fitted.sum() if any(fitted) else 0
        ),
        course=line,
        verdict=word,
        reason=reason,
        cautions=words.cautions(action, line, word),
        method=words.method(line, interval),
    )


def _values(
    points: pd.DataFrame, interval: str, per: float | None
) -> pd.api.extensions.ExtensionArray:
    require_interval(interval)
    values = floats(points["value"])
    if interval == "byar":
        require(points, ["numerator", "denominator"], "points")
        if per is None:
            message = "Events have no multiplier 'per'."
            raise PerfnbError(message)
        exposure = floats(points["denominator"])
        counted = np.isfinite(floats(points["numerator"])) & (exposure > 0)
        values = np.where(counted, values, np.nan)
    return column(values)


def _unfit(
    known: pd.DataFrame, cut: Halves, role: Objects, interval: str, methods: Methods
) -> str:
    before, after = (role == "before").sum(), (role == "after").sum()
    start, end = known["start"].to_numpy(), known["end"].to_numpy()
    if (start[1:] <= end[:-1]).any():
        return "overlapping windows"
    if cut.confounded:
        return "confounded by a break"
    if before < methods.minimum_points_before_action:
        return "too few points"
    if after < methods.minimum_points_after_action:
        return "too few points"
    if interval == "byar":
        events = floats(known["numerator"])
        fewest = min(events[role == half].sum() for half in ("before", "after"))
        if fewest < methods.minimum_events_for_comparison:
            return "too few events"
    return ""


def _beyond(line: Course, role: Objects, bounds: tuple[float, float]) -> bool:
    drawn_on = line.lines["counterfactual"].to_numpy()[role == "after"]
    return bool((drawn_on < bounds[0]).any() or (drawn_on > bounds[1]).any())


def _verdict(
    line: Course | None, unfit: str, good: int, methods: Methods
) -> tuple[str, str]:
    if line is None or unfit:
        return unfit, words.unfit(unfit, methods)

    limits = (line.mean_effect.lower, line.mean_effect.upper)
    found = AFTER[verdict(limits, line.no_effect, good)]
    first, mean, last = (
        _direction(effect, line.no_effect)
        for effect in (line.level_change, line.mean_effect, line.latest_effect)
    )
    if -last in (first, mean) and last:
        return "mixed after", words.TURNED
    if not mean:
        return found, words.LATE if last else words.UNCLEAR
    if _direction(line.remembering, 0) != mean:
        return "no clear change", words.LEANING
    return found, words.reason(found, fading=not last)


def _direction(effect: Estimate, nothing: float) -> int:
    """Say whether an effect is clearly upwards (1), downwards (-1) or neither."""
    return int(effect.lower > nothing) - int(effect.upper < nothing)


def _with_lines(
    points: pd.DataFrame, cut: Halves, line: Course | None, bounds: tuple[float, float]
) -> pd.DataFrame:
    empty = np.full(len(points), np.nan)
    drawn = {
        name: column(
            empty if line is None else np.clip(line.lines[name].to_numpy(), *bounds)
        )
        for name in LINES
    }
    return points.assign(role=cut.role, **drawn)
