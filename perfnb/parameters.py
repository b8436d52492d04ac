"""What a run is asked for: a quarter, its services and its notebooks.

Each quarter has its parameters file, such as ``parameters/2025-26-q3.yaml``,
frozen once its reports are published. Every name in it must be one that the
workbook knows; an unknown name is refused before anything runs.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Self

import pandas as pd
from pydantic import field_validator, model_validator

from perfnb import quarters
from perfnb.catalogue import REGION, Catalogue
from perfnb.errors import Fault, ParameterError
from perfnb.files import read_yaml, relative
from perfnb.records import Record, check


class RunParameters(Record):
    """A parameters file: the run of one quarter.

    Parameters
    ----------
    quarter : str
        Such as ``"2025-26 Q3"``.
    as_at : datetime.date
        Returns received after this day are not looked at.
    services : tuple of str
        Ids of ``services.csv``, in the order of the site.
    notebooks : tuple of str
        Those that run for each service: file names of ``notebooks`` without
        ``.ipynb``, in the order of the site.
    council_notebooks : tuple of str
        Those that run once, for the whole council; may be none.
    peer_group : str
        Id in ``peers.csv`` of the peers that count first, or ``region``.
    """

    quarter: str
    as_at: date
    services: tuple[str, ...]
    notebooks: tuple[str, ...]
    council_notebooks: tuple[str, ...] = ()
    peer_group: str

    @field_validator("quarter")
    @classmethod
    def _is_quarter(cls, text: str) -> str:
        try:
            quarters.parse_quarter(text)
        except ParameterError as error:
            message = "a quarter such as '2025-26 Q3'"
            raise ValueError(message) from error
        return text

    @field_validator("services", "notebooks")
    @classmethod
    def _names_each_once(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        if not names or len(set(names)) < len(names):
            message = "a list of at least one name, each once"
            raise ValueError(message)
        return names

    @field_validator("council_notebooks")
    @classmethod
    def _names_at_most_once(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(names)) < len(names):
            message = "a list of names, each once"
            raise ValueError(message)
        return names

    @model_validator(mode="after")
    def _runs_one_way(self) -> Self:
        both = [name for name in self.council_notebooks if name in self.notebooks]
        if both:
            names = ", ".join(both)
            message = f"{names} under notebooks or council_notebooks, not under both"
            raise ValueError(message)
        return self

    @property
    def period(self) -> pd.Period:
        """The quarter as pandas holds it."""
        return quarters.parse_quarter(self.quarter)

    @property
    def file_name(self) -> str:
        """The quarter as files and folders are named."""
        return quarters.file_name(self.period)


def read_parameters(path: Path, catalogue: Catalogue, *, folder: Path) -> RunParameters:
    """Read the parameters of a run and look up every name in them.

    Parameters
    ----------
    path : pathlib.Path
        The YAML file.
    catalogue : Catalogue
        Which services and peer groups there are.
    folder : pathlib.Path
        The workbook's folder; its ``notebooks`` are those that can run.

    Raises
    ------
    ParameterError
        With every fault of the file.
    """
    name = relative(path, folder)
    if not path.is_file():
        there = sorted(p.stem for p in (folder / "parameters").glob("[0-9]*.yaml"))
        remedy = f"There are parameters for {', '.join(there) or 'no quarter'}."
        raise ParameterError([Fault(name, "this file to be there", remedy=remedy)])
    content, faults = read_yaml(path, folder=folder)
    parameters = None
    if not faults:
        parameters, faults = check(content, RunParameters, name=name)
    if parameters is not None:
        faults = _unknown(parameters, catalogue, name=name, folder=folder)
        if parameters.file_name != path.stem:
            expected = "the quarter that the file is named for"
            remedy = "Correct the quarter or the name of the file."
            found = parameters.quarter
            faults.insert(0, Fault(name, expected, found, remedy, column="quarter"))
    if parameters is None or faults:
        raise ParameterError(faults)
    return parameters


def _unknown(
    parameters: RunParameters, catalogue: Catalogue, *, name: str, folder: Path
) -> list[Fault]:
    notebooks = sorted(path.stem for path in (folder / "notebooks").glob("*.ipynb"))
    groups = sorted({REGION, *(peer.peer_group for peer in catalogue.peers)})
    asked = {
        "services": (parameters.services, list(catalogue.services)),
        "notebooks": (parameters.notebooks, notebooks),
        "council_notebooks": (parameters.council_notebooks, notebooks),
        "peer_group": ((parameters.peer_group,), groups),
    }
    return [
        Fault(
            name,
            f"one of {', '.join(known)}",
            found=text,
            column=key,
            remedy="Correct the name.",
        )
        for key, (texts, known) in asked.items()
        for text in texts
        if text not in known
    ]
