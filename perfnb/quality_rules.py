"""House rules of data quality: when a figure is late, odd or told twice.

They stand in ``parameters/methods.yaml`` among the other house rules, of which
`perfnb.methods.Methods` is made.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from perfnb.records import Record


class QualityRules(Record):
    """The house rules that data quality is judged by; see `perfnb.methods.Methods`."""

    data_quality_quarters: Annotated[int, Field(ge=4, le=40)]
    """Quarters up to the one reported on whose figures are rated."""
    fair_completeness: Annotated[float, Field(gt=0, lt=1)]
    """Share of the figures due from which completeness is fair, not poor [share]."""
    late_days_tolerated: Annotated[int, Field(ge=0, le=366)]
    """Days after its due day up to which a figure is late, but fairly so [days]."""
    receipts_count_from: date
    """Day from which the day of receipt says when a figure was here."""
    jump_score: Annotated[float, Field(ge=2, le=10)]
    """Modified z-score of a change from which it is told as a jump."""
    minimum_changes_for_quality: Annotated[int, Field(ge=5, le=1000)]
    """Changes from period to period before jumps and twins are looked for."""
    same_series_correlation: Annotated[float, Field(gt=0.5, lt=1)]
    """Correlation of changes from which two indicators may be one [share]."""
    days_to_mend: Annotated[int, Field(ge=1, le=366)]
    """Days in which an owner sends, corrects or explains a figure [days]."""
    days_to_review: Annotated[int, Field(ge=1, le=366)]
    """Days in which definitions, owners and sources are put right [days]."""
