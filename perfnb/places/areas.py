"""Small areas of the censuses of 2001, 2011 and 2021, and their wards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from perfnb.places.answers import MOST_COMPARED, Answer, spelt_like
from perfnb.places.kinds import SMALL_AREA, entity, is_gss
from perfnb.places.names import content, without_footnote
from perfnb.reference import AreaChange, Reference

CENSUSES = ("2001", "2011", "2021")
"""Censuses after which small areas were drawn, in order."""

_CHANGED = {
    "split": "one of the parts into which {others} was split",
    "merged": "made from {others} together",
    "redrawn": "drawn anew over {others}",
}


class SmallAreas:
    """Every small area of the reference data, to be found by code or name.

    Parameters
    ----------
    reference : Reference
        Areas with their wards, and what became of them between censuses.
    """

    def __init__(self, reference: Reference) -> None:
        self._names: dict[str, str] = {a.code: a.name for a in reference.areas.values()}
        self._censuses: dict[str, set[str]] = defaultdict(set)
        self._earlier: dict[tuple[str, str], list[AreaChange]] = defaultdict(list)
        self._later: dict[tuple[str, str], list[AreaChange]] = defaultdict(list)
        for area in reference.areas.values():
            self._censuses[area.code].add(area.kind.removeprefix("LSOA "))
        for change in reference.changes:
            self._names.setdefault(change.older, change.older_name)
            self._names.setdefault(change.newer, change.newer_name)
            self._censuses[change.older].add(change.older_census)
            self._censuses[change.newer].add(change.newer_census)
            self._later[change.older, change.older_census].append(change)
            self._earlier[change.newer, change.newer_census].append(change)
        self._wards = _wards(reference)
        self._compared = 0
        self._called: dict[str, list[str]] = defaultdict(list)
        for code, name in self._names.items():
            self._called[content(name)].append(code)

    def find(self, text: str) -> Answer:
        """Say which small area a code or name means; see `Gazetteer.area`."""
        plain = " ".join(text.split())
        if is_gss(plain.upper()):
            return self._by_gss(text, plain.upper())
        name = content(plain)
        codes = self._called.get(name, [])
        if len(codes) == 1:
            return self._answer(text, codes[0], "name")
        if codes:
            reason = f"'{plain}' is the name of {' and of '.join(codes)}."
            return Answer(text, reason=reason, candidates=tuple(codes))
        reason = f"No small area of the reference lists is called '{plain}'."
        if self._compared >= MOST_COMPARED:
            return Answer(text, reason=reason)
        self._compared += 1
        near = spelt_like(content(without_footnote(plain)), self._called)
        codes = [code for name in near for code in self._called[name]]
        if codes:
            named = ", ".join(f"{self._names[code]} ({code})" for code in codes)
            reason += f" Spelt like it: {named}."
        return Answer(text, reason=reason, candidates=tuple(codes))

    def at(self, text: str, census: str) -> Answer:
        """Say which area of a census holds a small area; see `Gazetteer.area_at`."""
        answer = self.find(text)
        if not answer.found or census in self._censuses[answer.code]:
            return answer
        holding = self._holding(answer.code, census)
        if list(holding.values()) == [True]:
            code = next(iter(holding))
            note = f"It lies wholly in {self._names[code]} of {census}."
            how = f"place in {census}"
            return Answer(answer.given, code, self._names[code], how, note=note)
        named = ", ".join(f"{self._names[code]} ({code})" for code in holding)
        reason = f"{answer.name} ({answer.code}) lies in no single small area of "
        reason += f"{census}: it shares ground with {named or 'none that is listed'}."
        return answer.but(reason, holding)

    def ward(self, text: str, wards: str) -> Answer:
        """Say which ward a small area lies in; see `Gazetteer.ward`."""
        answer = self.find(text)
        if not answer.found:
            return answer
        fits = self._wards.get(wards, {})
        over = self._related(answer.code, set(fits))
        there = list(dict.fromkeys(fits[code] for code in over))
        if len(there) == 1:
            code, name = there[0]
            note = f"Best fit to the wards of {wards}."
            return Answer(
                answer.given, code, name, f"small area {answer.code}", "", note=note
            )
        if not there:
            reason = f"No list gives the ward of {wards} for {answer.name}."
            return answer.but(reason)
        named = " and ".join(f"{name} ({code})" for code, name in there)
        reason = f"{answer.name} ({answer.code}) lies in {named}, wards of {wards}."
        return answer.but(reason, [code for code, _ in there])

    def _by_gss(self, text: str, code: str) -> Answer:
        if code in self._names:
            return self._answer(text, code, "GSS code")
        if not code.startswith(SMALL_AREA):
            reason = f"'{code}' is the code of {entity(code)}, not of a small area."
        else:
            reason = f"'{code}' is a small area outside the reference lists."
        return Answer(text, reason=reason)

    def _answer(self, text: str, code: str, how: str) -> Answer:
        censuses = [year for year in CENSUSES if year in self._censuses[code]]
        said = [f"A small area of {' and '.join(censuses)}"]
        said += self._relation(self._earlier[code, censuses[0]], "older")
        said += self._relation(self._later[code, censuses[-1]], "newer")
        note = f"{', '.join(said)}."
        return Answer(text, code, self._names[code], how, note=note)

    def _relation(self, changes: list[AreaChange], end: str) -> Iterable[str]:
        changed = [change for change in changes if change.change != "unchanged"]
        if not changed:
            return
        others = " and ".join(getattr(change, end) for change in changed)
        kind = changed[0].change
        if end == "older":
            yield _CHANGED[kind].format(others=others)
        else:
            later = {"split": "later split into", "merged": "later merged into"}
            yield f"{later.get(kind, 'later redrawn as')} {others}"

    def _holding(self, code: str, census: str) -> dict[str, bool]:
        """Give the areas of a census over an area, and whether each holds it all."""
        at = sorted(self._censuses[code])
        onward = census > at[-1]
        reached = {code: True}
        for year in _steps(at[-1] if onward else at[0], census):
            following: dict[str, bool] = {}
            for area, whole in reached.items():
                for change in (self._later if onward else self._earlier)[area, year]:
                    other = change.newer if onward else change.older
                    exact = whole and change.change != "redrawn"
                    following[other] = following.get(other, True) and exact
            reached = following
        return reached

    def _related(self, code: str, known: set[str]) -> list[str]:
        if code in known:
            return [code]
        everywhere = [hit for year in CENSUSES for hit in self._holding(code, year)]
        return [hit for hit in dict.fromkeys(everywhere) if hit in known]


def _steps(first: str, last: str) -> list[str]:
    """List the censuses to leave, one after the other, on the way to another."""
    start, end = CENSUSES.index(first), CENSUSES.index(last)
    return [CENSUSES[at] for at in range(start, end, 1 if end > start else -1)]


def _wards(reference: Reference) -> dict[str, dict[str, tuple[str, str]]]:
    fits: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    for row in reference.wards:
        fits[row.wards][row.area] = (row.ward_code, row.ward_name)
    for area in reference.areas.values():
        if area.ward_code:
            fits["2017"][area.code] = (area.ward_code, area.ward_name)
    return fits
