"""What one report is about: one service in one quarter, with all it needs.

A notebook opens the workbook, selects its service and quarter, and hands the
selection to the analyses. They look at nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from perfnb.catalogue import Catalogue
from perfnb.methods import Methods
from perfnb.reference import Reference
from perfnb.registers import Indicator, Service


@dataclass(frozen=True)
class Selection:
    """A service in a quarter.

    Parameters
    ----------
    service : Service
        Whose report it is.
    quarter : pandas.Period
        The quarter reported on; nothing later is in `observations`.
    as_at : datetime.date
        The day up to which returns had been received.
    indicators : tuple of Indicator
        The service's indicators, in the order of the register.
    observations : pandas.DataFrame
        The newest report of each figure of these indicators.
    revised : pandas.DataFrame
        Figures that a later source gave differently
        (`perfnb.observations.revisions`).
    catalogue, reference, methods
        Registers, reference data and house rules.
    """

    service: Service
    quarter: pd.Period
    as_at: date
    indicators: tuple[Indicator, ...]
    observations: pd.DataFrame
    revised: pd.DataFrame
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
