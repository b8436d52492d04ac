"""How far has the council come? Scores from its baseline to its target.

Goalposts that stay where they are make one council's scores comparable over
time: they move only with its own figures, never with those of others.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from perfnb.analysis.frames import column, floats, require, require_once
from perfnb.analysis.weighting.orientation import ideal_of, oriented

LOWEST, HIGHEST = 0.0, 100.0
"""Scores at the baseline and at the target."""


def by_targets(members: pd.DataFrame) -> pd.DataFrame:
    """Score one council's figures between its own baselines and targets.

    0 is the baseline and 100 the target. A figure beyond an end is held there,
    so that overshooting one target cannot make up for missing another.

    Parameters
    ----------
    members : pandas.DataFrame
        One row per indicator: `indicator`, `polarity`, `value`, `baseline`,
        `target` [indicator's unit, missing allowed], and where polarity is
        'midpoint' or 'range' also `ideal_low`, `ideal_high`.

    Returns
    -------
    pandas.DataFrame
        The rows given with `score` [0 to 100, missing], `goalposts`, `worst`,
        `best` [indicator's unit, the baseline and the target], `beyond`
        ('', 'beyond the target' or 'worse than the baseline') and `no_score`,
        the reason for a missing score or ''.

    Raises
    ------
    PerfnbError
        When a column is missing, an indicator comes twice or has no good side.

    References
    ----------
    Goalposts: OECD and JRC (2008) Handbook on Constructing Composite
    Indicators, step 5; UNDP, Human Development Report 2006, technical note 1.

    Examples
    --------
    >>> members = pd.DataFrame({"indicator": ["NI192"], "polarity": ["maximise"],
    ...     "value": [31.0], "baseline": [28.0], "target": [32.0]})
    >>> by_targets(members)["score"].tolist()
    [75.0]
    """
    require(
        members, ["indicator", "polarity", "value", "baseline", "target"], "members"
    )
    require_once(members["indicator"], "indicator")
    numbers = {name: floats(members[name]) for name in ("value", "baseline", "target")}
    rows = []
    for place, member in enumerate(members.to_dict("records")):
        triple = np.array([numbers[name][place] for name in numbers])
        ends = oriented(triple, str(member["polarity"]), ideal_of(member))
        rows.append(_between(*(float(end) for end in ends)))
    found = pd.DataFrame(rows, columns=["score", "beyond", "no_score"])
    return members.assign(
        score=column(floats(found["score"])),
        goalposts="baseline and target",
        worst=column(numbers["baseline"]),
        best=column(numbers["target"]),
        beyond=found["beyond"].to_numpy(dtype=object),
        no_score=found["no_score"].to_numpy(dtype=object),
    )


def _between(value: float, worst: float, best: float) -> tuple[float, str, str]:
    for missing, reason in ((value, "no figure"), (best, "no target")):
        if np.isnan(missing):
            return np.nan, "", reason
    if np.isnan(worst):
        return np.nan, "", "no baseline"
    if not best > worst:
        return np.nan, "", "target no better than the baseline"
    share = (value - worst) / (best - worst)
    beyond = "beyond the target" if share > 1 else ""
    beyond = "worse than the baseline" if share < 0 else beyond
    score = LOWEST + (HIGHEST - LOWEST) * min(max(share, 0.0), 1.0)
    return score, beyond, ""
