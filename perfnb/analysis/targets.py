"""Which target is in force for a figure? Looked up by the days it covers.

A target belongs to a span of days. A figure is first looked up by its own span;
only where a share or a state is measured does the year's target also hold for
a quarter: a quarter of a year's incidents says nothing about the year's number.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from perfnb.quarters import Span
from perfnb.registers import Indicator, Target


def in_force(
    targets: Iterable[Target],
    start: date,
    end: date,
    indicator: Indicator | None = None,
    *,
    characteristic: str = "all",
    group: str = "all",
    area: str = "",
    kind: str = "level",
) -> Target | None:
    """Find the target that a figure is judged by.

    Parameters
    ----------
    targets : iterable of Target
        Those of one indicator (`Catalogue.targets_of`).
    start, end : datetime.date
        First and last day that the figure covers; from 1 April for a year to
        date.
    indicator : Indicator, optional
        What the figure is of. Without it only a target for the very same days
        is found.
    characteristic, group, area : str, optional
        Whose target; without them the district's.
    kind : {'level', 'gap', 'none'}, optional
        Which kind of row.

    Returns
    -------
    Target or None
        The target for the very same days, if there is one: a profile within the
        year goes before the year. Otherwise the shortest target that also holds
        for the figure:

        - `year_to_date` ``pool`` (a share of cases): one whose days include the
          figure's, so that a year's percentage is also asked of each quarter;
        - ``latest`` (a state, or a figure over rolling months): one in whose days
          the figure ends;
        - a ``snapshot`` (one night a year): one whose days include the figure's.

        Never the year's for a quarter where quarters add up (``sum``).

    Examples
    --------
    >>> from datetime import date
    >>> year = Target(indicator="IL1", period="2025-26", kind="level", value=90,
    ...     rationale="Illustrative", basis="illustrative")
    >>> in_force([year], date(2025, 4, 1), date(2026, 3, 31)).value
    90.0
    >>> in_force([year], date(2025, 10, 1), date(2025, 12, 31)) is None
    True
    """
    subject = (kind, characteristic, group, area)
    theirs = [
        target
        for target in targets
        if (target.kind, target.characteristic, target.group, target.area) == subject
    ]
    figure = Span(start, end)
    exact = [target for target in theirs if target.span == figure]
    if exact or indicator is None:
        return exact[0] if exact else None
    also = [target for target in theirs if _holds(target.span, figure, indicator)]
    return min(also, key=lambda target: target.span.months, default=None)


def _holds(span: Span, figure: Span, indicator: Indicator) -> bool:
    includes = span.start <= figure.start and figure.end <= span.end
    if indicator.year_to_date == "latest":
        return span.start <= figure.end <= span.end
    if indicator.year_to_date == "pool" or indicator.frequency == "snapshot":
        return includes
    return False
