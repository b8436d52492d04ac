"""Find the changes from one period to the next that are out of the ordinary.

A jump is no error. It is a figure that somebody should look at before others do.

References
----------
Iglewicz B, Hoaglin DC (1993) How to Detect and Handle Outliers. ASQC Basic
References in Quality Control 16: the modified z-score.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import median_abs_deviation

from perfnb.analysis.frames import Floats, column, floats, require
from perfnb.methods import Methods

METHOD = (
    "Each change from one period to the next is set against the median of all changes, "
    "in units of their median absolute deviation, or of the mean one where most "
    "changes are the same (modified z-score, Iglewicz and Hoaglin 1993); {score:g} or "
    "more is told as a jump."
)
JUDGED = "judged"
TOO_FEW = "too few changes"
ALL_ALIKE = "all changes are the same"
# Standard deviations in a mean absolute deviation of normal figures: sqrt(pi / 2).
_FROM_MEAN = 1.2533141373155001


@dataclass(frozen=True)
class Jumps:
    """The changes of a series that are out of the ordinary.

    Parameters
    ----------
    found : pandas.DataFrame
        A row is a jump: period (in which it shows), quarter, before and after
        [indicator's unit], score (modified z-score), explained (why the series
        is made differently from there on; blank where nothing says so).
    n : int
        Changes that were looked at.
    standing : str
        judged, too few changes, or all changes are the same.
    method : str
        The rule.
    """

    found: pd.DataFrame
    n: int
    standing: str
    method: str


def jumps(points: pd.DataFrame, explained: pd.Series, methods: Methods) -> Jumps:
    """Find the changes of a series that are out of the ordinary.

    Parameters
    ----------
    points : pandas.DataFrame
        A row is a period due, in order: period, quarter, value [indicator's
        unit]; missing where there is no figure. Only neighbours are compared, so
        that a gap is no jump.
    explained : pandas.Series of str
        For each row what is registered of it (a break in the series), else blank.
    methods : Methods
        House rules ``jump_score`` and ``minimum_changes_for_quality``.

    Returns
    -------
    Jumps

    Raises
    ------
    PerfnbError
        When a column is missing.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> values = [10, 11, 10, 12, 11, 10, 11, 10, 11, 100]
    >>> quarters = pd.period_range("2024Q2", periods=10, freq="Q-MAR")
    >>> points = pd.DataFrame({"period": quarters.astype("string"),
    ...                        "quarter": quarters, "value": values})
    >>> found = jumps(points, pd.Series([""] * 10),
    ...               read_methods("parameters/methods.yaml"))
    >>> found.found["after"].tolist(), found.standing
    ([100.0], 'judged')
    """
    require(points, ["period", "quarter", "value"], "periods")
    values = floats(points["value"])
    changes = np.diff(values)
    n = int(np.isfinite(changes).sum())
    method = METHOD.format(score=methods.jump_score)
    scores = np.array([])
    standing = JUDGED if n >= methods.minimum_changes_for_quality else TOO_FEW
    if standing == JUDGED:
        scores = _scores(changes)
        standing = JUDGED if len(scores) else ALL_ALIKE
    with np.errstate(invalid="ignore"):
        where = np.flatnonzero(np.abs(scores) >= methods.jump_score)
    found = _rows(points, values, where.tolist(), scores[where], explained)
    return Jumps(found, n, standing, method)


def _scores(changes: Floats) -> Floats:
    """Give the modified z-score of each change; none where the spread is nought."""
    spread = float(median_abs_deviation(changes, scale="normal", nan_policy="omit"))
    if spread == 0:
        apart = np.abs(changes - np.nanmedian(changes))
        spread = _FROM_MEAN * float(np.nanmean(apart))
    if spread == 0:
        return np.array([])
    scores: Floats = (changes - np.nanmedian(changes)) / spread
    return scores


def _rows(
    points: pd.DataFrame,
    values: Floats,
    where: list[int],
    scores: Floats,
    explained: pd.Series,
) -> pd.DataFrame:
    later = [position + 1 for position in where]
    return pd.DataFrame(
        {
            "period": points["period"].iloc[later].astype("string").to_numpy(),
            "quarter": points["quarter"].iloc[later].array,
            "before": column(values[where]),
            "after": column(values[later]),
            "score": column(scores),
            "explained": explained.iloc[later].astype("string").to_numpy(),
        }
    )
