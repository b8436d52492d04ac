"""Say where a year will end, how likely its target is missed, and how far to trust it.

A chance is never told as a certainty, a range never without how often such
ranges held, and where nothing can be forecast the reason is the answer.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from perfnb.analysis.forecasting.outlook import OutlookFinding
from perfnb.analysis.forecasting.outturn import LIKELY_MET, LIKELY_MISS, OPEN
from perfnb.analysis.forecasting.year_end import COMPLETE
from perfnb.methods import Methods
from perfnb.observations import period_labels
from perfnb.quarters import label
from perfnb.report.target_words import aim
from perfnb.report.words import (
    count,
    number,
    plural,
    value_of,
    value_with_unit,
)

EXPECTATION = {
    LIKELY_MISS: "▼\u00a0Likely to be missed",
    LIKELY_MET: "▲\u00a0Likely to be met",
    OPEN: "◆\u00a0Could go either way",
    "not judged": "–\u00a0Not judged",
}
"""Word and sign of what to expect of a target; never a status of today."""

_DUE = {"annual": "year", "snapshot": "yearly count"}
_POINTS = {1: "after the first quarter", 2: "after two quarters"}


def ending(finding: OutlookFinding, methods: Methods, *, wider: bool = False) -> str:
    """Say where the year ends: "likely to end the year at 14.40 per 1,000 ..."."""
    found, indicator = finding.outturn, finding.indicator
    if found.standing == COMPLETE:
        return f"ended the year at {value_with_unit(found.value, indicator)}"
    return (
        f"likely to end the year at {value_with_unit(found.value, indicator)} "
        f"({ranges(finding, methods, wider=wider)})"
    )


def ranges(finding: OutlookFinding, methods: Methods, *, wider: bool = False) -> str:
    """Write the narrower range, or both: "80% range 13.47 to 15.42"."""
    found, indicator = finding.outturn, finding.indicator
    pairs = [
        (methods.forecast_inner_confidence, found.lower_inner, found.upper_inner),
        (methods.confidence, found.lower_ci, found.upper_ci),
    ]
    return ", ".join(
        f"{share:.0%} range {value_of(low, indicator)} to {value_of(high, indicator)}"
        for share, low, high in pairs[: 1 + wider]
    )


def verdict(finding: OutlookFinding, methods: Methods) -> list[str]:
    """Say in sentences where an indicator will end the year.

    Parameters
    ----------
    finding : OutlookFinding
        What was found.
    methods : Methods
        House rules, whose numbers the sentences quote.

    Returns
    -------
    list of str
        The forecast with its ranges and what is known, and the target; or the
        reason why there is no forecast.
    """
    found = finding.outturn
    if not finding.is_forecast and found.standing != COMPLETE:
        return [f"No forecast for {found.year}: {why_not(finding, methods)}."]
    year = f"{found.year}: {ending(finding, methods, wider=True)}."
    return [
        " ".join([year, *known_so_far(finding), *rests_on(finding)]),
        *on_target(finding),
    ]


def known_so_far(finding: OutlookFinding) -> list[str]:
    """Say what is known of the year, with its count, and how last year ended."""
    found, indicator, said = finding.outturn, finding.indicator, []
    known = found.course[found.course["is_known"]]
    if found.so_far is not None and finding.is_forecast:
        last = known.iloc[-1]
        period = label(last["start"].date(), last["end"].date())
        counted = _counted(finding)
        said.append(
            f"So far, {period}: {value_with_unit(found.so_far, indicator)}{counted}."
        )
    if finding.last_year is not None:
        ended = value_with_unit(finding.last_year, indicator)
        said.append(f"The year before ended at {ended}.")
    return said


def rests_on(finding: OutlookFinding) -> list[str]:
    """Say which figures a forecast rests on, where it cannot rest on all of them."""
    points, n = finding.points, finding.outturn.n
    known = np.flatnonzero(points["value"].notna())
    if not finding.is_forecast or len(known) <= n:
        return []
    first = points["period"].iloc[known[-1] - n + 1]
    return [
        f"The forecast rests on the {plural(n, 'figure')} from {first} on, which "
        "follow on one another; those before a gap or a break are not used."
    ]


def _counted(finding: OutlookFinding) -> str:
    indicator = finding.indicator
    rows = this_year(finding)
    if indicator.year_to_date not in ("sum", "pool") or rows["numerator"].isna().any():
        return ""
    return f" ({number(rows['numerator'].sum())} {indicator.counted})"


def this_year(finding: OutlookFinding) -> pd.DataFrame:
    """Give the points of the year that are known."""
    points = finding.points
    year = int(finding.outturn.year[:4]) + 1
    same = (points["quarter"].dt.qyear == year) & points["value"].notna()
    known: pd.DataFrame = points[same]
    return known


def on_target(finding: OutlookFinding) -> list[str]:
    """Say what to expect of the year's target; nothing where none is set."""
    target, found = finding.target, finding.outturn
    if target is None or not finding.is_forecast:
        return []
    wanted = aim(target, finding.indicator)
    if finding.chance is None:
        return [f"Target for {found.year}: {wanted}. It is not judged by a forecast."]
    return [
        f"Target for {found.year}: {wanted}. It {_IS[finding.expectation]}: "
        f"{chances(finding.chance)} that it is missed."
    ]


_IS = {
    LIKELY_MISS: "is likely to be missed",
    LIKELY_MET: "is likely to be met",
    OPEN: "could go either way",
}


def chances(chance: float) -> str:
    """Write a chance, never as a certainty.

    Examples
    --------
    >>> chances(0.967), chances(1.0), chances(0.0)
    ('97 chances in 100', 'more than 99 chances in 100', 'less than 1 chance in 100')
    """
    in_hundred = round(100 * chance)
    if chance > 0.99:
        return "more than 99 chances in 100"
    if chance < 0.01:
        return "less than 1 chance in 100"
    return f"{in_hundred} {'chance' if in_hundred == 1 else 'chances'} in 100"


def why_not(finding: OutlookFinding, methods: Methods) -> str:
    """Say why the year's end cannot be forecast."""
    found, indicator = finding.outturn, finding.indicator
    period = _DUE.get(indicator.frequency, "quarter")
    known = finding.points[finding.points["value"].notna()]
    reasons = {
        "no data": "there is no figure",
        "no rule": "the register does not say how its quarters make a year",
        "overlapping windows": f"each figure covers {indicator.window_months} months "
        "and shares most of them with the one before, so a forecast would mostly "
        "repeat months that are already counted",
        "break in the year": "the figures are made differently since a quarter within "
        "the year, and the two do not add up",
        "no counts": "only rates are held, and without their counts rates do not add "
        "up",
        "too few points": f"{plural(found.n, 'figure follows', 'figures follow')} on "
        f"one another up to the last one; "
        f"{count(methods.minimum_points_for_forecast)} are needed",
        "no variation": "the figures have no ups and downs of their own, so that "
        "nothing tells how far the next may differ",
    }
    if found.standing == "too old":
        late = plural(finding.behind, f"newer {period} is", f"newer {period}s are")
        return (
            f"the latest figure is of {period_labels(known.tail(1))[0]} and {late} "
            f"due; from figures that old a forecast would be guesswork"
        )
    if found.standing == "gap in the year":
        rows = this_year(finding)
        held = len(rows)
        return (
            f"of its quarters so far only {plural(held, 'has', 'have')} a figure, and "
            f"the year cannot be added up without the others"
        )
    return reasons[found.standing]


def trust(finding: OutlookFinding, methods: Methods) -> list[str]:
    """Say how good earlier forecasts made at this point of the year were.

    Parameters
    ----------
    finding : OutlookFinding
        What was found.
    methods : Methods
        House rules, whose numbers the sentences quote.

    Returns
    -------
    list of str
        How many outturns lay in the ranges, how far forecasts and last year's
        value were out, and what was made of that; or that nothing can be said.
    """
    stage, indicator = finding.stage, finding.indicator
    if stage is None:
        return ["No earlier forecast could be made, so this one has not been tested."]
    n, inner = int(stage["n"]), methods.forecast_inner_confidence
    first, last = (_year(int(stage[name])) for name in ("first_year", "last_year"))
    councils = plural(int(stage["n_series"]), "council")
    years = first if first == last else f"{first} to {last}"
    said = [
        f"Of {n} earlier forecasts made {point(finding)} ({councils}, {years}), "
        f"{int(stage['inside_inner'])} ended inside the {inner:.0%} range and "
        f"{int(stage['inside_ci'])} inside the {methods.confidence:.0%} range."
    ]
    if stage["n_compared"]:
        miss = value_with_unit(stage["error"], indicator)
        before = value_with_unit(stage["error_last_year"], indicator)
        said.append(
            f"The typical miss was {miss}, against {before} when simply repeating last "
            f"year."
        )
    return [*said, *_made_of_it(finding, methods)]


def point(finding: OutlookFinding) -> str:
    """Name the point of the year at which such a forecast is made."""
    return point_after(finding.outturn.known, finding.outturn.periods)


def point_after(known: int, periods: int) -> str:
    """Name a point of the year by the periods that are known.

    Examples
    --------
    >>> point_after(3, 4), point_after(0, 1)
    ('after three quarters', 'a year ahead')
    """
    if periods == 1:
        return "a year ahead"
    if known == 0:
        return "before the year began"
    return _POINTS.get(known, f"after {count(known)} quarters")


def _made_of_it(finding: OutlookFinding, methods: Methods) -> list[str]:
    setting = finding.setting
    if not finding.is_forecast:
        if not setting.repeats:
            return []
        return ["No model was clearly nearer than repeating last year's value."]
    if setting.n < methods.minimum_forecasts_for_backtest:
        return [
            f"That is fewer than {methods.minimum_forecasts_for_backtest} forecasts: "
            "too few to widen a range or to choose by."
        ]
    said = []
    if setting.repeats:
        said.append(
            "The model was not clearly nearer than repeating last year's value, so "
            "last year's value is used."
        )
    if setting.stretch > 1:
        said.append(
            f"To hold what they promise, the ranges here are {setting.stretch:.1f} "
            "times as wide as the method alone would draw them."
        )
    return said


def _year(ending_in: int) -> str:
    return f"{ending_in - 1}-{ending_in % 100:02d}"
