"""Published counts of people, each a sum of the finest counts.

A cell of a table is one of the finest counts, a total several. So tables that
share cells, such as the quarters of a year and the year to date, are one list
of sums, and what a reader can work out from all of them is one question.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from perfnb.analysis.frames import Flags, Floats

Place = tuple[str, str]
"""The row and the column of a figure."""


@dataclass(frozen=True)
class Figures:
    """Counts that may be published, and what a reader knows of them beforehand.

    Parameters
    ----------
    places : tuple of (str, str)
        Row and column of each figure.
    members : numpy.ndarray
        One row a figure, one column a finest count: 1 where the figure counts
        it. Figures that are single counts come first, in the order of the counts.
    counts : numpy.ndarray
        The finest counts [people]; 1, the least that it can be, for a count
        that its source has hidden already.
    unknown : numpy.ndarray
        Finest counts that their source has hidden already.
    known : numpy.ndarray
        Figures that readers have from elsewhere, such as the headline: they are
        shown as they are, and never hidden.
    seen : numpy.ndarray
        Figures that stand in the table; others, such as the people a share
        leaves over, only follow from it.
    """

    places: tuple[Place, ...]
    members: Floats
    counts: Floats
    unknown: Flags
    known: Flags
    seen: Flags

    @property
    def people(self) -> Floats:
        """How many people each figure counts."""
        return np.asarray(self.members @ self.counts)

    @property
    def single(self) -> Flags:
        """Figures that are one finest count and no total."""
        return np.arange(len(self.places)) < len(self.counts)

    @property
    def unsure(self) -> Flags:
        """Figures that count something which its source has hidden already."""
        return np.asarray(self.members @ self.unknown > 0)


def cells(places: Sequence[Place], counts: Floats) -> Figures:
    """Give single counts as figures.

    Parameters
    ----------
    places : sequence of (str, str)
        Row and column of each.
    counts : numpy.ndarray
        [people]; missing where the source has hidden the count already.

    Examples
    --------
    >>> cells([("a", "people"), ("b", "people")], np.array([3, np.nan])).unknown
    array([False,  True])
    """
    unknown = np.isnan(counts)
    size = len(counts)
    return Figures(
        places=tuple(places),
        members=np.eye(size),
        counts=np.where(unknown, 1.0, counts),
        unknown=unknown,
        known=np.zeros(size, dtype=bool),
        seen=np.ones(size, dtype=bool),
    )


def adding(
    figures: Figures,
    places: list[Place],
    parts: Iterable[npt.ArrayLike],
    *,
    known: bool,
) -> Figures:
    """Add totals, each of some of the finest counts.

    Parameters
    ----------
    figures : Figures
        What they are added to.
    places : list of (str, str)
        Row and column of each total.
    parts : iterable of numpy.ndarray
        The finest counts in each total, by their number.
    known : bool
        Whether readers have the totals from elsewhere.

    Examples
    --------
    >>> ages = cells([("young", "people"), ("old", "people")], np.array([3.0, 9]))
    >>> adding(ages, [("Total", "people")], [[0, 1]], known=True).people.tolist()
    [3.0, 9.0, 12.0]
    """
    rows = np.zeros((len(places), len(figures.counts)))
    for row, part in zip(rows, parts, strict=True):
        row[np.asarray(part, dtype=np.int64)] = 1
    flags = np.full(len(places), known)
    return Figures(
        places=(*figures.places, *places),
        members=np.vstack([figures.members, rows]),
        counts=figures.counts,
        unknown=figures.unknown,
        known=np.append(figures.known, flags),
        seen=np.append(figures.seen, np.ones(len(places), dtype=bool)),
    )
