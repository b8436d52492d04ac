"""Do figures rise or fall over the years? How fast, and how sure that is.

The slope is the middle one of the slopes between all pairs of figures, so that
no single freak year makes it. Whether it is more than chance is tested with
Mann-Kendall; figures that follow their neighbours, and seasons, are allowed for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from perfnb.analysis.change.pair_slopes import (
    CORRECTED,
    PLAIN,
    SEASONAL,
    SEASONAL_CORRECTED,
    Figures,
    PairSlopes,
    interval,
)
from perfnb.analysis.change.pair_slopes import seasonal as within_seasons
from perfnb.analysis.change.pair_slopes import whole as over_all
from perfnb.analysis.frames import Floats, Ints, floats
from perfnb.analysis.process_limits import TOLERANCE
from perfnb.analysis.segments import check_periods, steps
from perfnb.analysis.verdicts import good_side
from perfnb.methods import Methods


@dataclass(frozen=True)
class Slope:
    """How fast a series rises or falls.

    Attributes
    ----------
    standing : str
        'no data', 'overlapping windows', 'too few points', 'no variation' or
        'assessed'.
    verdict : str
        'rising', 'falling', 'no clear trend', 'too few points' or 'not assessed'.
    meaning : str
        'improving' or 'worsening' by polarity, 'changing' where no side is good,
        '' without a trend.
    per_year, lower_ci, upper_ci : float or None
        Slope with its interval [indicator's unit per year].
    n : int
        Figures.
    p : float or None
        Chance of as many rises or falls without a trend [share].
    z : float or None
        Its standard score.
    autocorrelation : float or None
        Between neighbouring figures, slope (and seasons) taken out, corrected
        for the length of the series; 0 where there is none.
    variance_factor : float
        By how much serial correlation widened the variance, 1 if not at all.
    test : str
        Which test was used; blank where none was.
    method : str
        Method and source in words.
    """

    standing: str
    verdict: str
    meaning: str = ""
    per_year: float | None = None
    lower_ci: float | None = None
    upper_ci: float | None = None
    n: int = 0
    p: float | None = None
    z: float | None = None
    autocorrelation: float | None = None
    variance_factor: float = 1.0
    test: str = ""
    method: str = ""


def slope(
    points: pd.DataFrame,
    *,
    polarity: str,
    window_months: int | None,
    frequency: str,
    methods: Methods,
    seasonal: bool = False,
) -> Slope:
    """Give the slope of a series and say whether it is more than chance.

    Parameters
    ----------
    points : pandas.DataFrame
        One row per period of one series, oldest first: `start`, `end`
        [datetime64], `value` [indicator's unit, missing allowed].
    polarity, window_months, frequency
        As in `perfnb.analysis.change.trend.xmr`.
    methods : Methods
        House rules `confidence` and `minimum_points_for_slope`.
    seasonal : bool
        Whether the series has seasons (`perfnb.analysis.change.seasonality`): then
        figures are compared with those of the same season only. Serial
        correlation is allowed for either way.

    Returns
    -------
    Slope
        Its interval rests on the same variance as the test. Serial correlation
        never narrows it.

    Raises
    ------
    PerfnbError
        As `perfnb.analysis.change.trend.xmr` does.

    References
    ----------
    Theil H (1950) Proc K Ned Akad Wet A 53:386. Sen PK (1968) J Am Stat Assoc
    63:1379. Mann HB (1945) Econometrica 13:245. Hamed KH, Rao AR (1998) J Hydrol
    204:182; Hamed KH (2009) J Hydrol 368:143 (`perfnb.analysis.change.pair_slopes`).
    Hirsch RM, Slack JR, Smith RA (1982) Water Resour Res 18:107.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> years = pd.date_range("2012-04-01", periods=10, freq="YS-APR")
    >>> points = pd.DataFrame({
    ...     "start": years, "end": years + pd.DateOffset(years=1, days=-1),
    ...     "value": [10, 12, 11, 14, 13, 15, 17, 16, 18, 20]})
    >>> found = slope(points, polarity="minimise", window_months=12,
    ...     frequency="annual", methods=read_methods("parameters/methods.yaml"))
    >>> found.verdict, found.meaning, found.per_year
    ('rising', 'worsening', 1.0)
    """
    good = good_side(polarity)
    check_periods(points, window_months, frequency)
    values = floats(points["value"])
    # Two figures within one period still come one after the other.
    places = np.cumsum(np.maximum(steps(points, frequency), 1))
    standing = _standing(points, values, methods)
    known = np.flatnonzero(np.isfinite(values))
    refused = Slope(standing, _REFUSED.get(standing, ""), n=len(known))
    if standing != "assessed":
        return replace(refused, method=_refusal(standing, methods))
    series = _figures(points["start"].iloc[known].dt, values[known], places[known])
    repeated = len(np.unique(series.seasons)) < len(known)
    found = within_seasons(series) if seasonal and repeated else over_all(series)
    return _told(refused, found, good, methods)


def _standing(points: pd.DataFrame, values: Floats, methods: Methods) -> str:
    known = np.isfinite(values)
    if not known.any():
        return "no data"
    start, end = points["start"].to_numpy()[known], points["end"].to_numpy()[known]
    if (start[1:] <= end[:-1]).any():
        return "overlapping windows"
    if known.sum() < methods.minimum_points_for_slope:
        return "too few points"
    held = values[known]
    if np.ptp(held) <= TOLERANCE * np.abs(held).max():
        return "no variation"
    return "assessed"


def _figures(starts: Any, held: Floats, places: Ints) -> Figures:
    years = starts.year + (starts.month - 1) / 12 + (starts.day - 1) / 366
    months = np.asarray(starts.month, dtype=np.int64)
    return Figures(held, np.asarray(years, dtype=float), places, months)


def _told(refused: Slope, found: PairSlopes, good: int, methods: Methods) -> Slope:
    per_year = found.middle
    lower, upper = interval(found.slopes, found.score.variance, methods.confidence)
    clear = found.score.p < 1 - methods.confidence and per_year != 0
    meaning = ""
    if clear:
        better = "improving" if np.sign(per_year) == good else "worsening"
        meaning = better if good else "changing"
    rising = "rising" if per_year > 0 else "falling"
    return replace(
        refused,
        verdict=rising if clear else "no clear trend",
        meaning=meaning,
        per_year=per_year,
        lower_ci=lower,
        upper_ci=upper,
        p=found.score.p,
        z=found.score.z,
        autocorrelation=found.autocorrelation,
        variance_factor=found.factor,
        test=found.test,
        method=f"Slope: the middle of the slopes between all pairs (Theil 1950, Sen "
        f"1968), tested with {found.test} ({_SOURCES[found.test]}).",
    )


_REFUSED = {
    "no data": "not assessed",
    "overlapping windows": "not assessed",
    "no variation": "no clear trend",
    "too few points": "too few points",
}
_SOURCES = {
    PLAIN: "Mann 1945, Kendall 1975",
    CORRECTED: "Hamed and Rao 1998, first-order correlation as in Hamed 2009",
    SEASONAL: "Hirsch, Slack and Smith 1982",
    SEASONAL_CORRECTED: "Hirsch, Slack and Smith 1982; Hamed and Rao 1998, "
    "first-order correlation as in Hamed 2009",
}


def _refusal(standing: str, methods: Methods) -> str:
    return {
        "no data": "No slope: there are no figures.",
        "overlapping windows": "No slope: each figure shares months with the one "
        "before, so any drift would look like a trend.",
        "no variation": "No slope: every figure is the same.",
        "too few points": "No slope: its test needs at least "
        f"{methods.minimum_points_for_slope} figures (Gilbert 1987).",
    }[standing]
