"""Whether groups of people fare differently from the rest of the district.

Each group is compared with the rest of the district, never with a total that
it is part of. Counts are pooled, rates are never averaged. Counts of people go
through the disclosure gate before anything is reckoned from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from perfnb.analysis import disclosure, parts
from perfnb.analysis.differences import Counts, rate_ratio, share_difference
from perfnb.analysis.frames import Floats, column, floats, require, require_once
from perfnb.analysis.intervals import limits, rate
from perfnb.analysis.verdicts import good_side, verdict
from perfnb.methods import Methods


@dataclass(frozen=True)
class Breakdown:
    """Groups of one characteristic, each against the rest of the district.

    Attributes
    ----------
    groups : pandas.DataFrame
        One row per group in the order given: `group`, `numerator`,
        `denominator` [counts as shown], `value`, `lower_ci`, `upper_ci`
        [indicator's unit], `ratio`, `lower_ratio`, `upper_ratio` [group's rate
        / rate of the rest; limits for rates], `difference`,
        `lower_difference`, `upper_difference` [group less rest, indicator's
        unit; for shares], `verdict`, `suppressed`.
    district_value : float or None
        [indicator's unit]
    n_suppressed : int
        Groups hidden.
    disclosure : str
        The disclosure rule in words, or '' when it was not needed.
    method : str
        Method and source in words.
    """

    groups: pd.DataFrame
    district_value: float | None
    n_suppressed: int
    disclosure: str
    method: str


def breakdown(
    groups: pd.DataFrame,
    *,
    district: Mapping[str, float] | pd.Series,
    polarity: str,
    interval: str,
    per: float | None,
    counts_people: bool,
    methods: Methods,
) -> Breakdown:
    """Compare each group with the rest of the district.

    Parameters
    ----------
    groups : pandas.DataFrame
        One row per group of one indicator, period and characteristic: `group`,
        `numerator`, `denominator` [pooled counts, missing allowed].
    district : mapping
        `numerator` and `denominator` of the whole district [counts]. When they
        are summed from the groups, a group without its numerator belongs in
        neither sum: its denominator would dilute the rest of every other group.
    polarity : {'maximise', 'minimise', 'midpoint', 'range', 'neutral'}
        With the last three no side is good.
    interval, per
        As in `perfnb.analysis.intervals.limits`.
    counts_people : bool
        Whether the counts pass the disclosure gate first.
    methods : Methods
        House rules.

    Returns
    -------
    Breakdown
        Verdicts are 'better', 'worse', 'different' (no side is good), 'no clear
        difference', 'too few to say', or 'not assessed' where the indicator
        has no interval.

    Raises
    ------
    PerfnbError
        When a column is missing, a group comes twice, a group counts more than
        its district, or polarity or interval is unknown.

    References
    ----------
    Rates: ratio with limits on the log scale, Breslow and Day (1987) vol II.
    Shares: difference by Newcombe RG (1998) Stat Med 17:873, method 10.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> groups = pd.DataFrame({"group": ["1 (most deprived)", "2"],
    ...     "numerator": [60, 40], "denominator": [10_000, 20_000]})
    >>> found = breakdown(groups, per=1000, interval="byar", polarity="minimise",
    ...     district={"numerator": 100, "denominator": 30_000},
    ...     counts_people=False, methods=read_methods("parameters/methods.yaml"))
    >>> found.groups[["group", "ratio", "verdict"]].round(2)
                   group  ratio verdict
    0  1 (most deprived)    3.0   worse
    1                  2   0.33  better
    """
    good = good_side(polarity)
    require(groups, ["group", "numerator", "denominator"], "groups")
    require_once(groups["group"], "group")
    total, base = parts.district_of(district)
    parts.check(groups, total, base)
    shown = _shown(groups, interval, per, counts_people, methods)
    shown = limits(shown, interval, per, methods.confidence)
    whole = (total, base)
    slack = methods.rounding_base // 2 if counts_people else 0
    compared = _against_rest(shown, whole, interval, per, methods).assign(
        verdict=_sure_verdicts(shown, whole, interval, per, good, slack, methods)
    )
    value = float(rate(np.array(total), np.array(base), per))
    return Breakdown(
        groups=compared[_COLUMNS],
        district_value=None if np.isnan(value) else value,
        n_suppressed=int(shown["suppressed"].sum()),
        disclosure=disclosure.rule(methods) if counts_people else "",
        method=_method(compared["verdict"], interval, methods),
    )


_RATIO = ("ratio", "lower_ratio", "upper_ratio")
_DIFFERENCE = ("difference", "lower_difference", "upper_difference")
_COLUMNS = [
    "group",
    "numerator",
    "denominator",
    "value",
    "lower_ci",
    "upper_ci",
    *_RATIO,
    *_DIFFERENCE,
    "verdict",
    "suppressed",
]


def _shown(
    groups: pd.DataFrame,
    interval: str,
    per: float | None,
    counts_people: bool,
    methods: Methods,
) -> pd.DataFrame:
    plain = groups[["group", "numerator", "denominator"]].reset_index(drop=True)
    if counts_people:
        return disclosure.gate(plain, interval=interval, per=per, methods=methods)
    count, whole = floats(plain["numerator"]), floats(plain["denominator"])
    return plain.assign(
        numerator=column(count),
        denominator=column(whole),
        value=column(rate(count, whole, per)),
        suppressed=False,
    )


def _against_rest(
    shown: pd.DataFrame,
    district: tuple[float, float],
    interval: str,
    per: float | None,
    methods: Methods,
) -> pd.DataFrame:
    count, whole = floats(shown["numerator"]), floats(shown["denominator"])
    # A rounded count can pass the district's by a little; the rest is then 0.
    rest = np.maximum(district[0] - count, 0)
    rest_whole = district[1] - whole
    enough = np.minimum(count, rest) >= methods.minimum_events_for_comparison
    enough = enough & (whole > 0) & (rest_whole > 0)
    group, others = (
        (np.where(enough, part, np.nan), np.where(enough, base, np.nan))
        for part, base in ((count, whole), (rest, rest_whole))
    )
    unit = 1.0 if per is None else per
    found = _measures(group, others, interval, unit, methods.confidence)
    nothing = np.full(len(shown), np.nan)
    return shown.assign(
        **{name: column(found.get(name, nothing)) for name in _RATIO + _DIFFERENCE}
    )


def _measures(
    group: Counts, rest: Counts, interval: str, unit: float, confidence: float
) -> dict[str, Floats]:
    ratios = rate_ratio(group, rest, confidence)
    if interval == "byar":
        return dict(zip(_RATIO, ratios, strict=True))
    measures = {"ratio": ratios[0]}
    if interval == "wilson":
        for name, share in zip(
            _DIFFERENCE, share_difference(group, rest, confidence), strict=True
        ):
            measures[name] = share * unit
    return measures


def _verdicts(compared: pd.DataFrame, interval: str, good: int) -> list[str]:
    if interval == "none":
        return ["not assessed"] * len(compared)
    name, same = ("ratio", 1.0) if interval == "byar" else ("difference", 0.0)
    lower, upper = floats(compared[f"lower_{name}"]), floats(compared[f"upper_{name}"])
    return [
        "too few to say" if np.isnan(ends).any() else verdict(ends, same, good)
        for ends in zip(lower, upper, strict=True)
    ]


def _sure_verdicts(
    shown: pd.DataFrame,
    district: tuple[float, float],
    interval: str,
    per: float | None,
    good: int,
    slack: int,
    methods: Methods,
) -> list[str]:
    """Give the verdicts that hold whatever count was rounded to the one shown."""
    tried = []
    for shift in sorted({-slack, 0, slack}):
        count = np.maximum(floats(shown["numerator"]) + shift, 0)
        true = shown.assign(numerator=column(count))
        compared = _against_rest(true, district, interval, per, methods)
        tried.append(_verdicts(compared, interval, good))
    return [_agreed(set(said)) for said in zip(*tried, strict=True)]


def _agreed(said: set[str]) -> str:
    if len(said) == 1:
        return said.pop()
    return "too few to say" if "too few to say" in said else "no clear difference"


def _method(verdicts: pd.Series, interval: str, methods: Methods) -> str:
    if interval == "none":
        return "Rates only: these figures have no confidence interval."
    name = {
        "byar": "ratio of rates, limits on the log scale (Breslow and Day 1987)",
        "wilson": "difference of shares (Newcombe 1998, method 10)",
    }[interval]
    how = (
        f"Each group against the rest of the district: {name}, "
        f"{methods.confidence:.0%} confidence, at least "
        f"{methods.minimum_events_for_comparison} events on both sides."
    )
    n = int((verdicts != "too few to say").sum())
    if n == 0:
        return how
    # Groups overlap in each other's rest: only the expected number is known, not
    # how likely one or more are.
    chance = n * (1 - methods.confidence)
    groups = "group" if n == 1 else "groups"
    return (
        f"{how} With {n} {groups} compared, {chance:.2g} would look different by "
        "chance alone."
    )
