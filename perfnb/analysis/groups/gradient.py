"""Do people fare worse the more deprived their area is? The verdict on a line.

The line of `perfnb.analysis.groups.inequality` through groups in order from the most
deprived, with what may be concluded from it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from perfnb.analysis.frames import Floats, column, floats, require, require_once
from perfnb.analysis.groups.inequality import SlopeIndex, slope_index
from perfnb.analysis.intervals import limits, rate
from perfnb.analysis.verdicts import good_side, verdict
from perfnb.methods import Methods

_SCALES = {"byar": "log", "wilson": "logit"}


@dataclass(frozen=True)
class Gradient:
    """What a line through ordered groups says.

    Attributes
    ----------
    index : SlopeIndex or None
        The line; None where too little is known.
    n_groups, n_without : int
        Groups with a figure; groups hidden or without one, which keep their
        place in the population.
    n_events : int
        Events behind the line, as shown.
    verdict : str
        Of the most deprived: 'worse', 'better', 'different' (no side is good),
        'no clear gradient', 'too few to say' or 'not assessed' (the indicator has
        no interval).
    method : str
        Method and source in words.
    """

    index: SlopeIndex | None
    n_groups: int
    n_without: int
    n_events: int
    verdict: str
    method: str


def gradient(
    groups: pd.DataFrame,
    *,
    polarity: str,
    interval: str,
    per: float | None,
    slack: int,
    methods: Methods,
) -> Gradient:
    """Say whether a value rises or falls with deprivation.

    Parameters
    ----------
    groups : pandas.DataFrame
        One row per group in order from the most deprived: `group`, `numerator`,
        `denominator` [counts as shown, missing allowed].
    polarity : {'maximise', 'minimise', 'midpoint', 'range', 'neutral'}
        With the last three no side is good.
    interval, per
        As in `perfnb.analysis.intervals.limits`.
    slack : int
        By how much a count may differ from the one shown, because it was
        rounded; a verdict holds for every such count.
    methods : Methods
        House rules `minimum_groups_for_gradient`, `gradient_repetitions`,
        `minimum_events_for_comparison` and `confidence`.

    Returns
    -------
    Gradient

    Raises
    ------
    PerfnbError
        When a column is missing, a group comes twice, or polarity or interval is
        unknown.

    References
    ----------
    See `perfnb.analysis.groups.inequality.slope_index`.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> fifths = pd.DataFrame({
    ...     "group": ["1 (most deprived)", "2", "3", "4", "5 (least deprived)"],
    ...     "numerator": [120, 100, 80, 60, 50], "denominator": [10_000] * 5})
    >>> found = gradient(fifths, polarity="minimise", interval="byar", per=1000,
    ...     slack=0, methods=read_methods("parameters/methods.yaml"))
    >>> found.verdict, round(found.index.slope, 1), round(found.index.relative, 2)
    ('worse', -9.3, 0.32)
    """
    good = good_side(polarity)
    require(groups, ["group", "numerator", "denominator"], "groups")
    require_once(groups["group"], "group")
    placed = groups[floats(groups["denominator"]) > 0].reset_index(drop=True)
    values = _with_values(placed, 0, interval, per, methods)
    n_groups = int(values["value"].notna().sum())
    n_without = len(groups) - n_groups
    n_events = int(np.nansum(floats(placed["numerator"])))
    standing, method = _standing(n_groups, n_events, interval, methods)
    if standing:
        return Gradient(None, n_groups, n_without, n_events, standing, method)
    scale = _scale(values, interval)
    shifts = [0] if slack == 0 else [0, slack, -slack]
    lines = [
        _line(_with_values(placed, shift, interval, per, methods), scale, per, methods)
        for shift in shifts
    ]
    said = {_said(line, good) for line in lines}
    agreed = said.pop() if len(said) == 1 else "no clear gradient"
    method = _method(scale, interval, methods)
    return Gradient(lines[0], n_groups, n_without, n_events, agreed, method)


def _standing(
    n_groups: int, n_events: int, interval: str, methods: Methods
) -> tuple[str, str]:
    if interval == "none":
        return "not assessed", "No slope: these figures have no confidence interval."
    if n_groups < methods.minimum_groups_for_gradient:
        return "too few to say", (
            f"No slope: it needs {methods.minimum_groups_for_gradient} groups with a "
            "figure."
        )
    if n_events < methods.minimum_events_for_comparison:
        return "too few to say", (
            f"No slope: it needs {methods.minimum_events_for_comparison} events."
        )
    return "", ""


def _with_values(
    placed: pd.DataFrame,
    shift: int,
    interval: str,
    per: float | None,
    methods: Methods,
) -> pd.DataFrame:
    """Give values and limits with counts shifted so as to tilt the line most."""
    whole = floats(placed["denominator"])
    count = floats(placed["numerator"])
    shifted = np.clip(count + shift * _tilt(count, whole), 1, None)
    if interval == "wilson":
        shifted = np.minimum(shifted, whole - 1)
    # Nought and everybody are shown as they are.
    exact = (shift == 0) | (count == 0) | (count == whole)
    count = np.where(exact, count, shifted)
    moved = placed.assign(
        numerator=column(count),
        denominator=column(whole),
        value=column(rate(count, whole, per)),
        population=whole,
    )
    return limits(moved, interval, per, methods.confidence)


def _tilt(count: Floats, whole: Floats) -> Floats:
    position = np.cumsum(whole) - whole / 2
    weight = np.where(np.isfinite(count), whole, 0)
    centre = (weight * position).sum() / max(weight.sum(), 1.0)
    tilt: Floats = np.sign(position - centre)
    return tilt


def _scale(values: pd.DataFrame, interval: str) -> str:
    count, whole = floats(values["numerator"]), floats(values["denominator"])
    if (count == 0).any() or (interval == "wilson" and (count == whole).any()):
        return "plain"
    return _SCALES[interval]


def _line(
    values: pd.DataFrame, scale: str, per: float | None, methods: Methods
) -> SlopeIndex:
    return slope_index(
        values,
        scale=scale,
        confidence=methods.confidence,
        repetitions=methods.gradient_repetitions,
        per=1.0 if per is None else per,
    )


def _said(line: SlopeIndex, good: int) -> str:
    # Where the least deprived lie above, the most deprived lie below.
    said = verdict((-line.upper_slope, -line.lower_slope), 0.0, good)
    return "no clear gradient" if said == "no clear difference" else said


def _method(scale: str, interval: str, methods: Methods) -> str:
    how = {
        "log": "of the logarithms of rates",
        "logit": "of the log odds of shares",
        "plain": "of rates" if interval == "byar" else "of shares",
    }[scale]
    return (
        "Slope and Relative Index of Inequality: a line through the groups, each at "
        "the middle of its share of the population from the most to the least "
        f"deprived and weighted by it, {how} (Pamuk 1985; Low and Low 2004); "
        f"{methods.confidence:.0%} limits from {methods.gradient_repetitions:,} "
        "simulated sets of figures (Public Health England, PHEindicatormethods)."
    )
