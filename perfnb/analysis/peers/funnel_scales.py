"""On which scale does chance vary equally? Shares, rates and ratios of a funnel.

A small council's figure varies more than a large one's, a rare event's less than
a common one's. On these scales the spread by chance depends on the count alone.
"""

from __future__ import annotations

import numpy as np

from perfnb.analysis.frames import Floats

SCALES = ("arcsine", "square root", "log", "log of two counts")
HALF = 0.5
"""Added to both counts before their logarithm, Spiegelhalter (2005), appendix."""


def on_scale(
    scale: str, numerator: Floats, denominator: Floats
) -> tuple[Floats, Floats]:
    """Give counts on a scale where chance varies equally, and how far it does.

    Parameters
    ----------
    scale : {'arcsine', 'square root', 'log', 'log of two counts'}
        As in `perfnb.analysis.peers.overdispersion.overdispersion`.
    numerator, denominator : numpy.ndarray
        Counts; missing allowed.

    Returns
    -------
    transformed, standard_error : numpy.ndarray
        [on the scale]; missing where the scale cannot hold the counts.

    Examples
    --------
    >>> transformed, error = on_scale("arcsine", np.array([50.0]), np.array([100.0]))
    >>> print(f"{transformed[0]:.4f}, {error[0]:.4f}")
    0.7854, 0.0500
    """
    fit = (denominator > 0) & (numerator >= 0)
    if scale == "arcsine":
        fit &= numerator <= denominator
    if scale == "log":
        fit &= numerator > 0
    part, whole = np.where(fit, numerator, np.nan), np.where(fit, denominator, np.nan)
    if scale == "log of two counts":
        part, whole = part + HALF, whole + HALF
        error = np.sqrt((part - HALF) / part**2 + (whole - HALF) / whole**2)
        return np.log(part / whole), error
    error = 1 / np.sqrt(whole)
    return to_scale(scale, part / whole), error if scale == "log" else error / 2


def to_scale(scale: str, values: Floats) -> Floats:
    """Give shares or ratios on a scale.

    Examples
    --------
    >>> to_scale("square root", np.array([4.0])).tolist()
    [2.0]
    """
    if scale == "arcsine":
        return np.asarray(np.arcsin(np.sqrt(values)))
    return np.asarray(np.sqrt(values) if scale == "square root" else np.log(values))


def from_scale(scale: str, values: Floats) -> Floats:
    """Give what lies on a scale as shares or ratios again.

    What lies beyond the end of a scale (an angle below 0 or above a right
    angle, a root below 0) is taken to its end: squared, it would fold back.

    Examples
    --------
    >>> from_scale("arcsine", np.array([-0.2, np.pi / 4, 2.0])).round(3).tolist()
    [0.0, 0.5, 1.0]
    """
    if scale == "arcsine":
        return np.asarray(np.sin(np.clip(values, 0, np.pi / 2)) ** 2)
    if scale == "square root":
        return np.asarray(np.maximum(values, 0) ** 2)
    return np.asarray(np.exp(values))
