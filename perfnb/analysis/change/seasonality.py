"""Do quarters differ from each other every year? How strongly, and which way.

Strong seasons make the limits of an XmR chart too wide or false and pass for
changes. A series with gaps is looked at where it is longest without one:
nothing is filled in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from perfnb.analysis.change.decomposition import (
    Components,
    decomposition,
    season_test,
    strength,
)
from perfnb.analysis.frames import Floats, Ints, column, floats
from perfnb.analysis.process_limits import TOLERANCE
from perfnb.analysis.segments import check_periods, segments, steps
from perfnb.methods import Methods

QUARTERS = 4
"""Seasons of a year of quarters."""

STRONG, PRESENT, NONE = "strong seasons", "seasons", "no clear seasons"


@dataclass(frozen=True)
class Seasonality:
    """What a series shows of seasons.

    Attributes
    ----------
    standing : str
        'no data', 'not quarterly', 'overlapping windows', 'gaps' (enough figures,
        but no run long enough), 'too few years', 'no variation' or 'assessed'.
    verdict : str
        'strong seasons', 'seasons', 'no clear seasons' or 'not assessed'.
    strength : float or None
        From 0 to 1: how far seasons outweigh the rest.
    p : float or None
        Chance of quarters so different without seasons [share].
    n : int
        Quarters in the unbroken run that was looked at.
    quarters : pandas.DataFrame
        A row for each quarter of the financial year, in order: `quarter` (1 to
        4), `effect` (how far above or below the rest), `mean` [indicator's
        unit], `n` (figures). Empty where nothing was assessed.
    components : pandas.DataFrame
        A row a quarter: `start`, `end` [datetime64], `value`, `trend`,
        `seasonal`, `remainder` [indicator's unit]. Empty likewise.
    method : str
        Method and source in words.
    """

    standing: str
    verdict: str
    strength: float | None
    p: float | None
    n: int
    quarters: pd.DataFrame
    components: pd.DataFrame
    method: str

    @property
    def is_seasonal(self) -> bool:
        """Whether quarters differ by more than chance."""
        return self.verdict in (STRONG, PRESENT)


def seasonality(
    points: pd.DataFrame,
    *,
    window_months: int | None,
    frequency: str,
    methods: Methods,
) -> Seasonality:
    """Say whether a series has seasons, how strong they are and which way they go.

    Parameters
    ----------
    points : pandas.DataFrame
        One row per period of one series, oldest first: `start`, `end`
        [datetime64], `value` [indicator's unit, missing allowed].
    window_months, frequency
        As in `perfnb.analysis.change.trend.xmr`.
    methods : Methods
        House rules `confidence`, `minimum_years_for_seasons`, `strong_seasons`.

    Returns
    -------
    Seasonality
        Of the longest run of quarters without a gap.

    Raises
    ------
    PerfnbError
        As `perfnb.analysis.change.trend.xmr` does.

    References
    ----------
    Cleveland RB et al (1990) J Off Stat 6:3 (STL). Wang X, Smith K, Hyndman R
    (2006) Data Min Knowl Disc 13:335 (strength). Seasons are called by an F test
    of the quarters beside a straight line, since strength alone passes 0.64 by
    chance in 15% of series of 12 figures without seasons (own simulation).

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> quarters = pd.period_range("2023Q1", periods=12, freq="Q-MAR")
    >>> points = pd.DataFrame({
    ...     "start": quarters.start_time, "end": quarters.end_time.normalize(),
    ...     "value": [10, 20, 11, 12, 11, 21, 10, 12, 12, 20, 11, 13]})
    >>> found = seasonality(points, window_months=3, frequency="quarterly",
    ...     methods=read_methods("parameters/methods.yaml"))
    >>> found.verdict, found.quarters["effect"].round(1).tolist()
    ('strong seasons', [-2.4, 6.8, -3.0, -1.4])
    """
    check_periods(points, window_months, frequency)
    values = floats(points["value"])
    runs = segments(values, steps(points, frequency))
    # Of runs of the same length the latest: `max` takes the first that it meets.
    run = max(runs[::-1], key=len, default=np.array([], dtype=np.int64))
    least = QUARTERS * methods.minimum_years_for_seasons
    n_known = int(np.isfinite(values).sum())
    standing = _standing(points, values, run, frequency, least, n_known)
    refused = Seasonality(
        standing,
        NONE if standing == "no variation" else "not assessed",
        None,
        None,
        len(run),
        pd.DataFrame(columns=["quarter", "effect", "mean", "n"]),
        pd.DataFrame(columns=["start", "end", "value", *Components._fields]),
        _refusal(standing, methods),
    )
    if standing != "assessed":
        return refused
    return _assessed(refused, points.iloc[run], values[run], methods)


def _standing(
    points: pd.DataFrame,
    values: Floats,
    run: Ints,
    frequency: str,
    least: int,
    n_known: int,
) -> str:
    if not n_known:
        return "no data"
    if frequency != "quarterly":
        return "overlapping windows" if frequency == "rolling" else "not quarterly"
    if len(run) < least:
        return "gaps" if n_known >= least else "too few years"
    held = values[run]
    still = np.ptp(held) <= TOLERANCE * np.abs(held).max()
    return "no variation" if still else "assessed"


def _assessed(
    refused: Seasonality, rows: pd.DataFrame, values: Floats, methods: Methods
) -> Seasonality:
    # Quarters of the financial year: April to June is the first.
    season = np.asarray((rows["start"].dt.month - 4) % 12 // 3, dtype=np.int64)
    parts = decomposition(values, period=QUARTERS)
    found, p = strength(parts), season_test(values, season)
    clear = p < 1 - methods.confidence
    strong = clear and found >= methods.strong_seasons
    quarters = pd.DataFrame(
        [
            {
                "quarter": number + 1,
                "effect": float(parts.seasonal[season == number].mean()),
                "mean": float(values[season == number].mean()),
                "n": int((season == number).sum()),
            }
            for number in range(QUARTERS)
        ]
    )
    components = pd.DataFrame(
        {
            "start": rows["start"].array,
            "end": rows["end"].array,
            "value": column(values),
            **{name: column(part) for name, part in parts._asdict().items()},
        }
    )
    return replace(
        refused,
        verdict=STRONG if strong else PRESENT if clear else NONE,
        strength=found,
        p=p,
        quarters=quarters,
        components=components,
        method="Seasons: STL (Cleveland 1990) with seasons that stay the same; "
        "strength as Wang, Smith and Hyndman (2006); called by an F test of the "
        "quarters beside a straight line.",
    )


def _refusal(standing: str, methods: Methods) -> str:
    years = methods.minimum_years_for_seasons
    return {
        "no data": "No seasons: there are no figures.",
        "not quarterly": "No seasons: there is one figure a year.",
        "overlapping windows": "No seasons: each figure covers whole years.",
        "gaps": f"No seasons: they need {years} years of quarters without a gap, and "
        "the series has gaps.",
        "too few years": f"No seasons: they need {years} years of quarters.",
        "no variation": "No seasons: every figure is the same.",
    }.get(standing, "")
