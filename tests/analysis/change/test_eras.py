"""Limits start anew where the register says so, and nowhere else."""

from datetime import date

import pytest

from perfnb.analysis.change.eras import Start
from perfnb.errors import PerfnbError

from .made_series import STEADY, judge, quarterly


def test_a_rebase_gives_mean_limits_and_rules_of_its_own(methods):
    values = [*STEADY, *[value + 40 for value in STEADY]]
    found = judge(quarterly(values), methods, starts=[Start(date(2022, 7, 1))])
    whole = judge(quarterly(values), methods)
    assert [era.n for era in found.eras] == [13, 13]
    assert [era.mean for era in found.eras] == pytest.approx([146 / 13, 40 + 146 / 13])
    # The step of 40 is no moving range of either.
    assert found.upper_limit == pytest.approx(40 + 146 / 13 + 2.66 * 17 / 12)
    assert (found.points["special_cause"] == "").all()
    assert "shift" in whole.signals


def test_the_lines_of_every_era_stay_with_their_rows(methods):
    values = [*STEADY, *[value + 40 for value in STEADY]]
    found = judge(quarterly(values), methods, starts=[Start(date(2022, 7, 1))])
    assert found.points["era"].tolist() == [0] * 13 + [1] * 13
    assert found.points["mean"].tolist() == pytest.approx(
        [146 / 13] * 13 + [40 + 146 / 13] * 13
    )


def test_a_baseline_sets_the_limits_of_all_that_follow(methods):
    found = judge(quarterly([*STEADY, *[30] * 5]), methods, baseline_points=13)
    assert found.mean == pytest.approx(146 / 13)
    assert (found.era.n, found.era.n_baseline) == (18, 13)
    assert found.points["special_cause"].tail(5).eq("beyond limits").all()


def test_a_baseline_not_yet_full_rests_on_what_there_is(methods):
    found = judge(quarterly(STEADY), methods, baseline_points=20)
    assert (found.mean, found.era.n_baseline) == (pytest.approx(146 / 13), 13)


def test_a_start_at_the_first_figure_only_sets_the_baseline(methods):
    start = Start(date(2019, 4, 1), 8)
    found = judge(quarterly([*STEADY, 30]), methods, starts=[start])
    assert [era.n_baseline for era in found.eras] == [8]


def test_a_start_after_the_last_figure_changes_nothing_yet(methods):
    points = quarterly([*STEADY, None, None])
    found = judge(points, methods, starts=[Start(date(2022, 7, 1))])
    assert [era.n for era in found.eras] == [13]
    assert found.n_missing == 2


def test_a_start_in_a_gap_begins_with_the_next_figure(methods):
    points = quarterly([*STEADY, 99, *STEADY]).drop(index=13).reset_index(drop=True)
    found = judge(points, methods, starts=[Start(date(2022, 7, 1))])
    assert [(era.n, era.n_missing) for era in found.eras] == [(13, 0), (13, 0)]


def test_an_era_with_few_figures_is_not_judged_by_the_era_before(methods):
    values = [*STEADY, 60, 61, 62]
    found = judge(quarterly(values), methods, starts=[Start(date(2022, 7, 1))])
    assert [era.standing for era in found.eras] == ["limits", "too few points"]
    assert (found.variation, found.mean, found.signals) == ("not assessed", None, ())
    assert found.points["upper_limit"].notna().tolist() == [True] * 13 + [False] * 3


def test_a_baseline_too_short_for_limits_is_refused(methods):
    with pytest.raises(PerfnbError, match="baseline of 5 points is too short"):
        judge(quarterly(STEADY), methods, baseline_points=5)
    with pytest.raises(PerfnbError, match="baseline of 7 points is too short"):
        judge(quarterly(STEADY), methods, starts=[Start(date(2021, 4, 1), 7)])


def test_a_baseline_without_variation_gives_no_limits(methods):
    found = judge(quarterly([5] * 8 + [6, 4, 7]), methods, baseline_points=8)
    assert (found.standing, found.variation) == ("no moving range", "not assessed")
    assert "neighbouring figures do not differ" in found.method


def test_neighbours_that_never_differ_give_no_limits(methods):
    values = [*[3] * 5, None, *[4] * 5]
    found = judge(quarterly(values), methods)
    assert (found.standing, found.upper_limit) == ("no moving range", None)


def test_six_points_can_make_a_trend(methods):
    rising = [*STEADY, 10, 11, 12, 13, 14, 15]
    six = methods.model_copy(update={"trend_length": 6})
    assert "trend" not in judge(quarterly(rising[:-1]), methods).signals
    assert "trend" in judge(quarterly(rising[1:]), six).signals
