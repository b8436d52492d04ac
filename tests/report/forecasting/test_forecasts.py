"""What the forecast report says, on Wyre Forest's real figures."""

from dataclasses import replace

import pandas as pd
import pytest

from perfnb.analysis.forecasting import outlook
from perfnb.report import sources
from perfnb.report.forecasting import forecast_charts, forecasts, track_records
from perfnb.report.forecasting.forecast_words import chances, trust, verdict, why_not
from perfnb.report.words import value_of


@pytest.fixture(scope="module")
def found(housing_outlooks):
    """Give the forecast of every indicator of housing."""
    return housing_outlooks


@pytest.fixture(scope="module")
def old(waste):
    """Try to forecast every indicator of waste, whose figures end in 2022-23."""
    return outlook.outlooks(waste)


def by_id(findings, identity):
    """Find an indicator."""
    return next(each for each in findings if each.indicator.id == identity)


def test_the_first_sentence_is_the_forecast_most_in_need_of_attention(found, housing):
    first = forecasts.answer(found, housing).text().splitlines()[0]
    share = by_id(found, "HOM3").outturn
    assert first == (
        "Housing, 2025-26. Share of duties owed that are prevention duties: likely to "
        f"end the year at {share.value:.1f}% (80% range {share.lower_inner:.1f} to "
        f"{share.upper_inner:.1f}) and to miss its illustrative target, at least 50.0%."
    )


def test_what_cannot_be_forecast_is_counted_in_the_answer(found, housing):
    text = forecasts.answer(found, housing).text()
    assert text.endswith(
        "Two further indicators cannot be forecast; the reasons stand below."
    )


def test_a_service_whose_figures_end_years_ago_says_so_first(old, waste):
    assert forecasts.answer(old, waste).text() == (
        "Waste and recycling, 2025-26: none of the six indicators can be forecast. The "
        "newest figure is of 2022-23; from figures that old a forecast of this year "
        "would be guesswork."
    )
    assert forecasts.summary(old, waste).text() == "There is no forecast to show."


def test_a_service_with_one_indicator_says_its_reason(planning, safety):
    for selection, reason in ((planning, "covers 24 months"), (safety, "28 newer")):
        text = forecasts.answer(outlook.outlooks(selection), selection).text()
        assert "no forecast can be made of" in text
        assert reason in text


def test_a_service_without_indicators_says_so(waste):
    text = forecasts.answer((), waste).text()
    assert text == "Waste and recycling: no indicator is in the register."


def test_targets_in_doubt_and_reasons_are_listed_with_their_owner(found, housing):
    text = forecasts.attention(found, housing).text()
    assert (
        "Target for 2025-26: at most 13.00 per 1,000 households (illustrative)" in text
    )
    assert "from figures that old a forecast would be guesswork" in text
    assert text.count("Owner: Housing options manager (illustrative).") == 4


def test_the_verdict_gives_both_ranges_the_count_and_last_year(found, housing):
    said = " ".join(verdict(by_id(found, "HOM2"), housing.methods))
    assert "80% range" in said
    assert "95% range" in said
    assert "April to December 2025: 10.82 per 1,000 households (511 households)" in said
    assert "The year before ended at 13.44 per 1,000 households." in said
    assert "It is likely to be missed:" in said
    assert "rests on the seven figures from 2024-25 Q1 on" in said


def test_a_forecast_is_never_called_a_status(found, housing):
    table = forecasts.summary(found, housing)
    assert "no status of today" in table.caption
    outlooks = [row[-2] for row in table.rows]
    assert outlooks[0].endswith("Not judged")
    assert outlooks[1].endswith("Likely to be missed")


def test_every_row_of_the_summary_says_unit_polarity_and_what_is_known(found, housing):
    table = forecasts.summary(found, housing)
    duties = table.rows[1]
    assert duties[1] == "3 of 4"
    assert duties[5:7] == ["per 1,000 households", "lower"]
    assert "(illustrative)" in duties[7]


def test_trust_is_told_in_counts_and_in_the_indicator_s_unit(found, housing):
    finding = by_id(found, "HOM2")
    said = " ".join(trust(finding, housing.methods))
    stage = finding.stage
    assert (
        f"Of {stage['n']:.0f} earlier forecasts made after three quarters "
        f"({stage['n_series']:.0f} councils, 2019-20 to 2024-25), "
        f"{stage['inside_inner']:.0f} ended inside the 80% range"
    ) in said
    assert "per 1,000 households when simply repeating last year." in said


def test_no_skill_is_said_on_the_page(old, waste):
    text = track_records.record(old, waste).text()
    assert "No model was clearly nearer than repeating last year's value." in text


def test_a_year_that_repeated_itself_exactly_leaves_no_share_to_tell(old, waste):
    (first, *rest) = old
    stages = first.record.stages.assign(error_last_year=0.0, skill=-float("inf"))
    exact = replace(first, record=replace(first.record, stages=stages))
    text = track_records.record([exact, *rest], waste).text()
    assert "last year's value was exact" in text
    assert "inf" not in text


def test_few_earlier_forecasts_are_not_built_on(found, housing):
    finding = by_id(found, "HOM2")
    few = replace(finding, setting=replace(finding.setting, n=5, stretch=1.0))
    assert "fewer than 20 forecasts" in " ".join(trust(few, housing.methods))
    untested = replace(finding, record=by_id(found, "HOM5").record)
    assert "has not been tested" in " ".join(trust(untested, housing.methods))


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        ("no data", "there is no figure"),
        ("no rule", "does not say how its quarters make a year"),
        ("overlapping windows", "shares most of them with the one before"),
        ("break in the year", "made differently"),
        ("no counts", "only rates are held"),
        ("too few points", "six are needed"),
        ("no variation", "no ups and downs"),
        ("gap in the year", "cannot be added up"),
        ("too old", "would be guesswork"),
    ],
)
def test_every_reason_has_its_words(found, housing, standing, words):
    finding = by_id(found, "HOM2")
    other = replace(finding, outturn=replace(finding.outturn, standing=standing))
    assert words in why_not(other, housing.methods)
    assert (
        f"No forecast for 2025-26: {why_not(other, housing.methods)}."
        == verdict(other, housing.methods)[0]
    )


def test_a_complete_year_is_told_as_over(found, housing):
    finding = by_id(found, "HOM2")
    over = replace(
        finding, outturn=replace(finding.outturn, standing="year complete", value=14.2)
    )
    assert verdict(over, housing.methods)[0].startswith(
        "2025-26: ended the year at 14.20 per 1,000 households."
    )


def test_chances_are_never_certainties():
    assert chances(0.991) == "more than 99 chances in 100"
    assert chances(0.009) == "less than 1 chance in 100"
    assert chances(0.012) == "1 chance in 100"


def test_the_chart_its_words_its_table_and_its_file_agree(found, housing):
    finding = by_id(found, "HOM2")
    chart = forecast_charts.chart(finding, housing.methods)
    last = chart.table.rows[-1]
    value = value_of(finding.outturn.value, finding.indicator)
    assert last[:3] == ["2025-26", "forecast", value]
    assert f"forecast {value} for 2025-26, 80% range" in chart.alternative
    assert f"forecast {value}" in chart.wide
    assert f"forecast {value}" in chart.narrow
    place = chart.download.headings.index("value")
    values = [f"{row[place]:.2f}" for row in chart.download.rows]
    assert values == [row[2] for row in chart.table.rows]
    known = chart.table.rows[2]
    assert known[0] == "April to December 2025"
    assert known[-2] == "511"


def test_a_made_up_target_is_called_so_on_the_chart(found, housing):
    chart = forecast_charts.chart(by_id(found, "HOM2"), housing.methods)
    assert chart.title.endswith("lower is better; target illustrative")
    assert "illustrative" in chart.wide
    assert "(illustrative)" in chart.alternative


def test_an_annual_indicator_is_drawn_by_year(waste):
    """Looked at from December 2022, when 2021-22 was the latest year."""
    then = replace(
        waste,
        quarter=pd.Period("2023Q3", "Q-MAR"),
        observations=waste.observations[
            waste.observations["quarter"] <= pd.Period("2023Q3", "Q-MAR")
        ],
        indicators=waste.indicators[:1],
    )
    (finding,) = outlook.outlooks(then)
    assert finding.is_forecast
    assert finding.setting.repeats
    assert finding.outturn.model == "last figure"
    chart = forecast_charts.chart(finding, then.methods)
    assert [row[0] for row in chart.table.rows][-2:] == ["2021-22", "2022-23"]
    assert chart.table.rows[-2][2] == "535.0"
    assert "by year" in chart.title
    low, high = finding.outturn.lower_ci, finding.outturn.upper_ci
    assert low < 483.9 < high


def test_earlier_forecasts_can_be_looked_up_and_taken_away(found, housing):
    html = str(track_records.record(found, housing).html())
    assert "Earlier forecasts of Wyre Forest: Households owed" in html
    assert 'download="hom2-earlier-forecasts.csv"' in html
    assert "Were earlier alarms right?" in html
    assert "Chance given that a year would end above the last" in html
    assert "nan" not in html


def test_sources_and_methods_name_what_was_done(found, housing):
    text = sources.forecast_methods(found, housing).text()
    assert "Hyndman and Athanasopoulos (2021)" in text
    assert "Earlier forecasts are made anew for 20 councils" in text
    assert "made up to show how the workbook works" in text
    table = sources.table(found, housing)
    assert any("homelessness" in row[0] for row in table.rows)


def test_a_page_without_any_test_says_so(planning):
    found = outlook.outlooks(planning)
    text = track_records.record(found, planning).text()
    assert "none is tested" in text


def test_no_missing_number_reaches_a_page(found, housing, old, waste):
    for findings, selection in ((found, housing), (old, waste)):
        for part in (
            forecasts.answer(findings, selection),
            forecasts.attention(findings, selection),
            forecasts.summary(findings, selection),
            forecasts.sections(findings, selection),
            track_records.record(findings, selection),
        ):
            html = str(part.html())
            assert " nan" not in part.text()
            assert ">nan" not in html
            assert ">no figure<" not in html
