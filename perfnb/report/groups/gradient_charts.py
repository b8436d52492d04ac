"""Draw the slope from the most to the least deprived."""

from __future__ import annotations

from typing import Any

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes

from perfnb.analysis.groups.between_groups import BreakdownFinding
from perfnb.analysis.groups.gradient import Gradient
from perfnb.analysis.groups.inequality import SlopeIndex
from perfnb.methods import Methods
from perfnb.report import theme
from perfnb.report.downloads import download
from perfnb.report.elements import Chart, Table, rows_of
from perfnb.report.groups.breakdown_words import heading
from perfnb.report.groups.gradient_words import alternative, counted
from perfnb.report.groups.group_charts import between, with_limits
from perfnb.report.theme import Shape
from perfnb.report.words import NOTHING, POLARITY, number, value_of

SLOPE = "Slope Index of Inequality (least less most deprived)"
RELATIVE = "Relative Index of Inequality (least / most deprived)"
_HEIGHT = {"wide": 3.1, "narrow": 2.9}
_HEADROOM = 1.2
_LARGEST = 420
"""Size of a dot that stands for everybody [square points]."""

_COLOURS = {
    "better": theme.IMPROVEMENT,
    "worse": theme.CONCERN,
    "different": theme.CHANGE,
}


def chart(
    finding: BreakdownFinding, gradient: Gradient, index: SlopeIndex, methods: Methods
) -> Chart:
    """Draw groups of deprivation as dots and the line through them.

    Parameters
    ----------
    finding : BreakdownFinding
        By deprivation.
    gradient, index
        The finding's slope and its line.
    methods : Methods
        House rules, whose confidence the headings quote.

    Returns
    -------
    Chart
        Each dot stands at the middle of its share of the people and is as large
        as that share. A hidden group keeps its place, with words for a dot.
    """
    indicator = finding.indicator
    drawn = {
        shape.name: _draw(finding, gradient, index, shape) for shape in theme.SHAPES
    }
    return Chart(
        title=f"{heading(finding)}: from the most to the least deprived, "
        f"{indicator.unit}, {finding.period}; {POLARITY[indicator.polarity]}; "
        f"{counted(finding, gradient)}",
        wide=drawn["wide"],
        narrow=drawn["narrow"],
        alternative=alternative(finding, index),
        table=_table(finding, index, methods),
        download=download(
            f"{indicator.id}-{finding.characteristic}-slope",
            _figures(index).assign(
                indicator=indicator.id, unit=indicator.unit, period=finding.period
            ),
        ),
    )


def _figures(index: SlopeIndex) -> pd.DataFrame:
    columns = ["group", "population", "share", "position", "value"]
    figures: pd.DataFrame = index.groups[[*columns, "lower_ci", "upper_ci", "fitted"]]
    found = pd.DataFrame(
        [
            [SLOPE, index.slope, index.lower_slope, index.upper_slope],
            [RELATIVE, index.relative, index.lower_relative, index.upper_relative],
        ],
        columns=["group", "value", "lower_ci", "upper_ci"],
    )
    return pd.concat([figures.astype(object), found.astype(object)], ignore_index=True)


def _draw(
    finding: BreakdownFinding, gradient: Gradient, index: SlopeIndex, shape: Shape
) -> str:
    groups = index.groups
    with theme.canvas(shape, _HEIGHT[shape.name]) as (figure, axes):
        axes.plot(
            index.line["position"] * 100,
            index.line["value"],
            color=_COLOURS.get(gradient.verdict, theme.QUIET),
            linewidth=1.6,
        )
        for row in rows_of(groups):
            _dot(axes, row, finding)
        _ends(axes, index, finding)
        edges = (groups["share"].cumsum() * 100).iloc[:-1]
        for edge in edges:
            axes.axvline(edge, color=theme.FAINT, linewidth=0.8, zorder=0)
        axes.set_xticks(groups["position"] * 100, [_short(g) for g in groups["group"]])
        axes.set_xlim(0, 100)
        highest = max(groups["upper_ci"].max(), index.line["value"].max())
        axes.set_ylim(0, highest * _HEADROOM)
        axes.set_title(finding.indicator.unit, loc="left", fontsize=9)
        axes.set(ylabel="", xlabel="Each band is as wide as its share of people")
        axes.tick_params(axis="x", length=0)
        axes.locator_params(axis="y", nbins=5)
        sns.despine(ax=axes)
        return theme.to_svg(figure)


def _dot(axes: Axes, row: Any, finding: BreakdownFinding) -> None:
    place = float(row.position) * 100
    if pd.isna(row.value):
        axes.annotate(
            "hidden" if row.suppressed else "no figure",
            (place, 0),
            xycoords=("data", "axes fraction"),
            xytext=(0, 4),
            textcoords="offset points",
            ha="center",
            color=theme.QUIET,
            fontstyle="italic",
        )
        return
    axes.vlines(
        place,
        float(row.lower_ci),
        float(row.upper_ci),
        color=theme.COUNCIL,
        linewidth=1.8,
    )
    axes.scatter(
        place,
        float(row.value),
        s=float(row.share) * _LARGEST,
        color=theme.COUNCIL,
        zorder=3,
    )
    axes.annotate(
        value_of(row.value, finding.indicator),
        (place, float(row.upper_ci)),
        xytext=(0, 4),
        textcoords="offset points",
        ha="center",
        fontweight="bold",
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5},
    )


def _ends(axes: Axes, index: SlopeIndex, finding: BreakdownFinding) -> None:
    """Say where the line begins and ends: over it where it is higher."""
    first, last = (
        f"line {value_of(each, finding.indicator)}"
        for each in (index.first_end, index.last_end)
    )
    over = index.first_end >= index.last_end
    axes.annotate(
        first,
        (0, index.first_end),
        xytext=(4, 5 if over else -5),
        textcoords="offset points",
        va="bottom" if over else "top",
        color=theme.QUIET,
    )
    axes.annotate(
        last.replace(" ", "\n"),
        (100, index.last_end),
        xytext=(4, 0),
        textcoords="offset points",
        va="center",
        color=theme.QUIET,
    )


def _short(group: str) -> str:
    """Break the name of an end: "1 (most deprived)" takes two lines more."""
    number_, _, rest = str(group).partition(" (")
    return f"{number_}\n{rest.rstrip(')').replace(' ', chr(10))}" if rest else number_


def _table(finding: BreakdownFinding, index: SlopeIndex, methods: Methods) -> Table:
    indicator = finding.indicator
    decimals = indicator.decimals
    limits = f"{methods.confidence:.0%} interval"
    rows = [
        [
            str(row.group),
            number(row.population),
            f"{number(row.share * 100, 1)}%",
            "hidden" if row.suppressed else value_of(row.value, indicator),
            between(row.lower_ci, row.upper_ci, decimals),
            value_of(row.fitted, indicator),
        ]
        for row in rows_of(index.groups)
    ]
    slope = with_limits(index.slope, index.lower_slope, index.upper_slope, decimals)
    relative = with_limits(
        index.relative, index.lower_relative, index.upper_relative, 2
    )
    blank = [NOTHING] * 2
    rows += [
        [SLOPE, *blank, slope, *blank],
        [RELATIVE, *blank, relative, *blank],
    ]
    return Table(
        caption=f"{heading(finding)}, {finding.period}: the slope",
        headings=[
            "Group",
            "People",
            "Share of people",
            f"Value ({indicator.unit})",
            limits,
            f"On the line ({indicator.unit})",
        ],
        rows=rows,
        numeric=(1, 2, 3, 4, 5),
    )
