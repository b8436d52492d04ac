"""Codes and names: each stands in a register or a reference list."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from difflib import get_close_matches

from perfnb.ingest.rules.broken import Broken, broken, broken_once
from perfnb.ingest.rules.jumps import CHECKED, checked
from perfnb.ingest.rules.numerals import shown
from perfnb.ingest.rules.places import area_hint, authority_hint, last_days
from perfnb.ingest.rules.reading import Reading
from perfnb.observations import STATUSES

_MOST_COMPARED = 200
"""Unknown names that are compared with the known ones; looking takes time."""

Hint = Callable[[str, date | None], str]


def unknown(read: Reading) -> Iterable[Broken]:
    """Find names that no register and no reference list has."""
    catalogue, reference = read.catalogue, read.reference
    titles = {each.id: each.title for each in catalogue.indicators.values()}
    yield from _unlisted(
        read,
        "indicator",
        catalogue.indicators,
        "an indicator of indicators.csv",
        _nearest(titles),
    )
    yield from _unlisted(
        read,
        "authority",
        reference.authorities,
        "a GSS code of authorities.csv",
        authority_hint(read),
    )
    sources = {each.id: each.title for each in catalogue.sources.values()}
    yield from _unlisted(
        read, "source", sources, "a source of sources.csv", _nearest(sources)
    )
    yield from _unlisted(
        read,
        "denominator_source",
        ["", *sources],
        "a source of sources.csv or blank",
        _nearest(sources),
    )


def misplaced(read: Reading) -> Iterable[Broken]:
    """Find areas that are not listed, or lie in another authority."""
    areas, authority = read.rows["area"], read.rows["authority"]
    known = read.reference.areas
    wrong = areas.ne("") & areas.ne(authority) & ~areas.isin(list(known))
    hints = area_hint(read, areas[wrong].unique().tolist())
    remedy = "Correct the code, add it to areas.csv, or leave it blank for the whole."
    remedies = [f"{hints.get(text, '')} {remedy}".lstrip() for text in areas[wrong]]
    expected = "an area of areas.csv or blank"
    yield from broken(read.cells, wrong, "area", expected, remedies)
    owners = areas.map({area.code: area.authority for area in known.values()})
    wrong = owners.notna() & owners.ne(authority)
    expected = "an area of the row's authority"
    remedy = "Correct the area or the authority."
    yield from broken(read.cells, wrong, "area", expected, remedy)


def abolished(read: Reading) -> Iterable[Broken]:
    """Find figures of authorities for days after their end."""
    known = read.reference.authorities
    ended = {each.code: each.end for each in known.values() if each.end}
    wrong = read.looked_up("authority", ended, days=True) < read.of_span("start")
    gone = [known[code] for code in read.rows["authority"][wrong]]
    expected = [
        f"an authority that was there; {each.name} ended on {each.end}" for each in gone
    ]
    remedy = [
        f"Type the code of its successor, {each.replaced_by}."
        if each.replaced_by
        else "Type the code of its successor."
        for each in gone
    ]
    yield from broken(read.cells, wrong, "authority", expected, remedy)


def unbegun(read: Reading) -> Iterable[Broken]:
    """Find figures of authorities for periods that ended before they began."""
    known = read.reference.authorities
    # Other first days are those of a council's present kind, not of the council.
    successors = {code for a in known.values() for code in a.replaced_by.split()}
    begun = {code: known[code].start for code in successors if code in known}
    early = read.looked_up("authority", begun, days=True) > read.of_span("end")
    early &= ~checked(read)
    councils = [known[code] for code in read.rows["authority"][early]]
    yield from broken_once(
        read.cells,
        early,
        "authority",
        [
            f"an authority that was there; {each.name} began on {each.start}, so that "
            "its publisher must have put an earlier figure together for its area"
            for each in councils
        ],
        [f"Check it; if it is right, begin its note with '{CHECKED}'."] * len(councils),
        mark=[f"from before {each.start}, when it began" for each in councils],
        of=("source_file", "source"),
    )


def statuses(read: Reading) -> Iterable[Broken]:
    """Find statuses that are none, and those that are written in another way."""
    typed = read.rows["status"]
    expected = f"one of {', '.join(STATUSES)}"
    wrong = read.status.eq("")
    remedies = [_status_remedy(text) for text in typed[wrong]]
    yield from broken(read.cells, wrong, "status", expected, remedies)
    other = ~wrong & read.status.ne(typed)
    meant = read.status[other].tolist()
    yield from broken(
        read.cells,
        other,
        "status",
        [f"{expected}; it was read as {status}" for status in meant],
        [f"Type '{status}'." for status in meant],
        mark=[f"status read as {status}" for status in meant],
    )


def _unlisted(
    read: Reading, column: str, known: Collection[str], expected: str, hint: Hint
) -> list[Broken]:
    typed = read.rows[column]
    wrong = ~typed.isin(list(known))
    register = expected.removesuffix(" or blank").rsplit(" ", 1)[-1]
    asked = list(zip(typed[wrong], last_days(read, wrong), strict=True))
    if column != "authority":
        asked = [(name, None) for name, _ in asked]
    different = list(dict.fromkeys(asked))[:_MOST_COMPARED]
    hints = {pair: hint(*pair) for pair in different}
    remedies = [
        hints.get(pair) or f"Correct the code, or add it to {register}."
        for pair in asked
    ]
    return broken(read.cells, wrong, column, expected, remedies)


def _nearest(titles: dict[str, str]) -> Hint:
    alike = {_bare(name): name for name in titles}
    by_title = {_bare(title): name for name, title in titles.items()}

    def hint(typed: str, _: date | None) -> str:
        same = alike.get(_bare(typed)) or by_title.get(_bare(typed))
        if same:
            return f"Type its id, '{same}'."
        close = get_close_matches(typed, titles, n=1, cutoff=0.6)
        return f"Correct the code; the nearest is '{close[0]}'." if close else ""

    return hint


def _status_remedy(typed: str) -> str:
    marks = {
        "p": "provisional",
        "r": "revised",
        "c": "suppressed",
        "x": "missing",
        "z": "not applicable",
    }
    meant = marks.get(typed.casefold().strip("[]()"))
    if meant:
        return f"Type '{meant}' if '{shown(typed)}' means that."
    close = get_close_matches(typed.casefold()[:40], STATUSES, n=1, cutoff=0.7)
    return f"Type '{close[0]}' if that is meant." if close else "Correct the status."


def _bare(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
