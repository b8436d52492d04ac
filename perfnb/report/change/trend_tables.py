"""Write the figures that a chart over time draws: as a table and to take away."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from perfnb.analysis.change.over_time import TrendFinding
from perfnb.report.elements import Table
from perfnb.report.target_words import aim
from perfnb.report.words import NOTHING, exact, value_of


def figures(finding: TrendFinding) -> pd.DataFrame:
    """Give the figures of a chart, unrounded, with their limits and targets.

    Parameters
    ----------
    finding : TrendFinding
        With at least one figure.

    Returns
    -------
    pandas.DataFrame
        One row for each period up to the latest figure: what was reported, the
        columns of `perfnb.analysis.change.trend.Trend.points`, and `target`,
        `target_low`, `target_high` [indicator's unit], `target_basis`,
        `definition_version`.
    """
    rows = finding.trend.points
    held = finding.targets[: len(rows)]
    return rows.drop(columns=["quarter", "side"]).assign(
        target=_levels(each.value if each else None for each in held),
        target_low=_levels(each.low if each else None for each in held),
        target_high=_levels(each.high if each else None for each in held),
        target_basis=["" if each is None else each.basis for each in held],
        definition_version=finding.versions[: len(rows)],
        indicator=finding.indicator.id,
        unit=finding.indicator.unit,
    )


def figures_table(finding: TrendFinding) -> Table:
    """List the figures of a chart as people read them.

    Parameters
    ----------
    finding : TrendFinding
        With at least one figure.

    Returns
    -------
    Table
        A row for each period; a column only where there is something to say.
    """
    indicator, rows = finding.indicator, finding.trend.points
    columns: dict[str, list[str]] = {
        "Period": [str(period) for period in rows["period"]],
        f"Value ({indicator.unit})": [value_of(v, indicator) for v in rows["value"]],
    }
    if rows["numerator"].notna().any():
        for name in ("numerator", "denominator"):
            heading = getattr(indicator, name)
            columns[heading] = [exact(number) for number in rows[name]]
    if rows["upper_limit"].notna().any():
        for name in ("mean", "lower_limit", "upper_limit"):
            heading = name.replace("_", " ").capitalize()
            columns[heading] = [_or_nothing(level, finding) for level in rows[name]]
    numeric = range(1, len(columns))
    columns |= _in_words(finding)
    return Table(
        caption=f"{indicator.title} by period",
        headings=list(columns),
        rows=[list(cells) for cells in zip(*columns.values(), strict=True)],
        numeric=numeric,
        whole=(0,),
    )


def _in_words(finding: TrendFinding) -> dict[str, list[str]]:
    rows = finding.trend.points
    columns: dict[str, list[str]] = {}
    if any(finding.targets[: len(rows)]):
        columns["Target"] = [
            NOTHING if each is None else aim(each, finding.indicator)
            for each in finding.targets[: len(rows)]
        ]
    if rows["special_cause"].ne("").any():
        columns["Marked as"] = [cause or NOTHING for cause in rows["special_cause"]]
    versions = finding.versions[: len(rows)]
    if len(set(versions)) > 1:
        columns["Definition"] = [f"version {version}" for version in versions]
    columns["Status"] = [str(status) for status in rows["status"]]
    if rows["mark"].ne("").any():
        columns["Let in with a mark"] = [str(mark) or NOTHING for mark in rows["mark"]]
    return columns


def _or_nothing(level: Any, finding: TrendFinding) -> str:
    return NOTHING if pd.isna(level) else value_of(level, finding.indicator)


def _levels(values: Iterable[float | None]) -> pd.api.extensions.ExtensionArray:
    return pd.array(list(values), dtype="Float64")
