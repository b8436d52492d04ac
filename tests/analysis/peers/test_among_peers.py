"""Each indicator takes its place among the peers, on real figures."""

from dataclasses import replace

import pandas as pd
import pytest

from perfnb.analysis.peers import among_peers
from perfnb.errors import PerfnbError


def by_id(found):
    """Give the findings by indicator."""
    return {finding.indicator.id: finding for finding in found}


def against(finding, group):
    """Give the comparison of a finding with one group."""
    return next(each for each in finding.against if each.group.id == group)


@pytest.fixture(scope="module")
def waste_found(waste):
    """Compare every indicator of waste and recycling."""
    return by_id(among_peers.benchmarks(waste, "nearest-neighbours"))


@pytest.fixture(scope="module")
def housing_found(housing):
    """Compare every indicator of housing."""
    return by_id(among_peers.benchmarks(housing, "nearest-neighbours"))


def test_the_recycling_rate_takes_its_published_place(waste_found):
    """NI 192 in 2022-23 was 153rd of 176 districts."""
    found = waste_found["NI192"]
    districts = against(found, "all-districts").comparison
    assert (districts.rank_from, districts.n_ranked) == (153, 176)
    assert found.period == "2022-23"


def test_the_chosen_group_counts_first(waste):
    """The group of the parameters comes before the others."""
    for group in ("nearest-neighbours", "all-districts", "region"):
        found = among_peers.benchmarks(waste, group)[0]
        assert found.against[0].group.id == group


def test_what_councils_record_too_differently_is_not_compared(waste_found):
    """Fly-tipping is marked as not comparable in the register."""
    assert "NI196i" not in waste_found


def test_a_group_of_which_few_have_a_figure_is_left_out(safety):
    """Crime is held for one police area: no comparison with all districts."""
    found = among_peers.benchmarks(safety, "nearest-neighbours")[0]
    assert [each.group.id for each in found.against] == ["west-mercia-police-area"]
    assert {group.id for group in found.thin} == {
        "nearest-neighbours",
        "region",
        "all-districts",
    }
    assert found.period == "February 2019"


def test_one_peer_who_reports_early_does_not_hide_the_last_comparison(housing):
    """The next quarter, of the council and one neighbour, is not compared yet."""
    rows = housing.observations
    neighbour = housing.catalogue.peers_of("nearest-neighbours")[0]
    newest = (
        rows["authority"].isin([housing.council, neighbour])
        & (rows["indicator"] == "HOM2")
        & (rows["characteristic"] == "all")
        & (rows["quarter"] == housing.quarter)
    )
    early = rows[newest].assign(
        start=pd.Timestamp(2026, 1, 1), end=pd.Timestamp(2026, 3, 31)
    )
    early = early.assign(quarter=early["quarter"] + 1)
    with_early = replace(housing, observations=pd.concat([rows, early]))
    found = by_id(among_peers.benchmarks(with_early, "nearest-neighbours"))["HOM2"]
    first = found.against[0]
    assert len(early) == 2
    assert found.period == "2025-26 Q3"
    assert first.comparison.n_peers == 5
    assert first.comparability.own_newest == pd.Timestamp(2026, 3, 31).date()


def test_abolished_councils_are_no_peers_after_their_end(waste, waste_found):
    """Carlisle (E07000028) ended on 31 March 2023: a peer in 2022-23 at last."""
    found = waste_found["NI192"]
    gone = book_peers_ended_before(waste, found.period)
    positions = against(found, "all-districts").comparison.positions
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


def test_a_funnel_stands_on_the_peers_and_places_the_council(housing_found):
    """3.58 households per 1,000 among 162 districts that differ anyway."""
    districts = against(housing_found["HOM2"], "all-districts")
    drawn = districts.funnel
    others = districts.comparison.positions.query("not is_own")
    average = others["numerator"].sum() / others["denominator"].sum() * 1000
    assert (drawn.kind, drawn.n, drawn.widened) == ("rate", 162, True)
    assert drawn.average == pytest.approx(average)
    assert districts.funnel_place["area"] == "E07000239"
    assert districts.funnel_place["category"] == "Not significant"


def test_without_the_spread_the_funnel_would_accuse_half_of_them(housing_found):
    """Why the limits allow for it: phi is 12."""
    districts = against(housing_found["HOM2"], "all-districts")
    assert districts.funnel.spread.phi == pytest.approx(12.3, abs=0.1)
    z = districts.funnel.spread.points["z"].astype(float)
    assert (abs(z) > 3.09).mean() > 0.3
    assert (districts.funnel.points["side"] != 0).mean() < 0.15


def test_five_neighbours_make_no_funnel(housing_found):
    neighbours = against(housing_found["HOM2"], "nearest-neighbours")
    assert neighbours.funnel.standing == "too few areas"
    assert neighbours.funnel_place is None


def test_figures_without_counts_make_no_funnel(waste_found):
    """Waste is weighed."""
    districts = against(waste_found["NI192"], "all-districts")
    assert districts.funnel is None
    assert districts.funnel_place is None


def test_recycling_rose_while_the_neighbours_rose_by_more(waste_found):
    gap = against(waste_found["NI192"], "nearest-neighbours").gap
    assert gap.change.own == pytest.approx(5.5, abs=0.01)
    assert gap.change.median == pytest.approx(9.75, abs=0.01)
    assert (gap.direction, gap.meaning) == ("crossing", "worsening")
    assert gap.change.n_same == 4


def test_the_gap_starts_anew_where_the_series_does(housing_found):
    """Assessments are counted differently from July 2023 on."""
    gap = against(housing_found["HOM1"], "nearest-neighbours").gap
    assert gap.points["start"].min() == pd.Timestamp(2023, 7, 1)


def test_what_is_not_alike_is_counted(housing_found, waste_found):
    """The newest quarter is provisional; districts have merged since 2022-23."""
    quarter = against(housing_found["HOM2"], "all-districts").comparability
    assert quarter.unsettled == {"provisional": 163}
    assert quarter.without == {"missing": 1}
    year = against(waste_found["NI192"], "all-districts").comparability
    assert (year.n, len(year.ended)) == (176, 13)
    assert [each.starts for each in year.changed_within] == ["2015-16"]
    assert against(waste_found["OFL1"], "region").comparability.alike


def test_sources_of_earlier_periods_are_named_too(waste_found):
    """The gap goes back to 2010-11, when the figures came from ENV18."""
    assert set(waste_found["NI192"].sources) == {"oflog-waste-2022-23", "env18-2017-18"}


def test_without_any_peer_nothing_is_compared(housing_found):
    """Main applicants are counted for Wyre Forest alone."""
    found = housing_found["HOM5"]
    assert (found.period, found.against, found.own_value) == ("", (), None)


def test_an_unknown_group_is_refused(waste):
    with pytest.raises(PerfnbError, match="no peer group 'twins'"):
        among_peers.benchmarks(waste, "twins")
