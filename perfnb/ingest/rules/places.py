"""Places that are not written by their GSS codes: read where only one can be meant.

A return may name an authority by another of its codes or by its name, and a small
area by its name. What can be resolved gets in with a word on how it was read; what
cannot is left as it was typed, for the rules to refuse.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from perfnb.ingest.rules.broken import Broken, broken, broken_once
from perfnb.ingest.rules.reading import Reading, read
from perfnb.places import Answer, Gazetteer, exchanged

Answers = Sequence[Answer | None]


def in_codes(rows: Reading) -> tuple[Reading, list[Broken]]:
    """Put GSS codes in the place of other codes and names that mean one place.

    Parameters
    ----------
    rows : Reading
        The rows as they were typed.

    Returns
    -------
    rows : Reading
        With GSS codes where they could be resolved.
    told : list of Broken
        A warning for each cell that was read as a code.
    """
    authorities, areas = rows.reference.authorities, rows.reference.areas
    typed = rows.rows["authority"]
    odd = typed.ne("") & ~typed.isin(list(authorities))
    parts = rows.rows["area"]
    odd_parts = parts.ne("") & parts.ne(typed) & ~parts.isin(list(areas))
    if not (odd.any() or odd_parts.any()):
        return rows, []
    gazetteer = Gazetteer(rows.reference)
    asked = list(zip(typed[odd], last_days(rows, odd), strict=True))
    found = gazetteer.authorities(asked)
    whose = [found.get(pair) for pair in asked]
    told = _told(rows, odd, "authority", "a GSS code of authorities.csv", whose)
    wanted = parts[odd_parts]
    known = {text: gazetteer.area(text) for text in wanted.unique()}
    where = [
        answer if answer is not None and answer.code in areas else None
        for answer in map(known.get, wanted)
    ]
    told += _told(rows, odd_parts, "area", "the code of an area of areas.csv", where)
    authority = _replaced(typed, odd, whose)
    # The whole of an authority may be named twice in a row.
    area = _replaced(parts, odd_parts, where).where(parts.ne(typed), authority)
    changed = rows.rows.assign(authority=authority, area=area)
    cells = replace(rows.cells, rows=changed)
    return read(cells, rows.catalogue, rows.reference), told


def in_present_codes(rows: Reading) -> tuple[Reading, list[Broken]]:
    """Put the present code of a council in the place of a former one.

    No register tells from which day a code was exchanged for another; the returns
    do. A former code stays as its source has it for periods before the first one
    that stands under the present code, and is read as that from then on: so no
    council stands twice for one period.

    Parameters
    ----------
    rows : Reading
        The rows by GSS codes, as `in_codes` gives them.

    Returns
    -------
    rows : Reading
        With present codes where the returns use them by then.
    told : list of Broken
        A warning for each row that was read so, told once for each code and file.
    """
    known = rows.reference.authorities
    newer = exchanged(known)
    typed, ends = rows.rows["authority"], rows.of_span("end")
    present = rows.looked_up("authority", newer)
    first = ends.groupby(typed).min()
    since = {former: first.get(code) for former, code in newer.items()}
    late = ends >= rows.looked_up("authority", since, days=True)
    if not late.any():
        return rows, []
    meant = present[late].tolist()
    told = broken_once(
        rows.cells,
        late,
        "authority",
        ["the present code of a council"] * len(meant),
        [
            f"It was read as {code}, {known[code].name}. Type that code."
            for code in meant
        ],
        mark=[f"authority read as {code}" for code in meant],
        of=("source_file", "authority"),
    )
    authority = present.where(late, typed).astype("str")
    parts = rows.rows["area"]
    # The whole of an authority may be named twice in a row.
    area = parts.where(parts.map(newer).ne(authority), authority)
    cells = replace(rows.cells, rows=rows.rows.assign(authority=authority, area=area))
    return read(cells, rows.catalogue, rows.reference), told


def authority_hint(rows: Reading) -> Callable[[str, date | None], str]:
    """Say of a text that names no authority on a day why, and what comes near."""
    gazetteer: list[Gazetteer] = []

    def hint(typed: str, on: date | None) -> str:
        if not gazetteer:
            gazetteer.append(Gazetteer(rows.reference))
        reason = gazetteer[0].authority(typed, on).reason
        return f"{reason} Correct the code." if reason else ""

    return hint


def last_days(rows: Reading, chosen: pd.Series) -> list[date | None]:
    """Give the last day of the period of each chosen row, where it can be read."""
    ends = rows.of_span("end")[chosen]
    return [None if pd.isna(day) else pd.Timestamp(day).date() for day in ends]


def area_hint(rows: Reading, texts: Sequence[str]) -> dict[str, str]:
    """Say of texts that are no areas of areas.csv what they are instead."""
    if not texts:
        return {}
    gazetteer = Gazetteer(rows.reference)
    answers = {text: gazetteer.area(text) for text in texts}
    return {
        text: f"{answer.name}: {answer.note[:1].lower()}{answer.note[1:]}"
        if answer.found
        else answer.reason
        for text, answer in answers.items()
    }


def _told(
    rows: Reading, odd: pd.Series, column: str, expected: str, answers: Answers
) -> list[Broken]:
    """Tell each text once a sheet, and mark every row that has it."""
    codes = _codes(odd, answers)
    if not codes:
        return []
    read_so = pd.Series(odd.index.isin(list(codes)), index=odd.index)
    by_text = rows.rows[read_so].groupby(
        ["source_file", "source_sheet", column], sort=False
    )[column]
    first = read_so.copy()
    first[read_so] = by_text.cumcount().eq(0)
    more = by_text.transform("size")[first[read_so]].astype(int) - 1
    by_label = dict(zip(odd.index[odd].tolist(), answers, strict=True))
    told = broken(
        rows.cells,
        first,
        column,
        expected,
        [_how(by_label[label], others) for label, others in more.items()],
        mark=[f"{column} read as {codes[label]}" for label in more.index],
    )
    silent = read_so & ~first
    return told + [
        Broken(label, None, f"{column} read as {codes[label]}")
        for label in odd.index[silent].tolist()
    ]


def _how(answer: Answer | None, others: int) -> str:
    if answer is None:
        return ""
    also = f"So {'was' if others == 1 else 'were'} {others:,} more of this sheet."
    said = [
        f"It was read as {answer.code}, {answer.name}, by its {answer.how}.",
        answer.note,
        also if others else "",
        "Type the code.",
    ]
    return " ".join(part for part in said if part)


def _replaced(typed: pd.Series, odd: pd.Series, answers: Answers) -> pd.Series:
    codes = _codes(odd, answers)
    if not codes:
        return typed
    replaced = typed.copy()
    replaced.loc[list(codes)] = list(codes.values())
    return replaced


def _codes(odd: pd.Series, answers: Answers) -> dict[int, str]:
    return {
        label: answer.code
        for label, answer in zip(odd.index[odd].tolist(), answers, strict=True)
        if answer is not None and answer.found
    }
