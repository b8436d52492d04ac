"""What a reader may open: everything that is not needed to understand the finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from perfnb.report.elements import Element


@dataclass(frozen=True)
class Folded(Element):
    """Elements folded away until a reader asks for them.

    Parameters
    ----------
    summary : str
        What a reader finds inside; different for every fold of a page, so that
        a screen reader can tell them apart.
    parts : sequence of Element
        What is folded away.

    Examples
    --------
    >>> from perfnb.report.elements import Prose
    >>> print(Folded("More on waste", [Prose(["Tonnes & kilograms."])]).html())
    <details><summary>More on waste</summary><p>Tonnes &amp; kilograms.</p></details>
    """

    summary: str
    parts: Sequence[Element]

    def html(self) -> Markup:
        """Render as details that open."""
        shown = Markup("").join(part.html() for part in self.parts)
        return Markup("<details><summary>{}</summary>{}</details>").format(
            self.summary, shown
        )
