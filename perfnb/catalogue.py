"""What the council promises: priorities, outcomes, services and indicators.

The registers under ``data/registers`` are read together and checked against
each other, so that an indicator without an outcome or a break in a series of
an unknown indicator is found before any figure is read. A broken register
raises one `CatalogueError` with every fault of every register.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from perfnb.breaks import Break, Rebase
from perfnb.errors import CatalogueError, Fault
from perfnb.files import read_yaml, relative
from perfnb.promises import target_faults
from perfnb.records import Row, check, read_csv
from perfnb.registers import (
    Framework,
    Indicator,
    Outcome,
    Peer,
    Priority,
    Service,
    Source,
    Target,
)
from perfnb.revisions import Revision
from perfnb.sign_offs import SignOff, sign_off_faults

REGION = "region"
"""The one peer group that is not listed: councils of the same kind and region."""

REVISION_KEY = ("indicator", "source", "starts")
SIGN_OFF_KEY = ("indicator", "quarter", "dimensions")
TARGET_KEY = ("indicator", "period", "characteristic", "group", "area", "kind")


@dataclass(frozen=True)
class Catalogue:
    """All registers of a council, checked against each other."""

    framework: Framework
    services: Mapping[str, Service]
    indicators: Mapping[str, Indicator]
    breaks: tuple[Break, ...]
    rebases: tuple[Rebase, ...]
    revisions: tuple[Revision, ...]
    sources: Mapping[str, Source]
    peers: tuple[Peer, ...]
    targets: tuple[Target, ...]
    sign_offs: tuple[SignOff, ...]

    @property
    def council(self) -> str:
        """GSS code of the council whose workbook this is."""
        return self.framework.council

    def indicators_of(self, service: str) -> tuple[Indicator, ...]:
        """List the indicators of a service in the order of the register."""
        return tuple(i for i in self.indicators.values() if i.service == service)

    def breaks_of(self, indicator: str) -> tuple[Break, ...]:
        """List the breaks in the series of an indicator."""
        return tuple(b for b in self.breaks if b.indicator == indicator)

    def rebases_of(self, indicator: str) -> tuple[Rebase, ...]:
        """List from when the limits of an indicator start anew, and why."""
        return tuple(r for r in self.rebases if r.indicator == indicator)

    def targets_of(self, indicator_id: str) -> tuple[Target, ...]:
        """List every target of an indicator in the order of the register."""
        return tuple(t for t in self.targets if t.indicator == indicator_id)

    def sign_offs_of(self, indicator: str, quarter: str) -> tuple[SignOff, ...]:
        """List what an indicator's owner has signed for a quarter."""
        return tuple(
            each
            for each in self.sign_offs
            if (each.indicator, each.quarter) == (indicator, quarter)
        )

    def peers_of(self, peer_group: str) -> tuple[str, ...]:
        """List the council's peers in a group, nearest first."""
        theirs = [
            peer
            for peer in self.peers
            if peer.peer_group == peer_group
            and peer.council == self.council
            and peer.authority != self.council
        ]
        theirs.sort(key=lambda peer: (peer.rank is None, peer.rank or 0))
        return tuple(peer.authority for peer in theirs)

    def peer_groups_for(self, service: str) -> tuple[str, ...]:
        """List the council's peer groups that a service is compared with."""
        groups = [
            peer.peer_group
            for peer in self.peers
            if peer.council == self.council and peer.service in ("", service)
        ]
        return tuple(dict.fromkeys(groups))

    def peer_group_title(self, peer_group: str) -> str:
        """Name a peer group as people know it."""
        titles = [p.title for p in self.peers if p.peer_group == peer_group]
        return titles[0] if titles else peer_group

    def outcome(self, outcome: str) -> tuple[Priority, Outcome]:
        """Find an outcome and the priority that it serves."""
        return next(
            (priority, candidate)
            for priority in self.framework.priorities
            for candidate in priority.outcomes
            if candidate.id == outcome
        )


def read_catalogue(folder: Path) -> Catalogue:
    """Read and check every register of a workbook.

    Parameters
    ----------
    folder : pathlib.Path
        The workbook's folder; the registers are in ``data/registers``.

    Returns
    -------
    Catalogue
        Only when every register is right.

    Raises
    ------
    CatalogueError
        With all faults of all registers: file, row, column, what was found,
        what was expected.
    """
    registers = folder / "data" / "registers"
    found = _Registers(folder)
    framework = found.framework(registers / "framework.yaml")
    services = found.table(registers / "services.csv", Service, "id")
    indicators = found.table(registers / "indicators.csv", Indicator, "id")
    breaks = found.table(registers / "breaks.csv", Break, "indicator", "starts")
    rebases = found.table(registers / "rebases.csv", Rebase, "indicator", "starts")
    revisions = found.table(registers / "revisions.csv", Revision, *REVISION_KEY)
    sources = found.table(registers / "sources.csv", Source, "id")
    peers = found.table(
        registers / "peers.csv", Peer, "peer_group", "council", "authority"
    )
    targets = found.table(registers / "targets.csv", Target, *TARGET_KEY)
    sign_offs = found.table(registers / "sign_off.csv", SignOff, *SIGN_OFF_KEY)
    found.refer("services.csv", services, "indicators.csv", indicators, "service")
    found.refer("services.csv", services, "peers.csv", peers, "service")
    found.refer("indicators.csv", indicators, "breaks.csv", breaks, "indicator")
    found.refer("indicators.csv", indicators, "rebases.csv", rebases, "indicator")
    found.refer("indicators.csv", indicators, "revisions.csv", revisions, "indicator")
    found.refer("sources.csv", sources, "breaks.csv", breaks, "source")
    found.refer("sources.csv", sources, "revisions.csv", revisions, "source")
    found.refer("sources.csv", sources, "peers.csv", peers, "source")
    found.refer("indicators.csv", indicators, "targets.csv", targets, "indicator")
    found.refer("sources.csv", sources, "targets.csv", targets, "source")
    found.refer("indicators.csv", indicators, "sign_off.csv", sign_offs, "indicator")
    found.faults += sign_off_faults(sign_offs)
    if "targets.csv" not in found.broken:
        found.faults += target_faults(targets, {i.id: i for i in indicators})
    outcomes = (
        [o for p in framework.priorities for o in p.outcomes] if framework else []
    )
    found.refer("framework.yaml", outcomes, "indicators.csv", indicators, "outcome")
    if framework is None or found.faults:
        raise CatalogueError(found.faults)
    return Catalogue(
        framework=framework,
        services={service.id: service for service in services},
        indicators={indicator.id: indicator for indicator in indicators},
        breaks=tuple(breaks),
        rebases=tuple(rebases),
        revisions=tuple(revisions),
        sources={source.id: source for source in sources},
        peers=tuple(peers),
        targets=tuple(targets),
        sign_offs=tuple(sign_offs),
    )


class _Registers:
    """Reads register after register and keeps every fault on the way."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[Fault] = []
        self.broken: set[str] = set()

    def _note(self, register: str, faults: list[Fault]) -> None:
        self.faults += faults
        if faults:
            self.broken.add(register)

    def table(self, path: Path, model: type[Row], *key: str) -> list[Row]:
        rows, faults = read_csv(path, model, folder=self.folder, key=key)
        self._note(path.name, faults)
        return rows

    def framework(self, path: Path) -> Framework | None:
        content, faults = read_yaml(path, folder=self.folder)
        framework = None
        if not faults:
            name = relative(path, self.folder)
            framework, faults = check(content, Framework, name=name)
        if framework is not None:
            faults += _repeated(framework, relative(path, self.folder))
        self._note(path.name, faults)
        return framework

    def refer(
        self,
        target: str,
        known: Iterable[Service | Indicator | Outcome | Source],
        register: str,
        rows: Iterable[Indicator | Break | Rebase | Revision | Peer | Target | SignOff],
        column: str,
    ) -> None:
        """Look up each row's `column` among the ids of the register `target`.

        A target with faults of its own is not looked in: what it lacks may
        only be what could not be read.
        """
        if target in self.broken:
            return
        ids = [record.id for record in known]
        self.faults += [
            Fault(
                f"data/registers/{register}",
                f"an id that is in {target} ({', '.join(ids)})",
                found=getattr(row, column),
                row=row.row,
                column=column,
                remedy=f"Correct it, or add it to {target}.",
            )
            for row in rows
            if getattr(row, column) not in ("", *ids)
        ]


def _repeated(framework: Framework, name: str) -> list[Fault]:
    ids = [priority.id for priority in framework.priorities]
    ids += [outcome.id for outcome in framework.outcomes]
    return [
        Fault(name, "each id once", identity, "Give one another id.", column="id")
        for identity, count in Counter(ids).items()
        if count > 1
    ]
