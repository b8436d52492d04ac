"""All that the checks find of one indicator, gathered for those who judge it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from perfnb.analysis.data_quality import told
from perfnb.analysis.data_quality.arrivals import arrivals
from perfnb.analysis.data_quality.completeness import Completeness, completeness
from perfnb.analysis.data_quality.jumps import Jumps, jumps
from perfnb.analysis.data_quality.recomputation import Recomputation, recomputation
from perfnb.analysis.data_quality.registered import Registered, registered
from perfnb.analysis.data_quality.source_systems import Systems, source_systems
from perfnb.analysis.data_quality.timeliness import Timeliness, timeliness
from perfnb.analysis.vintages.pairs import pairs
from perfnb.breaks import Break
from perfnb.errors import Fault
from perfnb.observations import KEY, headline, series
from perfnb.quarters import months_between
from perfnb.registers import Indicator
from perfnb.selection import Held


@dataclass(frozen=True)
class Evidence:
    """What is known of the quality of an indicator's figures.

    Parameters
    ----------
    indicator : Indicator
        Whose figures they are.
    points : pandas.DataFrame
        The council's periods due (`perfnb.observations.series`).
    arrivals : pandas.DataFrame
        Whether and when each came (`perfnb.analysis.data_quality.arrivals`).
    completeness, timeliness, recomputation, jumps, systems, registered
        As their modules give them.
    doubles : pandas.DataFrame
        The council's headline figures that two sources give, side by side
        (`perfnb.analysis.vintages.pairs`).
    breaks : tuple of Break
        Where the series is made differently, as registered.
    findings : tuple of Fault
        What is wrong with its returns.
    marks : tuple of (str, str)
        Periods of the figures shown that were let in with a mark, and the mark.
    """

    indicator: Indicator
    points: pd.DataFrame
    arrivals: pd.DataFrame
    completeness: Completeness
    timeliness: Timeliness
    recomputation: Recomputation
    jumps: Jumps
    systems: Systems
    registered: Registered
    doubles: pd.DataFrame
    breaks: tuple[Break, ...]
    findings: tuple[Fault, ...]
    marks: tuple[tuple[str, str], ...]

    @property
    def figures(self) -> int:
        """How many periods have a figure."""
        return int(self.points["value"].notna().sum())


def evidence(held: Held) -> tuple[Evidence, ...]:
    """Gather what is known of every indicator's figures.

    Parameters
    ----------
    held : Held
        A service's selection or the whole council's. Of figures about people
        only those for everybody are looked at.

    Returns
    -------
    tuple of Evidence
        One for each indicator, in the order of the register.
    """
    ours = held.vintages["authority"] == held.council
    own, others = held.vintages[ours], held.vintages[~ours]
    newest = held.observations[held.observations["authority"] == held.council]
    found = [each for each in held.findings if each.indicator]
    return tuple(
        _of(each, held, own, newest, told.of_indicator(found, each.id, others))
        for each in held.indicators
    )


def _of(
    indicator: Indicator,
    held: Held,
    own: pd.DataFrame,
    newest: pd.DataFrame,
    findings: tuple[Fault, ...],
) -> Evidence:
    rows = _of_its_own_length(headline(own, indicator.id), indicator)
    points = series(newest, indicator, held.council, held.quarter)
    came = arrivals(
        rows, indicator, held.catalogue.sources, held.quarter, held.as_at, held.methods
    )
    breaks = held.catalogue.breaks_of(indicator.id)
    return Evidence(
        indicator=indicator,
        points=points,
        arrivals=came,
        completeness=completeness(came, held.quarter, held.methods),
        timeliness=timeliness(came, held.quarter, held.methods),
        recomputation=recomputation(headline(newest, indicator.id), indicator),
        jumps=jumps(points, _explained(points, breaks), held.methods),
        systems=source_systems(rows, indicator, held.catalogue.sources),
        registered=registered(indicator, held.as_at),
        doubles=pairs(rows[rows.duplicated(KEY, keep=False)], indicator.decimals),
        breaks=breaks,
        findings=findings,
        marks=_marks(points),
    )


def _of_its_own_length(rows: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """Leave out figures of other spans, such as a month of a quarterly indicator."""
    months = [
        months_between(start.date(), end.date())
        for start, end in zip(rows["start"], rows["end"], strict=True)
    ]
    return rows[[each == indicator.window_months for each in months]]


def _explained(points: pd.DataFrame, breaks: tuple[Break, ...]) -> pd.Series:
    """Give for each point the reason of the break that starts with it, or blank."""
    reasons = pd.Series([""] * len(points), dtype="string")
    for each in breaks:
        after = points["start"] >= pd.Timestamp(each.start)
        if after.any():
            reasons.iloc[int(after.to_numpy().argmax())] = each.reason
    return reasons


def _marks(points: pd.DataFrame) -> tuple[tuple[str, str], ...]:
    marked = points[points["mark"] != ""]
    return tuple(
        (str(period), str(mark))
        for period, mark in zip(marked["period"], marked["mark"], strict=True)
    )
