"""Hide what is small, then more, until the attack works out nothing.

The loop is the same for both rules: the attack names the hidden figures that a
reader could narrow down, the cheapest further figures are hidden for them, and
the attack is asked again. It has the last word: what cannot be made safe is
hidden as a whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from perfnb.analysis.frames import Flags, Floats, Ints
from perfnb.analysis.privacy.attack import Reader, intervals, worked_out
from perfnb.analysis.privacy.complements import Aim, Cheapest, cheapest
from perfnb.analysis.privacy.figures import Figures
from perfnb.analysis.privacy.knowledge import Scheme, reader


@dataclass(frozen=True)
class Pattern:
    """Which figures of a table are hidden.

    Parameters
    ----------
    hidden : numpy.ndarray
        One flag a figure.
    primary : numpy.ndarray
        Figures hidden because they are small, or hidden at source.
    whole : bool
        Whether nothing was left but to hide the whole table, noughts and all.
    """

    hidden: Flags
    primary: Flags
    whole: bool


def pattern(
    figures: Figures,
    scheme: Scheme,
    *,
    was_shown: Flags | None = None,
    was_hidden: Flags | None = None,
) -> Pattern:
    """Choose the figures to hide.

    Parameters
    ----------
    figures : Figures
        What could be published.
    scheme : Scheme
        What is small, and how the rest is shown.
    was_shown, was_hidden : numpy.ndarray, optional
        Figures that an earlier report has shown, so that hiding them is too
        late, and those that it has hidden, so that showing them would tell.

    Returns
    -------
    Pattern
        A reader who knows all that is shown, and that a hidden count is 1 or
        more, must allow each small count to be anything from 1 to the largest
        that counts as small (a total of several counts above 0: from their
        number to as many more). One who knows besides which counts are small
        can work out none. Where the whole table is hidden, what is known from
        elsewhere is all that is left to a reader.

    References
    ----------
    Fischetti M, Salazar JJ (2000) JASA 95:916. Hundepool A et al (2012)
    Statistical Disclosure Control, Wiley, chapter 4.

    Examples
    --------
    >>> from perfnb.analysis.privacy.tables import crossed
    >>> import pandas as pd
    >>> ages = pd.DataFrame({"people": [3, 9, 6, 0]}, index=["a", "b", "c", "d"])
    >>> pattern(crossed(ages), Scheme(5, 1)).hidden.tolist()
    [True, False, True, False, False]
    """
    nothing = np.zeros(len(figures.places), dtype=bool)
    fixed = figures.known | (nothing if was_shown is None else was_shown)
    single_unknown = figures.single & figures.unsure
    primary = (scheme.small(figures.people) & ~fixed & ~figures.unsure) | single_unknown
    forced = primary | ~figures.seen | (nothing if was_hidden is None else was_hidden)
    table = _Table(figures, scheme, primary, fixed | figures.unsure)
    hidden = table.protected(forced)
    if hidden is None:
        return Pattern(~fixed | forced, primary, whole=True)
    return Pattern(table.tidied(hidden, forced), primary, whole=False)


def reader_of(
    figures: Figures, scheme: Scheme, found: Pattern, *, knows_small: bool = False
) -> Reader:
    """Give what a reader of the protected table knows of each figure.

    Parameters
    ----------
    figures, scheme
        As in `pattern`.
    found : Pattern
        What is hidden.
    knows_small : bool
        Whether the reader even knows which of the hidden counts are small.
    """
    if found.whole:
        return reader(figures, scheme, found.hidden, noughts_hidden=True)
    small = found.primary if knows_small else None
    return reader(figures, scheme, found.hidden, small=small)


class _Exposed(NamedTuple):
    """A figure that a reader can narrow down, and the ways to prevent it."""

    knows_small: bool
    ways: tuple[Aim, ...]


@dataclass(frozen=True)
class _Table:
    """A table to protect: what is small in it, and what must not be hidden."""

    figures: Figures
    scheme: Scheme
    primary: Flags
    fixed: Flags

    def protected(self, hidden: Flags) -> Flags | None:
        """Hide further figures until no small one is exposed; None if none can."""
        while exposed := self._exposed(hidden):
            further = self._further(hidden, exposed)
            if further is None:
                return None
            hidden = further
        return hidden

    def tidied(self, hidden: Flags, forced: Flags) -> Flags:
        """Show again what need not be hidden, the largest first."""
        values = self.figures.people
        spare = np.flatnonzero(hidden & ~forced)
        for figure in spare[np.argsort(-values[spare], kind="stable")]:
            fewer = hidden & (np.arange(len(hidden)) != figure)
            if not self._exposed(fewer):
                hidden = fewer
        return hidden

    def _exposed(self, hidden: Flags) -> list[_Exposed]:
        """Ask the attack which small figures could be narrowed, and for what."""
        plain = self._reader(hidden, knows_small=False)
        # What stands alone in a total needs no attack to be worked out.
        places = self._alone(plain)
        if len(places):
            least = most = self.figures.people[places]
        else:
            places = np.flatnonzero(self.primary)
            least, most = intervals(self.figures.members, plain, places)
        lower, upper = self._must_allow(places)
        short, high = np.flatnonzero(most < upper), np.flatnonzero(least > lower)
        found = [Aim(int(places[n]), float(upper[n]), True) for n in short]
        found += [Aim(int(places[n]), float(lower[n]), False) for n in high]
        return [_Exposed(False, (aim,)) for aim in found] or self._told_apart(hidden)

    def _alone(self, plain: Reader) -> Ints:
        single, sure = self.figures.single, plain.lower == plain.upper
        open_parts = self.figures.members[sure & ~single] * ~sure[single]
        alone = open_parts[open_parts.sum(axis=1) == 1].any(axis=0)
        return np.flatnonzero(alone & self.primary[single])

    def _must_allow(self, places: Ints) -> tuple[Floats, Floats]:
        # A total of several counts above 0 is at least their number.
        counted = (self.figures.counts > 0) & self.figures.seen[self.figures.single]
        lower = np.maximum(self.figures.members[places] @ counted, 1)
        return lower, lower + max(self.scheme.smallest - 2, 1)

    def _told_apart(self, hidden: Flags) -> list[_Exposed]:
        # Who knows that a count is 1 because only 1 is small needs no attack.
        if self.scheme.smallest == 2:
            return []
        places = np.flatnonzero(self.primary & self.figures.single)
        knowing = self._reader(hidden, knows_small=True)
        told = places[worked_out(self.figures.members, knowing, places)]
        return [_Exposed(True, self._either_way(int(place))) for place in told]

    def _either_way(self, place: int) -> tuple[Aim, ...]:
        value = float(self.figures.people[place])
        ways = (Aim(place, value - 1, False), Aim(place, value + 1, True))
        return tuple(w for w in ways if 1 <= w.reach < self.scheme.smallest)

    def _further(self, hidden: Flags, exposed: list[_Exposed]) -> Flags | None:
        more = hidden
        for each in exposed:
            ways = [self._way(more, each.knows_small, aim) for aim in each.ways]
            found = [way for way in ways if way is not None]
            if not found:
                return None
            more = np.asarray(more | min(found, key=lambda way: way.cost).hide)
        # Fractions of people can go where people cannot; then nothing is added.
        return more if (more & ~hidden).any() else None

    def _way(self, hidden: Flags, knows_small: bool, aim: Aim) -> Cheapest | None:
        everything = np.ones(len(hidden), dtype=bool)
        return cheapest(
            self.figures.members,
            self._reader(hidden, knows_small=knows_small),
            self._reader(everything, knows_small=knows_small),
            np.where(self._may_hide(hidden), self.figures.people, np.inf),
            aim,
        )

    def _may_hide(self, hidden: Flags) -> Flags:
        return ~hidden & ~self.fixed & (self.figures.people > 0)

    def _reader(self, hidden: Flags, *, knows_small: bool) -> Reader:
        small = self.primary if knows_small else None
        return reader(self.figures, self.scheme, hidden, small=small)
