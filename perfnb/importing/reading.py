"""Read a published file by the profile that was asked for, or say why not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from perfnb.errors import Fault, ParameterError, ReturnError
from perfnb.files import relative
from perfnb.ingest.door.limits import for_published
from perfnb.ingest.published.extraction import Extraction, Known, extract
from perfnb.ingest.published.profile import Profile
from perfnb.ingest.published.profiles import read_profiles
from perfnb.ingest.published.published_files import Published, read_published
from perfnb.ingest.published.published_tables import recognised
from perfnb.ingest.published.wording import nearest
from perfnb.places import Gazetteer
from perfnb.places.answers import Answer
from perfnb.quarters import Span
from perfnb.workbook import Workbook


@dataclass(frozen=True)
class Request:
    """What somebody asked to import.

    Parameters
    ----------
    file : pathlib.Path
        The published file.
    profile : str
        Id of the profile to read it by.
    received : datetime.date
        Day on which the file came.
    period : Span, optional
        The period that the file is about, where it does not say.
    source : str
        Id of the source; blank for the one that the profile names.
    into : pathlib.Path, optional
        Folder of the returns, as from the workbook's folder; that of the quarter of
        the newest period when left out.
    status : str
        Status of the figures; blank for that of the profile.
    """

    file: Path
    profile: str
    received: date
    period: Span | None = None
    source: str = ""
    into: Path | None = None
    status: str = ""


def chosen(workbook: Workbook, request: Request) -> Profile:
    """Give the profile that was asked for.

    Raises
    ------
    ParameterError
        When there is no such file, or when the workbook has no such profile: the
        message names those it has, and which of them the file looks like.
    CatalogueError
        When a profile is broken.
    """
    _check_file(request.file)
    profiles = read_profiles(workbook.folder)
    if request.profile not in profiles:
        known = ", ".join(profiles) or "none"
        asked = f"There is no profile '{request.profile}'. " if request.profile else ""
        if close := nearest(request.profile, profiles):
            asked += f"Did you mean {close}? "
        message = (
            f"{asked}Say with --profile how to read the file: {known}. "
            f"{_looks_like(workbook, request.file, profiles.values())}"
            f"'perfnb import --list' says what each reads."
        )
        raise ParameterError(message)
    profile = profiles[request.profile]
    if not request.status:
        return profile
    return profile.model_copy(update={"status": request.status})


def check_period(profile: Profile, request: Request) -> None:
    """Refuse a period for a file whose rows say each their own.

    Raises
    ------
    ParameterError
        With the column that says it.
    """
    rules = [table.period or profile.period for table in profile.tables]
    if request.period is None or any(rule.place != "column" for rule in rules):
        return
    heading = " or ".join(f"'{text}'" for text in rules[0].heading)
    message = (
        f"Leave out --period: the tables of {profile.id} have the period of each row "
        f"in the column {heading}."
    )
    raise ParameterError(message)


def into_folder(folder: Path, into: Path | None) -> Path | None:
    """Give the folder of the returns that was asked for, if one was.

    Raises
    ------
    ParameterError
        When it does not lie among the returns, where they would not be read.
    """
    if into is None:
        return None
    returns = folder / "data" / "returns"
    asked = (folder / into).resolve()
    if not asked.is_relative_to(returns.resolve()):
        message = (
            f"'{into}' is not in data/returns, so its returns would not be read. Write "
            f"it as from the workbook's folder, such as --into data/returns/history."
        )
        raise ParameterError(message)
    return returns / asked.relative_to(returns.resolve())


def extracted(
    workbook: Workbook, file: Path, profile: Profile, period: Span | None = None
) -> tuple[Extraction, Published]:
    """Take the figures of a file.

    Parameters
    ----------
    workbook : Workbook
        The council's folder, opened.
    file : pathlib.Path
        The published file.
    profile : Profile
        What it holds.
    period : Span, optional
        The period that it is about, where somebody has said it.

    Returns
    -------
    extraction : Extraction
        What it gave.
    published : Published
        Its tables, as they were read.

    Raises
    ------
    ReturnError
        When the file cannot be read, is not of the profile or gives no figure;
        the message says what was looked for, what was found, and which profile
        the file looks like.
    """
    published = _published(workbook, file, profile)
    if not published.sheets:
        raise ReturnError(published.findings)
    extraction = extract(published.sheets, profile, known(workbook), period=period)
    if extraction.rows.empty:
        raise ReturnError(_nothing(workbook, file, profile, extraction))
    remarks = published.remarks(workbook.catalogue.council)
    not_counted = published.counts.dropped if published.counts else ()
    found = replace(
        extraction,
        dropped=(*not_counted, *extraction.dropped),
        findings=(*published.findings, *extraction.findings),
        remarks=(*remarks, *extraction.remarks),
    )
    return found, published


def _check_file(file: Path) -> None:
    if file.is_file():
        return
    message = (
        f"'{file}' is a folder. Name the published file in it."
        if file.is_dir()
        else f"There is no file '{file}'. Say where the published file lies."
    )
    raise ParameterError(message)


def _published(workbook: Workbook, file: Path, profile: Profile) -> Published:
    return read_published(
        file,
        profile,
        for_published(workbook.methods),
        reference=workbook.reference,
        council=workbook.catalogue.council,
        folder=workbook.folder,
    )


def known(workbook: Workbook) -> Known:
    """Say what a published file must fit: councils and indicators."""
    council = workbook.catalogue.council
    gazetteer = Gazetteer(workbook.reference)

    def resolve(text: str, by: str) -> Answer:
        # A file about the council alone names nobody.
        return gazetteer.authority(text or council, by=by if text and by else None)

    return Known(council, resolve, workbook.catalogue.indicators)


def _looks_like(workbook: Workbook, file: Path, profiles: Iterable[Profile]) -> str:
    profiles = list(profiles)
    plain = next((each for each in profiles if each.counting is None), None)
    sheets = _published(workbook, file, plain).sheets if plain else ()
    like = recognised(sheets, profiles)
    return f"This one looks like {' or '.join(like)}. " if like else ""


def _nothing(
    workbook: Workbook, file: Path, profile: Profile, extraction: Extraction
) -> Iterable[Fault]:
    if extraction.findings:
        first, *others = extraction.findings
    else:
        name = relative(file, workbook.folder)
        remedy = f"Is this the right file for profile {profile.id}?"
        first, others = Fault(name, f"figures of {profile.title}", None, remedy), []
    others_there = [
        each
        for each in read_profiles(workbook.folder).values()
        if each.id != profile.id
    ]
    like = _looks_like(workbook, file, others_there)
    return (replace(first, remedy=f"{like}{first.remedy}"), *others)
