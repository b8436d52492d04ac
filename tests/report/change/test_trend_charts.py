"""Rebases, baselines and targets, as they are told and drawn."""

import pytest

from perfnb.analysis.change import over_time
from perfnb.report import target_words, theme
from perfnb.report.change import trend_charts
from perfnb.report.change.trend_tables import figures, figures_table
from perfnb.report.change.trend_words import alternative, verdict

from .made_trends import STEADY, lines_of, made_up, rebase, target, with_registers


@pytest.fixture(scope="module")
def found(waste):
    """Judge every indicator of the service."""
    return over_time.trends(waste)


def test_a_rebase_is_told_with_its_reason_and_drawn(waste):
    """Mean and range start anew, each with its own label."""
    selection = with_registers(waste, rebases=(rebase("2013-14"),))
    finding = made_up(selection, [*STEADY, *[value + 20 for value in STEADY]])
    said = " ".join(verdict(finding, waste.methods))
    assert (
        "Mean and range start anew from 2013-14, as decided on 24 November 2026: "
        "Illustrative new contract" in said
    )
    assert "no real change" in said
    wide = trend_charts.chart(finding).wide
    assert "rebased" in wide
    assert "mean 11.2" in wide
    assert ">31.2<" in wide
    assert "since 2013-14" in alternative(finding)


def test_a_baseline_is_told_as_held(waste):
    """A range that does not move any more is not on trial."""
    selection = with_registers(waste, rebases=(rebase("2000-01", 13),))
    finding = made_up(selection, [*STEADY, 12, 11])
    said = " ".join(verdict(finding, waste.methods))
    assert "The range was set by the first 13 figures and is held" in said
    young = made_up(selection, STEADY[:9])
    said = " ".join(verdict(young, waste.methods))
    assert "The range rests on nine figures and is held once there are 13." in said


def test_a_short_baseline_says_that_the_range_is_not_settled(waste):
    """Nine figures, of which eight set the range."""
    selection = with_registers(waste, rebases=(rebase("2000-01", 8),))
    said = " ".join(verdict(made_up(selection, STEADY[:9]), waste.methods))
    assert "set by the first eight figures and is held" in said
    assert "There are nine figures so far; a range settles at 13." in said


@pytest.mark.parametrize(
    ("values", "aim", "words"),
    [
        (STEADY, {"value": 30}, "T30.0 will be met every time while things stay"),
        (STEADY, {"value": 5}, "T5.0 will be missed every time while things stay"),
        (STEADY, {"value": 11}, "W11.0 is met is a matter of luck while things"),
        (STEADY[:9], {"value": 11}, "W11.0 will be met cannot be said: that needs 13"),
        ([7] * 13, {"value": 7}, "All 13 figures are the same, and each meets"),
        ([7] * 13, {"value": 6}, "All 13 figures are the same, and each misses"),
    ],
)
def test_the_target_is_told_in_words(waste, values, aim, words):
    """Lower is better, so the target is the most that is wanted."""
    period = f"{1999 + len(values)}-{len(values) % 100:02d}"
    selection = with_registers(waste, targets=(target(period, **aim),))
    finding = made_up(selection, values)
    said = target_words.assured(finding, waste.methods)
    expected = (
        words.replace("T", "The target of at most ", 1)
        if words[0] == "T"
        else (words.replace("W", "Whether the target of at most ", 1))
    )
    assert said.replace(" kg per household (illustrative)", "").startswith(expected)
    assert "(illustrative)" in said


def test_a_changing_service_gets_no_flat_promise(waste):
    """Limits with a change in them are not what is to be expected now."""
    selection = with_registers(waste, targets=(target("2013-14", value=5),))
    finding = made_up(selection, [*STEADY, 40])
    said = target_words.assured(finding, waste.methods)
    assert said.endswith("But the figures are changing, so this may not hold.")


def test_a_target_with_two_sides_is_drawn_with_both(waste):
    """Both lines have their names, and that they are made up."""
    selection = with_registers(waste, targets=(target("2012-13", low=9, high=12),))
    wide = trend_charts.chart(made_up(selection, STEADY, polarity="range")).wide
    assert "target from" in wide
    assert "target to" in wide
    assert wide.count("illustrative") == 2


def test_targets_that_change_are_drawn_as_long_as_each_held(waste, found):
    """NI 191 has 515, 510, 540 and 520 from 2019-20 to 2022-23."""
    residual = next(f for f in found if f.indicator.id == "NI191")
    dotted = lines_of(trend_charts.chart(residual).wide, theme.INK)
    assert len(dotted) == 4


def test_the_figures_to_take_away_have_limits_and_targets(found):
    """What is drawn can be drawn again."""
    residual = next(f for f in found if f.indicator.id == "NI191")
    rows = figures(residual)
    assert rows["target"].dropna().tolist() == [515, 510, 540, 520]
    assert rows["upper_limit"].eq(rows["upper_limit"].iloc[0]).all()
    assert len(rows) == len(figures_table(residual).rows)
