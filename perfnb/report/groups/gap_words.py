"""Say whether gaps between groups narrowed or widened since earlier periods."""

from __future__ import annotations

from typing import Any

import pandas as pd

from perfnb.analysis.groups.between_groups import BreakdownFinding, Since
from perfnb.analysis.groups.gap_change import SAME
from perfnb.analysis.groups.gaps import PRIMARY
from perfnb.report.elements import rows_of
from perfnb.report.groups.breakdown_words import certainty, group_name, heading
from perfnb.report.words import joined, number, sentence

CHANGES = {
    "narrowed": "Narrowed",
    "widened": "Widened",
    "reversed": "Changed sides",
    SAME: "No clear change",
    "too few to say": "Too few to say",
}
_CHANGED = ("narrowed", "widened", "reversed")


def gap_text(value: Any, finding: BreakdownFinding) -> str:
    """Write a gap: "3.1 times the rest", "4.2 points above the rest"."""
    if measure(finding) == "ratio":
        return f"{number(value, 1)} times the rest"
    side = "above" if value > 0 else "below"
    points = " points" if finding.indicator.is_percentage else ""
    apart = number(abs(value), finding.indicator.decimals)
    return f"{apart}{points} {side} the rest"


def verdict(finding: BreakdownFinding) -> list[str]:
    """Say what changed since each earlier period, the finding first.

    Nothing where no earlier period can be compared.
    """
    if not finding.since:
        return []
    earlier = [since.period for since in finding.since]
    if all((_verdicts(each) == "too few to say").all() for each in finding.since):
        return [
            f"Too few to say how the gap of any group has changed since "
            f"{joined(earlier)}."
        ]
    said = [" ".join(_since(finding, since)) for since in finding.since]
    if not all(since.same_season for since in finding.since):
        said.append(
            f"{sentence(joined([*earlier, finding.period]))} are not all the same time "
            "of the year, so seasons may play a part."
        )
    return [*filter(None, said), *_too_few(finding)]


def _verdicts(since: Since) -> pd.Series:
    return since.change.groups.set_index("group")["verdict"]


def _since(finding: BreakdownFinding, since: Since) -> list[str]:
    groups = since.change.groups
    changed = groups[groups["verdict"].isin(_CHANGED)]
    same = groups[groups["verdict"] == SAME]
    said = [_changed(row, finding, since) for row in rows_of(changed)]
    if len(same):
        names = joined([group_name(row, finding) for row in rows_of(same)])
        said.append(
            f"Since {since.period} there is no clear change in the gap between the "
            f"rest of the district and {names}."
        )
    return said


def _changed(row: Any, finding: BreakdownFinding, since: Since) -> str:
    scale = since.change.scale
    then, now = (getattr(row, f"{scale}_{when}") for when in ("before", "now"))
    how = {"narrowed": "has narrowed", "widened": "has widened"}.get(
        row.verdict, "has changed sides"
    )
    text = (
        f"Since {since.period} the gap of {group_name(row, finding)} {how}, from "
        f"{gap_text(then, finding)} to {gap_text(now, finding)} "
        f"({certainty(float(row.p_adjusted))})"
    )
    if row.other in _CHANGED and row.other != row.verdict:
        other = "in its unit" if scale == "ratio" else "in times"
        text += f"; {other} it has {row.other}"
    return f"{text}."


def _too_few(finding: BreakdownFinding) -> list[str]:
    said = [_verdicts(since) for since in finding.since]
    names = [
        group_name(row, finding)
        for row in rows_of(finding.breakdown.groups)
        if all(each[row.group] == "too few to say" for each in said)
    ]
    return [f"Too few to say for {joined(names)}."] if names else []


def over_time(finding: BreakdownFinding) -> pd.DataFrame:
    """Lay out the gap of each group in each period.

    Returns
    -------
    pandas.DataFrame
        One row per group and period, oldest period first within a group: `group`,
        `period`, `gap`, `lower_gap`, `upper_gap` [times, or the indicator's unit
        for shares; missing where there are too few], `suppressed`.
    """
    name = measure(finding)
    names = {name: "gap", f"lower_{name}": "lower_gap", f"upper_{name}": "upper_gap"}
    held = [(since.period, since.breakdown) for since in finding.since]
    held.append((finding.period, finding.breakdown))
    now = [str(group) for group in finding.breakdown.groups["group"]]
    rows = pd.concat(
        [
            each.groups.rename(columns=names).assign(period=period)
            for period, each in held
        ],
        ignore_index=True,
    )
    rows = rows[rows["group"].isin(now)]
    # Nothing to be said of a group that is too small to be compared.
    few = rows["alone"] == "too few to say"
    shown = [*names.values()]
    rows = rows.assign(**{each: rows[each].mask(few) for each in shown})
    order = rows["group"].map({group: place for place, group in enumerate(now)})
    rows = rows.assign(order=order).sort_values("order", kind="stable")
    return rows[["group", "period", *shown, "suppressed"]].reset_index(drop=True)


def measure(finding: BreakdownFinding) -> str:
    """Name the measure of a gap: the ratio of rates, the difference of shares."""
    return PRIMARY[finding.indicator.interval][0]


def alternative(finding: BreakdownFinding) -> str:
    """Describe the chart of gaps to a reader who does not see it."""
    known = over_time(finding)
    known = known[known["gap"].notna()]
    said = []
    for _, rows in known.groupby("group", sort=False):
        gaps = [
            f"{gap_text(row.gap, finding)} in {row.period}" for row in rows_of(rows)
        ]
        name = group_name(next(rows_of(rows)), finding)
        said.append(f"{name}: {joined(gaps)}")
    return (
        f"Dots of the gap of each group to the rest of the district, "
        f"{heading(finding)}. {'; '.join(said)}."
    )
