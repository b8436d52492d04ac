"""What the diversity report says, and what it must not tell."""

import re

import pytest

from perfnb.analysis import between_groups
from perfnb.report import breakdowns
from perfnb.report.breakdown_words import alternative, verdict


@pytest.fixture(scope="module")
def found(housing):
    """Compare the groups of every indicator that has them."""
    return between_groups.breakdowns(housing)


def test_the_answer_names_who_fares_worse(found, housing):
    """Three age groups lie above the rest of the district."""
    assert breakdowns.answer(found, housing).text() == (
        "Housing: people aged 18-24 (53.3), 25-34 (44.4) and 35-44 (32.0) fare worse "
        "than the rest of the district on Main applicants owed a homelessness duty "
        "(19.9 per 10,000 residents in all, 2025-26 Q3)."
    )


def test_deprivation_is_told_in_words(safety):
    """A group called 1 would say nothing to a member."""
    text = breakdowns.answer(between_groups.breakdowns(safety), safety).text()
    assert "people in England's most deprived fifth of areas (92.0) fare worse" in text


def test_a_service_without_breakdowns_says_what_is_missing_and_who_owns_it(waste):
    """Neither an error nor silence."""
    text = breakdowns.answer((), waste).text()
    assert (
        "it is not known which groups and areas get a better or worse service" in text
    )
    assert "owed by: Waste and recycling manager (illustrative)" in text
    table = breakdowns.missing((), waste)
    assert len(table.rows) == len(waste.indicators)


def test_hidden_groups_are_named_and_explained(found, housing):
    """A reader must know that something is hidden, and why."""
    by_ethnicity = next(f for f in found if f.characteristic == "ethnicity")
    said = " ".join(verdict(by_ethnicity, housing.methods))
    assert "Four groups are hidden to protect people." in said


def test_no_hidden_count_is_anywhere_in_the_section(found, housing):
    """Table, text alternative, download and drawing: 75 and over stays hidden."""
    by_age = next(f for f in found if f.characteristic == "age")
    section = breakdowns.sections([by_age], housing).parts[0]
    chart = next(part for part in section.parts if hasattr(part, "wide"))
    row = next(row for row in chart.table.rows if row[0] == "75+")
    assert row[1] == "hidden"
    assert row[3] == "hidden"
    held = next(row for row in chart.download.rows if row[0] == "75+")
    named = dict(zip(chart.download.headings, held, strict=True))
    for column in ("numerator", "value", "lower_ci", "upper_ci", "ratio"):
        assert named[column] == ""
    assert "75+" not in alternative(by_age)
    assert "hidden to protect people" in chart.wide


def test_shown_counts_are_rounded_everywhere(found, housing):
    """34 applicants aged 18-24 are shown as 35, and the rate is made from 35."""
    html = str(breakdowns.sections(found, housing).html())
    shown = re.search(r">18-24</th>(.*?)</tr>", html)[1]
    assert ">35<" in shown
    assert ">34<" not in shown


def test_groups_that_do_not_add_up_are_explained(found, housing):
    """Four applicants have no ethnic group; every applicant has an age."""
    said = {f.characteristic: " ".join(verdict(f, housing.methods)) for f in found}
    assert "not known are left out" in said["ethnicity"]
    assert "not known" not in said["age"]


def test_the_rates_say_what_they_are_set_against(found, housing):
    """Ages are set against mid-2019, ethnic groups against the census."""
    html = str(breakdowns.sections(found, housing).html())
    assert "set against Census 2021: ethnic group by local authority" in html
    assert "set against Mid-year population estimates" in html


def test_no_total_tells_how_few_belong_to_no_group(found):
    """The district is the published headline of 167, not the sum of the groups."""
    by_ethnicity = next(f for f in found if f.characteristic == "ethnicity")
    total = 1939 + 395 + 1470 + 382 + 97423
    assert by_ethnicity.breakdown.district_value == pytest.approx(167 / total * 10_000)
