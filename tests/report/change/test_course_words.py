"""What may be concluded of last year, slope and seasons, and what may not."""

import numpy as np
import pytest

from perfnb.analysis.change import over_time
from perfnb.report.change import course_words, trends
from perfnb.report.elements import Parts

from .made_trends import STEADY, made_quarters, made_up, with_registers

SEASON = [10, 20, 11, 12, 11, 21, 10, 12, 12, 20, 11, 13]


@pytest.fixture
def plain(waste):
    """Give the service without rebases and targets."""
    return with_registers(waste)


def test_the_year_before_is_set_beside_and_not_called_real(plain):
    (said,) = course_words.last_year(made_up(plain, [*STEADY, 12]))
    assert said == (
        "A year before, in 2012-13, it was 11.0 kg per household: now 1.0 (9.1%) more, "
        "which is worse. Two figures alone cannot show whether a change is real."
    )


def test_shares_move_by_points_and_not_by_per_cent(plain):
    finding = made_up(plain, [40, 50], unit="%", polarity="maximise")
    (said,) = course_words.last_year(finding)
    assert "now 10.0 percentage points more, which is better." in said
    assert course_words.moved(finding) == "+10.0 (better)"


@pytest.mark.parametrize(
    ("values", "words", "cell"),
    [
        ([11, 11], "now about the same.", "0.0"),
        ([0, 4], "now 4.0 more, which is worse.", "+4.0 (worse)"),
        ([8, 4], "now 4.0 (50.0%) less, which is better.", "−4.0 (better)"),
        ([None, 4], "There is no figure for 2000-01 to set it beside.", "–"),
    ],
)
def test_every_kind_of_move_has_its_words(plain, values, words, cell):
    finding = made_up(plain, values)
    assert words in course_words.last_year(finding)[0]
    assert course_words.moved(finding) == cell


def test_a_figure_from_before_a_break_is_not_set_beside(housing):
    """HOM1 of 2023-24 Q2 was made in another way than that of 2022-23 Q2."""
    assessed = over_time.judged(
        housing.indicators[0],
        over_time.trends(housing)[0].points.query("quarter <= '2024Q2'"),
        housing,
    )
    (said,) = course_words.last_year(assessed)
    assert said == (
        "The figure of 2022-23 Q2 was made differently, so it is not set beside."
    )


def test_windows_that_overlap_say_so(planning):
    (finding,) = over_time.trends(planning)
    assert "share 12 months" in course_words.last_year(finding)[0]
    (said,) = course_words.over_the_years(finding, planning.methods)
    assert "each figure shares months with the one before" in said


def test_a_slope_is_told_with_its_interval_and_its_meaning(plain):
    rising = [10, 12, 11, 14, 13, 15, 17, 16, 18, 20]
    (said,) = course_words.over_the_years(made_up(plain, rising), plain.methods)
    assert said == (
        "Over the ten figures from 2000-01 to 2009-10 it rises by about 1.0 kg per "
        "household a year (from 0.8 to 1.3), more than chance gives, which is a change "
        "for the worse."
    )


def test_a_slow_drift_and_no_real_change_are_told_as_both(plain):
    drift = [10 + 0.1 * place + (-1) ** place for place in range(20)]
    finding = made_up(plain, drift)
    (said,) = course_words.over_the_years(finding, plain.methods)
    assert finding.trend.variation == "common cause"
    assert said.endswith("A slow drift can show before a single figure stands out.")


def test_no_clear_slope_says_what_fits(plain):
    said = course_words.over_the_years(made_up(plain, STEADY), plain.methods)[0]
    assert "there is no clear rise or fall: anything from −0." in said


def test_too_few_figures_for_a_slope_are_counted(plain):
    (said,) = course_words.over_the_years(made_up(plain, STEADY[:9]), plain.methods)
    assert said.endswith("cannot be said: that needs ten figures; it has nine.")


def test_figures_that_follow_each_other_are_pointed_out(plain):
    wave = np.sin(np.arange(24) / 24 * np.pi * 1.5) + 2
    said = course_words.over_the_years(made_up(plain, wave), plain.methods)
    assert "can look like a trend; the test allows for most of that." in said[-1]
    rule = {"noticeable_serial_correlation": 0.99}
    blind = plain.methods.model_copy(update=rule)
    assert len(course_words.over_the_years(made_up(plain, wave), blind)) == 1


def test_strong_seasons_warn_of_the_limits(plain):
    finding = made_quarters(plain, SEASON)
    (said,) = course_words.seasons(finding, plain.methods)
    assert said.startswith(
        "Quarters differ every year in the 12 quarters from 2000-01 Q1 to 2002-03 Q4"
    )
    assert "The range of ordinary ups and downs does not allow for seasons" in said
    table = course_words.season_table(finding)
    assert [row[0] for row in table.rows] == [
        "April to June",
        "July to September",
        "October to December",
        "January to March",
    ]
    assert table.rows[1][1:] == ["+6.8", "20.3", "3"]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (SEASON[:8], "that needs three years without a gap."),
        ([*SEASON[:11], None, 3], "without a gap, and the series has gaps."),
        (range(12), "Quarters do not clearly differ every year in the 12 quarters"),
    ],
)
def test_seasons_that_cannot_be_shown_are_told(plain, values, words):
    finding = made_quarters(plain, list(values))
    (said,) = course_words.seasons(finding, plain.methods)
    assert words in said
    assert course_words.season_table(finding) is None


def test_annual_figures_say_nothing_of_seasons(plain):
    assert course_words.seasons(made_up(plain, STEADY), plain.methods) == []


def test_a_second_opinion_that_differs_is_shown_at_once(housing):
    """HOM3: within its XmR limits, outside those of its counts."""
    shares = over_time.trends(housing)[2]
    said, differs = course_words.second_opinion(shares)
    assert differs
    assert said == (
        "A second chart, made from the counts, does not agree: it expects 33.3 to "
        "60.5%, and the latest figure lies outside that. Take the verdict with care."
    )
    section = str(trends.sections([shares], housing).html())
    assert section.index("does not agree") < section.index("Last year, slope")


def test_without_counts_there_is_no_second_opinion(plain):
    assert course_words.second_opinion(made_up(plain, STEADY)) == ("", False)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (STEADY, "does not prove that nothing changed"),
        ([*STEADY, 40], "that something changed, not why"),
        (STEADY[:3], "Neither that it got better nor that it got worse"),
    ],
)
def test_what_must_not_be_concluded_is_told(plain, values, words):
    (said,) = course_words.not_known(made_up(plain, values))
    assert words in said


@pytest.mark.parametrize(
    "values",
    [
        [],
        [None] * 12,
        [5],
        [5, None],
        [0] * 14,
        [100] * 14,
        [*[3] * 5, None, *[4] * 5],
        [1e-9] * 9,
        [*STEADY, None, None],
    ],
)
@pytest.mark.parametrize("make", [made_up, made_quarters])
def test_degenerate_figures_give_words_and_no_nan(plain, values, make):
    finding = make(plain, values)
    shown = Parts(
        [
            trends.answer([finding], plain),
            trends.attention([finding], plain),
            trends.summary([finding], plain),
            trends.sections([finding], plain),
        ]
    )
    html = str(shown.html())
    for word in ("nan", "NaN", "None", "<NA>", "inf"):
        assert word not in html.replace("inform", "")
