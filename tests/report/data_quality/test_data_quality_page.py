"""What the page on data quality says, on Wyre Forest's figures and on spoilt ones."""

import csv
import io
import re

import pytest
from small_workbook import HELP, INDICATORS, INSPECTIONS, SIGN_OFF, WASTE

from perfnb.analysis.data_quality.council import council_quality
from perfnb.report import sources
from perfnb.report.data_quality import (
    answers,
    checks,
    findings,
    tables,
    task_tables,
    tasks,
)
from perfnb.report.downloads import Download
from perfnb.report.elements import Parts, Table
from perfnb.report.tabled import Tabled

QUARTER = "2025-26 Q3"


@pytest.fixture(scope="module")
def council(book):
    """Gather what is known of Wyre Forest's data quality."""
    return council_quality(book.whole(QUARTER))


@pytest.fixture
def spoilt(small_workbook):
    """Gather what is known of the small workbook, as a test has spoilt it."""
    return lambda: council_quality(small_workbook.open().whole(QUARTER))


def everything(found):
    """Give all that the page shows."""
    return Parts(
        [
            answers.answer(found),
            task_tables.table(found),
            tables.ratings_table(found),
            tables.reasons(found),
            tables.completeness_table(found),
            tables.timeliness_table(found),
            findings.findings(found),
            checks.recomputed(found),
            checks.jumped(found),
            checks.in_two_sources(found),
            checks.collected_twice(found),
            checks.systems(found),
            checks.strays(found),
            sources.quality_methods(found),
        ]
    )


def parts_of(element):
    """Go through an element and all that it holds."""
    yield element
    for part in getattr(element, "parts", ()):
        yield from parts_of(part)


def tabled(element):
    """List the tables with their downloads in an element."""
    return [part for part in parts_of(element) if isinstance(part, Tabled)]


def test_the_first_sentence_is_the_answer(council):
    first = answers.answer(council).text().splitlines()[0]
    assert first == (
        "Wyre Forest, 2025-26 Q3: for the most part not. Of 13 indicators none is "
        "rated good, four fair and nine poor."
    )


def test_what_fails_and_where_is_said_in_plain_words(council):
    text = answers.answer(council).text()
    assert (
        "What fails most often, by indicators: figures are missing (nine), figures are "
        "late or overdue (eight) and the measure is weak (two)." in text
    )
    assert "Waste and recycling (six of six)" in text
    assert "Owners have signed off three of 13 indicators and two in part." in text


def test_every_table_has_its_rows_to_take_away(council):
    found = tabled(everything(council))
    names = [each.download.name for each in found]
    assert len(set(names)) == len(names) >= 9
    for each in found:
        rows = list(csv.reader(io.StringIO(each.download.csv())))
        assert len(rows) - 1 == len(each.table.rows), each.download.name
        assert {len(row) for row in rows} == {len(each.download.headings)}


def test_every_cell_has_a_word(council):
    for part in parts_of(everything(council)):
        table = part.table if isinstance(part, Tabled) else part
        if isinstance(table, Table):
            for row in table.rows:
                assert len(row) == len(table.headings)
                assert all(cell == "–" or re.search(r"\w", cell) for cell in row)


def test_no_word_of_a_machine_is_on_the_page(council):
    html = str(everything(council).html())
    for word in ("nan", "NaN", "None", "<NA>", "NaT", "Timestamp"):
        assert not re.search(rf"\b{word}\b", html)


def test_the_matrix_says_missing_and_not_due(council):
    (matrix,) = (
        each
        for each in tabled(tables.completeness_table(council))
        if "completeness" in each.download.name
    )
    recycling = next(row for row in matrix.table.rows if row[0].endswith("composted"))
    assert [cell.split("\u00a0", 1)[1] for cell in recycling[1:]] == [
        *("Missing", "Not due", "Not due", "Not due", "Missing"),
        *("Not due", "Not due", "Not due"),
    ]
    assert matrix.table.headings[1:3] == ["2023-24 Q4", "2024-25 Q1"]


def test_urgent_tasks_stand_open_and_the_others_folded(council):
    urgent, later = tabled(task_tables.table(council))
    assert {row[3] for row in urgent.table.rows} == {"3 Dec 2026"}
    assert {row[3] for row in later.table.rows} == {"22 Jan 2027"}
    assert [row[:2] for row in urgent.table.rows][-1] == [
        "Community safety manager (illustrative)",
        "Send 2018-19 Q4 to 2025-26 Q3 (28 figures) of: Street-level crime and "
        "anti-social behaviour recorded by police",
    ]
    html = str(task_tables.table(council).html())
    assert html.index(urgent.table.caption) < html.index("<details>")


def test_an_error_is_a_task_of_the_indicator_s_owner_with_its_cell(
    small_workbook, spoilt
):
    small_workbook.set_cell(WASTE, 2, "value", "about 400")
    (task,) = (each for each in tasks.tasks(spoilt()) if each.what.startswith("Mend"))
    assert task.owner == "Illustrative officer"
    assert task.what == "Mend one error in returns"
    assert task.where.startswith(f"{WASTE}: ")
    assert task.is_urgent


def test_a_vacant_owner_is_a_task_of_the_manager(small_workbook, spoilt):
    small_workbook.set_cell(INDICATORS, 2, "owner", "Vacant")
    told = [each for each in tasks.tasks(spoilt()) if each.what.startswith("Name")]
    assert [each.is_urgent for each in told] == [True]
    assert told[0].owner != "Vacant"


def test_a_stray_is_a_task_of_the_performance_team(small_workbook, spoilt):
    small_workbook.write("kpis.xlsx", b"")
    found = spoilt()
    assert "kpis.xlsx is read by nobody" in [each.where for each in tasks.tasks(found)]
    assert "kpis.xlsx" in checks.strays(found).text()


def test_a_jump_is_told_and_asked_about(small_workbook, spoilt):
    for row in range(2, 13):
        if row != 7:
            small_workbook.set_cell(INSPECTIONS, row, "numerator", str(40 + row % 3))
    small_workbook.set_cell(INSPECTIONS, 7, "numerator", "41")
    small_workbook.set_cell(INSPECTIONS, 7, "denominator", "50")
    small_workbook.set_cell(INSPECTIONS, 7, "status", "final")
    small_workbook.set_cell(INSPECTIONS, 12, "numerator", "5")
    found = spoilt()
    assert "Nothing in the registers explains it." in checks.jumped(found).text()
    assert any(each.what.startswith("Check the change") for each in tasks.tasks(found))


def test_errors_stand_before_warnings_with_cell_and_mend(small_workbook, spoilt):
    small_workbook.set_cell(WASTE, 2, "value", "1e3")
    (table,) = tabled(findings.findings(spoilt()))
    assert table.download.name == "data-quality-errors"
    ((file, cell, touches, message),) = table.table.rows
    assert (file, touches) == (WASTE, "validity")
    assert re.fullmatch(r"[A-Z]2", cell)
    assert message.startswith('Column value has "1e3". Expected ')


def test_counts_of_people_are_left_out_of_findings(small_workbook, spoilt):
    """IL3 counts people: its cells are named and what stands in them is not."""
    small_workbook.set_cell(HELP, 5, "numerator", "-17")
    found = spoilt()
    assert any("-17" in str(each) for each in found.held.findings)
    shown = everything(found)
    plain = [each.download.csv() for each in tabled(shown)]
    assert not any("-17" in text for text in [str(shown.html()), *plain])
    assert "a figure that is not shown here" in findings.findings(found).text()


def test_nothing_wrong_is_said_in_words(spoilt):
    found = spoilt()
    assert "every row of every return was accepted" in findings.findings(found).text()
    assert "No. Every file of figures" in checks.strays(found).text()
    assert "None of their changes" in checks.jumped(found).text()


def test_what_a_check_lowers_is_said_in_the_table(small_workbook, spoilt):
    small_workbook.set_cell(INSPECTIONS, 2, "numerator", "x")
    (table,) = tabled(tables.ratings_table(spoilt()))
    streets = table.table.rows[0]
    assert streets[-1] == "Yes (illustrative, lowered by checks)"


def test_a_quarter_without_signatures_says_so(small_workbook, spoilt):
    small_workbook.write(SIGN_OFF, small_workbook.text(SIGN_OFF).splitlines()[0] + "\n")
    assert "No owner has signed off" in answers.answer(spoilt()).text()


def test_a_download_is_harmless_and_under_a_name_of_its_own(council):
    downloads = [
        part.download for part in tabled(everything(council)) if part.download.rows
    ]
    assert all(isinstance(each, Download) for each in downloads)
    assert all(each.name.startswith("data-quality-") for each in downloads)
