"""The rule of rounding: small counts hidden, the others to the nearest few.

The indicator's headline is published exactly, so a reader knows the total; when
that total would narrow a hidden count, the next smallest group is hidden as
well, under the same mark.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from perfnb.analysis.frames import Flags, Floats
from perfnb.analysis.privacy.knowledge import Scheme
from perfnb.methods import Methods


def scheme(methods: Methods) -> Scheme:
    """Give what the rule hides and how it shows the rest.

    Parameters
    ----------
    methods : Methods
        House rules `smallest_count_shown` and `rounding_base`.

    References
    ----------
    NHS Digital, Hospital Episode Statistics Analysis Guide.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> scheme(read_methods("parameters/methods.yaml"))
    Scheme(smallest=8, base=5)
    """
    return Scheme(methods.smallest_count_shown, methods.rounding_base)


def hidden_groups(
    count: Floats, whole: Floats, unknown: Flags, rule: Scheme, *, part: bool
) -> tuple[Flags, Flags]:
    """Choose the groups of one breakdown to hide.

    Parameters
    ----------
    count, whole : numpy.ndarray
        Numerator and denominator of each group [people], missing allowed.
    unknown : numpy.ndarray
        Groups whose numerator their source has hidden already.
    rule : Scheme
        What is small, and how the rest is rounded.
    part : bool
        Whether the numerator is part of the denominator: then the others and
        the denominator are counts of people too.

    Returns
    -------
    counts, bases : numpy.ndarray
        Which numerators and which denominators to hide. A reader who knows the
        total, the ranges of the other groups and even why each is hidden is
        left with every count that a small one can be.

    References
    ----------
    NHS Digital, Hospital Episode Statistics Analysis Guide. Hundepool A et al
    (2012) Statistical Disclosure Control, Wiley.

    Examples
    --------
    >>> none = np.zeros(3, dtype=bool)
    >>> counts, bases = hidden_groups(np.array([3.0, 20, 51]), np.full(3, 900.0), none,
    ...     Scheme(8, 5), part=False)
    >>> counts.tolist()
    [True, False, False]
    """
    no_base = np.zeros(len(count), dtype=bool)
    if part:
        # Denominators are shown as they are, that is rounded to 1.
        open_ended = np.full(len(count), np.inf)
        known = np.zeros(len(count), dtype=bool)
        bases = _Table(whole, open_ended, False, known, rule.smallest, 1)
        no_base = bases.protect(no_base)
    table = _Table(count, whole, part, unknown, rule.smallest, rule.base)
    hidden = table.protect(no_base & np.isfinite(count))
    return hidden, no_base


@dataclass(frozen=True)
class _Table:
    """The counts of one breakdown and what a reader could know of each."""

    count: Floats
    whole: Floats
    part: bool
    unknown: Flags
    smallest: int
    base: int

    @property
    def few(self) -> Flags:
        """Counts too small to show."""
        counted = (self.count >= 1) & (self.count < self.smallest)
        return np.asarray(counted | self.unknown)

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
        """Counts as they are shown."""
        rounded = Scheme(self.smallest, self.base).rounded(self.count)
        return np.where(self.everybody, self.count, rounded)

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
                return np.asarray(known | self.unknown)
            next_smallest = np.where(rest, self.count, np.inf).argmin()
            hidden = hidden | (np.arange(len(hidden)) == next_smallest)
        return hidden

    def _safe(self, small: Flags, hidden: Flags) -> bool:
        # A reader knows the exact total, the ranges of the other groups and even
        # why each is hidden. A count hidden at source can be any small one, so
        # for each end the total is taken that narrows most.
        lower, upper = self._ranges(small, hidden)
        total = np.nansum(self.count) + self.unknown.sum()
        spread = self.unknown.sum() * (self.smallest - 2)
        for place in np.flatnonzero(small):
            others = np.arange(len(small)) != place
            least = total + spread - upper[others].sum()
            most = total - lower[others].sum()
            if least > lower[place] or most < min(upper[place], total):
                return False
        return True

    def _ranges(self, small: Flags, hidden: Flags) -> tuple[Floats, Floats]:
        counted = np.isfinite(self.count)
        plain = np.where(counted, self.count, np.where(self.unknown, 1.0, 0.0))
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
