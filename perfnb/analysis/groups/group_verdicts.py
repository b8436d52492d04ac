"""Which groups are called better or worse? Each alone, then among all compared."""

from __future__ import annotations

import numpy as np
import pandas as pd

from perfnb.analysis.frames import Floats, column, floats
from perfnb.analysis.groups import false_discovery
from perfnb.methods import Methods

CALLED = ("better", "worse", "different")
"""Verdicts that call a group different from what it is compared with."""

_BY_SIDE = {1: "better", -1: "worse", 0: "different"}


def verdicts_alone(
    p_value: Floats, goodness: Floats, interval: str, methods: Methods
) -> list[str]:
    """Give the verdict of each group as if it were the only one compared.

    Parameters
    ----------
    p_value : numpy.ndarray
        [0 to 1]; missing where there are too few events.
    goodness : numpy.ndarray
        1 where the group lies on the good side, -1 on the other, 0 where no side
        is good.
    interval : {'wilson', 'byar', 'none'}
        Without one nothing is assessed.
    methods : Methods
        House rule `confidence`.

    Returns
    -------
    list of str
        'better', 'worse', 'different', 'no clear difference', 'too few to say' or
        'not assessed'.

    References
    ----------
    Public Health England, Technical Guide - Confidence Intervals (2018): a p-value
    below 1 - confidence is an interval that leaves the level out.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> verdicts_alone(np.array([0.01, 0.2, np.nan]), np.array([1.0, 1, 1]), "byar",
    ...     read_methods("parameters/methods.yaml"))
    ['better', 'no clear difference', 'too few to say']
    """
    if interval == "none":
        return ["not assessed"] * len(p_value)
    said = []
    for p, side in zip(p_value, goodness, strict=True):
        if np.isnan(p):
            said.append("too few to say")
        elif p >= 1 - methods.confidence:
            said.append("no clear difference")
        else:
            said.append(_BY_SIDE[int(side)])
    return said


def verdicts_among(
    compared: pd.DataFrame, among: Floats, methods: Methods, *, otherwise: str = ""
) -> pd.DataFrame:
    """Keep the verdicts that stand among their own rows and among all of a page.

    Parameters
    ----------
    compared : pandas.DataFrame
        One row per comparison: `p_value` [0 to 1, missing allowed] and `alone`,
        its verdict taken alone.
    among : numpy.ndarray
        p-values adjusted for all comparisons that are seen together; the p-values
        themselves where there are no others.
    methods : Methods
        House rules `false_discovery_procedure` and `false_discovery_rate`.
    otherwise : str
        What is said of a verdict that does not stand; 'no clear difference' when
        left out.

    Returns
    -------
    pandas.DataFrame
        The same rows with `p_adjusted` and `verdict`.

    References
    ----------
    See `perfnb.analysis.groups.false_discovery`.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> compared = pd.DataFrame({"p_value": [0.04, 0.001], "alone": ["worse"] * 2})
    >>> verdicts_among(compared, np.array([0.06, 0.002]),
    ...     read_methods("parameters/methods.yaml"))["verdict"].tolist()
    ['no clear difference', 'worse']
    """
    own = false_discovery.adjusted(
        floats(compared["p_value"]), methods.false_discovery_procedure
    )
    adjusted = np.maximum(own, among)
    # A comparison that could not be made has no p-value, and calls nothing.
    falls = compared["p_value"].notna() & ~(adjusted <= methods.false_discovery_rate)
    said = compared["alone"].mask(falls, otherwise or "no clear difference")
    return compared.assign(p_adjusted=column(adjusted), verdict=said)
