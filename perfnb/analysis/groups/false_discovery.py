"""Which of many differences would stand out by chance alone? Their control.

Of 20 groups without any difference one would look different at 95% confidence.
Here the p-values of all comparisons made together are adjusted for that.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from statsmodels.stats.multitest import multipletests

from perfnb.analysis.frames import Floats, floats
from perfnb.errors import PerfnbError

PROCEDURES = {
    "benjamini-hochberg": "fdr_bh",
    "benjamini-yekutieli": "fdr_by",
    "bonferroni": "bonferroni",
    "hochberg": "simes-hochberg",
    "holm": "holm",
    "hommel": "hommel",
}
"""Names of the procedures here and in statsmodels.

The first two hold down the share of false finds among all finds (the second
whatever the dependence), the others the chance of any false find at all.
"""

_SOURCES = {
    "benjamini-hochberg": "Benjamini and Hochberg 1995",
    "benjamini-yekutieli": "Benjamini and Yekutieli 2001",
    "bonferroni": "Bonferroni",
    "hochberg": "Hochberg 1988",
    "holm": "Holm 1979",
    "hommel": "Hommel 1988",
}
_OF_FINDS = ("benjamini-hochberg", "benjamini-yekutieli")


def adjusted(p_values: npt.ArrayLike, procedure: str) -> Floats:
    """Adjust the p-values of comparisons that are made together.

    Parameters
    ----------
    p_values : array_like
        One for each comparison [0 to 1]; a missing one was not made and counts
        for nothing.
    procedure : str
        One of `PROCEDURES`.

    Returns
    -------
    numpy.ndarray
        In the order given, never below the p-value itself. A comparison stands
        when its adjusted value is at most the rate that is tolerated.

    Raises
    ------
    PerfnbError
        When the procedure is unknown or a p-value is not between 0 and 1.

    References
    ----------
    Benjamini Y, Hochberg Y (1995) JRSS B 57:289. Benjamini Y, Yekutieli D (2001)
    Ann Stat 29:1165. Holm S (1979) Scand J Stat 6:65. Hochberg Y (1988)
    Biometrika 75:800. Hommel G (1988) Biometrika 75:383.

    Examples
    --------
    >>> adjusted([0.01, None, 0.04, 0.03], "benjamini-hochberg").round(3).tolist()
    [0.03, nan, 0.04, 0.04]
    """
    _check_procedure(procedure)
    values = np.atleast_1d(floats(p_values))
    known = np.isfinite(values)
    if ((values[known] < 0) | (values[known] > 1)).any():
        message = "There is a p-value that is not between 0 and 1."
        raise PerfnbError(message)
    found = np.full(values.shape, np.nan)
    if known.any():
        found[known] = multipletests(values[known], method=PROCEDURES[procedure])[1]
    return found


def rule(procedure: str, rate: float) -> str:
    """Say in words what is held down, for the method of a table.

    Parameters
    ----------
    procedure : str
        One of `PROCEDURES`.
    rate : float
        Tolerated rate [share].

    Raises
    ------
    PerfnbError
        When the procedure is unknown.

    Examples
    --------
    >>> rule("benjamini-hochberg", 0.05)
    'the share of false finds is held to 5% (Benjamini and Hochberg 1995)'
    """
    _check_procedure(procedure)
    held = "share of false finds"
    if procedure not in _OF_FINDS:
        held = "chance of even one false find"
    return f"the {held} is held to {rate:.0%} ({_SOURCES[procedure]})"


def _check_procedure(procedure: str) -> None:
    if procedure not in PROCEDURES:
        known = ", ".join(PROCEDURES)
        message = f"'{procedure}' is not a procedure; known are {known}."
        raise PerfnbError(message)
