"""Are counts counts? Negative ones are refused."""

from __future__ import annotations

import pandas as pd

from perfnb.analysis.frames import floats, require
from perfnb.errors import PerfnbError


def require_counts(rows: pd.DataFrame, what: str) -> None:
    """Refuse rows whose numerator or denominator is below 0.

    Parameters
    ----------
    rows : pandas.DataFrame
        `numerator`, `denominator` [counts, missing allowed].
    what : str
        What a row is, for the message ('returns').

    Raises
    ------
    PerfnbError
        When a column is missing or no number, or a count is below 0.

    Examples
    --------
    >>> require_counts(pd.DataFrame({"numerator": [-1], "denominator": [9]}), "returns")
    Traceback (most recent call last):
    perfnb.errors.PerfnbError: Among the returns a numerator of -1 is not a count.
    """
    require(rows, ["numerator", "denominator"], what)
    for name in ("numerator", "denominator"):
        numbers = floats(rows[name])
        if (numbers < 0).any():
            wrong = numbers[numbers < 0][0]
            message = f"Among the {what} a {name} of {wrong:g} is not a count."
            raise PerfnbError(message)
