"""Good, fair, poor or not judged: the grades of data quality.

References
----------
Audit Commission (2007) Improving information to support decision making: standards
for better quality data: the six characteristics. The grades are ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from perfnb.errors import Dimension

Standing = Literal["good", "fair", "poor", "not judged"]

GOOD: Standing = "good"
FAIR: Standing = "fair"
POOR: Standing = "poor"
NOT_JUDGED: Standing = "not judged"

_WORST_FIRST = (POOR, FAIR, GOOD)


@dataclass(frozen=True)
class Check:
    """What one check says of one characteristic of an indicator's figures.

    Parameters
    ----------
    dimension : str
        One of the six characteristics of good data.
    grade : str
        good, fair, poor or not judged.
    said : str
        Why, in words that stand by themselves in a list of reasons.
    """

    dimension: Dimension
    grade: Standing
    said: str


def worst(grades: Iterable[Standing]) -> Standing:
    """Give the worst of some grades; what is not judged counts for nothing.

    Parameters
    ----------
    grades : iterable of str
        good, fair, poor or not judged, in any order.

    Returns
    -------
    str
        Not judged when none of them is judged.

    Examples
    --------
    >>> worst(["good", "not judged", "fair"]), worst(["not judged"]), worst([])
    ('fair', 'not judged', 'not judged')
    """
    held = set(grades)
    return next((grade for grade in _WORST_FIRST if grade in held), NOT_JUDGED)
