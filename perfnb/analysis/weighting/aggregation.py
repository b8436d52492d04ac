"""Several scores made into one: weighted means over what is there.

The weights of scores that are missing are shared out among the others in
proportion, and the share of the weight that has a score is told (`coverage`),
because a score of half the basket is not a score of the basket.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from perfnb.analysis.frames import Flags, Floats, floats
from perfnb.errors import PerfnbError

MEANS = {
    "arithmetic": "a point lost on one member is made up for by a point on another",
    "geometric": "a low score weighs more than a high one makes up for",
    "harmonic": "a low score weighs far more than a high one makes up for",
}
"""The means, and how far strong members make up for weak ones."""

NOUGHT = 1e-200
"""Scores below this count as 0: what is 1 over them could not be reckoned with."""


def shares(weights: npt.ArrayLike) -> Floats:
    """Give weights as shares of their sum.

    Parameters
    ----------
    weights : array_like
        0 or more, one per member; any scale.

    Returns
    -------
    numpy.ndarray
        [share, adding up to 1]

    Raises
    ------
    PerfnbError
        When a weight is missing, negative or no number, or all are 0.

    Examples
    --------
    >>> shares([1, 2, 1]).tolist()
    [0.25, 0.5, 0.25]
    """
    numbers = floats(weights)
    if np.isnan(numbers).any():
        message = "A member of the basket has no weight."
        raise PerfnbError(message)
    if (numbers < 0).any():
        message = f"A weight of {numbers[numbers < 0][0]:g} is below 0."
        raise PerfnbError(message)
    if len(numbers) and not numbers.sum() > 0:
        message = "Every weight of the basket is 0; at least one must be more."
        raise PerfnbError(message)
    return numbers / numbers.sum() if len(numbers) else numbers


def combined(scores: Floats, weights: Floats, mean: str) -> Floats:
    """Give the weighted mean of each row, over the scores that it has.

    Parameters
    ----------
    scores : numpy.ndarray
        Rows by members; missing ones NaN.
    weights : numpy.ndarray
        Shares of the members, or rows of such shares to be tried one by one.
    mean : {'arithmetic', 'geometric', 'harmonic'}
        A score of 0 with a weight makes the last two 0, which is their limit.

    Returns
    -------
    numpy.ndarray
        One per row of `scores`; with rows of weights, one column for each of
        them. Missing where no member with a weight has a score.

    Raises
    ------
    PerfnbError
        When the mean is unknown, or a score is negative with a mean that takes
        none.

    References
    ----------
    OECD and JRC (2008) Handbook on Constructing Composite Indicators, step 6.

    Examples
    --------
    >>> scores = np.array([[80.0, 20.0], [80.0, np.nan]])
    >>> combined(scores, np.array([0.5, 0.5]), "arithmetic").tolist()
    [50.0, 80.0]
    >>> combined(scores, np.array([0.5, 0.5]), "geometric").round(6).tolist()
    [40.0, 80.0]
    """
    check_mean(scores, mean)
    present = np.isfinite(scores)
    weight = np.atleast_2d(weights).T
    total = present @ weight
    each = weight_over(total)
    if mean == "arithmetic":
        result = np.where(present, scores, 0.0) @ weight * each
    else:
        result = _multiplied(
            np.where(present, scores, 1.0), present, weight, each, mean
        )
    return result[:, 0] if np.ndim(weights) == 1 else result


def weight_over(total: Floats) -> Floats:
    """Give what weights are multiplied by so that those present add up to 1.

    Examples
    --------
    >>> weight_over(np.array([0.5, 0.0])).tolist()
    [2.0, nan]
    """
    return 1 / np.where(total > 0, total, np.nan)


def coverage(scores: Floats, weights: Floats) -> Floats:
    """Give the share of the weight that has a score, for each row.

    Parameters
    ----------
    scores, weights
        As in `combined`.

    Examples
    --------
    >>> coverage(np.array([[80.0, np.nan]]), np.array([0.75, 0.25])).tolist()
    [0.75]
    """
    present = np.isfinite(scores)
    result = present @ np.atleast_2d(weights).T
    return np.asarray(result[:, 0] if np.ndim(weights) == 1 else result)


def check_mean(scores: Floats, mean: str) -> None:
    """Refuse a mean that is unknown, or that the scores do not allow.

    Raises
    ------
    PerfnbError
        Naming the mean.

    Examples
    --------
    >>> check_mean(np.array([50.0]), "geometric")
    """
    if mean not in MEANS:
        message = f"'{mean}' is not a mean; known are {', '.join(MEANS)}."
        raise PerfnbError(message)
    if mean != "arithmetic" and (scores[np.isfinite(scores)] < 0).any():
        message = f"The {mean} mean takes no score below 0; use the arithmetic mean."
        raise PerfnbError(message)


def _multiplied(
    filled: Floats, present: Flags, weight: Floats, each: Floats, mean: str
) -> Floats:
    nought = present & (filled < NOUGHT)
    safe = np.where(nought, 1.0, filled)
    if mean == "geometric":
        result = np.exp(np.where(present, np.log(safe), 0.0) @ weight * each)
    else:
        result = 1 / (np.where(present, 1 / safe, 0.0) @ weight * each)
    return np.where((nought @ weight > 0) & np.isfinite(result), 0.0, result)
