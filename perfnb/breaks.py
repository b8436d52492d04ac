"""Where a series changes by itself, and where its limits start anew.

A break comes with the figures: they are made differently from then on. A rebase
is the council's own decision that a process has changed for good, for a reason
that it writes down; no rebase is ever found by reckoning.
"""

from __future__ import annotations

from datetime import date

from pydantic import Field, field_validator

from perfnb import quarters
from perfnb.errors import ParameterError
from perfnb.records import Record


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
    series, judged by itself; otherwise it is only pointed out.
    """

    splits: bool
    reason: str
    source: str


class Rebase(_Dated):
    """A figure from which mean and limits start anew, by decision.

    With `baseline_points` the first so many figures from then on set them;
    otherwise all do. One at the first figure of a series starts nothing anew and
    only sets its baseline.
    """

    baseline_points: int | None = Field(default=None, ge=2)
    reason: str
    decided: date
