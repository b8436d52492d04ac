"""What registers lack, where figures come from, what is wrong in returns."""

from datetime import date

import pandas as pd
import pytest

from perfnb.analysis.data_quality import told
from perfnb.analysis.data_quality.due_spans import due_spans
from perfnb.analysis.data_quality.grades import worst
from perfnb.analysis.data_quality.known_days import known_days
from perfnb.analysis.data_quality.registered import registered
from perfnb.analysis.data_quality.source_systems import source_systems, unused
from perfnb.errors import Fault, PerfnbError
from perfnb.quarters import parse_period, parse_quarter

from .made_quality import indicator, reports, source

DAY = date(2026, 2, 15)


@pytest.mark.parametrize(
    "owner",
    ["Vacant", "vacant (illustrative)", "TBC", "Vacant post", "-", "Post vacant"],
)
def test_a_post_that_is_empty_is_seen(owner):
    assert registered(indicator(owner=owner), DAY).owner_vacant


@pytest.mark.parametrize(
    "owner", ["Waste manager", "Vacancies manager", "Noneley clerk"]
)
def test_a_post_that_is_filled_is_not_vacant(owner):
    assert not registered(indicator(owner=owner), DAY).owner_vacant


@pytest.mark.parametrize(
    ("day", "overdue", "unset"),
    [(None, None, True), (DAY, None, False), (date(2026, 2, 5), 10, False)],
)
def test_a_review_is_overdue_after_its_day(day, overdue, unset):
    found = registered(indicator(review_date=day), DAY)
    assert (found.review_overdue, found.review_unset) == (overdue, unset)


def test_counts_need_names_only_where_the_value_is_made_of_them():
    assert registered(indicator(denominator=""), DAY).counts_unnamed
    assert not registered(indicator(denominator="", per=None), DAY).counts_unnamed


def test_a_publication_is_one_source_however_many_editions_are_held():
    sources = {name: source(name) for name in ("jan", "feb", "old")}
    sources["feb"] = sources["feb"].model_copy(update={"title": sources["jan"].title})
    rows = reports(
        ("2024-25 Q1", 1.0, "old"),
        ("2025-26 Q3", 1.0, "jan"),
        ("2025-26 Q3", 1.1, "feb"),
        ("2025-26 Q3", None, "old", "missing"),
    )
    found = source_systems(rows, indicator(), sources)
    assert found.current == ("Illustrative source jan (Illustrative)",)
    assert found.former == ("Illustrative source old (Illustrative)",)


def test_two_publications_of_the_newest_figure_are_two_sources():
    sources = {name: source(name) for name in "ab"}
    rows = reports(("2025-26 Q3", 1.0, "a"), ("2025-26 Q3", 1.0, "b"))
    assert len(source_systems(rows, indicator(), sources).current) == 2


def test_without_a_figure_there_is_no_source():
    found = source_systems(reports(), indicator(), {})
    assert (found.current, found.former) == ((), ())
    with pytest.raises(PerfnbError, match="lack the column 'value'"):
        source_systems(reports().drop(columns="value"), indicator(), {})


def test_sources_that_nobody_names_are_listed_in_their_order():
    sources = {name: source(name) for name in "abc"}
    assert [each.id for each in unused(sources, ["b", "z", ""])] == ["a", "c"]


def test_a_warning_about_another_council_is_not_about_ours():
    """An error may be anybody's, since its row is not in."""
    findings = [
        Fault("a.csv", "x", row=row, severity=severity, indicator=name)
        for row, severity, name in (
            (2, "warning", "IL1"),
            (3, "warning", "IL1"),
            (3, "error", "IL1"),
            (4, "warning", "IL2"),
        )
    ]
    others = pd.DataFrame(
        {"source_file": ["a.csv"], "source_sheet": [""], "source_row": [3]}
    )
    found = told.of_indicator(findings, "IL1", others)
    assert [(each.row, each.severity) for each in found] == [
        (2, "warning"),
        (3, "error"),
    ]


def test_findings_count_rows_and_touch_the_characteristic_that_they_carry():
    findings = [
        Fault("q/a.csv", "x", row=row, column=column, dimension="validity")
        for row, column in ((2, "value"), (2, "status"), (3, "value"))
    ]
    findings.append(
        Fault("b.csv", "x", row=9, severity="warning", dimension="accuracy")
    )
    assert [(c.dimension, c.grade, c.said) for c in told.checks(findings)] == [
        ("validity", "poor", "2 rows of returns were kept out (a.csv)"),
        ("accuracy", "fair", "one figure came in with a mark (b.csv)"),
    ]


def test_days_of_february_are_known(methods):
    found = known_days(source("a", "2023-02"), methods)
    assert found.latest == date(2023, 2, 28)


def test_figures_of_other_spans_do_not_say_when_a_series_begins():
    quarter = parse_quarter("2025-26 Q3")
    spans = due_spans([parse_period("April 2020")], indicator(), quarter, 2)
    assert [span.label for span in spans] == ["2025-26 Q2", "2025-26 Q3"]


@pytest.mark.parametrize(
    ("grades", "grade"),
    [
        (["good", "poor", "fair"], "poor"),
        (["good", "not judged"], "good"),
        (["not judged", "not judged"], "not judged"),
        ([], "not judged"),
    ],
)
def test_the_worst_counts_and_what_is_not_judged_counts_for_nothing(grades, grade):
    assert worst(grades) == grade
