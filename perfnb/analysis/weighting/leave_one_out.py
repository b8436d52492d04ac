"""Does a place on a basket hang on one member? Each is left out in turn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from perfnb.analysis.frames import column, floats
from perfnb.analysis.weighting.aggregation import check_mean
from perfnb.analysis.weighting.basket_ranking import (
    ALIKE,
    Field,
    alone,
    field,
    number,
    place,
    ranks,
    scored,
)
from perfnb.methods import Methods


@dataclass(frozen=True)
class LeaveOneOut:
    """What becomes of a council's score and place without each member.

    Attributes
    ----------
    members : pandas.DataFrame
        One row per member, by name: `indicator`, `share` [of the weight],
        `score` without it, `change` [points, without less with], `rank` without
        it, `n_ranked` and `places` (how many places further down without it).
    score : float or None
        With every member.
    rank, n_ranked : int or None, int
        Place of the council, 1 the best, ties share it; councils with a score.
    most_moving : str or None
        The member without which the score moves furthest; None when none moves it.
    verdict : str
        'no score', 'one member', 'place holds' or 'place moves'; 'score only'
        when no other council is scored.
    method : str
        Method and source in words.
    """

    members: pd.DataFrame
    score: float | None
    rank: int | None
    n_ranked: int
    most_moving: str | None
    verdict: str
    method: str


def leave_one_out(
    table: pd.DataFrame,
    members: pd.DataFrame,
    *,
    own: str,
    mean: str,
    methods: Methods,
) -> LeaveOneOut:
    """Take each member out in turn and see how far score and place move.

    Parameters
    ----------
    table : pandas.DataFrame
        Scores, higher is better, as
        `perfnb.analysis.weighting.normalisation.scores` gives them: a row per
        authority, a column per indicator.
    members : pandas.DataFrame
        One row per indicator: `indicator`, `weight` [0 or more].
    own : str
        Code of the council.
    mean : {'arithmetic', 'geometric', 'harmonic'}
        As in `perfnb.analysis.weighting.baskets.basket`.
    methods : Methods
        House rule `minimum_basket_coverage`: councils below it have no place.

    Returns
    -------
    LeaveOneOut

    Raises
    ------
    PerfnbError
        When a column is missing, the table lacks the council or an indicator,
        or weights or mean are not as they should be.

    References
    ----------
    OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 7.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> table = pd.DataFrame({"x": [90.0, 60], "y": [20.0, 60]}, index=["a", "b"])
    >>> members = pd.DataFrame({"indicator": ["x", "y"], "weight": [1, 1]})
    >>> found = leave_one_out(table, members, own="a", mean="arithmetic",
    ...     methods=read_methods("parameters/methods.yaml"))
    >>> found.rank, found.members["rank"].tolist(), found.verdict
    (2, [2, 1], 'place moves')
    """
    compared = field(table, members, own)
    check_mean(compared.scores, mean)
    full = scored(compared, compared.shares, mean, methods)
    own_score, own_rank = full[compared.own], ranks(full)[compared.own]
    rows = [
        _without(compared, member, own_score, own_rank, mean, methods)
        for member in range(len(compared.indicators))
    ]
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    moves = frame["places"].fillna(0).ne(0).any()
    return LeaveOneOut(
        members=frame.assign(
            score=column(floats(frame["score"])),
            change=column(floats(frame["change"])),
            rank=frame["rank"].astype("Int64"),
            places=frame["places"].astype("Int64"),
        ),
        score=number(own_score),
        rank=place(own_rank),
        n_ranked=int(np.isfinite(full).sum()),
        most_moving=_most_moving(frame),
        verdict=alone(full, compared) or ("place moves" if moves else "place holds"),
        method=(
            "Each member is left out in turn and its weight shared out among the "
            "others (OECD and JRC 2008, step 7)."
        ),
    )


_COLUMNS = ["indicator", "share", "score", "change", "rank", "n_ranked", "places"]


def _without(
    compared: Field,
    member: int,
    own_score: float,
    own_rank: float,
    mean: str,
    methods: Methods,
) -> dict[str, object]:
    kept = np.where(np.arange(len(compared.shares)) == member, 0.0, compared.shares)
    weights = kept / kept.sum() if kept.sum() > 0 else kept
    left = scored(compared, weights, mean, methods)
    score, rank = left[compared.own], ranks(left)[compared.own]
    return {
        "indicator": compared.indicators[member],
        "share": float(compared.shares[member]),
        "score": score,
        "change": score - own_score,
        "rank": place(rank),
        "n_ranked": int(np.isfinite(left).sum()),
        "places": place(rank - own_rank),
    }


def _most_moving(members: pd.DataFrame) -> str | None:
    change = np.abs(floats(members["change"])).round(ALIKE)
    if not (np.isfinite(change) & (change > 0)).any():
        return None
    return str(members["indicator"].iloc[int(np.nanargmax(change))])
