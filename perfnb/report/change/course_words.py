"""Say how figures go over the years: last year, slope, seasons, counts.

Each sentence says what may be concluded; `not_known` says what may not.
"""

from __future__ import annotations

from perfnb.analysis.change.over_time import TrendFinding
from perfnb.analysis.change.year_on_year import TWO_FIGURES
from perfnb.methods import Methods
from perfnb.quarters import label
from perfnb.report.elements import Table, rows_of
from perfnb.report.words import (
    NOTHING,
    count,
    number,
    sentence,
    value_of,
    value_with_unit,
)

_THEN = {"better": ", which is better", "worse": ", which is worse"}


def last_year(finding: TrendFinding) -> list[str]:
    """Set the latest figure beside the same period of the year before."""
    found, indicator = finding.year_on_year, finding.indicator
    if found.start_before is None or found.end_before is None:
        return []
    period = label(found.start_before.date(), found.end_before.date())
    if found.difference is None:
        return [_none_before(finding, period)]
    before = value_with_unit(found.before, indicator)
    text = f"A year before, in {period}, it was {before}: {_moved(finding)}."
    if found.shared_months:
        shared = count(found.shared_months)
        text += f" The two figures share {shared} months, which hides part of a change."
    return [f"{text} {TWO_FIGURES}"]


def _none_before(finding: TrendFinding, period: str) -> str:
    splits = [each.start for each in finding.breaks if each.splits]
    start = finding.year_on_year.start_before
    if splits and start is not None and start.date() < splits[-1]:
        return f"The figure of {period} was made differently, so it is not set beside."
    return f"There is no figure for {period} to set it beside."


def _moved(finding: TrendFinding) -> str:
    found, indicator = finding.year_on_year, finding.indicator
    difference = found.difference or 0.0
    size = number(abs(difference), indicator.decimals)
    if size == number(0, indicator.decimals):
        return "now about the same"
    if indicator.is_percentage:
        size += " percentage points"
    elif found.per_cent is not None:
        size += f" ({number(abs(found.per_cent), 1)}%)"
    side = "more" if difference > 0 else "less"
    return f"now {size} {side}{_THEN.get(found.meaning, '')}"


def moved(finding: TrendFinding) -> str:
    """Write the change on a year before as a table has it: "+51.1 (better)"."""
    found, indicator = finding.year_on_year, finding.indicator
    if found.difference is None:
        return NOTHING
    size = number(found.difference, indicator.decimals)
    sign = "+" if found.difference > 0 else ""
    word = f" ({found.meaning})" if found.meaning in _THEN else ""
    return f"{sign}{size}{word}"


def over_the_years(finding: TrendFinding, methods: Methods) -> list[str]:
    """Say whether the figures rise or fall over the years, and how fast."""
    found = finding.slope
    if found.standing == "too few points":
        return [
            "Whether it rises or falls over the years cannot be said: that needs "
            f"{count(methods.minimum_points_for_slope)} figures; it has "
            f"{count(found.n)}."
        ]
    if found.standing == "overlapping windows":
        return [
            "Whether it rises or falls over the years cannot be said: each figure "
            "shares months with the one before."
        ]
    if found.standing != "assessed":
        return []
    return [f"{_course(finding)}{_against(finding)}", *_leaning(finding, methods)]


def _course(finding: TrendFinding) -> str:
    found, indicator = finding.slope, finding.indicator
    rows = finding.comparable
    known = rows[rows["value"].notna()]
    first, last = known["period"].iloc[0], known["period"].iloc[-1]
    span = f"Over the {count(found.n)} figures from {first} to {last}"
    unit = "percentage points" if indicator.is_percentage else indicator.unit
    reach = max(abs(found.lower_ci or 0.0), abs(found.upper_ci or 0.0))
    decimals = indicator.decimals + (reach < 1)
    low = number(found.lower_ci, decimals)
    high = number(found.upper_ci, decimals)
    if not found.meaning:
        return (
            f"{span} there is no clear rise or fall: anything from {low} to {high} "
            f"{unit} a year fits them."
        )
    moves = "rises" if found.verdict == "rising" else "falls"
    size = number(abs(found.per_year or 0.0), decimals)
    meaning = {
        "improving": ", which is an improvement",
        "worsening": ", which is a change for the worse",
    }.get(found.meaning, "")
    return (
        f"{span} it {moves} by about {size} {unit} a year (from {low} to {high}), more "
        f"than chance gives{meaning}."
    )


def _against(finding: TrendFinding) -> str:
    """Explain how slope and chart can differ."""
    changed = finding.trend.variation in ("improvement", "concern", "change")
    if finding.slope.meaning and finding.trend.variation == "common cause":
        return " A slow drift can show before a single figure stands out."
    if not finding.slope.meaning and changed:
        return " A recent change need not show over all the years."
    return ""


def _leaning(finding: TrendFinding, methods: Methods) -> list[str]:
    correlation = finding.slope.autocorrelation or 0.0
    if correlation < methods.noticeable_serial_correlation:
        return []
    return [
        "Each figure seems to follow the one before (correlation "
        f"{number(correlation, 1)}), which can look like a trend; the test allows for "
        "most of that."
    ]


def seasons(finding: TrendFinding, methods: Methods) -> list[str]:
    """Say whether quarters differ every year, and what that does to the verdict."""
    found = finding.seasonality
    years = count(methods.minimum_years_for_seasons)
    if found.standing in ("too few years", "gaps"):
        gaps = ", and the series has gaps" if found.standing == "gaps" else ""
        return [
            f"Whether quarters differ every year cannot be said: that needs {years} "
            f"years without a gap{gaps}."
        ]
    if found.standing != "assessed":
        return []
    rows = found.components
    first, last = rows.iloc[0], rows.iloc[-1]
    span = (
        f"in the {count(found.n)} quarters from "
        f"{label(first['start'].date(), first['end'].date())} to "
        f"{label(last['start'].date(), last['end'].date())}"
    )
    strength = f"strength {number(found.strength, 2)} of at most 1"
    if not found.is_seasonal:
        return [f"Quarters do not clearly differ every year {span} ({strength})."]
    told = f"Quarters differ every year {span} ({strength})."
    if found.verdict != "strong seasons":
        return [told]
    return [
        f"{told} The range of ordinary ups and downs does not allow for seasons this "
        "strong: it is too wide, and a run of high or low figures may be a season. "
        "Compare a quarter with the same quarter of other years."
    ]


def season_table(finding: TrendFinding) -> Table | None:
    """List what each quarter is above or below the rest, where quarters differ."""
    found, indicator = finding.seasonality, finding.indicator
    if not found.is_seasonal:
        return None
    names = ("April to June", "July to September", "October to December")
    months = (*names, "January to March")
    return Table(
        caption=f"Quarters of {indicator.title}, {indicator.unit}",
        headings=["Quarter", "Above or below the rest", "Mean", "Figures"],
        rows=[
            [
                months[row.quarter - 1],
                f"{'+' if row.effect > 0 else ''}{value_of(row.effect, indicator)}",
                value_of(row.mean, indicator),
                str(row.n),
            ]
            for row in rows_of(found.quarters)
        ],
        numeric=(1, 2, 3),
    )


def second_opinion(finding: TrendFinding) -> tuple[str, bool]:
    """Say what a chart made from the counts says of the latest figure.

    Returns
    -------
    sentence : str
        Blank where no counts are held for the latest figure.
    differs : bool
        Whether it calls the figure otherwise than the XmR chart.
    """
    if finding.counted is None:
        return "", False
    rows = finding.counted.rows
    last = rows[rows["value"].notna()].iloc[-1:]
    if last.empty or last["upper_limit"].isna().any() or last.index[0] != len(rows) - 1:
        return "", False
    row, indicator = last.iloc[0], finding.indicator
    limits = (
        f"{value_of(row['lower_limit'], indicator)} to "
        f"{value_with_unit(row['upper_limit'], indicator)}"
    )
    beyond = bool(row["beyond"])
    differs = beyond != ("beyond limits" in finding.trend.signals)
    where = "outside" if beyond else "within"
    opinion = "does not agree" if differs else "agrees"
    care = " Take the verdict with care." if differs else ""
    text = (
        f"A second chart, made from the counts, {opinion}: it expects {limits}, and "
        f"the latest figure lies {where} that.{care}"
    )
    return sentence(text), differs


def not_known(finding: TrendFinding) -> list[str]:
    """Say what must not be concluded from the figures."""
    variation = finding.trend.variation
    if variation == "not assessed":
        return ["Neither that it got better nor that it got worse may be concluded."]
    if variation == "common cause":
        return [
            "No real change does not prove that nothing changed: small changes stay "
            "hidden in ordinary ups and downs."
        ]
    return [
        "The figures show that something changed, not why. The range still rests on "
        "figures from before the change; the council may decide to start it anew once "
        "the reason is known."
    ]
