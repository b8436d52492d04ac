"""Where do councils stand on a basket? Scores, ranks, and who can be ranked.

Ranks are of scores on the same members and weights. A council that lacks too
much of the basket has no place: its score would be of another basket.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from perfnb.analysis.frames import Floats, floats, require, require_once
from perfnb.analysis.weighting.aggregation import combined, coverage, shares
from perfnb.errors import PerfnbError
from perfnb.methods import Methods

ALIKE = 9
"""Decimals to which scores are alike: beyond them they differ only by rounding."""


@dataclass(frozen=True)
class Field:
    """The councils compared, as numbers.

    Attributes
    ----------
    authorities, indicators : tuple of str
        Names of the rows and of the columns, sorted, so that no order given
        matters.
    scores : numpy.ndarray
        Authorities by indicators, higher is better; missing ones NaN.
    shares : numpy.ndarray
        Weights of the indicators, adding up to 1.
    own : int
        Row of the council.
    """

    authorities: tuple[str, ...]
    indicators: tuple[str, ...]
    scores: Floats
    shares: Floats
    own: int


def field(table: pd.DataFrame, members: pd.DataFrame, own: str) -> Field:
    """Check scores, weights and the council against one another.

    Parameters
    ----------
    table : pandas.DataFrame
        Scores, as `perfnb.analysis.weighting.normalisation.scores` gives them.
    members : pandas.DataFrame
        `indicator`, `weight`.
    own : str
        Code of the council.

    Raises
    ------
    PerfnbError
        When a column is missing, a name comes twice, an indicator of the basket
        or the council is not in the table, or a weight is not as it should be.

    Examples
    --------
    >>> table = pd.DataFrame({"x": [90.0, 60]}, index=["b", "a"])
    >>> members = pd.DataFrame({"indicator": ["x"], "weight": [3]})
    >>> field(table, members, "b").scores.tolist()
    [[60.0], [90.0]]
    """
    require(members, ["indicator", "weight"], "members")
    require_once(members["indicator"], "indicator")
    require_once(pd.Series(table.index, dtype=object), "authority")
    ordered = members.assign(indicator=members["indicator"].astype(str))
    ordered = ordered.sort_values("indicator")
    names = tuple(ordered["indicator"])
    if not names:
        message = "The basket has no members."
        raise PerfnbError(message)
    require(table, names, "scores")
    rows = table.sort_index()
    authorities = tuple(str(code) for code in rows.index)
    if own not in authorities:
        message = f"The council '{own}' is not among those scored."
        raise PerfnbError(message)
    scores = np.column_stack([floats(rows[name]) for name in names])
    return Field(
        authorities, names, scores, shares(ordered["weight"]), authorities.index(own)
    )


def scored(compared: Field, weights: Floats, mean: str, methods: Methods) -> Floats:
    """Score every council; missing where too little of the weight has a score.

    Parameters
    ----------
    compared : Field
        The councils.
    weights : numpy.ndarray
        Shares of the indicators, adding up to 1, or all 0.
    mean, methods
        As in `perfnb.analysis.weighting.baskets.basket`.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> compared = Field(("a",), ("x",), np.array([[70.0]]), np.array([1.0]), 0)
    >>> scored(compared, np.array([1.0]), "arithmetic",
    ...     read_methods("parameters/methods.yaml")).tolist()
    [70.0]
    """
    score = combined(compared.scores, weights, mean)
    covered = coverage(compared.scores, weights)
    enough = covered >= methods.minimum_basket_coverage - 1e-12
    return np.where(enough, score, np.nan)


def ranks(scores: Floats) -> Floats:
    """Rank scores down each column: 1 the best, ties share it, missing stay so.

    Examples
    --------
    >>> ranks(np.array([70.0, 80, 80, np.nan])).tolist()
    [3.0, 1.0, 1.0, nan]
    """
    turned = -np.round(scores, ALIKE)
    return np.asarray(stats.rankdata(turned, "min", axis=0, nan_policy="omit"))


def alone(scores: Floats, compared: Field) -> str:
    """Say why a council's place cannot move: '' when it can.

    Parameters
    ----------
    scores : numpy.ndarray
        As `scored` gives them.
    compared : Field
        The councils.

    Returns
    -------
    str
        'no score', 'one member' (with a weight and a score), 'score only' (no
        other council is scored) or ''.

    Examples
    --------
    >>> compared = Field(("a",), ("x",), np.array([[70.0]]), np.array([1.0]), 0)
    >>> alone(np.array([70.0]), compared)
    'one member'
    """
    if np.isnan(scores[compared.own]):
        return "no score"
    used = (compared.shares > 0) & np.isfinite(compared.scores[compared.own])
    if used.sum() < 2:
        return "one member"
    return "score only" if np.isfinite(scores).sum() < 2 else ""


def number(value: float) -> float | None:
    """Give a number, or None when it is missing.

    Examples
    --------
    >>> number(np.nan) is None
    True
    """
    return None if np.isnan(value) else float(value)


def place(rank: float) -> int | None:
    """Give a place, or None when it is missing.

    Examples
    --------
    >>> place(3.0)
    3
    """
    return None if np.isnan(rank) else int(rank)
