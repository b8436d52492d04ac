"""Draw the council beside the middle of its peers, period by period."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from perfnb.analysis.peers.among_peers import AgainstGroup, BenchmarkFinding
from perfnb.analysis.segments import steps
from perfnb.quarters import label
from perfnb.registers import Indicator
from perfnb.report import theme
from perfnb.report.dots import dots
from perfnb.report.downloads import download
from perfnb.report.elements import Chart, Table, rows_of
from perfnb.report.margin_labels import Label, label_lines
from perfnb.report.peers.peer_gap_words import gap_alternative
from perfnb.report.theme import Shape
from perfnb.report.words import POLARITY, value_of
from perfnb.selection import Selection

LEAST_PERIODS = 2
"""With fewer periods there is no line to draw."""

_HEIGHT = 2.7


def gap_chart(
    finding: BenchmarkFinding, against: AgainstGroup, selection: Selection
) -> Chart:
    """Draw a council and the median of its peers over time.

    Parameters
    ----------
    finding : BenchmarkFinding
        What it is about.
    against : AgainstGroup
        With at least two periods in its gap.
    selection : Selection
        For the names of authorities.

    Returns
    -------
    Chart
        The council's line, the median of the peers and, where they are enough,
        the middle half of them as a band; lines break where a period is missing.
    """
    indicator = finding.indicator
    points = _laid_out(finding, against)
    drawn = {s.name: _draw(indicator, points, selection, s) for s in theme.SHAPES}
    known = against.gap.points
    table = known.assign(period=_periods(known))
    return Chart(
        title=f"{indicator.title}, {indicator.unit}, {table['period'].iloc[0]} to "
        f"{table['period'].iloc[-1]}, beside {against.group.title}; "
        f"{POLARITY[indicator.polarity]}",
        wide=drawn["wide"],
        narrow=drawn["narrow"],
        alternative=gap_alternative(finding, against, selection),
        table=_table(indicator, table, selection),
        download=download(
            f"{indicator.id}-{against.group.id}-over-time",
            table.assign(indicator=indicator.id, unit=indicator.unit),
        ),
    )


def _periods(points: pd.DataFrame) -> list[str]:
    spans = zip(points["start"], points["end"], strict=True)
    return [label(start.date(), end.date()) for start, end in spans]


def _laid_out(finding: BenchmarkFinding, against: AgainstGroup) -> pd.DataFrame:
    """Give each period its place, an empty row where one or more are missing."""
    points = against.gap.points.reset_index(drop=True)
    places = np.cumsum(steps(points, finding.indicator.frequency)) - 1
    points = points.assign(period=_periods(points)).set_index(places)
    return points.reindex(range(int(places[-1]) + 1))


def _draw(
    indicator: Indicator, points: pd.DataFrame, selection: Selection, shape: Shape
) -> str:
    with theme.canvas(shape, _HEIGHT) as (figure, axes):
        low, high = (
            points[f"{end}_quartile"].astype(float) for end in ("lower", "upper")
        )
        if low.notna().any():
            axes.fill_between(points.index, low, high, color=theme.FAINT, linewidth=0)
        median, own = points["median"].astype(float), points["own"].astype(float)
        axes.plot(points.index, median, color=theme.QUIET, ls=(0, (4, 3)), lw=1.4)
        axes.plot(points.index, own, color=theme.COUNCIL, lw=1.8)
        dots(axes, points.index[-1:], own.iloc[-1:], theme.COUNCIL, 6)
        axes.set(xlabel="", ylabel="")
        axes.set_title(indicator.unit, loc="left", fontsize=9)
        axes.margins(x=0.02, y=0.12)
        name = selection.council_name.replace(" ", "\n")
        labels = [
            Label(
                own.iloc[-1],
                f"{name}\n{value_of(own.iloc[-1], indicator)}",
                theme.COUNCIL,
            ),
            Label(
                median.iloc[-1],
                f"median\n{value_of(median.iloc[-1], indicator)}",
                theme.QUIET,
            ),
        ]
        axes.locator_params(axis="y", nbins=5)
        axes.tick_params(axis="y", left=False)
        axes.set_ylim(*axes.get_ylim())
        label_lines(axes, labels, _HEIGHT)
        _period_axis(axes, points["period"], shape)
        return theme.to_svg(figure)


def _period_axis(axes: Axes, periods: pd.Series, shape: Shape) -> None:
    step = -(-len(periods) // shape.labels)
    places = range(len(periods) - 1, -1, -step)
    ticks = [place for place in places if isinstance(periods.iloc[place], str)][::-1]
    axes.set_xticks(ticks, [_short(periods.iloc[tick]) for tick in ticks])
    axes.tick_params(axis="x", length=3)


def _short(period: str) -> str:
    """Break a period over two lines so that its label stays narrow."""
    if " to " in period:
        return "to " + period.split(" to ")[1].replace(" ", "\n", 1)
    return period.replace(" ", "\n", 1)


def _table(indicator: Indicator, points: pd.DataFrame, selection: Selection) -> Table:
    headings = ["Period", selection.council_name, "Median (of how many)", "Gap"]
    return Table(
        caption=f"{indicator.title} ({indicator.unit}) beside the median of the peers",
        headings=headings,
        rows=[
            [
                row.period,
                value_of(row.own, indicator),
                f"{value_of(row.median, indicator)} ({row.n_peers})",
                value_of(row.gap, indicator),
            ]
            for row in rows_of(points)
        ],
        numeric=range(1, len(headings)),
        folds=False,
    )
