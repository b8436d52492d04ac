"""The others: authorities, small areas and the published indicator lists.

Reference data is what the council did not make and does not change: codes and
names, the deprivation of small areas, and the national lists that an indicator
may be taken from. It lies in ``data/reference``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field

from perfnb.errors import CatalogueError, Fault
from perfnb.records import Record, Row, read_csv


class Authority(Record):
    """A local authority, present or past."""

    code: str
    name: str
    kind: str
    region: str = ""
    county: str = ""
    register_code: str = ""
    e_code: str = ""
    snac: str = ""
    start: date | None = None
    end: date | None = None
    replaced_by: str = ""


class Area(Record):
    """A small area of an authority with its ward and its deprivation.

    `deprivation_decile` is national: 1 holds the most deprived tenth of the
    small areas of England, 10 the least deprived.
    """

    code: str
    name: str
    kind: str
    authority: str
    ward_code: str = ""
    ward_name: str = ""
    deprivation_rank: int | None = None
    deprivation_decile: int | None = Field(default=None, ge=1, le=10)
    deprivation_source: str = ""
    ward_source: str = ""


class AuthorityName(Record):
    """Another name, or a code of another kind, that an authority goes by."""

    name: str
    kind: Literal["name", "DETR code"]
    authority: str
    source: str


class AreaChange(Record):
    """What became of a small area from one census to the next.

    A split area has a row for each of its parts; a merged one has a row for each
    area that went into the new one; `redrawn` is neither.
    """

    older: str
    older_name: str
    older_census: Literal["2001", "2011"]
    change: Literal["unchanged", "split", "merged", "redrawn"]
    newer: str
    newer_name: str
    newer_census: Literal["2011", "2021"]
    authority: str
    source: str


class AreaWard(Record):
    """The ward that a small area lies in by best fit, for wards of a year."""

    area: str
    area_name: str
    kind: str
    authority: str
    ward_code: str
    ward_name: str
    wards: str
    source: str


class ListedIndicator(Record):
    """A row of a published indicator list, with how certain we are of it."""

    id: str
    title: str
    unit: str = ""
    polarity: str = ""
    frequency: str = ""
    certainty: Literal["certain", "partly", "uncertain"]
    note: str = ""
    source: str = ""


@dataclass(frozen=True)
class Reference:
    """All reference data of a workbook.

    Other names, the changes of small areas and their wards of other years are
    for places that are not written by the codes of `authorities` and `areas`; a
    workbook may do without.
    """

    authorities: Mapping[str, Authority]
    areas: Mapping[str, Area]
    listed: Mapping[str, ListedIndicator]
    names: tuple[AuthorityName, ...] = ()
    changes: tuple[AreaChange, ...] = ()
    wards: tuple[AreaWard, ...] = ()

    def name(self, authority: str) -> str:
        """Name an authority; one that is not listed keeps its code."""
        known = self.authorities.get(authority)
        return known.name if known else authority


def read_reference(folder: Path) -> Reference:
    """Read the reference data of a workbook.

    Parameters
    ----------
    folder : pathlib.Path
        The workbook's folder; the files are in ``data/reference``.

    Raises
    ------
    CatalogueError
        With every fault of every file.
    """
    reference = folder / "data" / "reference"
    faults: list[Fault] = []

    def table(name: str, model: type[Row], *key: str) -> list[Row]:
        rows, wrong = read_csv(reference / name, model, folder=folder, key=key)
        faults.extend(wrong)
        return rows

    def extra(name: str, model: type[Row], *key: str) -> tuple[Row, ...]:
        there = (reference / name).is_file()
        return tuple(table(name, model, *key)) if there else ()

    authorities = table("authorities.csv", Authority, "code")
    areas = table("areas.csv", Area, "code")
    listed = table("national-indicators-2008.csv", ListedIndicator, "id")
    listed += table("local-outcomes-framework.csv", ListedIndicator, "id")
    names = extra("authority-names.csv", AuthorityName, "name", "authority")
    changes = extra("area-changes.csv", AreaChange, "older", "older_census", "newer")
    wards = extra("area-wards.csv", AreaWard, "area", "wards")
    if faults:
        raise CatalogueError(faults)
    return Reference(
        authorities={authority.code: authority for authority in authorities},
        areas={area.code: area for area in areas},
        listed={row.id: row for row in listed},
        names=names,
        changes=changes,
        wards=wards,
    )
