"""Read the profiles of a workbook: the files of ``data/profiles``."""

from __future__ import annotations

from pathlib import Path

from perfnb.errors import CatalogueError, Fault
from perfnb.files import read_yaml, relative
from perfnb.ingest.published.profile import Profile
from perfnb.records import check


def profile_files(folder: Path) -> list[Path]:
    """List the profiles of a workbook in order of name."""
    return sorted((folder / "data" / "profiles").glob("*.yaml"))


def read_profiles(folder: Path) -> dict[str, Profile]:
    """Read every profile of a workbook, by id.

    Parameters
    ----------
    folder : pathlib.Path
        The workbook's folder; the files are ``data/profiles/*.yaml``.

    Raises
    ------
    CatalogueError
        With every fault of every file.
    """
    profiles: dict[str, Profile] = {}
    faults: list[Fault] = []
    for path in profile_files(folder):
        profile, wrong = read_profile(path, folder=folder)
        faults += wrong
        if profile is not None:
            profiles[profile.id] = profile
    if faults:
        raise CatalogueError(faults)
    return profiles


def read_profile(path: Path, *, folder: Path) -> tuple[Profile | None, list[Fault]]:
    """Read one profile; its id must be the name of its file."""
    content, faults = read_yaml(path, folder=folder)
    if faults:
        return None, faults
    name = relative(path, folder)
    profile, faults = check(content, Profile, name=name)
    if profile is not None and profile.id != path.stem:
        remedy = "Rename the file or correct the id."
        expected = f"{path.stem}, as the file is named"
        return None, [Fault(name, expected, profile.id, remedy, column="id")]
    return profile, faults
