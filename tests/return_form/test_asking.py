"""Which figures a service is asked for, and what was held of each."""

import pytest
from small_workbook import AREAS, HELP, INDICATORS, INSPECTIONS, SOURCES, TARGETS, WASTE

from perfnb.quarters import parse_quarter
from perfnb.return_form.asking import NOT_SHOWN, asked


def of(book, service, quarter):
    """Ask a service for its figures of a quarter."""
    return asked(service, parse_quarter(quarter), book.catalogue, book.observations)


def told(found):
    """List indicator, period, area and group of each row."""
    return [(r.indicator.id, r.span.label, r.area, r.group) for r in found.rows]


def row_of(found, indicator, group="all", area=""):
    """Find the row of an indicator, a group and an area."""
    sought = (indicator, group, area)
    rows = [r for r in found.rows if (r.indicator.id, r.group, r.area) == sought]
    assert len(rows) == 1
    return rows[0]


@pytest.mark.parametrize(
    ("quarter", "due"),
    [
        ("2025-26 Q4", [("IL1", "2025-26 Q4"), ("IL2", "2025-26")]),
        ("2026-27 Q1", [("IL1", "2026-27 Q1")]),
        ("2026-27 Q4", [("IL1", "2026-27 Q4"), ("IL2", "2026-27")]),
    ],
)
def test_a_year_is_asked_for_when_it_has_ended(small_workbook, quarter, due):
    found = of(small_workbook.open(), "streets", quarter)
    assert [row[:2] for row in told(found)] == due


def test_a_rolling_window_keeps_its_own_months(small_workbook):
    found = of(small_workbook.open(), "homes", "2025-26 Q4")
    assert row_of(found, "IL4").span.label == "April 2024 to March 2026"


def test_groups_and_areas_of_the_newest_breakdown_are_asked_for(small_workbook):
    found = of(small_workbook.open(), "homes", "2025-26 Q4")
    assert told(found)[:6] == [
        ("IL3", "2025-26 Q4", "", "all"),
        ("IL3", "2025-26 Q4", "", "16-34"),
        ("IL3", "2025-26 Q4", "", "35 and over"),
        ("IL3", "2025-26 Q4", "E01990001", "all"),
        ("IL3", "2025-26 Q4", "E01990002", "all"),
        ("IL3", "2025-26 Q4", "E01990003", "all"),
    ]


def test_a_group_that_only_an_older_breakdown_had_is_not_asked_for(small_workbook):
    old = small_workbook.add_row(HELP, like=2, period="2025-26 Q2", group="65+")
    small_workbook.set_cell(HELP, old, "characteristic", "age")
    small_workbook.set_cell(HELP, old, "numerator", "1")
    found = of(small_workbook.open(), "homes", "2025-26 Q4")
    assert "65+" not in [row.group for row in found.rows]


def test_a_breakdown_that_is_half_handed_in_forgets_no_group(small_workbook):
    text = small_workbook.text(HELP)
    [older] = [row for row in text.splitlines() if ",2025-26 Q3,age,16-34," in row]
    newer = older.replace("2025-26 Q3", "2025-26 Q4").replace(",late,", ",spring,")
    spring = "spring,Illustrative,Illustrative figures,,2026-04,2026-05-01,OGL"
    small_workbook.write(
        SOURCES, f"{small_workbook.text(SOURCES)}{spring},illustrative,\n"
    )
    small_workbook.write(HELP, f"{text}{newer}\n")
    book = small_workbook.open()
    groups = ["16-34", "35 and over"]
    for quarter, asked_for in (("2026-27 Q1", groups), ("2025-26 Q4", groups[1:])):
        rows = of(book, "homes", quarter).rows
        assert [r.group for r in rows if r.characteristic == "age"] == asked_for


def test_the_last_figure_has_its_unit_and_counts(small_workbook):
    book = small_workbook.open()
    streets, homes = (of(book, s, "2025-26 Q4") for s in ("streets", "homes"))
    clean = row_of(streets, "IL1")
    assert clean.last_period == "2025-26 Q3"
    assert clean.last_value == "90.0% (45 of 50)"
    assert row_of(streets, "IL2").last_value.endswith(
        " kg per household (counts not held)"
    )
    people = row_of(homes, "IL3")
    assert people.last_value == "1.5 per 1,000 residents (30 of 20,000)"


def test_last_figures_of_groups_of_people_are_not_printed(small_workbook):
    found = of(small_workbook.open(), "homes", "2025-26 Q4")
    parts = [row for row in found.rows if not row.is_headline]
    assert len(parts) == 5
    assert {row.last_value for row in parts} == {NOT_SHOWN}
    assert {row.last_period for row in parts} == {"2025-26 Q3"}


def test_last_figures_of_areas_are_printed_where_no_people_are_counted(small_workbook):
    small_workbook.add_row(INSPECTIONS, like=12, area="E01990001", numerator="3")
    found = of(small_workbook.open(), "streets", "2025-26 Q4")
    assert row_of(found, "IL1", area="E01990001").last_value == "6.0% (3 of 50)"


def test_a_target_is_that_of_the_row(small_workbook):
    small_workbook.add_row(TARGETS, like=9, period="2025-26 Q4", value="1.4")
    small_workbook.add_row(TARGETS, like=10, period="2025-26 Q4", value="2.5")
    found = of(small_workbook.open(), "homes", "2025-26 Q4")
    unit = "per 1,000 residents (illustrative)"
    assert row_of(found, "IL3").target == f"at most 1.4 {unit}"
    assert row_of(found, "IL3", "16-34").target == f"at most 2.5 {unit}"
    assert row_of(found, "IL3", "35 and over").target == ""


def test_where_quarters_add_up_the_target_of_the_year_so_far_is_told(small_workbook):
    found = of(small_workbook.open(), "homes", "2025-26 Q4")
    aim = "at most 4.4 per 1,000 residents for 2025-26 (illustrative)"
    assert row_of(found, "IL3").target == aim


def test_a_published_target_says_so_and_no_target_says_why(small_workbook):
    small_workbook.add_row(TARGETS, like=2, period="2025-26 Q4", value="93")
    book = small_workbook.open()
    assert row_of(of(book, "streets", "2025-26 Q4"), "IL1").target == (
        "at least 93.0% (published)"
    )
    assert row_of(of(book, "homes", "2025-26 Q4"), "IL4").target == (
        "no target, by choice (illustrative)"
    )


def test_what_is_in_already_is_not_asked_for_again(small_workbook):
    found = of(small_workbook.open(), "streets", "2025-26 Q3")
    assert told(found) == []
    assert [(each.id, str(quarter)) for each, quarter in found.not_due] == [
        ("IL1", "2026Q4"),
        ("IL2", "2026Q4"),
    ]


def test_an_indicator_without_any_figure_runs_with_financial_years(small_workbook):
    for name in (INSPECTIONS, WASTE):
        small_workbook.remove(name)
    found = of(small_workbook.open(), "streets", "2025-26 Q4")
    assert told(found) == [
        ("IL1", "2025-26 Q4", "", "all"),
        ("IL2", "2025-26", "", "all"),
    ]
    assert {row.last_value for row in found.rows} == {""}
    found = of(small_workbook.open(), "streets", "2026-27 Q2")
    assert told(found) == [("IL1", "2026-27 Q2", "", "all")]


def test_a_snapshot_without_any_figure_is_not_guessed(small_workbook):
    small_workbook.remove(INSPECTIONS)
    small_workbook.set_cell(INDICATORS, 2, "frequency", "snapshot")
    found = of(small_workbook.open(), "streets", "2025-26 Q4")
    assert [(each.id, quarter) for each, quarter in found.not_due] == [("IL1", None)]


def test_no_area_is_asked_for_that_is_not_of_the_council(small_workbook):
    row = small_workbook.add_row(HELP, like=2, period="2025-26 Q3", area="E01990004")
    small_workbook.set_cell(HELP, row, "authority", "E07990002")
    assert "E01990004" in small_workbook.text(AREAS)
    found = of(small_workbook.open(), "homes", "2025-26 Q4")
    assert "E01990004" not in [each.area for each in found.rows]


def test_the_worked_example_is_asked_for_what_is_due(book):
    asked_for = {
        service: told(of(book, service, "2025-26 Q4"))
        for service in book.catalogue.services
    }
    assert {row[:2] for row in asked_for["waste-and-recycling"]} == {
        (each, "2025-26")
        for each in ("NI191", "NI192", "BVPI84a", "OFL1", "NI196i", "NI196e")
    }
    planning = ("P153", "April 2024 to March 2026", "", "all")
    assert asked_for["planning-and-regeneration"] == [planning]
    housing = asked_for["housing"]
    assert [row[0] for row in housing if row[3] == "all"] == [
        *("HOM1", "HOM2", "HOM3", "HOM5")
    ]
    assert [row[3] for row in housing[4:12]] == [
        *("16-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65-74", "75+")
    ]
    areas = [row for row in asked_for["community-safety"] if row[2]]
    assert len(areas) == 65


def test_the_night_of_rough_sleeping_is_asked_for_in_its_quarter(book):
    autumn = of(book, "housing", "2026-27 Q3")
    assert ("HOM4", "October to November 2026", "", "all") in told(autumn)
    spring = of(book, "housing", "2025-26 Q4")
    assert [(each.id, str(quarter)) for each, quarter in spring.not_due] == [
        ("HOM4", "2027Q3")
    ]
