"""What was reported differently later, step by step, and why.

Nothing that was reported is ever overwritten: a figure that a later source gives
differently stands twice in the tidy frame. Here the reports of each figure are
set in order, and each change is told with its day, its source and the reason
that the register of revisions has for it. No reason is ever guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Self

import pandas as pd
from pydantic import Field, field_validator, model_validator

from perfnb import quarters
from perfnb.errors import Fault, ParameterError
from perfnb.observations import KEY
from perfnb.records import Record
from perfnb.registers import Indicator

REGISTER = "data/registers/revisions.csv"

_NEWEST_LAST = ["received", "published", "source"]
_PLACE = ["source_file", "source_sheet", "source_row"]
COLUMNS = [
    *[*KEY, "step", "first_value", "old_value", "new_value"],
    *["first_source", "old_source", "new_source", "received", "published", "reason"],
    *_PLACE,
]


class Revision(Record):
    """Why a source gives figures of an indicator differently from before.

    Blank `from` and `to` leave that end open; the reason holds for every
    authority whose figure the source changed.
    """

    indicator: str
    source: str
    starts: str = Field(default="", alias="from")
    ends: str = Field(default="", alias="to")
    reason: str
    decided: date

    @field_validator("starts", "ends")
    @classmethod
    def _is_period(cls, text: str) -> str:
        try:
            quarters.parse_period(text)
        except ParameterError as error:
            message = "a period such as '2015-16' or '2025-26 Q3'"
            raise ValueError(message) from error
        return text

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        first, last = self._first, self._last
        if first is not None and last is not None and first > last:
            message = "'from' to be no later than 'to'"
            raise ValueError(message)
        return self

    @property
    def _first(self) -> date | None:
        return quarters.parse_period(self.starts).start if self.starts else None

    @property
    def _last(self) -> date | None:
        return quarters.parse_period(self.ends).end if self.ends else None

    def covers(self, start: date, end: date) -> bool:
        """Whether a figure for a span of days is among those it is about.

        Examples
        --------
        >>> waste = Revision(indicator="NI191", source="late", reason="Recount",
        ...                  decided=date(2026, 11, 23), **{"from": "2015-16"})
        >>> waste.covers(date(2014, 4, 1), date(2015, 3, 31))
        False
        >>> waste.covers(date(2017, 4, 1), date(2018, 3, 31))
        True
        """
        first, last = self._first, self._last
        return (first is None or start >= first) and (last is None or end <= last)


def steps(
    observations: pd.DataFrame,
    indicators: Iterable[Indicator],
    register: Sequence[Revision] = (),
) -> pd.DataFrame:
    """List every change of a figure, from its first report to its latest.

    Parameters
    ----------
    observations : pandas.DataFrame
        The tidy frame, all vintages, as `perfnb.observations.assemble` gives it.
    indicators : iterable of Indicator
        Whose figures to look at. A figure that is the same to the decimals that
        its indicator shows has not changed.
    register : sequence of Revision
        The reasons; where two rows fit a change, the first is told.

    Returns
    -------
    pandas.DataFrame
        A row is one change: the columns of `perfnb.observations.KEY`, step (1 for
        the first change of a figure), first_value, old_value and new_value [the
        indicator's unit], first_source, old_source and new_source, received and
        published (of the new report), reason (blank where none is recorded),
        source_file, source_sheet and source_row (of the new report). Figures in
        the order of `perfnb.observations.KEY`, the changes of each in order.

    Notes
    -----
    A later source without a figure withdraws nothing: `latest` keeps the figure
    that there is, and so it is no change.
    """
    decimals = {each.id: each.decimals for each in indicators}
    known = observations["value"].notna() & observations["indicator"].isin(decimals)
    reports = observations[known]
    reports = reports[reports.duplicated(KEY, keep=False)].sort_values(
        [*KEY, *_NEWEST_LAST], na_position="first", kind="stable"
    )
    reports = reports.assign(
        shown=_shown(reports, decimals), source=reports["source"].astype(str)
    )
    by_figure = reports.groupby(KEY, observed=True, sort=False)
    before = by_figure[["shown", "value", "source"]].shift()
    changed = before["shown"].notna() & (before["shown"] != reports["shown"])
    changes = reports.assign(
        first_value=by_figure["value"].transform("first"),
        first_source=by_figure["source"].transform("first"),
        old_value=before["value"],
        old_source=before["source"],
        changed=changed,
    ).rename(columns={"value": "new_value", "source": "new_source"})[changed]
    in_turn = changes.groupby(KEY, observed=True, sort=False).cumcount() + 1
    told = changes.assign(step=in_turn, reason=_reasons(changes, register))
    return told[COLUMNS].reset_index(drop=True)


def unexplained(changes: pd.DataFrame, council: str) -> list[Fault]:
    """Warn of revised figures for which the register has no reason.

    Parameters
    ----------
    changes : pandas.DataFrame
        As `steps` gives them, of all indicators.
    council : str
        GSS code of the council, whose figure is named where it is among them.

    Returns
    -------
    list of Fault
        One warning for each indicator and source, placed at the row of the return
        that has the figure named.
    """
    bare = changes[changes["reason"] == ""]
    return [
        _unexplained(rows, council)
        for _, rows in bare.groupby(["indicator", "new_source"], observed=True)
    ]


def as_shown(value: float, decimals: int) -> str:
    """Write a value to the decimals that a page shows, to see whether two differ.

    Examples
    --------
    >>> as_shown(518.9199, 1) == as_shown(518.9, 1), as_shown(-0.04, 1)
    (True, '0.0')
    """
    return f"{float(value):z.{decimals}f}"


def _shown(reports: pd.DataFrame, decimals: dict[str, int]) -> list[str]:
    pairs = zip(reports["indicator"], reports["value"], strict=True)
    return [as_shown(value, decimals[name]) for name, value in pairs]


def _reasons(changes: pd.DataFrame, register: Sequence[Revision]) -> list[str]:
    columns = ["indicator", "new_source", "start", "end"]
    return [
        next(
            (
                each.reason
                for each in register
                if (each.indicator, each.source) == (indicator, source)
                and each.covers(start.date(), end.date())
            ),
            "",
        )
        for indicator, source, start, end in changes[columns].itertuples(index=False)
    ]


def _unexplained(rows: pd.DataFrame, council: str) -> Fault:
    own = rows[rows["authority"] == council]
    one: Any = next((own if len(own) else rows).itertuples(index=False))
    period = quarters.label(one.start.date(), one.end.date())
    figures = "one figure" if len(rows) == 1 else f"{len(rows):,} figures"
    named = "namely" if len(rows) == 1 else "such as"
    return Fault(
        one.source_file,
        f"a reason in {REGISTER} why {one.new_source} gives {figures} of "
        f"{one.indicator} differently from before, {named} {one.new_value:g} in place "
        f"of {one.old_value:g} for {one.authority}, {period}",
        remedy=f"Add a row there for {one.indicator} and {one.new_source} that says "
        f"what was revised and why, or that the publisher does not say.",
        row=int(one.source_row),
        sheet=one.source_sheet or None,
        severity="warning",
        dimension="reliability",
        indicator=one.indicator,
    )
