"""What of a place's name is content.

Publishers write one council in many ways: "Wyre Forest District Council",
"WYRE FOREST", "Bristol, City of", "St. Helens", "Hartlepool Corporation4". What
no place differs by (capitals, full stops, kinds of blanks and dashes, footnote
markers) is set aside; everything else counts, so that "Wyre" is never
"Wyre Forest".
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_NOTE_IN_BRACKETS = re.compile(
    r"\s*[\[(]\s*(?:(?:notes?|[a-z])\s*)?[0-9, ]*[\])]\s*$", re.IGNORECASE
)
_NOTE_DIGITS = re.compile(r"(?<=[A-Za-z.)])[\s,]*[0-9]{1,2}(?:[\s,]+[0-9]{1,2})*\s*$")
_NOTE_SIGNS = re.compile(r"[\s*†‡#]+$")
_NOT_CONTENT = re.compile(r"[^a-z0-9&]+")
_APOSTROPHES = re.compile(r"['\u2018\u2019`.]")

# The titles that councils go by, and the kinds of council that go by them.
_TITLES: tuple[tuple[str, frozenset[str]], ...] = (
    ("metropolitan borough council", frozenset({"metropolitan"})),
    ("metropolitan district council", frozenset({"metropolitan"})),
    ("metropolitan borough", frozenset({"metropolitan"})),
    ("london borough", frozenset({"london"})),
    ("county borough council", frozenset({"county", "unitary"})),
    ("county council", frozenset({"county", "unitary"})),
    ("district council", frozenset({"district", "metropolitan"})),
    ("borough council", frozenset({"district", "unitary", "metropolitan"})),
    ("city council", frozenset({"district", "unitary", "metropolitan"})),
    ("unitary authority", frozenset({"unitary"})),
    ("council", frozenset()),
    ("district", frozenset({"district", "metropolitan"})),
    ("borough", frozenset({"district", "unitary", "metropolitan"})),
    ("mbc", frozenset({"metropolitan"})),
    ("mdc", frozenset({"metropolitan"})),
    ("dc", frozenset({"district"})),
    ("bc", frozenset({"district", "unitary", "metropolitan"})),
    ("cc", frozenset({"county", "district", "unitary", "metropolitan"})),
    ("ua", frozenset({"unitary"})),
    ("lb", frozenset({"london"})),
)


@lru_cache(maxsize=20_000)
def content(name: str) -> str:
    r"""Reduce a name to what it says: small letters, single blanks.

    Parameters
    ----------
    name : str
        As somebody wrote it; footnotes should be gone (`without_footnote`).

    Examples
    --------
    >>> content("St. Helens"), content("Bristol, City of")
    ('st helens', 'bristol city of')
    >>> content("Brighton & Hove") == content("BRIGHTON AND\u00a0HOVE")
    True
    """
    letters = unicodedata.normalize("NFKD", name).lower()
    letters = _APOSTROPHES.sub("", letters)
    letters = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return " ".join(_NOT_CONTENT.sub(" ", letters).replace("&", " and ").split())


def without_footnote(name: str) -> str:
    """Take the markers of footnotes off the end of a name.

    Examples
    --------
    >>> without_footnote("Ebbsfleet Development Corporation4")
    'Ebbsfleet Development Corporation'
    >>> without_footnote("Hartlepool 4,5"), without_footnote("Wyre Forest [note 3]")
    ('Hartlepool', 'Wyre Forest')
    """
    plain = unicodedata.normalize("NFKC", name).strip()
    before = None
    while plain != before:
        before = plain
        for pattern in (_NOTE_IN_BRACKETS, _NOTE_DIGITS, _NOTE_SIGNS):
            plain = pattern.sub("", plain)
    return plain


def without_title(name: str) -> tuple[str, frozenset[str]] | None:
    """Part a name from the title of its council.

    Parameters
    ----------
    name : str
        As `content` gives it.

    Returns
    -------
    tuple of (str, frozenset of str) or None
        The rest and the kinds of authority that go by the title (none named:
        any); None when the name has no title or is nothing else.

    Examples
    --------
    >>> without_title("wyre forest district council")[0]
    'wyre forest'
    >>> without_title("city of york council")[0], without_title("wyre forest")
    ('york', None)
    """
    for prefix in ("london borough of ", "royal borough of "):
        if name.startswith(prefix):
            return name.removeprefix(prefix), frozenset({"london", "unitary"})
    for title, kinds in _TITLES:
        rest = name.removesuffix(f" {title}")
        if rest != name:
            return rest.removeprefix("city of ").removeprefix("the "), kinds
    return None
