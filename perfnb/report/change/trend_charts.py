"""Draw a series with its limits, and say in words what the drawing shows."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes

from perfnb.analysis.change.eras import JUDGED, Era
from perfnb.analysis.change.over_time import TrendFinding
from perfnb.registers import Target
from perfnb.report import theme
from perfnb.report.change.trend_tables import figures, figures_table
from perfnb.report.change.trend_words import alternative
from perfnb.report.downloads import download
from perfnb.report.elements import Chart
from perfnb.report.margin_labels import Label, label_lines
from perfnb.report.theme import Shape
from perfnb.report.words import POLARITY, value_of

_HEIGHT = {"wide": 2.9, "narrow": 2.7}
_DASHES = (0, (4, 3))
_DOTS = (0, (1, 1.5))


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
        natural process limits of each era where there are enough, special causes
        marked, and the targets up to that of the latest figure.
    """
    indicator = finding.indicator
    known = finding.points["value"].notna().to_numpy().nonzero()[0]
    shown = finding.trend.points.iloc[known[0] :].reset_index(drop=True)
    first, last = shown["period"].iloc[0], shown["period"].iloc[-1]
    drawn = {
        shape.name: _draw(finding, shown, int(known[0]), shape)
        for shape in theme.SHAPES
    }
    return Chart(
        title=f"{indicator.title}, {indicator.unit}, {_stretch(first, last)}; "
        f"{POLARITY[indicator.polarity]}",
        wide=drawn["wide"],
        narrow=drawn["narrow"],
        alternative=alternative(finding),
        table=figures_table(finding),
        download=download(f"{indicator.id}-trend", figures(finding)),
    )


def _stretch(first: str, last: str) -> str:
    """Write from when to when, also where the periods are spans of months."""
    if first == last:
        return first
    between = ", up to" if " to " in first else " to"
    return f"{first}{between} {last}"


def _draw(finding: TrendFinding, shown: pd.DataFrame, before: int, shape: Shape) -> str:
    height = _HEIGHT[shape.name]
    with theme.canvas(shape, height) as (figure, axes):
        values = shown["value"].astype(float)
        # seaborn draws a line across a missing figure; matplotlib breaks it.
        for _, series in values.groupby(_series_of(finding, shown)):
            axes.plot(series.index, series, color=theme.COUNCIL, linewidth=1.4)
        sns.scatterplot(
            x=shown.index, y=values, ax=axes, color=theme.COUNCIL, s=26, zorder=3
        )
        labels = [
            *_limits(axes, finding, shown, shape),
            *_targets(axes, finding, before),
        ]
        _special_causes(axes, finding, shown)
        _new_starts(axes, finding, shown)
        _name_latest(axes, finding, values)
        axes.set(xlabel="", ylabel="")
        axes.set_title(finding.indicator.unit, loc="left", fontsize=9)
        axes.margins(x=0.04, y=0.16)
        label_lines(axes, labels, height)
        _period_axis(axes, shown["period"], shape)
        return theme.to_svg(figure)


def _series_of(finding: TrendFinding, shown: pd.DataFrame) -> pd.Series:
    """Tell apart the series that breaks make of the figures: no line joins them."""
    splits = [pd.Timestamp(each.start) for each in finding.breaks if each.splits]
    after = [(shown["start"] >= split).astype(int) for split in splits]
    return sum(after, start=pd.Series(0, index=shown.index))


def _name_latest(axes: Axes, finding: TrendFinding, values: pd.Series) -> None:
    last = len(values) - 1
    low = bool(finding.trend.points["side"].iloc[-1] < 0)
    axes.annotate(
        value_of(values.iloc[last], finding.indicator),
        (last, values.iloc[last]),
        xytext=(0, -7 if low else 7),
        textcoords="offset points",
        ha="center",
        va="top" if low else "bottom",
        fontweight="bold",
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5},
    )


def _limits(
    axes: Axes, finding: TrendFinding, shown: pd.DataFrame, shape: Shape
) -> list[Label]:
    """Draw mean and limits of each era; name those of the last at the edge."""
    labels: list[Label] = []
    for number, era in enumerate(finding.trend.eras):
        rows = shown.index[shown["era"] == number]
        if era.standing not in JUDGED or not len(rows):
            continue
        lines = _lines(era)
        for height, _, dashes in lines:
            axes.hlines(
                height, rows[0], rows[-1], color=theme.QUIET, linestyles=dashes, lw=1
            )
        if era is finding.trend.era:
            labels = [
                Label(
                    height,
                    f"{name}\n{value_of(height, finding.indicator)}",
                    theme.QUIET,
                )
                for height, name, _ in lines
            ]
        else:
            _name_earlier(axes, era, int(rows[0]), finding, shape)
    return labels


def _lines(era: Era) -> list[tuple[float, str, Any]]:
    name = "trial limit" if era.standing == "trial limits" else "limit"
    lines = [
        (era.mean, "mean", "-"),
        (era.lower_limit, name, _DASHES),
        (era.upper_limit, name, _DASHES),
    ]
    return [(height, name, dash) for height, name, dash in lines if height is not None]


def _name_earlier(
    axes: Axes, era: Era, first: int, finding: TrendFinding, shape: Shape
) -> None:
    """Name mean and limits of an era at its top, where it begins."""
    names = [f"mean {value_of(era.mean, finding.indicator)}"]
    if shape is theme.WIDE:
        low = value_of(era.lower_limit, finding.indicator)
        names.append(f"limits {low} to {value_of(era.upper_limit, finding.indicator)}")
    axes.annotate(
        "\n".join(names),
        (first, 1),
        xycoords=("data", "axes fraction"),
        ha="left",
        va="top",
        color=theme.QUIET,
        linespacing=1.0,
    )


def _targets(axes: Axes, finding: TrendFinding, before: int) -> list[Label]:
    """Draw the targets, each as long as it held; name that of the latest figure."""
    latest = finding.target
    if latest is None:
        return []
    held = finding.targets[before : len(finding.trend.points)]
    for aims, group in groupby(enumerate(held), key=lambda pair: _aims(pair[1])):
        places = [place for place, _ in group]
        for height in aims:
            axes.hlines(
                height,
                places[0] - 0.4,
                places[-1] + 0.4,
                color=theme.INK,
                linestyles=_DOTS,
                lw=1.8,
            )
    names = ["target"] if latest.value is not None else ["target from", "target to"]
    made_up = "\nillustrative" if latest.basis == "illustrative" else ""
    return [
        Label(
            height, f"{name}\n{value_of(height, finding.indicator)}{made_up}", theme.INK
        )
        for name, height in zip(names, _aims(latest), strict=True)
    ]


def _aims(target: Target | None) -> tuple[float, ...]:
    if target is None:
        return ()
    given = (target.value, target.low, target.high)
    return tuple(height for height in given if height is not None)


def _special_causes(axes: Axes, finding: TrendFinding, shown: pd.DataFrame) -> None:
    marked = shown[shown["special_cause"].ne("") & shown["value"].notna()]
    for kind, rows in marked.groupby(_goodness(marked, finding)):
        axes.plot(
            rows.index,
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


def _new_starts(axes: Axes, finding: TrendFinding, shown: pd.DataFrame) -> None:
    """Mark where the series is another one, and where its limits start anew."""
    named = {each.start: "rebased" for each in finding.rebases}
    named |= {each.start: "break in series" for each in finding.breaks if each.splits}
    for start, name in named.items():
        place = int((shown["start"] < pd.Timestamp(start)).sum()) - 0.5
        axes.axvline(place, color=theme.QUIET, linewidth=1, linestyle=(0, (1, 2)))
        axes.annotate(
            name,
            (place, 0),
            xycoords=("data", "axes fraction"),
            xytext=(-3, 3),
            textcoords="offset points",
            ha="right",
            va="bottom",
            color=theme.QUIET,
        )


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
