"""Is a target worth setting? Held against the past, chance, peers and the outlook.

A target is a choice, not a figure that can be right or wrong. What can be told
is how it lies to what has been reached, to where the figures go by themselves,
to how far they vary by chance and to what others reach.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from perfnb.analysis.attainment import as_shown, bounds, figures_of, written_decimals
from perfnb.analysis.frames import Floats, floats, require
from perfnb.analysis.targeting.peer_reach import PeerReach
from perfnb.analysis.targeting.projection import Projection
from perfnb.errors import PerfnbError
from perfnb.methods import Methods
from perfnb.registers import Target

FINDINGS = (
    "impossible",
    "wrong scale",
    "zero",
    "below current performance",
    "never achieved by any peer",
    "inside noise",
    "same as current performance",
    "stretch",
    "realistic",
    "better than current performance",
)
"""What can be found of a target, what matters most first."""

NOT_TESTED = "nothing to test against"

Ends = tuple[float | None, float | None]


@dataclass(frozen=True)
class Challenge:
    """What a target asks for.

    Attributes
    ----------
    target : Target
    findings : tuple of str
        Everything of `FINDINGS` that holds, what matters most first;
        'nothing to test against' by itself.
    baseline : float or None
        The latest figure before the target's period [indicator's unit].
    baseline_period : str
    n : int
        Figures before the target's period.
    outlook : Projection or None
        Where the figures go by themselves.
    limits : tuple of float or None
        Natural process limits [indicator's unit].
    peers : PeerReach or None
        What others reached, and how many of them the target.
    method : str
        Method and source in words.
    """

    target: Target
    findings: tuple[str, ...]
    baseline: float | None
    baseline_period: str
    n: int
    outlook: Projection | None
    limits: tuple[float, float] | None
    peers: PeerReach | None
    method: str

    @property
    def verdict(self) -> str:
        """What matters most of it."""
        return self.findings[0]


def challenge(
    target: Target,
    past: pd.DataFrame,
    *,
    polarity: str,
    decimals: int,
    methods: Methods,
    outlook: Projection | None = None,
    limits: tuple[float, float] | None = None,
    peers: PeerReach | None = None,
    upper_bound: float | None = None,
) -> Challenge:
    """Say how demanding a target is.

    Parameters
    ----------
    target : Target
        A level.
    past : pandas.DataFrame
        Figures of the target's own kind (years for a year) that were there
        before its period, oldest first: `period` [as people write it], `value`
        [indicator's unit, missing allowed].
    polarity : {'maximise', 'minimise', 'midpoint', 'range', 'neutral'}
        Which side is good. Where none is, only a range can be tested; what lies
        within it is already reached.
    decimals : int
        Decimals that figures are shown with.
    methods : Methods
        House rules: `target_scale_factor`, `minimum_peers_for_quartile` and
        `share_of_peers_reaching`.
    outlook : Projection, optional
        Where the figures go by themselves.
    limits : tuple of float, optional
        Lower and upper natural process limit of figures of the target's kind.
    peers : PeerReach, optional
        What others reached (`perfnb.analysis.targeting.peer_reach`).
    upper_bound : float, optional
        Above which there is nothing (100 for a percentage).

    Returns
    -------
    Challenge
        Its findings: 'impossible' (below nought or above `upper_bound`), 'wrong
        scale' (several times the highest or a fraction of the lowest figure),
        'zero', 'below current performance' and 'same as current performance'
        (than the baseline), 'never achieved by any peer', 'inside noise' (the
        target lies between the limits, so chance alone meets it now and then),
        'stretch' (beyond the middle of the outlook), and where none of these holds
        'realistic' (better than now, and the outlook leads there or
        `share_of_peers_reaching` of the peers are there) or, where neither can be
        told, 'better than current performance'.

    Raises
    ------
    PerfnbError
        When a column is missing, a value is not a number, the target is no
        level, or the polarity is unknown.

    References
    ----------
    HM Treasury, Cabinet Office, National Audit Office, Audit Commission and
    Office for National Statistics (2001) Choosing the Right FABRIC: a framework
    for performance information. Wheeler (1993) Understanding Variation: limits.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> methods = read_methods("parameters/methods.yaml")
    >>> past = pd.DataFrame({"period": ["2023-24", "2024-25"], "value": [31.0, 33.0]})
    >>> slip = Target(indicator="IL1", period="2025-26", kind="level", value=0.33,
    ...     rationale="Illustrative", basis="illustrative")
    >>> challenge(slip, past, polarity="maximise", decimals=1, methods=methods).verdict
    'wrong scale'
    """
    require(past, ["period", "value"], "past figures")
    if target.kind != "level":
        message = "Only a level can be tested for how demanding it is."
        raise PerfnbError(message)
    known = past[past["value"].notna()]
    values = floats(known["value"])
    baseline = float(values[-1]) if len(values) else None
    ends = bounds(target, polarity)
    found = _slips(target, values, upper_bound, methods)
    if ends is not None:
        places = max(decimals, *(written_decimals(end) for end in figures_of(target)))
        found += _against_now(ends, baseline, places)
        found += _against_peers(peers, methods)
        found += _against_chance(target, limits)
        found += _against_outlook(ends, outlook)
    reachable = ""
    if baseline is not None and ends is not None:
        least = methods.share_of_peers_reaching
        reachable = _reachable(outlook, peers, least)
    return Challenge(
        target=target,
        findings=_ordered(found, reachable),
        baseline=baseline,
        baseline_period=str(known["period"].iloc[-1]) if len(known) else "",
        n=len(values),
        outlook=outlook,
        limits=limits,
        peers=peers,
        method=_method(methods),
    )


def _slips(
    target: Target, past: Floats, upper_bound: float | None, methods: Methods
) -> list[str]:
    named = figures_of(target)
    found = []
    if min(named) < 0 or (upper_bound is not None and max(named) > upper_bound):
        found.append("impossible")
    if not any(named):
        found.append("zero")
    factor = methods.target_scale_factor
    size = np.abs(past)
    if any(named) and len(size) and size.max() > 0:
        large = min(np.abs(named)) > factor * size.max()
        small = max(np.abs(named)) * factor < size.min()
        found += ["wrong scale"] * bool(large or small)
    return found


def _against_now(ends: Ends, baseline: float | None, places: int) -> list[str]:
    if baseline is None:
        return []
    now = as_shown(baseline, places)
    low, high = ends
    if not _within(ends, now):
        return []
    at_the_end = now in (low, high) or None not in ends
    return [
        "same as current performance" if at_the_end else "below current performance"
    ]


def _within(ends: Ends, value: float) -> bool:
    low, high = ends
    return (low is None or value >= low) and (high is None or value <= high)


def _against_peers(peers: PeerReach | None, methods: Methods) -> list[str]:
    if peers is None or peers.n < methods.minimum_peers_for_quartile:
        return []
    return [] if peers.n_reaching else ["never achieved by any peer"]


def _against_chance(target: Target, limits: tuple[float, float] | None) -> list[str]:
    if limits is None or target.value is None:
        return []
    return ["inside noise"] if limits[0] <= target.value <= limits[1] else []


def _against_outlook(ends: Ends, outlook: Projection | None) -> list[str]:
    if outlook is None or outlook.is_last_figure:
        return []
    return [] if _within(ends, outlook.value) else ["stretch"]


def _reachable(
    outlook: Projection | None, peers: PeerReach | None, least: float
) -> str:
    """Say what may be found of a target against which nothing speaks."""
    if outlook is not None and not outlook.is_last_figure:
        return "realistic"
    if peers is not None and peers.n and peers.n_reaching / peers.n >= least:
        return "realistic"
    return "better than current performance"


def _ordered(found: list[str], reachable: str) -> tuple[str, ...]:
    if not found:
        return (reachable or NOT_TESTED,)
    return tuple(each for each in FINDINGS if each in found)


def _method(methods: Methods) -> str:
    return (
        "A target is held against the latest figure before its period, against where "
        "the figures go if nothing changes, against natural process limits (Wheeler "
        "1993) and against what peers reached. A slip of scale is suspected from "
        f"{methods.target_scale_factor:g} times the highest figure, or where the "
        f"lowest is that many times the target (house rule)."
    )
