"""Which councils lie further from the average than by chance? Funnel limits.

A funnel asks it of every council at once: small ones vary more, so the limits
around the average are wide for them and narrow for large ones. Inner and outer
limits are told apart. Where councils differ by more than chance anyway, plain
limits would call nearly everybody unusual; then they allow for that spread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from perfnb.analysis.frames import column, floats
from perfnb.analysis.peers import funnel_limits
from perfnb.analysis.peers.funnel_limits import KINDS, Centre
from perfnb.analysis.peers.overdispersion import Overdispersion
from perfnb.errors import PerfnbError
from perfnb.methods import Methods

WIDENINGS = ("where needed", "always", "never")
WITHIN = "Not significant"
UNJUDGED = "Not judged"


@dataclass(frozen=True)
class Funnel:
    """Areas around their average, with the limits of chance.

    Attributes
    ----------
    points : pandas.DataFrame
        One row per area with both counts, smallest denominator first: `area`,
        `numerator`, `denominator`, `value`, `inner_lower`, `inner_upper`,
        `outer_lower`, `outer_upper` [unit], `category` ('High (0.001)',
        'High (0.025)', 'Low (0.025)', 'Low (0.001)', 'Not significant', 'Not
        judged'; the number is the chance of lying so far out on that side),
        `side` (1 high, -1 low, 0 within).
    kind : str
        'proportion', 'rate' or 'ratio'.
    per : float
        value = numerator / denominator * per.
    average : float or None
        [unit]; None where there is none.
    levels : tuple of float
        Confidence of the inner and of the outer limits [share].
    spread : perfnb.analysis.peers.overdispersion.Overdispersion or None
        How far areas differ beyond chance; None without a funnel.
    widened : bool
        Whether the limits allow for that.
    n : int
        Areas that the average rests on; 0 when it was given.
    standing : str
        'funnel', 'no areas', 'too few areas' or 'no variation' (the average is
        nought, or everything).
    method : str
        Method and source in words.
    """

    points: pd.DataFrame
    kind: str
    per: float
    average: float | None
    levels: tuple[float, float]
    spread: Overdispersion | None
    widened: bool
    n: int
    standing: str
    method: str

    @property
    def centre(self) -> Centre | None:
        """What areas are held against; None without a funnel."""
        if self.standing != "funnel" or self.average is None:
            return None
        tau2 = self.spread.tau2 if self.widened and self.spread is not None else None
        return Centre(self.kind, self.average / self.per, tau2)


def funnel(
    areas: pd.DataFrame,
    *,
    kind: str,
    per: float,
    methods: Methods,
    reference: Sequence[str] | None = None,
    average: float | None = None,
    levels: tuple[float, float] | None = None,
    widen: str = "where needed",
) -> Funnel:
    """Draw the limits of chance around an average and place each area.

    Parameters
    ----------
    areas : pandas.DataFrame
        One row per area: `area`, `numerator`, `denominator` [counts; for a
        ratio the events that are expected; for a standardised rate the
        population that gives it, numerator / rate * per]. Missing allowed.
    kind : {'proportion', 'rate', 'ratio'}
        A share of a whole, events in a population, events against those
        expected.
    per : float
        Multiplier of the unit (100 for a percentage).
    methods : Methods
        House rules: confidence of both pairs of limits, areas that a funnel
        needs, outlying share.
    reference : sequence of str, optional
        Areas that the average and the spread rest on; without it all. Leave the
        area that is judged out of its own measure.
    average : float, optional
        An average of one's own [unit], such as a national one or a target.
    levels : tuple of float, optional
        Limits of one's own in place of the house's: confidence of the inner and
        of the outer ones [share].
    widen : {'where needed', 'always', 'never'}
        Whether limits allow for a spread beyond chance: where there is one,
        whatever was estimated, or not at all.

    Returns
    -------
    Funnel

    Raises
    ------
    PerfnbError
        When a column is missing, an area comes twice, a count is negative, or
        kind, levels or widening are unknown.

    References
    ----------
    Spiegelhalter DJ (2005) Stat Med 24:1185. An area is judged by its own
    interval (`perfnb.analysis.peers.funnel_limits.outside`), as PHEindicatormethods
    2.1.0 does.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> areas = pd.DataFrame({"area": list("abcdefghijkl"),
    ...     "numerator": [50] * 10 + [20, 80], "denominator": 100})
    >>> found = funnel(areas, kind="proportion", per=100, widen="never",
    ...     methods=read_methods("parameters/methods.yaml"))
    >>> found.average, found.points["category"].tolist()[-2:]
    (50.0, ['Low (0.001)', 'High (0.001)'])
    """
    levels = levels or (methods.funnel_inner_limit, methods.funnel_outer_limit)
    _check(kind, per, average, levels, widen)
    held = funnel_limits.with_counts(areas, kind, per)
    resting = held if reference is None else held[held["area"].isin(set(reference))]
    own = average is not None
    plain = Funnel(
        points=held,
        kind=kind,
        per=per,
        average=average if own else _average(resting, kind, per, methods),
        levels=levels,
        spread=None,
        widened=False,
        n=0 if own else len(resting),
        standing="",
        method="",
    )
    plain = replace(plain, standing=_standing(plain))
    spread = None
    if plain.centre is not None:
        spread = funnel_limits.spread(resting, plain.centre, methods)
    found = replace(plain, spread=spread, widened=_widened(spread, widen))
    return replace(found, points=_placed(found), method=_method(found, methods))


def lines(found: Funnel, denominators: npt.ArrayLike) -> pd.DataFrame:
    """Give the limits of a funnel at any size of area.

    Parameters
    ----------
    found : Funnel
        As `funnel` gives it.
    denominators : array_like
        [counts], above 0.

    Returns
    -------
    pandas.DataFrame
        One row per denominator: `denominator`, `inner_lower`, `inner_upper`,
        `outer_lower`, `outer_upper` [unit]; missing without a funnel. A share is
        cut at nought and at everything.

    References
    ----------
    See `perfnb.analysis.peers.funnel_limits.limits`.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> areas = pd.DataFrame({"area": list("abcdefghijkl"),
    ...     "numerator": [50] * 12, "denominator": 100})
    >>> found = funnel(areas, kind="proportion", per=100,
    ...     methods=read_methods("parameters/methods.yaml"))
    >>> lines(found, [100, 10_000])["inner_lower"].round(2).tolist()
    [40.2, 49.02]
    """
    sizes = floats(denominators)
    limits = {"denominator": sizes}
    for name, level in zip(("inner", "outer"), found.levels, strict=True):
        lower = upper = np.full(sizes.shape, np.nan)
        if found.centre is not None:
            lower, upper = funnel_limits.limits(found.centre, sizes, level)
        limits[f"{name}_lower"] = lower * found.per
        limits[f"{name}_upper"] = upper * found.per
    return pd.DataFrame({name: column(each) for name, each in limits.items()})


def _average(
    resting: pd.DataFrame, kind: str, per: float, methods: Methods
) -> float | None:
    if len(resting) < methods.minimum_areas_for_funnel:
        return None
    if kind == "ratio":
        return per
    return float(resting["numerator"].sum() / resting["denominator"].sum() * per)


def _standing(found: Funnel) -> str:
    if found.points.empty:
        return "no areas"
    if found.average is None:
        return "too few areas"
    everything = found.kind == "proportion" and found.average >= found.per
    return "no variation" if found.average <= 0 or everything else "funnel"


def _widened(spread: Overdispersion | None, widen: str) -> bool:
    if spread is None or widen == "never":
        return False
    return widen == "always" or spread.standing == "overdispersed"


def _placed(found: Funnel) -> pd.DataFrame:
    """Place each area, the outer limits last so that they have the last word."""
    held = found.points
    judged = found.centre is not None
    category = np.full(len(held), WITHIN if judged else UNJUDGED, dtype=object)
    side = np.zeros(len(held), dtype=np.int64)
    part, whole = floats(held["numerator"]), floats(held["denominator"])
    for level in found.levels:
        if found.centre is None:
            break
        high, low = funnel_limits.outside(found.centre, part, whole, level)
        tail = f"{round((1 - level) / 2, 9):g}"
        category[high], category[low] = f"High ({tail})", f"Low ({tail})"
        side[high], side[low] = 1, -1
    limits = lines(found, held["denominator"]).drop(columns="denominator")
    return pd.concat([held, limits], axis=1).assign(category=category, side=side)


def _method(found: Funnel, methods: Methods) -> str:
    if found.standing == "no areas":
        return "No funnel: no council has its counts."
    if found.standing == "too few areas":
        least = methods.minimum_areas_for_funnel
        return f"No funnel: it needs at least {least} councils with their counts."
    if found.standing == "no variation":
        return "No funnel: the average is nought or everything."
    inner, outer = (f"{100 * level:.4g}%" for level in found.levels)
    text = f"Funnel with {inner} and {outer} limits"
    if found.widened and found.spread is not None:
        return (
            f"{text} that allow for councils differing by more than chance anyway. "
            f"{found.spread.method}"
        )
    drawn = "inverted Wilson" if found.kind == "proportion" else "exact Poisson"
    return f"{text} of chance alone: {drawn} limits (Spiegelhalter 2005)."


def _check(
    kind: str,
    per: float,
    average: float | None,
    levels: tuple[float, float],
    widen: str,
) -> None:
    for given, known, what in (
        (kind, tuple(KINDS), "kind of funnel"),
        (widen, WIDENINGS, "way to widen a funnel"),
    ):
        if given not in known:
            message = f"'{given}' is not a {what}; known are {', '.join(known)}."
            raise PerfnbError(message)
    if not 0 < levels[0] < levels[1] < 1:
        message = f"The limits {levels} are not two shares, the inner one smaller."
        raise PerfnbError(message)
    if not per > 0 or (average is not None and not average >= 0):
        message = "A funnel needs a multiplier above 0 and an average not below 0."
        raise PerfnbError(message)
