"""How good is a figure? Scores on a scale that figures of any unit share.

Councils are scored against one another: between the worst and the best of them,
or by rank. Such a score moves when the others move. For one council over time
there are goalposts that stay where they are (`perfnb.analysis.weighting.goalposts`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from perfnb.analysis.frames import Floats, column, floats, require, require_once
from perfnb.analysis.spread import varies
from perfnb.analysis.weighting.orientation import ideal_of, oriented
from perfnb.errors import PerfnbError

METHODS = {
    "min-max": "from the worst to the best of those compared",
    "z": "standard deviations above the mean of those compared",
    "rank": "rank, 1 for the worst; ties share the lowest",
    "percentile rank": "share of the others that are worse",
    "distance to best": "1 less the distance from the best, as a share of the range",
    "Borda": "number of the others that are worse",
}
"""The scales among those compared, and what a score on each is."""

LOWEST, HIGHEST = 0.0, 100.0
"""The ends of a min-max scale unless others are asked for."""

SOURCE = "OECD and JRC (2008) Handbook on Constructing Composite Indicators"


@dataclass(frozen=True)
class Scores:
    """Authorities scored against one another, one column per indicator.

    Attributes
    ----------
    table : pandas.DataFrame
        Scores, higher is better; a row per authority, a column per indicator,
        both sorted by name; missing where there is no figure or no spread.
    members : pandas.DataFrame
        One row per indicator as given: `indicator`, `n` (authorities with a
        figure), `worst`, `best` [indicator's unit] and `standing`: 'scored',
        'no figures', 'one figure' or 'no spread'.
    method : str
        Method and source in words.
    """

    table: pd.DataFrame
    members: pd.DataFrame
    method: str


def normalised(
    values: Floats,
    *,
    method: str,
    lowest: float = LOWEST,
    highest: float = HIGHEST,
) -> Floats:
    """Put oriented values of one indicator on a common scale.

    Parameters
    ----------
    values : numpy.ndarray
        One per authority, more is better, as `oriented` gives them.
    method : {'min-max', 'z', 'rank', 'percentile rank', 'distance to best', 'Borda'}
        See `METHODS`.
    lowest, highest : float, optional
        Ends of the min-max scale.

    Returns
    -------
    numpy.ndarray
        Missing where a value is, and everywhere when fewer than two values
        differ: a scale needs two ends.

    Raises
    ------
    PerfnbError
        When the method is unknown or the ends are the wrong way round.

    References
    ----------
    OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 5.
    Borda (1781). Ranks and distance as in COINr 1.1.14 (Becker et al 2022, J
    Open Source Softw 7:4567): ties share the lowest rank.

    Examples
    --------
    >>> normalised(np.array([10.0, 20, 40]), method="min-max").round(1).tolist()
    [0.0, 33.3, 100.0]
    >>> normalised(np.array([10.0, 20, 20]), method="Borda").tolist()
    [0.0, 1.0, 1.0]
    """
    if method not in METHODS:
        message = f"'{method}' is not a way to score; known are {', '.join(METHODS)}."
        raise PerfnbError(message)
    if not lowest < highest:
        message = f"A scale from {lowest:g} to {highest:g} has no length."
        raise PerfnbError(message)
    known = values[np.isfinite(values)]
    result = np.full(len(values), np.nan)
    if _spread(known) != "scored":
        return result
    result[np.isfinite(values)] = _scaled(known, method, lowest, highest)
    return result


def scores(
    values: pd.DataFrame,
    members: pd.DataFrame,
    *,
    method: str = "min-max",
    lowest: float = LOWEST,
    highest: float = HIGHEST,
) -> Scores:
    """Score authorities against one another on every indicator of a basket.

    Parameters
    ----------
    values : pandas.DataFrame
        One row per authority and indicator, each of one period: `authority`
        [code], `indicator`, `value` [indicator's unit, missing allowed]. The
        council stands among its peers here: its place is a place among all.
    members : pandas.DataFrame
        One row per indicator: `indicator`, `polarity`, and where polarity is
        'midpoint' or 'range' also `ideal_low`, `ideal_high`.
    method, lowest, highest
        As in `normalised`.

    Returns
    -------
    Scores

    Raises
    ------
    PerfnbError
        When a column is missing, an indicator or a figure comes twice, or an
        indicator has no good side.

    References
    ----------
    See `normalised`.

    Examples
    --------
    >>> values = pd.DataFrame({"authority": list("abc"), "indicator": "NI191",
    ...                        "value": [600.0, 500, 400]})
    >>> members = pd.DataFrame({"indicator": ["NI191"], "polarity": ["minimise"]})
    >>> scores(values, members).table["NI191"].tolist()
    [0.0, 50.0, 100.0]
    """
    require(values, ["authority", "indicator", "value"], "values")
    require(members, ["indicator", "polarity"], "members")
    require_once(members["indicator"], "indicator")
    wide = _wide(values, [str(name) for name in members["indicator"]])
    table, rows = {}, []
    for member in members.to_dict("records"):
        name = str(member["indicator"])
        raw = floats(wide[name])
        better = oriented(raw, str(member["polarity"]), ideal_of(member))
        table[name] = normalised(better, method=method, lowest=lowest, highest=highest)
        rows.append({"indicator": name, **_ends(raw, better)})
    named = pd.DataFrame(table, index=wide.index).sort_index().sort_index(axis=1)
    return Scores(
        table=named,
        members=pd.DataFrame(rows, columns=_MEMBER_COLUMNS),
        method=f"Scored {METHODS[method]}; more is better ({SOURCE}).",
    )


def of_council(members: pd.DataFrame, found: Scores, own: str) -> pd.DataFrame:
    """Give the members of a basket the scores that one council has among all.

    Parameters
    ----------
    members : pandas.DataFrame
        One row per indicator: `indicator`.
    found : Scores
        As `scores` gives them, for the same indicators.
    own : str
        Code of the council.

    Returns
    -------
    pandas.DataFrame
        The rows given with `score`, `goalposts` ('peers'), `worst`, `best`
        [indicator's unit], `n_scored` (councils with a figure) and `no_score`,
        the reason for a missing score or ''; ready for
        `perfnb.analysis.weighting.baskets.basket`.

    Raises
    ------
    PerfnbError
        When a column is missing, or an indicator or the council was not scored.

    Examples
    --------
    >>> values = pd.DataFrame({"authority": list("abc"), "indicator": "NI191",
    ...                        "value": [600.0, 500, 400]})
    >>> members = pd.DataFrame({"indicator": ["NI191"], "polarity": ["minimise"]})
    >>> found = of_council(members, scores(values, members), "b")
    >>> found[["score", "worst", "best"]].to_numpy().tolist()
    [[50.0, 600.0, 400.0]]
    """
    require(members, ["indicator"], "members")
    names = [str(name) for name in members["indicator"]]
    require(found.table, names, "scores")
    if own not in found.table.index:
        message = f"The council '{own}' is not among those scored."
        raise PerfnbError(message)
    facts = found.members.set_index("indicator").loc[names]
    score = floats(found.table.loc[own, names])
    return members.assign(
        score=column(score),
        goalposts="peers",
        worst=column(floats(facts["worst"])),
        best=column(floats(facts["best"])),
        n_scored=facts["n"].to_numpy(dtype=np.int64),
        no_score=[
            _reason(str(standing)) if np.isnan(each) else ""
            for each, standing in zip(score, facts["standing"], strict=True)
        ],
    )


_MEMBER_COLUMNS = ["indicator", "n", "worst", "best", "standing"]


def _spread(known: Floats) -> str:
    if len(known) < 2:
        return "one figure" if len(known) else "no figures"
    return "scored" if varies(known) else "no spread"


def _scaled(known: Floats, method: str, lowest: float, highest: float) -> Floats:
    least, most = known.min(), known.max()
    share = (known - least) / (most - least)
    ranks = stats.rankdata(known, method="min")
    ways = {
        "min-max": share * (highest - lowest) + lowest,
        "z": stats.zscore(known, ddof=1),
        "rank": ranks,
        "percentile rank": (ranks - 1) / (len(known) - 1),
        "distance to best": 1 - (most - known) / (most - least),
        "Borda": ranks - 1,
    }
    return np.asarray(ways[method], dtype=float)


def _reason(standing: str) -> str:
    return {
        "no spread": "every council has the same figure",
        "one figure": "no other council has a figure",
    }.get(standing, "no figure")


def _ends(raw: Floats, better: Floats) -> dict[str, object]:
    known = np.isfinite(raw)
    if not known.any():
        return {"n": 0, "worst": None, "best": None, "standing": "no figures"}
    return {
        "n": int(known.sum()),
        "worst": float(raw[np.nanargmin(better)]),
        "best": float(raw[np.nanargmax(better)]),
        "standing": _spread(better[known]),
    }


def _wide(values: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    chosen = values[values["indicator"].astype(str).isin(names)]
    keys = chosen[["authority", "indicator"]].astype(str)
    if keys.duplicated().any():
        twice = keys[keys.duplicated()].iloc[0]
        message = (
            f"The authority '{twice['authority']}' has more than one figure for "
            f"'{twice['indicator']}'."
        )
        raise PerfnbError(message)
    long = keys.assign(value=floats(chosen["value"]))
    wide = long.pivot_table(
        index="authority", columns="indicator", values="value", dropna=False
    )
    everybody = sorted(values["authority"].astype(str).unique())
    return wide.reindex(index=everybody, columns=names)
