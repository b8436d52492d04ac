"""The published folder of a quarter: staged beside it, then put in its place whole.

A reader of the site sees the old pages until the new ones are complete; a run
that is killed leaves the site as it was.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from perfnb import manifest
from perfnb.errors import ParameterError
from perfnb.new_files import flush
from perfnb.report import page

MADE = "made"
KEPT = "kept from an earlier run"
REFUSED = "refused"


@dataclass(frozen=True)
class Entry:
    """A report of a site, as the index and the manifest have it.

    Parameters
    ----------
    service, notebook : str
        What it is: the service's id, blank for the whole council, and the
        notebook's name.
    question, answer : str
        Its heading and the sentence that it opens with.
    page : str
        File name of its page; blank when there is none.
    files : mapping of str to str
        SHA-256 of each file that belongs to it, by path within the site.
    parameters : mapping of str to str
        What the notebook was run with.
    state : str
        `MADE`, `KEPT` or `REFUSED`.
    trouble : str
        Why it was not made in this run.
    made_from : str
        Hash of all inputs of the run that made it.
    """

    service: str
    notebook: str
    question: str
    answer: str
    page: str
    files: Mapping[str, str]
    parameters: Mapping[str, str]
    state: str = MADE
    trouble: str = ""
    made_from: str = ""


@contextmanager
def staged(site: Path) -> Iterator[Path]:
    """Give an empty folder that takes the place of `site` when all went well.

    Raises
    ------
    ParameterError
        When another run is making the same site.
    """
    staging = site.with_name(f".{site.name}.staging")
    with _alone(site):
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir(parents=True)
        try:
            yield staging
        except BaseException:
            shutil.rmtree(staging, ignore_errors=True)
            raise
        shutil.rmtree(_retired(site), ignore_errors=True)
        if site.exists():
            site.rename(_retired(site))
        staging.rename(site)
        shutil.rmtree(_retired(site), ignore_errors=True)


@contextmanager
def _alone(site: Path) -> Iterator[None]:
    if site.parent.exists() and not site.parent.is_dir():
        message = (
            f"'{site.parent.name}' is a file; a folder of that name must be there."
        )
        raise ParameterError(message)
    site.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(site.with_name(f".{site.name}.lock"), blocking=False)
    try:
        lock.acquire()
    except Timeout as error:
        message = f"Another run is making output/{site.name}. Wait until it has ended."
        raise ParameterError(message) from error
    try:
        yield
    finally:
        lock.release()


def _retired(site: Path) -> Path:
    return site.with_name(f".{site.name}.retired")


def write_files(folder: Path, files: Mapping[str, bytes]) -> dict[str, str]:
    """Write the files of a report and give the hash of each by its path."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return {name: manifest.digest(content) for name, content in files.items()}


def earlier(site: Path) -> dict[tuple[str, str], Entry]:
    """Read the reports of the site as it is published, whole ones only.

    A run that was killed between taking the old site away and putting the new one
    in its place left none: the old one is put back first.
    """
    if _retired(site).exists() and not site.exists():
        _retired(site).rename(site)
    entries = [Entry(**entry) for entry in manifest.read(site).get("reports", [])]
    return {
        (entry.service, entry.notebook): entry
        for entry in entries
        if entry.page and all((site / name).is_file() for name in entry.files)
    }


def refused(
    service: str, notebook: str, parameters: Mapping[str, str], trouble: str
) -> Entry:
    """Give the entry of a report that could not be made."""
    return Entry(
        service=service,
        notebook=notebook,
        question="",
        answer="",
        page="",
        files={},
        parameters=parameters,
        state=REFUSED,
        trouble=trouble,
    )


def keep(entry: Entry, site: Path, staging: Path, trouble: str = "") -> Entry:
    """Carry a report of the published site over into the new one."""
    for name in entry.files:
        (staging / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(site / name, staging / name)
    return replace(entry, state=KEPT, trouble=trouble)


def finish(
    staging: Path,
    entries: Sequence[Entry],
    *,
    about: Mapping[str, Any],
    services: Mapping[str, Any],
    made_from: Mapping[str, Any],
) -> None:
    """Write the index and, last of all, the manifest.

    Parameters
    ----------
    staging : pathlib.Path
        The folder of the new site.
    entries : sequence of Entry
        Every report of the run's parameters.
    about : mapping
        council, quarter, as_at and answer of the index.
    services : mapping
        Title and description of each service by id, and of the whole council.
        The council stands first, where it has a page.
    made_from : mapping
        What the manifest says beside the reports; ``files`` has the hash of each
        file that belongs to no report.
    """
    shown = [entry for entry in entries if entry.page]
    now = manifest.digest_of(made_from["inputs"])
    index = page.index(
        {
            **about,
            "services": [
                {
                    **texts,
                    "entries": [
                        {**asdict(e), "outdated": e.made_from != now}
                        for e in shown
                        if e.service == service
                    ],
                }
                for service, texts in services.items()
                if service or any(not e.service for e in shown)
            ],
            "troubled": [
                {
                    "service": services[entry.service]["title"],
                    "report": entry.notebook,
                    "trouble": entry.trouble,
                    "kept": bool(entry.page),
                }
                for entry in entries
                if entry.trouble
            ],
        }
    )
    (staging / "index.html").write_text(index, "utf-8")
    reports = [asdict(entry) for entry in entries]
    manifest.write(staging / manifest.NAME, {**made_from, "reports": reports})
    for path in staging.rglob("*"):
        if path.is_file():
            flush(path)
