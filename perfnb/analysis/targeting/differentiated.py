"""Do the targets of groups and areas fit the district's? Weighed and compared.

Targets of parts add up to a target of the whole only with their weights: the
share of the denominator that lies in each part.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from perfnb.analysis.attainment import as_shown
from perfnb.analysis.frames import Floats, floats, require, require_once
from perfnb.analysis.verdicts import good_side
from perfnb.errors import PerfnbError


@dataclass(frozen=True)
class Reconciliation:
    """The targets of parts, weighted, beside the target of the whole.

    Attributes
    ----------
    weighted : float or None
        What the parts come to together [indicator's unit]; None when no part has
        both a target and a denominator.
    district : float or None
        The district's target [indicator's unit].
    apart : float or None
        `weighted` less `district`, as shown [indicator's unit].
    verdict : str
        'agree', 'ask for more', 'ask for less', 'differ' (no side is good),
        'incomplete' (a part has no target or no denominator), 'no district
        target' or 'no denominators'.
    n, n_without : int
        Parts that are weighed; parts left out.
    denominator, district_denominator : float or None
        Of the parts that are weighed, added up, and of the district [count].
    numerator, district_numerator : float or None
        Events that the targets come to: of the parts added up, and of the
        district's target [count]; None without a denominator or `per`.
    method : str
        The rule in words.
    """

    weighted: float | None
    district: float | None
    apart: float | None
    verdict: str
    n: int
    n_without: int
    denominator: float | None
    district_denominator: float | None
    numerator: float | None
    district_numerator: float | None
    method: str


def reconciliation(
    parts: pd.DataFrame,
    district: float | None,
    *,
    polarity: str,
    decimals: int,
    district_denominator: float | None = None,
    per: float | None = None,
) -> Reconciliation:
    """Weigh the targets of parts and set them beside the district's.

    Parameters
    ----------
    parts : pandas.DataFrame
        One row per group or area, all of them: `group`, `target` [indicator's
        unit], `denominator` [count, as it may be shown]; both may be missing.
    district : float or None
        The district's target for the same period [indicator's unit].
    polarity : {'maximise', 'minimise', 'midpoint', 'range', 'neutral'}
        Which side asks for more.
    decimals : int
        Decimals that figures are shown with.
    district_denominator : float, optional
        The district's own denominator for the period, which the parts' may not
        quite come to.
    per : float, optional
        value = numerator / denominator * per; gives the events that the targets
        come to.

    Returns
    -------
    Reconciliation
        If every part met its own target exactly, the district would have
        sum(target x denominator) / sum(denominator).

    Raises
    ------
    PerfnbError
        When a column is missing, a part comes twice, a denominator is below
        nought, or the polarity is unknown.

    Examples
    --------
    >>> parts = pd.DataFrame({"group": ["north", "south"], "target": [90.0, 50.0],
    ...     "denominator": [300, 100]})
    >>> found = reconciliation(parts, 82.0, polarity="maximise", decimals=1)
    >>> found.weighted, found.apart, found.verdict
    (80.0, -2.0, 'ask for less')
    """
    good = good_side(polarity)
    require(parts, ["group", "target", "denominator"], "parts")
    require_once(parts["group"], "group")
    target, whole = floats(parts["target"]), floats(parts["denominator"])
    if (whole < 0).any():
        message = "A denominator of the parts is below nought."
        raise PerfnbError(message)
    usable = np.isfinite(target) & (whole > 0)
    left_out = int((~usable & ~(whole == 0)).sum())
    weighted = _weighted(target[usable], whole[usable])
    apart = None
    if weighted is not None and district is not None:
        apart = as_shown(weighted, decimals) - as_shown(district, decimals)
        apart = as_shown(apart, decimals) + 0.0
    return Reconciliation(
        weighted=weighted,
        district=district,
        apart=apart,
        verdict=_fit(weighted, apart, left_out, good),
        n=int(usable.sum()),
        n_without=left_out,
        denominator=float(whole[usable].sum()) if usable.any() else None,
        district_denominator=district_denominator,
        numerator=_events(weighted, float(whole[usable].sum()), per),
        district_numerator=_events(district, district_denominator, per),
        method="The target of each part, weighted with the part's denominator.",
    )


def _weighted(target: Floats, whole: Floats) -> float | None:
    return float(np.average(target, weights=whole)) if len(whole) else None


def _events(
    value: float | None, whole: float | None, per: float | None
) -> float | None:
    if value is None or not whole or per is None:
        return None
    return value * whole / per


def _fit(weighted: float | None, apart: float | None, left_out: int, good: int) -> str:
    if weighted is None:
        return "no denominators"
    if left_out:
        return "incomplete"
    if apart is None:
        return "no district target"
    if apart == 0:
        return "agree"
    if not good:
        return "differ"
    return "ask for more" if (apart > 0) == (good > 0) else "ask for less"
