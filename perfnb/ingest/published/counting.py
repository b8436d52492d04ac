"""Count the rows of a file: one for each event, by district, small area and month.

No row is taken over, and no column but those that are counted by: what could
point to a person stays in the file. A row that cannot be placed is counted and
told, never guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from perfnb.errors import Fault
from perfnb.ingest.opening.sheets import Sheet
from perfnb.ingest.periods.period_forms import read_period
from perfnb.ingest.published.other_layouts import Counting
from perfnb.ingest.published.published_rows import Dropped
from perfnb.ingest.published.sought import Texts
from perfnb.ingest.published.wording import fits
from perfnb.places import Gazetteer
from perfnb.places.kinds import SMALL_AREA
from perfnb.quarters import Span

_NUMBER_OF_AREA = re.compile(r" [0-9]{3}[A-Z]$")


@dataclass(frozen=True)
class Event:
    """Where, when and of which kind a row is.

    Parameters
    ----------
    authority : str
        GSS code of the district.
    area : str
        Code of the small area of the profile's census; blank where it lies in none.
    month : Span
        The month, or other period, that the row gives.
    kind : str
        As the file says it.
    """

    authority: str
    area: str
    month: Span
    kind: str


@dataclass(frozen=True)
class Counts:
    """The rows of a file, counted.

    Parameters
    ----------
    events : mapping of Event to int
        How many rows there are of each.
    dropped : tuple of Dropped
        Rows that are not counted, each with the reason.
    faults : tuple of Fault
        Rows that could not be read.
    twice : int
        Numbers that stand on more than one row; each row is counted.
    """

    events: Mapping[Event, int]
    dropped: tuple[Dropped, ...] = ()
    faults: tuple[Fault, ...] = ()
    twice: int = 0

    def unplaced(self, authority: str) -> int:
        """Count the rows of a district that lie in no small area of the census."""
        return sum(
            count
            for event, count in self.events.items()
            if event.authority == authority and not event.area
        )

    def of_kinds(self, authority: str) -> dict[str, int]:
        """Count the rows of a district by kind, most first."""
        kinds: Counter[str] = Counter()
        for event, count in self.events.items():
            if event.authority == authority:
                kinds[event.kind] += count
        return dict(kinds.most_common())


def count(sheet: Sheet, counting: Counting, gazetteer: Gazetteer) -> Counts:
    """Count the rows of a sheet whose first row holds headings.

    Parameters
    ----------
    sheet : Sheet
        One row an event.
    counting : Counting
        Which columns to count by, and which districts to keep.
    gazetteer : Gazetteer
        For the districts and the small areas.

    Returns
    -------
    Counts
        With faults alone when a column is not there.
    """
    columns, faults = _columns(sheet, counting)
    if faults:
        return Counts({}, faults=tuple(faults))
    counter = _Counter(sheet, counting, gazetteer, columns)
    for number, row in enumerate(sheet.rows[1:], start=2):
        if any(row):
            counter.take(number, row)
    numbers = Counter(counter.numbers)
    return Counts(
        counter.events,
        tuple(counter.dropped),
        tuple(counter.faults),
        sum(1 for times in numbers.values() if times > 1),
    )


class _Counter:
    """Takes rows one by one; keeps what it cannot place."""

    def __init__(
        self,
        sheet: Sheet,
        counting: Counting,
        gazetteer: Gazetteer,
        columns: Mapping[str, int],
    ) -> None:
        self.sheet, self.counting, self.gazetteer = sheet, counting, gazetteer
        self.columns = columns
        self.events: Counter[Event] = Counter()
        self.numbers: list[str] = []
        self.dropped: list[Dropped] = []
        self.faults: list[Fault] = []
        self._districts: dict[str, str] = {}
        self._areas: dict[str, str] = {}
        self._months: dict[str, Span | None] = {}

    def take(self, number: int, row: Sequence[str]) -> None:
        """Count a row, or keep why it is not counted."""
        cells = {
            name: row[at].strip() if at < len(row) else ""
            for name, at in self.columns.items()
        }
        if not cells["area"] and not cells["area_name"]:
            self._drop(number, "no small area", "they have no small area")
            return
        district = self._district(cells["area_name"])
        if not district and not cells["area"].startswith(SMALL_AREA):
            self._drop(number, cells["area_name"], "they are not in England")
            return
        if not district:
            said = cells["area_name"] or cells["area"]
            self._tell(number, "area_name", said, "the name of a district's small area")
            return
        if not fits(district, self.counting.districts):
            name = _NUMBER_OF_AREA.sub("", cells["area_name"])
            self._drop(number, name, "they are in districts that are not asked for")
            return
        month = self._month(cells["period"])
        if month is None:
            self._tell(number, "period", cells["period"], "a month such as '2019-02'")
            return
        self.events[Event(district, self._area(cells), month, cells["kind"])] += 1
        if cells.get("number"):
            self.numbers.append(cells["number"])

    def _district(self, name: str) -> str:
        if name not in self._districts:
            place = _NUMBER_OF_AREA.sub("", name)
            self._districts[name] = self.gazetteer.authority(place, by="name").code
        return self._districts[name]

    def _area(self, cells: Mapping[str, str]) -> str:
        code = cells["area"]
        if code not in self._areas:
            answer = self.gazetteer.area_at(code, self.counting.census)
            self._areas[code] = answer.code
        return self._areas[code]

    def _month(self, text: str) -> Span | None:
        if text not in self._months:
            self._months[text] = read_period(text, self.counting.form)
        return self._months[text]

    def _drop(self, number: int, name: str, reason: str) -> None:
        self.dropped.append(Dropped("the rows counted", number, name, reason))

    def _tell(self, number: int, column: str, found: str, expected: str) -> None:
        self.faults.append(
            Fault(
                self.sheet.file,
                expected,
                found,
                "The row was not counted.",
                number,
                sheet=self.sheet.name,
                place=self.columns[column] + 1,
            )
        )


def _columns(sheet: Sheet, counting: Counting) -> tuple[dict[str, int], list[Fault]]:
    sought: dict[str, Texts] = {
        "area": counting.area,
        "area_name": counting.area_name,
        "period": counting.period,
        "kind": counting.kind,
        "number": counting.number,
    }
    headings = sheet.rows[0] if sheet.rows else ()
    found: dict[str, int] = {}
    faults = []
    for name, texts in sought.items():
        at = [place for place, heading in enumerate(headings) if fits(heading, texts)]
        if at:
            found[name] = at[0]
        elif texts and name != "number":
            expected = f"a column headed '{texts[0]}'"
            remedy = "Is this the file that the profile is for?"
            faults.append(Fault(sheet.file, expected, None, remedy, 1))
    return found, faults
