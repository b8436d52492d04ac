"""What could a reader work out? The attack on published counts of people.

The attack knows nothing of how figures were chosen for hiding: it takes what is
shown, what a reader knows of the rest, and gives the least and the most that
each hidden figure can be. Whole numbers, because people are.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from perfnb.analysis.frames import Flags, Floats, Ints
from perfnb.errors import PerfnbError

_NEARLY = 1e-6
_TOGETHER = 32
_CONTRADICTION = "No counts of people agree with what is shown: a total is wrong."


class Reader(NamedTuple):
    """What a reader knows of each figure: the least and the most that it can be."""

    lower: Floats
    upper: Floats


def intervals(members: Floats, reader: Reader, places: Ints) -> tuple[Floats, Floats]:
    """Give the least and the most that a reader must allow for each figure.

    Parameters
    ----------
    members : numpy.ndarray
        One row a published figure, one column a finest count: 1 where the
        figure counts it.
    reader : Reader
        The least and the most of each figure that the reader knows without
        reckoning; equal where it is shown exactly, infinite where nothing
        bounds it. The finest counts are 0 or more.
    places : numpy.ndarray
        The figures to work out, by their number.

    Returns
    -------
    least, most : numpy.ndarray
        For each place [people]; infinite where nothing bounds it. Equal: worked
        out.

    Raises
    ------
    PerfnbError
        When no counts agree with what is shown.

    References
    ----------
    Fischetti M, Salazar JJ (2000) JASA 95:916. Fischetti M, Salazar-Gonzalez JJ
    (2001) Manag Sci 47:1008 (the attacker's two programmes for each cell).
    Hundepool A et al (2012) Statistical Disclosure Control, Wiley, chapter 4.

    Examples
    --------
    Two hidden counts of 1 or more, and their total of 9:

    >>> members = np.array([[1, 0], [0, 1], [1, 1]])
    >>> reader = Reader(np.array([1.0, 1, 9]), np.array([np.inf, np.inf, 9]))
    >>> least, most = intervals(members, reader, np.array([0]))
    >>> least.tolist(), most.tolist()
    ([1.0], [8.0])
    """
    problem = _problem(members, reader)
    ends = np.empty((len(places), 2))
    for start in range(0, len(places), _TOGETHER):
        some = slice(start, start + _TOGETHER)
        ends[some] = _ends(problem, members[places[some]])
    return ends[:, 0], ends[:, 1]


def worked_out(members: Floats, reader: Reader, places: Ints) -> Flags:
    """Tell which figures a reader can work out exactly.

    Parameters
    ----------
    members, reader, places
        As in `intervals`.

    Returns
    -------
    numpy.ndarray
        One flag a place.

    References
    ----------
    Gusfield D (1988) SIAM J Comput 17:552: in a table of rows and columns these
    are the bridges of its graph.

    Examples
    --------
    >>> members = np.array([[1, 0], [0, 1], [1, 1]])
    >>> reader = Reader(np.array([1.0, 5, 9]), np.array([np.inf, 5, 9]))
    >>> worked_out(members, reader, np.array([0])).tolist()
    [True]
    """
    least, most = intervals(members, reader, places)
    return np.asarray(most - least < 1 - _NEARLY)


class _Problem(NamedTuple):
    """The finest counts that are not plain, and the sums that bind them."""

    free: Flags
    plain: Floats
    lower: Floats
    upper: Floats
    sums: sparse.csr_array
    least: Floats
    most: Floats
    beyond: float


def _problem(members: Floats, reader: Reader) -> _Problem:
    alone = (members != 0).sum(axis=1) == 1
    finite = np.concatenate([end[np.isfinite(end)] for end in reader])
    beyond = float(np.abs(finite).sum()) + 1
    # A figure that is one count bounds it; what nothing bounds has a bound
    # beyond any that sums could set, so that the programme has an answer.
    single = members[alone] != 0
    lower = np.where(single, reader.lower[alone, None], 0).max(axis=0, initial=0)
    upper = np.where(single, reader.upper[alone, None], np.inf)
    upper = upper.min(axis=0, initial=beyond)
    free = lower < upper
    plain = np.where(free, 0.0, lower)
    binding = ~alone & (members[:, free] != 0).any(axis=1)
    settled = members @ plain
    if (lower > upper).any() or _contradicted(~alone & ~binding, settled, reader):
        raise PerfnbError(_CONTRADICTION)
    return _Problem(
        free=free,
        plain=plain,
        lower=lower[free],
        upper=upper[free],
        sums=sparse.csr_array(members[binding][:, free]),
        least=reader.lower[binding] - settled[binding],
        most=reader.upper[binding] - settled[binding],
        beyond=beyond,
    )


def _contradicted(rows: Flags, settled: Floats, reader: Reader) -> bool:
    below = settled < reader.lower - _NEARLY
    above = settled > reader.upper + _NEARLY
    return bool((rows & (below | above)).any())


def _ends(problem: _Problem, figures: Floats) -> Floats:
    """Give the least and the most of some figures, all in one programme."""
    aims = np.stack([figures, -figures], axis=1)[:, :, problem.free]
    settled = figures @ problem.plain
    flat = aims.reshape(-1, aims.shape[2])
    found = _solve(problem, flat, whole=False)
    split = (np.abs(found - found.round()) > _NEARLY).any(axis=1)
    for number in np.flatnonzero(split):
        # Sums of rows and columns have whole answers by themselves; others are
        # asked for them.
        found[number] = _solve(problem, flat[number : number + 1], whole=True)[0]
    reached = (aims * found.round().reshape(aims.shape)).sum(axis=2)
    ends = reached * [1, -1]
    ends[:, 1] = np.where(ends[:, 1] >= problem.beyond, np.inf, ends[:, 1])
    return np.asarray(ends + settled[:, None])


def _solve(problem: _Problem, aims: Floats, *, whole: bool) -> Floats:
    """Give, for each aim, the counts that make it least."""
    number, size = aims.shape
    if not size or not number:
        return np.zeros((number, size))
    sums = sparse.kron(sparse.eye_array(number), problem.sums, format="csc")
    found = milp(
        aims.ravel(),
        integrality=np.full(aims.size, int(whole)),
        bounds=Bounds(np.tile(problem.lower, number), np.tile(problem.upper, number)),
        constraints=LinearConstraint(
            sums, np.tile(problem.least, number), np.tile(problem.most, number)
        ),
        options={"mip_rel_gap": 0},
    )
    if found.x is None:
        raise PerfnbError(_CONTRADICTION)
    return np.asarray(found.x).reshape(aims.shape)
