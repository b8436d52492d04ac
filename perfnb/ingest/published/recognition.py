"""Tell a published file that lies among the returns, and how to import it."""

from __future__ import annotations

from pathlib import Path

from perfnb.errors import Fault
from perfnb.files import relative
from perfnb.ingest.door.limits import Limits
from perfnb.ingest.opening.sheets import read_sheets
from perfnb.ingest.published.profile import Profile
from perfnb.ingest.published.profiles import profile_files, read_profile
from perfnb.ingest.published.published_tables import recognised
from perfnb.ingest.published.wording import fits


def told_as_published(path: Path, limits: Limits, *, folder: Path) -> list[Fault]:
    """Say which profile reads a file that is no return, if one does.

    Parameters
    ----------
    path : pathlib.Path
        A file among the returns that could not be read as one.
    limits : Limits
        How large a return may be: a file that is larger is known by its name alone.
    folder : pathlib.Path
        The workbook's folder.

    Returns
    -------
    list of Fault
        One, to be told in place of what else is wrong with the file; none when it
        looks like no published file that the workbook has a profile of.
    """
    read = [read_profile(each, folder=folder)[0] for each in profile_files(folder)]
    profiles = [profile for profile in read if profile is not None]
    like = _like(path, profiles, limits, folder)
    if not like:
        return []
    name = relative(path, folder)
    titles = " or ".join(profile.title for profile in like)
    ids = " or ".join(profile.id for profile in like)
    return [
        Fault(
            name,
            "a return",
            f"a published file: {titles}",
            f"Move it out of data/returns and turn it into a return: "
            f"'perfnb import {path.name} --profile {ids}'.",
        )
    ]


def _like(
    path: Path, profiles: list[Profile], limits: Limits, folder: Path
) -> list[Profile]:
    sheets, _ = read_sheets(path, limits, folder=folder) if profiles else ((), [])
    if sheets:
        ids = recognised(sheets, profiles)
        return [profile for profile in profiles if profile.id in ids]
    return [profile for profile in profiles if fits(path.stem, profile.files)]
