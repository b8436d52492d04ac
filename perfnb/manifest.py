"""What a run was made from: the hash of every input, versions and commit.

The manifest says nothing of when or where a run was made, so the same inputs
give the same manifest.
"""

from __future__ import annotations

import hashlib
import json
import platform
import subprocess
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

import perfnb
from perfnb.files import relative

PACKAGES = (
    *("perfnb", "pandas", "numpy", "scipy", "statsmodels", "matplotlib", "seaborn"),
    *("papermill", "nbclient", "nbconvert", "ipykernel"),
)
NAME = "manifest.json"


def digest(content: bytes) -> str:
    """Give the SHA-256 of some bytes, as hexadecimal text."""
    return hashlib.sha256(content).hexdigest()


def digest_of(hashes: Mapping[str, str]) -> str:
    """Give one hash for the hashes of several files."""
    return digest("\n".join(f"{name} {each}" for name, each in hashes.items()).encode())


def inputs(folder: Path, parameters: Path) -> dict[str, str]:
    """Hash everything that a run reads, by path relative to the workbook.

    Parameters
    ----------
    folder : pathlib.Path
        The workbook's folder: its ``data``, ``notebooks`` and house rules.
    parameters : pathlib.Path
        The parameters file of the run.
    """
    files = [
        *(path for path in (folder / "data").rglob("*") if path.is_file()),
        *(folder / "notebooks").glob("*.ipynb"),
        folder / "parameters" / "methods.yaml",
        parameters,
    ]
    hashes = {relative(path, folder): digest(path.read_bytes()) for path in files}
    return {"perfnb": _code(), **dict(sorted(hashes.items()))}


def _code() -> str:
    """Hash the package itself, templates included."""
    package = Path(perfnb.__file__).parent
    kinds = (".py", ".j2", ".css", ".json")
    files = sorted(path for path in package.rglob("*") if path.suffix in kinds)
    each = [relative(path, package) + digest(path.read_bytes()) for path in files]
    return digest("\n".join(each).encode())


def versions() -> dict[str, str]:
    """Give the versions of Python and of the packages that make the figures."""
    found = {name: metadata.version(name) for name in PACKAGES}
    return {"python": platform.python_version(), **found}


def commit(folder: Path) -> str:
    """Give the commit of the workbook's folder; blank where there is no git."""
    describe = ["describe", "--always", "--dirty", "--abbrev=40"]
    try:
        done = subprocess.run(  # noqa: S603 (no word of it comes from outside)
            ["git", "-C", str(folder), *describe],  # noqa: S607
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return ""
    return done.stdout.strip()


def write(path: Path, content: dict[str, Any]) -> None:
    """Write a manifest that a person can read and compare."""
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", "utf-8")


def read(site: Path) -> dict[str, Any]:
    """Read the manifest of a published site; empty where there is none."""
    try:
        content: dict[str, Any] = json.loads((site / NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return content
