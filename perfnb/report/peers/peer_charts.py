"""Draw the council among its peers."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from perfnb.analysis.peers.among_peers import AgainstGroup, BenchmarkFinding
from perfnb.analysis.peers.benchmark import Comparison
from perfnb.report import theme
from perfnb.report.dots import dots
from perfnb.report.elements import Chart
from perfnb.report.peers.benchmark_words import alternative
from perfnb.report.peers.peer_tables import (
    MOST_NAMED,
    in_peer_table,
    named_positions,
    peer_downloads,
    peer_table,
)
from perfnb.report.theme import Shape
from perfnb.report.words import POLARITY, value_of
from perfnb.selection import Selection


def chart(
    finding: BenchmarkFinding, against: AgainstGroup, selection: Selection
) -> Chart:
    """Draw a council among one group of peers.

    Parameters
    ----------
    finding : BenchmarkFinding
        What it is about.
    against : AgainstGroup
        The comparison with that group.
    selection : Selection
        For the names of authorities.

    Returns
    -------
    Chart
        A small group as a ranked dot plot with intervals and names, a large
        one, whose names would not be legible, as a strip of lines; the council
        picked out in both.
    """
    indicator, found = finding.indicator, against.comparison
    positions = named_positions(against, selection)
    draw = _ranked if len(positions) <= MOST_NAMED else _strip
    drawn = {s.name: draw(finding, found, positions, s) for s in theme.SHAPES}
    some, every = peer_downloads(finding, against, selection, in_peer_table(against))
    return Chart(
        title=f"{indicator.title}, {indicator.unit}, {finding.period}, among "
        f"{against.group.title}; {POLARITY[indicator.polarity]}",
        wide=drawn["wide"],
        narrow=drawn["narrow"],
        alternative=alternative(finding, against, selection),
        table=peer_table(finding, against, selection),
        download=some,
        everything=every,
    )


def _ranked(
    finding: BenchmarkFinding, found: Comparison, positions: pd.DataFrame, shape: Shape
) -> str:
    height = 0.75 + 0.25 * len(positions)
    with theme.canvas(shape, height) as (figure, axes):
        for own, rows in positions.groupby("is_own"):
            colour = theme.COUNCIL if own else theme.QUIET
            known = rows[rows["lower_ci"].notna() & rows["upper_ci"].notna()]
            ends = known[["lower_ci", "upper_ci"]].to_numpy(dtype=float)
            # One broken line for all intervals: far smaller than one line each.
            axes.plot(
                np.column_stack([ends, np.full(len(ends), np.nan)]).ravel(),
                np.repeat(known.index.to_numpy(dtype=float), 3),
                color=colour,
                linewidth=1.6,
            )
            values = rows["value"].to_numpy(dtype=float)
            dots(axes, values, rows.index.to_numpy(), colour, 8 if own else 5.5)
        _median(axes, finding, found)
        axes.set_yticks(positions.index, positions["name"])
        for label, own in zip(axes.get_yticklabels(), positions["is_own"], strict=True):
            label.set_fontweight("bold" if own else "normal")
        axes.set_ylim(len(positions) - 0.4, -1.1)
        axes.update_datalim(positions[["value", "rank"]].to_numpy(dtype=float))
        axes.autoscale_view(scaley=False)
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
    axes.tick_params(axis="y", left=False)
    axes.locator_params(axis="x", nbins=5)
    axes.grid(axis="x")
    axes.set_axisbelow(True)
