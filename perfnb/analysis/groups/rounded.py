"""Which counts could have been rounded to the one shown? Verdicts hold for all.

Nought and everybody are shown as they are. Any other count of people stands for
a few neighbours, and nothing may be concluded that would not hold for each.
"""

from __future__ import annotations

import numpy as np

from perfnb.analysis.frames import Floats


def shifts(slack: int) -> tuple[int, ...]:
    """Give the shifts to try: the count shown, and the least and the most it can be.

    Parameters
    ----------
    slack : int
        By how much a count may differ from the one shown.

    Examples
    --------
    >>> shifts(0), shifts(2)
    ((0,), (0, 2, -2))
    """
    return (0, slack, -slack) if slack else (0,)


def shifted(count: Floats, whole: Floats, shift: Floats | int, part: bool) -> Floats:
    """Give counts that could have been rounded to those shown.

    Parameters
    ----------
    count, whole : numpy.ndarray
        Counts as shown and what they are set against; missing allowed.
    shift : int or numpy.ndarray
        What is added.
    part : bool
        Whether the count is a part of the whole; then it stays below it.

    Returns
    -------
    numpy.ndarray
        Never below 1; nought, and a part that is the whole, stay as they are.

    Examples
    --------
    >>> shifted(np.array([0.0, 10, 50]), np.array([50.0, 50, 50]), 2, True).tolist()
    [0.0, 12.0, 50.0]
    """
    moved = np.maximum(count + shift, 1)
    exact = count == 0
    if part:
        moved = np.minimum(moved, whole - 1)
        exact = exact | (count == whole)
    return np.where(exact, count, moved)


def agreed(p_values: list[Floats], sides: list[Floats]) -> tuple[Floats, Floats]:
    """Give the p-values and sides that several possible counts agree on.

    Examples
    --------
    >>> agreed([np.array([0.01, 0.01])] * 2, [np.ones(2), np.array([1.0, -1])])
    (array([0.01, 1.  ]), array([1., 0.]))
    """
    values, tried = np.array(p_values), np.array(sides)
    alike = (tried == tried[0]).all(axis=0)
    # The largest of several with a missing one is missing.
    return np.where(
        alike | np.isnan(values).any(axis=0), values.max(axis=0), 1.0
    ), np.where(alike, tried[0], 0.0)
