"""Open a council's folder: registers, reference, returns and house rules.

Everything is read and checked before anything is reckoned; what is wrong is
told all at once, family by family.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from perfnb import observations as tidy
from perfnb.catalogue import Catalogue, read_catalogue
from perfnb.errors import CatalogueError, Fault, ParameterError, ReturnError
from perfnb.ingest.quality import judge
from perfnb.ingest.returns import read_returns
from perfnb.methods import Methods, read_methods
from perfnb.parameters import RunParameters, read_parameters
from perfnb.quarters import file_name, parse_quarter, write_quarter
from perfnb.reference import Reference, read_reference
from perfnb.selection import Selection


@dataclass(frozen=True)
class Workbook:
    """A council's folder, read and checked.

    Parameters
    ----------
    folder : pathlib.Path
        Where it lies.
    catalogue, reference, methods
        Registers, reference data and house rules.
    observations : pandas.DataFrame
        Every figure of every return, all vintages (`perfnb.observations`).
    """

    folder: Path
    catalogue: Catalogue
    reference: Reference
    methods: Methods
    observations: pd.DataFrame

    def parameters_path(self, quarter: str) -> Path:
        """Name the parameters file of a quarter, whether or not it is there."""
        name = f"{file_name(parse_quarter(quarter))}.yaml"
        return self.folder / "parameters" / name

    def parameters(self, quarter: str) -> RunParameters:
        """Read the parameters of a quarter's run.

        Raises
        ------
        ParameterError
            When there is no such quarter, no file for it, or the file names
            what the workbook does not have.
        """
        path = self.parameters_path(quarter)
        return read_parameters(path, self.catalogue, folder=self.folder)

    def select(self, service: str, quarter: str) -> Selection:
        """Choose what a report is about.

        Parameters
        ----------
        service : str
            Its id in ``services.csv``, such as ``"waste-and-recycling"``.
        quarter : str
            Such as ``"2025-26 Q3"``. Its parameters file says as at which day;
            a quarter without one is looked at with all that has been received.

        Raises
        ------
        ParameterError
            When the service or the quarter is not known.
        """
        if service not in self.catalogue.services:
            known = ", ".join(self.catalogue.services)
            message = f"'{service}' is not a service of services.csv: {known}."
            raise ParameterError(message)
        period = parse_quarter(quarter)
        self._check_quarter(period)
        as_at = self._as_at(quarter)
        indicators = self.catalogue.indicators_of(service)
        theirs = tidy.up_to(tidy.known_at(self.observations, as_at), period)
        theirs = theirs[theirs["indicator"].isin([i.id for i in indicators])]
        return Selection(
            service=self.catalogue.services[service],
            quarter=period,
            as_at=as_at,
            indicators=indicators,
            observations=tidy.latest(theirs),
            revised=tidy.revisions(theirs, indicators),
            catalogue=self.catalogue,
            reference=self.reference,
            methods=self.methods,
        )

    def _check_quarter(self, quarter: pd.Period) -> None:
        held = self.observations["quarter"]
        if not held.min() <= quarter <= held.max():
            message = (
                f"There are no figures for {write_quarter(quarter)}; those held are "
                f"for {write_quarter(held.min())} to {write_quarter(held.max())}."
            )
            raise ParameterError(message)

    def _as_at(self, quarter: str) -> date:
        if self.parameters_path(quarter).is_file():
            return self.parameters(quarter).as_at
        newest: pd.Timestamp = self.observations["received"].max()
        return newest.date()


def open_workbook(folder: str | Path) -> Workbook:
    """Read and check everything that a council's folder holds.

    Parameters
    ----------
    folder : str or pathlib.Path
        The folder with ``data`` and ``parameters`` in it.

    Returns
    -------
    Workbook

    Raises
    ------
    CatalogueError
        When a register or reference list is broken.
    ParameterError
        When the folder or the house rules are not there or broken.
    ReturnError
        When a return holds figures that cannot be right.
    """
    folder = Path(folder)
    if not (folder / "data").is_dir():
        message = (
            f"There is no folder 'data' in '{folder}'. Name the workbook's folder: "
            f"the one with 'data', 'parameters' and 'notebooks' in it."
        )
        raise ParameterError(message)
    catalogue, reference = _read_registers(folder)
    methods = read_methods(folder / "parameters" / "methods.yaml", folder=folder)
    _check_baselines(catalogue, methods)
    cells, unreadable = read_returns(folder)
    observations, wrong = judge(cells, catalogue, reference)
    if unreadable or wrong:
        raise ReturnError([*unreadable, *wrong])
    return Workbook(folder, catalogue, reference, methods, observations)


def _read_registers(folder: Path) -> tuple[Catalogue, Reference]:
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


def _check_baselines(catalogue: Catalogue, methods: Methods) -> None:
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
