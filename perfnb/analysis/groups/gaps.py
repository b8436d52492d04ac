"""How far is each group from what it is compared with? Ratio and difference.

What a group is compared with, its reference, is the rest of the district, the
group that fares best, or a group of the analyst's choice: never a total that
the group is part of.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from perfnb.analysis.frames import Floats, column, floats
from perfnb.analysis.groups import differences, ratios
from perfnb.analysis.groups.differences import Counts, Estimate, p_value_of
from perfnb.analysis.groups.rounded import agreed, shifted, shifts
from perfnb.errors import PerfnbError
from perfnb.methods import Methods

REST = "the rest of the district"
BEST = "the best group"

PRIMARY = {"byar": ("ratio", 1.0), "wilson": ("difference", 0.0)}
"""The measure that a verdict rests on, and where there is no gap: the ratio of
rates, the difference of shares."""


class Gap(NamedTuple):
    """Gaps of several groups; missing where there are too few events.

    Attributes
    ----------
    ratio, difference : tuple of numpy.ndarray
        Each with its limits [group / reference; group less reference, in the
        indicator's unit].
    p_value : numpy.ndarray
        Two-sided, of the measure that the verdict rests on.
    side : numpy.ndarray
        1 where the group lies above its reference, -1 below, 0 neither.
    """

    ratio: Estimate
    difference: Estimate
    p_value: Floats
    side: Floats


def against(
    shown: pd.DataFrame,
    *,
    district: tuple[float, float],
    reference: str,
    good: int,
    methods: Methods,
    slack: int = 0,
) -> tuple[pd.DataFrame, str]:
    """Set each group beside what it is compared with.

    Parameters
    ----------
    shown : pandas.DataFrame
        One row per group: `group`, `numerator`, `denominator` [counts as shown],
        `value` [indicator's unit].
    district : tuple of float
        Numerator and denominator of the whole district [counts].
    reference : str
        `REST`, `BEST` or the name of a group.
    good : {1, -1, 0}
        As `perfnb.analysis.verdicts.good_side` gives it.
    methods : Methods
        House rule `minimum_events_for_comparison`: the best group surely has as
        many.
    slack : int
        By how much a count may differ from the one shown.

    Returns
    -------
    sides : pandas.DataFrame
        The same rows with `reference_numerator` and `reference_denominator`
        [counts]; missing for the reference itself, and for all without one.
    name : str
        The reference, by name; '' where no group can be it.

    Raises
    ------
    PerfnbError
        When the reference is not among the groups, or is the best group where no
        side is good.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> shown = pd.DataFrame({"group": ["a", "b"], "numerator": [60, 40],
    ...     "denominator": [10_000, 20_000], "value": [6.0, 2.0]})
    >>> sides, name = against(shown, district=(100, 30_000), reference=BEST, good=-1,
    ...     methods=read_methods("parameters/methods.yaml"))
    >>> name, sides["reference_numerator"].tolist()
    ('b', [40.0, <NA>])
    """
    count, whole = floats(shown["numerator"]), floats(shown["denominator"])
    if reference == REST:
        # A rounded count can pass the district's by a little; the rest is then 0.
        rest = np.maximum(district[0] - count, 0)
        return _beside(shown, rest, district[1] - whole), REST
    place = _place(
        shown, reference, good, methods.minimum_events_for_comparison + slack
    )
    if place is None:
        nothing = np.full(len(shown), np.nan)
        return _beside(shown, nothing, nothing), ""
    other = np.arange(len(shown)) != place
    return _beside(
        shown,
        np.where(other, count[place], np.nan),
        np.where(other, whole[place], np.nan),
    ), str(shown["group"].iloc[place])


def measured(
    sides: pd.DataFrame,
    *,
    interval: str,
    per: float | None,
    methods: Methods,
    shift: int = 0,
) -> Gap:
    """Reckon the gap of each group.

    Parameters
    ----------
    sides : pandas.DataFrame
        As `against` gives them.
    interval, per
        As in `perfnb.analysis.intervals.limits`.
    methods : Methods
        House rules `confidence` and `minimum_events_for_comparison`.
    shift : int
        Added to the count of each group, and taken from its reference, to try
        counts that were rounded.

    Returns
    -------
    Gap
        Limits and p-values are missing without an interval.

    References
    ----------
    See `perfnb.analysis.groups.ratios` and `perfnb.analysis.groups.differences`.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> sides = pd.DataFrame({"group": ["a"], "numerator": [60],
    ...     "denominator": [10_000], "reference_numerator": [40],
    ...     "reference_denominator": [20_000]})
    >>> found = measured(sides, interval="byar", per=1000,
    ...     methods=read_methods("parameters/methods.yaml"))
    >>> found.ratio[0].tolist(), found.difference[0].tolist(), found.side.tolist()
    ([3.0], [4.0], [1.0])
    """
    group, other = pairs(sides, interval, methods, shift)
    unit = 1.0 if per is None else per
    confidence = methods.confidence
    nothing = np.full(len(sides), np.nan)
    side = np.sign(group[0] / group[1] - other[0] / other[1])
    if interval == "byar":
        ratio = ratios.rate_ratio(group, other, confidence)
        apart = differences.rate_difference(group, other, confidence)
        p_value = ratios.rate_p_value(group, other)
    elif interval == "wilson":
        ratio = ratios.share_ratio(group, other, confidence)
        apart = differences.share_difference(group, other, confidence)
        p_value = p_value_of(
            lambda alpha: differences.share_difference_at(group, other, alpha)
        )
    else:
        rates = group[0] / group[1], other[0] / other[1]
        ratio = rates[0] / rates[1], nothing, nothing
        apart, p_value = (rates[0] - rates[1], nothing, nothing), nothing
    return Gap(ratio, scaled(apart, unit), p_value, side)


def surest(
    sides: pd.DataFrame,
    *,
    interval: str,
    per: float | None,
    slack: int,
    methods: Methods,
) -> tuple[Floats, Floats]:
    """Give p-values that hold whatever count was rounded to the one shown.

    Parameters
    ----------
    sides, interval, per, methods
        As in `measured`.
    slack : int
        By how much a count may differ from the one shown.

    Returns
    -------
    p_value, side : numpy.ndarray
        The largest p-value of all counts that are possible, 1 where they disagree
        on the side; missing where one of them is too small.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> sides = pd.DataFrame({"group": ["a"], "numerator": [20],
    ...     "denominator": [1000], "reference_numerator": [400],
    ...     "reference_denominator": [40_000]})
    >>> for slack in (0, 2):
    ...     p_value, side = surest(sides, interval="byar", per=1000, slack=slack,
    ...         methods=read_methods("parameters/methods.yaml"))
    ...     print(f"{p_value[0]:.4f} {side[0]:.0f}")
    0.0025 1
    0.0156 1
    """
    tried = [
        measured(sides, interval=interval, per=per, methods=methods, shift=shift)
        for shift in shifts(slack)
    ]
    return agreed([each.p_value for each in tried], [each.side for each in tried])


def pairs(
    sides: pd.DataFrame, interval: str, methods: Methods, shift: int
) -> tuple[Counts, Counts]:
    """Give the counts of both sides; missing where one of them has too few.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> sides = pd.DataFrame({"numerator": [9, 60], "denominator": [10, 100],
    ...     "reference_numerator": [40, 40], "reference_denominator": [90, 90]})
    >>> group, other = pairs(
    ...     sides, "byar", read_methods("parameters/methods.yaml"), shift=0)
    >>> group[0].tolist(), other[1].tolist()
    ([nan, 60.0], [nan, 90.0])
    """
    part = interval == "wilson"
    names = (("", shift), ("reference_", -shift))
    both = []
    for name, moved in names:
        whole = floats(sides[f"{name}denominator"])
        count = shifted(floats(sides[f"{name}numerator"]), whole, moved, part)
        both.append((count, whole))
    least = np.minimum(both[0][0], both[1][0])
    enough = (least >= methods.minimum_events_for_comparison) & (
        np.minimum(both[0][1], both[1][1]) > 0
    )
    group, other = (
        (np.where(enough, count, np.nan), np.where(enough, whole, np.nan))
        for count, whole in both
    )
    return group, other


def scaled(estimate: Estimate, unit: float) -> Estimate:
    """Give an estimate in the indicator's unit.

    Examples
    --------
    >>> scaled((np.array([0.5]), np.array([0.25]), np.array([0.75])), 100)[0].tolist()
    [50.0]
    """
    value, lower, upper = estimate
    return value * unit, lower * unit, upper * unit


def _beside(shown: pd.DataFrame, count: Floats, whole: Floats) -> pd.DataFrame:
    return shown.assign(
        reference_numerator=column(count), reference_denominator=column(whole)
    )


def _place(shown: pd.DataFrame, reference: str, good: int, least: int) -> int | None:
    if reference != BEST:
        places = np.flatnonzero((shown["group"].astype(str) == reference).to_numpy())
        if not len(places):
            known = ", ".join(shown["group"].astype(str))
            message = f"There is no group '{reference}' to compare with, only {known}."
            raise PerfnbError(message)
        return int(places[0])
    if good == 0:
        message = "There is no best group where no side of the indicator is good."
        raise PerfnbError(message)
    enough = floats(shown["numerator"]) >= least
    values = np.where(enough, floats(shown["value"]) * good, np.nan)
    return int(np.nanargmax(values)) if np.isfinite(values).any() else None
