"""What registers, reference data and house rules must agree on.

`perfnb.catalogue` checks the registers against each other and `perfnb.reference`
its lists; here stands what one says of the other.
"""

from __future__ import annotations

from pathlib import Path

from perfnb.catalogue import Catalogue, read_catalogue
from perfnb.errors import CatalogueError, Fault
from perfnb.methods import Methods
from perfnb.reference import Reference, read_reference


def read_registers(folder: Path) -> tuple[Catalogue, Reference]:
    """Read the registers and the reference data, which must fit together.

    Parameters
    ----------
    folder : pathlib.Path
        The workbook's folder.

    Raises
    ------
    CatalogueError
        With every fault of both; whether they fit is looked at when each is right.
    """
    faults: list[Fault] = []
    catalogue = reference = None
    try:
        catalogue = read_catalogue(folder)
    except CatalogueError as error:
        faults += error.faults
    try:
        reference = read_reference(folder)
    except CatalogueError as error:
        faults += error.faults
    if catalogue is None or reference is None:
        raise CatalogueError(faults)
    _check_references(catalogue, reference)
    return catalogue, reference


def check_baselines(catalogue: Catalogue, methods: Methods) -> None:
    """See that no baseline is shorter than the house rules let limits be.

    Raises
    ------
    CatalogueError
        With every baseline that is.
    """
    least = methods.minimum_points_for_limits
    faults = [
        Fault(
            "data/registers/rebases.csv",
            f"{least} figures or more, the least that limits need",
            str(rebase.baseline_points),
            "Set them from more figures, or leave the cell blank for all.",
            rebase.row,
            "baseline_points",
        )
        for rebase in catalogue.rebases
        if rebase.baseline_points is not None and rebase.baseline_points < least
    ]
    if faults:
        raise CatalogueError(faults)


def _check_references(catalogue: Catalogue, reference: Reference) -> None:
    council = ("framework.yaml", "council", catalogue.council, None)
    peers = [("peers.csv", "authority", p.authority, p.row) for p in catalogue.peers]
    expected = "a GSS code of authorities.csv"
    remedy = "Correct the code, or add it to authorities.csv."
    faults = [
        Fault(f"data/registers/{register}", expected, code, remedy, row, column)
        for register, column, code, row in [council, *peers]
        if code not in reference.authorities
    ]
    faults += [
        Fault(
            "data/reference/areas.csv",
            "an id that is in sources.csv, or blank",
            source,
            "Correct the id, or add the source to sources.csv.",
            area.row,
            column,
        )
        for area in reference.areas.values()
        for column in ("deprivation_source", "ward_source")
        if (source := getattr(area, column)) not in ("", *catalogue.sources)
    ]
    own = [a.code for a in reference.areas.values() if a.authority == catalogue.council]
    faults += [
        Fault(
            "data/registers/targets.csv",
            "an area of areas.csv that lies in the council, or blank",
            target.area,
            "Correct the code, or add the area to areas.csv.",
            target.row,
            "area",
        )
        for target in catalogue.targets
        if target.area not in ("", *own)
    ]
    if faults:
        raise CatalogueError(faults)
