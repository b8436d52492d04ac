"""Show how unequal groups are all together, and how far from the best of them."""

from __future__ import annotations

from typing import Any

from perfnb.analysis.groups.between_groups import BreakdownFinding
from perfnb.methods import Methods
from perfnb.report.elements import Element, Prose, Table, rows_of
from perfnb.report.folded import Folded
from perfnb.report.groups.breakdown_words import heading
from perfnb.report.groups.group_charts import between, in_words, with_limits
from perfnb.report.words import number, plural, sentence

_UNITS = {"times": "times", "%": "% of the mean", "thousandths": "thousandths"}
_COMPARED = {"difference": "less", "ratio": "/"}


def more(finding: BreakdownFinding, methods: Methods) -> Element | None:
    """Fold away the gaps to another reference and the measures of inequality.

    Parameters
    ----------
    finding : BreakdownFinding
        What was found.
    methods : Methods
        House rules, whose confidence the headings quote.

    Returns
    -------
    Element or None
        None where too few groups can be shown for either.
    """
    parts = [*_to_reference(finding, methods), *_measures(finding, methods)]
    if not parts:
        return None
    return Folded(f"How unequal all groups are: {heading(finding)}", parts)


def _to_reference(finding: BreakdownFinding, methods: Methods) -> list[Element]:
    found = finding.to_reference
    if found is None or found.groups["p_value"].isna().all():
        return []
    indicator = finding.indicator
    limits = f"{methods.confidence:.0%} interval"
    rows = [
        [
            str(row.group),
            with_limits(row.ratio, row.lower_ratio, row.upper_ratio, 2),
            with_limits(
                row.difference,
                row.lower_difference,
                row.upper_difference,
                indicator.decimals,
            ),
            in_words(row),
        ]
        for row in rows_of(found.groups)
    ]
    return [
        Table(
            caption=f"{heading(finding)}, {finding.period}: each group against "
            f"{found.reference}",
            headings=[
                "Group",
                f"Times {found.reference} ({limits})",
                f"More than {found.reference} ({indicator.unit}; {limits})",
                "Verdict",
            ],
            rows=rows,
            numeric=(1, 2),
        )
    ]


def _measures(finding: BreakdownFinding, methods: Methods) -> list[Element]:
    found = finding.inequality
    if found.standing != "measured":
        return []
    said = f"Over {plural(found.n_groups, 'group')} with a figure."
    if found.n_without:
        left = plural(found.n_without, "group is", "groups are")
        said += f" {sentence(left)} left out, without a figure that can be shown."
    limits = f"{methods.confidence:.0%} interval"
    return [
        Prose([said]),
        Table(
            caption=f"{heading(finding)}, {finding.period}: measures of inequality",
            headings=["Measure", "Value", limits, "Unit"],
            rows=[_measure(row, finding) for row in rows_of(found.measures)],
            numeric=(1, 2),
        ),
    ]


def _measure(row: Any, finding: BreakdownFinding) -> list[str]:
    decimals = 2 if row.unit == "times" else max(finding.indicator.decimals, 1)
    name = sentence(row.measure)
    if row.measure in _COMPARED:
        found = finding.inequality
        name += f" ({found.highest} {_COMPARED[row.measure]} {found.lowest})"
    plain = finding.indicator.unit
    squared = f"({plain}) squared"
    unit = {"value": plain, "square of the value": squared}.get(row.unit)
    return [
        name,
        number(row.estimate, decimals),
        between(row.lower_ci, row.upper_ci, decimals),
        unit or _UNITS[row.unit],
    ]
