"""Show how a service is changing: answer, what needs attention, each indicator."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from perfnb.analysis.change.over_time import TrendFinding
from perfnb.report.change import trend_charts
from perfnb.report.change.course_words import (
    last_year,
    moved,
    not_known,
    over_the_years,
    season_table,
    seasons,
    second_opinion,
)
from perfnb.report.change.revision_tables import revised
from perfnb.report.change.trend_words import latest, mean_of, overdue, so_far, verdict
from perfnb.report.definitions import definition
from perfnb.report.elements import Element, Parts, Points, Prose, Section, Table
from perfnb.report.folded import Folded
from perfnb.report.quality_words import quality_cell, quality_terms
from perfnb.report.target_words import assurance_of, assured, missed
from perfnb.report.words import (
    GOOD,
    NOTHING,
    VARIATION,
    count,
    joined,
    sentence,
    value_of,
)
from perfnb.selection import Selection

_OUTCOMES = {
    "concern": ("is getting worse", "are getting worse"),
    "improvement": ("is improving", "are improving"),
    "change": ("has changed, neither for good nor for bad",) * 2,
    "common cause": ("shows no real change", "show no real change"),
    "not assessed": ("cannot be judged yet", "cannot be judged yet"),
}
_NAMED = {
    "concern": "Getting worse",
    "improvement": "Improving",
    "change": "Changed",
}


def answer(findings: Sequence[TrendFinding], selection: Selection) -> Prose:
    """Answer in a sentence whether the service gets better or worse.

    Parameters
    ----------
    findings : sequence of TrendFinding
        Every indicator of the service.
    selection : Selection
        What the report is about.

    Returns
    -------
    Prose
        The counts of verdicts and the indicators behind them; for a service
        with one indicator what it says itself.
    """
    title = selection.service.title
    if not findings:
        return Prose([f"{title}: no indicator is in the register."], role="answer")
    if len(findings) == 1:
        name = findings[0].indicator.title
        first = verdict(findings[0], selection.methods)[0]
        return Prose([f"{title}: {name}. {first}"], role="answer")
    named = [
        f"{words}: {joined([latest_of(f) for f in found])}."
        for outcome, words in _NAMED.items()
        if (found := _with(findings, outcome))
    ]
    lead = f"{title}{_up_to(findings)}: {_counted(findings)}."
    return Prose([lead, *named], role="answer")


def _up_to(findings: Sequence[TrendFinding]) -> str:
    """Say how far the figures reach when every indicator waits for newer ones."""
    held = [f.points[f.points["value"].notna()] for f in findings]
    last = pd.concat([points.iloc[-1:] for points in held])
    if last.empty or not all(finding.behind for finding in findings):
        return ""
    return f", up to {last.sort_values('end', kind='stable')['period'].iloc[-1]}"


def council_answer(findings: Sequence[TrendFinding], council: str) -> list[str]:
    """Answer in sentences whether the council gets better or worse."""
    if not findings:
        return [f"{council}: no indicator is in the register."]
    lead = f"Of {len(findings)} indicators, {_counted(findings, noun='')}."
    said = [lead]
    if worse := [latest_of(f) for f in _with(findings, "concern")]:
        said.append(f"Getting worse: {joined(worse)}.")
    if late := sum(finding.behind > 0 for finding in findings):
        are = "waits" if late == 1 else "wait"
        said.append(
            f"{sentence(count(late))} of the {len(findings)} {are} for newer figures."
        )
    return said


def _counted(findings: Sequence[TrendFinding], noun: str = " indicator") -> str:
    """Count the verdicts: "one indicator is improving and four show no ..."."""
    counted = []
    for outcome, (one, several) in _OUTCOMES.items():
        number = len(_with(findings, outcome))
        if number:
            said = f"{count(number)}{noun}{'s' if noun and number > 1 else ''}"
            counted.append(f"{said} {one if number == 1 else several}")
            noun = ""
    return joined(counted)


def _with(findings: Sequence[TrendFinding], outcome: str) -> list[TrendFinding]:
    return [finding for finding in findings if finding.trend.variation == outcome]


def latest_of(finding: TrendFinding) -> str:
    """Name an indicator with its latest figure, and say if its limits are on trial."""
    judged = finding.trend.variation in _NAMED
    trial = judged and finding.trend.standing == "trial limits"
    return (
        f"{finding.indicator.title} ({latest(finding)}"
        f"{', on trial limits' if trial else ''})"
    )


def attention(findings: Sequence[TrendFinding], selection: Selection) -> Element:
    """List what needs attention: worse, target out of reach, then overdue."""
    worse = [
        f"{latest_of(f)} is getting worse. Owner: {f.indicator.owner}."
        for f in _with(findings, "concern")
    ]
    out_of_reach = [
        f"{latest_of(f)}: {text} Owner: {f.indicator.owner}."
        for f in findings
        if (text := missed(f))
    ]
    absent = [
        f"{f.indicator.title}: no figure at all. Owner: {f.indicator.owner}."
        for f in findings
        if f.trend.standing == "no data"
    ]
    late: dict[tuple[str, str], list[str]] = {}
    for finding in findings:
        if finding.behind and finding.trend.standing != "no data":
            key = (overdue(finding), finding.indicator.owner)
            late.setdefault(key, []).append(latest_of(finding))
    overdue_figures = [
        f"{joined(named)}: {text} Owner: {owner}."
        for (text, owner), named in late.items()
    ]
    if not (worse or out_of_reach or absent or late):
        return Prose(["No indicator is known to get worse and no figure is overdue."])
    return Points([*worse, *out_of_reach, *absent, *overdue_figures])


def summary(findings: Sequence[TrendFinding], selection: Selection) -> Table:
    """Set the indicators of a service side by side."""
    return Table(
        caption="Every indicator of the service, with its latest figure",
        headings=[
            "Indicator",
            "Period",
            "Value",
            "Unit",
            "Good is",
            "On a year before",
            "Mean",
            "Figures",
            "Change",
            "Target",
            "Data quality",
        ],
        rows=[_summary_row(finding, selection) for finding in findings],
        numeric=(2, 5, 6, 7),
        whole=(1,),
    )


def _summary_row(finding: TrendFinding, selection: Selection) -> list[str]:
    indicator, found = finding.indicator, finding.trend
    known = finding.points[finding.points["value"].notna()]
    period = NOTHING if known.empty else str(known["period"].iloc[-1])
    value = NOTHING if known.empty else value_of(known["value"].iloc[-1], indicator)
    return [
        indicator.title,
        period,
        value,
        indicator.unit,
        GOOD[indicator.polarity],
        moved(finding),
        mean_of(finding),
        str(found.n),
        VARIATION[found.variation],
        assurance_of(finding),
        quality_cell(indicator, selection),
    ]


def sections(findings: Sequence[TrendFinding], selection: Selection) -> Parts:
    """Show each indicator: what it says, its chart, its figures."""
    return Parts([_section(finding, selection) for finding in findings])


def _section(finding: TrendFinding, selection: Selection) -> Section:
    indicator = finding.indicator
    if finding.trend.standing == "no data":
        owner = f"The figures are owed by: {indicator.owner}."
        first = verdict(finding, selection.methods)[0]
        parts: list[Element] = [Prose([first]), Prose([owner])]
    else:
        parts = _shown(finding, selection)
    parts.append(definition(indicator, selection))
    parts.append(quality_terms(indicator, selection, indicator.title))
    return Section(indicator.title, parts)


def _shown(finding: TrendFinding, selection: Selection) -> list[Element]:
    """Give what matters first: the verdict, the target, the chart; then the rest."""
    methods = selection.methods
    first, *cautions = verdict(finding, methods)
    parts: list[Element] = [
        Prose([first, assured(finding, methods), *so_far(finding)]),
        trend_charts.chart(finding),
    ]
    if cautions:
        parts.append(Points(cautions))
    parts += revised(finding.indicator, selection)
    opinion, differs = second_opinion(finding)
    rest: list[Element] = [
        Points(
            [
                *last_year(finding),
                *over_the_years(finding, methods),
                *seasons(finding, methods),
                *([opinion] if opinion and not differs else []),
                *not_known(finding),
            ]
        )
    ]
    table = season_table(finding)
    if table is not None:
        rest.append(table)
    title = (
        f"Last year, slope, seasons and what is not known: {finding.indicator.title}"
    )
    return [*parts, Folded(title, rest)]
