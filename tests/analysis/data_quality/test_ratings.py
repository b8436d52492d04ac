"""One rating an indicator: the checks, the signature, and which of them counts."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_workbook import INDICATORS, INSPECTIONS, SIGN_OFF, SOURCES

from perfnb.analysis.data_quality.council import council_quality
from perfnb.analysis.data_quality.grades import Check
from perfnb.analysis.data_quality.ratings import rating, ratings
from perfnb.errors import Fault
from perfnb.sign_offs import DIMENSIONS, SignOff

from .made_quality import indicator

QUARTER = "2025-26 Q3"
GRADES = ("good", "fair", "poor", "not judged")
WORST = {"poor": 0, "fair": 1, "good": 2, "not judged": 3}


def signed(grade, dimensions=""):
    """Give a signature."""
    return SignOff(
        indicator="IL1",
        quarter=QUARTER,
        owner="Illustrative officer",
        dimensions=dimensions,
        rating=grade,
        signed=date(2026, 2, 1),
        basis="illustrative",
    )


def checked(grade):
    """Give one check of each characteristic."""
    return [Check(name, grade, "a reason") for name in DIMENSIONS]


@pytest.mark.parametrize(
    ("check", "signature", "grade", "lowered"),
    [
        ("good", "good", "good", 0),
        ("fair", "good", "fair", 6),
        ("poor", "good", "poor", 6),
        ("good", "fair", "fair", 0),
        ("good", "poor", "poor", 0),
        ("not judged", "good", "good", 0),
        ("not judged", "poor", "poor", 0),
    ],
)
def test_the_worse_of_check_and_signature_counts(check, signature, grade, lowered):
    found = rating(indicator(), checked(check), [signed(signature)])
    assert {each.grade for each in found.dimensions} == {grade}
    assert (found.overall, len(found.lowered)) == (grade, lowered)


def test_a_signature_speaks_only_for_what_it_names():
    found = rating(indicator(), checked("good"), [signed("poor", "accuracy; validity")])
    assert [each.grade for each in found.dimensions] == ["poor"] * 2 + ["good"] * 4
    assert found.signature == "partly signed"
    assert "its owner signed it as poor" in found.dimensions[0].reasons


def test_several_signatures_make_a_whole_one():
    names = "; ".join(DIMENSIONS[1:])
    both = [signed("good", "accuracy"), signed("fair", names)]
    assert rating(indicator(), checked("good"), both).signature == "signed"


def test_without_a_signature_the_checks_count_and_it_is_told():
    found = rating(indicator(), checked("good"), [])
    assert (found.overall, found.signature) == ("good", "not signed")


def test_the_rating_is_the_worst_and_says_what_makes_it_so():
    found = rating(
        indicator(),
        [Check("accuracy", "good", "well"), Check("timeliness", "poor", "old")],
        [],
    )
    assert found.overall == "poor"
    assert [each.dimension for each in found.behind] == ["timeliness"]


@given(
    st.lists(st.tuples(st.sampled_from(DIMENSIONS), st.sampled_from(GRADES))),
    st.one_of(st.none(), st.sampled_from(GRADES[:3])),
    st.tuples(st.sampled_from(DIMENSIONS), st.sampled_from(GRADES[:3])),
)
def test_a_further_failing_check_never_raises_a_rating(found, signature, further):
    checks = [Check(name, grade, "a reason") for name, grade in found]
    signatures = [] if signature is None else [signed(signature)]
    before = rating(indicator(), checks, signatures)
    after = rating(indicator(), [*checks, Check(*further, "another")], signatures)
    assert WORST[after.overall] <= WORST[before.overall]


@given(
    st.lists(st.tuples(st.sampled_from(DIMENSIONS), st.sampled_from(GRADES))),
    st.sampled_from(GRADES[:3]),
)
def test_a_signature_never_raises_what_the_checks_say(found, signature):
    checks = [Check(name, grade, "a reason") for name, grade in found]
    without = rating(indicator(), checks, [])
    with_it = rating(indicator(), checks, [signed(signature)])
    for before, after in zip(without.dimensions, with_it.dimensions, strict=True):
        assert WORST[after.grade] <= WORST[before.grade]


# --- on a whole workbook ---------------------------------------------------------


@pytest.fixture
def rated(small_workbook):
    """Open the small workbook as a test has spoilt it, and rate its indicators."""
    return lambda: ratings(small_workbook.open().whole(QUARTER))


def grades(found):
    """Give the grades of a rating by characteristic."""
    return {each.dimension: each.grade for each in found.dimensions}


def test_a_signature_after_the_day_of_the_report_is_not_looked_at(
    small_workbook, rated
):
    assert rated()["IL1"].signature == "signed"
    small_workbook.set_cell(SIGN_OFF, 2, "signed", "2026-02-16")
    assert rated()["IL1"].signature == "not signed"


def test_a_row_kept_out_makes_its_characteristic_poor(small_workbook, rated):
    assert grades(rated()["IL1"])["validity"] == "good"
    small_workbook.set_cell(INSPECTIONS, 2, "numerator", "about 40")
    found = rated()["IL1"]
    assert "poor" in grades(found).values()
    assert any("kept out" in reason for d in found.dimensions for reason in d.reasons)


def test_a_definition_overdue_for_review_is_fairly_relevant(small_workbook, rated):
    small_workbook.set_cell(INDICATORS, 2, "robustness", "Good: illustrative.")
    assert grades(rated()["IL1"])["relevance"] == "good"
    small_workbook.set_cell(INDICATORS, 2, "review_date", "2026-02-05")
    found = rated()["IL1"]
    assert grades(found)["relevance"] == "fair"
    assert "its definition should have been looked at 10 days ago" in (
        found.dimensions[4].reasons
    )


@pytest.mark.parametrize(
    ("published", "grade"),
    [("2026-01-15", "good"), ("2026-02-01", "fair"), ("", "not judged")],
)
def test_a_figure_is_timely_by_its_own_day(small_workbook, rated, published, grade):
    """IL3 is signed for other characteristics only; due 20 January."""
    small_workbook.set_cell(INDICATORS, 4, "due_days", "20")
    small_workbook.set_cell(SOURCES, 3, "published", published)
    assert grades(rated()["IL3"])["timeliness"] == grade


def test_a_service_and_the_whole_council_rate_alike(book):
    """Housing's figures are as good on its own page as on the council's."""
    whole = ratings(book.whole(QUARTER))
    for service in book.catalogue.services:
        for name, found in ratings(book.select(service, QUARTER)).items():
            assert found == whole[name]


def test_ratings_are_made_once_for_a_selection(waste):
    assert ratings(waste) is ratings(waste)
    assert ratings(replace(waste)) is not ratings(waste)


def test_groups_of_people_change_no_rating(housing):
    """What is hidden on a page must not show through a rating."""
    rows = housing.vintages.copy()
    groups = rows["characteristic"] != "all"
    rows.loc[groups, "numerator"] += 50
    other = replace(housing, vintages=rows)
    assert ratings(other) == ratings(housing)


# --- the worked example ------------------------------------------------------------


@pytest.fixture(scope="module")
def council(book):
    """Gather what is known of Wyre Forest's data quality."""
    return council_quality(book.whole(QUARTER))


def test_figures_years_behind_are_poor_whatever_is_signed(council):
    """NI 192 ends with 2022-23 and is signed good, for illustration."""
    found = council.ratings["NI192"]
    assert (found.overall, found.signature) == ("poor", "signed")
    assert [each.dimension for each in found.lowered] == [
        *("accuracy", "timeliness", "completeness")
    ]


def test_a_gap_lowers_completeness_and_a_change_of_method_reliability(council):
    """HOM1: no figure for January to March 2024; other projections since 2025."""
    assert grades(council.ratings["HOM1"]) == {
        "accuracy": "good",
        "validity": "good",
        "reliability": "fair",
        "timeliness": "good",
        "relevance": "good",
        "completeness": "fair",
    }


def test_two_vintages_that_disagree_make_a_series_less_reliable(council):
    """NI 191: ENV18 and Oflog differ for 2015-16 to 2017-18; NI 192 agrees."""
    assert grades(council.ratings["NI191"])["reliability"] == "fair"
    assert grades(council.ratings["NI192"])["reliability"] == "good"


def test_assessments_and_duties_owed_are_all_but_one_series(council):
    """Nearly every household assessed is owed a duty: 0.9995 of 22 changes."""
    assert [(pair.first, pair.second, pair.n) for pair in council.twins] == [
        ("HOM1", "HOM2", 22)
    ]


def test_a_finding_without_an_indicator_lowers_nobody(waste):
    stray = Fault("data/returns/x.doc", "a return")
    other = replace(waste, findings=(*waste.findings, stray))
    assert ratings(other) == ratings(waste)
