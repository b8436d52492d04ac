"""Gather all that is known of a council's data quality in a quarter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from perfnb.analysis.data_quality import completeness
from perfnb.analysis.data_quality.evidence import Evidence
from perfnb.analysis.data_quality.ratings import Rating, evidence_of, ratings
from perfnb.analysis.data_quality.source_systems import unused
from perfnb.analysis.data_quality.twins import Twins, twins
from perfnb.analysis.vintages.reconciliation import Reconciliation, reconciliations
from perfnb.observations import each_once
from perfnb.registers import Source
from perfnb.selection import WholeCouncil


@dataclass(frozen=True)
class CouncilQuality:
    """What is known of the quality of every figure of a council.

    Parameters
    ----------
    held : WholeCouncil
        The quarter, and the findings and strays of the folder.
    evidence : tuple of Evidence
        Of each indicator, in the order of the register.
    ratings : mapping of str to Rating
        By the indicator's id.
    matrix : pandas.DataFrame
        What came and what did not (`perfnb.analysis.data_quality.completeness`).
    twins : tuple of Twins
        Indicators that tell the same.
    reconciliations : tuple of Reconciliation
        Sources that give the same figures, for all councils held.
    unused : tuple of Source
        Sources that nothing is taken from.
    """

    held: WholeCouncil
    evidence: tuple[Evidence, ...]
    ratings: Mapping[str, Rating]
    matrix: pd.DataFrame
    twins: tuple[Twins, ...]
    reconciliations: tuple[Reconciliation, ...]
    unused: tuple[Source, ...]

    @property
    def counts(self) -> Counter[str]:
        """How many indicators are good, fair, poor and not judged."""
        return Counter(rating.overall for rating in self.ratings.values())


def council_quality(held: WholeCouncil) -> CouncilQuality:
    """Gather what is known of the quality of a council's figures.

    Parameters
    ----------
    held : WholeCouncil
        What the report is about.

    Returns
    -------
    CouncilQuality
    """
    found = evidence_of(held)
    methods = held.methods
    return CouncilQuality(
        held=held,
        evidence=found,
        ratings=ratings(held),
        matrix=completeness.matrix(
            {each.indicator.id: each.arrivals for each in found},
            held.quarter,
            methods.data_quality_quarters,
        ),
        twins=twins(
            held.indicators, {each.indicator.id: each.points for each in found}, methods
        ),
        reconciliations=reconciliations(held.vintages, held.indicators, methods),
        unused=unused(held.catalogue.sources, _used(held)),
    )


def _used(held: WholeCouncil) -> tuple[str, ...]:
    """List every source that a figure, a register or a reference list names."""
    catalogue, reference = held.catalogue, held.reference
    figures = held.vintages
    areas = reference.areas.values()
    return each_once(
        [
            *figures["source"].unique(),
            *figures["denominator_source"].unique(),
            *(each.source for each in catalogue.breaks),
            *(each.source for each in catalogue.peers),
            *(each.source for each in catalogue.targets),
            *(each.source for each in catalogue.revisions),
            *(each.source for each in reference.listed.values()),
            *(each.source for each in reference.names),
            *(each.source for each in reference.changes),
            *(each.source for each in reference.wards),
            *(each.deprivation_source for each in areas),
            *(each.ward_source for each in areas),
        ]
    )
