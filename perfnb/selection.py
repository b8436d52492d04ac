"""What one report is about: a service in a quarter, or the whole council in it.

A notebook opens the workbook, selects its service (or the whole council) and
quarter, and hands the selection to the analyses. They look at nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from perfnb.catalogue import Catalogue
from perfnb.errors import Fault
from perfnb.methods import Methods
from perfnb.reference import Reference
from perfnb.registers import Indicator, Service


# Two selections are the same only if they are one: frames cannot be compared by
# themselves, and what is reckoned of a selection may be kept with it.
@dataclass(frozen=True, eq=False, kw_only=True)
class Held:
    """What a report may look at: figures, registers and house rules in a quarter.

    Parameters
    ----------
    quarter : pandas.Period
        The quarter reported on; nothing later is in `observations`.
    as_at : datetime.date
        The day up to which returns had been received.
    indicators : tuple of Indicator
        Those reported on, in the order of the register.
    observations : pandas.DataFrame
        The newest report of each figure of these indicators.
    vintages : pandas.DataFrame
        Every report of them, the earlier ones too.
    findings : tuple of Fault
        What is wrong with the returns up to the quarter.
    catalogue, reference, methods
        Registers, reference data and house rules.
    """

    quarter: pd.Period
    as_at: date
    indicators: tuple[Indicator, ...]
    observations: pd.DataFrame
    vintages: pd.DataFrame
    findings: tuple[Fault, ...]
    catalogue: Catalogue
    reference: Reference
    methods: Methods

    @property
    def council(self) -> str:
        """GSS code of the council whose report it is."""
        return self.catalogue.council

    @property
    def council_name(self) -> str:
        """Name of the council whose report it is."""
        return self.reference.name(self.council)


@dataclass(frozen=True, eq=False, kw_only=True)
class Selection(Held):
    """A service in a quarter.

    Parameters
    ----------
    service : Service
        Whose report it is.
    revised : pandas.DataFrame
        Every change of a figure that a later source gave differently
        (`perfnb.revisions.steps`).
    """

    service: Service
    revised: pd.DataFrame


@dataclass(frozen=True, eq=False, kw_only=True)
class WholeCouncil(Held):
    """Every service of a council in a quarter, and what lies about in its folder.

    Parameters
    ----------
    strays : tuple of Stray
        Files that nobody reads, and notebooks that read files by themselves.
    """

    strays: tuple[Stray, ...]


@dataclass(frozen=True)
class Stray:
    """Something in the workbook's folder that goes past its registers.

    Parameters
    ----------
    file : str
        Its path relative to the folder.
    what : str
        What was found, in words that go on from the file's name.
    used_by : tuple of str
        Notebooks whose code names it.
    """

    file: str
    what: str
    used_by: tuple[str, ...] = ()
