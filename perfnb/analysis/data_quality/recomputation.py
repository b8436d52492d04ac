"""Find out whether values follow from the counts behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from perfnb.analysis.frames import Flags, floats, require
from perfnb.registers import Indicator

METHOD = (
    "A value is worked out again from its two counts (numerator / denominator x "
    "multiplier) and may differ by what rounding to its decimals explains."
)
NO_FORMULA = "the register gives no multiplier, so there is nothing to work out"
NO_COUNTS = "published without the two counts"
NO_NUMERATOR = "published without the count above the line"
NO_DENOMINATOR = "published without the count below the line"
# Half of the last decimal, and a hair more for numbers that end in exactly a half.
_HALF = 0.5 * 1.001


@dataclass(frozen=True)
class Recomputation:
    """How many values of an indicator could be worked out again.

    Parameters
    ----------
    figures : int
        Those with a value.
    agreeing, differing : int
        Those whose counts give the value, and those whose counts give another.
    reasons : tuple of (str, int)
        Why the others could not be worked out, and how many, most first.
    newest : bool or None
        Whether the newest value could be; None when there is no value.
    method : str
        The rule.
    """

    figures: int
    agreeing: int
    differing: int
    reasons: tuple[tuple[str, int], ...]
    newest: bool | None
    method: str = METHOD

    @property
    def without(self) -> int:
        """How many values could not be worked out again."""
        return sum(count for _, count in self.reasons)


def recomputation(rows: pd.DataFrame, indicator: Indicator) -> Recomputation:
    """Work out the values of an indicator again and count how they agree.

    Parameters
    ----------
    rows : pandas.DataFrame
        A row is a figure: end (day), numerator, denominator (counts), value
        [indicator's unit]. Rows without a value are left out.
    indicator : Indicator
        Its multiplier ``per`` and its decimals.

    Returns
    -------
    Recomputation

    Raises
    ------
    PerfnbError
        When a column is missing.

    Examples
    --------
    >>> indicator = Indicator.model_construct(per=100.0, decimals=1)
    >>> rows = pd.DataFrame({"end": pd.to_datetime(["2025-06-30", "2025-09-30"]),
    ...                      "numerator": [40, None], "denominator": [50, None],
    ...                      "value": [80.0, 82.0]})
    >>> found = recomputation(rows, indicator)
    >>> found.agreeing, found.reasons, found.newest
    (1, (('published without the two counts', 1),), False)
    """
    require(rows, ["end", "numerator", "denominator", "value"], "figures")
    held = rows[rows["value"].notna()].sort_values("end", kind="stable")
    above, below, value = (
        floats(held[name]) for name in ("numerator", "denominator", "value")
    )
    can = np.isfinite(above) & (np.nan_to_num(below) > 0) & (indicator.per is not None)
    again = np.full(len(held), np.nan)
    again[can] = above[can] / below[can] * (indicator.per or 1.0)
    apart = can & (np.abs(again - value) > _HALF * 10.0**-indicator.decimals)
    return Recomputation(
        figures=len(held),
        agreeing=int((can & ~apart).sum()),
        differing=int(apart.sum()),
        reasons=_reasons(~can, np.isnan(above), np.isnan(below), indicator),
        newest=bool(can[-1]) if len(held) else None,
    )


def _reasons(
    cannot: Flags, no_above: Flags, no_below: Flags, indicator: Indicator
) -> tuple[tuple[str, int], ...]:
    told: Sequence[tuple[str, Flags]] = [
        (NO_COUNTS, no_above & no_below),
        (NO_NUMERATOR, no_above & ~no_below),
        (NO_DENOMINATOR, ~no_above & no_below),
        (NO_FORMULA, ~no_above & ~no_below),
    ]
    counted = [(reason, int((cannot & where).sum())) for reason, where in told]
    found = [(reason, count) for reason, count in counted if count]
    return tuple(sorted(found, key=lambda pair: -pair[1]))
