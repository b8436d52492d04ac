"""A new definition makes another series: nothing is drawn or judged across it.

Illustrative Vale's share of clean streets steps from about 40% to about 90% when,
from 2023-24 on, streets with litter of one kind are called clean as well. Each
part is steady; only a line across both would find a change.
"""

import pytest
from small_workbook import BREAKS, INSPECTIONS, VALE

from perfnb.analysis.change import over_time
from perfnb.breaks import definition_version
from perfnb.errors import CatalogueError
from perfnb.report.change import trend_charts, trend_tables
from perfnb.report.change.trend_words import verdict
from perfnb.report.definitions import definition

QUARTER = "2025-26 Q3"
BEFORE = ["20", "21", "20", "19", "20", "21", "19", "20", "21", "20", "19", "20"]
SINCE = ["45", "44", "45", "46", "45", "44", "46", "45", "44", "45", "45"]


def stepped(book, **broken):
    """Write 23 quarters that step by 50 points, and select the service."""
    heading = book.text(INSPECTIONS).splitlines(keepends=True)[0]
    quarters = [f"{y}-{y - 1999} Q{q}" for y in range(2020, 2026) for q in (1, 2, 3, 4)]
    rows = [
        f"IL1,{VALE},,{quarter},all,all,{clean},50,,final,late,,checked\n"
        for quarter, clean in zip(quarters, [*BEFORE, *SINCE], strict=False)
    ]
    book.write(INSPECTIONS, heading + "".join(rows))
    if broken:
        row = {"indicator": "IL1", "from": "2023-24 Q1", "reason": "Illustrative rule"}
        book.add_row(BREAKS, 2, **{**row, **broken})
    return book.open().select("streets", QUARTER)


@pytest.fixture
def apart(small_workbook):
    """Give the finding and the selection of a series with a new definition."""
    selection = stepped(small_workbook, kind="definition", splits="yes")
    return over_time.trends(selection)[0], selection


def test_limits_and_verdict_do_not_run_across(apart):
    found, _ = apart
    before, since = found.trend.eras
    assert (before.n, since.n) == (12, 11)
    assert before.mean == pytest.approx(40)
    assert since.mean == pytest.approx(89.8, abs=0.05)
    assert before.upper_limit < 50 < since.lower_limit
    assert found.trend.variation == "common cause"
    assert found.trend.points["special_cause"].eq("").all()


def test_one_line_across_both_would_have_found_a_change(small_workbook):
    """The test above would mean nothing if nothing were there to be found."""
    found = over_time.trends(stepped(small_workbook))[0]
    assert len(found.trend.eras) == 1
    assert found.trend.variation == "improvement"
    assert set(found.versions) == {1}


def test_what_is_beside_the_verdict_starts_at_the_new_definition_too(apart):
    found, _ = apart
    assert found.comparable["period"].iloc[0] == "2023-24 Q1"
    assert found.slope.n == 11
    assert abs(found.year_on_year.difference) < 5


def test_no_line_joins_the_two_definitions(apart):
    found, _ = apart
    of = trend_charts._series_of(found, found.trend.points)
    joined = of.groupby(of).size()
    assert list(joined) == [12, 11]


def test_every_figure_says_by_which_version_it_was_made(apart):
    found, _ = apart
    assert found.versions == (1,) * 12 + (2,) * 11
    table = trend_tables.figures_table(found)
    column = table.headings.index("Definition")
    told = [row[column] for row in table.rows]
    assert told == ["version 1"] * 12 + ["version 2"] * 11
    taken = trend_tables.figures(found)["definition_version"]
    assert tuple(taken) == found.versions


def test_the_definition_says_what_changed_and_since_when(apart):
    found, selection = apart
    said = definition(found.indicator, selection).meanings["Version of the definition"]
    assert said == (
        "2. Version 2 from 2023-24 Q1: Illustrative rule. Figures of different "
        "versions are not compared."
    )
    cautions = verdict(found, selection.methods)[1:]
    assert (
        "Break in the series from 2023-24 Q1 (new definition): Illustrative rule"
        in cautions
    )


def test_a_definition_that_never_changed_has_no_column_of_versions(small_workbook):
    selection = stepped(small_workbook)
    found = over_time.trends(selection)[0]
    assert "Definition" not in trend_tables.figures_table(found).headings
    said = definition(found.indicator, selection).meanings["Version of the definition"]
    assert said == "1, the same for every figure held."


def test_a_version_that_starts_after_the_quarter_is_not_told_yet(small_workbook):
    selection = stepped(
        small_workbook, kind="definition", splits="yes", **{"from": "2025-26 Q4"}
    )
    found = over_time.trends(selection)[0]
    assert set(found.versions) == {1}
    said = definition(found.indicator, selection).meanings["Version of the definition"]
    assert said.startswith("1,")


def test_a_new_definition_that_does_not_split_is_refused(small_workbook):
    small_workbook.add_row(
        BREAKS, 2, **{"from": "2024-25", "kind": "definition", "splits": "no"}
    )
    (fault,) = small_workbook.faults(CatalogueError)
    assert (fault.file, fault.row) == (BREAKS, 3)
    assert fault.expected == "splits to be yes, since kind is definition"


def test_the_real_change_of_definition_is_the_second_version(housing, book):
    assessed = over_time.trends(housing)[0]
    assert assessed.indicator.id == "HOM1"
    changes = dict(zip(assessed.points["period"], assessed.versions, strict=True))
    assert (changes["2023-24 Q1"], changes["2023-24 Q2"]) == (1, 2)
    for name in book.catalogue.indicators:
        day = housing.quarter.end_time.date()
        version = definition_version(book.catalogue.breaks_of(name), day)
        assert version == (2 if name == "HOM1" else 1)
