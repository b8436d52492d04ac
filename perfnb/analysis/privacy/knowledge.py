"""What a reader knows of published counts before reckoning.

A shown count is known to its rounding; a hidden one is known to be at least 1,
because noughts are shown. The same mark stands for every hidden count, but a
reader may guess which are small, so a second one is assumed who knows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from perfnb.analysis.frames import Flags, Floats
from perfnb.analysis.privacy.attack import Reader
from perfnb.analysis.privacy.figures import Figures


@dataclass(frozen=True)
class Scheme:
    """What is small, and how the rest is shown.

    Parameters
    ----------
    smallest : int
        Smallest count of people, other than 0, that is shown.
    base : int
        Others are rounded to the nearest multiple of it, never to 0, halves
        upwards; 1 shows them as they are.

    Examples
    --------
    >>> Scheme(8, 5).rounded(np.array([0.0, 8, 12, 13])).tolist()
    [0.0, 10.0, 10.0, 15.0]
    """

    smallest: int
    base: int

    def small(self, values: Floats) -> Flags:
        """Tell which counts are too small to show."""
        return np.asarray((values >= 1) & (values < self.smallest))

    def rounded(self, values: Floats) -> Floats:
        """Give counts as they are shown."""
        nearest = np.floor(values / self.base + 0.5) * self.base
        return np.where(values == 0, 0.0, np.maximum(nearest, self.base))

    def known(self, values: Floats) -> Reader:
        """Give what a reader knows of counts that are shown."""
        shown = self.rounded(values)
        lower = np.ceil(shown - self.base / 2)
        lower = np.where(shown == self.base, 1, lower)
        upper = np.ceil(shown + self.base / 2) - 1
        some = values > 0
        lower = np.maximum(lower, self.smallest)
        return Reader(np.where(some, lower, 0), np.where(some, upper, 0))


def reader(
    figures: Figures,
    scheme: Scheme,
    hidden: Flags,
    *,
    small: Flags | None = None,
    noughts_hidden: bool = False,
) -> Reader:
    """Give what a reader knows of each figure.

    Parameters
    ----------
    figures : Figures
        What could be published.
    scheme : Scheme
        The rule, which readers know.
    hidden : numpy.ndarray
        Figures that are hidden.
    small : numpy.ndarray, optional
        Figures hidden because they are small, for a reader who knows which of
        the single counts these are.
    noughts_hidden : bool
        Whether noughts are hidden too, so that a hidden count can be one.

    Examples
    --------
    >>> import pandas as pd
    >>> from perfnb.analysis.privacy.tables import crossed
    >>> figures = crossed(pd.DataFrame({"people": [3, 12]}, index=["a", "b"]))
    >>> known = reader(figures, Scheme(8, 5), np.array([True, False, False]))
    >>> known.lower.tolist(), known.upper.tolist()
    ([1.0, 8.0, 15.0], [inf, 12.0, 15.0])
    """
    single, values = figures.single, figures.people
    known = figures.known | figures.unsure
    shown = scheme.known(values)
    lower = np.where(known, values, shown.lower)
    upper = np.where(known, values, shown.upper)
    counted = single & figures.seen
    noughts_hidden = noughts_hidden or bool((hidden & counted & (values == 0)).any())
    least = np.where(counted & ~np.array(noughts_hidden), 1.0, 0.0)
    most = np.full(len(values), np.inf)
    if small is not None:
        least[counted] = 0 if noughts_hidden else scheme.smallest
        least[single & small] = 1
        most[single & small] = scheme.smallest - 1
    return Reader(np.where(hidden, least, lower), np.where(hidden, most, upper))
