"""Set a service's targets side by side: the status now, and which way figures go.

Two tables, since the status of today and the outlook for the year are two things.
"""

from __future__ import annotations

from collections.abc import Sequence

from perfnb.analysis.targeting.against_target import TargetFinding
from perfnb.report.elements import Table
from perfnb.report.forecasting.forecast_words import chances
from perfnb.report.quality_words import quality_cell
from perfnb.report.target_words import aim
from perfnb.report.targeting.status_words import (
    illustrative,
    in_a_row,
    status,
    tolerance,
    two_points,
)
from perfnb.report.words import NOTHING, VARIATION, sentence, value_with_unit
from perfnb.selection import Selection


def scorecard(findings: Sequence[TargetFinding], selection: Selection) -> Table:
    """Set the indicators side by side: what each figure is now against its target."""
    return Table(
        caption="Status of every indicator on its latest figure",
        headings=[
            "Indicator",
            "Period",
            "Value",
            "Target",
            "Status",
            "Off target in a row",
            "A miss is close within",
            "Data quality",
        ],
        rows=[_scored(finding, selection) for finding in findings],
        numeric=(2,),
        whole=(1, 5),
    )


def _scored(finding: TargetFinding, selection: Selection) -> list[str]:
    found, indicator = finding.latest, finding.indicator
    value = NOTHING if found is None else value_with_unit(found.value, indicator)
    target = found.target if found is not None else None
    reach = NOTHING
    if target is not None:
        reach = tolerance(target, indicator, selection.methods)
    return [
        indicator.title,
        finding.period or NOTHING,
        value,
        aim(target, indicator) if target is not None else NOTHING,
        status(finding),
        (in_a_row(finding, 1).removesuffix(" in a row") or NOTHING)
        if finding.is_judged
        else NOTHING,
        reach,
        quality_cell(indicator, selection),
    ]


def course(findings: Sequence[TargetFinding]) -> Table:
    """Set beside each other which way each figure goes and how the year may end."""
    seen = any(finding.outturn is not None for finding in findings)
    headings = [
        "Indicator",
        "Latest figure by itself",
        "Against the period before",
        "Against a year before",
        "Over time",
    ]
    return Table(
        caption="Which way each figure goes; two points are a direction, not a trend",
        headings=[*headings, *["Chance of missing the year's target"] * seen],
        rows=[[*_course(f), *[_chance(f)] * seen] for f in findings],
        numeric=(1,),
    )


def _course(finding: TargetFinding) -> list[str]:
    near, far, indicator = finding.short, finding.long, finding.indicator
    once_a_year = near.start is not None and near.start == far.start
    return [
        indicator.title,
        NOTHING if near.now is None else value_with_unit(near.now, indicator),
        sentence(two_points(near, indicator)),
        "The same comparison" if once_a_year else sentence(two_points(far, indicator)),
        VARIATION[finding.trend.trend.variation],
    ]


def _chance(finding: TargetFinding) -> str:
    """Write the chance of missing the year's target; it never makes a status."""
    found, target = finding.outturn, finding.year_target
    if target is None:
        return f"{NOTHING}\u00a0No target for the year"
    if finding.chance is None:
        return NOTHING if found is None else f"{NOTHING}\u00a0{found.method}"
    words = f"{chances(finding.chance)}: {finding.expectation}"
    return f"{sentence(words)}{illustrative(target)}"
