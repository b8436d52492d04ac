"""How does a basket go from quarter to quarter? One council, fixed goalposts."""

from __future__ import annotations

import numpy as np
import pandas as pd

from perfnb.analysis.frames import column, floats, require
from perfnb.analysis.weighting.baskets import basket
from perfnb.errors import PerfnbError
from perfnb.methods import Methods


def course(members: pd.DataFrame, *, mean: str, methods: Methods) -> pd.DataFrame:
    """Give one council's basket for period after period.

    Scores must be between goalposts that stay where they are, such as
    `perfnb.analysis.weighting.goalposts.by_targets` gives them; scores among peers move
    with the peers.

    Parameters
    ----------
    members : pandas.DataFrame
        As in `basket`, with a row for each indicator and each `quarter`
        reported on [anything that sorts], whatever the period of the figure.
    mean, methods
        As in `basket`.

    Returns
    -------
    pandas.DataFrame
        One row per quarter, oldest first: `quarter`, `score`, `coverage`
        [share], `n_scored`, `n_failing`, `failing` [names], `standing`,
        `verdict`, `same_members` (whether the same members as the quarter
        before have a score: if not, a change of the score may come from that
        alone) and `period_note`.

    Raises
    ------
    PerfnbError
        When a row has no quarter, and as in `basket`.

    References
    ----------
    See `basket`.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> members = pd.DataFrame({
    ...     "quarter": ["2025-26 Q2", "2025-26 Q3"], "indicator": "NI192",
    ...     "weight": 1, "polarity": "maximise", "value": [28.0, 29.0], "unit": "%",
    ...     "start": pd.to_datetime(["2025-07-01", "2025-10-01"]),
    ...     "end": pd.to_datetime(["2025-09-30", "2025-12-31"]),
    ...     "score": [40.0, 50.0], "status": ["not met", "met"]})
    >>> course(members, mean="arithmetic",
    ...     methods=read_methods("parameters/methods.yaml"))[["score", "n_failing"]]
       score  n_failing
    0   40.0          1
    1   50.0          0
    """
    require(members, ["quarter"], "members")
    if members["quarter"].isna().any():
        message = "A member of the basket has no quarter."
        raise PerfnbError(message)
    rows, before = [], None
    for quarter, these in members.groupby("quarter", sort=True, observed=True):
        found = basket(these.reset_index(drop=True), mean=mean, methods=methods)
        now = set(found.members.loc[found.members["standing"] == "scored", "indicator"])
        rows.append(
            {
                "quarter": quarter,
                "score": np.nan if found.score is None else found.score,
                "coverage": found.coverage,
                "n_scored": found.n_scored,
                "n_failing": len(found.failing),
                "failing": ", ".join(found.failing),
                "standing": found.standing,
                "verdict": found.verdict,
                "same_members": before is None or now == before,
                "period_note": found.period_note,
            }
        )
        before = now
    quarters = pd.DataFrame(rows, columns=_COURSE)
    return quarters.assign(score=column(floats(quarters["score"])))


_COURSE = [
    "quarter",
    "score",
    "coverage",
    "n_scored",
    "n_failing",
    "failing",
    "standing",
    "verdict",
    "same_members",
    "period_note",
]
