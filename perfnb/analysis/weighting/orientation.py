"""Which way is better? Values turned round so that more is always better.

A figure that should be low is turned round; one that should be near an ideal
counts by its distance from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from perfnb.analysis.frames import Floats, floats
from perfnb.analysis.verdicts import good_side
from perfnb.errors import PerfnbError


def oriented(
    values: Floats, polarity: str, ideal: tuple[float, float] | None = None
) -> Floats:
    """Turn values round so that more is better.

    Parameters
    ----------
    values : numpy.ndarray
        [any unit]; missing allowed.
    polarity : {'maximise', 'minimise', 'midpoint', 'range'}
        With the last two a value counts by its distance below or above `ideal`.
    ideal : tuple of float, optional
        Lowest and highest ideal value [the same unit].

    Raises
    ------
    PerfnbError
        When no side is good ('neutral'), the polarity is unknown, or an ideal
        is wanting or upside down.

    Examples
    --------
    >>> oriented(np.array([18.0, 21, 26]), "range", (20, 22)).tolist()
    [-2.0, -0.0, -4.0]
    """
    good = good_side(polarity)
    if polarity == "neutral":
        message = "A neutral indicator has no good side, so it cannot be scored."
        raise PerfnbError(message)
    if good:
        return good * values
    if ideal is None or not ideal[0] <= ideal[1]:
        message = (
            f"Polarity '{polarity}' needs ideal_low and ideal_high, in this order."
        )
        raise PerfnbError(message)
    return -np.maximum(np.maximum(ideal[0] - values, values - ideal[1]), 0.0)


def ideal_of(member: Mapping[Any, Any]) -> tuple[float, float] | None:
    """Give the lowest and the highest ideal value of an indicator.

    Parameters
    ----------
    member : mapping
        One row of a frame; `ideal_low` and `ideal_high` [indicator's unit] may be
        wanting.

    Examples
    --------
    >>> ideal_of({"ideal_low": 20, "ideal_high": 22})
    (20.0, 22.0)
    """
    ends = [member.get("ideal_low"), member.get("ideal_high")]
    low, high = floats(pd.Series(ends, dtype="Float64"))
    return None if np.isnan(low) or np.isnan(high) else (float(low), float(high))
