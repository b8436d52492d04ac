"""What the trend report says, on Wyre Forest's real figures."""

import pytest

from perfnb.analysis.change import over_time
from perfnb.report import theme
from perfnb.report.change import trends
from perfnb.report.change.trend_words import alternative, verdict

from .made_trends import lines_of, made_up


@pytest.fixture(scope="module")
def found(waste):
    """Judge every indicator of the service."""
    return over_time.trends(waste)


def test_the_first_sentence_counts_the_verdicts(found, waste):
    """Six indicators: one worse, one better, four without a real change."""
    first = trends.answer(found, waste).text().splitlines()[0]
    assert first == (
        "Waste and recycling, up to 2022-23: one indicator is getting worse, one is "
        "improving and four show no real change."
    )


def test_the_indicators_behind_the_counts_are_named_with_unit_and_period(found, waste):
    """A verdict without its figure is worth nothing."""
    text = trends.answer(found, waste).text()
    assert (
        "Getting worse: Recycling contamination rate (12.8% in 2022-23, on trial "
        "limits)." in text
    )
    assert (
        "Improving: Household waste reused, recycled or composted (33.1% in 2022-23)."
        in text
    )


def test_a_service_with_one_indicator_answers_with_what_that_says(planning):
    """To say that one indicator cannot be judged would be no answer."""
    text = trends.answer(over_time.trends(planning), planning).text()
    assert "96.3% in January 2024 to December 2025: it cannot be said" in text


def test_a_service_whose_figures_are_all_old_says_how_old(found, waste):
    """Nothing later than 2022-23 is held for waste: the answer must not hide it."""
    text = trends.answer(found, waste).text()
    assert text.startswith("Waste and recycling, up to 2022-23: ")


def test_a_service_with_a_current_figure_does_not_warn(housing):
    """Housing has figures for the quarter itself."""
    text = trends.answer(over_time.trends(housing), housing).text()
    assert text.startswith("Housing: ")


def test_the_council_s_answer_says_what_is_worse_and_what_is_overdue(found):
    """Six indicators of waste, all of them waiting."""
    assert trends.council_answer(found, "Wyre Forest") == [
        "Of 6 indicators, one is getting worse, one is improving and four show no real "
        "change.",
        "Getting worse: Recycling contamination rate (12.8% in 2022-23, on trial "
        "limits).",
        "Six of the 6 wait for newer figures.",
    ]


def test_a_service_without_indicators_says_so(waste):
    """An empty register is not an error."""
    text = trends.answer((), waste).text()
    assert text == "Waste and recycling: no indicator is in the register."


def test_overdue_figures_are_listed_with_their_owner(found, waste):
    """Three indicators share the same two missing years: one line, not three."""
    html = str(trends.attention(found, waste).html())
    assert html.count("two newer years are due, but no figure has been received.") == 1
    assert "Owner: Waste and recycling manager (illustrative)." in html


def test_nothing_real_is_claimed_for_ordinary_ups_and_downs(found, waste):
    """NI 191 lies between its limits of 472.5 and 602.1."""
    residual = next(f for f in found if f.indicator.id == "NI191")
    first = verdict(residual, waste.methods)[0]
    assert first == (
        "483.9 kg per household in 2022-23: no real change. It lies within the range "
        "that ordinary ups and downs give (472.5 to 602.1)."
    )


def test_trial_limits_are_called_so(found, waste):
    """Eight figures are enough for trial limits and no more."""
    contamination = next(f for f in found if f.indicator.id == "OFL1")
    said = verdict(contamination, waste.methods)
    assert (
        "The range rests on eight figures and will still move: it settles at 13."
        in said
    )


def test_missing_periods_are_told_as_left_out(housing):
    """A gap is never taken for nought."""
    shares = next(f for f in over_time.trends(housing) if f.indicator.id == "HOM3")
    said = " ".join(verdict(shares, housing.methods))
    assert "Two periods have no figure and are left out, not taken for nought." in said


def test_the_text_alternative_gives_first_last_lowest_highest_and_limits(found):
    """It is made from the same result as the drawing."""
    residual = next(f for f in found if f.indicator.id == "NI191")
    assert alternative(residual) == (
        "Line chart of Residual household waste per household, kg per household: 566.9 "
        "in 2010-11, 483.9 in 2022-23; lowest 483.9 in 2022-23, highest 574.1 in "
        "2015-16. Mean 537.3, limits 472.5 to 602.1; no figures marked as a special "
        "cause. Target of the latest figure: at most 520.0 kg per household "
        "(illustrative)."
    )


def test_every_row_of_the_summary_says_period_unit_polarity_and_count(found, waste):
    """A value never stands alone."""
    table = trends.summary(found, waste)
    assert table.headings == [
        "Indicator",
        "Period",
        "Value",
        "Unit",
        "Good is",
        "On a year before",
        "Mean",
        "Figures",
        "Change",
        "Target",
        "Data quality",
    ]
    recycling = next(row for row in table.rows if row[0].endswith("composted"))
    assert recycling[1:5] == ["2022-23", "33.1", "%", "higher"]
    assert recycling[5:8] == ["−0.6 (worse)", "31.7", "13"]
    assert recycling[9] == "✗\u00a0Missed every time (illustrative)"
    assert recycling[10] == "□\u00a0Poor"


def test_the_figures_of_a_chart_are_those_of_its_table_and_download(found, waste):
    """Nothing is drawn from another number than the one that is written."""
    section = trends.sections(found, waste).parts[0]
    chart = next(part for part in section.parts if hasattr(part, "download"))
    values = [
        row[chart.download.headings.index("value")] for row in chart.download.rows
    ]
    assert [f"{value:.1f}" for value in values] == [row[1] for row in chart.table.rows]


def test_a_missing_figure_breaks_the_line(housing):
    """A line across a gap would show a figure that nobody reported."""
    section = trends.sections(over_time.trends(housing), housing).parts[2]
    chart = next(part for part in section.parts if hasattr(part, "wide"))
    blank = [row[0] for row in chart.table.rows if row[1] == "no figure"]
    assert blank == ["2021-22 Q3", "2023-24 Q4"]
    (line,) = lines_of(chart.wide, theme.COUNCIL)
    assert line.count("M") == 3


def test_no_line_joins_what_was_made_differently(housing):
    """The series of HOM1 breaks in 2023-24 Q2."""
    section = trends.sections(over_time.trends(housing), housing).parts[0]
    chart = next(part for part in section.parts if hasattr(part, "wide"))
    before, after = lines_of(chart.wide, theme.COUNCIL)
    assert (before.count("M"), after.count("M")) == (2, 2)
    assert "break in series" in chart.wide
    assert "mean 2.34" in chart.wide
    assert "limits 0.78 to 3.91" in chart.wide


def worded(waste, values):
    """Word the verdict on a made-up annual series of one indicator."""
    return verdict(made_up(waste, values), waste.methods)[0]


def test_a_fall_above_the_mean_is_told_as_both(waste):
    """Falling from 14 to 9 while all lie above their mean of 7.8."""
    values = [3, 4, 5, 4, 5, 4, 5, 6, 5, 14, 13, 12, 11, 10, 9.5, 9]
    text = worded(waste, values)
    assert "fallen over seven figures in a row" in text
    assert "lie above their mean of 7.5" in text


def test_a_fall_outside_the_limits_is_not_told_as_a_rise(waste):
    """From 20 down to 14, still beyond the upper limit."""
    text = worded(waste, [5, 5.2] * 12 + [20, 19, 18, 17, 16, 15, 14])
    assert "fallen over seven figures in a row" in text
    assert "risen" not in text


def test_what_comes_second_is_folded_away(found, waste):
    """First the verdict and the chart; the rest waits until a reader asks."""
    section = trends.sections(found, waste).parts[0]
    shown = str(section.html())
    folded = shown.index("Last year, slope, seasons and what is not known")
    assert shown.index("no real change") < shown.index("<figure>") < folded
    assert folded < shown.index("Two figures alone cannot show")
    assert folded < shown.index("there is no clear rise or fall")
    assert folded < shown.index("does not prove that nothing changed")


def test_a_target_out_of_reach_needs_attention(found, waste):
    """NI 192 is to reach 35%, and its limits end at 34.8."""
    html = str(trends.attention(found, waste).html())
    assert "the target of at least 35.0% (illustrative) will be missed" in html
