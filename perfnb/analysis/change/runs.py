"""Do figures change sides as often as chance has them? The rules of a run chart.

No limits are needed, only a centre: too long a run on one side of it, or too few
crossings of it, is a shift or a drift.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from perfnb.analysis.frames import Floats
from perfnb.analysis.process_limits import TOLERANCE

FEWEST = 10
"""Figures off the centre from which the rules are known to hold.

Anhoej and Olesen (2014) studied series of 10 to 100.
"""

CROSSINGS = 0.05
"""Chance of fewer crossings than allowed. Anhoej and Olesen (2014)."""

RUN_MARGIN = 3
"""A run may be this much longer than the binary logarithm of the figures."""

METHOD = (
    "Runs: a signal is a run on one side of the centre longer than round(log2 n) + 3, "
    "or fewer crossings of it than the 5% point of their distribution (Anhoej and "
    "Olesen 2014)."
)


@dataclass(frozen=True)
class Runs:
    """How figures lie about their centre.

    Attributes
    ----------
    standing : str
        'too few points' or 'assessed'.
    n : int
        Figures off the centre; those on it and missing ones do not count.
    longest, longest_allowed : int
        Figures in the longest run on one side; the most that chance allows.
    crossings, crossings_allowed : int
        Changes of side; the fewest that chance allows.
    signal : bool
        Whether either is passed; False where too few figures are there to say.
    method : str
        Method and source in words.
    """

    standing: str
    n: int
    longest: int
    longest_allowed: int
    crossings: int
    crossings_allowed: int
    signal: bool
    method: str = METHOD


def runs(values: Floats, centre: float) -> Runs:
    """Say whether figures stay on one side of their centre for too long.

    Parameters
    ----------
    values : numpy.ndarray
        Figures [any unit], oldest first; missing ones (NaN) are passed over.
    centre : float
        Median or mean [the same unit].

    Returns
    -------
    Runs

    References
    ----------
    Anhoej J, Olesen AV (2014) PLoS ONE 9:e113825.

    Examples
    --------
    >>> found = runs(np.array([1.0, 3, 1, 3, 1, 1, 3, 1, 3, 3]), 2.0)
    >>> found.longest, found.longest_allowed, found.crossings, found.signal
    (2, 6, 7, False)
    """
    held = values[np.isfinite(values)]
    close = TOLERANCE * float(np.abs(held).max(initial=abs(centre)))
    sides = np.sign(held - centre)[np.abs(held - centre) > close]
    turns = np.flatnonzero(np.diff(sides))
    ends = np.concatenate([[-1], turns, [len(sides) - 1]])
    n, crossings = len(sides), len(turns)
    longest = int(np.diff(ends).max()) if n else 0
    longest_allowed = round(np.log2(n)) + RUN_MARGIN if n else RUN_MARGIN
    allowed = int(stats.binom.ppf(CROSSINGS, n - 1, 0.5)) if n > 1 else 0
    assessed = n >= FEWEST
    return Runs(
        standing="assessed" if assessed else "too few points",
        n=n,
        longest=longest,
        longest_allowed=int(longest_allowed),
        crossings=crossings,
        crossings_allowed=allowed,
        signal=assessed and bool(longest > longest_allowed or crossings < allowed),
    )
