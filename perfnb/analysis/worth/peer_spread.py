"""Does one council stand out from its peers? Asked of their own spread.

A cost has no sampling error, so no confidence interval of its own. What can be
asked is whether the council differs from its peers by more than they differ
among themselves.
"""

from __future__ import annotations

import numpy as np
from scipy import stats

from perfnb.analysis.frames import Floats
from perfnb.analysis.spread import varies

SOURCE = "Crawford and Howell (1998)"


def peer_t(value: float, peers: Floats) -> tuple[float, int] | None:
    """Give how far a figure lies from its peers, and the degrees of freedom.

    Parameters
    ----------
    value : float
        The council's [any unit].
    peers : numpy.ndarray
        Those of its peers, the council not among them; none missing.

    Returns
    -------
    tuple or None
        t and its degrees of freedom; None with fewer than two peers or when
        they are all alike.

    References
    ----------
    Crawford JR, Howell DC (1998) Clin Neuropsychol 12:482: one case against a
    small sample; allows for the peers' mean and spread being estimates.

    Examples
    --------
    >>> t, freedom = peer_t(10.0, np.array([0.0, -2, 5, 2, 1, 3, -4, -2]))
    >>> round(t, 2), freedom
    (3.05, 7)
    """
    n = len(peers)
    if n < 2 or not varies(peers):
        return None
    spread = peers.std(ddof=1) * np.sqrt(1 + 1 / n)
    return float((value - peers.mean()) / spread), n - 1


def peer_limits(
    value: float, peers: Floats, confidence: float
) -> tuple[float, float] | None:
    """Give limits that leave the peers' mean out only when the figure stands out.

    Parameters
    ----------
    value, peers
        As in `peer_t`.
    confidence : float
        Such as 0.95 [share].

    Returns
    -------
    tuple or None
        Lower and upper limit [unit of the figure]; None as in `peer_t`.

    References
    ----------
    See `peer_t`: the mean lies within exactly when t is no larger than its
    quantile.

    Examples
    --------
    >>> low, high = peer_limits(10.0, np.array([0.0, -2, 5, 2, 1, 3, -4, -2]), 0.95)
    >>> print(f"{low:.2f} to {high:.2f}")
    2.54 to 17.46
    """
    found = peer_t(value, peers)
    if found is None:
        return None
    spread = peers.std(ddof=1) * np.sqrt(1 + 1 / len(peers))
    reach = float(stats.t.ppf((1 + confidence) / 2, found[1]) * spread)
    return value - reach, value + reach
