"""Which counts of people may be shown? One gate before anything is shown.

Rounding, as in NHS hospital statistics: 0 is kept, small counts are hidden,
others are rounded. The indicator's headline is published exactly, so a reader
knows the total; when that total would narrow a hidden count, the next smallest
group is hidden as well, under the same mark.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from perfnb.analysis.frames import (
    Flags,
    Floats,
    column,
    floats,
    require,
    require_once,
)
from perfnb.analysis.intervals import rate, require_interval
from perfnb.errors import PerfnbError
from perfnb.methods import Methods


def gate(
    groups: pd.DataFrame, *, interval: str, per: float | None, methods: Methods
) -> pd.DataFrame:
    """Hide and round the counts of one breakdown.

    Parameters
    ----------
    groups : pandas.DataFrame
        One row per group of one indicator, period and characteristic: `group`,
        `numerator`, `denominator` [whole counts, missing allowed].
    interval : str
        `wilson` when the numerator is part of the denominator: then the others
        (denominator less numerator) and the denominator are counts of people
        too and are guarded alike.
    per : float or None
        value = numerator / denominator * per.
    methods : Methods
        House rules `smallest_count_shown` and `rounding_base`.

    Returns
    -------
    pandas.DataFrame
        The same groups in the same order: `numerator` rounded or missing,
        `denominator`, `value` reckoned from what is shown, `suppressed`. Other
        columns of text, dates or flags are kept; those of numbers are dropped,
        because any of them may tell the count.

    Raises
    ------
    PerfnbError
        When a column is missing, a group comes twice, a count is negative, not
        whole, or (`wilson`) larger than its denominator, or the
        interval is unknown.

    References
    ----------
    NHS Digital, Hospital Episode Statistics Analysis Guide. Hundepool et al
    (2012) Statistical Disclosure Control, Wiley. Fischetti and Salazar-Gonzalez
    (2001) Manag Sci 47:1008 (what an attacker can work out).

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> groups = pd.DataFrame({"group": ["16-24", "25-64", "65 and over"],
    ...     "numerator": [3, 51, 39], "denominator": [900, 4100, 2000]})
    >>> shown = gate(groups, interval="byar", per=1000,
    ...     methods=read_methods("parameters/methods.yaml"))
    >>> shown[["group", "numerator", "suppressed"]]
             group  numerator  suppressed
    0        16-24       <NA>        True
    1        25-64       50.0       False
    2  65 and over       40.0       False
    """
    require(groups, ["group", "numerator", "denominator"], "groups")
    require_once(groups["group"], "group")
    # A misspelt `wilson` would leave the complements unguarded.
    require_interval(interval)
    part = interval == "wilson"
    count, whole = floats(groups["numerator"]), floats(groups["denominator"])
    _check(groups, count, whole, part)
    smallest, rounding = methods.smallest_count_shown, methods.rounding_base
    no_base = np.zeros(len(groups), dtype=bool)
    if part:
        # Denominators are shown as they are, that is rounded to 1.
        open_ended = np.full(len(groups), np.inf)
        no_base = _Table(whole, open_ended, False, smallest, 1).protect(no_base)
    table = _Table(count, whole, part, smallest, rounding)
    hidden = table.protect(no_base & np.isfinite(count))
    shown = np.where(hidden, np.nan, table.rounded)
    base = np.where(no_base, np.nan, whole)
    return _without_numbers(groups).assign(
        numerator=column(shown),
        denominator=column(base),
        value=column(rate(shown, base, per)),
        suppressed=hidden | no_base,
    )


def rule(methods: Methods) -> str:
    """Say the rule in words, for the foot of a table.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> rule(read_methods("parameters/methods.yaml"))
    'Counts of 1 to 7 people are hidden, and further groups where a hidden count \
could be worked out; other counts are rounded to the nearest 5, so figures may \
not add up. 0 is shown.'
    """
    return (
        f"Counts of 1 to {methods.smallest_count_shown - 1} people are hidden, and "
        "further groups where a hidden count could be worked out; other counts are "
        f"rounded to the nearest {methods.rounding_base}, so figures may not add up. "
        "0 is shown."
    )


@dataclass(frozen=True)
class _Table:
    """The counts of one breakdown and what a reader could know of each."""

    count: Floats
    whole: Floats
    part: bool
    smallest: int
    base: int

    @property
    def few(self) -> Flags:
        """Counts too small to show."""
        return np.asarray((self.count >= 1) & (self.count < self.smallest))

    @property
    def nearly_all(self) -> Flags:
        """Counts whose complement is too small to show."""
        left = self.whole - self.count
        return np.asarray(self.part & (left >= 1) & (left < self.smallest))

    @property
    def everybody(self) -> Flags:
        """Counts with nobody left: as plain as 0, and shown alike."""
        return np.asarray(self.part & (self.count == self.whole))

    @property
    def rounded(self) -> Floats:
        """Counts to the nearest multiple of the base, halves upwards."""
        nearest = np.floor(self.count / self.base + 0.5) * self.base
        return np.where(self.everybody, self.count, nearest)

    def protect(self, hidden: Flags) -> Flags:
        """Hide the small counts, then more until the total tells none of them."""
        known = np.isfinite(self.count)
        small = self.few | self.nearly_all
        hidden = hidden | small
        while not self._safe(small, hidden):
            rest = known & ~hidden & (self.count > 0)
            if not rest.any():
                # Nothing but noughts is left: with them hidden too, a reader
                # cannot tell which of the groups the total belongs to.
                return known
            next_smallest = np.where(rest, self.count, np.inf).argmin()
            hidden = hidden | (np.arange(len(hidden)) == next_smallest)
        return hidden

    def _safe(self, small: Flags, hidden: Flags) -> bool:
        # A reader who knows the exact total, the ranges of the other groups and
        # even why each is hidden is left with every count a small one can be.
        lower, upper = self._ranges(small, hidden)
        total = np.nansum(self.count)
        for place in np.flatnonzero(small):
            others = np.arange(len(small)) != place
            least = total - upper[others].sum()
            most = total - lower[others].sum()
            if least > lower[place] or most < min(upper[place], total):
                return False
        return True

    def _ranges(self, small: Flags, hidden: Flags) -> tuple[Floats, Floats]:
        counted = np.isfinite(self.count)
        plain = np.where(counted, self.count, 0.0)
        bounded = self.part & np.isfinite(self.whole)
        top = np.where(bounded, self.whole, np.inf)
        exact = (plain == 0) | self.everybody
        # With an even base one side is wider; a reader surely has the narrower.
        reach = (self.base - 1) // 2
        rounded = np.where(counted, self.rounded, 0.0)
        lower = np.maximum(rounded - reach, self.smallest)
        upper = np.minimum(rounded + reach, top - self.smallest)
        lower, upper = np.where(exact, plain, lower), np.where(exact, plain, upper)
        lower = np.where(hidden, np.minimum(plain, self.smallest), lower)
        upper = np.where(hidden, top, upper)
        # A count that is small both ways, such as 7 of 14, is known as neither.
        low, high = small & self.few, small & self.nearly_all
        lower = np.where(high, np.maximum(top - self.smallest + 1, 1), lower)
        upper = np.where(low, np.minimum(self.smallest - 1, top), upper)
        return np.where(low, 1, lower), np.where(high, top - 1, upper)


def _without_numbers(groups: pd.DataFrame) -> pd.DataFrame:
    # A new frame: neither its index nor its attributes carry anything over.
    kept = {
        name: groups[name].array
        for name in groups.columns
        if name == "group"
        or pd.api.types.is_bool_dtype(groups[name])
        or not pd.api.types.is_numeric_dtype(groups[name])
    }
    return pd.DataFrame(kept)


def _check(groups: pd.DataFrame, count: Floats, whole: Floats, part: bool) -> None:
    # A population can be an estimate; it need not be whole.
    checked = {"numerator": count} | ({"denominator": whole} if part else {})
    for name, numbers in checked.items():
        wrong = np.isfinite(numbers) & ((numbers < 0) | (numbers % 1 != 0))
        if wrong.any():
            group = groups["group"].iloc[int(wrong.argmax())]
            message = f"The {name} of the group '{group}' is not a count of people."
            raise PerfnbError(message)
    if part and (count > whole).any():
        group = groups["group"].iloc[int((count > whole).argmax())]
        message = f"The group '{group}' counts more people than its denominator."
        raise PerfnbError(message)
