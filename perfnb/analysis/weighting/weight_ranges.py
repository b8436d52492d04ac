"""Does a place on a basket hang on the weights? They are varied to see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from perfnb.analysis.frames import Floats
from perfnb.analysis.weighting.aggregation import combined
from perfnb.analysis.weighting.basket_ranking import Field, alone, field, ranks, scored
from perfnb.methods import Methods


@dataclass(frozen=True)
class WeightRanges:
    """How far scores and places move when the weights are varied.

    Attributes
    ----------
    authorities : pandas.DataFrame
        One row per authority with a score, best first: `authority`, `score`,
        `rank`, `score_lower`, `score_upper`, `rank_from`, `rank_to` (the middle
        of the draws, the set weights included) and `is_own`.
    score, score_lower, score_upper : float or None
        Of the council.
    rank, rank_from, rank_to : int or None
        Of the council, 1 the best.
    n_ranked, n_draws : int
        Councils with a score; sets of weights that were tried.
    verdict : str
        'no score', 'one member', 'place holds' or 'place depends on weights';
        'score only' when no other council is scored.
    method : str
        Method and source in words.
    """

    authorities: pd.DataFrame
    score: float | None
    score_lower: float | None
    score_upper: float | None
    rank: int | None
    rank_from: int | None
    rank_to: int | None
    n_ranked: int
    n_draws: int
    verdict: str
    method: str


def weight_ranges(
    table: pd.DataFrame,
    members: pd.DataFrame,
    *,
    own: str,
    mean: str,
    methods: Methods,
) -> WeightRanges:
    """Vary the weights and see how far score and place move.

    Each weight is multiplied by a number drawn evenly around 1, all are made to
    add up to 1 again, and every council is scored and ranked anew.

    Parameters
    ----------
    table, members, own, mean
        As in `leave_one_out`.
    methods : Methods
        House rules `basket_weight_variation`, `basket_weight_draws`,
        `basket_seed`, `minimum_basket_coverage` and `confidence`.

    Returns
    -------
    WeightRanges

    Raises
    ------
    PerfnbError
        As in `leave_one_out`.

    References
    ----------
    Saisana, Saltelli and Tarantola (2005) J R Stat Soc A 168:307.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> table = pd.DataFrame({"x": [90.0, 60], "y": [20.0, 45]}, index=["a", "b"])
    >>> members = pd.DataFrame({"indicator": ["x", "y"], "weight": [1, 1]})
    >>> found = weight_ranges(table, members, own="a", mean="arithmetic",
    ...     methods=read_methods("parameters/methods.yaml"))
    >>> found.rank, found.rank_from, found.rank_to, found.verdict
    (1, 1, 2, 'place depends on weights')
    """
    compared = field(table, members, own)
    full = scored(compared, compared.shares, mean, methods)
    drawn = _draws(compared.shares, methods)
    frame = _ranges(compared, full, drawn, mean, methods)
    mine: dict[Any, Any] = next(iter(frame[frame["is_own"]].to_dict("records")), {})
    moves = bool(mine) and mine["rank_from"] != mine["rank_to"]
    return WeightRanges(
        authorities=frame,
        score=mine.get("score"),
        score_lower=mine.get("score_lower"),
        score_upper=mine.get("score_upper"),
        rank=mine.get("rank"),
        rank_from=mine.get("rank_from"),
        rank_to=mine.get("rank_to"),
        n_ranked=len(frame),
        n_draws=len(drawn),
        verdict=alone(full, compared)
        or ("place depends on weights" if moves else "place holds"),
        method=(
            f"{len(drawn)} sets of weights, each weight up to "
            f"{methods.basket_weight_variation:.0%} more or less than set; the ranges "
            f"hold the middle {methods.confidence:.0%} of them (Saisana, Saltelli "
            "and Tarantola 2005)."
        ),
    )


def _draws(weights: Floats, methods: Methods) -> Floats:
    # The indicators stand in the order of their names, so each keeps its draws.
    generator = np.random.default_rng(methods.basket_seed)
    reach = methods.basket_weight_variation
    size = (methods.basket_weight_draws, len(weights))
    varied = weights * generator.uniform(1 - reach, 1 + reach, size)
    return np.asarray(varied / varied.sum(axis=1, keepdims=True))


def _ranges(
    compared: Field, full: Floats, drawn: Floats, mean: str, methods: Methods
) -> pd.DataFrame:
    # Whether a council can be ranked is settled by the weights as set.
    ranked = np.flatnonzero(np.isfinite(full))
    score, rank = full[ranked], ranks(full)[ranked]
    tried = combined(compared.scores[ranked], drawn, mean)
    tail = (1 - methods.confidence) / 2
    ends = (tail, 1 - tail)
    low, high = np.quantile(tried, ends, axis=1)
    first, last = np.quantile(ranks(tried), ends, axis=1, method="inverted_cdf")
    codes = [compared.authorities[row] for row in ranked]
    frame = pd.DataFrame(
        {
            "authority": codes,
            "score": score,
            "rank": rank.astype(np.int64),
            "score_lower": np.minimum(low, score),
            "score_upper": np.maximum(high, score),
            "rank_from": np.minimum(first, rank).astype(np.int64),
            "rank_to": np.maximum(last, rank).astype(np.int64),
            "is_own": [code == compared.authorities[compared.own] for code in codes],
        }
    )
    return frame.sort_values(["rank", "authority"]).reset_index(drop=True)
