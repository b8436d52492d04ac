"""Where stood the council and its peers, period by period? Each with its median.

Peers come and go (councils merge) and some returns are late: a period counts
only when enough of those that were councils then have a figure.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from perfnb.analysis.frames import Floats, column, floats, require, require_once
from perfnb.errors import PerfnbError
from perfnb.methods import Methods

_KINDS = {
    **dict.fromkeys(["start", "end"], "datetime64[us]"),
    **dict.fromkeys(["own", "median", "lower_quartile", "upper_quartile"], "float64"),
    **dict.fromkeys(["gap"], "float64"),
    **dict.fromkeys(["n_peers", "n_expected"], "int64"),
}


def beside_peers(
    values: pd.DataFrame, *, own: str, members: pd.DataFrame, methods: Methods
) -> pd.DataFrame:
    """Set the council beside the middle of its peers in each period.

    Parameters
    ----------
    values : pandas.DataFrame
        One row per authority and period of one indicator: `authority` [code],
        `start`, `end` [datetime64], `value` [indicator's unit, missing allowed].
    own : str
        Code of the council.
    members : pandas.DataFrame
        One row per peer: `authority` [code], `first_day`, `last_day`
        [datetime64, missing when open]. A peer is expected in the periods on
        whose last day it was a council.
    methods : Methods
        House rules: peers for a median and for quartiles, coverage.

    Returns
    -------
    pandas.DataFrame
        One row per period in which the council and enough peers have a figure,
        oldest first: `start`, `end`, `own`, `median`, `lower_quartile`,
        `upper_quartile` [unit; quartiles missing with too few peers], `gap` [own
        less median, unit], `n_peers`, `n_expected`.

    Raises
    ------
    PerfnbError
        When a column is missing, an authority comes twice in a period or the
        council is among its peers.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> values = pd.DataFrame({"authority": list("abcd"), "value": [5, 1, 2, 3],
    ...     "start": pd.Timestamp("2024-04-01"), "end": pd.Timestamp("2025-03-31")})
    >>> members = pd.DataFrame({"authority": list("bcd"), "first_day": pd.NaT,
    ...     "last_day": pd.NaT})
    >>> found = beside_peers(values, own="a", members=members,
    ...     methods=read_methods("parameters/methods.yaml"))
    >>> found[["own", "median", "gap"]].iloc[0].tolist()
    [5.0, 2.0, 3.0]
    """
    _check(values, own, members)
    known = values[np.isfinite(floats(values["value"]))]
    among = known[known["authority"].isin(members["authority"])]
    mine = known[known["authority"] == own].sort_values(["start", "end"])
    rows = []
    for start, end, value in mine[["start", "end", "value"]].itertuples(index=False):
        same = (among["start"] == start) & (among["end"] == end)
        others = floats(among.loc[same, "value"])
        expected = int(_were_there(members, end).sum())
        least = max(
            methods.minimum_peer_coverage * expected, methods.minimum_peers_for_median
        )
        if len(others) and len(others) >= least:
            middle = _middle(others, methods)
            counts = {"n_peers": len(others), "n_expected": expected}
            rows.append({"start": start, "end": end, "own": value, **middle, **counts})
    return _typed(rows)


def _middle(others: Floats, methods: Methods) -> dict[str, float]:
    low, middle, high = np.quantile(others, [0.25, 0.5, 0.75])
    banded = len(others) >= methods.minimum_peers_for_quartile
    return {
        "median": float(middle),
        "lower_quartile": float(low) if banded else np.nan,
        "upper_quartile": float(high) if banded else np.nan,
    }


def _typed(rows: list[dict[str, object]]) -> pd.DataFrame:
    points = pd.DataFrame(rows, columns=list(_KINDS)).astype(_KINDS)
    points["gap"] = points["own"] - points["median"]
    figures = points.select_dtypes("float64").columns
    return points.assign(**{name: column(points[name]) for name in figures})


def _were_there(members: pd.DataFrame, end: pd.Timestamp) -> pd.Series:
    first, last = members["first_day"], members["last_day"]
    return (first.isna() | (first <= end)) & (last.isna() | (last >= end))


def _check(values: pd.DataFrame, own: str, members: pd.DataFrame) -> None:
    require(values, ["authority", "start", "end", "value"], "values")
    require(members, ["authority", "first_day", "last_day"], "members")
    require_once(members["authority"], "peer")
    if own in set(members["authority"]):
        message = f"The council '{own}' is among its own peers. Take it out."
        raise PerfnbError(message)
    twice = values.duplicated(["authority", "start", "end"])
    if twice.any():
        row = values[twice].iloc[0]
        message = (
            f"The authority '{row['authority']}' comes more than once from "
            f"{row['start']:%d/%m/%Y} to {row['end']:%d/%m/%Y}."
        )
        raise PerfnbError(message)
