"""Draw the groups of a breakdown beside the district."""

from __future__ import annotations

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes

from perfnb.analysis.between_groups import BreakdownFinding
from perfnb.report import theme
from perfnb.report.breakdown_words import alternative, heading
from perfnb.report.downloads import download
from perfnb.report.elements import Chart, Table, rows_of
from perfnb.report.theme import Shape
from perfnb.report.words import NOTHING, POLARITY, POSITION, exact, number, value_of

_COLOURS = {
    "better": theme.IMPROVEMENT,
    "worse": theme.CONCERN,
    "different": theme.CHANGE,
}
_MARKERS = {"better": "^", "worse": "v", "different": "D"}
_WRAP = 24


def chart(finding: BreakdownFinding, denominators: str) -> Chart:
    """Draw a breakdown as dots with intervals and the district as a line.

    Parameters
    ----------
    finding : BreakdownFinding
        A hidden group keeps its row, with words in place of a dot.
    denominators : str
        What the rates are set against, in words.

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
        table=_table(finding, denominators),
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
        axes.set_yticks(groups.index, [_wrapped(str(g)) for g in groups["group"]])
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


def _wrapped(name: str) -> str:
    if len(name) <= _WRAP:
        return name
    middle = name.rfind(" ", 0, _WRAP)
    return f"{name[:middle]}\n{name[middle + 1 :]}"


def _table(finding: BreakdownFinding, denominators: str) -> Table:
    indicator = finding.indicator
    rows = []
    for row in rows_of(finding.breakdown.groups):
        hidden = "hidden" if row.suppressed else None
        known = pd.notna(row.lower_ci)
        low, high = (value_of(v, indicator) for v in (row.lower_ci, row.upper_ci))
        rows.append(
            [
                str(row.group),
                hidden or value_of(row.value, indicator),
                f"{low} to {high}" if known else NOTHING,
                hidden or exact(row.numerator),
                exact(row.denominator),
                number(row.ratio, 2) if pd.notna(row.ratio) else NOTHING,
                POSITION.get(row.verdict, row.verdict),
            ]
        )
    return Table(
        caption=f"{heading(finding)}, {finding.period}",
        headings=[
            "Group",
            f"Value ({indicator.unit})",
            "95% interval",
            indicator.numerator,
            denominators or indicator.denominator,
            "Times the rest",
            "Verdict",
        ],
        rows=rows,
        numeric=(1, 2, 3, 4, 5),
    )
