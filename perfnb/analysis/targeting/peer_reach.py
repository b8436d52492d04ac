"""Has anybody reached the target? What peers did in one period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from perfnb.analysis.attainment import as_shown, bounds, figures_of, written_decimals
from perfnb.analysis.frames import Floats, floats
from perfnb.analysis.verdicts import good_side
from perfnb.methods import Methods
from perfnb.registers import Target


@dataclass(frozen=True)
class PeerReach:
    """What peers reached in one period, and how many of them the target.

    Attributes
    ----------
    group : str
        Who they are, in words.
    period : str
        When, as people write it.
    n : int
        Peers with a figure, the council not among them.
    n_reaching : int
        Those whose figure would meet the target; 0 where no side of it is good.
    median, best_quartile, best : float or None
        [indicator's unit]; None with too few of them or where no side is good.
    """

    group: str
    period: str
    n: int
    n_reaching: int
    median: float | None
    best_quartile: float | None
    best: float | None


def peer_reach(
    values: Sequence[float],
    target: Target,
    *,
    group: str,
    period: str,
    polarity: str,
    decimals: int,
    methods: Methods,
) -> PeerReach:
    """Hold a target against what peers reached.

    Parameters
    ----------
    values : sequence of float
        One figure a peer, NaN where it has none [indicator's unit].
    target : Target
        A level.
    group, period : str
        Who the peers are and when it was.
    polarity : {'maximise', 'minimise', 'midpoint', 'range', 'neutral'}
        Which side is good.
    decimals : int
        Decimals that figures are shown with.
    methods : Methods
        How many peers a median and a quartile need.

    Returns
    -------
    PeerReach

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> target = Target(indicator="IL1", period="2025-26", kind="level", value=50,
    ...     rationale="Illustrative", basis="illustrative")
    >>> found = peer_reach([40, 50, 60], target, group="neighbours", decimals=0,
    ...     period="2024-25", polarity="maximise",
    ...     methods=read_methods("parameters/methods.yaml"))
    >>> found.n_reaching, found.median, found.best_quartile, found.best
    (2, 50.0, None, 60.0)
    """
    good = good_side(polarity)
    numbers = floats(np.array(values, dtype=float))
    known = numbers[np.isfinite(numbers)]
    share = {1: 0.75, -1: 0.25}.get(good)
    best = None
    if good and len(known):
        best = float(known.max() if good > 0 else known.min())
    return PeerReach(
        group=group,
        period=period,
        n=len(known),
        n_reaching=_reaching(known, target, polarity, decimals),
        median=_quantile(known, 0.5, methods.minimum_peers_for_median),
        best_quartile=_quantile(known, share, methods.minimum_peers_for_quartile),
        best=best,
    )


def _reaching(known: Floats, target: Target, polarity: str, decimals: int) -> int:
    ends = bounds(target, polarity)
    if ends is None:
        return 0
    places = max(decimals, *(written_decimals(end) for end in figures_of(target)))
    least, most = (
        beyond if end is None else end
        for end, beyond in zip(ends, (-np.inf, np.inf), strict=True)
    )
    return sum(least <= as_shown(value, places) <= most for value in known)


def _quantile(known: Floats, share: float | None, minimum: int) -> float | None:
    enough = len(known) >= max(minimum, 1)
    return float(np.quantile(known, share)) if enough and share is not None else None
