"""Do councils differ by more than chance anyway? The spread between them.

Where they do, plain funnel limits call nearly everybody unusual: they know of
no difference between councils but chance. The spread that councils have anyway
(`tau2`) is estimated with the outlying ones pulled in, and added to chance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from perfnb.analysis.exact_intervals import require_confidence
from perfnb.analysis.frames import Floats, column, floats, require, require_once
from perfnb.analysis.peers.funnel_scales import SCALES, from_scale, on_scale, to_scale
from perfnb.errors import PerfnbError
from perfnb.methods import Methods

TREATMENTS = ("winsorise", "truncate")


@dataclass(frozen=True)
class Overdispersion:
    """How far councils differ from each other beyond chance.

    Attributes
    ----------
    points : pandas.DataFrame
        One row per area, as given: `area`, `transformed` [on the scale],
        `standard_error` [by chance alone, on the scale], `z`, `z_used` [pulled
        in; missing where it is left out].
    scale : str
        One of `SCALES`.
    target : float
        What the areas are held against [share or ratio].
    n, n_used : int
        Areas with figures on the scale; areas that the estimate rests on.
    phi : float or None
        Mean squared z: 1 when areas differ by chance alone.
    tau2 : float
        Variance between areas beyond chance [on the scale, squared]; 0 where
        there is none or too few areas to tell.
    standing : str
        'overdispersed', 'chance alone' or 'too few areas'.
    method : str
        Method and source in words.
    """

    points: pd.DataFrame
    scale: str
    target: float
    n: int
    n_used: int
    phi: float | None
    tau2: float
    standing: str
    method: str


def overdispersion(
    areas: pd.DataFrame,
    *,
    scale: str,
    target: float,
    methods: Methods,
    treatment: str = "winsorise",
) -> Overdispersion:
    """Estimate the spread between areas beyond chance.

    Parameters
    ----------
    areas : pandas.DataFrame
        One row per area: `area`, `numerator`, `denominator` [counts; for a
        ratio the events that are expected]. Rows without both, or that the
        scale cannot hold (no events on a log scale), are left out.
    scale : {'arcsine', 'square root', 'log', 'log of two counts'}
        The first for shares of a whole, the next two for events against those
        expected, the last where numerator and denominator both vary by chance.
    target : float
        What the areas are held against: a share, or the ratio of numerator to
        denominator.
    methods : Methods
        House rules: share of areas at each end that count as outlying, areas
        that an estimate needs, confidence.
    treatment : {'winsorise', 'truncate'}
        Outlying areas are pulled in to the last that is not, or left out.

    Returns
    -------
    Overdispersion

    Raises
    ------
    PerfnbError
        When a column is missing, an area comes twice, the scale or treatment is
        unknown, or the target is not above 0 (and for a share below 1).

    References
    ----------
    Spiegelhalter DJ (2005) Qual Saf Health Care 14:347 and Stat Med 24:1185;
    Spiegelhalter et al (2012) J R Stat Soc A 175:1. DerSimonian R, Laird N
    (1986) Control Clin Trials 7:177. FunnelPlotR 0.6.0.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> areas = pd.DataFrame({"area": [f"a{n}" for n in range(12)],
    ...     "numerator": [30, 70] * 6, "denominator": 100})
    >>> found = overdispersion(areas, scale="arcsine", target=0.5,
    ...     methods=read_methods("parameters/methods.yaml"))
    >>> found.standing, round(found.phi, 1), round(found.tau2, 3)
    ('overdispersed', 16.9, 0.044)
    """
    _check(areas, scale, target, treatment)
    transformed, error = on_scale(
        scale, floats(areas["numerator"]), floats(areas["denominator"])
    )
    level = float(to_scale(scale, np.array([target]))[0])
    z = (transformed - level) / error
    used = _pulled_in(z, methods.outlying_share, treatment)
    known, held = np.isfinite(z), np.isfinite(used)
    points = pd.DataFrame(
        {
            "area": areas["area"].astype(str),
            "transformed": column(transformed),
            "standard_error": column(error),
            "z": column(z),
            "z_used": column(used),
        }
    )
    phi, tau2 = _spread(used[held], error[held])
    standing = _standing(int(known.sum()), int(held.sum()), phi, methods)
    return Overdispersion(
        points=points,
        scale=scale,
        target=target,
        n=int(known.sum()),
        n_used=int(held.sum()),
        phi=phi,
        tau2=0.0 if standing == "too few areas" else tau2,
        standing=standing,
        method=_method(standing, treatment, methods),
    )


def limits(
    scale: str,
    target: float,
    standard_error: npt.ArrayLike,
    tau2: float,
    confidence: float,
) -> tuple[Floats, Floats]:
    """Give the funnel limits that allow for the spread between areas.

    Parameters
    ----------
    scale : {'arcsine', 'square root', 'log', 'log of two counts'}
        As in `overdispersion`.
    target : float
        Share or ratio that the funnel stands on.
    standard_error : array_like
        By chance alone [on the scale].
    tau2 : float
        Variance between areas beyond chance [on the scale, squared]; 0 gives
        the limits of chance alone.
    confidence : float
        Such as 0.95 or 0.998 [share].

    Returns
    -------
    lower, upper : numpy.ndarray
        Limits [share or ratio].

    Raises
    ------
    PerfnbError
        When the confidence is not between 0 and 1.

    References
    ----------
    Spiegelhalter DJ (2005) Qual Saf Health Care 14:347.

    Examples
    --------
    >>> lower, upper = limits("log", 1, [0.1], 0.03, 0.95)
    >>> print(f"{lower[0]:.3f} to {upper[0]:.3f}")
    0.676 to 1.480
    """
    require_confidence(confidence)
    level = to_scale(scale, np.array([target]))
    reach = stats.norm.ppf((1 + confidence) / 2)
    reach = reach * np.sqrt(floats(standard_error) ** 2 + tau2)
    return from_scale(scale, level - reach), from_scale(scale, level + reach)


def _pulled_in(z: Floats, share: float, treatment: str) -> Floats:
    known = z[np.isfinite(z)]
    if not len(known):
        return np.full(z.shape, np.nan)
    if treatment == "winsorise":
        return np.clip(z, *np.quantile(known, [share, 1 - share]))
    # The tenth that each rank falls into, as FunnelPlotR reckons it.
    tenth = np.floor(stats.rankdata(z, nan_policy="omit") / share / (len(known) + 1))
    return np.where((tenth >= 1) & (tenth < np.floor(1 / share) - 1), z, np.nan)


def _spread(used: Floats, error: Floats) -> tuple[float | None, float]:
    n = len(used)
    if not n:
        return None, 0.0
    phi = float(np.mean(used**2))
    weight = 1 / error**2
    free = weight.sum() - (weight**2).sum() / weight.sum()
    excess = n * phi - (n - 1)
    return phi, float(excess / free) if excess > 0 and free > 0 else 0.0


def _standing(n: int, n_used: int, phi: float | None, methods: Methods) -> str:
    if n < methods.minimum_areas_for_funnel or phi is None or n_used < 2:
        return "too few areas"
    # Were there chance alone, the squared z would add up to a chi-squared.
    most = stats.chi2.ppf(methods.confidence, n_used - 1)
    return "overdispersed" if n_used * phi > most else "chance alone"


def _method(standing: str, treatment: str, methods: Methods) -> str:
    if standing == "too few areas":
        return (
            "Whether councils differ by more than chance is not estimated with fewer "
            f"than {methods.minimum_areas_for_funnel} of them."
        )
    done = "pulled in" if treatment == "winsorise" else "left out"
    return (
        "Spread between councils beyond chance: variance after DerSimonian and Laird "
        f"(1986), the outlying {methods.outlying_share:.0%} at each end {done} "
        "(Spiegelhalter 2005; Spiegelhalter et al 2012)."
    )


def _check(areas: pd.DataFrame, scale: str, target: float, treatment: str) -> None:
    require(areas, ["area", "numerator", "denominator"], "areas")
    require_once(areas["area"], "area")
    for given, known, what in (
        (scale, SCALES, "scale"),
        (treatment, TREATMENTS, "treatment of outlying areas"),
    ):
        if given not in known:
            message = f"'{given}' is not a {what}; known are {', '.join(known)}."
            raise PerfnbError(message)
    if not target > 0 or (scale == "arcsine" and not target < 1):
        kind = "between 0 and 1" if scale == "arcsine" else "above 0"
        message = f"The areas cannot be held against {target}; expected {kind}."
        raise PerfnbError(message)
