"""Show how good earlier forecasts were, and how that was found out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from markupsafe import Markup

from perfnb.analysis.forecasting.outlook import OutlookFinding
from perfnb.report.downloads import Download, download
from perfnb.report.elements import Element, Parts, Points, Prose, Table, rows_of
from perfnb.report.folded import Folded
from perfnb.report.forecasting.forecast_words import point_after, trust
from perfnb.report.words import NOTHING, count, joined, plural, sentence, value_of
from perfnb.selection import Selection

_COLUMNS = [
    *("council", "year", "known", "n", "model", "value", "lower_inner"),
    *("upper_inner", "lower_ci", "upper_ci", "actual", "last_year", "unit"),
]


@dataclass(frozen=True)
class Offered(Element):
    """Figures to take away that no chart shows.

    Parameters
    ----------
    file : Download
        The figures.
    """

    file: Download

    def html(self) -> Markup:
        """Render as a link that carries its file."""
        return self.file.html()


def record(findings: Sequence[OutlookFinding], selection: Selection) -> Element:
    """Show what came of earlier forecasts.

    Parameters
    ----------
    findings : sequence of OutlookFinding
        Every indicator of the service.
    selection : Selection
        What the report is about.

    Returns
    -------
    Element
        A sentence for each indicator without a forecast, since those with one say
        theirs, and a table for all; alarms and every single forecast folded away.
    """
    tested = [finding for finding in findings if len(finding.record.stages)]
    if not tested:
        text = "No earlier forecast of this service could be made, so none is tested."
        return Prose([text])
    # What is forecast has said so above.
    said = [
        f"{finding.indicator.title}. {' '.join(trust(finding, selection.methods))}"
        for finding in tested
        if finding.stage is not None and not finding.is_forecast
    ]
    parts: list[Element] = [Points(said)] if said else []
    if now := [finding for finding in tested if finding.stage is not None]:
        caption = "Earlier forecasts made at this point of the year"
        parts.append(_table(now, selection, caption, all_points=False))
    if any(len(finding.record.stages) > 1 for finding in tested):
        caption = "Earlier forecasts made at every point of the year"
        every = _table(tested, selection, caption, all_points=True)
        parts.append(Folded("How good were forecasts earlier in the year?", [every]))
    if alarms := _alarm_rows(tested):
        shown = [*_alarms(alarms), _chances(tested)]
        parts.append(Folded("Were earlier alarms right?", shown))
    parts += [_every_forecast(finding, selection) for finding in tested]
    return Parts(parts)


def _table(
    findings: Sequence[OutlookFinding],
    selection: Selection,
    caption: str,
    *,
    all_points: bool,
) -> Table:
    inner = f"Inside the {selection.methods.forecast_inner_confidence:.0%} range"
    outer = f"Inside the {selection.methods.confidence:.0%} range"
    return Table(
        caption=caption,
        headings=[
            *("Indicator", "Made", "Forecasts", inner, outer, "Typical miss"),
            *("Repeating last year", "Unit", "Nearer by"),
        ],
        rows=[
            _row(finding, stage)
            for finding in findings
            for stage in rows_of(finding.record.stages)
            if all_points or stage.known == finding.outturn.known
        ],
        numeric=(2, 3, 4, 5, 6, 8),
    )


def _row(finding: OutlookFinding, stage: Any) -> list[str]:
    indicator, n, compared = finding.indicator, int(stage.n), stage.n_compared > 0
    misses = [
        value_of(error, indicator) if compared else NOTHING
        for error in (stage.error, stage.error_last_year)
    ]
    return [
        indicator.title,
        sentence(point_after(int(stage.known), finding.outturn.periods)),
        str(n),
        f"{int(stage.inside_inner)} ({stage.inside_inner / n:.0%})",
        f"{int(stage.inside_ci)} ({stage.inside_ci / n:.0%})",
        *misses,
        indicator.unit,
        _nearer_by(stage.skill) if compared else NOTHING,
    ]


def _nearer_by(skill: float) -> str:
    # Nothing is a share of no miss at all.
    if math.isinf(skill):
        return "last year's value was exact"
    return f"{skill:z.0%}".replace("-", "−")


def _alarm_rows(findings: Sequence[OutlookFinding]) -> list[list[str]]:
    rows = []
    for finding in findings:
        if finding.indicator.polarity not in ("maximise", "minimise"):
            continue
        for stage in rows_of(finding.record.stages):
            if not stage.n_compared:
                continue
            rows.append(
                [
                    finding.indicator.title,
                    sentence(point_after(int(stage.known), finding.outturn.periods)),
                    str(int(stage.n_compared)),
                    str(int(stage.worse)),
                    str(int(stage.alerts)),
                    str(int(stage.alerts_right)),
                    f"{stage.brier:.2f}",
                    f"{stage.brier_base:.2f}",
                ]
            )
    return rows


def _alarms(rows: list[list[str]]) -> list[Element]:
    told = Prose(
        [
            "Past targets are not held for every council, so last year's outturn "
            "stands in for one: an alarm says that the year is likely to end worse "
            "than the last. The score is the mean squared distance between the chance "
            "given and what came (Brier 1950): the smaller the better, and smaller "
            "than the one beside it if forecasts tell more than how often it happens."
        ]
    )
    table = Table(
        caption="Alarms that earlier forecasts would have raised",
        headings=[
            *("Indicator", "Made", "Forecasts", "Ended worse", "Alarms"),
            *("Alarms that came true", "Score", "Score without a forecast"),
        ],
        rows=rows,
        numeric=range(2, 8),
    )
    return [told, table]


def _chances(findings: Sequence[OutlookFinding]) -> Table:
    """Set the chances that were given beside how often they came true."""
    return Table(
        caption="Chance given that a year would end above the last, and how often it "
        "did",
        headings=[
            *("Indicator", "Made", "Chance given", "Forecasts"),
            *("On average", "Came true"),
        ],
        rows=[
            [
                finding.indicator.title,
                sentence(point_after(int(band.known), finding.outturn.periods)),
                f"{band.low:.0%} to {band.high:.0%}",
                str(int(band.n)),
                f"{band.chance:.0%}",
                f"{band.came:.0%}",
            ]
            for finding in findings
            for band in rows_of(finding.record.chances)
        ],
        numeric=range(2, 6),
    )


def _every_forecast(finding: OutlookFinding, selection: Selection) -> Element:
    """Offer each earlier forecast of the council itself, and of all as CSV."""
    made, indicator = finding.record.made, finding.indicator
    own = made[made["series"] == selection.council]
    names = [selection.reference.name(code) for code in made["series"]]
    file = download(
        f"{indicator.id}-earlier-forecasts",
        made.assign(council=names, unit=indicator.unit)[_COLUMNS],
    )
    summary = f"Earlier forecasts of {selection.council_name}: {indicator.title}"
    if own.empty:
        text = "None could be made for the council itself; those of its peers are in "
        return Folded(summary, [Prose([f"{text}the file."]), Offered(file)])
    return Folded(summary, [_own_table(finding, own, selection), Offered(file)])


def _own_table(
    finding: OutlookFinding, own: pd.DataFrame, selection: Selection
) -> Table:
    indicator = finding.indicator
    inner = f"{selection.methods.forecast_inner_confidence:.0%} range"
    return Table(
        caption=f"{indicator.title}, {indicator.unit}: what was forecast and what came",
        headings=["Year", "Made", "Forecast", inner, "Outturn", "Inside"],
        rows=[
            [
                f"{row.year - 1}-{row.year % 100:02d}",
                sentence(point_after(int(row.known), finding.outturn.periods)),
                value_of(row.value, indicator),
                f"{value_of(row.lower_inner, indicator)} to "
                f"{value_of(row.upper_inner, indicator)}",
                value_of(row.actual, indicator),
                "yes" if row.lower_inner <= row.actual <= row.upper_inner else "no",
            ]
            for row in rows_of(own.sort_values(["year", "known"], kind="stable"))
        ],
        numeric=(2, 3, 4),
        whole=(0,),
    )


def how(findings: Sequence[OutlookFinding], selection: Selection) -> list[str]:
    """Say how earlier forecasts were made anew, and for whom."""
    tested = [finding for finding in findings if len(finding.record.stages)]
    if not tested:
        return []
    most = max(tested, key=lambda finding: len(finding.councils))
    names = [selection.reference.name(code) for code in most.councils]
    inner, outer = (
        selection.methods.forecast_inner_confidence,
        selection.methods.confidence,
    )
    return [
        f"Earlier forecasts are made anew for {plural(len(names), 'council')}, the "
        f"council itself and peers of it with figures ({joined(names)}): its smallest "
        f"groups of peers whole, the larger evenly through their lists. Figures are "
        f"those held today, not those first published (Tashman 2000, rolling origins).",
        f"Ranges are widened until {inner:.0%} and {outer:.0%} of the outturns of "
        f"earlier years lie inside, once "
        f"{count(selection.methods.minimum_forecasts_for_backtest)} forecasts made at "
        f"that point of the year can be looked back on, and never narrowed (Lei et al "
        f"2018). Each earlier forecast is widened only by what the years before it "
        f"showed.",
        f"A model that was not at least "
        f"{selection.methods.minimum_forecast_skill:.0%} nearer than repeating last "
        f"year's value gives way to it.",
    ]
