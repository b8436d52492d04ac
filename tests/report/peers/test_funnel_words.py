"""Two verdicts on one figure: what each says, and why both may hold."""

from dataclasses import replace

import pytest

from perfnb.analysis.peers import among_peers
from perfnb.report.peers import funnel_charts, funnel_words


@pytest.fixture(scope="module")
def duty(housing):
    """Give households owed a duty, which are worse than the median."""
    found = among_peers.benchmarks(housing, "nearest-neighbours")
    return next(each for each in found if each.indicator.id == "HOM2")


def against(finding, group):
    """Give the comparison with one group."""
    return next(each for each in finding.against if each.group.id == group)


def said(finding, each, selection):
    """Give what is said of the funnel."""
    return " ".join(funnel_words.funnel_sentences(finding, each, selection))


def test_worse_than_the_middle_and_yet_not_unusual_is_explained(duty, housing):
    districts = against(duty, "all-districts")
    assert districts.comparison.verdict == "worse"
    assert said(duty, districts, housing) == (
        "Beside the average of English districts, 2.33 per 1,000 households, Wyre "
        "Forest is not unusual for a council of its size. Councils differ here by more "
        "than chance, and the limits allow for that. So the difference from the middle "
        "council is real, but many councils are as far from it."
    )


def test_unusual_in_its_region_is_said_with_how_rare_that_is(duty, housing):
    assert said(duty, against(duty, "region"), housing) == (
        "Beside the average of districts of the West Midlands region, 2.04 per 1,000 "
        "households, Wyre Forest is unusually high for a council of its size, which is "
        "worse. Councils differ here by more than chance, and the limits allow for "
        "that. Even so, only one council in 40 would lie so far out on that side."
    )


def test_unusual_although_like_the_middle_is_explained(duty, housing):
    region = against(duty, "region")
    near = replace(
        region, comparison=replace(region.comparison, verdict="no clear difference")
    )
    assert "The middle council and the average are two things" in said(
        duty, near, housing
    )


def test_a_funnel_of_chance_alone_does_not_speak_of_spread(duty, housing):
    region = against(duty, "region")
    plain = replace(region, funnel=replace(region.funnel, widened=False))
    text = said(duty, plain, housing)
    assert "By chance alone only one council in 40" in text
    assert "differ here by more than chance" not in text


def test_the_word_follows_polarity(duty):
    region = against(duty, "region")
    for polarity, word in (
        ("minimise", "worse"),
        ("maximise", "better"),
        ("neutral", "different"),
    ):
        indicator = duty.indicator.model_copy(update={"polarity": polarity})
        assert funnel_words.unusual(region, indicator) == word
        assert funnel_words.funnel_cell(region, indicator)[0] in "▲▼◆"


def test_without_a_funnel_nothing_is_said(duty, housing):
    neighbours = against(duty, "nearest-neighbours")
    assert said(duty, neighbours, housing) == ""
    assert funnel_words.unusual(neighbours, duty.indicator) == ""
    assert funnel_words.funnel_cell(neighbours, duty.indicator) == "–"


def test_the_chart_names_its_lines_and_the_council(duty, housing):
    chart = funnel_charts.funnel_chart(duty, against(duty, "all-districts"), housing)
    for svg in (chart.wide, chart.narrow):
        assert svg.count("95%") == 2
        assert svg.count("99.8%") >= 1
        assert "average" in svg
        assert "Wyre Forest 3.58" in svg
        assert len(svg) < 12_000
    assert "162 councils by size (Households in the area)" in chart.alternative
    assert "18 others lie outside them" in chart.alternative


def test_the_table_gives_the_council_and_those_outside(duty, housing):
    chart = funnel_charts.funnel_chart(duty, against(duty, "all-districts"), housing)
    names = [row[0] for row in chart.table.rows]
    places = [row[2] for row in chart.table.rows]
    assert "Wyre Forest" in names
    assert places.count("within") == 1
    assert len(chart.download.rows) == len(chart.table.rows)
    assert chart.everything is not None
    assert len(chart.everything.rows) == 163


def test_every_council_has_its_dot(duty, housing):
    chart = funnel_charts.funnel_chart(duty, against(duty, "all-districts"), housing)
    assert chart.wide.count("h0") == 163
