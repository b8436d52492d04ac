"""Published files and the profiles of this workbook, for tests of both."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from perfnb.catalogue import Catalogue, read_catalogue
from perfnb.ingest.door.limits import for_published
from perfnb.ingest.opening.sheets import Sheet, read_sheets
from perfnb.ingest.published.extraction import Extraction, Known, extract
from perfnb.ingest.published.profile import Profile
from perfnb.ingest.published.profiles import read_profile
from perfnb.methods import read_methods
from perfnb.places import Gazetteer
from perfnb.places.answers import Answer
from perfnb.quarters import Span
from perfnb.reference import read_reference

ROOT = Path(__file__).parents[3]
RAW = ROOT / ".." / "shared" / "data" / "raw"
DERIVED = ROOT / ".." / "shared" / "data" / "derived"
WYRE_FOREST = "E07000239"
KEY = ["indicator", "authority", "period", "characteristic", "group"]
NUMBERS = ["numerator", "denominator", "value"]

needs_published = pytest.mark.skipif(
    not RAW.is_dir(),
    reason="the published files are not here (../shared/data/raw)",
)


def files(pattern: str) -> list[Path]:
    """List the published files of a series; none where they are not here."""
    return sorted(RAW.glob(pattern))


@cache
def catalogue() -> Catalogue:
    """Give the registers of the real workbook."""
    return read_catalogue(ROOT)


@cache
def profile(name: str) -> Profile:
    """Give a profile of the real workbook."""
    path = ROOT / "data" / "profiles" / f"{name}.yaml"
    found, faults = read_profile(path, folder=ROOT)
    assert found is not None, faults
    return found


@cache
def known() -> Known:
    """Give what the real workbook knows."""
    gazetteer = Gazetteer(read_reference(ROOT))

    def resolve(text: str, by: str) -> Answer:
        return gazetteer.authority(text or WYRE_FOREST, by=by or None)

    return Known(catalogue().council, resolve, catalogue().indicators)


@cache
def sheets_of(path: Path) -> tuple[Sheet, ...]:
    """Read a published file."""
    methods = read_methods(ROOT / "parameters" / "methods.yaml", folder=ROOT)
    sheets, findings = read_sheets(path, for_published(methods), folder=ROOT)
    assert sheets, findings
    return sheets


@cache
def extracted(name: str, path: Path, period: Span | None = None) -> Extraction:
    """Extract a published file by a profile."""
    return extract(sheets_of(path), profile(name), known(), period=period)


@cache
def held_returns() -> pd.DataFrame:
    """Give every row of the workbook's own returns."""
    paths = sorted((ROOT / "data" / "returns").glob("*/*.csv"))
    return pd.concat(
        [pd.read_csv(path, dtype=str, keep_default_na=False) for path in paths],
        ignore_index=True,
    )


def compared(rows: pd.DataFrame, held: pd.DataFrame) -> tuple[int, float]:
    """Put extracted rows beside held ones.

    Gives how many rows both have, and the largest difference of any figure that
    either has; infinite where one has a figure and the other has none.
    """
    both = rows.merge(held, on=KEY, suffixes=("", "_held"))
    ours = both[NUMBERS].apply(pd.to_numeric)
    theirs = both[[f"{name}_held" for name in NUMBERS]].apply(pd.to_numeric)
    theirs.columns = ours.columns
    apart = (ours.astype(float) - theirs.astype(float)).abs().fillna(0)
    apart = apart.mask(ours.isna() != theirs.isna(), float("inf"))
    return len(both), float(apart.to_numpy().max(initial=0))
