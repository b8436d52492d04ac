"""Draw how the gap of each group to the rest of the district changed."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

from perfnb.analysis.groups.between_groups import BreakdownFinding, Since
from perfnb.methods import Methods
from perfnb.report import theme
from perfnb.report.downloads import download
from perfnb.report.elements import Chart, Table, rows_of
from perfnb.report.groups.breakdown_words import heading
from perfnb.report.groups.gap_words import CHANGES, alternative, measure, over_time
from perfnb.report.groups.group_charts import with_limits, wrapped
from perfnb.report.theme import Shape

_LINE = 0.17
_APART = 0.13
_COLOURS = {"latest": theme.COUNCIL, "earlier": theme.QUIET}
_TICKS = (1.0, 2.0, 5.0)


def chart(finding: BreakdownFinding, methods: Methods) -> Chart:
    """Draw the gap of each group in each period held.

    Parameters
    ----------
    finding : BreakdownFinding
        With at least one earlier period. A group that is too small to be compared
        keeps its row, with words in place of dots.
    methods : Methods
        House rules, whose confidence the headings quote.

    Returns
    -------
    Chart
    """
    indicator = finding.indicator
    gaps = over_time(finding)
    drawn = {shape.name: _draw(finding, gaps, shape) for shape in theme.SHAPES}
    first = finding.since[0].period
    return Chart(
        title=f"{heading(finding)}: {_unit(finding)}, {first} to {finding.period}",
        wide=drawn["wide"],
        narrow=drawn["narrow"],
        alternative=alternative(finding),
        table=_table(finding, gaps, methods),
        download=download(
            f"{indicator.id}-{finding.characteristic}-gaps",
            _side_by_side(gaps).assign(indicator=indicator.id, unit=_unit(finding)),
        ),
    )


def _side_by_side(gaps: pd.DataFrame) -> pd.DataFrame:
    """Set the periods of each group beside each other, as the table does."""
    columns = ["gap", "lower_gap", "upper_gap", "suppressed"]
    by_period = {
        str(period): rows.set_index("group")[columns].add_suffix(f" {period}")
        for period, rows in gaps.groupby("period", sort=False)
    }
    wide = pd.concat(by_period.values(), axis="columns")
    ordered = [f"{name} {period}" for name in columns for period in by_period]
    return wide[ordered].rename_axis("group").reset_index()


def _unit(finding: BreakdownFinding) -> str:
    if measure(finding) == "ratio":
        return "times the rest of the district"
    points = "points" if finding.indicator.is_percentage else finding.indicator.unit
    return f"{points} above or below the rest of the district"


def _draw(finding: BreakdownFinding, gaps: pd.DataFrame, shape: Shape) -> str:
    groups = [
        (str(name), list(rows))
        for name, rows in groupby(rows_of(gaps), lambda row: row.group)
    ]
    known = [[row for row in rows if pd.notna(row.gap)] for _, rows in groups]
    sizes = [max(len(rows), 1) * _LINE + _APART for rows in known]
    tops = np.cumsum([0, *sizes])
    named = next(place for place, rows in enumerate(known) if rows)
    with theme.canvas(shape, 0.9 + tops[-1]) as (figure, axes):
        for place, (_, rows) in enumerate(groups):
            middle = (tops[place] + tops[place + 1]) / 2
            if not known[place]:
                _too_few(axes, middle, rows)
            for number, row in enumerate(known[place]):
                height = middle + (number - (len(known[place]) - 1) / 2) * _LINE
                _dot(axes, height, row, latest=row.period == finding.period)
                if place == named:
                    _name(axes, height, row)
        _level(axes, finding)
        middles = (tops[:-1] + tops[1:]) / 2
        axes.set_yticks(middles, [wrapped(name) for name, _ in groups])
        axes.set_ylim(tops[-1], -_LINE)
        axes.set(ylabel="", xlabel=_unit(finding))
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="x")
        axes.set_axisbelow(True)
        sns.despine(ax=axes, left=True)
        return theme.to_svg(figure)


def _dot(axes: Axes, height: float, row: Any, *, latest: bool) -> None:
    colour = _COLOURS["latest" if latest else "earlier"]
    if pd.notna(row.lower_gap) and pd.notna(row.upper_gap):
        axes.hlines(
            height,
            float(row.lower_gap),
            float(row.upper_gap),
            color=colour,
            linewidth=1.8 if latest else 1.1,
        )
    axes.plot(
        float(row.gap),
        height,
        "o",
        color=colour,
        markerfacecolor=colour if latest else "white",
        markersize=6,
    )


def _name(axes: Axes, height: float, row: Any) -> None:
    axes.annotate(
        row.period,
        (float(row.upper_gap), height),
        xytext=(5, 0),
        textcoords="offset points",
        va="center",
        color=theme.QUIET,
    )


def _too_few(axes: Axes, place: float, rows: list[Any]) -> None:
    hidden = all(row.suppressed for row in rows)
    axes.annotate(
        "hidden to protect people" if hidden else "too few to say",
        (0, place),
        xycoords=("axes fraction", "data"),
        xytext=(4, 0),
        textcoords="offset points",
        va="center",
        color=theme.QUIET,
        fontstyle="italic",
    )


def _level(axes: Axes, finding: BreakdownFinding) -> None:
    ratio = measure(finding) == "ratio"
    if ratio:
        axes.set_xscale("log")
        axes.xaxis.set_major_locator(LogLocator(base=10, subs=_TICKS))
        axes.xaxis.set_minor_locator(NullLocator())
        axes.xaxis.set_major_formatter(FuncFormatter(lambda tick, _: f"{tick:g}"))
    axes.axvline(
        1.0 if ratio else 0.0, color=theme.QUIET, linestyle=(0, (4, 3)), linewidth=1
    )
    axes.annotate(
        "as the rest",
        (1.0 if ratio else 0.0, 1),
        xycoords=("data", "axes fraction"),
        xytext=(3, 0),
        textcoords="offset points",
        va="top",
        color=theme.QUIET,
    )


def _table(finding: BreakdownFinding, gaps: pd.DataFrame, methods: Methods) -> Table:
    periods = [*(since.period for since in finding.since), finding.period]
    decimals = 2 if measure(finding) == "ratio" else finding.indicator.decimals
    held = {(row.group, row.period): row.gap for row in rows_of(gaps)}
    changes = [
        {
            row.group: _change(row, since, decimals)
            for row in rows_of(since.change.groups)
        }
        for since in finding.since
    ]
    rows = []
    for group in finding.breakdown.groups["group"]:
        shown = [
            with_limits(held.get((group, period), pd.NA), pd.NA, pd.NA, decimals)
            for period in periods
        ]
        rows.append([str(group), *shown, *(each[group] for each in changes)])
    unit = _unit(finding)
    limits = f"{methods.confidence:.0%} interval"
    how = "times as large" if measure(finding) == "ratio" else "change"
    return Table(
        caption=f"{heading(finding)}: {unit}",
        headings=[
            "Group",
            *(f"{period} ({unit})" for period in periods),
            *(f"Since {since.period} ({how}, {limits})" for since in finding.since),
        ],
        rows=rows,
        numeric=tuple(range(1, len(periods) + 1)),
    )


def _change(row: Any, since: Since, decimals: int) -> str:
    said = CHANGES[row.verdict]
    if row.verdict == "too few to say":
        return said
    name = since.change.scale
    change = with_limits(
        getattr(row, f"{name}_change"),
        getattr(row, f"lower_{name}_change"),
        getattr(row, f"upper_{name}_change"),
        decimals,
    )
    if row.alone != row.verdict:
        said += f" ({CHANGES[row.alone].lower()} taken alone)"
    return f"{said}: {change}"
