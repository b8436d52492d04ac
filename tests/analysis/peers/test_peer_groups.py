"""Who the peers are, on the real registers."""

from dataclasses import replace
from datetime import date

import pytest

from perfnb.analysis.peers.peer_groups import PeerGroup, existing, overlaps, peer_groups
from perfnb.errors import PerfnbError


def by_id(selection, first="nearest-neighbours"):
    """Give the groups by their ids."""
    return {group.id: group for group in peer_groups(selection, first)}


def test_the_region_is_found_among_the_authorities(waste):
    """The other eighteen districts of the West Midlands; nobody listed them."""
    region = by_id(waste)["region"]
    known = waste.reference.authorities
    assert len(region.members) == 18
    assert waste.council not in region.members
    assert {known[code].region for code in region.members} == {"West Midlands"}
    assert {known[code].kind for code in region.members} == {"district"}
    assert (region.title, region.source) == (
        "districts of the West Midlands region",
        "",
    )


def test_a_former_code_of_the_same_council_is_no_peer_twice(waste):
    """Four districts of Hertfordshire have a former and a present code."""
    authorities = dict(waste.reference.authorities)
    authorities[waste.council] = replace_region(authorities[waste.council])
    reference = replace(waste.reference, authorities=authorities)
    region = by_id(replace(waste, reference=reference))["region"]
    names = [authorities[code].name for code in region.members]
    assert "Stevenage" in names
    assert len(names) == len(set(names))


def replace_region(authority):
    """Move an authority to the East of England."""
    return authority.model_copy(update={"region": "East of England"})


def test_a_listed_group_of_that_id_takes_its_place(waste):
    row = next(p for p in waste.catalogue.peers if p.peer_group == "nearest-neighbours")
    own = row.model_copy(update={"peer_group": "region", "title": "our own choice"})
    catalogue = replace(waste.catalogue, peers=(*waste.catalogue.peers, own))
    region = by_id(replace(waste, catalogue=catalogue))["region"]
    assert (region.title, region.members) == ("our own choice", (row.authority,))


def test_a_group_of_ones_own_needs_only_rows(waste):
    rows = [p for p in waste.catalogue.peers if p.peer_group == "nearest-neighbours"]
    own = [
        row.model_copy(update={"peer_group": "twins", "title": "twin towns"})
        for row in rows[:3]
    ]
    catalogue = replace(waste.catalogue, peers=(*waste.catalogue.peers, *own))
    first = peer_groups(replace(waste, catalogue=catalogue), "twins")[0]
    assert (first.title, len(first.members)) == ("twin towns", 3)


def test_without_a_region_there_is_no_such_group(waste):
    known = waste.reference.authorities
    own = known[waste.council].model_copy(update={"region": ""})
    reference = replace(waste.reference, authorities={**known, waste.council: own})
    assert "region" not in by_id(replace(waste, reference=reference))


def test_the_chosen_group_is_first_and_small_ones_before_large(waste):
    for first in ("nearest-neighbours", "region", "all-districts"):
        groups = peer_groups(waste, first)
        assert groups[0].id == first
        sizes = [len(group.members) for group in groups[1:]]
        assert sizes == sorted(sizes)


def test_a_group_for_another_service_does_not_count(waste, safety):
    assert "west-mercia-police-area" in by_id(safety, "west-mercia-police-area")
    assert "west-mercia-police-area" not in by_id(waste, "west-mercia-police-area")


def test_an_unknown_group_is_refused(waste):
    with pytest.raises(PerfnbError, match="no peer group 'twins'; known are all-dist"):
        peer_groups(waste, "twins")


def test_members_are_those_that_were_councils_on_the_day(waste):
    """Carlisle ended on 1 April 2023, West Suffolk began on 1 April 2019."""
    group = by_id(waste)["all-districts"]
    before, after = (existing(group, day, waste) for day in (DAY, date(2024, 3, 31)))
    assert "E07000028" in before
    assert "E07000028" not in after
    assert "E07000245" in after


DAY = date(2023, 3, 31)


def test_groups_that_share_their_members_are_told(waste):
    pairs = {
        (small.id, large.id) for small, large in overlaps(list(by_id(waste).values()))
    }
    assert pairs == {
        ("nearest-neighbours", "all-districts"),
        ("region", "all-districts"),
    }


def test_groups_without_members_share_nothing():
    empty = PeerGroup("none", "none", (), (), "")
    assert overlaps([empty, empty]) == ()
