"""Can groups be parts of their district? Counts that cannot add up are refused."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from perfnb.analysis.frames import Flags, floats
from perfnb.errors import PerfnbError


def district_of(district: Mapping[str, float] | pd.Series) -> tuple[float, float]:
    """Give the numerator and the denominator of a whole district.

    Raises
    ------
    PerfnbError
        When one of them is not there.

    Examples
    --------
    >>> district_of({"numerator": 100, "denominator": 30_000})
    (100.0, 30000.0)
    """
    numbers = []
    for name in ("numerator", "denominator"):
        if name not in district:
            message = f"The district lacks its '{name}'."
            raise PerfnbError(message)
        numbers.append(float(floats(pd.Series([district[name]], name=name))[0]))
    return numbers[0], numbers[1]


def check(groups: pd.DataFrame, total: float, base: float) -> None:
    """Refuse groups that cannot be parts of their district.

    Raises
    ------
    PerfnbError
        When a count is negative, or one group or all together count more than
        the district.

    Examples
    --------
    >>> groups = pd.DataFrame(
    ...     {"group": ["a", "b"], "numerator": [6, 5], "denominator": [10, 10]})
    >>> check(groups, total=11, base=20)
    """
    count, denominator = floats(groups["numerator"]), floats(groups["denominator"])
    # A group without its numerator need not be part of the district's figures.
    counted = np.where(np.isfinite(count), denominator, np.nan)
    _refuse(groups, count < 0, "has a negative numerator")
    _refuse(groups, denominator < 0, "has a negative denominator")
    for name, parts, whole in (
        ("numerator", count, total),
        ("denominator", counted, base),
    ):
        _refuse(groups, parts > whole, f"has a larger {name} than its district")
        if np.nansum(parts) > whole:
            message = f"The {name}s of the groups add up to more than the district's."
            raise PerfnbError(message)


def _refuse(groups: pd.DataFrame, wrong: Flags, problem: str) -> None:
    if wrong.any():
        group = groups["group"].iloc[int(wrong.argmax())]
        message = f"The group '{group}' {problem}."
        raise PerfnbError(message)
