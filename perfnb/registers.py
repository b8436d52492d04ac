"""What the rows of each register hold.

One model a register, its fields the columns of the file. The data dictionary
(``docs/data-dictionary.md``) says in words what every column means; here stands
what is checked of each row by itself. `perfnb.catalogue` checks the registers
against each other.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from perfnb import quarters
from perfnb.errors import ParameterError
from perfnb.records import Record

Polarity = Literal["maximise", "minimise", "midpoint", "range", "neutral"]
Frequency = Literal["quarterly", "annual", "rolling", "snapshot"]
Interval = Literal["wilson", "byar", "none"]
Basis = Literal["published", "illustrative"]
VOICES = ("cabinet", "scrutiny", "staff", "partners", "users")
"""Who can have a say in a target besides the officers who propose it."""

Identifier = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9.-]*$",
        description="an id of letters, digits, points and hyphens",
    ),
]


class Links(Record):
    """How an outcome answers to the plans of others, one sentence each."""

    district_strategy: str | None = None
    county_strategy: str | None = None
    laa: str | None = None


class Outcome(Record):
    """A change that people should see, told apart from what the council does."""

    id: Identifier
    title: str
    basis: Basis
    links: Links = Links()


class Priority(Record):
    """One of the council's corporate priorities with its outcomes."""

    id: Identifier
    title: str
    basis: Basis
    outcomes: tuple[Outcome, ...]


class Framework(Record):
    """The council's line of sight: who it is, its values and its priorities."""

    council: str
    values: tuple[str, ...] = ()
    priorities: tuple[Priority, ...]

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Every outcome, priority by priority."""
        return tuple(o for priority in self.priorities for o in priority.outcomes)


class Service(Record):
    """A service that hands in figures and answers for them."""

    id: str = Field(
        pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$",
        description="an id of small letters, digits and hyphens, used in file names",
    )
    title: str
    manager: str
    description: str = ""


class Indicator(Record):
    """One indicator: what it counts, for whom, in which unit and which way is good.

    Its fields are the columns of ``indicators.csv``, as the data dictionary has them.
    """

    id: Identifier
    title: str
    definition: str
    kind: Literal[
        "outcome", "output", "input", "process", "satisfaction", "cost", "context"
    ]
    service: str
    outcome: str
    owner: str
    data_supplier: str = ""
    unit: str
    per: float | None = None
    decimals: int
    polarity: Polarity
    ideal_low: float | None = None
    ideal_high: float | None = None
    frequency: Frequency
    window_months: int
    year_to_date: Literal["sum", "pool", "latest", "none"] = "none"
    numerator: str = ""
    denominator: str = ""
    counted: str = ""
    interval: Interval = "none"
    counts_people: bool
    comparable: bool = True
    set: Literal["NI", "BVPI", "LAA", "LOF", "local"]
    reference_id: str = ""
    laa: bool = False
    robustness: str = ""
    review_date: date | None = None
    due_days: int | None = None
    note: str = ""

    @field_validator("due_days")
    @classmethod
    def _not_before_the_end(cls, days: int | None) -> int | None:
        if days is not None and days < 0:
            message = "days after the end of the period, 0 or more"
            raise ValueError(message)
        return days

    @field_validator("per")
    @classmethod
    def _positive(cls, per: float | None) -> float | None:
        if per is not None and per <= 0:
            message = "a multiplier above 0, such as 100 or 1000"
            raise ValueError(message)
        return per

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        ideal = (self.ideal_low, self.ideal_high)
        if self.polarity in ("midpoint", "range") and None in ideal:
            message = f"ideal_low and ideal_high, since polarity is {self.polarity}"
            raise ValueError(message)
        if self.interval != "none" and self.per is None:
            message = f"'per' to be filled in, since interval is {self.interval}"
            raise ValueError(message)
        return self

    @property
    def is_percentage(self) -> bool:
        """Whether the value is a share of a whole, between 0 and 100."""
        return self.unit == "%"


class Source(Record):
    """An edition of a publication, or a return, that figures were taken from."""

    id: Identifier
    publisher: str
    title: str
    edition: str = ""
    published: str = Field(
        default="",
        pattern=r"^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$",
        description="a day (2026-01-31), a month (2026-01), a year or blank",
    )
    received: date
    licence: str
    basis: Basis
    note: str = ""

    @field_validator("published")
    @classmethod
    def _is_in_the_calendar(cls, text: str) -> str:
        try:
            date.fromisoformat(f"{text or 2000}-01-01"[:10])
        except ValueError as error:
            message = "a day that is in the calendar"
            raise ValueError(message) from error
        return text


class Peer(Record):
    """One authority that the council is compared with, and why it is."""

    peer_group: Identifier
    title: str
    service: str = ""
    council: str
    authority: str
    rank: int | None = None
    source: str


class Target(Record):
    """What a figure should be in a period, for everybody or for some.

    The fields are the columns of ``targets.csv``; the data dictionary says what
    each means. A profile within the year is a row for each stretch from April
    ("April to September 2025"); the row of the whole year is where it leads.
    """

    indicator: str
    period: str
    characteristic: str = "all"
    group: str = "all"
    area: str = ""
    kind: Literal["level", "gap", "none"]
    value: float | None = None
    low: float | None = None
    high: float | None = None
    tolerance: float | None = None
    tolerance_kind: Literal["relative", "points"] | None = None
    rationale: str
    consulted: str = ""
    decided: date | None = None
    basis: Basis
    source: str = ""

    @field_validator("period")
    @classmethod
    def _one_way_to_write_it(cls, text: str) -> str:
        try:
            return quarters.parse_period(text).label
        except ParameterError as error:
            message = "a period such as '2025-26' or 'April to September 2025'"
            raise ValueError(message) from error

    @field_validator("consulted")
    @classmethod
    def _known_voices(cls, text: str) -> str:
        named = [name.strip() for name in text.split(";") if name.strip()]
        if any(name not in VOICES for name in named):
            message = f"names out of {', '.join(VOICES)}, with a semicolon between"
            raise ValueError(message)
        return "; ".join(dict.fromkeys(named))

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        wrong = (
            self._figures_missing() or self._tolerance_wrong() or self._place_wrong()
        )
        if not wrong and self.basis == "published" and not self.source:
            wrong = "a source, since basis is published"
        if wrong:
            raise ValueError(wrong)
        return self

    def _figures_missing(self) -> str:
        single, pair = self.value is not None, (self.low, self.high)
        if self.kind == "none":
            given = single or pair != (None, None) or self.tolerance is not None
            return "no figures, since kind is none" if given else ""
        if single and pair == (None, None):
            return ""
        if single or None in pair:
            return "either a value, or both low and high"
        if self.low is not None and self.high is not None and self.low > self.high:
            return "low to be no more than high"
        return "a value, since kind is gap" if self.kind == "gap" else ""

    def _tolerance_wrong(self) -> str:
        if (self.tolerance is None) != (self.tolerance_kind is None):
            return "tolerance and tolerance_kind together, or neither"
        if self.tolerance is None:
            return ""
        if self.tolerance < 0:
            return "a tolerance of 0 or more"
        if self.tolerance_kind == "relative" and self.tolerance >= 1:
            return "a relative tolerance below 1, such as 0.1 for 10%"
        return ""

    def _place_wrong(self) -> str:
        grouped = self.characteristic != "all"
        if grouped != (self.group != "all"):
            return "characteristic and group together, or neither"
        if grouped and self.area:
            return "a group or an area, not both"
        if self.kind == "gap" and self.is_headline:
            return "a group or an area, since kind is gap"
        return ""

    @property
    def is_headline(self) -> bool:
        """Whether the target is for everybody in the whole district."""
        return self.characteristic == "all" and not self.area

    @property
    def span(self) -> quarters.Span:
        """First and last day that the target is for."""
        return quarters.parse_period(self.period)

    @property
    def voices(self) -> tuple[str, ...]:
        """Who had a say besides officers; empty when nobody is recorded."""
        return tuple(self.consulted.split("; ")) if self.consulted else ()
