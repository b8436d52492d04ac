"""The rating of an indicator, as every page shows it."""

from dataclasses import replace
from datetime import date

import pytest
from small_workbook import SIGN_OFF

from perfnb.analysis.data_quality.grades import Check
from perfnb.analysis.data_quality.ratings import rating
from perfnb.analysis.groups.between_groups import breakdowns as reckoned
from perfnb.analysis.peers.among_peers import benchmarks as compared
from perfnb.report.groups import breakdowns
from perfnb.report.peers import benchmarks
from perfnb.report.quality_words import (
    GRADE,
    quality_cell,
    quality_terms,
    signature,
    verdict,
)
from perfnb.sign_offs import DIMENSIONS, SignOff

QUARTER = "2025-26 Q3"


def by_id(selection, name):
    """Find an indicator of a selection."""
    return next(each for each in selection.indicators if each.id == name)


def test_a_cell_has_word_and_shape(waste, planning):
    assert quality_cell(by_id(waste, "NI192"), waste) == "□\u00a0Poor"
    assert quality_cell(by_id(planning, "P153"), planning) == "◧\u00a0Fair"


def test_shapes_are_told_apart_without_colour():
    assert len({word[0] for word in GRADE.values()}) == len(GRADE)


def test_the_fold_shows_the_grade_and_holds_the_six_and_the_owner(waste):
    recycling = by_id(waste, "NI192")
    shown = quality_terms(recycling, waste, recycling.title)
    assert shown.summary == (
        "Data quality, poor: Household waste reused, recycled or composted"
    )
    assert list(shown.meanings) == [*(n.capitalize() for n in DIMENSIONS), "Owner"]
    assert shown.meanings["Timeliness"] == "Poor: 2023-24 is 692 days overdue."
    assert shown.meanings["Owner"] == (
        "Signed off by Waste and recycling manager (illustrative) on 23 November 2026; "
        "the checks lower what was signed of its accuracy, timeliness and completeness."
    )


def test_an_indicator_that_nobody_signed_says_so(waste):
    residual = by_id(waste, "NI191")
    shown = quality_terms(residual, waste, residual.title)
    assert shown.meanings["Owner"] == "Not signed off by its owner."


def test_a_made_up_signature_of_a_real_post_says_that_it_is_made_up(waste):
    made_up = SignOff(
        indicator="NI191",
        quarter=QUARTER,
        owner="Waste manager",
        dimensions="accuracy",
        rating="good",
        signed=date(2026, 1, 2),
        basis="illustrative",
    )
    found = rating(by_id(waste, "NI191"), [], [made_up])
    assert signature(found) == (
        "Partly signed off by Waste manager on 2 January 2026 (illustrative)."
    )


@pytest.mark.parametrize(
    ("grade", "words"),
    [
        ("good", "Good in every respect that can be judged."),
        ("poor", "Poor, for its accuracy (a slip)."),
        ("not judged", "Not judged: no check can say anything of its figures."),
    ],
)
def test_the_verdict_names_what_makes_it_so(waste, grade, words):
    found = rating(waste.indicators[0], [Check("accuracy", grade, "a slip")], [])
    assert verdict(found) == words


def test_a_latest_figure_let_in_with_a_mark_says_so(waste):
    marked = {}
    for name in ("observations", "vintages"):
        rows = getattr(waste, name).copy()
        rows["mark"] = rows["mark"].cat.add_categories("read as 33.1")
        newest = (rows["indicator"] == "NI192") & (rows["end"] == "2023-03-31")
        rows.loc[newest & (rows["authority"] == waste.council), "mark"] = "read as 33.1"
        marked[name] = rows
    other = replace(waste, **marked)
    recycling = by_id(other, "NI192")
    assert quality_cell(recycling, other) == "□\u00a0Poor; marked"
    shown = quality_terms(recycling, other, recycling.title)
    assert shown.meanings["Marked"] == ("Let in with a mark: 2022-23 (read as 33.1).")


def test_pages_on_peers_and_groups_show_the_rating_with_each_indicator(
    planning, housing
):
    among = benchmarks.sections(compared(planning, "nearest-neighbours"), planning)
    assert "Data quality, fair: Non-major planning" in among.text()
    groups = breakdowns.sections(reckoned(housing), housing)
    assert groups.text().count("Data quality, poor: ") == len(groups.parts)


def test_a_signature_of_another_quarter_is_not_shown(small_workbook):
    small_workbook.set_cell(SIGN_OFF, 2, "quarter", "2025-26 Q2")
    streets = small_workbook.open().select("streets", QUARTER)
    shown = quality_terms(by_id(streets, "IL1"), streets, "IL1")
    assert shown.meanings["Owner"] == "Not signed off by its owner."
