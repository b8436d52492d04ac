"""Whom is the council compared with? Groups of peers, listed and derived.

Listed groups stand in ``peers.csv``: nearest neighbours, everybody, and any
that the council makes for itself. The councils of the same kind and region are
found among the authorities, so that nobody has to list them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from perfnb.catalogue import REGION
from perfnb.errors import PerfnbError
from perfnb.reference import Authority
from perfnb.selection import Selection

PLURALS = {
    "district": "districts",
    "unitary": "unitary councils",
    "metropolitan": "metropolitan districts",
    "london": "boroughs",
    "county": "county councils",
}
"""How councils of a kind are called; only these are compared by region."""


@dataclass(frozen=True)
class PeerGroup:
    """Some councils that the council is compared with.

    Attributes
    ----------
    id : str
        As in ``peers.csv``, or ``region``.
    title : str
        As it stands within a sentence.
    members : tuple of str
        Codes, present and past, nearest first; never the council itself.
    ranks : tuple of int
        How near they are, where the group has an order.
    source : str
        Id in ``sources.csv``; blank when the group is derived.
    """

    id: str
    title: str
    members: tuple[str, ...]
    ranks: tuple[int, ...]
    source: str


def peer_groups(selection: Selection, first: str) -> tuple[PeerGroup, ...]:
    """List the groups of peers of a service, the chosen one first.

    Small groups come before large ones, since they were chosen for likeness.

    Parameters
    ----------
    selection : Selection
        What the report is about.
    first : str
        Id of the group that counts first; one that is for another service does
        not count here.

    Returns
    -------
    tuple of PeerGroup
        Those listed for the service or for every service, and the councils of
        the same kind and region unless a listed group has that id.

    Raises
    ------
    PerfnbError
        When there is no such group at all.
    """
    listed = selection.catalogue.peer_groups_for(selection.service.id)
    groups = {group: _listed(group, selection) for group in listed}
    derived = _region(selection)
    if derived is not None:
        groups.setdefault(REGION, derived)
    known = {REGION, *(peer.peer_group for peer in selection.catalogue.peers)}
    if first not in known:
        message = (
            f"There is no peer group '{first}'; known are {', '.join(sorted(known))}."
        )
        raise PerfnbError(message)
    by_size = sorted(groups.values(), key=lambda group: len(group.members))
    return tuple(sorted(by_size, key=lambda group: group.id != first))


def existing(group: PeerGroup, end: date, selection: Selection) -> tuple[str, ...]:
    """List the members that were councils on a day.

    Parameters
    ----------
    group : PeerGroup
        Its members, present and past.
    end : datetime.date
        Last day of the period compared.
    selection : Selection
        For the days on which authorities began and ended.
    """
    known = selection.reference.authorities
    return tuple(code for code in group.members if _was_there(known[code], end))


def overlaps(groups: Sequence[PeerGroup]) -> tuple[tuple[PeerGroup, PeerGroup], ...]:
    """List the pairs of groups, smaller first, that share most of the smaller.

    What is said of one is then said in part of the other: two verdicts are not
    two findings.

    Parameters
    ----------
    groups : sequence of PeerGroup
        Groups compared on one page.

    Examples
    --------
    >>> few = PeerGroup("few", "few", ("a", "b"), (), "")
    >>> many = PeerGroup("many", "many", ("a", "b", "c"), (), "")
    >>> [(one.id, other.id) for one, other in overlaps([many, few])]
    [('few', 'many')]
    """
    ordered = sorted(groups, key=lambda group: len(group.members))
    return tuple(
        (small, large)
        for small, large in combinations(ordered, 2)
        if 2 * len(set(small.members) & set(large.members)) >= len(small.members) > 0
    )


def _listed(group: str, selection: Selection) -> PeerGroup:
    rows = [
        peer
        for peer in selection.catalogue.peers
        if peer.peer_group == group and peer.council == selection.council
    ]
    return PeerGroup(
        group,
        rows[0].title,
        selection.catalogue.peers_of(group),
        tuple(sorted(peer.rank for peer in rows if peer.rank is not None)),
        rows[0].source,
    )


def _region(selection: Selection) -> PeerGroup | None:
    known = selection.reference.authorities
    own = known.get(selection.council)
    if own is None or not own.region or own.kind not in PLURALS:
        return None
    members = tuple(
        each.code
        for each in known.values()
        if (each.kind, each.region) == (own.kind, own.region)
        and each.code != own.code
        and not _only_recoded(each, known.get(each.replaced_by))
    )
    if not members:
        return None
    title = f"{PLURALS[own.kind]} of the {own.region} region"
    return PeerGroup(REGION, title, members, (), "")


def _only_recoded(authority: Authority, successor: Authority | None) -> bool:
    """Tell whether a code was only exchanged for another of the same council."""
    return successor is not None and successor.name == authority.name


def _was_there(authority: Authority, end: date) -> bool:
    started = authority.start is None or authority.start <= end
    return started and (authority.end is None or authority.end >= end)
