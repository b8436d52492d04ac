"""What a profile says of files that are no tables of figures.

Files of records (JSON), files whose rows are to be counted, and exports of a
performance system, which say more of a figure than the figure.
"""

from __future__ import annotations

from pydantic import Field, field_validator

from perfnb.ingest.periods.period_forms import FORMS
from perfnb.ingest.published.sought import Texts
from perfnb.records import Record

COUNTED = "counted"
"""Name of the sheet on which counted rows are laid out, for the profile's tables."""


class Counting(Record):
    """How the rows of a file are counted, by district, small area and month.

    The counts are laid out on a sheet `COUNTED` with the headings ``authority``,
    ``area``, ``period`` and ``count``; no other column of the file is kept.
    """

    area: Texts
    area_name: Texts
    period: Texts
    form: str
    kind: Texts
    number: Texts = ()
    districts: Texts = Field(min_length=1)
    census: str = "2011"

    @field_validator("form")
    @classmethod
    def _known_form(cls, form: str) -> str:
        if form not in FORMS:
            message = f"one of {', '.join(FORMS)}"
            raise ValueError(message)
        return form


class PerformanceSystem(Record):
    """Columns of a performance system's export beside the figures.

    They are compared with what the workbook holds and never taken: the system is
    the place to change them. `statuses` says which of its words and colours mean
    that a target is ``met``, ``close`` or ``not met``.
    """

    title: Texts = ()
    target: Texts = ()
    status: Texts = ()
    statuses: dict[str, str] = Field(default_factory=dict)
    owner: Texts = ()
    commentary: Texts = ()

    @field_validator("statuses")
    @classmethod
    def _known_statuses(cls, statuses: dict[str, str]) -> dict[str, str]:
        known = ("met", "close", "not met", "")
        if not set(statuses.values()) <= set(known):
            message = "met, close, not met or nothing for each status"
            raise ValueError(message)
        return statuses
