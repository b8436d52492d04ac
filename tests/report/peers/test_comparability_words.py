"""Each mismatch has its sentence, and none where there is none."""

from dataclasses import replace
from datetime import date

import pytest

from perfnb.analysis.peers import among_peers
from perfnb.report.peers import peer_tables
from perfnb.report.peers.comparability_words import (
    comparability_sentences,
    definition_sentences,
)


@pytest.fixture(scope="module")
def contamination(waste):
    """Give an indicator whose figures are all alike."""
    found = among_peers.benchmarks(waste, "region")
    return next(each for each in found if each.indicator.id == "OFL1")


def said(finding, selection, **changes):
    """Say what differs, once something does."""
    each = finding.against[0]
    changed = replace(each, comparability=replace(each.comparability, **changes))
    return comparability_sentences(finding, changed, selection)


def test_alike_is_one_sentence(contamination, waste):
    assert said(contamination, waste) == [
        "19 figures for 2022-23: same source, same period, all final (Office for Local "
        "Government (Oflog), from Defra statistics, 2015-16 to 2022-23)."
    ]
    assert definition_sentences(contamination, contamination.against[0]) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"sources": {"oflog-waste-2022-23": 17, "env18-2017-18": 2}},
            "17 from Office for Local Government (Oflog), from Defra statistics, "
            "2015-16 to 2022-23 and two from Department for Environment",
        ),
        (
            {"denominator_sources": {"ons-mid-year-population": 18, "imd-2019": 1}},
            "; divided 18 by those of ",
        ),
        (
            {"unsettled": {"provisional": 3}, "own_status": "provisional"},
            "Three of 19 figures are provisional and may still change, that of Wyre "
            "Forest among them.",
        ),
        ({"unsettled": {"revised": 19}}, "All 19 figures are revised."),
        (
            {"own_newest": date(2024, 3, 31)},
            "Wyre Forest has a newer figure, up to 31 March 2024; too few peers",
        ),
        ({"since_revised": 1}, "One of 19 figures was revised after first publication"),
        (
            {"notes": {"counts inferred": 2}},
            "Two of 19 figures carry the note “counts inferred”.",
        ),
        (
            {"ended": ("E07000026", "E07000028")},
            "Two of the peers have since been merged or abolished (Allerdale, Ca",
        ),
        (
            {"begun": ("E07000245",)},
            "One of the peers has begun within the period, so that its figure may",
        ),
    ],
)
def test_every_mismatch_has_its_sentence(contamination, waste, changes, words):
    text = " ".join(said(contamination, waste, **changes))
    assert words in text


def test_peers_without_a_figure_are_named_with_the_reason(contamination, waste):
    each = contamination.against[0]
    lacking = replace(
        each,
        comparison=replace(each.comparison, missing=("E07000192",)),
        comparability=replace(each.comparability, without={"suppressed": 1}, older=1),
    )
    assert (
        "Districts of the West Midlands region: one of 18 peers has no figure for "
        "2022-23 (Cannock Chase): one hidden so that nobody can be identified; one has "
        "only an older one."
    ) in comparability_sentences(contamination, lacking, waste)


def test_a_long_table_gives_the_ends_and_the_neighbours(waste, contamination):
    each = next(e for e in contamination.against if e.group.id == "all-districts")
    table = peer_tables.peer_table(contamination, each, waste)
    places = [int(row[1]) for row in table.rows]
    assert len(table.rows) == 20
    assert places[:1] + places[-1:] == [1, 176]
    assert "Wyre Forest" in [row[0] for row in table.rows]
    assert "all are in the download" in table.caption
    download = peer_tables.peer_download(contamination, each, waste)
    assert len(download.rows) == 176
