"""What became of figures that were judged: each before, then, and afterwards.

Indicators come in tonnes, days and per cent. Here each figure is told by how far
it stands from the indicator's own usual level, in its own usual variation, with
the good side up, so that different indicators can be set side by side.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from perfnb.analysis.frames import Floats, Ints, column, floats, require
from perfnb.analysis.process_limits import xmr_limits
from perfnb.analysis.segments import check_periods, segments, steps
from perfnb.analysis.verdicts import good_side
from perfnb.errors import PerfnbError
from perfnb.methods import Methods

SIGMAS = 3
"""Limits of an XmR chart stand this many standard deviations from its mean."""

FOLLOWED = "followed"


def episodes(
    histories: pd.DataFrame, flags: pd.DataFrame, methods: Methods
) -> pd.DataFrame:
    """Follow every judged figure to what came after it.

    Parameters
    ----------
    histories : pandas.DataFrame
        One row per indicator and period, each indicator oldest first and only
        since its last break: `indicator`, `polarity`, `start`, `end`
        [datetime64], `value` [indicator's unit, missing allowed].
    flags : pandas.DataFrame
        One row per figure that was judged: `indicator`, `end` [datetime64, last
        day of its period], `flagged` [whether it was reported as off target or
        as a concern].
    methods : Methods
        House rules.

    Returns
    -------
    pandas.DataFrame
        The rows of `flags` with `standing` ('followed', 'no good side', 'no
        figure', 'overlapping windows', 'too few figures before', 'too few
        figures after' or 'no variation'), and of those followed `baseline` (the
        judged figure), `later` (mean of the figures after it) and `change`
        [standard deviations of the indicator's figures before, from their mean,
        good side up].

    Raises
    ------
    PerfnbError
        When a column is missing, `flagged` is not true or false, an indicator
        has two polarities or an unknown one, its periods are unsorted or come
        twice, or a flag is of a period that its history lacks.

    References
    ----------
    Shewhart (1931), standard deviation from the mean moving range; Wheeler
    (1993) Understanding Variation.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> quarters = pd.period_range("2022Q1", periods=13, freq="Q-MAR")
    >>> history = pd.DataFrame({"indicator": "NI192", "polarity": "maximise",
    ...     "start": quarters.start_time, "end": quarters.end_time.normalize(),
    ...     "value": [40, 42, 40, 42, 40, 42, 40, 42, 35, 41, 40, 42, 41]})
    >>> flags = history.loc[[8], ["indicator", "end"]].assign(flagged=True)
    >>> found = episodes(history, flags, read_methods("parameters/methods.yaml"))
    >>> row = found.iloc[0]
    >>> row["standing"], round(float(row["baseline"]), 1), round(float(row["later"]), 1)
    ('followed', -3.4, 0.0)
    """
    require(histories, ["indicator", "polarity", "start", "end", "value"], "histories")
    require(flags, ["indicator", "end", "flagged"], "flags")
    if (
        not pd.api.types.is_bool_dtype(flags["flagged"])
        or flags["flagged"].isna().any()
    ):
        message = (
            "The column 'flagged' of the flags must be true or false in every row."
        )
        raise PerfnbError(message)
    if flags.duplicated(["indicator", "end"]).any():
        message = "A figure of the flags is judged more than once."
        raise PerfnbError(message)
    known = {
        str(name): _history(str(name), rows)
        for name, rows in histories.groupby("indicator", sort=False, observed=True)
    }
    followed = []
    for name, end in zip(flags["indicator"].astype(str), flags["end"], strict=True):
        followed.append(_follow(known.get(name), name, end, methods))
    found = pd.DataFrame(followed, columns=["standing", "baseline", "later"])
    baseline, later = (floats(found[name]) for name in ("baseline", "later"))
    return flags.assign(
        standing=found["standing"].to_numpy(),
        baseline=column(baseline),
        later=column(later),
        change=column(later - baseline),
    )


@dataclass(frozen=True)
class _History:
    figures: Floats
    time: Ints
    end: pd.Series
    good: int
    overlapping: bool


def _history(name: str, rows: pd.DataFrame) -> _History:
    if len(rows["polarity"].unique()) > 1:
        message = f"The indicator '{name}' has more than one polarity."
        raise PerfnbError(message)
    # The step of the series itself is one period, whatever its frequency.
    check_periods(rows, None, "snapshot")
    start, end = rows["start"].to_numpy(), rows["end"].to_numpy()
    return _History(
        figures=floats(rows["value"]),
        time=np.cumsum(steps(rows, "snapshot")) - 1,
        end=rows["end"].reset_index(drop=True),
        good=good_side(rows["polarity"].iloc[0]),
        overlapping=bool((start[1:] <= end[:-1]).any()),
    )


def _follow(
    history: _History | None, name: str, end: pd.Timestamp, methods: Methods
) -> tuple[str, float, float]:
    if history is None or not (history.end == end).any():
        message = f"The history of '{name}' has no period that ends on {end:%d/%m/%Y}."
        raise PerfnbError(message)
    at = int((history.end == end).to_numpy().argmax())
    values, time, wanted = history.figures, history.time, methods.periods_after_flag
    after = values[(time > time[at]) & (time <= time[at] + wanted)]
    usual = _usual(values[:at], time[:at], methods.minimum_points_for_limits)
    standings = {
        "no good side": history.good == 0,
        "overlapping windows": history.overlapping,
        "no figure": np.isnan(values[at]),
        "too few figures before": usual is None,
        "too few figures after": np.isfinite(after).sum() < wanted,
        "no variation": usual is not None and np.isnan(usual[1]),
    }
    hindered = [standing for standing, applies in standings.items() if applies]
    if hindered or usual is None:
        return hindered[0], np.nan, np.nan
    mean, deviation = usual
    told = history.good * (np.array([values[at], after.mean()]) - mean) / deviation
    return FOLLOWED, float(told[0]), float(told[1])


def _usual(values: Floats, time: Ints, fewest: int) -> tuple[float, float] | None:
    """Give the mean of figures and their standard deviation, if enough follow on."""
    unbroken = segments(values, np.diff(time, prepend=time[:1] - 1))
    if np.isfinite(values).sum() - len(unbroken) < fewest - 1:
        return None
    limits = xmr_limits(values, unbroken)
    return limits.mean, (limits.upper - limits.mean) / SIGMAS
