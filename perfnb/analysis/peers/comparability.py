"""Is like compared with like? What differs between the figures compared.

Figures of one period may still come from different sources, be early for one
council and final for another, be made differently from what is collected now, or
belong to councils that have since merged. Each such mismatch is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from perfnb.analysis.frames import require, require_once
from perfnb.breaks import Break

FINAL = "final"
NO_RETURN = "no return"
_COLUMNS = [
    *("authority", "start", "end", "value", "status"),
    *("source", "denominator_source", "note"),
]


@dataclass(frozen=True)
class Comparability:
    """What differs between the figures of one period.

    Attributes
    ----------
    n : int
        Figures compared, the council's included.
    sources, denominator_sources : mapping of str to int
        Figures by the source of the figure, and of its denominator where that is
        another; the most frequent first.
    own_source : str
        Source of the council's figure; blank without one.
    unsettled : mapping of str to int
        Figures that are not final, by status ('provisional', 'revised').
    own_status : str
        Of the council's figure; blank without one.
    without : mapping of str to int
        Peers without a figure, by what their return says: 'missing',
        'suppressed', 'not applicable', or 'no return'.
    older : int
        Peers without a figure whose newest figure is for an earlier period.
    own_newest : datetime.date or None
        Last day of a newer figure of the council, which is not compared.
    since_revised : int
        Figures that a later source gave differently from an earlier one.
    notes : mapping of str to int
        Notes that some of the figures carry and others do not.
    changed_since, changed_within : tuple of Break
        Changes of definition or source after this period, up to the quarter
        reported on; within the periods over which the gap is followed.
    ended, begun : tuple of str
        Peers that have ended since; that began within the period.
    """

    n: int
    sources: Mapping[str, int]
    denominator_sources: Mapping[str, int]
    own_source: str
    unsettled: Mapping[str, int]
    own_status: str
    without: Mapping[str, int]
    older: int
    own_newest: date | None
    since_revised: int
    notes: Mapping[str, int]
    changed_since: tuple[Break, ...]
    changed_within: tuple[Break, ...]
    ended: tuple[str, ...]
    begun: tuple[str, ...]

    @property
    def alike(self) -> bool:
        """Whether nothing at all differs between the figures."""
        several = len(self.sources) > 1 or len(self.denominator_sources) > 1
        return not (
            several
            or self.unsettled
            or self.without
            or self.own_newest
            or self.since_revised
            or self.notes
            or self.changed_since
            or self.changed_within
            or self.ended
            or self.begun
        )


def comparability(
    figures: pd.DataFrame,
    *,
    own: str,
    members: pd.DataFrame,
    start: date,
    end: date,
    until: date,
    since: date | None = None,
    breaks: Sequence[Break] = (),
    revised: Iterable[str] = (),
) -> Comparability:
    """Count what differs between the figures of a council and of its peers.

    Parameters
    ----------
    figures : pandas.DataFrame
        One row per authority and period of one indicator, with or without a
        figure: `authority` [code], `start`, `end` [datetime64], `value` [unit,
        missing allowed], `status`, `source`, `denominator_source`, `note`. Rows
        of others than the council and its peers are left out.
    own : str
        Code of the council.
    members : pandas.DataFrame
        One row per peer: `authority` [code], `first_day`, `last_day`
        [datetime64, missing when open].
    start, end : datetime.date
        The period compared.
    until : datetime.date
        Last day of the quarter reported on.
    since : datetime.date, optional
        First day of the first period over which the gap is followed.
    breaks : sequence of Break
        Where the indicator is made differently from what went before.
    revised : iterable of str
        Codes of the authorities whose figure for the period was revised.

    Returns
    -------
    Comparability

    Raises
    ------
    PerfnbError
        When a column is missing or an authority comes twice in the period.

    Examples
    --------
    >>> figures = pd.DataFrame({"authority": list("abc"), "value": [1, 2, None],
    ...     "status": ["provisional", "final", "suppressed"], "source": "s",
    ...     "denominator_source": "", "note": "",
    ...     "start": pd.Timestamp("2024-04-01"), "end": pd.Timestamp("2025-03-31")})
    >>> members = pd.DataFrame({"authority": list("bc"), "first_day": pd.NaT,
    ...     "last_day": pd.NaT})
    >>> found = comparability(figures, own="a", members=members,
    ...     start=date(2024, 4, 1), end=date(2025, 3, 31), until=date(2025, 12, 31))
    >>> found.n, found.unsettled, found.without, found.alike
    (2, {'provisional': 1}, {'suppressed': 1}, False)
    """
    require(figures, _COLUMNS, "figures")
    require(members, ["authority", "first_day", "last_day"], "members")
    first, last = pd.Timestamp(start), pd.Timestamp(end)
    there = members[_were_there(members, last)]
    mine = figures["authority"].astype(str) == own
    theirs = figures["authority"].isin(there["authority"])
    same = (figures["start"] == first) & (figures["end"] == last)
    rows = figures[(mine | theirs) & same]
    require_once(rows["authority"].astype(str), "authority")
    held = rows[rows["value"].notna()]
    known = figures[figures["value"].notna()]
    codes = set(held["authority"].astype(str))
    absent = [code for code in there["authority"].astype(str) if code not in codes]
    own_row = held[held["authority"].astype(str) == own]
    return Comparability(
        n=len(held),
        sources=_counts(held["source"]),
        denominator_sources=_counts(held["denominator_source"]),
        own_source=_only(own_row["source"]),
        unsettled=_counts(held.loc[held["status"].astype(str) != FINAL, "status"]),
        own_status=_only(own_row["status"]),
        without=_without(rows, absent),
        older=_older(known, absent, last),
        own_newest=_newest(known[known["authority"].astype(str) == own], last),
        since_revised=len(codes & set(revised)),
        notes=_distinguishing(held["note"]),
        changed_since=tuple(each for each in breaks if end < each.start <= until),
        changed_within=tuple(
            each for each in breaks if since is not None and since < each.start <= start
        ),
        ended=_codes(there, codes, there["last_day"] <= pd.Timestamp(until)),
        begun=_codes(there, codes, there["first_day"] > first),
    )


def _were_there(members: pd.DataFrame, last: pd.Timestamp) -> pd.Series:
    began = members["first_day"].isna() | (members["first_day"] <= last)
    return began & (members["last_day"].isna() | (members["last_day"] >= last))


def _counts(values: pd.Series) -> dict[str, int]:
    texts = [str(value) for value in values.dropna() if str(value)]
    return dict(Counter(sorted(texts)).most_common())


def _only(values: pd.Series) -> str:
    return str(values.iloc[0]) if len(values) else ""


def _without(rows: pd.DataFrame, absent: Sequence[str]) -> dict[str, int]:
    said = dict(zip(rows["authority"].astype(str), rows["status"], strict=True))
    return _counts(pd.Series([said.get(code, NO_RETURN) for code in absent], dtype=str))


def _older(known: pd.DataFrame, absent: Sequence[str], last: pd.Timestamp) -> int:
    before = known[known["end"] < last]
    return len(set(before["authority"].astype(str)) & set(absent))


def _newest(mine: pd.DataFrame, last: pd.Timestamp) -> date | None:
    newer = mine.loc[mine["end"] > last, "end"]
    return newer.max().date() if len(newer) else None


def _distinguishing(notes: pd.Series) -> dict[str, int]:
    parts = notes.astype(str).str.split("; ").explode()
    return {note: n for note, n in _counts(parts).items() if n < len(notes)}


def _codes(members: pd.DataFrame, held: set[str], which: pd.Series) -> tuple[str, ...]:
    codes = members.loc[which.to_numpy(dtype=bool), "authority"].astype(str)
    return tuple(code for code in codes if code in held)
