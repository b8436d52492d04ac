"""Each indicator takes its place among the peers, on real figures."""

import pandas as pd

from perfnb.analysis import among_peers


def by_id(found):
    """Give the findings by indicator."""
    return {finding.indicator.id: finding for finding in found}


def test_the_recycling_rate_takes_its_published_place(waste):
    """NI 192 in 2022-23 was 153rd of 176 districts."""
    found = by_id(among_peers.benchmarks(waste, "nearest-neighbours"))["NI192"]
    districts = found.comparisons["all-districts"]
    assert (districts.rank_from, districts.n_ranked) == (153, 176)
    assert found.period == "2022-23"


def test_the_chosen_group_counts_first(waste):
    """The group of the parameters comes before the others."""
    for group in ("nearest-neighbours", "all-districts"):
        found = among_peers.benchmarks(waste, group)[0]
        assert next(iter(found.comparisons)) == group


def test_what_councils_record_too_differently_is_not_compared(waste):
    """Fly-tipping is marked as not comparable in the register."""
    compared = by_id(among_peers.benchmarks(waste, "nearest-neighbours"))
    assert "NI196i" not in compared


def test_a_group_of_which_few_have_a_figure_is_left_out(safety):
    """Crime is held for one police area: no comparison with all districts."""
    found = among_peers.benchmarks(safety, "nearest-neighbours")[0]
    assert list(found.comparisons) == ["west-mercia-police-area"]
    assert set(found.thin) == {"nearest-neighbours", "all-districts"}
    assert found.period == "February 2019"


def test_abolished_councils_are_no_peers_after_their_end(waste):
    """Carlisle (E07000028) ended on 31 March 2023: a peer in 2022-23 at last."""
    found = by_id(among_peers.benchmarks(waste, "all-districts"))
    gone = book_peers_ended_before(waste, found["NI192"].period)
    positions = found["NI192"].comparisons["all-districts"].positions
    assert gone
    assert not set(gone) & set(positions["authority"])


def book_peers_ended_before(selection, year):
    """List the peers that ended before the first day of a financial year."""
    start = pd.Timestamp(int(year[:4]), 4, 1).date()
    known = selection.reference.authorities
    return [
        code
        for code in selection.catalogue.peers_of("all-districts")
        if known[code].end is not None and known[code].end < start
    ]
