"""How steep is a gradient from the most to the least deprived? Slope indices.

A line is laid through the groups, each at the middle of its share of the
population in order of deprivation. The Slope Index of Inequality is how far the
line rises from one end of the population to the other, the Relative Index how
many times the one end is the other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special, stats

from perfnb.analysis.frames import Floats, column, floats, require
from perfnb.errors import PerfnbError

SEED = 20_251_231
"""Starts the simulation, so that the same figures give the same limits."""

PLACES = 21
"""Places along the line that a chart is drawn from."""

Transform = Callable[[Floats], Floats]

SCALES: dict[str, tuple[Transform, Transform]] = {
    "plain": (np.asarray, np.asarray),
    "log": (np.log, np.exp),
    "logit": (special.logit, special.expit),
}
"""Scales on which the line is straight, and the way back. Rates and shares of
a gradient rather rise by the same factor at each step: Public Health England,
PHEindicatormethods 2.1.0, gives the log for rates and the logit for shares.
"""


@dataclass(frozen=True)
class SlopeIndex:
    """A line through ordered groups.

    Attributes
    ----------
    groups : pandas.DataFrame
        The rows given with `share` of the population and `position`, the middle
        of that share in the order of rows [share, 0 to 1], and `fitted`
        [indicator's unit].
    line : pandas.DataFrame
        `position` [share, 0 to 1] and `value` [indicator's unit] along the line.
    first_end, last_end : float
        The line at the two ends of the population [indicator's unit].
    slope, lower_slope, upper_slope : float
        Slope Index of Inequality: last end less first end [indicator's unit].
    relative, lower_relative, upper_relative : float or None
        Relative Index of Inequality: last end / first end; None where an end of
        the line is not above 0, the limits also where a simulated one is not.
    """

    groups: pd.DataFrame
    line: pd.DataFrame
    first_end: float
    last_end: float
    slope: float
    lower_slope: float
    upper_slope: float
    relative: float | None
    lower_relative: float | None
    upper_relative: float | None


def slope_index(
    groups: pd.DataFrame,
    *,
    scale: str,
    confidence: float,
    repetitions: int,
    per: float = 1.0,
    confidence_given: float | None = None,
    seed: int = SEED,
) -> SlopeIndex:
    """Lay a line through groups in order of deprivation.

    Parameters
    ----------
    groups : pandas.DataFrame
        One row per group in order, from the most deprived: `population`, `value`,
        `lower_ci`, `upper_ci` [indicator's unit]. A group without a value keeps
        its place in the population but has no part in the line.
    scale : {'plain', 'log', 'logit'}
        On which the line is straight.
    confidence : float
        Of the limits that are asked for, such as 0.95 [share].
    repetitions : int
        Simulated sets of values.
    per : float
        What makes the values of shares out of 0 to 1; for 'logit' alone.
    confidence_given : float, optional
        Of `lower_ci` and `upper_ci`; as `confidence` when left out.
    seed : int
        Starts the simulation.

    Returns
    -------
    SlopeIndex

    Raises
    ------
    PerfnbError
        When a column is missing, a population is not above 0, fewer than two
        groups have a value, a value has no place on the scale, or the scale is
        unknown.

    References
    ----------
    Pamuk ER (1985) Popul Stud 39:17. Mackenbach JP, Kunst AE (1997) Soc Sci Med
    44:757. Low A, Low A (2004) J Public Health 26:388. Limits: Public Health
    England, PHEindicatormethods 2.1.0 (each value drawn from a normal
    distribution on the scale of the line).

    Examples
    --------
    >>> fifths = pd.DataFrame({"population": [100, 100, 200],
    ...     "value": [9.0, 7.0, 4.0], "lower_ci": [8.0, 6, 3],
    ...     "upper_ci": [10.0, 8, 5]})
    >>> found = slope_index(
    ...     fifths, scale="plain", confidence=0.95, repetitions=1000)
    >>> found.groups["position"].tolist()
    [0.125, 0.375, 0.75]
    >>> round(found.first_end, 2), round(found.last_end, 2), round(found.slope, 2)
    (10.0, 2.0, -8.0)
    """
    there, back = _scale(scale, per)
    share, position = _positions(groups)
    values, errors = _values(groups, there, confidence_given or confidence)
    known = np.isfinite(values + errors)
    if known.sum() < 2:
        message = "A line needs at least two groups with a value and its limits."
        raise PerfnbError(message)
    weights = _weights(position[known], share[known])
    ends = _ends(weights @ values[known], back)
    generator = np.random.default_rng(seed)
    drawn = generator.standard_normal((repetitions, int(known.sum())))
    simulated = _ends(weights @ (values[known] + errors[known] * drawn).T, back)
    slopes = _interval(simulated[1] - simulated[0], ends[1] - ends[0], confidence)
    relative = _relative(ends, simulated, confidence)
    intercept, slope = weights @ values[known]
    places = np.linspace(0, 1, PLACES)
    line = pd.DataFrame({"position": places, "value": back(intercept + slope * places)})
    fitted = column(back(intercept + slope * position))
    placed = groups.assign(share=share, position=position, fitted=fitted)
    return SlopeIndex(placed, line, float(ends[0]), float(ends[1]), *slopes, *relative)


def _scale(scale: str, per: float) -> tuple[Transform, Transform]:
    if scale not in SCALES:
        message = f"'{scale}' is not a scale; known are {', '.join(SCALES)}."
        raise PerfnbError(message)
    there, back = SCALES[scale]
    if scale != "logit":
        return there, back
    return lambda values: there(values / per), lambda values: back(values) * per


def _positions(groups: pd.DataFrame) -> tuple[Floats, Floats]:
    require(groups, ["population", "value", "lower_ci", "upper_ci"], "groups")
    population = floats(groups["population"])
    if not (population > 0).all():
        message = "Each group needs a population above 0 to have its place."
        raise PerfnbError(message)
    share = population / population.sum()
    return share, np.cumsum(share) - share / 2


def _values(
    groups: pd.DataFrame, there: Transform, confidence: float
) -> tuple[Floats, Floats]:
    names = ("value", "lower_ci", "upper_ci")
    with np.errstate(divide="ignore", invalid="ignore"):
        value, lower, upper = (there(floats(groups[name])) for name in names)
    if (
        any(np.isinf(each).any() for each in (value, lower, upper))
        or (np.isnan(value) & groups["value"].notna().to_numpy()).any()
    ):
        message = "A value has no place on the scale: it reaches 0 or the whole."
        raise PerfnbError(message)
    reach = 2 * stats.norm.ppf((1 + confidence) / 2)
    return value, (upper - lower) / reach


def _weights(position: Floats, share: Floats) -> Floats:
    """Give what makes intercept and slope, weighted by population, of values."""
    design = np.column_stack([np.ones_like(position), position])
    weighted = design.T * share
    return np.asarray(np.linalg.solve(weighted @ design, weighted), dtype=float)


def _ends(line: Floats, back: Transform) -> tuple[Floats, Floats]:
    intercept, slope = line
    return back(intercept), back(intercept + slope)


def _interval(
    simulated: Floats, estimate: Floats, confidence: float
) -> tuple[float, float, float]:
    tails = [(1 - confidence) / 2, (1 + confidence) / 2]
    lower, upper = np.quantile(simulated, tails)
    # Figures without any error differ from their estimate by rounding of floats.
    return (
        float(estimate),
        float(np.minimum(lower, estimate)),
        float(np.maximum(upper, estimate)),
    )


def _relative(
    ends: tuple[Floats, Floats], simulated: tuple[Floats, Floats], confidence: float
) -> tuple[float | None, float | None, float | None]:
    if min(ends) <= 0:
        return None, None, None
    relative = ends[1] / ends[0]
    if min(each.min() for each in simulated) <= 0:
        return float(relative), None, None
    return _interval(simulated[1] / simulated[0], relative, confidence)
