"""The targets of groups and areas of a service, each judged by itself.

Counts of people pass the disclosure gate first: what a group reached is known
here only as far as it may be shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from perfnb.analysis.attainment import Attainment, attainment
from perfnb.analysis.frames import column, floats
from perfnb.analysis.groups import diversity
from perfnb.analysis.groups.between_groups import BreakdownFinding, breakdowns
from perfnb.analysis.targeting.differentiated import Reconciliation, reconciliation
from perfnb.analysis.targeting.gap_targets import GapAttainment, gap_attainment
from perfnb.analysis.targets import in_force
from perfnb.observations import each_once, headline, sources_of
from perfnb.quarters import Span, label, parse_period
from perfnb.registers import Indicator, Target
from perfnb.selection import Selection

AREA = "area"
"""The characteristic under which single areas are judged."""


@dataclass(frozen=True)
class PartFinding:
    """The targets of one characteristic's groups, or of single areas.

    Parameters
    ----------
    indicator : Indicator
        What it is about.
    characteristic : str
        Such as ``age``, ``deprivation`` or ``area``.
    period : str
        The period that they were judged for.
    parts : pandas.DataFrame
        One row a group: `group`, `value`, `lower_ci`, `upper_ci` [indicator's
        unit], `numerator`, `denominator` [counts as shown], `suppressed`, `target`
        [indicator's unit, missing where there is none], `status` and `certain`
        (whether the confidence interval leaves the target out).
    attainments : tuple of Attainment
        One for each row.
    reconciliation : Reconciliation or None
        The parts' targets beside the district's; None where no part has a level,
        and for single areas, which are not the whole.
    gaps : tuple of (str, GapAttainment)
        Group and how its gap to the rest stands.
    disclosure : str
        The disclosure rule in words, or ''.
    sources : tuple of str
        Ids of the sources that the figures come from.
    """

    indicator: Indicator
    characteristic: str
    period: str
    parts: pd.DataFrame
    attainments: tuple[Attainment, ...]
    reconciliation: Reconciliation | None
    gaps: tuple[tuple[str, GapAttainment], ...]
    disclosure: str
    sources: tuple[str, ...]


def part_targets(selection: Selection) -> tuple[PartFinding, ...]:
    """Judge the groups and areas that have targets of their own.

    Parameters
    ----------
    selection : Selection
        What the report is about.

    Returns
    -------
    tuple of PartFinding
        One for each breakdown of which a group has a target for its period, then
        one for each indicator with targets for single areas.
    """
    found = [_of_groups(finding, selection) for finding in breakdowns(selection)]
    found += [_of_areas(indicator, selection) for indicator in selection.indicators]
    return tuple(each for each in found if each is not None)


def _of_groups(finding: BreakdownFinding, selection: Selection) -> PartFinding | None:
    return _judged(
        finding.indicator,
        finding.characteristic,
        parse_period(finding.period),
        finding.breakdown,
        selection,
        each_once([*finding.sources, *finding.denominators]),
    )


def _of_areas(indicator: Indicator, selection: Selection) -> PartFinding | None:
    if not any(target.area for target in selection.catalogue.targets_of(indicator.id)):
        return None
    own = selection.observations
    own = own[(own["indicator"] == indicator.id) & own["denominator"].notna()]
    small = own[
        (own["authority"] == selection.council)
        & (own["area"].astype(str) != own["authority"].astype(str))
    ]
    if small.empty:
        return None
    latest = small.sort_values(["end", "start"]).iloc[-1]
    span = Span(latest["start"].date(), latest["end"].date())
    rows = _within(small, span)
    groups = pd.DataFrame(
        {
            "group": rows["area"].astype(str).array,
            "numerator": rows["numerator"].array,
            "denominator": rows["denominator"].array,
        }
    )
    compared = diversity.breakdown(
        groups,
        district=_district(indicator, span, groups, selection),
        polarity=indicator.polarity,
        interval=indicator.interval,
        per=indicator.per,
        counts_people=indicator.counts_people,
        methods=selection.methods,
    )
    return _judged(indicator, AREA, span, compared, selection, sources_of(rows))


def _judged(
    indicator: Indicator,
    characteristic: str,
    span: Span,
    compared: diversity.Breakdown,
    selection: Selection,
    sources: tuple[str, ...],
) -> PartFinding | None:
    named = [str(group) for group in compared.groups["group"]]
    levels, gaps = (
        {
            group: _target(indicator, characteristic, group, kind, span, selection)
            for group in named
        }
        for kind in ("level", "gap")
    )
    if not any(levels.values()) and not any(gaps.values()):
        return None
    attainments = tuple(
        attainment(
            float(value),
            levels[group],
            polarity=indicator.polarity,
            decimals=indicator.decimals,
            methods=selection.methods,
        )
        for group, value in zip(named, floats(compared.groups["value"]), strict=True)
    )
    parts = _parts(compared.groups, attainments)
    whole = None
    if characteristic != AREA and any(levels.values()):
        whole = _reconciled(parts, indicator, span, selection)
    return PartFinding(
        indicator,
        characteristic,
        label(span.start, span.end),
        parts,
        attainments,
        whole,
        tuple(_gaps(compared.groups, gaps, indicator, selection)),
        compared.disclosure,
        sources,
    )


def _target(
    indicator: Indicator,
    characteristic: str,
    group: str,
    kind: str,
    span: Span,
    selection: Selection,
) -> Target | None:
    subject = {"characteristic": characteristic, "group": group}
    if characteristic == AREA:
        subject = {"area": group}
    targets = selection.catalogue.targets_of(indicator.id)
    return in_force(targets, span.start, span.end, indicator, kind=kind, **subject)


def _parts(groups: pd.DataFrame, attainments: Sequence[Attainment]) -> pd.DataFrame:
    goal = np.array([_single(found.target) for found in attainments])
    lower, upper = floats(groups["lower_ci"]), floats(groups["upper_ci"])
    known = ["value", "lower_ci", "upper_ci", "numerator", "denominator", "suppressed"]
    parts: pd.DataFrame = groups[["group", *known]].assign(
        target=column(goal),
        status=[found.status for found in attainments],
        certain=(goal < lower) | (goal > upper),
    )
    return parts.reset_index(drop=True)


def _single(target: Target | None) -> float:
    return np.nan if target is None or target.value is None else target.value


def _reconciled(
    parts: pd.DataFrame, indicator: Indicator, span: Span, selection: Selection
) -> Reconciliation:
    targets = selection.catalogue.targets_of(indicator.id)
    district = in_force(targets, span.start, span.end, indicator)
    rows = _within(_headline(indicator, selection), span)
    whole = floats(rows["denominator"])
    return reconciliation(
        parts[["group", "target", "denominator"]],
        district.value if district else None,
        polarity=indicator.polarity,
        decimals=indicator.decimals,
        district_denominator=float(whole[0]) if np.isfinite(whole).any() else None,
        per=indicator.per,
    )


def _gaps(
    groups: pd.DataFrame,
    targets: Mapping[str, Target | None],
    indicator: Indicator,
    selection: Selection,
) -> Iterator[tuple[str, GapAttainment]]:
    measure = {"byar": "ratio", "wilson": "difference"}.get(indicator.interval)
    for group, target in targets.items():
        if target is None or measure is None:
            continue
        row = groups[groups["group"] == group].iloc[0]
        gap, lower, upper = (
            None if pd.isna(row[name]) else float(row[name])
            for name in (measure, f"lower_{measure}", f"upper_{measure}")
        )
        yield (
            group,
            gap_attainment(
                target,
                gap,
                (lower, upper),
                measure=indicator.interval,
                polarity=indicator.polarity,
                methods=selection.methods,
            ),
        )


def _district(
    indicator: Indicator, span: Span, groups: pd.DataFrame, selection: Selection
) -> dict[str, float]:
    """Give the published headline of a span, or else the sum of its areas."""
    rows = _within(_headline(indicator, selection), span)
    if len(rows) and rows[["numerator", "denominator"]].notna().all(axis=None):
        row = rows.iloc[0]
        return {name: float(row[name]) for name in ("numerator", "denominator")}
    known = groups[groups["numerator"].notna()]
    return {name: float(known[name].sum()) for name in ("numerator", "denominator")}


def _headline(indicator: Indicator, selection: Selection) -> pd.DataFrame:
    rows = headline(selection.observations, indicator.id)
    return rows[rows["authority"] == selection.council]


def _within(rows: pd.DataFrame, span: Span) -> pd.DataFrame:
    same = rows["start"].eq(pd.Timestamp(span.start))
    return rows[same & rows["end"].eq(pd.Timestamp(span.end))]
