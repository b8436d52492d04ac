"""Say what a series shows, what may be concluded from it and what may not."""

from __future__ import annotations

from perfnb.analysis.change.eras import JUDGED, Era
from perfnb.analysis.change.over_time import TrendFinding
from perfnb.analysis.change.year_to_date import YearToDate
from perfnb.methods import Methods
from perfnb.observations import period_labels
from perfnb.report.change.course_words import second_opinion
from perfnb.report.target_words import aim
from perfnb.report.words import (
    NOTHING,
    count,
    number,
    plural,
    sentence,
    value_of,
    value_with_unit,
)

_DUE = {
    "quarterly": ("newer quarter is", "newer quarters are"),
    "annual": ("newer year is", "newer years are"),
    "rolling": ("newer edition is", "newer editions are"),
    "snapshot": ("newer yearly count is", "newer yearly counts are"),
}
_MADE = {
    "definition": "new definition",
    "source": "another source",
    "boundary": "other boundaries",
    "method": "another method",
}
_CHANGE = {
    "improvement": "a real improvement",
    "concern": "a real change for the worse",
    "change": "a real change, which is neither good nor bad in itself",
}


def latest(finding: TrendFinding) -> str:
    """Say the latest figure: "33.1% in 2022-23"."""
    points = finding.trend.points
    last = points[points["value"].notna()].iloc[-1:]
    value = value_with_unit(last["value"].iloc[0], finding.indicator)
    return f"{value} in {period_labels(last)[0]}"


def verdict(finding: TrendFinding, methods: Methods) -> list[str]:
    """Say what a series shows, in sentences.

    Parameters
    ----------
    finding : TrendFinding
        What was found.
    methods : Methods
        House rules, whose numbers the sentences quote.

    Returns
    -------
    list of str
        The finding first, then what limits it.
    """
    found = finding.trend
    if found.standing == "no data":
        return ["There is no figure for this indicator."]
    return [
        f"{sentence(latest(finding))}: {_shown(finding, methods)}",
        *_cautions(finding, methods),
    ]


def _shown(finding: TrendFinding, methods: Methods) -> str:
    found = finding.trend
    if found.standing == "too few points":
        needed = methods.minimum_points_for_limits
        return (
            f"it cannot be said whether this is a real change. "
            f"{sentence(plural(found.n, 'figure is', 'figures are'))} too few to tell; "
            f"at least {count(needed)} that follow on one another are needed."
        )
    if found.standing == "overlapping windows":
        months = finding.indicator.window_months
        return (
            f"it cannot be said whether this is a real change. Each figure covers "
            f"{months} months and shares most of them with the one before."
        )
    if found.standing == "no variation":
        return "the figure has been the same in every period."
    if found.standing == "no moving range":
        return (
            "it cannot be said whether this is a real change. Neighbouring figures do "
            "not differ, so they do not say how far figures vary."
        )
    if found.variation == "common cause":
        return (
            "no real change. It lies within the range that ordinary ups and downs "
            f"give ({_range(finding)})."
        )
    return f"{_CHANGE[found.variation]}. {_reasons(finding, methods)}"


def _range(finding: TrendFinding) -> str:
    low = value_of(finding.trend.lower_limit, finding.indicator)
    high = value_of(finding.trend.upper_limit, finding.indicator)
    return f"{low} to {high}"


def _reasons(finding: TrendFinding, methods: Methods) -> str:
    mean = value_of(finding.trend.mean, finding.indicator)
    known = finding.trend.points["value"].dropna()
    above = finding.trend.mean is not None and known.iloc[-1] > finding.trend.mean
    side = "above" if above else "below"
    direction = "risen" if known.iloc[-1] > known.iloc[-2] else "fallen"
    reasons = {
        "beyond limits": f"It lies outside the range of ordinary ups and downs "
        f"({_range(finding)}).",
        "shift": f"At least {count(methods.shift_length)} figures in a row lie "
        f"{side} their mean of {mean}.",
        "trend": f"It has {direction} over {count(methods.trend_length)} figures in "
        f"a row.",
        "two of three": "Two of the last three figures lie close to a limit "
        f"({_range(finding)}).",
    }
    return " ".join(reasons[signal] for signal in finding.trend.signals)


def so_far(finding: TrendFinding) -> list[str]:
    """Say how the financial year stands, beside the year before; or nothing."""
    now, before = finding.so_far, finding.so_far_before
    if now is None or now.quarters == 1:
        return []
    text = f"So far this financial year, {now.period}: {_with_count(now, finding)}"
    if before is None:
        return [f"{text}."]
    return [f"{text}; {before.period}: {_with_count(before, finding)}."]


def _with_count(found: YearToDate, finding: TrendFinding) -> str:
    value = value_with_unit(found.value, finding.indicator)
    if found.numerator is None:
        return value
    return f"{value} ({number(found.numerator)} {finding.indicator.counted})"


def _cautions(finding: TrendFinding, methods: Methods) -> list[str]:
    found = finding.trend
    cautions = []
    if found.standing == "trial limits":
        cautions.append(_on_trial(found.era, methods))
    elif found.era.baseline_points is not None:
        cautions.append(_fixed(found.era))
    if found.n_missing:
        cautions.append(
            f"{sentence(plural(found.n_missing, 'period has', 'periods have'))} no "
            f"figure{_since(finding)} and {'is' if found.n_missing == 1 else 'are'} "
            f"left out, not taken for nought."
        )
    cautions += [
        f"{'Break in the series' if each.splits else 'Made a little differently'} "
        f"from {each.starts} ({_MADE[each.kind]}): {each.reason}"
        for each in finding.breaks
    ]
    cautions += [
        f"Mean and range start anew from {each.starts}, as decided on "
        f"{each.decided.day} {each.decided:%B %Y}: {each.reason}"
        for each in finding.rebases
    ]
    opinion, differs = second_opinion(finding)
    if differs:
        cautions.append(opinion)
    if finding.behind:
        cautions.append(sentence(overdue(finding)))
    return cautions


def _on_trial(era: Era, methods: Methods) -> str:
    if era.baseline_points is None:
        return (
            f"The range rests on {plural(era.n, 'figure')} and will still move: it "
            f"settles at {methods.settled_points}."
        )
    if era.n < era.baseline_points:
        return _fixed(era)
    return (
        f"{_fixed(era)} There are {plural(era.n, 'figure')} so far; a range settles at "
        f"{methods.settled_points}."
    )


def _fixed(era: Era) -> str:
    if era.baseline_points is not None and era.n < era.baseline_points:
        return (
            f"The range rests on {plural(era.n, 'figure')} and is held once there are "
            f"{era.baseline_points}."
        )
    return (
        f"The range was set by the first {count(era.n_baseline)} figures and is held; "
        "the others are judged by it."
    )


def _since(finding: TrendFinding) -> str:
    """Say from when, where limits started anew."""
    if len(finding.trend.eras) == 1:
        return ""
    points = finding.trend.points
    first = points[points["era"] == points["era"].iloc[-1]].iloc[:1]
    return f" since {period_labels(first)[0]}"


def overdue(finding: TrendFinding) -> str:
    """Say how much newer figures are due: "three newer years are due ..."."""
    due = plural(finding.behind, *_DUE[finding.indicator.frequency])
    return f"{due} due, but no figure has been received."


def alternative(finding: TrendFinding) -> str:
    """Describe the chart of a series to a reader who does not see it."""
    indicator = finding.indicator
    known = finding.points[finding.points["value"].notna()]
    ordered = known.sort_values("value", kind="stable")
    low, high = ordered.iloc[0], ordered.iloc[-1]
    first, last = known.iloc[0], known.iloc[-1]
    text = (
        f"Line chart of {indicator.title}, {indicator.unit}: "
        f"{value_of(first['value'], indicator)} in {first['period']}, "
        f"{value_of(last['value'], indicator)} in {last['period']}; lowest "
        f"{value_of(low['value'], indicator)} in {low['period']}, highest "
        f"{value_of(high['value'], indicator)} in {high['period']}."
    )
    if finding.trend.standing in JUDGED:
        signals = finding.trend.points["special_cause"].ne("").sum()
        text += (
            f" Mean {value_of(finding.trend.mean, indicator)}, limits "
            f"{_range(finding)}{_since(finding)}; {plural(int(signals), 'figure')} "
            f"marked as a special cause."
        )
    if finding.target is not None:
        text += f" Target of the latest figure: {aim(finding.target, indicator)}."
    return text


def mean_of(finding: TrendFinding) -> str:
    """Write the mean that a series is judged against, or a dash."""
    found = finding.trend
    drawn = found.standing in JUDGED
    return number(found.mean, finding.indicator.decimals) if drawn else NOTHING
