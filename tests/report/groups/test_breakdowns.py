"""What the diversity report says, and what it must not tell."""

import re
from dataclasses import replace

import pytest

from perfnb.analysis.groups import between_groups
from perfnb.report import sources
from perfnb.report.groups import breakdowns
from perfnb.report.groups.breakdown_words import alternative, certainty, verdict


@pytest.fixture(scope="module")
def found(housing):
    """Compare the groups of every indicator that has them."""
    return between_groups.breakdowns(housing)


def test_the_answer_names_who_fares_worse_and_better(found, housing):
    """Three age groups lie above the rest of the district, one below."""
    assert breakdowns.answer(found, housing).text() == (
        "Housing: people aged 18-24 (53.3), 25-34 (44.4) and 35-44 (32.0) fare worse "
        "than the rest of the district on Main applicants owed a homelessness duty, "
        "and people aged 45-54 (10.3) fare better (19.9 per 10,000 residents in all, "
        "2025-26 Q3). There is very strong evidence for 18-24 and 25-34, and some "
        "evidence for 35-44 and 45-54."
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


@pytest.fixture(scope="module")
def of_safety(safety):
    """Compare the areas of community safety, by characteristic."""
    return {f.characteristic: f for f in between_groups.breakdowns(safety)}


def changed(finding, **columns):
    """Give a finding whose groups have other verdicts, made up for the test."""
    groups = finding.breakdown.groups.assign(**columns)
    return replace(finding, breakdown=replace(finding.breakdown, groups=groups))


def test_of_many_wards_the_answer_names_those_furthest_out(of_safety, safety):
    text = breakdowns.answer(list(of_safety.values()), safety).text()
    assert "Lickhill (15.9), Wyre Forest Rural (24.9), Franche & Habberley" in text
    assert "and three others fare better" in text
    assert "Of these ten there is very strong evidence for eight" in text


def test_where_nothing_stands_out_the_answer_says_what_was_looked_at(found, housing):
    plain = [changed(f, verdict="no clear difference") for f in found]
    text = breakdowns.answer(plain, housing).text()
    assert "no group clearly fares worse than the rest of the district" in text
    assert "Main applicants owed a homelessness duty by age" in text


def test_where_neither_side_is_good_the_answer_says_so(of_safety, safety):
    verdicts = of_safety["deprivation"].breakdown.groups["verdict"]
    other = changed(
        of_safety["deprivation"],
        verdict=verdicts.replace({"worse": "different", "better": "different"}),
    )
    text = breakdowns.answer([other], safety).text()
    assert "differ from the rest of the district" in text
    assert "neither better nor worse" in text


def test_only_better_is_no_cause_for_attention(of_safety, safety):
    better = changed(of_safety["ward"], verdict="better")
    assert "fare better than the rest" in breakdowns.answer([better], safety).text()
    assert "worse for" not in breakdowns.attention([better], safety).text()


def test_what_needs_attention_names_the_slope_once_and_the_age_once(of_safety, safety):
    text = breakdowns.attention(list(of_safety.values()), safety).text()
    assert text.count("the more deprived, the worse") == 1
    assert text.count("is the latest period held") == 1


def test_a_group_that_fell_among_many_is_said_as_such(of_safety, safety):
    said = " ".join(verdict(of_safety["ward"], safety.methods))
    assert "Mitton looks different taken alone" in said
    html = str(breakdowns.sections([of_safety["ward"]], safety).html())
    assert "No clear difference (better taken alone)" in html


def test_methods_say_how_many_comparisons_are_judged_together(of_safety, safety):
    text = sources.breakdown_methods(list(of_safety.values()), safety).text()
    assert "among all 17 comparisons with the rest on this page" in text
    assert "Slope and Relative Index of Inequality" in text
    assert "take events to come one by one" in text


@pytest.mark.parametrize(
    ("p_value", "words"),
    [
        (0.0001, "very strong evidence"),
        (0.001, "very strong evidence"),
        (0.002, "strong evidence"),
        (0.05, "some evidence"),
        (0.2, "weak evidence"),
    ],
)
def test_certainty_is_told_in_words(p_value, words):
    assert certainty(p_value) == words


def as_shares(selection, **more):
    """Make an indicator of a selection a share, so that points are told."""
    settings = {"interval": "wilson", "per": 100.0, "unit": "%", "decimals": 2}
    indicators = [i.model_copy(update=settings | more) for i in selection.indicators]
    return replace(selection, indicators=tuple(indicators))


@pytest.mark.parametrize(
    ("polarity", "words"),
    [("minimise", "worse"), ("maximise", "better"), ("neutral", "different")],
)
def test_shares_are_told_in_points(safety, polarity, words):
    selection = as_shares(safety, polarity=polarity)
    found = between_groups.breakdowns(selection)
    assert found[0].breakdown.groups["verdict"].iloc[0] == words
    html = str(breakdowns.sections(found, selection).html())
    assert "5.83 points above the rest" in html
    assert "better nor worse" in html or polarity != "neutral"


def test_figures_without_an_interval_are_shown_without_a_verdict(safety):
    selection = as_shares(safety, interval="none", unit="per 100 residents")
    found = between_groups.breakdowns(selection)
    text = breakdowns.answer(found, selection).text()
    assert "it cannot be said whether any group fares worse" in text
    html = str(breakdowns.sections(found, selection).html())
    assert "It cannot be said whether any group is different from the rest." in html
    assert "Not assessed" in html
    assert not re.search(">(nan|<NA>|None)<", html)
