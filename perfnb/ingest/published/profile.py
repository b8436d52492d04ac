"""Profiles of published files: what a source's tables hold and what it means.

A profile is a short YAML file in ``data/profiles``, one for each series of a
publisher. It says where the figures stand, by their headings, and what the
source means by its markers; `perfnb.ingest.published.extraction` reads files by it.
Every key is described in ``docs/importing.md``.

Texts that are looked for in a file (headings, sheets, codes, names) are written
as they stand there; ``*`` stands for any text. Capitals, line breaks, doubled
blanks, kinds of dashes and the digits of footnotes make no difference.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from perfnb.ingest.periods.period_forms import FORMS
from perfnb.ingest.published.other_layouts import Counting, PerformanceSystem
from perfnb.ingest.published.sought import Texts
from perfnb.records import Record
from perfnb.registers import Identifier

Absence = Literal["missing", "suppressed", "not applicable"]
"""What a marker can mean; the statuses of a return that has no figure."""

GAPS = {
    "months": "first and last month of the newest period: oct-dec-2025",
    "year": "financial year of the newest period: 2017-18",
    "quarter": "quarter in which the newest period ends: 2025-26-q3",
    "period": "the periods in words: October to December 2025, 2010-11 to 2017-18",
    "edition": "what stands in the file's name where the period is looked for: 2026-03",
    "tables": "the tables that were found: tables A1, A6 and A8",
}
"""What ``source`` and ``edition`` of a profile may leave open, in braces."""

GAP = re.compile(r"\{([^{}]*)\}")
"""A gap of a text, with its name."""

_AROUND_GAPS = re.compile(r"[A-Za-z0-9.-]*")


class Column(Record):
    """Where a figure stands, and what is done to make it ours.

    A profile may give the heading alone. Where a heading stands over several
    columns, `is_first` says that the first of them is meant. Figures may carry a
    `sign` of their unit, and commas between thousands, only where it says so.
    """

    heading: Texts
    under: Texts = ()
    is_first: bool = False
    sign: str = ""
    has_thousands: bool = False
    times: Decimal = Decimal(1)
    decimals: int | None = Field(default=None, ge=0)
    absent: str = ""

    @model_validator(mode="before")
    @classmethod
    def _heading_alone(cls, content: Any) -> Any:
        return {"heading": content} if isinstance(content, str | list) else content


class Figure(Record):
    """One figure, or one of each group, that a row of the table gives."""

    indicator: str = ""
    characteristic: str = "all"
    group: str = "all"
    groups: dict[str, Texts] = Field(default_factory=dict)
    where: dict[str, Texts] = Field(default_factory=dict)
    authorities: Literal["all", "council"] = "all"
    numerator: Column | None = None
    denominator: Column | None = None
    value: Column | None = None
    denominator_from: Literal["file", "workbook"] = "file"
    numerator_from: Literal["file", "percentage"] = "file"
    nothing_counted: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _says_what(self) -> Self:
        if not (self.numerator or self.value or self.groups):
            message = "a column for numerator or value, or groups with theirs"
            raise ValueError(message)
        if self.groups and (self.numerator or self.group != "all"):
            message = "groups with the columns of their numerators, or one numerator"
            raise ValueError(message)
        if self.numerator_from == "percentage" and not (
            self.value and self.denominator and not self.numerator
        ):
            message = "columns for value and denominator, and none for numerator"
            raise ValueError(message)
        return self

    def each(self) -> tuple[Figure, ...]:
        """Give a figure for each of its groups; itself when it has none.

        Examples
        --------
        >>> ages = Figure(characteristic="age", groups={"75+": ("75 and over",)})
        >>> [(figure.group, figure.numerator.heading) for figure in ages.each()]
        [('75+', ('75 and over',))]
        """
        if not self.groups:
            return (self,)
        return tuple(
            self.model_copy(
                update={
                    "group": group,
                    "groups": {},
                    "numerator": Column(heading=heading),
                }
            )
            for group, heading in self.groups.items()
        )

    def columns(self) -> dict[str, Column]:
        """List the columns that give its figures, by what they give."""
        named = {
            "numerator": self.numerator,
            "denominator": self.denominator,
            "value": self.value,
        }
        return {name: column for name, column in named.items() if column is not None}


class Codes(Record):
    """A column whose texts say which indicator a row is about."""

    heading: Texts
    means: dict[str, str]


class Place(Record):
    """Which authority a row is about, and which rows are taken at all.

    `code` may be left out where the column has no heading: then it is the first
    that holds codes which `keep` keeps. Where a file is about one council alone,
    `is_council` says so: `code` then names any column that no row leaves blank.
    """

    code: Texts = ()
    by: Literal["", "GSS code", "e-code", "old statistics code", "name"] = ""
    name: Texts = ()
    area: Texts = ()
    keep: Texts = ("E06*", "E07*", "E08*", "E09*")
    is_council: bool = False


class Drop(Record):
    """Rows to leave out, and why; without `heading` the code is looked at."""

    heading: Texts = ()
    text: Texts
    reason: str


class PeriodRule(Record):
    """Where the period of a figure is written, and in which form."""

    place: Literal["title", "sheet", "file", "column", "given"]
    text: Texts = ("{period}",)
    heading: Texts = ()
    form: str = ""
    window_months: int | None = Field(default=None, ge=1)
    published_after_months: int | None = Field(default=None, ge=0)
    note: str = ""

    @field_validator("form")
    @classmethod
    def _known_form(cls, form: str) -> str:
        if form not in FORMS:
            message = f"one of {', '.join(FORMS)}"
            raise ValueError(message)
        return form

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if self.place == "column" and not self.heading:
            message = "a heading, since the period is in a column"
            raise ValueError(message)
        if self.place != "given" and not self.form:
            message = "a form, so that the period is not guessed"
            raise ValueError(message)
        if (self.window_months is None) != (self.published_after_months is None):
            message = "window_months and published_after_months, or neither"
            raise ValueError(message)
        return self


class Table(Record):
    """A table of the file: where it is and which figures it gives.

    With `completes`, its counts are given to the rows of an earlier table, where
    they make the value that stands there.
    """

    name: str
    sheet: Texts = ("*",)
    optional: bool = False
    completes: str = ""
    period: PeriodRule | None = None
    place: Place = Place()
    markers: dict[str, Absence] = Field(default_factory=dict)
    blank: Absence | None = None
    drop: tuple[Drop, ...] = ()
    indicators: Codes | None = None
    figures: tuple[Figure, ...]

    @model_validator(mode="after")
    def _names_indicators(self) -> Self:
        if not self.figures:
            message = "at least one figure"
            raise ValueError(message)
        if any(bool(self.indicators) == bool(f.indicator) for f in self.figures):
            message = "the indicator of each figure, or a column that says it"
            raise ValueError(message)
        return self


class Profile(Record):
    """What a series of published files holds; one file of ``data/profiles``."""

    id: Identifier
    publisher: str
    title: str
    licence: str
    about: str
    source: str
    edition: str = "{period}"
    files: Texts = ()
    period: PeriodRule
    markers: dict[str, Absence] = Field(default_factory=dict)
    status: Literal["final", "provisional", "revised"] = "final"
    counting: Counting | None = None
    system: PerformanceSystem | None = None
    tables: tuple[Table, ...]

    @field_validator("source", "edition")
    @classmethod
    def _known_gaps(cls, text: str) -> str:
        if any(gap not in GAPS for gap in GAP.findall(text)):
            message = f"no gaps but {', '.join(f'{{{gap}}}' for gap in GAPS)}"
            raise ValueError(message)
        return text

    @field_validator("source")
    @classmethod
    def _makes_an_id(cls, text: str) -> str:
        around = GAP.sub("", text)
        if not _AROUND_GAPS.fullmatch(around) or text.startswith((".", "-")):
            message = "letters, digits, points and hyphens around its gaps"
            raise ValueError(message)
        return text

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if not self.tables:
            message = "at least one table"
            raise ValueError(message)
        names = [table.name for table in self.tables]
        for position, table in enumerate(self.tables):
            if table.name in names[:position]:
                message = f"each table once; {table.name} stands twice"
                raise ValueError(message)
            if table.completes and table.completes not in names[:position]:
                message = f"{table.name} to complete a table that stands before it"
                raise ValueError(message)
        return self

    def indicators(self) -> tuple[str, ...]:
        """List the indicators that a file of this kind can give, each once."""
        named = [f.indicator for table in self.tables for f in table.figures]
        named += [
            indicator
            for table in self.tables
            if table.indicators
            for indicator in table.indicators.means.values()
        ]
        return tuple(dict.fromkeys(name for name in named if name))
