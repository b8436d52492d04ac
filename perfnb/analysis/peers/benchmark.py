"""Where the council stands among its peers, and whether the distance is real.

The council is never its own peer: the median is of the others. A position is
only a position; better or worse is said only when the council's own confidence
interval leaves the peers' median out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from perfnb.analysis.frames import Floats, column, floats, require, require_once
from perfnb.analysis.intervals import limits
from perfnb.analysis.verdicts import good_side, verdict
from perfnb.errors import PerfnbError
from perfnb.methods import Methods

QUARTILES = 4
TESTED = ("better", "worse", "different", "no clear difference")
"""The verdicts that rest on a confidence interval."""


@dataclass(frozen=True)
class Comparison:
    """A council among its peers, one indicator and one period.

    Attributes
    ----------
    positions : pandas.DataFrame
        One row per authority with a value, best first (polarity without a good
        side: highest first): `authority`, `value`, `numerator`, `denominator`,
        `lower_ci`, `upper_ci` [indicator's unit], `rank`, `is_own`.
    n_peers, n_expected : int
        Peers with a value; peers asked for.
    missing : tuple of str
        Codes of the peers without a value.
    own_value : float or None
        [indicator's unit]
    median, lower_quartile, upper_quartile : float or None
        Of the peers, the council left out; None with too few of them.
    quartile : int or None
        1 (best) to 4 of the council among peers and itself; None with too few
        peers or where no side is good.
    rank_from, rank_to : int or None
        The council's place, as a block when it ties.
    n_ranked : int
        Authorities ranked, the council included.
    verdict : str
        'better', 'worse', 'different' (no side is good), 'no clear difference',
        'position only', 'no peers' or 'no own figure'.
    method : str
        Method and source in words.
    """

    positions: pd.DataFrame
    n_peers: int
    n_expected: int
    missing: tuple[str, ...]
    own_value: float | None
    median: float | None
    lower_quartile: float | None
    upper_quartile: float | None
    quartile: int | None
    rank_from: int | None
    rank_to: int | None
    n_ranked: int
    verdict: str
    method: str


def compare(
    values: pd.DataFrame,
    *,
    own: str,
    peers: Sequence[str],
    polarity: str,
    interval: str,
    per: float | None,
    methods: Methods,
    decimals: int | None = None,
) -> Comparison:
    """Place a council among its peers.

    Parameters
    ----------
    values : pandas.DataFrame
        One row per authority, one indicator and one period: `authority` [code],
        `value` [indicator's unit], `numerator`, `denominator` [counts, missing
        allowed]. Authorities that are neither own nor peer are left out.
    own : str
        Code of the council.
    peers : sequence of str
        Codes of its peers, the council not among them.
    polarity : {'maximise', 'minimise', 'midpoint', 'range', 'neutral'}
        With the last three no side is good.
    interval, per
        As in `perfnb.analysis.intervals.limits`.
    methods : Methods
        House rules.
    decimals : int, optional
        Decimals that values are shown with: what a reader cannot tell apart
        shares its place. Without it values are ranked as they are.

    Returns
    -------
    Comparison

    Raises
    ------
    PerfnbError
        When a column is missing, an authority comes twice, the council is among
        its peers, or polarity or interval is unknown.

    References
    ----------
    Public Health England, Technical Guide - Confidence Intervals (2018): a value
    is compared with a benchmark by whether its interval contains it.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> values = pd.DataFrame({"authority": list("abcd"),
    ...     "numerator": [600, 500, 510, 490], "denominator": [1000] * 4,
    ...     "value": [60.0, 50, 51, 49]})
    >>> found = compare(values, own="a", peers=["b", "c", "d"], per=100,
    ...     polarity="maximise", interval="wilson",
    ...     methods=read_methods("parameters/methods.yaml"))
    >>> found.verdict, found.median, found.rank_from, found.n_ranked
    ('better', 50.0, 1, 4)
    """
    good = good_side(polarity)
    _check(values, own, peers)
    positions = _positions(values, [own, *peers], own, good, decimals)
    positions = limits(positions, interval, per, methods.confidence)
    mine = positions[positions["is_own"]]
    others = positions.loc[~positions["is_own"], "value"].to_numpy(dtype=float)
    median = _at(others, 0.5, methods.minimum_peers_for_median)
    block = positions["rank"].isin(mine["rank"])
    first = int(mine["rank"].iloc[0]) if len(mine) else None
    ranked = set(positions["authority"])
    return Comparison(
        positions=positions[_COLUMNS],
        n_peers=len(others),
        n_expected=len(peers),
        missing=tuple(code for code in peers if code not in ranked),
        own_value=float(mine["value"].iloc[0]) if len(mine) else None,
        median=median,
        lower_quartile=_at(others, 0.25, methods.minimum_peers_for_quartile),
        upper_quartile=_at(others, 0.75, methods.minimum_peers_for_quartile),
        quartile=_quartile(first, len(others), good, methods),
        rank_from=first,
        rank_to=None if first is None else first + int(block.sum()) - 1,
        n_ranked=len(positions),
        verdict=_verdict(mine, len(others), median, good),
        method=_method(interval, methods),
    )


def quantile(rank: int, n: int, k: int) -> int | None:
    """Give the quantile that a rank falls into.

    Parameters
    ----------
    rank : int
        1 for the first; ties share the smallest rank.
    n : int
        How many are ranked.
    k : int
        Into how many quantiles (4 for quartiles).

    Returns
    -------
    int or None
        1 for the first ranks to `k` for the last; None when there are fewer
        than `k` to rank.

    Raises
    ------
    PerfnbError
        When the rank is not between 1 and `n`.

    References
    ----------
    PHEindicatormethods 2.1.0, phe_quantile: k + 1 - ceiling((n + 1 - rank) /
    (n / k)); here in whole numbers, which cannot round to the wrong side.

    Examples
    --------
    >>> [quantile(rank, 10, 4) for rank in range(1, 11)]
    [1, 1, 1, 2, 2, 3, 3, 3, 4, 4]
    """
    if not 1 <= rank <= n or k < 1:
        message = f"There is no rank {rank} among {n} in {k} quantiles."
        raise PerfnbError(message)
    if n < k:
        return None
    return k + 1 + (-(n + 1 - rank) * k) // n


_COLUMNS = [
    "authority",
    "value",
    "numerator",
    "denominator",
    "lower_ci",
    "upper_ci",
    "rank",
    "is_own",
]


def _check(values: pd.DataFrame, own: str, peers: Sequence[str]) -> None:
    require(values, ["authority", "value", "numerator", "denominator"], "values")
    require_once(values["authority"], "authority")
    require_once(pd.Series(list(peers), dtype=object), "peer")
    if own in peers:
        message = f"The council '{own}' is among its own peers. Take it out."
        raise PerfnbError(message)


def _positions(
    values: pd.DataFrame, codes: list[str], own: str, good: int, decimals: int | None
) -> pd.DataFrame:
    chosen = values[values["authority"].isin(codes)]
    chosen = chosen[np.isfinite(floats(chosen["value"]))]
    # Without a good side the highest comes first, as where more is better.
    shown = chosen["value"] if decimals is None else chosen["value"].round(decimals)
    ranks = shown.rank(method="min", ascending=good < 0)
    positions = pd.DataFrame(
        {
            "authority": chosen["authority"].astype(str),
            "value": column(floats(chosen["value"])),
            "numerator": column(floats(chosen["numerator"])),
            "denominator": column(floats(chosen["denominator"])),
            "rank": ranks.astype("int64"),
            "is_own": chosen["authority"].astype(str) == own,
        }
    )
    # Ties stand in the order of their codes, so that row order never matters.
    return positions.sort_values(["rank", "authority"]).reset_index(drop=True)


def _at(others: Floats, share: float, minimum: int) -> float | None:
    if len(others) < max(minimum, 1):
        return None
    return float(np.quantile(others, share))


def _quartile(
    rank: int | None, n_peers: int, good: int, methods: Methods
) -> int | None:
    if rank is None or good == 0 or n_peers < methods.minimum_peers_for_quartile:
        return None
    return quantile(rank, n_peers + 1, QUARTILES)


def _verdict(mine: pd.DataFrame, n_peers: int, median: float | None, good: int) -> str:
    if not len(mine):
        return "no own figure"
    if n_peers == 0:
        return "no peers"
    lower, upper = mine["lower_ci"].iloc[0], mine["upper_ci"].iloc[0]
    if median is None or pd.isna(lower) or pd.isna(upper):
        return "position only"
    return verdict((lower, upper), median, good)


def _method(interval: str, methods: Methods) -> str:
    of = (
        "Median of the peers that have a figure, the council left out; "
        f"none with fewer than {methods.minimum_peers_for_median}, no quartile with "
        f"fewer than {methods.minimum_peers_for_quartile}."
    )
    if interval == "none":
        return f"{of} A position only: these figures have no confidence interval."
    name = {
        "wilson": "Wilson interval (Wilson 1927; Newcombe 1998)",
        "byar": "Byar's interval, exact below 10 events (Breslow and Day 1987)",
    }[interval]
    return (
        f"{of} Different only when the council's {methods.confidence:.0%} {name} "
        "leaves that median out; the median is taken as it stands."
    )
