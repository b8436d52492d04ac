"""Begin a quarter: its parameters, its folder of returns, a form for each service.

Everything is carried on from the quarter before and nothing is overwritten: what
is there stays as it is, what is missing is made, all of it or none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from perfnb.errors import Fault, ParameterError
from perfnb.files import parse_yaml, relative
from perfnb.ingest.periods.period_forms import read_period
from perfnb.new_files import place
from perfnb.parameters import RunParameters, read_parameters
from perfnb.quarters import Span, file_name, parse_quarter, write_quarter
from perfnb.receipts import received_and_gone
from perfnb.records import check
from perfnb.registers import Source
from perfnb.return_form.asking import Asked, asked
from perfnb.return_form.guidance import Form
from perfnb.return_form.writing import return_form
from perfnb.workbook import Workbook

AS_AT_COMMENT = """\
# Returns received after this day are not looked at. It is the day on which the
# quarter was begun: move it on to the day on which its reports are made.
"""
"""What a new parameters file says above its as_at."""

_STEM = re.compile(r"([0-9]{4}-[0-9]{2})-q([1-4])")


@dataclass(frozen=True)
class Begun:
    """What was done to begin a quarter.

    Parameters
    ----------
    quarter : str
        As people write it.
    made, kept : tuple of str
        Files that were made, and files that were there and stay as they are,
        relative to the workbook's folder.
    rows : mapping of str to int
        How many figures the form of each service asks for; services without a
        figure that is due have none.
    warnings : tuple of str
        What a person should look at before going on.
    """

    quarter: str
    made: tuple[str, ...]
    kept: tuple[str, ...]
    rows: Mapping[str, int]
    warnings: tuple[str, ...]

    def told(self) -> list[str]:
        """Say what each form asks for, service by service."""
        return [
            f"{service}: {_figures(count)} asked for."
            if count
            else f"{service}: nothing is due, so it has no form."
            for service, count in self.rows.items()
        ]


def begin(workbook: Workbook, text: str, *, as_at: date) -> Begun:
    """Make what a quarter needs so that its returns can come in.

    Parameters
    ----------
    workbook : Workbook
        The council's folder. Services, notebooks and peers are those of the
        newest quarter before.
    text : str
        The quarter, such as ``"2025-26 Q4"``.
    as_at : datetime.date
        Day of the new parameters file: what is received later is not looked at.

    Raises
    ------
    ParameterError
        When the text is no quarter, when there is none before it, when it has
        begun and nothing is missing, when a form that was received is gone, or when
        a file cannot be written.
    """
    quarter = _quarter(text)
    before = _before(workbook, quarter)
    previous = workbook.parameters(write_quarter(before))
    path = workbook.parameters_path(write_quarter(quarter))
    current = previous
    if path.is_file():
        current = read_parameters(path, workbook.catalogue, folder=workbook.folder)
    asking = {each: _asked(workbook, quarter, each) for each in current.services}
    contents = dict(_forms(workbook, quarter, asking))
    # Last, since it is the file that says that the quarter has begun.
    if not path.is_file():
        contents[path] = _carried_on(workbook, previous, quarter, as_at).encode()
    missing = {each: held for each, held in contents.items() if not each.exists()}
    kept = [each for each in [*contents, path] if each.exists()]
    if gone := received_and_gone(workbook.folder, missing):
        raise ParameterError(gone)
    if not missing:
        raise ParameterError(_has_begun(quarter, kept, workbook.folder))
    place(missing)
    return Begun(
        quarter=write_quarter(quarter),
        made=tuple(relative(each, workbook.folder) for each in missing),
        kept=tuple(relative(each, workbook.folder) for each in kept),
        rows={service: len(each.rows) for service, each in asking.items()},
        warnings=tuple(
            _warnings(
                *(quarter, before, previous, as_at),
                workbook.catalogue.sources.values(),
                is_new=path in missing,
            )
        ),
    )


def form_path(folder: Path, quarter: pd.Period, service: str) -> Path:
    """Name the return form of a service, whether or not it is there."""
    returns = folder / "data" / "returns" / file_name(quarter)
    return returns / f"{service}--return.xlsx"


def _quarter(text: str) -> pd.Period:
    try:
        return parse_quarter(text)
    except ParameterError as error:
        refusal = f"'{text}' is not a quarter as it is written here."
        if near := read_period(text, "financial-quarter"):
            message = f"{refusal} Write {_written(near)}."
        elif calendar := read_period(text, "calendar-quarter"):
            # The same number of a year that begins in April is three months on.
            either = f"{_written(calendar)} or {_written(calendar.later(3))}"
            message = f"{refusal} It can mean two: write {either}."
        else:
            raise
        raise ParameterError(message) from error


def _written(span: Span) -> str:
    return f"'{span.label}' for {_months(span.quarter)}"


def _before(workbook: Workbook, quarter: pd.Period) -> pd.Period:
    folder = workbook.folder / "parameters"
    found = [_STEM.fullmatch(path.stem) for path in sorted(folder.glob("*.yaml"))]
    begun = [parse_quarter(f"{each[1]} Q{each[2]}") for each in found if each]
    earlier = [each for each in begun if each < quarter]
    if not earlier:
        there = ", ".join(write_quarter(each) for each in begun) or "none"
        message = (
            f"{write_quarter(quarter)} cannot be begun: its services, notebooks and "
            f"peers are carried on from the quarter before, and 'parameters' has "
            f"none before it. Quarters there: {there}. Write the first by hand."
        )
        raise ParameterError(message)
    return max(earlier)


def _asked(workbook: Workbook, quarter: pd.Period, service: str) -> Asked:
    theirs = [each.id for each in workbook.catalogue.indicators_of(service)]
    figures = workbook.history.of(theirs)
    return asked(service, quarter, workbook.catalogue, figures)


def _forms(
    workbook: Workbook, quarter: pd.Period, asking: dict[str, Asked]
) -> Iterator[tuple[Path, bytes]]:
    council = workbook.catalogue.council
    for service, each in asking.items():
        if each.rows:
            about = workbook.catalogue.services[service]
            form = Form(
                service=about.title,
                manager=about.manager,
                council=workbook.reference.name(council),
                period=f"{write_quarter(quarter)} ({_months(quarter)})",
            )
            sources = workbook.catalogue.sources.values()
            content = return_form(form, each, council, sources)
            yield form_path(workbook.folder, quarter, service), content


def _carried_on(
    workbook: Workbook, previous: RunParameters, quarter: pd.Period, as_at: date
) -> str:
    """Write the parameters of a quarter from those of the one before, comments too."""
    path = workbook.parameters_path(previous.quarter)
    text = path.read_text("utf-8-sig").replace(AS_AT_COMMENT, "")
    lines = [
        _said_of(line, previous.period, quarter) if line.startswith("#") else line
        for line in text.splitlines(keepends=True)
    ]
    text = _set("".join(lines), "quarter", write_quarter(quarter))
    text = _set(text, "as_at", as_at.isoformat())
    text = re.sub(r"^as_at:", f"{AS_AT_COMMENT}as_at:", text, count=1, flags=re.M)
    wanted = previous.model_copy(
        update={"quarter": write_quarter(quarter), "as_at": as_at}
    )
    name = relative(path, workbook.folder)
    content, _ = parse_yaml(text, name=name)
    if check(content, RunParameters, name=name)[0] != wanted:
        message = (
            f"{name} is laid out in a way that cannot be carried on. Give 'quarter' "
            f"and 'as_at' a line of their own each, or write the new file by hand."
        )
        raise ParameterError(message)
    return text


def _set(text: str, key: str, value: str) -> str:
    # What stands behind a blank and a # is a comment and stays.
    return re.sub(
        rf"^{key}:[^\n#]*?(?=[ \t]+#|[ \t]*$)",
        f"{key}: {value}",
        text,
        count=1,
        flags=re.MULTILINE,
    )


def _said_of(comment: str, before: pd.Period, quarter: pd.Period) -> str:
    """Have a comment that names a quarter name another."""
    named = comment.replace(write_quarter(before), write_quarter(quarter))
    return named.replace(_months(before), _months(quarter))


def _months(quarter: pd.Period) -> str:
    return f"{quarter.start_time:%B} to {quarter.end_time:%B %Y}"


def _warnings(
    quarter: pd.Period,
    before: pd.Period,
    previous: RunParameters,
    as_at: date,
    sources: Iterable[Source],
    *,
    is_new: bool,
) -> Iterator[str]:
    if before + 1 != quarter:
        skipped = dict.fromkeys([write_quarter(before + 1), write_quarter(quarter - 1)])
        yield (
            f"{write_quarter(quarter)} follows on {write_quarter(before)}, the newest "
            f"quarter before it; {' to '.join(skipped)} would come first."
        )
    ended = quarter.end_time.date()
    if not any(source.received >= ended for source in sources):
        yield (
            f"No source of sources.csv was received on {ended} or later, so none can "
            f"be where figures of {write_quarter(quarter)} come from. Add those of the "
            f"quarter, then have the forms made anew."
        )
    if is_new and as_at < ended:
        yield (
            f"as_at, {as_at}, is before the end of {write_quarter(quarter)}, {ended}: "
            f"move it on before its reports are made."
        )
    if is_new and as_at < previous.as_at:
        yield (
            f"as_at, {as_at}, is before that of {previous.quarter}, "
            f"{previous.as_at}: figures received in between will not be looked at."
        )


def _figures(count: int) -> str:
    return f"{count} figure{'' if count == 1 else 's'}"


def _has_begun(quarter: pd.Period, kept: list[Path], folder: Path) -> list[Fault]:
    expected = f"no such file yet: {write_quarter(quarter)} has begun"
    remedy = "It stays as it is; to have it made anew, move it elsewhere."
    return [Fault(relative(each, folder), expected, remedy=remedy) for each in kept]
