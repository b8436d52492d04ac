"""What a trend page tells of revised figures: period, old and new, when and why."""

from dataclasses import replace

import pytest
from small_workbook import REVISIONS, SOURCES, WASTE

from perfnb.analysis.change import over_time
from perfnb.report import sources
from perfnb.report.change import revision_words, trends
from perfnb.report.change.revision_tables import revised
from perfnb.report.elements import Points, Table
from perfnb.report.folded import Folded

QUARTER = "2025-26 Q3"


def of(selection, name):
    """Give what is shown of an indicator's revisions."""
    (indicator,) = [each for each in selection.indicators if each.id == name]
    return revised(indicator, selection)


def table_of(folded):
    """Give the rows of the table of changes, by heading."""
    table = next(part for part in folded.parts if isinstance(part, Table))
    return [dict(zip(table.headings, row, strict=True)) for row in table.rows]


# --- the real figures -----------------------------------------------------------


def test_many_revisions_are_folded_with_their_number_and_reason(waste):
    (shown,) = of(waste, "NI191")
    assert isinstance(shown, Folded)
    assert shown.summary == "Revised figures: Residual household waste per household"
    text = shown.text()
    assert "Three figures of 13 were revised after they were first reported" in text
    assert "Ten figures are held from one report only" in text
    assert text.count("Neither publisher says why.") == 1
    rows = table_of(shown)
    assert [row["Period"] for row in rows] == ["2015-16", "2016-17", "2017-18"]
    assert [(row["Was"], row["Became"], row["Change"]) for row in rows] == [
        ("578.9", "574.1", "−4.8"),
        ("544.1", "541.9", "−2.2"),
        ("518.9", "516.9", "−2.0"),
    ]
    assert text.count("received 23 November 2026, published 2024") == 1
    assert "Given by" not in rows[0]


def test_the_sources_are_set_side_by_side_where_only_peers_were_revised(waste):
    (shown,) = of(waste, "NI192")
    assert shown.summary == (
        "Where sources differ: Household waste reused, recycled or composted"
    )
    assert "945 figures" in shown.text()
    assert "were revised" not in shown.text()


@pytest.mark.parametrize("name", ["BVPI84a", "OFL1", "NI196i", "NI196e"])
def test_an_indicator_of_one_source_shows_nothing(waste, name):
    assert of(waste, name) == []


def test_the_section_of_an_indicator_has_its_revisions(waste):
    found = over_time.trends(waste)
    html = {
        section.heading: str(section.html())
        for section in trends.sections(found, waste).parts
    }
    told = [name for name, text in html.items() if "Revised figures: " in text]
    assert told == ["Residual household waste per household"]


def test_a_page_says_where_a_revision_would_not_be_seen(housing, waste):
    """The homelessness editions are held once each; a revision would be missed."""
    text = sources.trend_methods(over_time.trends(housing), housing).text()
    assert "each of their figures is held from one report only" in text
    assert "Households assessed under homelessness law" in text
    said = sources.trend_methods(over_time.trends(waste), waste).text()
    line = next(s for s in said.split(".") if "held from one report only" in s)
    assert "Residual household waste" not in line
    assert "Recycling contamination rate" in line


# --- made up --------------------------------------------------------------------


def test_a_few_revisions_are_told_in_sentences(small_workbook):
    selection = small_workbook.open().select("streets", QUARTER)
    (shown,) = of(selection, "IL2")
    assert isinstance(shown, Points)
    assert shown.sentences == [
        "2023-24 was revised from 410.0 kg per household to 405.5 kg per household "
        "(Illustrative, received 1 February 2026, published 2026-01-15). Why: "
        "Illustrative recount"
    ]


def test_a_revision_without_a_reason_says_so(small_workbook):
    header = small_workbook.text(REVISIONS).splitlines()[0]
    small_workbook.write(REVISIONS, f"{header}\n")
    selection = small_workbook.open().select("streets", QUARTER)
    (shown,) = of(selection, "IL2")
    assert shown.sentences[0].endswith("published 2026-01-15). No reason recorded.")


def test_every_step_is_told_and_reasons_that_differ_stand_with_their_rows(
    small_workbook,
):
    """Three changes of one figure: the table opens, each row with its own reason."""
    book = small_workbook
    for source, received, value in (
        ("later", "2026-02-02", "403.0"),
        ("latest", "2026-02-03", "404.0"),
    ):
        book.add_row(SOURCES, like=3, id=source, received=received)
        book.add_row(WASTE, like=4, source=source, value=value)
    book.add_row(REVISIONS, like=2, source="later", reason="Illustrative weighing")
    selection = book.open().select("streets", QUARTER)
    (shown,) = of(selection, "IL2")
    rows = table_of(shown)
    assert [(row["Was"], row["Became"]) for row in rows] == [
        ("410.0", "405.5"),
        ("405.5", "403.0"),
        ("403.0", "404.0"),
    ]
    assert [row["Why"] for row in rows] == [
        "Why: Illustrative recount",
        "Why: Illustrative weighing",
        "No reason recorded.",
    ]
    days = [row["Given by"].split(", ")[1] for row in rows]
    assert days == [f"received {n} February 2026" for n in (1, 2, 3)]
    assert "One figure of three was revised after it was first reported" in shown.text()
    assert "Two figures are held from one report only" in shown.text()


def test_only_the_council_s_own_headline_figures_are_told(small_workbook):
    """Two vintages of a small group would tell more of it than either."""
    selection = small_workbook.open().select("streets", QUARTER)
    hidden = selection.revised
    for changed in (
        hidden.assign(group="16-34", characteristic="age"),
        hidden.assign(area="E01990001"),
        hidden.assign(authority="E07990002", area="E07990002"),
    ):
        changed_selection = replace(selection, revised=changed)
        assert of(changed_selection, "IL2") == []


def test_what_came_after_the_day_of_the_report_is_not_told(small_workbook):
    small_workbook.replace("parameters/2025-26-q3.yaml", "2026-02-15", "2026-01-31")
    selection = small_workbook.open().select("streets", QUARTER)
    assert of(selection, "IL2") == []


def test_an_indicator_without_figures_is_not_said_to_be_held_once(small_workbook):
    selection = small_workbook.open().select("streets", QUARTER)
    nothing = replace(selection, vintages=selection.vintages.iloc[:0])
    assert revision_words.never_seen_again(nothing.indicators, nothing) == ""
