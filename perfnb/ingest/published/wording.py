"""Texts of published files, compared as a person would compare them.

A heading, a sheet or a name is the same whatever its capitals, line breaks,
doubled blanks and kinds of dashes, and with the digits of a footnote glued to it
or not: "Total initial assessments1,2" is "Total initial assessments".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

PERIOD = "{period}"
"""Stands, in a text that is looked for, where the period is written."""

_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
# Behind a small letter or a bracket only: "NI191" and "16-17" end in no footnote.
_GLUED = re.compile(r"(?<=[a-z)])[0-9]{1,2}(?:,[0-9]{1,2})*(?=\s|$)")
_TRAILING = re.compile(r"\s*[0-9]{1,2}(?:\s?,\s?[0-9]{1,2})*$")


def tidied(text: str) -> str:
    r"""Write a text on one line, with plain dashes and single blanks.

    Examples
    --------
    >>> tidied("Homeless \u2013 \nRelief duty  owed4")
    'Homeless - Relief duty owed4'
    """
    return " ".join(text.translate(_DASHES).split())


def without_footnotes(name: str) -> str:
    """Take the digits of footnotes off a name.

    Examples
    --------
    >>> without_footnotes("Hartlepool Development Corporation4,5")
    'Hartlepool Development Corporation'
    >>> without_footnotes("Ebbsfleet Development Corporation 4")
    'Ebbsfleet Development Corporation'
    """
    return _TRAILING.sub("", tidied(name)) or tidied(name)


def fits(text: str, sought: Iterable[str]) -> bool:
    """Tell whether a text is one of those looked for; ``*`` is any text.

    Examples
    --------
    >>> fits("Not known2", ["not known"]), fits("A10 - Apr-Jun 18", ["A1", "A1 - *"])
    (True, False)
    """
    return any(_fits(text, each) for each in sought)


@lru_cache(maxsize=65536)
def _fits(text: str, sought: str) -> bool:
    pattern = _pattern(sought)
    line = tidied(text)
    return bool(pattern.fullmatch(line) or pattern.fullmatch(_GLUED.sub("", line)))


def written_at_period(text: str, sought: Iterable[str]) -> list[str]:
    """Give what stands in a text where ``{period}`` stands in each text sought.

    Examples
    --------
    >>> written_at_period("Table A1, England, October to December 2025",
    ...                   ["*England, {period}"])
    ['October to December 2025']
    """
    found = [_pattern(each).fullmatch(tidied(text)) for each in sought]
    return [each["period"] for each in found if each and "period" in each.groupdict()]


def nearest(text: str, known: Iterable[str]) -> str | None:
    """Name the text that looks most like another, if any does.

    Examples
    --------
    >>> nearest("Total assesments", ["Area", "Total assessments"])
    'Total assessments'
    """
    lines = {tidied(each).casefold(): tidied(each) for each in known if each.strip()}
    wanted = tidied(text).replace("*", "").casefold()
    close = get_close_matches(wanted, lines, n=1, cutoff=0.5)
    return lines[close[0]] if close else None


@lru_cache(maxsize=4096)
def _pattern(sought: str) -> re.Pattern[str]:
    parts = re.split(r"(\*|\{period\})", tidied(sought))
    meaning = {"*": ".*", PERIOD: "(?P<period>.+)"}
    pattern = "".join(meaning.get(part) or re.escape(part) for part in parts)
    return re.compile(pattern, re.IGNORECASE)
