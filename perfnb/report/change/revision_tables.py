"""Show how the council's figures were revised, and how their sources agree."""

from __future__ import annotations

import pandas as pd

from perfnb.analysis.vintages.reconciliation import reconciliations
from perfnb.observations import each_once
from perfnb.registers import Indicator
from perfnb.report import vintage_tables
from perfnb.report.change.revision_words import (
    came,
    lead,
    own_changes,
    period,
    reasons,
    told,
    why,
)
from perfnb.report.elements import Element, Points, Prose, Table, rows_of
from perfnb.report.folded import Folded
from perfnb.report.words import number, value_of
from perfnb.selection import Selection

_FEW = 2
"""Changes that are told in sentences; more of them become a table that opens."""


def revised(indicator: Indicator, selection: Selection) -> list[Element]:
    """Tell the revisions of an indicator's figures and how its sources agree.

    Parameters
    ----------
    indicator : Indicator
        One of the selection's.
    selection : Selection
        What the report is about; only what had been received by its day is told.

    Returns
    -------
    list of Element
        Nothing where no figure is held from two sources. A few changes are told
        openly, many are folded away; so are the sources side by side, where they
        have figures of several councils in common.
    """
    changes = own_changes(indicator, selection)
    shown: list[Element] = []
    folded: list[Element] = []
    if 0 < len(changes) <= _FEW:
        catalogue = selection.catalogue
        shown.append(
            Points([told(each, indicator, catalogue) for each in rows_of(changes)])
        )
    elif len(changes):
        folded += _many(changes, indicator, selection)
    folded += _side_by_side(indicator, selection)
    if folded:
        what = "Revised figures" if len(changes) > _FEW else "Where sources differ"
        shown.append(Folded(f"{what}: {indicator.title}", folded))
    return shown


def _many(
    changes: pd.DataFrame, indicator: Indicator, selection: Selection
) -> list[Element]:
    """Say once what all changes share: who gave them and why; list the rest."""
    catalogue = selection.catalogue
    givers = each_once(came(change, catalogue) for change in rows_of(changes))
    shared = reasons(changes)
    said = [lead(changes, indicator, selection)]
    columns = {
        "Period": [period(change) for change in rows_of(changes)],
        "Was": [value_of(old, indicator) for old in changes["old_value"]],
        "Became": [value_of(new, indicator) for new in changes["new_value"]],
        "Change": [
            _signed(difference, indicator)
            for difference in changes["new_value"] - changes["old_value"]
        ],
    }
    if len(givers) == 1:
        said.append(f"The later figures come from {givers[0]}.")
    else:
        columns["Given by"] = [came(change, catalogue) for change in rows_of(changes)]
    if len(shared) == 1:
        said.append(shared[0])
    else:
        columns["Why"] = [why(change) for change in rows_of(changes)]
    return [Prose(said), _table(columns, indicator)]


def _table(columns: dict[str, list[str]], indicator: Indicator) -> Table:
    return Table(
        caption=f"How figures were revised ({indicator.unit}): {indicator.title}",
        headings=list(columns),
        rows=[list(cells) for cells in zip(*columns.values(), strict=True)],
        numeric=(1, 2, 3),
        whole=(0,),
    )


def _signed(difference: float, indicator: Indicator) -> str:
    return f"{'+' if difference > 0 else ''}{number(difference, indicator.decimals)}"


def _side_by_side(indicator: Indicator, selection: Selection) -> list[Element]:
    found = [
        each
        for each in reconciliations(selection.vintages, [indicator], selection.methods)
        if each.n_authorities > 1
    ]
    if not found:
        return []
    registers = (selection.catalogue, selection.reference)
    return [
        Prose(vintage_tables.sentences(found, *registers)),
        vintage_tables.table(found, *registers),
    ]
