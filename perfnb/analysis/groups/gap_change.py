"""Did a group come nearer to what it is compared with? The change in a gap.

The gap of one period against that of an earlier one that shares no day with it,
on both scales: how many times, and by how much. The two can part: when all rates
fall, a gap can narrow in points while it widens in times.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from perfnb.analysis.frames import Flags, Floats, column, require, require_once
from perfnb.analysis.groups import false_discovery, gaps
from perfnb.analysis.groups.differences import (
    Estimate,
    change,
    p_value_of,
    share_difference_at,
)
from perfnb.analysis.groups.gaps import PRIMARY
from perfnb.analysis.groups.group_verdicts import verdicts_among
from perfnb.analysis.groups.rounded import agreed, shifts
from perfnb.errors import PerfnbError
from perfnb.methods import Methods

SAME = "no clear change"
SCALES = ("ratio", "difference")


@dataclass(frozen=True)
class GapChange:
    """How the gap of each group changed between two periods.

    Attributes
    ----------
    groups : pandas.DataFrame
        One row per group of the later period: `group`, `ratio_before`,
        `ratio_now` [group / reference], `ratio_change`, `lower_ratio_change`,
        `upper_ratio_change` [gap now / gap before], `difference_before`,
        `difference_now`, `difference_change`, `lower_difference_change`,
        `upper_difference_change` [indicator's unit], `p_value`, `p_adjusted`,
        `alone`, `verdict`, `other` (the verdict on the other scale, alone).
    scale : str
        'ratio' or 'difference': what the verdict rests on.
    method : str
        Method and source in words.
    """

    groups: pd.DataFrame
    scale: str
    method: str


def gap_change(
    now: pd.DataFrame,
    before: pd.DataFrame,
    *,
    now_from: datetime,
    before_to: datetime,
    interval: str,
    per: float | None,
    slack: int,
    methods: Methods,
) -> GapChange:
    """Say whether the gap of each group narrowed or widened.

    Parameters
    ----------
    now, before : pandas.DataFrame
        One row per group of one indicator and characteristic: `group`,
        `numerator`, `denominator`, `reference_numerator`,
        `reference_denominator` [counts as shown, missing allowed], as
        `perfnb.analysis.groups.diversity.Breakdown` has them.
    now_from, before_to : datetime
        First day of the later period, last day of the earlier one.
    interval : {'wilson', 'byar'}
        As in `perfnb.analysis.intervals.limits`; a gap without an interval cannot
        be tested.
    per
        As in `perfnb.analysis.intervals.limits`.
    slack : int
        By how much a count may differ from the one shown; a verdict holds for
        every such count of both periods.
    methods : Methods
        House rules.

    Returns
    -------
    GapChange
        Verdicts are 'narrowed', 'widened', 'reversed' (the group clearly lay on
        one side and now clearly lies on the other), 'no clear change' or 'too few
        to say'. They are the same whichever side is good.

    Raises
    ------
    PerfnbError
        When a column is missing, a group comes twice, the periods share a day, or
        there is no interval.

    References
    ----------
    Altman DG, Bland JM (2003) BMJ 326:219 (two independent estimates, on the log
    scale for ratios). Zou GY, Donner A (2008) Stat Med 27:1693.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> columns = ["group", "numerator", "denominator", "reference_numerator",
    ...     "reference_denominator"]
    >>> now = pd.DataFrame([["a", 90, 1000, 80, 1000]], columns=columns)
    >>> before = pd.DataFrame([["a", 90, 1000, 40, 1000]], columns=columns)
    >>> found = gap_change(now, before, now_from=datetime(2025, 4, 1),
    ...     before_to=datetime(2025, 3, 31), interval="byar", per=1000, slack=0,
    ...     methods=read_methods("parameters/methods.yaml"))
    >>> row = found.groups.iloc[0]
    >>> print(row["ratio_before"], row["ratio_now"], row["verdict"])
    2.25 1.125 narrowed
    """
    _check(now, before, now_from, before_to, interval)
    earlier = _alike(before, now)
    tried = [
        _tried(now, earlier, interval, per, methods, (shift_now, shift_before))
        for shift_now in shifts(slack)
        for shift_before in shifts(slack)
    ]
    scale = PRIMARY[interval][0]
    other = next(each for each in SCALES if each != scale)
    p_value, _ = agreed(
        [each.p_value for each in tried],
        [np.sign(each.change[scale][0]) for each in tried],
    )
    compared = _columns(now["group"], tried[0]).assign(
        p_value=column(p_value),
        alone=_held([_directions(each, scale) for each in tried]),
        other=_held([_directions(each, other) for each in tried]),
    )
    judged = verdicts_among(compared, p_value, methods, otherwise=SAME)
    return GapChange(judged, scale, _method(interval, methods))


def _check(
    now: pd.DataFrame,
    before: pd.DataFrame,
    now_from: datetime,
    before_to: datetime,
    interval: str,
) -> None:
    for groups in (now, before):
        require(groups, ["group", *_COUNTS], "groups")
        require_once(groups["group"], "group")
    if interval not in PRIMARY:
        message = (
            f"A change in a gap needs an interval, {' or '.join(PRIMARY)}; there is "
            f"'{interval}'."
        )
        raise PerfnbError(message)
    if before_to >= now_from:
        message = (
            f"The earlier period ends on {before_to:%d %B %Y}, when the later one has "
            f"begun ({now_from:%d %B %Y}): periods that share days are not independent."
        )
        raise PerfnbError(message)


_COUNTS = (
    *("numerator", "denominator"),
    *("reference_numerator", "reference_denominator"),
)


def _alike(before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """Give the earlier groups in the order of the later, missing ones missing."""
    plain = before.set_index(before["group"].astype(str))[list(_COUNTS)]
    names = now["group"].astype(str)
    return plain.astype("Float64").reindex(names).reset_index(drop=True)


class _Tried(NamedTuple):
    """Both gaps and their change, for counts that are possible.

    Ratios are logarithms here, so that no gap is 0 on both scales.
    """

    now: dict[str, Estimate]
    before: dict[str, Estimate]
    change: dict[str, Estimate]
    p_value: Floats


def _tried(
    now: pd.DataFrame,
    before: pd.DataFrame,
    interval: str,
    per: float | None,
    methods: Methods,
    shift: tuple[int, int],
) -> _Tried:
    both = []
    for sides, moved in zip((now, before), shift, strict=True):
        gap = gaps.measured(
            sides, interval=interval, per=per, methods=methods, shift=moved
        )
        both.append({"ratio": _logs(gap.ratio), "difference": gap.difference})
    changes = {scale: change(both[0][scale], both[1][scale]) for scale in SCALES}
    if PRIMARY[interval][0] == "ratio":
        p_value = _normal_p_value(changes["ratio"], methods.confidence)
    else:
        counts = [
            gaps.pairs(sides, interval, methods, moved)
            for sides, moved in zip((now, before), shift, strict=True)
        ]
        p_value = p_value_of(
            lambda alpha: change(
                share_difference_at(*counts[0], alpha),
                share_difference_at(*counts[1], alpha),
            )
        )
    return _Tried(both[0], both[1], changes, p_value)


def _logs(ratio: Estimate) -> Estimate:
    value, lower, upper = (np.log(each) for each in ratio)
    return value, lower, upper


def _normal_p_value(estimate: Estimate, confidence: float) -> Floats:
    # The limits of rate ratios lie evenly on both sides of their logarithms.
    value, lower, upper = estimate
    z = stats.norm.ppf((1 + confidence) / 2)
    error = (upper - lower) / (2 * z)
    p_value: Floats = 2 * stats.norm.sf(np.abs(value) / error)
    return p_value


def _directions(tried: _Tried, scale: str) -> list[str]:
    now, before, moved = tried.now[scale], tried.before[scale], tried.change[scale]
    across = (np.sign(now[0]) * np.sign(before[0]) < 0) & _clear(now) & _clear(before)
    wider = np.abs(now[0]) > np.abs(before[0])
    said = np.where(across, "reversed", np.where(wider, "widened", "narrowed"))
    said = np.where(_clear(moved), said, SAME)
    said = np.where(np.isnan(moved[0]), "too few to say", said)
    return [str(each) for each in said]


def _clear(estimate: Estimate) -> Flags:
    return np.asarray((estimate[1] > 0) | (estimate[2] < 0))


def _held(said: list[list[str]]) -> list[str]:
    """Keep what holds for every count that is possible."""
    return [
        each.pop()
        if len(each := set(of_group)) == 1
        else "too few to say"
        if "too few to say" in of_group
        else SAME
        for of_group in zip(*said, strict=True)
    ]


def _columns(groups: pd.Series, tried: _Tried) -> pd.DataFrame:
    columns: dict[str, Any] = {"group": groups.array}
    for scale in SCALES:
        back = np.exp if scale == "ratio" else np.asarray
        value, lower, upper = (column(back(each)) for each in tried.change[scale])
        columns |= {
            f"{scale}_before": column(back(tried.before[scale][0])),
            f"{scale}_now": column(back(tried.now[scale][0])),
            f"{scale}_change": value,
            f"lower_{scale}_change": lower,
            f"upper_{scale}_change": upper,
        }
    return pd.DataFrame(columns)


def _method(interval: str, methods: Methods) -> str:
    how = {
        "ratio": "ratio of the two ratios, on the log scale (Altman and Bland 2003)",
        "difference": (
            "difference of the two differences, limits of both put together (Zou and "
            "Donner 2008)"
        ),
    }[PRIMARY[interval][0]]
    rule = false_discovery.rule(
        methods.false_discovery_procedure, methods.false_discovery_rate
    )
    return (
        f"Change in a gap between two periods that share no day: {how}, "
        f"{methods.confidence:.0%} confidence; {rule}."
    )
