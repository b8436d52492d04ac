"""What is said and drawn of gaps over time."""

from dataclasses import replace

import pytest

from perfnb.analysis.groups import between_groups
from perfnb.report.groups import breakdowns, gap_charts, gap_words


@pytest.fixture(scope="module")
def found(housing):
    """Compare the groups of every indicator that has them."""
    return between_groups.breakdowns(housing)


def test_gaps_over_time_are_told_with_what_they_rest_on(found):
    by_age = next(f for f in found if f.characteristic == "age")
    said = " ".join(gap_words.verdict(by_age))
    assert "Since 2024-25 Q4 there is no clear change in the gap" in said
    assert "seasons may play a part" in said
    assert "Too few to say for 16-17, 55-64, 65-74 and 75+." in said


def test_a_gap_that_changed_is_told_from_and_to(found):
    """Made up: the figures held show no change that is clear."""
    by_age = next(f for f in found if f.characteristic == "age")
    since = by_age.since[0]
    groups = since.change.groups.assign(p_adjusted=0.0004)
    groups.loc[1, ["verdict", "alone", "other"]] = ["narrowed", "narrowed", "widened"]
    other = replace(since, change=replace(since.change, groups=groups))
    said = gap_words.verdict(replace(by_age, since=(other,)))[0]
    assert said.startswith(
        "Since 2018-19 Q1 the gap of 18-24 has narrowed, from 4.0 times the rest to "
        "3.1 times the rest (very strong evidence); in its unit it has widened."
    )


def test_the_chart_of_gaps_tells_hidden_groups_in_words(found, housing):
    by_age = next(f for f in found if f.characteristic == "age")
    chart = gap_charts.chart(by_age, housing.methods)
    for drawn in (chart.wide, chart.narrow):
        assert "too few to say" in drawn
        assert "2018-19 Q1" in drawn
    row = next(row for row in chart.table.rows if row[0] == "75+")
    assert set(row[1:4]) == {"–"}
    assert set(row[4:]) == {"Too few to say"}
    held = [row for row in chart.download.rows if row[0] == "75+"]
    for each in held:
        assert each[2:5] == ["", "", ""]


def test_one_dot_of_a_group_is_no_chart_of_change(found, housing):
    """By ethnic group a gap can be told in the latest quarter alone."""
    by_ethnicity = next(f for f in found if f.characteristic == "ethnicity")
    html = str(breakdowns.sections([by_ethnicity], housing).html())
    assert "Too few to say how the gap of any group has changed since" in html
    assert "times the rest of the district, 2018-19 Q1" not in html


def test_gaps_of_shares_are_told_in_points(housing):
    shares = {"interval": "wilson", "per": 100.0, "unit": "%", "decimals": 2}
    indicators = tuple(i.model_copy(update=shares) for i in housing.indicators)
    selection = replace(housing, indicators=indicators)
    by_age = between_groups.breakdowns(selection)[0]
    assert by_age.since[0].change.scale == "difference"
    chart = gap_charts.chart(by_age, selection.methods)
    assert "points above or below the rest of the district" in chart.title
    assert "0.36 points above the rest in 2025-26 Q3" in chart.alternative
