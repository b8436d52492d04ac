"""Say who the peers are, and what chance does to comparisons with them."""

from __future__ import annotations

from collections.abc import Sequence

from perfnb.analysis.peers.among_peers import AgainstGroup
from perfnb.analysis.peers.benchmark import TESTED
from perfnb.analysis.peers.peer_groups import PeerGroup, overlaps
from perfnb.report.words import joined, sentence
from perfnb.selection import Selection


def members(group: PeerGroup, selection: Selection) -> str:
    """Say how many are in a peer group, where it is from and how near they are."""
    text = f"{sentence(group.title)}: {len(group.members)} councils, present and past."
    if not group.source:
        return (
            f"{text} Found by kind and region among the authorities; no list of one's "
            "own."
        )
    source = selection.catalogue.sources[group.source]
    text = f"{text} Source: {source.publisher}, {source.title}."
    if not group.ranks:
        return text
    ranks = joined([str(rank) for rank in group.ranks])
    return f"{text} Their places in that list: {ranks}."


def shared_members(groups: Sequence[PeerGroup]) -> list[str]:
    """Warn that groups which share members give no separate findings."""
    within: dict[str, list[str]] = {}
    for small, large in overlaps(groups):
        within.setdefault(large.title, []).append(small.title)
    return [
        f"Most of {joined(small)} are also among {large}: what is said beside the one "
        "is partly said beside the other, and two such verdicts are not two findings."
        for large, small in within.items()
    ]


def by_chance(against: Sequence[AgainstGroup], selection: Selection) -> list[str]:
    """Say how many of the verdicts on a page would come by chance alone."""
    medians = sum(each.comparison.verdict in TESTED for each in against)
    gaps = sum(each.gap.slope.standing == "assessed" for each in against)
    tail = 1 - selection.methods.confidence
    said = []
    if medians:
        said.append(
            f"Of {_many(medians, 'comparison')} with a median on this page, about "
            f"{medians * tail:.1f} would look different by chance alone."
        )
    if gaps:
        said.append(
            f"Of {_many(gaps, 'gap')} followed over time, about "
            f"{gaps * tail:.1f} would seem to move by chance alone."
        )
    return said


def _many(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
