"""How did each period stand against its target? The one that was then in force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from perfnb.analysis.attainment import Attainment, attainment, bounds, in_a_row
from perfnb.analysis.frames import column, floats, require
from perfnb.analysis.segments import check_periods
from perfnb.analysis.targets import in_force
from perfnb.methods import Methods
from perfnb.quarters import label
from perfnb.registers import Indicator, Target


@dataclass(frozen=True)
class History:
    """A series, period by period beside its targets.

    Attributes
    ----------
    points : pandas.DataFrame
        The rows given, with `period` (as people write it), `lowest`, `highest`
        [indicator's unit; the figures that meet the target, missing where there
        is no target or no end], `status` (see `perfnb.analysis.attainment`) and
        `missed_by` [indicator's unit].
    attainments : tuple of Attainment
        One for each row.
    """

    points: pd.DataFrame
    attainments: tuple[Attainment, ...]

    @property
    def latest(self) -> Attainment | None:
        """The latest period that has a figure; None when none has."""
        place = self._last
        return None if place is None else self.attainments[place]

    @property
    def period(self) -> str:
        """The latest period that has a figure, or ''."""
        place = self._last
        return "" if place is None else str(self.points["period"].iloc[place])

    @property
    def up_to_latest(self) -> pd.DataFrame:
        """The rows up to the latest figure."""
        place = self._last
        return self.points.iloc[: 0 if place is None else place + 1]

    @property
    def off_target(self) -> int:
        """Periods off target in a row, up to the latest figure."""
        return in_a_row(list(self.up_to_latest["status"]))

    @property
    def _last(self) -> int | None:
        known = self.points["value"].notna().to_numpy().nonzero()[0]
        return int(known[-1]) if len(known) else None


def history(
    points: pd.DataFrame,
    targets: Iterable[Target],
    indicator: Indicator,
    methods: Methods,
) -> History:
    """Judge every period of a series by the target that was in force for it.

    Parameters
    ----------
    points : pandas.DataFrame
        One row a period of one series, oldest first: `start`, `end`
        [datetime64], `value` [indicator's unit, missing allowed].
    targets : iterable of Target
        The indicator's; only the district's levels are used.
    indicator : Indicator
        Its polarity, its decimals, and whether the year's target holds for a
        part of the year (`perfnb.analysis.targets.in_force`).
    methods : Methods
        House rules.

    Returns
    -------
    History

    Raises
    ------
    PerfnbError
        When a column is missing, a value is not a number, or periods come twice
        or out of order.
    """
    require(points, ["start", "end", "value"], "points")
    # Years to date all start on 1 April: their order is that of their last days.
    check_periods(points.assign(start=points["end"]), None, indicator.frequency)
    targets = list(targets)
    spans = [
        (start.date(), end.date())
        for start, end in zip(points["start"], points["end"], strict=True)
    ]
    judged = [
        attainment(
            float(value),
            in_force(targets, *span, indicator),
            polarity=indicator.polarity,
            decimals=indicator.decimals,
            methods=methods,
        )
        for value, span in zip(floats(points["value"]), spans, strict=True)
    ]
    ends = [_ends(found.target, indicator.polarity) for found in judged]
    marked = points.assign(
        period=[label(*span) for span in spans],
        lowest=column([low for low, _ in ends]),
        highest=column([high for _, high in ends]),
        status=[found.status for found in judged],
        missed_by=column([_number(found.missed_by) for found in judged]),
    )
    return History(marked.reset_index(drop=True), tuple(judged))


def _ends(target: Target | None, polarity: str) -> tuple[float, float]:
    low, high = (target and bounds(target, polarity)) or (None, None)
    return _number(low), _number(high)


def _number(value: float | None) -> float:
    return float("nan") if value is None else value
