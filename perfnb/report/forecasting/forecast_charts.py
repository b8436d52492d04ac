"""Draw how a year runs up to its end: the known part, a fan, the target.

Where quarters add up, the year to date is drawn, so that the target for the year
lies on the same scale.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from perfnb.analysis.forecasting.outlook import OutlookFinding
from perfnb.analysis.forecasting.year_course import LIMITS
from perfnb.analysis.frames import column, floats
from perfnb.methods import Methods
from perfnb.quarters import label
from perfnb.report import theme
from perfnb.report.downloads import download
from perfnb.report.elements import Chart, Table, rows_of
from perfnb.report.margin_labels import Label, label_lines
from perfnb.report.target_words import aim
from perfnb.report.theme import Shape
from perfnb.report.words import NOTHING, POLARITY, exact, value_of

_HEIGHT = {"wide": 2.9, "narrow": 2.9}
_DOTS = (0, (1, 1.5))
_WIDER, _NARROWER = "#cfdbe6", "#93afc7"


def chart(finding: OutlookFinding, methods: Methods) -> Chart:
    """Draw the year's course and where it may end.

    Parameters
    ----------
    finding : OutlookFinding
        With a forecast.
    methods : Methods
        The two confidences.

    Returns
    -------
    Chart
        Where quarters add up, the year to date quarter by quarter, with last
        year's beside it; otherwise the figures themselves. From the last known one
        on a fan of the two ranges; the target for the year as a dotted line.
    """
    indicator, found = finding.indicator, finding.outturn
    rows = _rows(finding)
    drawn = {s.name: _draw(finding, rows, methods, s) for s in theme.SHAPES}
    made_up = finding.target is not None and finding.target.basis == "illustrative"
    return Chart(
        title=f"{indicator.title}, {indicator.unit}, {_what(finding)} and forecast for "
        f"{found.year}; {POLARITY[indicator.polarity]}"
        f"{'; target illustrative' if made_up else ''}",
        wide=drawn["wide"],
        narrow=drawn["narrow"],
        alternative=alternative(finding, methods),
        table=_table(finding, rows, methods),
        download=download(
            f"{indicator.id}-forecast",
            rows.assign(indicator=indicator.id, unit=indicator.unit),
        ),
    )


def alternative(finding: OutlookFinding, methods: Methods) -> str:
    """Describe the chart to a reader who does not see it."""
    indicator, found = finding.indicator, finding.outturn
    inner, outer = methods.forecast_inner_confidence, methods.confidence
    ends = {name: value_of(getattr(found, name), indicator) for name in LIMITS}
    known = [row for row in rows_of(_rows(finding)) if row.is_known]
    so_far = ""
    if known:
        last = known[-1]
        so_far = f" {value_of(last.value, indicator)} in {last.period};"
    told = (
        f"Line chart of {indicator.title}, {indicator.unit}, {_what(finding)}:{so_far} "
        f"forecast {value_of(found.value, indicator)} for {found.year}, {inner:.0%} "
        f"range {ends['lower_inner']} to {ends['upper_inner']}, {outer:.0%} range "
        f"{ends['lower_ci']} to {ends['upper_ci']}."
    )
    if finding.target is not None:
        told += f" Target: {aim(finding.target, indicator)}."
    return told


def _what(finding: OutlookFinding) -> str:
    return "year to date" if finding.outturn.periods > 1 else "by year"


def _rows(finding: OutlookFinding) -> pd.DataFrame:
    """Lay out what is drawn: a row a period, known ones with their counts."""
    found = finding.outturn
    spans = zip(found.course["start"], found.course["end"], strict=True)
    periods = [label(start.date(), end.date()) for start, end in spans]
    course = found.course.assign(period=periods)
    if finding.indicator.year_to_date in ("sum", "pool") and found.periods > 1:
        counts = [_counts_to_date(finding, row) for row in rows_of(course)]
        return _with_counts(course, counts)
    points = finding.points
    before = points[points["value"].notna() & ~points["end"].isin(course["end"])]
    earlier = before[["period", "start", "end", "value"]].assign(
        value=before["value"].astype(float),
        is_known=True,
        **dict.fromkeys(LIMITS, np.nan),
    )
    held = dict(zip(points["end"], _counts(points), strict=True))
    shown = pd.concat([earlier, course], ignore_index=True)
    return _with_counts(shown, [held.get(end, _NO_COUNTS) for end in shown["end"]])


_NO_COUNTS = (np.nan, np.nan)


def _counts(points: pd.DataFrame) -> list[tuple[float, float]]:
    columns = (floats(points[name]) for name in ("numerator", "denominator"))
    return list(zip(*columns, strict=True))


def _with_counts(rows: pd.DataFrame, counts: list[tuple[float, float]]) -> pd.DataFrame:
    columns = ["period", "start", "end", "is_known", "value", *LIMITS]
    numerators, denominators = zip(*counts, strict=True)
    return rows[columns].assign(
        numerator=column(numerators), denominator=column(denominators)
    )


def _counts_to_date(finding: OutlookFinding, row: Any) -> tuple[float, float]:
    """Add up the counts behind a known year to date."""
    points = finding.points
    within = points[(points["start"] >= row.start) & (points["end"] <= row.end)]
    numerators, denominators = (
        floats(within[name]) for name in ("numerator", "denominator")
    )
    if not row.is_known or np.isnan(numerators).any():
        return _NO_COUNTS
    pooled = finding.indicator.year_to_date == "pool"
    base = denominators.sum() if pooled else denominators.mean()
    return float(numerators.sum()), float(base)


def _draw(
    finding: OutlookFinding, rows: pd.DataFrame, methods: Methods, shape: Shape
) -> str:
    height = _HEIGHT[shape.name]
    with theme.canvas(shape, height) as (figure, axes):
        places = np.arange(len(rows))
        known = rows["is_known"].to_numpy()
        labels = [
            *_fan(axes, finding, rows, places, methods),
            *_before(axes, finding, places),
            *_target(axes, finding, places),
        ]
        axes.plot(
            places[known],
            rows["value"][known],
            "o-",
            color=theme.COUNCIL,
            ms=4.5,
            lw=1.6,
        )
        axes.set(xlabel="", ylabel="")
        axes.set_title(finding.indicator.unit, loc="left", fontsize=9)
        axes.margins(x=0.06, y=0.14)
        _period_axis(axes, finding, rows, shape)
        label_lines(axes, labels, height)
        return theme.to_svg(figure)


def _fan(
    axes: Axes,
    finding: OutlookFinding,
    rows: pd.DataFrame,
    places: Any,
    methods: Methods,
) -> list[Label]:
    """Draw the two ranges from the last known figure to the end of the year."""
    known = np.flatnonzero(rows["is_known"])
    first = int(known[-1]) if len(known) else 0
    fan = rows.iloc[first:]
    at = places[first:]
    for low, high, colour in (
        ("lower_ci", "upper_ci", _WIDER),
        ("lower_inner", "upper_inner", _NARROWER),
    ):
        bottom = fan[low].fillna(fan["value"]).to_numpy(dtype=float)
        top = fan[high].fillna(fan["value"]).to_numpy(dtype=float)
        axes.fill_between(at, bottom, top, color=colour, linewidth=0)
        # A fan of a single period has no area.
        axes.vlines(at[-1], bottom[-1], top[-1], color=colour, linewidth=7)
    axes.plot(at, fan["value"], color=theme.COUNCIL, linewidth=1.4, linestyle="--")
    axes.plot(at[-1], fan["value"].iloc[-1], "D", color=theme.COUNCIL, markersize=6)
    found, indicator = finding.outturn, finding.indicator
    low, high = (
        value_of(end, indicator) for end in (found.lower_inner, found.upper_inner)
    )
    middle = float(found.value or 0)
    inner = f"{methods.forecast_inner_confidence:.0%}"
    text = f"forecast {value_of(middle, indicator)}\n{inner}: {low} to {high}"
    return [Label(middle, text, theme.COUNCIL)]


def _before(axes: Axes, finding: OutlookFinding, places: Any) -> list[Label]:
    """Draw last year's course beside this year's."""
    before = finding.course_before
    if not len(before) or not np.isfinite(before[-1]):
        return []
    axes.plot(places[: len(before)], before, color=theme.QUIET, linewidth=1.2)
    ended = value_of(before[-1], finding.indicator)
    return [Label(float(before[-1]), f"last year {ended}", theme.QUIET)]


def _target(axes: Axes, finding: OutlookFinding, places: Any) -> list[Label]:
    """Draw the target for the year over its course."""
    target, indicator = finding.target, finding.indicator
    if target is None:
        return []
    ends = [end for end in (target.value, target.low, target.high) if end is not None]
    for end in ends:
        axes.hlines(
            end, places[0], places[-1] + 0.15, color=theme.INK, linestyles=_DOTS, lw=1.8
        )
    made_up = "\nillustrative" if target.basis == "illustrative" else ""
    return [
        Label(end, f"target {value_of(end, indicator)}{made_up}", theme.INK)
        for end in ends
    ]


def _period_axis(
    axes: Axes, finding: OutlookFinding, rows: pd.DataFrame, shape: Shape
) -> None:
    """Name the periods, as many as the names beside the lines leave room for."""
    ends = rows["end"].dt.to_period("Q-MAR")
    if 1 < finding.outturn.periods >= len(rows):
        axes.set_xticks(range(len(rows)), [f"Q{end.quarter}" for end in ends])
        return
    step = -(-len(rows) // (shape.labels - 1))
    ticks = list(range(len(rows) - 1, -1, -step))[::-1]
    axes.set_xticks(ticks, [_short(rows["period"].iloc[tick]) for tick in ticks])


def _short(period: str) -> str:
    """Break a period over two lines so that its label stays narrow."""
    if " to " in period:
        return "to " + period.split(" to ")[1].replace(" ", "\n", 1)
    return period.replace(" ", "\n", 1)


def _table(finding: OutlookFinding, rows: pd.DataFrame, methods: Methods) -> Table:
    indicator = finding.indicator
    counted = bool(rows["numerator"].notna().any())
    inner, outer = methods.forecast_inner_confidence, methods.confidence
    headings = ["Period", "Known or forecast", f"Value ({indicator.unit})"]
    headings += [f"{inner:.0%} range", f"{outer:.0%} range"]
    if counted:
        headings += [indicator.numerator, indicator.denominator]
    cells = []
    for row in rows_of(rows):
        shown = [row.period, "known" if row.is_known else "forecast"]
        shown.append(value_of(row.value, indicator))
        shown += [
            _range(row.lower_inner, row.upper_inner, finding),
            _range(row.lower_ci, row.upper_ci, finding),
        ]
        if counted:
            shown += [exact(row.numerator), exact(row.denominator)]
        cells.append(shown)
    return Table(
        caption=f"{indicator.title}, {_what(finding)}, and forecast",
        headings=headings,
        rows=cells,
        numeric=range(2, len(headings)),
        whole=(0,),
    )


def _range(low: float, high: float, finding: OutlookFinding) -> str:
    if pd.isna(low):
        return NOTHING
    ends = (value_of(end, finding.indicator) for end in (low, high))
    return " to ".join(ends)
