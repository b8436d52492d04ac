"""Read a published file as the tables that its profile looks into.

Files of records become tables, and the rows of a file that is to be counted
become counts; `perfnb.ingest.published.extraction` reads all of them alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from perfnb.errors import Fault
from perfnb.ingest.door.limits import Limits
from perfnb.ingest.opening.sheets import Sheet, read_sheets
from perfnb.ingest.published.counted_table import laid_out
from perfnb.ingest.published.counting import Counts, count
from perfnb.ingest.published.json_records import ENDING, read_records
from perfnb.ingest.published.profile import Profile
from perfnb.places import Gazetteer
from perfnb.reference import Reference


@dataclass(frozen=True)
class Published:
    """A published file, read.

    Parameters
    ----------
    sheets : tuple of Sheet
        Its tables; none when it must not or cannot be read.
    findings : tuple of Fault
        Why, or what could not be read of it.
    counts : Counts or None
        What was counted, where its rows are to be counted.
    """

    sheets: tuple[Sheet, ...]
    findings: tuple[Fault, ...] = ()
    counts: Counts | None = None

    def remarks(self, council: str) -> tuple[str, ...]:
        """Say what was counted, in sentences."""
        if self.counts is None:
            return ()
        kinds = self.counts.of_kinds(council)
        named = ", ".join(f"{kind} {number:,}" for kind, number in kinds.items())
        said = [f"Counted for the council: {sum(kinds.values()):,} rows ({named})."]
        if unplaced := self.counts.unplaced(council):
            said.append(
                f"Of these {unplaced:,} lie in no single small area of the list and "
                f"are counted for the whole only."
            )
        if self.counts.twice:
            said.append(
                f"{self.counts.twice:,} numbers stand on more than one row; each row "
                f"is counted."
            )
        return tuple(said)


def read_published(
    path: Path,
    profile: Profile,
    limits: Limits,
    *,
    reference: Reference,
    council: str,
    folder: Path,
) -> Published:
    """Read a published file for a profile.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    profile : Profile
        What it holds.
    limits : Limits
        How large it may be.
    reference : Reference
        For the districts and small areas of rows that are counted.
    council : str
        GSS code of the workbook's council.
    folder : pathlib.Path
        The workbook's folder.
    """
    if path.suffix.lower() == ENDING:
        sheets, findings = read_records(path, limits, folder=folder)
    else:
        sheets, findings = read_sheets(path, limits, folder=folder)
    if profile.counting is None or not sheets:
        return Published(sheets, tuple(findings))
    counts = count(sheets[0], profile.counting, Gazetteer(reference))
    if not counts.events:
        return Published((), (*findings, *(counts.faults or _nothing(sheets, profile))))
    areas = [a.code for a in reference.areas.values() if a.authority == council]
    table = laid_out(counts, sheets[0].file, council, sorted(areas))
    return Published((table,), (*findings, *counts.faults), counts)


def _nothing(sheets: Sequence[Sheet], profile: Profile) -> tuple[Fault, ...]:
    expected = f"rows of the districts that data/profiles/{profile.id}.yaml names"
    return (Fault(sheets[0].file, expected, remedy="Is this the right file?"),)
