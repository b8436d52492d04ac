"""How far two sources of one indicator differ, and whether always to one side.

Two publishers of the same statistics can disagree for years. A series that
changes from one to the other then moves without anything having happened; how
much, is measured here from the figures that both give.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from perfnb.analysis.frames import floats, require
from perfnb.analysis.vintages.pairs import pairs
from perfnb.methods import Methods
from perfnb.observations import KEY, headline
from perfnb.registers import Indicator

METHOD = (
    "Figures for whole authorities that both sources give are set side by side; the "
    "difference is the later source less the earlier. Whether one source lies on one "
    "side of the other is asked of authorities, each counted once, by an exact sign "
    "test at {confidence:.0%} (Dixon and Mood 1946)."
)

IDENTICAL = "identical"
ONE_SIDED = ("lower", "higher")
EITHER_WAY = "either way"
TOO_FEW = "too few to say"


@dataclass(frozen=True)
class Largest:
    """The figure on which two sources differ most.

    Parameters
    ----------
    authority : str
        GSS code.
    start, end : datetime.datetime
        First and last day of its period.
    earlier_value, later_value : float
        [indicator's unit]
    """

    authority: str
    start: datetime
    end: datetime
    earlier_value: float
    later_value: float

    @property
    def difference(self) -> float:
        """Later less earlier [indicator's unit]."""
        return self.later_value - self.earlier_value


@dataclass(frozen=True)
class Reconciliation:
    """How two sources of one indicator agree.

    Parameters
    ----------
    indicator : str
        Its id.
    earlier, later : str
        Ids of the sources, by when they were received, then published.
    n, n_authorities : int
        Figures that both give; authorities that they are for.
    start, end : datetime.datetime
        First day of the earliest period that both give, last day of the latest.
    mean_difference : float
        Later less earlier [indicator's unit].
    relative_difference : float or None
        The same as a share of the mean of the earlier source; None where that
        is nought.
    n_identical, n_higher, n_lower : int
        Figures that are the same to the decimals shown; that the later source
        gives higher, or lower.
    largest : Largest
        Where they differ most; of equals the first by period and authority.
    p_value : float or None
        Of the sign test; None where all is identical.
    side : str
        'lower' or 'higher' when the later source lies on that side for more
        authorities than chance gives; 'either way'; 'identical'; 'too few to say'
        when not even authorities that all lie on one side would tell.
    method : str
        What was done, with its source.
    """

    indicator: str
    earlier: str
    later: str
    n: int
    n_authorities: int
    start: datetime
    end: datetime
    mean_difference: float
    relative_difference: float | None
    n_identical: int
    n_higher: int
    n_lower: int
    largest: Largest
    p_value: float | None
    side: str
    method: str

    @property
    def share_identical(self) -> float:
        """Share of the figures that are the same to the decimals shown."""
        return self.n_identical / self.n


def reconciliations(
    vintages: pd.DataFrame, indicators: Iterable[Indicator], methods: Methods
) -> tuple[Reconciliation, ...]:
    """Set every two sources of an indicator against each other.

    Parameters
    ----------
    vintages : pandas.DataFrame
        The tidy frame with every report of each figure
        (`perfnb.observations.assemble`).
    indicators : iterable of Indicator
        Which to look at. Only figures for whole authorities and everybody are:
        two vintages of a small group would tell more of it than either.
    methods : Methods
        House rules: `confidence`.

    Returns
    -------
    tuple of Reconciliation
        One for each two sources with a figure in common, in the order of the
        indicators; empty when no figure is held twice.

    Raises
    ------
    PerfnbError
        When a column is missing or a source gives a figure twice.

    References
    ----------
    Dixon and Mood (1946) The statistical sign test, JASA 41:557-566. Bland and
    Altman (1986) Lancet 327:307-310, for taking differences and not correlations
    as the measure of agreement.
    """
    require(vintages, KEY, "vintages")
    repeated = vintages[vintages.duplicated(KEY, keep=False)]
    named = set(repeated["indicator"].unique())
    return tuple(
        _reconciled(indicator.id, found, methods)
        for indicator in indicators
        if indicator.id in named
        for _, found in pairs(
            headline(repeated, indicator.id), indicator.decimals
        ).groupby(["earlier", "later"], sort=False)
    )


def _reconciled(
    indicator: str, found: pd.DataFrame, methods: Methods
) -> Reconciliation:
    difference = floats(found["difference"])
    earlier = floats(found["earlier_value"]).mean()
    differs = ~found["identical"].to_numpy(dtype=bool)
    sides = np.where(differs, np.sign(difference), 0.0)
    p_value, side = _side(found["authority"], sides, 1 - methods.confidence)
    return Reconciliation(
        indicator=indicator,
        earlier=found["earlier"].iloc[0],
        later=found["later"].iloc[0],
        n=len(found),
        n_authorities=found["authority"].nunique(),
        start=found["start"].min(),
        end=found["end"].max(),
        mean_difference=float(difference.mean()),
        relative_difference=float(difference.mean() / earlier) if earlier else None,
        n_identical=int((~differs).sum()),
        n_higher=int((sides > 0).sum()),
        n_lower=int((sides < 0).sum()),
        largest=_largest(found, difference),
        p_value=p_value,
        side=side,
        method=METHOD.format(confidence=methods.confidence),
    )


def _largest(found: pd.DataFrame, difference: np.ndarray[Any, Any]) -> Largest:
    row = found.iloc[int(np.abs(difference).argmax())]
    return Largest(
        authority=row["authority"],
        start=row["start"],
        end=row["end"],
        earlier_value=float(row["earlier_value"]),
        later_value=float(row["later_value"]),
    )


def _side(
    authorities: pd.Series, sides: np.ndarray[Any, Any], significance: float
) -> tuple[float | None, str]:
    """Ask whether more authorities lie on one side than chance gives.

    The years of one authority are made alike and tell the same thing again, so an
    authority counts once, for the side on which more of its figures lie.
    """
    if not sides.any():
        return None, IDENTICAL
    votes = np.sign(pd.Series(sides).groupby(authorities.to_numpy()).sum())
    higher, lower = int((votes > 0).sum()), int((votes < 0).sum())
    n = higher + lower
    p_value = float(stats.binomtest(higher, n).pvalue) if n else 1.0
    if 2 * 0.5**n >= significance:
        return p_value, TOO_FEW
    if p_value >= significance:
        return p_value, EITHER_WAY
    return p_value, ONE_SIDED[int(higher > lower)]
