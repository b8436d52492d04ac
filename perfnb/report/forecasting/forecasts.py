"""Show where a service will end the year: answer, attention, each indicator, trust."""

from __future__ import annotations

from collections.abc import Sequence

from perfnb.analysis.forecasting.outlook import OutlookFinding
from perfnb.analysis.forecasting.outturn import LIKELY_MET, LIKELY_MISS, OPEN
from perfnb.analysis.forecasting.year_end import COMPLETE
from perfnb.report.definitions import definition
from perfnb.report.elements import Element, Parts, Points, Prose, Section, Table
from perfnb.report.forecasting import forecast_charts
from perfnb.report.forecasting.forecast_words import (
    EXPECTATION,
    chances,
    ending,
    on_target,
    trust,
    verdict,
    why_not,
)
from perfnb.report.quality_words import quality_cell, quality_terms
from perfnb.report.target_words import aim
from perfnb.report.words import (
    GOOD,
    NOTHING,
    count,
    joined,
    plural,
    sentence,
    value_of,
)
from perfnb.selection import Selection

_OUTLOOK = {
    LIKELY_MISS: "and to miss its {illustrative}target",
    LIKELY_MET: "and to meet its {illustrative}target",
    OPEN: "and may meet or miss its {illustrative}target",
}
_FIRST = (LIKELY_MISS, OPEN, LIKELY_MET, "not judged")


def answer(findings: Sequence[OutlookFinding], selection: Selection) -> Prose:
    """Answer in a sentence where the year will end.

    Parameters
    ----------
    findings : sequence of OutlookFinding
        Every indicator of the service.
    selection : Selection
        What the report is about.

    Returns
    -------
    Prose
        A sentence for each indicator with a forecast, those likely to miss their
        target first; then how many have none. Without any forecast, why.
    """
    title = selection.service.title
    if not findings:
        return Prose([f"{title}: no indicator is in the register."], role="answer")
    year = findings[0].outturn.year
    told = [f for f in by_urgency(findings) if _has_outturn(f)]
    if not told:
        return Prose([f"{title}, {year}: {_none(findings, selection)}"], role="answer")
    first, *others = [
        f"{f.indicator.title}: {ending(f, selection.methods)}{_and_target(f)}."
        for f in told
    ]
    said = [f"{title}, {year}. {first}", *others]
    if without := len(findings) - len(told):
        more = plural(without, "further indicator")
        said.append(f"{sentence(more)} cannot be forecast; the reasons stand below.")
    return Prose(said, role="answer")


def _has_outturn(finding: OutlookFinding) -> bool:
    return finding.is_forecast or finding.outturn.standing == COMPLETE


def _and_target(finding: OutlookFinding) -> str:
    if finding.target is None or finding.expectation not in _OUTLOOK:
        return ""
    made_up = "illustrative " if finding.target.basis == "illustrative" else ""
    words = _OUTLOOK[finding.expectation].format(illustrative=made_up)
    return f" {words}, {aim(finding.target, finding.indicator).split(' (')[0]}"


def _none(findings: Sequence[OutlookFinding], selection: Selection) -> str:
    if len(findings) == 1:
        reason = why_not(findings[0], selection.methods)
        return f"no forecast can be made of {findings[0].indicator.title}: {reason}."
    late = [f for f in findings if f.outturn.standing == "too old"]
    if len(late) < len(findings):
        return (
            f"none of the {count(len(findings))} indicators can be forecast; the "
            f"reasons stand below."
        )
    newest = max(late, key=_last_end)
    known = newest.points[newest.points["value"].notna()]
    return (
        f"none of the {count(len(findings))} indicators can be forecast. The newest "
        f"figure is of {known['period'].iloc[-1]}; from figures that old a forecast of "
        f"this year would be guesswork."
    )


def _last_end(finding: OutlookFinding) -> int:
    known = finding.points[finding.points["value"].notna()]
    return int(known["end"].iloc[-1].toordinal())


def by_urgency(findings: Sequence[OutlookFinding]) -> list[OutlookFinding]:
    """Order what is forecast: likely to miss its target first, then by chance."""
    return sorted(
        findings, key=lambda f: (_FIRST.index(f.expectation), -(f.chance or 0))
    )


def attention(findings: Sequence[OutlookFinding], selection: Selection) -> Element:
    """List what needs attention: targets likely to be missed, then no forecast."""
    points = [
        f"{f.indicator.title}: {ending(f, selection.methods)}. "
        f"{' '.join(on_target(f))} Owner: {f.indicator.owner}."
        for f in by_urgency(findings)
        if f.expectation in (LIKELY_MISS, OPEN)
    ]
    reasons: dict[tuple[str, str], list[str]] = {}
    for finding in findings:
        if not _has_outturn(finding):
            key = (why_not(finding, selection.methods), finding.indicator.owner)
            reasons.setdefault(key, []).append(finding.indicator.title)
    points += [
        f"No forecast of {joined(titles)}: {reason}. Owner: {owner}."
        for (reason, owner), titles in reasons.items()
    ]
    if not points:
        return Prose(["No target is in doubt, and every indicator has a forecast."])
    return Points(points)


def summary(findings: Sequence[OutlookFinding], selection: Selection) -> Element:
    """Set the forecasts of a service side by side."""
    told = [finding for finding in findings if _has_outturn(finding)]
    if not told:
        return Prose(["There is no forecast to show."])
    inner = f"{selection.methods.forecast_inner_confidence:.0%} range"
    outer = f"{selection.methods.confidence:.0%} range"
    return Table(
        caption=f"Where {told[0].outturn.year} will end; no status of today",
        headings=[
            *("Indicator", "Known", "Forecast", inner, outer, "Unit", "Good is"),
            *("Target", "Chance of missing it", "Outlook", "Data quality"),
        ],
        rows=[_row(finding, selection) for finding in told],
        numeric=(2, 3, 4),
    )


def _row(finding: OutlookFinding, selection: Selection) -> list[str]:
    found, indicator = finding.outturn, finding.indicator
    ranges = [
        NOTHING
        if low is None
        else f"{value_of(low, indicator)} to {value_of(high, indicator)}"
        for low, high in (
            (found.lower_inner, found.upper_inner),
            (found.lower_ci, found.upper_ci),
        )
    ]
    target = NOTHING if finding.target is None else aim(finding.target, indicator)
    chance = NOTHING if finding.chance is None else chances(finding.chance)
    return [
        indicator.title,
        f"{found.known} of {found.periods}",
        value_of(found.value, indicator),
        *ranges,
        indicator.unit,
        GOOD[indicator.polarity],
        target,
        chance,
        EXPECTATION[finding.expectation],
        quality_cell(indicator, selection),
    ]


def sections(findings: Sequence[OutlookFinding], selection: Selection) -> Parts:
    """Show each indicator: where it will end, its chart, how far to trust it."""
    return Parts([_section(finding, selection) for finding in findings])


def _section(finding: OutlookFinding, selection: Selection) -> Section:
    methods, indicator = selection.methods, finding.indicator
    parts: list[Element] = [Prose(verdict(finding, methods))]
    if finding.is_forecast:
        parts.append(forecast_charts.chart(finding, methods))
        parts.append(Prose([" ".join(trust(finding, methods))]))
    parts.append(definition(indicator, selection))
    parts.append(quality_terms(indicator, selection, indicator.title))
    return Section(indicator.title, parts)
