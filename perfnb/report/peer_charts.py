"""Draw the council among its peers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from perfnb.analysis.among_peers import BenchmarkFinding
from perfnb.analysis.benchmark import Comparison
from perfnb.registers import Indicator
from perfnb.report import theme
from perfnb.report.benchmark_words import alternative, group_name
from perfnb.report.downloads import download
from perfnb.report.elements import Chart, Table, rows_of
from perfnb.report.theme import Shape
from perfnb.report.words import NOTHING, POLARITY, exact, value_of
from perfnb.selection import Selection

MOST_NAMED = 25
"""With more councils than this, names would not be legible: dots alone are drawn."""


def chart(
    finding: BenchmarkFinding, group: str, found: Comparison, selection: Selection
) -> Chart:
    """Draw a council among one group of peers.

    Parameters
    ----------
    finding : BenchmarkFinding
        What it is about.
    group : str
        Id of the peer group.
    found : Comparison
        The comparison with that group.
    selection : Selection
        For the names of authorities.

    Returns
    -------
    Chart
        A small group as a ranked dot plot with intervals and names, a large
        one as a strip of dots; the council picked out in both.
    """
    indicator = finding.indicator
    names = [selection.reference.name(code) for code in found.positions["authority"]]
    positions = found.positions.assign(name=names).reset_index(drop=True)
    draw = _ranked if len(positions) <= MOST_NAMED else _strip
    drawn = {s.name: draw(finding, found, positions, s) for s in theme.SHAPES}
    return Chart(
        title=f"{indicator.title}, {indicator.unit}, {finding.period}, among "
        f"{group_name(group, selection)}; {POLARITY[indicator.polarity]}",
        wide=drawn["wide"],
        narrow=drawn["narrow"],
        alternative=alternative(finding, group, found, selection),
        table=_table(finding, positions),
        download=download(
            f"{indicator.id}-{group}",
            positions.assign(
                indicator=indicator.id, unit=indicator.unit, period=finding.period
            ),
        ),
    )


def _ranked(
    finding: BenchmarkFinding, found: Comparison, positions: pd.DataFrame, shape: Shape
) -> str:
    height = 0.75 + 0.25 * len(positions)
    with theme.canvas(shape, height) as (figure, axes):
        for place, row in positions.iterrows():
            if pd.notna(row["lower_ci"]) and pd.notna(row["upper_ci"]):
                axes.hlines(
                    place,
                    float(row["lower_ci"]),
                    float(row["upper_ci"]),
                    color=_colour(row["is_own"]),
                    linewidth=1.6,
                )
        axes.scatter(
            positions["value"].astype(float),
            positions.index,
            c=[_colour(own) for own in positions["is_own"]],
            s=[60 if own else 28 for own in positions["is_own"]],
            zorder=3,
        )
        _median(axes, finding, found)
        axes.set_yticks(positions.index, positions["name"])
        for label, own in zip(axes.get_yticklabels(), positions["is_own"], strict=True):
            label.set_fontweight("bold" if own else "normal")
        axes.set_ylim(len(positions) - 0.4, -1.1)
        _value_axis(axes, finding)
        return theme.to_svg(figure)


def _strip(
    finding: BenchmarkFinding, found: Comparison, positions: pd.DataFrame, shape: Shape
) -> str:
    with theme.canvas(shape, 1.55) as (figure, axes):
        others = positions.loc[~positions["is_own"], "value"].astype(float)
        # One broken line for all councils: a fraction of the size of one line each.
        places = [place for value in others for place in (value, value, np.nan)]
        heights = [0.0, 0.42, np.nan] * len(others)
        axes.plot(places, heights, color=theme.QUIET, alpha=0.45, linewidth=1.3)
        own = positions[positions["is_own"]]
        for value in own["value"].astype(float):
            axes.axvline(value, 0, 0.62, color=theme.COUNCIL, linewidth=3)
            axes.annotate(
                f"{own['name'].iloc[0]} {value_of(value, finding.indicator)}",
                (value, 0.64),
                xycoords=("data", "axes fraction"),
                ha="center",
                va="bottom",
                fontweight="bold",
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5},
            )
        _median(axes, finding, found)
        axes.set_ylim(0, 1)
        axes.set_yticks([])
        _value_axis(axes, finding)
        return theme.to_svg(figure)


def _median(axes: Axes, finding: BenchmarkFinding, found: Comparison) -> None:
    if found.median is None:
        return
    axes.axvline(found.median, color=theme.QUIET, linestyle=(0, (4, 3)), linewidth=1)
    axes.annotate(
        f"median {value_of(found.median, finding.indicator)}",
        (found.median, 1),
        xycoords=("data", "axes fraction"),
        xytext=(3, 0),
        textcoords="offset points",
        va="top",
        color=theme.QUIET,
    )


def _value_axis(axes: Axes, finding: BenchmarkFinding) -> None:
    axes.set(ylabel="", xlabel=finding.indicator.unit)
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.locator_params(axis="x", nbins=5)
    axes.grid(axis="x")
    axes.set_axisbelow(True)


def _colour(own: bool) -> str:
    return theme.COUNCIL if own else theme.QUIET


def _table(finding: BenchmarkFinding, positions: pd.DataFrame) -> Table:
    indicator = finding.indicator
    many = len(positions) > MOST_NAMED
    counted = bool(positions["numerator"].notna().any()) and not many
    headings = ["Council", "Place", f"Value ({indicator.unit})"]
    if counted:
        headings += ["95% interval", indicator.numerator, indicator.denominator]
    best = indicator.polarity in ("maximise", "minimise")
    order = "best first" if best else "highest first"
    return Table(
        caption=f"{indicator.title}, {finding.period}, {order}",
        headings=headings,
        rows=[_row(row, indicator, counted) for row in rows_of(positions)],
        numeric=range(1, len(headings)),
        folds=not many,
    )


def _row(row: Any, indicator: Indicator, counted: bool) -> list[str]:
    cells = [row.name, str(row.rank), value_of(row.value, indicator)]
    if not counted:
        return cells
    low, high = (value_of(limit, indicator) for limit in (row.lower_ci, row.upper_ci))
    interval = f"{low} to {high}" if pd.notna(row.lower_ci) else NOTHING
    return [*cells, interval, exact(row.numerator), exact(row.denominator)]
