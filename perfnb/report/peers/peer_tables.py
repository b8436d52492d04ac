"""The figures of councils among their peers: as a table and to take away."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

import pandas as pd

from perfnb.analysis.peers.among_peers import AgainstGroup, BenchmarkFinding
from perfnb.registers import Indicator
from perfnb.report.downloads import Download, download
from perfnb.report.elements import Table, rows_of
from perfnb.report.words import NOTHING, exact, value_of
from perfnb.selection import Selection

MOST_NAMED = 25
"""With more councils than this, names beside a chart would not be legible."""

MOST_COUNTED = 10
"""With more councils than this, a table gives their places and figures alone."""


AROUND = 5
"""Councils of a large group that its table gives at either end and around one."""

_PLACES = {1: "above", -1: "below", 0: "within"}


def named_positions(against: AgainstGroup, selection: Selection) -> pd.DataFrame:
    """Give the positions with the councils' names, best first."""
    positions = against.comparison.positions
    names = [selection.reference.name(code) for code in positions["authority"]]
    return positions.assign(name=names).reset_index(drop=True)


def peer_table(
    finding: BenchmarkFinding, against: AgainstGroup, selection: Selection
) -> Table:
    """Set out the councils of a comparison, with counts and intervals when few."""
    indicator = finding.indicator
    positions = named_positions(against, selection)
    many = len(positions) > MOST_COUNTED
    counted = bool(positions["numerator"].notna().any()) and not many
    headings = ["Council", "Place", f"Value ({indicator.unit})"]
    if counted:
        confidence = f"{selection.methods.confidence:.0%} interval"
        headings += [confidence, indicator.numerator, indicator.denominator]
    best = indicator.polarity in ("maximise", "minimise")
    order = "best first" if best else "highest first"
    shown = _shortened(positions)
    if len(shown) < len(positions):
        order += (
            f": the first, the last and those around {selection.council_name}; all are "
            "in the download"
        )
    return Table(
        caption=f"{indicator.title}, {finding.period}, {order}",
        headings=headings,
        rows=[_row(row, indicator, counted) for row in rows_of(shown)],
        numeric=range(1, len(headings)),
        folds=not many,
    )


def funnel_table(
    finding: BenchmarkFinding, against: AgainstGroup, selection: Selection
) -> Table:
    """Set out the councils outside the limits of a funnel, and the council itself.

    All of them, with their sizes, are in the download.
    """
    indicator = finding.indicator
    value = f"Value ({indicator.unit})"
    return Table(
        caption=f"{indicator.title}, {finding.period}, lowest first: the councils "
        f"outside the limits and {selection.council_name}; all, with their sizes, are "
        "in the download",
        headings=["Council", value, "Limits"],
        rows=[
            [
                selection.reference.name(row.area),
                value_of(row.value, indicator),
                _PLACES[int(row.side)],
            ]
            for row in rows_of(_told(against, selection))
        ],
        numeric=(1,),
        folds=False,
    )


def peer_downloads(
    finding: BenchmarkFinding,
    against: AgainstGroup,
    selection: Selection,
    shown: Collection[str],
) -> tuple[Download, Download | None]:
    """Offer the councils that a table shows and, where those are not all, all."""
    every = peer_download(finding, against, selection)
    place = list(every.headings).index("authority")
    rows = [row for row in every.rows if row[place] in shown]
    if len(rows) == len(every.rows):
        return every, None
    some = replace(every, name=f"{every.name}-shown", rows=rows)
    return some, replace(every, what=f"all {len(every.rows)} councils")


def in_peer_table(against: AgainstGroup) -> list[str]:
    """List the codes of the councils that a table of peers shows."""
    return list(_shortened(against.comparison.positions)["authority"])


def in_funnel_table(against: AgainstGroup, selection: Selection) -> list[str]:
    """List the codes of the councils that a table beside a funnel shows."""
    return list(_told(against, selection)["area"])


def peer_download(
    finding: BenchmarkFinding, against: AgainstGroup, selection: Selection
) -> Download:
    """Offer the councils of a comparison with their counts and intervals."""
    columns = ["name", "authority", "rank", "value", "numerator", "denominator"]
    positions = named_positions(against, selection)
    if len(positions) <= MOST_NAMED:
        columns += ["lower_ci", "upper_ci"]
    return download(
        f"{finding.indicator.id}-{against.group.id}",
        positions[columns].assign(
            indicator=finding.indicator.id,
            unit=finding.indicator.unit,
            period=finding.period,
        ),
    )


def _told(against: AgainstGroup, selection: Selection) -> pd.DataFrame:
    """Keep of a funnel the councils outside its limits, and the council itself."""
    if against.funnel is None:
        return pd.DataFrame(columns=["area", "value", "side"])
    points = against.funnel.points
    own = points["area"].eq(selection.council)
    told: pd.DataFrame = points[own | points["side"].ne(0)].sort_values("value")
    return told


def _shortened(positions: pd.DataFrame) -> pd.DataFrame:
    """Keep of a large group its ends and the council's neighbours."""
    if len(positions) <= MOST_NAMED:
        return positions
    places = positions.index
    keep = (places < AROUND) | (places >= len(positions) - AROUND)
    for own in places[positions["is_own"]]:
        keep |= abs(places - own) <= AROUND
    return positions[keep]


def _row(row: Any, indicator: Indicator, counted: bool) -> list[str]:
    cells = [row.name, str(row.rank), value_of(row.value, indicator)]
    if not counted:
        return cells
    low, high = (value_of(limit, indicator) for limit in (row.lower_ci, row.upper_ci))
    interval = f"{low} to {high}" if pd.notna(row.lower_ci) else NOTHING
    return [*cells, interval, exact(row.numerator), exact(row.denominator)]
