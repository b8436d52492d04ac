"""Which figures are more than chance, by the four rules of an XmR chart.

A run stays within a segment: figures that follow on without a gap
(`perfnb.analysis.segments`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from perfnb.analysis.frames import Flags, Floats, Ints, Objects
from perfnb.analysis.process_limits import TOLERANCE, Limits
from perfnb.methods import Methods

NEAR = 2 / 3
"""The outer third of the limits starts here. Provost and Murray (2011)."""

KINDS = ("beyond limits", "trend", "two of three", "shift")
"""Special causes; where several are present the first names the point."""


@dataclass(frozen=True)
class SpecialCauses:
    """What the rules say of every figure.

    Attributes
    ----------
    flags : mapping of str to numpy.ndarray
        By kind, True where it is present.
    cause : numpy.ndarray
        The first kind present, or ''.
    side : numpy.ndarray
        1 above the mean or in a rising trend, -1 below or falling, 0 neither.
    """

    flags: dict[str, Flags]
    cause: Objects
    side: Ints


def special_causes(
    values: Floats, segments: Sequence[Ints], limits: Limits, methods: Methods
) -> SpecialCauses:
    """Apply every rule to every figure.

    Parameters
    ----------
    values, segments
        As in `perfnb.analysis.process_limits.xmr_limits`.
    limits : Limits
        Without limits nothing is called a special cause.
    methods : Methods
        House rules `shift_length` and `trend_length`.

    Returns
    -------
    SpecialCauses

    References
    ----------
    NHS England, Making Data Count (2019 onwards); NHSRplotthedots 0.2.2.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> values = np.array([4.0, 6, 9])
    >>> found = special_causes(values, [np.arange(3)], Limits(5.0, 1.01, 8.99),
    ...     read_methods("parameters/methods.yaml"))
    >>> found.cause.tolist(), found.side.tolist()
    (['', '', 'beyond limits'], [-1, 1, 1])
    """
    flags = {kind: np.zeros(len(values), dtype=bool) for kind in KINDS}
    directions, side = np.zeros((2, len(values)), dtype=np.int64)
    cause = np.full(len(values), "", dtype=object)
    if np.isnan(limits.upper):
        return SpecialCauses(flags, cause, side)
    scale = float(np.nanmax(np.abs(values)))
    reach = limits.upper - limits.mean
    for places in segments:
        run = values[places]
        distance = np.abs(run - limits.mean)
        beyond = _signs(distance - reach, scale) > 0
        near = ~beyond & (_signs(distance - NEAR * reach, scale) > 0)
        side[places] = _signs(run - limits.mean, scale)
        directions[places] = trend(_signs(np.diff(run), scale), methods.trend_length)
        flags["beyond limits"][places] = beyond
        flags["trend"][places] = directions[places] != 0
        flags["two of three"][places] = two_of_three(near, side[places])
        flags["shift"][places] = shift(side[places], methods.shift_length)
    for kind in reversed(KINDS):
        cause[flags[kind]] = kind
    return SpecialCauses(flags, cause, np.where(cause == "trend", directions, side))


def shift(sides: Ints, length: int) -> Flags:
    """Mark the points of every run of `length` on one side of the mean.

    Parameters
    ----------
    sides : numpy.ndarray
        1 above, -1 below, 0 on the mean; of one unbroken series.
    length : int
        House rule `shift_length` [points].

    Returns
    -------
    numpy.ndarray
        True for every point in such a run.

    References
    ----------
    NHS England, Making Data Count; NHSRplotthedots 0.2.2.

    Examples
    --------
    >>> shift(np.array([1, -1, -1, -1]), 3).tolist()
    [False, True, True, True]
    """
    marked = np.zeros(len(sides), dtype=bool)
    for first in range(len(sides) - length + 1):
        run = sides[first : first + length]
        if run[0] != 0 and (run == run[0]).all():
            marked[first : first + length] = True
    return marked


def trend(signs: Ints, length: int) -> Ints:
    """Mark the points of every run of `length`, each beyond the last.

    Parameters
    ----------
    signs : numpy.ndarray
        Sign of every step from one point to the next (one fewer than points);
        0 where neighbours are equal, which breaks a trend.
    length : int
        House rule `trend_length` [points, one more than steps].

    Returns
    -------
    numpy.ndarray
        1 for every point of a rising trend, -1 of a falling one, else 0; a
        point that ends one trend and starts another has the newer direction.

    References
    ----------
    NHS England, Making Data Count; NHSRplotthedots 0.2.2.

    Examples
    --------
    >>> trend(np.array([-1, 1, 1]), 3).tolist()
    [0, 1, 1, 1]
    """
    marked = np.zeros(len(signs) + 1, dtype=np.int64)
    for first in range(len(signs) - length + 2):
        run = signs[first : first + length - 1]
        if run[0] != 0 and (run == run[0]).all():
            marked[first : first + length] = run[0]
    return marked


def two_of_three(near: Flags, sides: Ints) -> Flags:
    """Mark points near a limit, two or more among three on one side.

    Parameters
    ----------
    near : numpy.ndarray
        True for points in the outer third, but not beyond the limits.
    sides : numpy.ndarray
        As in `shift`.

    Returns
    -------
    numpy.ndarray
        True for those of the points near a limit that make the signal.

    References
    ----------
    NHS England, Making Data Count; NHSRplotthedots 0.2.2.

    Examples
    --------
    >>> two_of_three(np.array([True, False, True]), np.array([1, 1, 1])).tolist()
    [True, False, True]
    """
    marked = np.zeros(len(near), dtype=bool)
    for first in range(len(near) - 2):
        three = slice(first, first + 3)
        if near[three].sum() >= 2 and abs(sides[three].sum()) == 3:
            marked[three] = True
    return marked & near


def _signs(differences: Floats, scale: float) -> Ints:
    small = np.abs(differences) <= TOLERANCE * scale
    return np.where(small, 0, np.sign(differences)).astype(np.int64)
