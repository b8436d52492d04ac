"""The rule by which the council protects counts of people, and how it is said.

`rounding` hides small counts and rounds the others; `suppression` takes fewer for
small and shows the others exactly, at the price of hiding more of them as cover.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

from perfnb.analysis.frames import Flags, Floats
from perfnb.analysis.privacy import rounding, suppression
from perfnb.analysis.privacy.knowledge import Scheme
from perfnb.methods import Methods


class HiddenGroups(Protocol):
    """Choose the groups of one breakdown to hide: numerators, denominators."""

    def __call__(
        self, count: Floats, whole: Floats, unknown: Flags, rule: Scheme, *, part: bool
    ) -> tuple[Flags, Flags]:
        """As `perfnb.analysis.privacy.rounding.hidden_groups`."""


class InForce(NamedTuple):
    """The rule that the house rule `disclosure_rule` names."""

    scheme: Scheme
    hidden_groups: HiddenGroups


def in_force(methods: Methods) -> InForce:
    """Give the rule in force.

    Parameters
    ----------
    methods : Methods
        House rule `disclosure_rule` and those of that rule.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> in_force(read_methods("parameters/methods.yaml")).scheme
    Scheme(smallest=8, base=5)
    """
    if methods.disclosure_rule == "suppression":
        return InForce(suppression.scheme(methods), suppression.hidden_groups)
    return InForce(rounding.scheme(methods), rounding.hidden_groups)


def slack(methods: Methods) -> int:
    """Give how far a shown count can be from the true one.

    Returns
    -------
    int
        [people] 0 where counts are shown as they are.

    Examples
    --------
    >>> from perfnb.methods import read_methods
    >>> slack(read_methods("parameters/methods.yaml"))
    2
    """
    scheme = in_force(methods).scheme
    return scheme.base // 2


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
    scheme = in_force(methods).scheme
    largest = scheme.smallest - 1
    small = "1 person" if largest == 1 else f"1 to {largest} people"
    others = (
        "shown as they are"
        if scheme.base == 1
        else f"rounded to the nearest {scheme.base}, so figures may not add up"
    )
    return (
        f"Counts of {small} are hidden, and further groups where a hidden count "
        f"could be worked out; other counts are {others}. 0 is shown."
    )
