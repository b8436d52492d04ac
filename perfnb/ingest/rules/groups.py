"""Groups of people: each is a part of a characteristic, and is spelt in one way.

A figure is of everybody, 'all' in both columns, or of a group of a
characteristic. What is written with other capitals or blanks than elsewhere is
read as the same name, so that a figure is never in a group of its own by a slip
of the keyboard.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace

import pandas as pd

from perfnb.ingest.rules.broken import Broken, broken, broken_once
from perfnb.ingest.rules.numerals import shown
from perfnb.ingest.rules.reading import Reading, read

EVERYBODY = "all"
"""Stands in both columns when a figure is of everybody."""

Name = tuple[str, str]
"""A text with the characteristic that it is a group of, blank for none."""


def in_one_spelling(rows: Reading) -> tuple[Reading, list[Broken]]:
    """Read characteristics and groups by one spelling each.

    Parameters
    ----------
    rows : Reading
        The rows as they were typed.

    Returns
    -------
    rows : Reading
        With one spelling of each characteristic, and of each of its groups: the
        one of targets.csv, else the one of the oldest figure.
    told : list of Broken
        A warning for each cell that is spelt otherwise, told once a sheet.
    """
    targets = rows.catalogue.targets
    nothing = pd.Series("", index=rows.rows.index)
    known = {("", each.characteristic) for each in targets}
    spelt, told = _respelt(rows, "characteristic", nothing, known)
    known = {(each.characteristic, each.group) for each in targets}
    named = spelt.rows["characteristic"]
    spelt, more = _respelt(spelt, "group", named, known)
    return spelt, [*told, *more]


def unnamed(read: Reading) -> Iterable[Broken]:
    """Find groups without a name."""
    for column in ("characteristic", "group"):
        yield from broken(
            read.cells,
            read.rows[column].eq(""),
            column,
            "a name, or 'all' for everybody",
            "Fill it in.",
            dimension="completeness",
        )


def half_named(read: Reading) -> Iterable[Broken]:
    """Find rows that are of everybody in one column and of a group in the other.

    Such a row would stand in the place of the headline, or be missed there.
    """
    pair = ("characteristic", "group")
    for column, other in (pair, pair[::-1]):
        says = read.rows[other]
        wrong = read.rows[column].eq(EVERYBODY) & ~says.isin(["", EVERYBODY])
        yield from broken(
            read.cells,
            wrong,
            column,
            [
                f"a {column} beside the {other} '{shown(text)}', since 'all' is "
                "everybody"
                for text in says[wrong]
            ],
            f"Type the {column}, or 'all' in both columns.",
        )


def _respelt(
    rows: Reading, column: str, within: pd.Series, known: Collection[Name]
) -> tuple[Reading, list[Broken]]:
    names = rows.rows.assign(within=within, end=rows.of_span("end"))
    oldest = names.groupby(["within", column], sort=False)["end"].min()
    meant = _meant(oldest, known)
    if not meant:
        return rows, []
    pairs = pd.MultiIndex.from_arrays([within, rows.rows[column]])
    other = pd.Series(pairs.isin(list(meant)), index=rows.rows.index)
    right = pd.Series(
        [meant[pair] for pair in pairs[other]], index=other.index[other], dtype="str"
    )
    told = broken_once(
        rows.cells,
        other,
        column,
        [f"one spelling of each {column}; it was read as '{name}'" for name in right],
        [f"Type '{name}'." for name in right],
        mark=[f"{column} read as {name}" for name in right],
        of=("source_file", "source_sheet", column),
    )
    texts = rows.rows[column].copy()
    texts[other] = right
    cells = replace(rows.cells, rows=rows.rows.assign(**{column: texts}))
    return read(cells, rows.catalogue, rows.reference), told


def _meant(oldest: pd.Series, known: Collection[Name]) -> dict[Name, str]:
    """Give the spelling that stands for each other one of the same name."""
    alike: dict[Name, list[tuple[bool, pd.Timestamp, str]]] = defaultdict(list)
    names: list[Name] = oldest.index.tolist()
    for (within, text), end in zip(names, oldest, strict=True):
        when = pd.Timestamp.max if pd.isna(end) else end
        alike[within, _bare(text)].append(((within, text) not in known, when, text))
    for within, text in known:
        if (within, _bare(text)) in alike:
            alike[within, _bare(text)].append((False, pd.Timestamp.min, text))
    meant: dict[Name, str] = {}
    for (within, bare), spelt in alike.items():
        right = EVERYBODY if bare == EVERYBODY else min(spelt)[-1]
        meant |= {(within, text): right for *_, text in spelt if text != right}
    return meant


def _bare(text: str) -> str:
    return " ".join(text.split()).casefold()
