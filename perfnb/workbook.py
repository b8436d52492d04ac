"""Open a council's folder: registers, reference, returns and house rules.

Everything is read and checked before anything is reckoned. A broken register
keeps the folder shut; what is wrong in a return stays out of the frame and is
kept beside it, as findings.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

import pandas as pd

from perfnb import observations as tidy
from perfnb.agreement import check_baselines, read_registers
from perfnb.catalogue import Catalogue
from perfnb.errors import Fault, ParameterError
from perfnb.findings import in_order, up_to
from perfnb.ingest.quality import judge
from perfnb.ingest.returned.returns import read_returns
from perfnb.ledger_findings import ledger_findings
from perfnb.methods import Methods, read_methods
from perfnb.parameters import RunParameters, read_parameters
from perfnb.quarters import file_name, parse_quarter, write_quarter
from perfnb.receipts import came_after
from perfnb.reference import Reference
from perfnb.revisions import Revision, steps, unexplained
from perfnb.selection import Selection, WholeCouncil
from perfnb.store.history import History
from perfnb.store.remembered import remembered
from perfnb.strays import strays


@dataclass(frozen=True)
class Workbook:
    """A council's folder, read and checked.

    Parameters
    ----------
    folder : pathlib.Path
        Where it lies.
    catalogue, reference, methods
        Registers, reference data and house rules.
    history : History
        Every accepted figure of every return, all vintages, read when asked for.
    findings : tuple of Fault
        What is wrong with the returns, file by file: an error kept its row or
        file out of `observations`, a warning let it in with a mark.
    """

    folder: Path
    catalogue: Catalogue
    reference: Reference
    methods: Methods
    history: History
    findings: tuple[Fault, ...] = ()

    @property
    def observations(self) -> pd.DataFrame:
        """Every accepted figure, all vintages (`perfnb.observations`)."""
        return self.history.observations

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
        theirs = self.history.of(indicator.id for indicator in indicators)
        theirs = tidy.up_to(tidy.known_at(theirs, as_at), period)
        return Selection(
            service=self.catalogue.services[service],
            quarter=period,
            as_at=as_at,
            indicators=indicators,
            observations=tidy.latest(theirs),
            vintages=theirs,
            findings=self._findings(period, as_at),
            revised=steps(theirs, indicators, self._reasons(as_at)),
            catalogue=self.catalogue,
            reference=self.reference,
            methods=self.methods,
        )

    def as_at(self, day: date) -> pd.DataFrame:
        """Give the newest report of each figure that had been received by a day.

        Parameters
        ----------
        day : datetime.date
            Any day. What came later is as if it had not been written yet.

        Returns
        -------
        pandas.DataFrame
            The tidy frame, one row a figure; empty before the first return came.
        """
        return tidy.latest(tidy.known_at(self.observations, day))

    def _reasons(self, day: date) -> tuple[Revision, ...]:
        """List the reasons for revisions that had been written down by a day."""
        return tuple(r for r in self.catalogue.revisions if r.decided <= day)

    def whole(self, quarter: str) -> WholeCouncil:
        """Choose what a report on the whole council is about.

        Parameters
        ----------
        quarter : str
            As for `select`.

        Raises
        ------
        ParameterError
            When the quarter is not known.
        """
        period = parse_quarter(quarter)
        self._check_quarter(period)
        as_at = self._as_at(quarter)
        held = tidy.up_to(tidy.known_at(self.observations, as_at), period)
        return WholeCouncil(
            quarter=period,
            as_at=as_at,
            indicators=tuple(self.catalogue.indicators.values()),
            observations=tidy.latest(held),
            vintages=held,
            findings=self._findings(period, as_at),
            catalogue=self.catalogue,
            reference=self.reference,
            methods=self.methods,
            strays=strays(self.folder),
        )

    def _findings(self, quarter: pd.Period, day: date) -> tuple[Fault, ...]:
        """List what is wrong with the returns of a quarter that had come by a day."""
        late = came_after(self.folder, day)
        return tuple(f for f in up_to(self.findings, quarter) if f.file not in late)

    def _check_quarter(self, quarter: pd.Period) -> None:
        held = self.history.extent
        if held.first_quarter is None or held.last_quarter is None:
            message = (
                f"There are no figures for {write_quarter(quarter)}: no row of any "
                f"return was accepted. 'perfnb check' says why."
            )
            raise ParameterError(message)
        if not held.first_quarter <= quarter <= held.last_quarter:
            message = (
                f"There are no figures for {write_quarter(quarter)}; those held are "
                f"for {write_quarter(held.first_quarter)} to "
                f"{write_quarter(held.last_quarter)}."
            )
            raise ParameterError(message)

    def _as_at(self, quarter: str) -> date:
        if self.parameters_path(quarter).is_file():
            return self.parameters(quarter).as_at
        # Nothing is accepted but from a source, and each was received on a day.
        return cast(date, self.history.extent.newest)


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

    Notes
    -----
    What is wrong with returns raises nothing: it is in `Workbook.findings`.
    """
    folder = Path(folder)
    if not (folder / "data").is_dir():
        message = (
            f"There is no folder 'data' in '{folder}'. Name the workbook's folder: "
            f"the one with 'data', 'parameters' and 'notebooks' in it."
        )
        raise ParameterError(message)
    catalogue, reference = read_registers(folder)
    methods = read_methods(folder / "parameters" / "methods.yaml", folder=folder)
    check_baselines(catalogue, methods)
    history, findings = remembered(
        folder, lambda: read_observations(folder, catalogue, reference, methods)
    )
    return Workbook(folder, catalogue, reference, methods, history, findings)


def read_observations(
    folder: Path, catalogue: Catalogue, reference: Reference, methods: Methods
) -> tuple[pd.DataFrame, tuple[Fault, ...]]:
    """Read and judge the returns of a workbook.

    The answer depends on nothing but what the workbook's ``data`` and house rules
    hold (`perfnb.store.inputs.digest`): it is remembered until one of them changes.

    Parameters
    ----------
    folder : pathlib.Path
        The workbook's folder.
    catalogue, reference, methods
        Registers, reference data and house rules by which to judge.

    Returns
    -------
    observations : pandas.DataFrame
        What was accepted (`perfnb.observations.assemble`).
    findings : tuple of Fault
        What is wrong, in the order of files, sheets, rows and columns.
    """
    cells, unreadable = read_returns(folder, methods)
    observations, judged = judge(cells, catalogue, reference, methods)
    changes = steps(observations, catalogue.indicators.values(), catalogue.revisions)
    revised = unexplained(changes, catalogue.council)
    altered = ledger_findings(folder, observations, [*unreadable, *judged])
    return observations, in_order([*unreadable, *judged, *revised, *altered])
