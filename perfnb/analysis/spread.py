"""Do figures differ? By more than the rounding of the machine, that is."""

from __future__ import annotations

import numpy as np

from perfnb.analysis.frames import Floats

NOISE = 1e-12
"""Spread, as a share of the size, that is only the rounding of the machine."""


def varies(numbers: Floats) -> bool:
    """Say whether numbers differ by more than rounding.

    Parameters
    ----------
    numbers : numpy.ndarray
        None missing.

    Examples
    --------
    >>> varies(np.array([0.3, 0.1 + 0.2])), varies(np.array([0.3, 0.31]))
    (False, True)
    >>> varies(np.array([]))
    False
    """
    if not len(numbers):
        return False
    return bool(np.ptp(numbers) > NOISE * np.abs(numbers).max())
