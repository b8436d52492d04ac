"""The course of the gap in words: who moved, and whether that is steady."""

from dataclasses import replace

import pytest

from perfnb.analysis.peers import among_peers
from perfnb.report.peers import peer_gap_charts, peer_gap_words

CLOSING = {
    ("closing", "improving"): "The gap is closing: Wyre Forest is catching up.",
    ("closing", "worsening"): "The lead of Wyre Forest is shrinking.",
    ("widening", "worsening"): "The gap is widening: Wyre Forest is falling further",
    ("widening", "improving"): "Wyre Forest is pulling further ahead.",
    ("crossing", "improving"): "from the worse side of the middle to the better one.",
    ("crossing", "worsening"): "from the better side of the middle to the worse one.",
    ("crossing", "changing"): "from one side of the middle to the other.",
}


@pytest.fixture(scope="module")
def found(waste):
    """Compare every indicator of waste and recycling."""
    return among_peers.benchmarks(waste, "nearest-neighbours")


@pytest.fixture(scope="module")
def recycling(found):
    """Give the recycling rate."""
    return next(each for each in found if each.indicator.id == "NI192")


def test_each_change_has_its_own_figure_and_the_gap_both_ends(recycling, waste):
    said = " ".join(
        peer_gap_words.gap_sentences(recycling, recycling.against[0], waste)
    )
    assert said == (
        "From 2010-11 to 2022-23 the figure of Wyre Forest rose by 5.5 percentage "
        "points, while the median of nearest neighbours rose by 9.8 percentage points. "
        "Wyre Forest was 1.8 percentage points below the median (worse) then and is "
        "6.0 percentage points below the median (worse) now. In the last of these "
        "years its figure fell by 0.6 percentage points and the median fell by 1.3 "
        "percentage points. Wyre Forest has moved from the better side of the middle "
        "to the worse one. Over 13 figures that is more than ups and downs. Four of "
        "the five peers have a figure in both periods."
    )


@pytest.mark.parametrize(("direction", "meaning"), CLOSING)
def test_every_direction_has_its_sentence(recycling, waste, direction, meaning):
    gap = replace(recycling.against[0].gap, direction=direction, meaning=meaning)
    assert CLOSING[direction, meaning] in peer_gap_words.steadiness(gap, waste)
    assert peer_gap_words.gap_cell(gap)[0] in "▲▼◆"


def test_no_steady_change_is_said(recycling, waste):
    gap = replace(recycling.against[0].gap, direction="no clear change", meaning="")
    assert peer_gap_words.steadiness(gap, waste) == (
        "Over 13 figures the gap neither closes nor widens by more than ups and downs."
    )
    assert peer_gap_words.gap_cell(gap) == "●\u00a0No real change"


def test_too_few_figures_are_said(found, waste):
    contamination = next(each for each in found if each.indicator.id == "OFL1")
    gap = contamination.against[0].gap
    assert peer_gap_words.steadiness(gap, waste) == (
        "Whether the gap is closing cannot be said yet: that takes ten figures, and "
        "there are eight."
    )
    assert peer_gap_words.gap_cell(gap) == "○\u00a0Cannot be judged yet"


def test_overlapping_windows_are_said(planning):
    (decided,) = among_peers.benchmarks(planning, "nearest-neighbours")
    assert "each figure shares months with the one before" in (
        peer_gap_words.steadiness(decided.against[0].gap, planning)
    )


def test_one_period_makes_no_sentences(safety):
    (crime,) = among_peers.benchmarks(safety, "nearest-neighbours")
    assert peer_gap_words.gap_sentences(crime, crime.against[0], safety) == []


def test_the_chart_has_both_lines_and_a_band_where_peers_are_many(recycling, waste):
    for group, band in (("nearest-neighbours", False), ("all-districts", True)):
        each = next(e for e in recycling.against if e.group.id == group)
        chart = peer_gap_charts.gap_chart(recycling, each, waste)
        assert ("#d5dade" in chart.wide) == band
        assert ("middle half" in chart.alternative) == band
        for svg in (chart.wide, chart.narrow):
            assert "median" in svg
            assert "33.1" in svg
        assert len(chart.table.rows) == 13
        assert "2010-11 to 2022-23" in chart.title


def test_lines_break_where_a_period_is_missing(housing):
    """The council gave no figures for January to March 2024."""
    found = among_peers.benchmarks(housing, "nearest-neighbours")
    assessed = next(each for each in found if each.indicator.id == "HOM1")
    laid = peer_gap_charts._laid_out(assessed, assessed.against[0])
    assert laid["own"].isna().tolist().count(True) == 1
    assert len(laid) == 10
