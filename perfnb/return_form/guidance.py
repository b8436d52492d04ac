"""What a return form tells the person who fills it in, in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from perfnb.observations import STATUSES
from perfnb.quarters import label, write_quarter
from perfnb.registers import Indicator
from perfnb.report.words import POLARITY, number
from perfnb.return_form.asking import Asked, AskedRow

STATUS_MEANING = {
    "final": "No change is expected.",
    "provisional": "The figure may still change.",
    "revised": "It was given before and has changed since. Say why in the note.",
    "missing": "It is due, but there is no figure. Say why in the note.",
    "suppressed": "The publisher hides it to protect people.",
    "not applicable": "There was nothing to measure, such as a share of no cases.",
}
"""What each status means, for the person who chooses one."""

DEFINITION_HEADINGS = (
    *("indicator", "title", "definition", "numerator", "denominator", "unit"),
    *("which way is good", "decimals", "owner", "how often", "due"),
    "how the year so far is worked out",
)

_CADENCE = {
    "quarterly": "every quarter",
    "annual": "once a year, when the year has ended",
    "rolling": "every quarter, over the months that end with it",
    "snapshot": "once a year, counted at one time",
}
_YEAR_TO_DATE = {
    "sum": "the quarters are added up",
    "pool": "the counts of the quarters are added up, then divided",
    "latest": "the newest figure stands for the year",
    "none": "not at all: only the whole year counts",
}


@dataclass(frozen=True)
class Line:
    """A line of the guide; a term stands before what it means."""

    text: str
    term: str = ""
    is_heading: bool = False


@dataclass(frozen=True)
class Form:
    """What a return form is for.

    Parameters
    ----------
    service, manager, council : str
        Who returns it, who answers for it, whose figures they are.
    period : str
        The quarter and its months.
    """

    service: str
    manager: str
    council: str
    period: str


def guide(form: Form, asked: Asked) -> list[Line]:
    """Say how a form is filled in: first what to do, then what the words mean.

    Parameters
    ----------
    form : Form
        Whose it is and for when.
    asked : Asked
        What it asks for, and what is not due.
    """
    return [
        Line(f"Return of figures: {form.service}, {form.period}", is_heading=True),
        Line(
            f"{form.council} needs {_figures(asked.rows)} from you"
            f"{_due_by(asked.rows)}. Fill in the shaded cells of the sheet 'Return', "
            "keep the name of the file and send it back to the performance team."
        ),
        *_steps(),
        *_statuses(),
        *_locked(asked.rows),
        *_people(asked.rows),
        *_whom_to_ask(form),
        *_not_due(asked),
    ]


def definitions(rows: Sequence[AskedRow]) -> list[tuple[str, ...]]:
    """Define each indicator asked for, in the order of `DEFINITION_HEADINGS`."""
    first = {row.indicator.id: row for row in reversed(rows)}
    ids = dict.fromkeys(row.indicator.id for row in rows)
    return [_definition(first[identity]) for identity in ids]


def _figures(rows: Sequence[AskedRow]) -> str:
    return "one figure" if len(rows) == 1 else f"{number(len(rows))} figures"


def _due_by(rows: Sequence[AskedRow]) -> str:
    days = [day for row in rows if (day := due_day(row)) is not None]
    if not days:
        return ""
    first = label(min(days), min(days))
    other = len(set(days)) > 1 or len(days) < len(rows)
    return f", the first by {first}" if other else f" by {first}"


def due_day(row: AskedRow) -> date | None:
    """Give the day by which a figure should be in, if the register sets one."""
    days = row.indicator.due_days
    return None if days is None else row.span.end + timedelta(days=days)


def _steps() -> Iterable[Line]:
    yield Line("How to fill it in", is_heading=True)
    steps = (
        "Each row of the sheet 'Return' asks for one figure. The white cells say which "
        "one; they are locked. The sheet 'Definitions' says what is counted.",
        "Type the numerator and the denominator, the two counts behind the figure, as "
        "plain numbers such as 1234. The value is then worked out for you: leave it "
        "blank. Type the value only where the counts are not known.",
        "Type a percentage as its number: 33.1 for 33.1%, not 0.331.",
        "Choose a status from the list. It must not be blank in a row with a figure.",
        "Choose from the list where the figure comes from (source) and, if it is "
        "another place, where the denominator comes from. If yours is not in the list, "
        "ask the performance team to add it.",
        "No figure? Leave the numbers blank, choose missing, suppressed or not "
        "applicable, and say why in the note. Do not type a dash, n/a or <5. "
        "0 means that you counted and found none.",
        "A figure that is far from the last one is asked about. If it is right, begin "
        "the note with the word: checked.",
        "You can send it back with some rows left blank: they are listed as still to "
        "be filled in, and the others count.",
    )
    for position, step in enumerate(steps, start=1):
        yield Line(step, f"{position}.")


def _statuses() -> Iterable[Line]:
    yield Line("What each status means", is_heading=True)
    for status in STATUSES:
        yield Line(STATUS_MEANING[status], status)


def _locked(rows: Sequence[AskedRow]) -> Iterable[Line]:
    yield Line("What stands in the white cells", is_heading=True)
    yield Line("The newest figure held, and its counts in brackets.", "last_value")
    yield Line(
        "What the figure should be, and whether the target is published or "
        "illustrative, which means made up.",
        "target",
    )
    if any(row.area for row in rows):
        yield Line("The code of a part of the area; blank means the whole.", "area")
    yield Line("'all' means everybody.", "group")


def _people(rows: Sequence[AskedRow]) -> Iterable[Line]:
    counted = [row for row in rows if row.indicator.counts_people]
    if not counted:
        return
    yield Line("Counts of people", is_heading=True)
    yield Line(
        "Type the true number, also where it is small. Pages hide small numbers before "
        "anybody sees them. Keep this file inside the council."
    )
    if any(not row.is_headline for row in counted):
        yield Line("Last figures of groups of people are left out of this form.")


def _whom_to_ask(form: Form) -> Iterable[Line]:
    yield Line("Whom to ask", is_heading=True)
    yield Line("The owner named in the sheet 'Definitions'.", "What is counted")
    yield Line("The performance team.", "How to fill it in")
    yield Line(form.manager, "Who answers for this return")
    yield Line(
        "Take off the protection of the sheet; there is no password. Add the row below "
        "the last and fill in all its white cells too, or ask the performance team.",
        "A row is missing",
    )


def _not_due(asked: Asked) -> Iterable[Line]:
    if not asked.not_due:
        return
    yield Line("Not asked for this time", is_heading=True)
    for indicator, quarter in asked.not_due:
        when = "not known" if quarter is None else write_quarter(quarter)
        yield Line(f"{indicator.title}. Next due: {when}.", indicator.id)


def _definition(row: AskedRow) -> tuple[str, ...]:
    indicator = row.indicator
    return (
        indicator.id,
        indicator.title,
        indicator.definition,
        indicator.numerator,
        indicator.denominator,
        indicator.unit,
        _which_way(indicator),
        str(indicator.decimals),
        indicator.owner,
        _CADENCE[indicator.frequency],
        _due(row),
        _YEAR_TO_DATE[indicator.year_to_date],
    )


def _which_way(indicator: Indicator) -> str:
    if indicator.ideal_low is None or indicator.ideal_high is None:
        return POLARITY[indicator.polarity]
    low, high = (f"{end:g}" for end in (indicator.ideal_low, indicator.ideal_high))
    return f"{POLARITY[indicator.polarity]} ({low} to {high})"


def _due(row: AskedRow) -> str:
    day = due_day(row)
    return "no day is set" if day is None else label(day, day)
