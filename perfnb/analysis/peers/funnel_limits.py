"""How far may an area lie from the average by chance? Limits by its size.

The limits that a funnel (`perfnb.analysis.peers.funnel`) draws, and which areas lie
outside them. Everything here is for each one of the denominator: shares of 1,
events per person, events for each one expected.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special, stats

from perfnb.analysis.frames import (
    Flags,
    Floats,
    column,
    floats,
    require,
    require_once,
)
from perfnb.analysis.intervals import byar, wilson
from perfnb.analysis.peers import overdispersion
from perfnb.analysis.peers.overdispersion import Overdispersion
from perfnb.errors import PerfnbError
from perfnb.methods import Methods

KINDS = {"proportion": "arcsine", "rate": "square root", "ratio": "log"}
"""Kinds of figures, each with the scale on which areas spread.

The square root, unlike the logarithm, can hold an area without any event.
"""


@dataclass(frozen=True)
class Centre:
    """What areas are held against.

    Attributes
    ----------
    kind : {'proportion', 'rate', 'ratio'}
        What the figures are.
    level : float
        The average, for each one of the denominator.
    tau2 : float or None
        Variance between areas beyond chance that the limits allow for [on the
        scale of the kind, squared]; None for limits of chance alone.
    """

    kind: str
    level: float
    tau2: float | None = None


def with_counts(areas: pd.DataFrame, kind: str, per: float) -> pd.DataFrame:
    """Keep the areas that have both counts, smallest first.

    Parameters
    ----------
    areas : pandas.DataFrame
        One row per area: `area`, `numerator`, `denominator` [counts, missing
        allowed].
    kind : {'proportion', 'rate', 'ratio'}
        A proportion cannot be more than everything: such rows are left out.
    per : float
        Multiplier of the unit.

    Returns
    -------
    pandas.DataFrame
        `area`, `numerator`, `denominator`, `value` [unit]; areas of one size in
        the order of their names.

    Raises
    ------
    PerfnbError
        When a column is missing, an area comes twice or a count is negative.

    Examples
    --------
    >>> areas = pd.DataFrame({"area": ["a", "b"], "numerator": [5, None],
    ...     "denominator": [10, 10]})
    >>> with_counts(areas, "rate", 1000)["value"].tolist()
    [500.0]
    """
    require(areas, ["area", "numerator", "denominator"], "areas")
    require_once(areas["area"], "area")
    part, whole = floats(areas["numerator"]), floats(areas["denominator"])
    for name, counts in (("numerator", part), ("denominator", whole)):
        if (counts < 0).any():
            message = f"There is a negative {name} among the areas."
            raise PerfnbError(message)
    fit = (whole > 0) & np.isfinite(part)
    if kind == "proportion":
        fit &= part <= whole
    held = pd.DataFrame(
        {
            "area": areas["area"].astype(str).to_numpy()[fit],
            "numerator": column(part[fit]),
            "denominator": column(whole[fit]),
            "value": column(part[fit] / whole[fit] * per),
        }
    )
    return held.sort_values(["denominator", "area"], ignore_index=True)


def limits(centre: Centre, sizes: Floats, confidence: float) -> tuple[Floats, Floats]:
    """Give the limits around the average at any size of area.

    Parameters
    ----------
    centre : Centre
        With a level above 0, and for a proportion below 1.
    sizes : numpy.ndarray
        Denominators, above 0.
    confidence : float
        Such as 0.95 [share].

    Returns
    -------
    lower, upper : numpy.ndarray
        [for each one of the denominator]

    References
    ----------
    Spiegelhalter DJ (2005) Stat Med 24:1185. Proportions: the score limits,
    which Wilson's interval inverts (Wilson 1927). Rates and ratios: exact
    Poisson, where Garwood's limits (1936) of the events just reach those
    expected. Allowing for spread: `perfnb.analysis.peers.overdispersion.limits`.

    Examples
    --------
    >>> lower, upper = limits(Centre("proportion", 0.5), np.array([100.0]), 0.95)
    >>> print(f"{lower[0]:.3f} to {upper[0]:.3f}")
    0.402 to 0.598
    """
    level = centre.level
    if centre.tau2 is not None:
        return _widened(centre, sizes, centre.tau2, confidence)
    if centre.kind == "proportion":
        reach = stats.norm.ppf((1 + confidence) / 2)
        reach = reach * np.sqrt(level * (1 - level) / sizes)
        return np.maximum(level - reach, 0), np.minimum(level + reach, 1)
    lower, upper = _poisson(sizes * level, (1 - confidence) / 2)
    return lower / sizes, upper / sizes


def outside(
    centre: Centre, numerator: Floats, denominator: Floats, confidence: float
) -> tuple[Flags, Flags]:
    """Say which areas lie above and which below what chance would have.

    Parameters
    ----------
    centre : Centre
        With a level above 0, and for a proportion below 1.
    numerator, denominator : numpy.ndarray
        Counts, the denominator above 0.
    confidence : float
        Such as 0.95 [share].

    Returns
    -------
    high, low : numpy.ndarray
        By the areas' own intervals: high when the whole interval lies above the
        average. Where limits allow for spread, by those.

    References
    ----------
    PHEindicatormethods 2.1.0: Wilson's interval for a proportion, exact limits
    below 10 events and Byar's from 10 on for rates and ratios.

    Examples
    --------
    >>> high, low = outside(
    ...     Centre("rate", 0.1), np.array([20.0, 9.0]), np.array([100.0, 100.0]), 0.95)
    >>> high.tolist(), low.tolist()
    ([True, False], [False, False])
    """
    if centre.tau2 is not None:
        lower, upper = limits(centre, denominator, confidence)
        value = numerator / denominator
        return value > upper, value < lower
    if centre.kind == "proportion":
        lower, upper = wilson(numerator, denominator, confidence)
        return lower > centre.level, upper < centre.level
    lower, upper = byar(numerator, confidence)
    expected = denominator * centre.level
    return lower > expected, upper < expected


def spread(areas: pd.DataFrame, centre: Centre, methods: Methods) -> Overdispersion:
    """Estimate how far areas differ beyond chance.

    Parameters
    ----------
    areas : pandas.DataFrame
        One row per area: `area`, `numerator`, `denominator` [counts].
    centre : Centre
        What they are held against.
    methods : Methods
        House rules, as in `perfnb.analysis.peers.overdispersion.overdispersion`.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> areas = pd.DataFrame({"area": [f"a{n}" for n in range(12)],
    ...     "numerator": [30, 70] * 6, "denominator": 1000})
    >>> found = spread(areas, Centre("rate", 0.05),
    ...     read_methods("parameters/methods.yaml"))
    >>> found.standing
    'overdispersed'
    """
    scale = KINDS[centre.kind]
    if centre.kind == "proportion":
        return overdispersion.overdispersion(
            areas, scale=scale, target=centre.level, methods=methods
        )
    expected = areas.assign(denominator=areas["denominator"] * centre.level)
    return overdispersion.overdispersion(
        expected, scale=scale, target=1, methods=methods
    )


def _widened(
    centre: Centre, sizes: Floats, tau2: float, confidence: float
) -> tuple[Floats, Floats]:
    scale, level = KINDS[centre.kind], centre.level
    if centre.kind == "proportion":
        error = 1 / (2 * np.sqrt(sizes))
        return overdispersion.limits(scale, level, error, tau2, confidence)
    expected = sizes * level
    error = 1 / np.sqrt(expected)
    error = error if scale == "log" else error / 2
    lower, upper = overdispersion.limits(scale, 1, error, tau2, confidence)
    return lower * level, upper * level


def _poisson(expected: Floats, tail: float) -> tuple[Floats, Floats]:
    """Give the events whose exact limits just reach what is expected."""
    none = np.exp(-expected) >= tail
    lower = np.where(none, 0.0, special.pdtrik(tail, expected))
    return lower, special.pdtrik(1 - tail, expected) + 1
