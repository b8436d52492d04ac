"""Say in sentences what an import took, what it left out, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path

from perfnb.files import relative
from perfnb.importing.naming import fill
from perfnb.importing.prepared import Prepared
from perfnb.ingest.published.profile import Profile
from perfnb.ingest.published.published_rows import Dropped

_MOST_NAMES = 4
"""More names than these would hide the others; the count says how many there are."""

_THEN = (
    "Now check the workbook with 'perfnb check', and record the return with "
    "'perfnb receive'."
)


def told(
    prepared: Prepared, written: Mapping[Path, bool], file: Path, folder: Path
) -> list[str]:
    """Tell an import, line by line.

    Parameters
    ----------
    prepared : Prepared
        What was taken and left out.
    written : mapping of pathlib.Path to bool
        The returns, and whether each was written.
    file, folder : pathlib.Path
        The published file and the workbook's folder.
    """
    profile = prepared.profile
    about = (prepared.extraction.spans, prepared.extraction.tables, "")
    return [
        f"{relative(file, folder)}: {profile.title}, "
        f"{fill('{period}; {tables}', *about)}.",
        *_taken(prepared),
        *_left_out(prepared),
        *(_place(path, folder, new=new) for path, new in written.items()),
        *([_THEN] if any(written.values()) else []),
    ]


def profiles_told(profiles: Iterable[Profile], indicators: Container[str]) -> list[str]:
    """Tell which profiles there are, what each reads and what it gives.

    Parameters
    ----------
    profiles : iterable of Profile
        Those of the workbook.
    indicators : container of str
        Those of ``indicators.csv``; a profile that gives none of them is marked.
    """
    return [
        f"{each.id}: {each.title} ({each.publisher}). {each.about} "
        f"Gives {', '.join(each.indicators())}{_not_ours(each, indicators)}."
        for each in profiles
    ]


def _not_ours(profile: Profile, indicators: Container[str]) -> str:
    if any(each in indicators for each in profile.indicators()):
        return ""
    return ", none of which is in indicators.csv yet"


def _taken(prepared: Prepared) -> Iterator[str]:
    rows, extraction = prepared.rows, prepared.extraction
    by_indicator = rows["indicator"].value_counts(sort=False)
    each = ", ".join(f"{name} {count:,}" for name, count in by_indicator.items())
    yield f"Taken: {_rows(len(rows))}{f' ({each})' if each else ''}."
    counted = rows["status"].value_counts()
    without = [f"{n:,} {name}" for name, n in counted.items() if name in _WITHOUT]
    if without:
        yield f"Of these without a figure: {', '.join(without)}."
    if prepared.same:
        files = ", ".join(prepared.held_in)
        yield (
            f"{_rows(prepared.same)} of source {prepared.source.id} are in the "
            f"workbook already with the same figures ({files}): not written again."
        )
    carried = rows.loc[rows["carried"] & rows["denominator"].ne("")]
    if len(carried):
        sources = ", ".join(dict.fromkeys(carried["denominator_source"]))
        yield (
            f"{_rows(len(carried))} have denominators that the workbook held "
            f"({sources})."
        )
    bare = rows.loc[rows["carried"] & rows["denominator"].eq("")]
    if len(bare):
        groups = ", ".join(dict.fromkeys(bare["indicator"] + " " + bare["group"]))
        yield f"The workbook holds no denominator for {groups}."
    names = [table.name for table in prepared.profile.tables]
    absent = [name for name in names if name not in extraction.tables]
    if absent:
        yield f"Not in this file: {', '.join(absent)}."


_WITHOUT = ("missing", "suppressed", "not applicable")


def _left_out(prepared: Prepared) -> Iterator[str]:
    extraction = prepared.extraction
    yield from extraction.remarks
    if prepared.compared is not None:
        yield prepared.compared.remark()
    alone = [
        figure.indicator
        for table in prepared.profile.tables
        for figure in table.figures
        if figure.authorities == "council" and table.name in extraction.tables
    ]
    if alone:
        names = " and ".join(dict.fromkeys(alone))
        yield f"{names}: taken for the council alone, as the profile says."
    for (table, reason), rows in _by_reason(extraction.dropped).items():
        yield f"Left out of {table}: {_rows(len(rows))}, {reason} ({_names(rows)})."
    for indicator in prepared.unknown:
        yield (
            f"Left out: figures of {indicator}, which is not in "
            f"data/registers/indicators.csv."
        )
    if extraction.notes:
        count = len(extraction.notes)
        lines = "line" if count == 1 else "lines"
        yield f"Read over: {count} {lines} of notes (--notes shows them)."


def _by_reason(
    dropped: Iterable[Dropped],
) -> dict[tuple[str, str], list[Dropped]]:
    grouped: dict[tuple[str, str], list[Dropped]] = {}
    for each in dropped:
        grouped.setdefault((each.table, each.reason), []).append(each)
    return grouped


def _names(rows: Iterable[Dropped]) -> str:
    names = list(Counter(row.name for row in rows))
    shown = ", ".join(names[:_MOST_NAMES])
    more = len(names) - _MOST_NAMES
    return f"{shown} and {more} more" if more > 0 else shown


def _place(path: Path, folder: Path, *, new: bool) -> str:
    name = relative(path, folder)
    return f"Wrote {name}." if new else f"{name} was there already, the same."


def _rows(count: int) -> str:
    return f"{count:,} row" if count == 1 else f"{count:,} rows"
