"""Councils, present and past, by any code or name that they go by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from perfnb.places.answers import MOST_CANDIDATES, MOST_COMPARED, Answer, spelt_like
from perfnb.places.kinds import COUNCILS, entity, is_gss
from perfnb.places.names import content, without_footnote, without_title
from perfnb.reference import Authority, Reference

BARE = ("old statistics code", "DETR code")
"""Kinds of code that may be bare numbers, read as such only when asked for."""

GSS, NAME = "GSS code", "name"

WHOLES = ("england", "great britain", "united kingdom", "total", "all")
"""What rows of totals are called."""


class Authorities:
    """Every authority of the reference data, to be found by code or name.

    Parameters
    ----------
    reference : Reference
        Authorities with their codes, and the other names that they go by.
    """

    def __init__(self, reference: Reference) -> None:
        self._known: Mapping[str, Authority] = reference.authorities
        self._codes = _codes(reference)
        self._names = _names(reference)
        self._compared = 0
        self._regions = {content(a.region) for a in self._known.values()} - {""}
        self._before: dict[str, list[str]] = defaultdict(list)
        for authority in self._known.values():
            for successor in authority.replaced_by.split():
                self._before[successor].append(authority.code)

    def find(self, text: str, on: date | None = None, by: str | None = None) -> Answer:
        """Say which authority a code or name means; see `Gazetteer.authority`."""
        plain = " ".join(text.split())
        if not plain:
            return Answer(text, reason="There is no code and no name.")
        answer = self._sought(text, plain, on, by)
        return self._dated(answer, on) if answer.found and on else answer

    def _sought(self, text: str, plain: str, on: date | None, by: str | None) -> Answer:
        if by in (None, GSS) and is_gss(plain.upper()):
            return self._by_gss(text, plain.upper())
        answer = None if by in (NAME, GSS) else self._by_code(text, plain, by)
        if answer is None and by in (None, NAME):
            return self._by_name(text, plain, on)
        return answer or Answer(text, reason=f"'{plain}' is no {by} of an authority.")

    def _by_gss(self, text: str, code: str) -> Answer:
        if code in self._known:
            return self._answer(text, code, "GSS code")
        if not code.startswith(COUNCILS):
            reason = f"'{code}' is the code of {entity(code)}, not of an authority."
        else:
            reason = f"'{code}' is no code of authorities.csv."
        return Answer(text, reason=reason)

    def _by_code(self, text: str, plain: str, by: str | None) -> Answer | None:
        asked = [by] if by else list(self._codes)
        hits = {
            kind: self._codes[kind][plain]
            for kind in asked
            if plain in self._codes.get(kind, {})
        }
        bare = [kind for kind in hits if kind in BARE and plain.isdigit()]
        if len(set(hits.values())) > 1 or (bare and not by):
            said = self._said(hits.values())
            reason = f"'{plain}' may be the {' or the '.join(hits)} of {said}."
            return Answer(text, reason=reason, candidates=tuple(hits.values()))
        return next(
            (self._answer(text, code, kind) for kind, code in hits.items()), None
        )

    def _by_name(self, text: str, plain: str, on: date | None) -> Answer:
        stripped = without_footnote(plain)
        for name, how in ((plain, "name"), (stripped, "name without its footnote")):
            if hits := self._called(name):
                return self._one_of(text, name, hits, how, on)
        if content(stripped) in (*WHOLES, *self._regions):
            return Answer(text, reason=f"'{plain}' is no authority but many together.")
        reason = f"No authority of authorities.csv is called '{plain}'."
        if self._compared >= MOST_COMPARED:
            return Answer(text, reason=reason)
        self._compared += 1
        near = spelt_like(content(stripped), self._names)
        codes = list(dict.fromkeys(c for name in near for c in self._names[name]))
        if codes:
            reason += f" Spelt like it: {self._said(codes)}."
        return Answer(text, reason=reason, candidates=tuple(codes[:MOST_CANDIDATES]))

    def _called(self, name: str) -> list[str]:
        said = content(name)
        if hits := self._names.get(said, []):
            return hits
        parted = without_title(said)
        if parted is None:
            return []
        rest, kinds = parted
        hits = [*self._names.get(rest, [])]
        if "county" in kinds:
            hits += self._names.get(f"{rest} county", [])
        hits = list(dict.fromkeys(hits))
        return [code for code in hits if not kinds or self._known[code].kind in kinds]

    def _one_of(
        self, text: str, name: str, hits: list[str], how: str, on: date | None
    ) -> Answer:
        if content(name) in self._regions:
            reason = f"'{name}' is a region, and also the name of {self._said(hits)}."
            return Answer(text, reason=reason, candidates=tuple(hits))
        then = [code for code in hits if on is None or self._was_there(code, on)]
        if len(then) == 1:
            return self._answer(text, then[0], how)
        if len(hits) == 1:
            return self._not_then(self._answer(text, hits[0], how), on)
        reason = f"'{name}' is the name of {self._said(then or hits, ' and of ')}."
        return Answer(text, reason=reason, candidates=tuple(then or hits))

    def _not_then(self, answer: Answer, on: date | None) -> Answer:
        authority = self._known[answer.code]
        if on and authority.end and authority.end < on:
            return answer  # `_dated` tells when it ended and who followed.
        before = self._before[answer.code]
        reason = f"{authority.name} ({answer.code}) began on {authority.start}"
        reason += f"; before it there were {self._said(before)}."
        return answer.but(reason, before[:MOST_CANDIDATES])

    def _dated(self, answer: Answer, on: date) -> Answer:
        authority = self._known[answer.code]
        if authority.end and authority.end < on:
            after = authority.replaced_by.split()
            reason = f"{authority.name} ({answer.code}) was abolished after "
            reason += f"{authority.end} and followed by {self._said(after)}."
            return answer.but(reason, after)
        if not self._was_there(answer.code, on):
            note = f"It began on {authority.start}: an earlier figure is one that "
            note += "its publisher has put together for its area."
            return replace(answer, note=note)
        return answer

    def _was_there(self, code: str, on: date) -> bool:
        authority = self._known[code]
        # A start counts where it ended something else: other days are those of the
        # council's present kind, not of the council.
        begun = not (self._before[code] and authority.start and authority.start > on)
        return begun and not (authority.end and authority.end < on)

    def _answer(self, text: str, code: str, how: str) -> Answer:
        authority = self._known[code]
        note = ""
        if _recoded(authority, self._known):
            note = f"Its code is now {authority.replaced_by}."
        return Answer(text, code, authority.name, how, note=note)

    def _said(self, codes: Iterable[str], between: str = ", ") -> str:
        named = [f"{self._known[code].name} ({code})" for code in dict.fromkeys(codes)]
        if len(named) > MOST_CANDIDATES:
            more = f"{len(named) - MOST_CANDIDATES} more"
            named = [*named[:MOST_CANDIDATES], more]
        return between.join(named)


def exchanged(known: Mapping[str, Authority]) -> dict[str, str]:
    """Give the present code of each code that was only exchanged for another.

    Parameters
    ----------
    known : mapping of str to Authority
        Every authority by its code.

    Returns
    -------
    dict of str to str
        By former code, the code that the same council goes by at last.
    """
    step = {a.code: a.replaced_by for a in known.values() if _recoded(a, known)}
    present = {}
    for former in step:
        last, seen = former, {former}
        while (after := step.get(last)) and after not in seen:
            last = after
            seen.add(after)
        present[former] = last
    return present


def _codes(reference: Reference) -> dict[str, dict[str, str]]:
    known = reference.authorities.values()
    return {
        "e-code": {a.e_code: a.code for a in known if a.e_code},
        "register code": {a.register_code: a.code for a in known if a.register_code},
        "old statistics code": {a.snac: a.code for a in known if a.snac},
        "DETR code": {
            other.name: other.authority
            for other in reference.names
            if other.kind == "DETR code"
        },
    }


def _names(reference: Reference) -> dict[str, list[str]]:
    known = reference.authorities
    names: dict[str, list[str]] = defaultdict(list)
    titled = [(a.name, a.code) for a in known.values() if not _recoded(a, known)]
    titled += [(o.name, o.authority) for o in reference.names if o.kind == "name"]
    for name, code in titled:
        if code not in names[content(name)]:
            names[content(name)].append(code)
    return dict(names)


def _recoded(authority: Authority, known: Mapping[str, Authority]) -> bool:
    """Tell whether a code was only exchanged for another of the same council."""
    after = known.get(authority.replaced_by)
    return after is not None and after.name == authority.name and not authority.end
