"""Further figures to hide, so that a hidden one stays unknown.

A hidden figure is safe when a reader must allow for other tables that agree
with all that is shown. Linear programming finds, for one figure and one end of
its interval, the table that parts from the truth in the cheapest figures; these
are then hidden as well.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from perfnb.analysis.frames import Flags, Floats
from perfnb.analysis.privacy.attack import Reader

_NEARLY = 1e-6


class Aim(NamedTuple):
    """An end that the interval of a figure must reach.

    Parameters
    ----------
    figure : int
        Its number.
    reach : float
        What the reader must allow it to be [people].
    upwards : bool
        Whether that or more; otherwise that or less.
    """

    figure: int
    reach: float
    upwards: bool


class Cheapest(NamedTuple):
    """The figures to hide for an aim.

    Parameters
    ----------
    hide : numpy.ndarray
        One flag a figure.
    cost : float
        Shifted people, weighted by the figures that they are shifted in.
    """

    hide: Flags
    cost: float


def cheapest(
    members: Floats, shown: Reader, hidden: Reader, cost: Floats, aim: Aim
) -> Cheapest | None:
    """Find the figures to hide for one aim.

    Parameters
    ----------
    members : numpy.ndarray
        One row a figure, one column a finest count: 1 where the figure counts
        it.
    shown : Reader
        What a reader knows of each figure as things stand: shown ones exactly
        or to the rounding, hidden ones by the rule.
    hidden : Reader
        What the reader would know of it once hidden.
    cost : numpy.ndarray
        What hiding each figure costs, weighed against the others, 0 or more;
        infinite for those that must not be hidden (further).
    aim : Aim
        What the reader must not be able to rule out.

    Returns
    -------
    Cheapest or None
        None when the reader could rule it out with everything hidden that may
        be.

    References
    ----------
    Kelly JP, Golden BL, Assad AA (1992) Networks 22:397. Fischetti M,
    Salazar-Gonzalez JJ (2001) Manag Sci 47:1008 (heuristic).

    Examples
    --------
    Of 3, 6 and 9, which add up to 18, the first is hidden. To let it be 4 the 6
    goes with it, being cheaper than the 9:

    >>> members = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]])
    >>> shown = Reader(np.array([1.0, 6, 9, 18]), np.array([np.inf, 6, 9, 18]))
    >>> hidden = Reader(np.ones(4), np.full(4, np.inf))
    >>> cost = np.array([np.inf, 6, 9, np.inf])
    >>> cheapest(members, shown, hidden, cost, Aim(0, 4, True)).hide.tolist()
    [False, True, False, False]
    """
    size = members.shape[1]
    may = np.flatnonzero(np.isfinite(cost))
    lower, upper = shown.lower.copy(), shown.upper.copy()
    if aim.upwards:
        lower[aim.figure] = max(aim.reach, lower[aim.figure])
    else:
        upper[aim.figure] = min(aim.reach, upper[aim.figure])
    if lower[aim.figure] > upper[aim.figure]:
        return None
    # A figure that may be hidden can rise above or fall below what is shown of
    # it, at its cost for each person.
    slack = sparse.eye_array(len(members), format="csc")[:, may]
    above = np.maximum(hidden.upper[may] - shown.upper[may], 0)
    below = np.maximum(shown.lower[may] - hidden.lower[may], 0)
    found = milp(
        np.concatenate([np.zeros(size), cost[may], cost[may]]),
        bounds=Bounds(0, np.concatenate([np.full(size, np.inf), above, below])),
        constraints=LinearConstraint(
            sparse.hstack([sparse.csc_array(members), -slack, slack]), lower, upper
        ),
    )
    if found.x is None:
        return None
    moved = found.x[size : size + len(may)] + found.x[size + len(may) :]
    hide = np.zeros(len(members), dtype=bool)
    hide[may] = moved > _NEARLY
    return Cheapest(hide, float(found.fun))
