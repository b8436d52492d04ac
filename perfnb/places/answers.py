"""What comes back when a code or a name is looked up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches

MOST_COMPARED = 200
"""Texts that are compared with all names in one go: looking takes time."""

MOST_CANDIDATES = 5
"""More than these would no longer help anybody to choose."""


@dataclass(frozen=True)
class Answer:
    """The place that a text means, or why none can be named.

    Parameters
    ----------
    given : str
        The text as it was given.
    code : str
        GSS code of the place; blank when it cannot be resolved.
    name : str
        Its plain name; blank when it cannot be resolved.
    how : str
        How it was found, such as ``"e-code"`` or ``"name"``.
    reason : str
        Why it cannot be resolved, in a sentence; blank when it was found.
    candidates : tuple of str
        Codes, or names, that might be meant: for a person to choose from.
    note : str
        What else a reader must know, such as when the authority began.
    """

    given: str
    code: str = ""
    name: str = ""
    how: str = ""
    reason: str = ""
    candidates: tuple[str, ...] = ()
    note: str = ""

    @property
    def found(self) -> bool:
        """Whether the text could be resolved to one place."""
        return self.code != ""

    @property
    def plain(self) -> bool:
        """Whether the text is the place's own GSS code, written as it should be."""
        return self.found and self.given == self.code

    def __str__(self) -> str:
        if not self.found:
            return self.reason
        said = f"'{self.given}' is {self.code}, {self.name}, by its {self.how}."
        return f"{said} {self.note}".rstrip()

    def but(self, reason: str, candidates: Iterable[str] = ()) -> Answer:
        """Take the code back and say why.

        Examples
        --------
        >>> taken = Answer("E1", "E07", "Ash", "e-code").but("It is gone.", ["E08"])
        >>> taken.found, taken.candidates, str(taken)
        (False, ('E08',), 'It is gone.')
        """
        return replace(
            self, code="", name="", reason=reason, candidates=tuple(candidates)
        )


def spelt_like(text: str, known: Iterable[str]) -> tuple[str, ...]:
    """List the known texts that come near another, nearest first.

    Likeness is the share of letters that stand in the same order in both
    (`difflib`, Ratcliff and Obershelp 1988); what shares less than four fifths
    is not near.

    Examples
    --------
    >>> spelt_like("wyre forrest", ["wyre", "wyre forest", "forest of dean"])
    ('wyre forest',)
    """
    return tuple(get_close_matches(text, list(known), n=3, cutoff=0.8))
