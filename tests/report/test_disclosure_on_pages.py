"""Nothing on a page hangs on a hidden count: pages, charts, texts and downloads.

The counts behind what is shown are changed so that the same is shown of them.
A page that differs by one character then tells something that it should not.
"""

import ast
import base64
import re
from dataclasses import fields, replace
from pathlib import Path
from urllib.parse import unquote

import nbformat
import pandas as pd
import pytest

from perfnb import workbook
from perfnb.analysis.privacy import disclosure
from perfnb.observations import HEADLINE
from perfnb.selection import Held, WholeCouncil

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
KEY = ["indicator", "start", "end", "characteristic"]
rules = pytest.mark.parametrize("rule", ["rounding", "suppression"])


class OneSelection:
    """A workbook from which everybody selects the same."""

    def __init__(self, selection):
        self.selection = selection

    def select(self, service, quarter):
        return self.selection

    def whole(self, quarter):
        held = {each.name: getattr(self.selection, each.name) for each in fields(Held)}
        return WholeCouncil(**held, strays=())


def page(notebook, selection, monkeypatch):
    """Give all that a notebook shows, downloads in plain."""
    monkeypatch.setattr(
        workbook, "open_workbook", lambda folder: OneSelection(selection)
    )
    names, shown = {}, []
    for cell in nbformat.read(notebook, as_version=4).cells:
        if cell.cell_type != "code":
            continue
        *before, last = ast.parse(cell.source).body
        if not isinstance(last, ast.Expr):
            before, last = [*before, last], None
        exec(compile(ast.Module(before, []), notebook.name, "exec"), names)  # noqa: S102
        if last is not None:
            element = eval(  # noqa: S307
                compile(ast.Expression(last.value), notebook.name, "eval"), names
            )
            shown += element._repr_mimebundle_().values()
    return with_downloads("\n".join(shown))


def with_downloads(text):
    """Write out the files that links carry."""
    coded = re.findall(r"data:text/csv;base64,([A-Za-z0-9+/=]+)", text)
    plain = re.findall(r"data:text/csv[^,;]*(?:;charset[^,]*)?,([^\"']+)", text)
    files = [base64.b64decode(each).decode("utf-8-sig") for each in coded]
    return "\n".join([text, *files, *(unquote(each) for each in plain)])


def under(selection, rule):
    """Give the indicators with breakdowns under a rule that a council has chosen."""
    rows = selection.observations
    broken = set(rows.loc[rows["characteristic"] != HEADLINE, "indicator"])
    return replace(
        selection,
        methods=selection.methods.model_copy(update={"disclosure_rule": rule}),
        vintages=rows,
        indicators=tuple(i for i in selection.indicators if i.id in broken),
    )


def breakdowns(selection):
    """Give the rows of each breakdown of people, with what is shown of them."""
    people = {each.id for each in selection.indicators if each.counts_people}
    rows = selection.observations
    own = rows[
        rows["indicator"].isin(people)
        & (rows["authority"] == selection.council)
        & (rows["characteristic"] != HEADLINE)
        & rows["numerator"].notna()
        & rows["denominator"].notna()
    ]
    for _, groups in own.groupby(KEY, observed=True):
        yield groups, shown_of(groups, selection)


def shown_of(groups, selection):
    """Give what the gate shows of a breakdown."""
    indicator = next(
        each
        for each in selection.indicators
        if each.id == groups["indicator"].astype(str).iloc[0]
    )
    return disclosure.gate(
        groups[["group", "numerator", "denominator"]].astype({"group": str}),
        interval=indicator.interval,
        per=indicator.per,
        methods=selection.methods,
    )


def same_to_readers(groups, shown, selection):
    """Find other counts of the same people of which the same is shown."""
    for one in groups.index:
        for other in groups.index:
            moved = groups["numerator"].copy()
            moved[one] += 1
            moved[other] -= 1
            if one == other or moved[other] < 0:
                continue
            found = shown_of(groups.assign(numerator=moved), selection)
            if found.equals(shown):
                yield moved


def otherwise(selection):
    """Give the same selection with other counts behind what is shown."""
    rows = selection.observations.copy()
    changed = 0
    for groups, shown in breakdowns(selection):
        moved = next(same_to_readers(groups, shown, selection), None)
        if moved is None:
            continue
        # The changes are among hidden counts, or within the rounding.
        changed += 1
        rows.loc[moved.index, "numerator"] = moved
        rows.loc[moved.index, "value"] = pd.NA
    return replace(selection, observations=rows, vintages=rows), changed


@rules
@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_page_is_the_same_whatever_counts_are_hidden(
    housing, notebook, rule, monkeypatch
):
    selection = under(housing, rule)
    other, changed = otherwise(selection)
    assert changed >= 4
    assert not other.observations["numerator"].equals(
        selection.observations["numerator"]
    )
    assert page(notebook, selection, monkeypatch) == page(notebook, other, monkeypatch)


def test_a_page_is_not_the_same_when_a_count_that_is_shown_changes(
    housing, monkeypatch
):
    """Or the test above would find nothing."""
    selection = under(housing, "suppression")
    groups, shown = max(breakdowns(selection), key=lambda each: len(each[0]))
    seen = ~shown["suppressed"].to_numpy() & (shown["numerator"] > 0).to_numpy()
    visible = groups.index[seen]
    rows = selection.observations.copy()
    rows.loc[visible[-2:], "numerator"] += [1, -1]
    rows.loc[visible[-2:], "value"] = pd.NA
    notebook = next(path for path in NOTEBOOKS if path.stem == "diversity")
    other = replace(selection, observations=rows)
    assert page(notebook, selection, monkeypatch) != page(notebook, other, monkeypatch)


@rules
def test_the_page_names_the_rule_and_says_which_groups_are_hidden(
    housing, rule, monkeypatch
):
    selection = under(housing, rule)
    notebook = next(path for path in NOTEBOOKS if path.stem == "diversity")
    shown = page(notebook, selection, monkeypatch)
    small = "1 to 7" if rule == "rounding" else "1 to 4"
    assert f"Counts of {small} people are hidden" in shown
    assert "hidden to protect people" in shown
