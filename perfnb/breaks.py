"""Where a series changes by itself, and where its limits start anew.

A break comes with the figures: they are made differently from then on. A rebase
is the council's own decision that a process has changed for good, for a reason
that it writes down; no rebase is ever found by reckoning.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from perfnb import quarters
from perfnb.errors import ParameterError
from perfnb.records import Record

BreakKind = Literal["definition", "source", "boundary", "method"]


class _Dated(Record):
    """Something that holds for an indicator from a period on."""

    indicator: str
    starts: str = Field(alias="from")

    @field_validator("starts")
    @classmethod
    def _is_period(cls, text: str) -> str:
        try:
            quarters.parse_period(text)
        except ParameterError as error:
            message = "a period such as '2015-16' or '2025-26 Q3'"
            raise ValueError(message) from error
        return text

    @property
    def start(self) -> date:
        """First day of the first figure from then on."""
        return quarters.parse_period(self.starts).start


class Break(_Dated):
    """A figure from which a series is made differently from what went before.

    `splits` says whether the difference is large enough to make it another
    series, judged by itself; otherwise it is only pointed out. A new definition
    always does, and gives the indicator the next version of its definition.
    """

    kind: BreakKind
    splits: bool
    reason: str
    source: str

    @model_validator(mode="after")
    def _new_definition_splits(self) -> Self:
        if self.kind == "definition" and not self.splits:
            message = "splits to be yes, since kind is definition"
            raise ValueError(message)
        return self


class Rebase(_Dated):
    """A figure from which mean and limits start anew, by decision.

    With `baseline_points` the first so many figures from then on set them;
    otherwise all do. One at the first figure of a series starts nothing anew and
    only sets its baseline.
    """

    baseline_points: int | None = Field(default=None, ge=2)
    reason: str
    decided: date


def definition_version(breaks: Iterable[Break], day: date) -> int:
    """Give the number of the definition by which a period's figure was made.

    Parameters
    ----------
    breaks : iterable of Break
        Those of one indicator, in any order.
    day : datetime.date
        First day of the period.

    Returns
    -------
    int
        1 up to the first break of kind ``definition``, and one more from each on.

    Examples
    --------
    >>> counted_anew = Break(indicator="HOM1", kind="definition", splits=True,
    ...                      reason="Illustrative", source="late",
    ...                      **{"from": "2023-24 Q2"})
    >>> definition_version([counted_anew], date(2023, 4, 1))
    1
    >>> definition_version([counted_anew], date(2023, 7, 1))
    2
    """
    changed = [each.start for each in breaks if each.kind == "definition"]
    return 1 + sum(start <= day for start in changed)
