"""Draw the groups of a breakdown beside the district."""

from __future__ import annotations

from typing import Any

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes

from perfnb.analysis.groups.between_groups import BreakdownFinding
from perfnb.methods import Methods
from perfnb.report import theme
from perfnb.report.downloads import download
from perfnb.report.elements import Chart, Table, rows_of
from perfnb.report.groups.breakdown_words import alternative, heading
from perfnb.report.theme import Shape
from perfnb.report.words import (
    NOTHING,
    POLARITY,
    POSITION,
    exact,
    number,
    sentence,
    value_of,
)

_COLOURS = {
    "better": theme.IMPROVEMENT,
    "worse": theme.CONCERN,
    "different": theme.CHANGE,
}
_MARKERS = {"better": "^", "worse": "v", "different": "D"}
_WRAP = 24


def chart(finding: BreakdownFinding, denominators: str, methods: Methods) -> Chart:
    """Draw a breakdown as dots with intervals and the district as a line.

    Parameters
    ----------
    finding : BreakdownFinding
        A hidden group keeps its row, with words in place of a dot.
    denominators : str
        What the rates are set against, in words.
    methods : Methods
        House rules, whose confidence the headings quote.

    Returns
    -------
    Chart
    """
    indicator = finding.indicator
    drawn = {shape.name: _draw(finding, shape) for shape in theme.SHAPES}
    return Chart(
        title=f"{heading(finding)}, {indicator.unit}, {finding.period}; "
        f"{POLARITY[indicator.polarity]}",
        wide=drawn["wide"],
        narrow=drawn["narrow"],
        alternative=alternative(finding),
        table=_table(finding, denominators, methods),
        download=download(
            f"{indicator.id}-{finding.characteristic}",
            finding.breakdown.groups.assign(
                indicator=indicator.id, unit=indicator.unit, period=finding.period
            ),
        ),
    )


def _draw(finding: BreakdownFinding, shape: Shape) -> str:
    groups = finding.breakdown.groups.reset_index(drop=True)
    with theme.canvas(shape, 0.8 + 0.34 * len(groups)) as (figure, axes):
        for place, row in groups.iterrows():
            if pd.isna(row["value"]):
                _hidden(axes, int(str(place)), row)
            else:
                _dot(axes, int(str(place)), row)
        _district(axes, finding)
        axes.set_yticks(groups.index, [wrapped(str(g)) for g in groups["group"]])
        axes.set_ylim(len(groups) - 0.4, -1.0)
        axes.set_xlim(left=0)
        axes.set(ylabel="", xlabel=finding.indicator.unit)
        axes.locator_params(axis="x", nbins=5)
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="x")
        axes.set_axisbelow(True)
        sns.despine(ax=axes, left=True)
        return theme.to_svg(figure)


def _dot(axes: Axes, place: int, row: pd.Series) -> None:
    colour = _COLOURS.get(row["verdict"], theme.QUIET)
    if pd.notna(row["lower_ci"]) and pd.notna(row["upper_ci"]):
        axes.hlines(
            place,
            float(row["lower_ci"]),
            float(row["upper_ci"]),
            color=colour,
            linewidth=1.8,
        )
    axes.plot(
        float(row["value"]),
        place,
        _MARKERS.get(row["verdict"], "o"),
        color=colour,
        markersize=7,
    )


def _hidden(axes: Axes, place: int, row: pd.Series) -> None:
    words = "hidden to protect people" if row["suppressed"] else "no figure"
    axes.annotate(
        words,
        (0, place),
        xycoords=("axes fraction", "data"),
        xytext=(4, 0),
        textcoords="offset points",
        va="center",
        color=theme.QUIET,
        fontstyle="italic",
    )


def _district(axes: Axes, finding: BreakdownFinding) -> None:
    total = finding.breakdown.district_value
    if total is None:
        return
    axes.axvline(total, color=theme.QUIET, linestyle=(0, (4, 3)), linewidth=1)
    axes.annotate(
        f"district {value_of(total, finding.indicator)}",
        (total, 1),
        xycoords=("data", "axes fraction"),
        xytext=(3, 0),
        textcoords="offset points",
        va="top",
        color=theme.QUIET,
    )


def wrapped(name: str) -> str:
    """Break a long name in two lines."""
    if len(name) <= _WRAP:
        return name
    middle = name.rfind(" ", 0, _WRAP)
    return f"{name[:middle]}\n{name[middle + 1 :]}"


def _table(finding: BreakdownFinding, denominators: str, methods: Methods) -> Table:
    indicator = finding.indicator
    limits = f"{methods.confidence:.0%} interval"
    rows = []
    for row in rows_of(finding.breakdown.groups):
        hidden = "hidden" if row.suppressed else None
        rows.append(
            [
                str(row.group),
                hidden or value_of(row.value, indicator),
                between(row.lower_ci, row.upper_ci, indicator.decimals),
                hidden or exact(row.numerator),
                exact(row.denominator),
                with_limits(row.ratio, row.lower_ratio, row.upper_ratio, 2),
                with_limits(
                    row.difference,
                    row.lower_difference,
                    row.upper_difference,
                    indicator.decimals,
                ),
                in_words(row),
            ]
        )
    return Table(
        caption=f"{heading(finding)}, {finding.period}",
        headings=[
            "Group",
            f"Value ({indicator.unit})",
            limits,
            indicator.numerator,
            denominators or indicator.denominator,
            f"Times the rest ({limits})",
            f"More than the rest ({indicator.unit}; {limits})",
            "Verdict",
        ],
        rows=rows,
        numeric=(1, 2, 3, 4, 5, 6),
    )


def in_words(row: Any) -> str:
    """Write the verdict on a group, and what it would be taken alone."""
    said = POSITION.get(str(row.verdict), sentence(str(row.verdict)))
    if row.alone == row.verdict:
        return said
    return f"{said} ({row.alone} taken alone)"


def between(lower: Any, upper: Any, decimals: int) -> str:
    """Write an interval: "37.1 to 74.1"."""
    if pd.isna(lower) or pd.isna(upper):
        return NOTHING
    return f"{number(lower, decimals)} to {number(upper, decimals)}"


def with_limits(value: Any, lower: Any, upper: Any, decimals: int) -> str:
    """Write a figure with its interval: "3.12 (2.15 to 4.53)"."""
    if pd.isna(value):
        return NOTHING
    limits = between(lower, upper, decimals)
    shown = number(value, decimals)
    return shown if limits == NOTHING else f"{shown} ({limits})"
