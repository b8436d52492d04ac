"""Draw councils by size around their average, with the limits of chance."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from perfnb.analysis.peers.among_peers import AgainstGroup, BenchmarkFinding
from perfnb.analysis.peers.funnel import Funnel, lines
from perfnb.report import theme
from perfnb.report.dots import dots
from perfnb.report.elements import Chart
from perfnb.report.margin_labels import Label, label_lines
from perfnb.report.peers.funnel_words import funnel_alternative
from perfnb.report.peers.peer_tables import (
    funnel_table,
    in_funnel_table,
    peer_downloads,
)
from perfnb.report.theme import Shape
from perfnb.report.words import POLARITY, value_of
from perfnb.selection import Selection

_HEIGHT = 3.4
_STEPS = 24
_SPREAD_OUT = 20
"""Where the largest council is so many times the smallest, sizes are drawn by
their logarithm: else most dots would sit on one another at the left."""

_DASHES = {"inner": (0, (4, 3)), "outer": (0, (1, 1.5))}


def funnel_chart(
    finding: BenchmarkFinding, against: AgainstGroup, selection: Selection
) -> Chart:
    """Draw the funnel of a group of peers.

    Parameters
    ----------
    finding : BenchmarkFinding
        What it is about.
    against : AgainstGroup
        With a funnel that has limits.
    selection : Selection
        For the names of authorities.

    Returns
    -------
    Chart
        Every council a dot at its size, the council picked out and named, the
        average and both pairs of limits named at the edge.
    """
    indicator = finding.indicator
    drawn = {s.name: _draw(finding, against, selection, s) for s in theme.SHAPES}
    shown = in_funnel_table(against, selection)
    some, every = peer_downloads(finding, against, selection, shown)
    return Chart(
        title=f"{indicator.title}, {indicator.unit}, {finding.period}, by size of "
        f"council, among {against.group.title}; {POLARITY[indicator.polarity]}",
        wide=drawn["wide"],
        narrow=drawn["narrow"],
        alternative=funnel_alternative(finding, against, selection),
        table=funnel_table(finding, against, selection),
        download=some,
        everything=every,
    )


def _draw(
    finding: BenchmarkFinding,
    against: AgainstGroup,
    selection: Selection,
    shape: Shape,
) -> str:
    found, own = against.funnel, against.funnel_place
    with theme.canvas(shape, _HEIGHT) as (figure, axes):
        if found is None or own is None:
            return theme.to_svg(figure)
        points = found.points[["denominator", "value"]].astype(float)
        mine = found.points["area"].eq(selection.council).to_numpy()
        _frame(axes, finding, points)
        labels = _limits(axes, finding, found)
        for which, colour, size in (
            (~mine, theme.QUIET, 4.5),
            (mine, theme.COUNCIL, 9),
        ):
            x, y = points[which].to_numpy().T
            dots(axes, x, y, colour, size)
        axes.annotate(
            f"{selection.council_name} {value_of(own['value'], finding.indicator)}",
            (float(own["denominator"]), float(own["value"])),
            xytext=(0, 8 if int(own["side"]) >= 0 else -8),
            textcoords="offset points",
            ha="center",
            va="bottom" if int(own["side"]) >= 0 else "top",
            fontweight="bold",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5},
            zorder=5,
        )
        label_lines(axes, labels, _HEIGHT)
        return theme.to_svg(figure)


def _frame(axes: Axes, finding: BenchmarkFinding, points: pd.DataFrame) -> None:
    """Fix the limits of the chart first: dots and labels are placed by them."""
    sizes, values = points["denominator"], points["value"]
    if sizes.max() > _SPREAD_OUT * sizes.min():
        axes.set_xscale("log")
        axes.set_xlim(sizes.min() / 1.2, sizes.max() * 1.2)
    else:
        axes.set_xlim(0, sizes.max() * 1.05)
        axes.locator_params(axis="x", nbins=4)
    room = 0.08 * max(values.max() - values.min(), 1e-9)
    top = values.max() + room
    if finding.indicator.is_percentage:
        top = min(top, 100 + room)
    axes.set_ylim(max(values.min() - room, -room), top)
    axes.set_title(finding.indicator.unit, loc="left", fontsize=9)
    axes.set(ylabel="", xlabel=finding.indicator.denominator)
    axes.locator_params(axis="y", nbins=5)
    axes.tick_params(axis="y", left=False)
    axes.xaxis.set_major_formatter("{x:,.0f}")


def _limits(axes: Axes, finding: BenchmarkFinding, found: Funnel) -> list[Label]:
    """Draw average and limits; name the average and the upper limits at the edge."""
    left, right = axes.get_xlim()
    logarithmic = axes.get_xscale() == "log"
    least = left if logarithmic else right / 400
    sizes = np.geomspace(least, right, _STEPS)
    limits = lines(found, sizes).astype(float)
    floor, ceiling = axes.get_ylim()
    for line in ("inner", "outer"):
        for end in ("lower", "upper"):
            heights = limits[f"{line}_{end}"]
            inside = heights.where(heights.between(floor, ceiling))
            axes.plot(sizes, inside, color=theme.QUIET, ls=_DASHES[line], lw=1.2)
    average = float(found.average or 0)
    axes.axhline(average, color=theme.QUIET, linewidth=1)
    labels = [
        Label(average, f"average\n{value_of(average, finding.indicator)}", theme.QUIET)
    ]
    for name, level in zip(("inner", "outer"), found.levels, strict=True):
        for end in ("lower", "upper"):
            last = float(limits[f"{name}_{end}"].iloc[-1])
            if floor <= last <= ceiling:
                labels.append(Label(last, f"{100 * level:.4g}%", theme.QUIET))
    return labels
