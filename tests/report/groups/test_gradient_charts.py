"""What is said and drawn of the slope from the most to the least deprived."""

from dataclasses import replace

import pandas as pd
import pytest

from perfnb.analysis.groups import between_groups
from perfnb.analysis.groups.gradient import gradient
from perfnb.report.groups import breakdowns, gradient_charts, gradient_words


@pytest.fixture(scope="module")
def of_safety(safety):
    """Compare the areas of community safety, by characteristic."""
    return {f.characteristic: f for f in between_groups.breakdowns(safety)}


def test_the_slope_is_told_with_its_limits(of_safety):
    """85.4 per 1,000 from end to end, six times as much at the most deprived end."""
    (said,) = gradient_words.verdict(of_safety["deprivation"])
    assert said.startswith("The more deprived their area, the worse people fare.")
    assert "the line goes from 102.3 to 16.9 per 1,000 residents, 85.4 (" in said
    assert "6.1 times (" in said
    assert "as much at the most deprived end." in said


def test_without_a_slope_the_reason_is_told(of_safety, safety):
    finding = of_safety["deprivation"]
    few = finding.breakdown.groups.head(2)
    none = gradient(
        few,
        polarity="minimise",
        interval="byar",
        per=1000,
        slack=0,
        methods=safety.methods,
    )
    assert gradient_words.verdict(replace(finding, gradient=none)) == [
        "No slope from the most to the least deprived: it needs 3 groups with a figure."
    ]
    html = str(breakdowns.sections([replace(finding, gradient=none)], safety).html())
    assert "Slope Index" not in html


def test_the_slope_chart_says_unit_period_and_how_many(of_safety, safety):
    finding = of_safety["deprivation"]
    chart = gradient_charts.chart(
        finding, finding.gradient, finding.gradient.index, safety.methods
    )
    for words in (
        "per 1,000 residents",
        "October 2018 to February 2019",
        "lower is better",
        "4,831 incidents in five groups",
    ):
        assert words in chart.title
    for drawn in (chart.wide, chart.narrow):
        assert ">92.0<" in drawn
        assert "102.3" in drawn
    table = {row[0]: row for row in chart.table.rows}
    assert table["1 (most deprived)"][2] == "24.2%"
    assert table["Relative Index of Inequality (least / most deprived)"][3].startswith(
        "0.16 ("
    )


def test_a_hidden_fifth_is_told_in_words_on_the_slope(of_safety, safety):
    finding = of_safety["deprivation"]
    groups = finding.breakdown.groups.copy()
    groups.loc[1, ["numerator", "value", "lower_ci", "upper_ci"]] = pd.NA
    groups.loc[1, "suppressed"] = True
    found = gradient(
        groups,
        polarity="minimise",
        interval="byar",
        per=1000,
        slack=0,
        methods=safety.methods,
    )
    other = replace(finding, gradient=found)
    chart = gradient_charts.chart(other, found, found.index, safety.methods)
    assert "hidden" in chart.wide
    assert next(row for row in chart.table.rows if row[0] == "2")[3] == "hidden"
    assert (
        "one group has no figure that can be shown" in gradient_words.verdict(other)[1]
    )
