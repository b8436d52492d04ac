"""Draw figures against their targets, each point with the shape of its status."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from perfnb.analysis.attainment import JUDGED
from perfnb.analysis.targeting.against_target import TargetFinding
from perfnb.report import theme
from perfnb.report.downloads import download
from perfnb.report.elements import Chart, Table
from perfnb.report.margin_labels import Label, label_lines
from perfnb.report.targeting.status_words import STATUS
from perfnb.report.theme import Shape
from perfnb.report.words import NOTHING, POLARITY, exact, plural, value_of

_HEIGHT = {"wide": 2.9, "narrow": 2.9}
_MARKERS = {"met": "o", "close": "D", "not met": "X"}
_COLOURS = {"met": theme.COUNCIL, "close": theme.CHANGE, "not met": theme.CONCERN}
_SHAPES = {"met": "dot", "close": "diamond", "not met": "cross"}
_YEARS_TO_DATE = 8


def chart(finding: TargetFinding) -> Chart:
    """Draw the figures of an indicator and what they should have been.

    Parameters
    ----------
    finding : TargetFinding
        With at least one figure.

    Returns
    -------
    Chart
        A line broken where a figure is missing and, for years to date, at every
        1 April; a bar for the target of each period; dots where it was met,
        diamonds where it was narrowly missed, crosses where it was missed.
    """
    indicator = finding.indicator
    shown = _shown(finding)
    first, last = shown["period"].iloc[0], shown["period"].iloc[-1]
    stretch = last if first == last else f"{first} up to {last}"
    drawn = {shape.name: _draw(finding, shown, shape) for shape in theme.SHAPES}
    return Chart(
        title=f"{indicator.title} against target, {indicator.unit}, {stretch}; "
        f"{POLARITY[indicator.polarity]}{_made_up(finding)}",
        wide=drawn["wide"],
        narrow=drawn["narrow"],
        alternative=alternative(finding),
        table=_table(finding, shown),
        download=download(f"{indicator.id}-against-target", _figures(finding, shown)),
    )


def alternative(finding: TargetFinding) -> str:
    """Describe the chart to a reader who does not see it."""
    indicator, shown = finding.indicator, _shown(finding)
    known = shown[shown["value"].notna()]
    last = known.iloc[-1]
    counted = [
        f"{word.lower()} {_times(number)}"
        for status in JUDGED
        if (number := int(known["status"].eq(status).sum()))
        for word in [STATUS[status].split("\u00a0")[1]]
    ]
    said = f"{', '.join(counted)}. " if counted else "no period has a target. "
    return (
        f"Line chart of {indicator.title} against its targets{_made_up(finding)}, "
        f"{indicator.unit}, {plural(len(known), 'figure')}: {said}"
        f"Latest figure {value_of(last['value'], indicator)} in {last['period']}, "
        f"target {_aim(last, finding)}."
    )


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def _made_up(finding: TargetFinding) -> str:
    targets = [found.target for found in finding.history.attainments if found.target]
    made_up = any(target.basis == "illustrative" for target in targets)
    return "; illustrative targets" if made_up else ""


def _shown(finding: TargetFinding) -> pd.DataFrame:
    """Keep the periods from the first figure to the latest."""
    rows = finding.history.up_to_latest
    known = rows["value"].notna().to_numpy().nonzero()[0]
    rows = rows.iloc[int(known[0]) :]
    if finding.profile is not None:
        rows = rows.tail(_YEARS_TO_DATE)
        rows = rows.loc[rows["value"].first_valid_index() :]
    return rows.reset_index(drop=True)


def _draw(finding: TargetFinding, shown: pd.DataFrame, shape: Shape) -> str:
    height = _HEIGHT[shape.name]
    with theme.canvas(shape, height) as (figure, axes):
        _line(axes, finding, shown)
        for status, marker in _MARKERS.items():
            rows = shown[shown["status"] == status]
            _dots(axes, rows, marker, _COLOURS[status])
        _dots(axes, shown[~shown["status"].isin(JUDGED)], "o", theme.QUIET)
        labels = _targets(axes, finding, shown)
        axes.set_title(_key(finding, shown, shape), loc="left", fontsize=9)
        axes.margins(x=0.06, y=0.18)
        last = shown.iloc[-1]
        value = value_of(last["value"], finding.indicator)
        labels.append(Label(float(last["value"]), f"{value}\nactual", theme.COUNCIL))
        label_lines(axes, labels, height)
        _periods(axes, shown, shape)
        return theme.to_svg(figure)


def _line(axes: Axes, finding: TargetFinding, shown: pd.DataFrame) -> None:
    values = shown["value"].astype(float)
    year = shown["start"] if finding.profile is not None else pd.Series(0, shown.index)
    for _, rows in values.groupby(year):
        axes.plot(rows.index, rows, color=theme.COUNCIL, linewidth=1.2)


def _dots(axes: Axes, rows: pd.DataFrame, marker: str, colour: str) -> None:
    axes.plot(
        rows.index,
        rows["value"].astype(float),
        linestyle="none",
        marker=marker,
        markersize=7,
        color=colour,
        zorder=4,
    )


def _targets(axes: Axes, finding: TargetFinding, shown: pd.DataFrame) -> list[Label]:
    """Draw a bar at the target of each period; name those of the last one."""
    labels = []
    made_up = "\n(illustrative)" if _made_up(finding) else ""
    for end in ("lowest", "highest"):
        rows = shown[shown[end].notna()]
        axes.hlines(
            rows[end].astype(float),
            rows.index - 0.4,
            rows.index + 0.4,
            color=theme.INK,
            linewidth=1.6,
            linestyles=(0, (3, 1.5)),
        )
        if len(rows) and rows.index[-1] == len(shown) - 1:
            height = float(rows[end].iloc[-1])
            named = value_of(height, finding.indicator)
            labels.append(Label(height, f"{named}\ntarget{made_up}", theme.INK))
    return labels[:1] + [
        Label(label.height, label.text.split("\n")[0] + "\ntarget", label.colour)
        for label in labels[1:]
    ]


def _key(finding: TargetFinding, shown: pd.DataFrame, shape: Shape) -> str:
    held = [status for status in JUDGED if shown["status"].eq(status).any()]
    named = [f"{_SHAPES[status]}: {status}" for status in held]
    since = " since 1 April" if finding.profile is not None else ""
    # On a phone the shapes need a line of their own.
    parted = "\n" if shape is theme.NARROW else "; "
    return parted.join(
        filter(None, [f"{finding.indicator.unit}{since}", "; ".join(named)])
    )


def _periods(axes: Axes, shown: pd.DataFrame, shape: Shape) -> None:
    step = -(-len(shown) // shape.labels)
    ticks = list(range(len(shown) - 1, -1, -step))[::-1]
    axes.set_xticks(ticks, [_short(shown["period"].iloc[tick]) for tick in ticks])
    axes.tick_params(axis="x", length=3)


def _short(period: str) -> str:
    """Break a period over two lines so that its label stays narrow."""
    if " to " in period:
        month, _, year = period.split(" to ")[1].partition(" ")
        return f"to {month[:3]}\n{year}"
    return period.replace(" ", "\n", 1)


def _aim(row: pd.Series, finding: TargetFinding) -> str:
    low, high = (
        None if pd.isna(row[end]) else value_of(row[end], finding.indicator)
        for end in ("lowest", "highest")
    )
    if low and high:
        return low if low == high else f"{low} to {high}"
    if low or high:
        return f"at least {low}" if low else f"at most {high}"
    return NOTHING


def _figures(finding: TargetFinding, shown: pd.DataFrame) -> pd.DataFrame:
    counts = [part for part in ("numerator", "denominator") if part in shown]
    columns = [
        "period",
        "start",
        "end",
        *counts,
        "value",
        "lowest",
        "highest",
        "status",
    ]
    bases = [
        found.target.basis if found.target else ""
        for found in finding.history.attainments
    ]
    basis = dict(zip(finding.history.points["period"], bases, strict=True))
    return shown[columns].assign(
        target_basis=shown["period"].map(basis),
        indicator=finding.indicator.id,
        unit=finding.indicator.unit,
    )


def _table(finding: TargetFinding, shown: pd.DataFrame) -> Table:
    indicator = finding.indicator
    columns = {
        "Period": [str(period) for period in shown["period"]],
        f"Value ({indicator.unit})": [value_of(v, indicator) for v in shown["value"]],
    }
    for part in ("numerator", "denominator"):
        if part in shown and shown[part].notna().any():
            name = getattr(indicator, part) or part
            columns[name] = [exact(count) for count in shown[part]]
    figures = range(1, len(columns))
    columns["Target"] = [_aim(row, finding) for _, row in shown.iterrows()]
    columns["Status"] = [STATUS[str(status)] for status in shown["status"]]
    return Table(
        caption=f"{indicator.title} against target by period{_made_up(finding)}",
        headings=list(columns),
        rows=list(map(list, zip(*columns.values(), strict=True))),
        numeric=figures,
        whole=(0,),
    )
