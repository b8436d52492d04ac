"""Draw a series with its limits, and say in words what the drawing shows."""

from __future__ import annotations

from typing import Any

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes

from perfnb.analysis.over_time import TrendFinding
from perfnb.report import theme
from perfnb.report.downloads import download
from perfnb.report.elements import Chart, Table, rows_of
from perfnb.report.theme import Shape
from perfnb.report.trend_words import alternative
from perfnb.report.words import POLARITY, exact, value_of

_HEIGHT = {"wide": 2.9, "narrow": 2.7}


def chart(finding: TrendFinding) -> Chart:
    """Draw the figures of an indicator over time.

    Parameters
    ----------
    finding : TrendFinding
        With at least one figure.

    Returns
    -------
    Chart
        XmR chart: the figures as a line broken where one is missing, mean and
        natural process limits where there are enough, special causes marked.
    """
    indicator = finding.indicator
    known = finding.points["value"].notna().to_numpy().nonzero()[0]
    shown = finding.points.iloc[known[0] : known[-1] + 1].reset_index(drop=True)
    first, last = shown["period"].iloc[0], shown["period"].iloc[-1]
    # Counts may be held for periods whose rate cannot be made.
    told = finding.points.iloc[: known[-1] + 1]
    drawn = {shape.name: _draw(finding, shown, shape) for shape in theme.SHAPES}
    return Chart(
        title=f"{indicator.title}, {indicator.unit}, {_stretch(first, last)}; "
        f"{POLARITY[indicator.polarity]}",
        wide=drawn["wide"],
        narrow=drawn["narrow"],
        alternative=alternative(finding),
        table=_table(finding, told),
        download=download(
            f"{indicator.id}-trend",
            told.drop(columns=["quarter"]).assign(
                indicator=indicator.id, unit=indicator.unit
            ),
        ),
    )


def _stretch(first: str, last: str) -> str:
    """Write from when to when, also where the periods are spans of months."""
    if first == last:
        return first
    between = ", up to" if " to " in first else " to"
    return f"{first}{between} {last}"


def _draw(finding: TrendFinding, shown: pd.DataFrame, shape: Shape) -> str:
    with theme.canvas(shape, _HEIGHT[shape.name]) as (figure, axes):
        values = shown["value"].astype(float)
        # seaborn draws a line across a missing figure; matplotlib breaks it.
        axes.plot(shown.index, values, color=theme.COUNCIL, linewidth=1.4)
        sns.scatterplot(
            x=shown.index, y=values, ax=axes, color=theme.COUNCIL, s=26, zorder=3
        )
        _limits(axes, finding, shown)
        _special_causes(axes, finding, shown)
        _breaks(axes, finding, shown)
        last = len(shown) - 1
        axes.annotate(
            value_of(values.iloc[last], finding.indicator),
            (last, values.iloc[last]),
            xytext=(0, -7 if _low(finding) else 7),
            textcoords="offset points",
            ha="center",
            va="top" if _low(finding) else "bottom",
            fontweight="bold",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5},
        )
        axes.set(xlabel="", ylabel="")
        axes.set_title(finding.indicator.unit, loc="left", fontsize=9)
        axes.margins(x=0.04, y=0.16)
        _period_axis(axes, shown["period"], shape)
        return theme.to_svg(figure)


def _low(finding: TrendFinding) -> bool:
    """Whether the latest figure lies below the mean, so its label goes under it."""
    return bool(finding.trend.points["side"].iloc[-1] < 0)


def _limits(axes: Axes, finding: TrendFinding, shown: pd.DataFrame) -> None:
    found = finding.trend
    if found.mean is None or found.standing not in ("limits", "trial limits"):
        return
    start = _place(shown, found.points["start"].iloc[0])
    end = len(shown) - 1
    name = "trial limit" if found.standing == "trial limits" else "limit"
    lines: list[tuple[float, str, Any]] = [(found.mean, "mean", "-")]
    lines += [
        (limit, name, (0, (4, 3)))
        for limit in (found.lower_limit, found.upper_limit)
        if limit is not None
    ]
    for height, label, dashes in lines:
        axes.hlines(height, start, end, color=theme.QUIET, linestyles=dashes, lw=1)
        axes.annotate(
            f"{label}\n{value_of(height, finding.indicator)}",
            (1, height),
            xycoords=("axes fraction", "data"),
            xytext=(4, 0),
            textcoords="offset points",
            color=theme.QUIET,
            va="center",
            linespacing=1.0,
        )


def _special_causes(axes: Axes, finding: TrendFinding, shown: pd.DataFrame) -> None:
    points = finding.trend.points
    if "special_cause" not in points:
        return
    marked = points[points["special_cause"].ne("") & points["value"].notna()]
    for kind, rows in marked.groupby(_goodness(marked, finding)):
        axes.plot(
            [_place(shown, start) for start in rows["start"]],
            rows["value"].astype(float),
            linestyle="none",
            marker=theme.VARIATION_MARKERS[str(kind)],
            color=theme.VARIATION_COLOURS[str(kind)],
            markersize=8,
            zorder=4,
        )


def _goodness(marked: pd.DataFrame, finding: TrendFinding) -> pd.Series:
    good = {"maximise": 1, "minimise": -1}.get(finding.indicator.polarity, 0)
    verdicts = {1: "improvement", -1: "concern", 0: "change"}
    return (marked["side"].astype(int) * good).map(verdicts)


def _breaks(axes: Axes, finding: TrendFinding, shown: pd.DataFrame) -> None:
    for each in (b for b in finding.breaks if b.splits):
        place = _place(shown, pd.Timestamp(each.start)) - 0.5
        axes.axvline(place, color=theme.QUIET, linewidth=1, linestyle=(0, (1, 2)))
        axes.annotate(
            "break in series",
            (place, 0),
            xycoords=("data", "axes fraction"),
            xytext=(-3, 3),
            textcoords="offset points",
            ha="right",
            va="bottom",
            color=theme.QUIET,
        )


def _place(shown: pd.DataFrame, start: Any) -> int:
    return int((shown["start"] < start).sum())


def _period_axis(axes: Axes, periods: pd.Series, shape: Shape) -> None:
    step = -(-len(periods) // shape.labels)
    ticks = list(range(len(periods) - 1, -1, -step))[::-1]
    axes.set_xticks(ticks, [_short(periods.iloc[tick]) for tick in ticks])
    axes.tick_params(axis="x", length=3)


def _short(period: str) -> str:
    """Break a period over two lines so that its label stays narrow."""
    if " to " in period:
        return "to " + period.split(" to ")[1].replace(" ", "\n", 1)
    return period.replace(" ", "\n", 1)


def _table(finding: TrendFinding, shown: pd.DataFrame) -> Table:
    indicator = finding.indicator
    counted = bool(shown["numerator"].notna().any())
    headings = ["Period", f"Value ({indicator.unit})"]
    if counted:
        headings += [indicator.numerator, indicator.denominator]
    headings += ["Status"]
    rows = []
    for row in rows_of(shown):
        cells = [row.period, value_of(row.value, indicator)]
        if counted:
            cells += [exact(row.numerator), exact(row.denominator)]
        rows.append([*cells, row.status])
    return Table(
        caption=f"{indicator.title} by period",
        headings=headings,
        rows=rows,
        numeric=range(1, len(headings) - 1),
        whole=(0,),
    )
