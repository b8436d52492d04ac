"""Things that show themselves: in JupyterLab and in the published page alike.

Every element renders itself as HTML with all text escaped, so that a name or a
comment from a register can never become markup.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pandas as pd
from markupsafe import Markup

from perfnb.report.downloads import Download

_SHORT = 12


class Element:
    """Something to show: it has HTML, and plain text for where there is none."""

    def html(self) -> Markup:
        """Render as HTML."""
        raise NotImplementedError

    def text(self) -> str:
        """Render as plain text."""
        return self.html().striptags()

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> dict[str, str]:
        return {"text/html": str(self.html()), "text/plain": self.text()}


@dataclass(frozen=True)
class Prose(Element):
    """Paragraphs of computed sentences.

    Parameters
    ----------
    paragraphs : sequence of str
        Plain text.
    role : str
        ``answer`` for the sentence a page opens with, otherwise blank.

    Examples
    --------
    >>> print(Prose(["Fish & chips"]).html())
    <p>Fish &amp; chips</p>
    """

    paragraphs: Sequence[str]
    role: str = ""

    def html(self) -> Markup:
        """Render as paragraphs."""
        shown = Markup("\n").join(
            Markup("<p>{}</p>").format(text) for text in self.paragraphs
        )
        if not self.role:
            return shown
        return Markup('<div class="{}">{}</div>').format(self.role, shown)

    def text(self) -> str:
        """Render as lines."""
        return "\n".join(self.paragraphs)


@dataclass(frozen=True)
class Points(Element):
    """A list of computed sentences, each a finding of its own."""

    sentences: Sequence[str]

    def html(self) -> Markup:
        """Render as a list."""
        items = [Markup("<li>{}</li>").format(s) for s in self.sentences]
        return Markup("<ul>{}</ul>").format(Markup("").join(items))


@dataclass(frozen=True)
class Table(Element):
    """A table that a screen reader can walk and a phone can fold.

    Parameters
    ----------
    caption : str
        What the table shows.
    headings : sequence of str
        With the unit where a column has one.
    rows : sequence of sequence of str
        Text as shown; the first cell of a row is its heading.
    numeric : sequence of int
        Positions of the columns to align as figures.
    whole : sequence of int
        Positions of the columns whose short text, such as a period, is kept on
        one line.
    folds : bool
        Whether its rows become cards on a phone; a long table of few columns
        stays a table.
    """

    caption: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    numeric: Sequence[int] = ()
    whole: Sequence[int] = ()
    folds: bool = True

    def html(self) -> Markup:
        """Render as a table; one that folds keeps its roles as cards."""
        heads = Markup("").join(
            Markup('<th scope="col"{}{}>{}</th>').format(
                self._role("columnheader"), self._class(position, heading), heading
            )
            for position, heading in enumerate(self.headings)
        )
        body = Markup("").join(self._row(row) for row in self.rows)
        group = self._role("rowgroup")
        return Markup(
            "<table{}{}><caption>{}</caption><thead{}><tr{}>{}</tr></thead>"
            "<tbody{}>{}</tbody></table>"
        ).format(
            Markup(' class="folds"') if self.folds else "",
            self._role("table"),
            self.caption,
            group,
            self._role("row"),
            heads,
            group,
            body,
        )

    def _row(self, row: Sequence[str]) -> Markup:
        role = self._role("rowheader")
        cells = [Markup('<th scope="row"{}>{}</th>').format(role, row[0])]
        cells += [
            Markup("<td{}{}{}>{}</td>").format(
                self._role("cell"),
                self._label(position),
                self._class(position, text),
                text,
            )
            for position, text in enumerate(row[1:], start=1)
        ]
        return Markup("<tr{}>{}</tr>").format(self._role("row"), Markup("").join(cells))

    def _role(self, role: str) -> Markup:
        # Laid out as cards, a table loses its roles unless they are spelt out.
        return Markup(' role="{}"').format(role) if self.folds else Markup("")

    def _label(self, position: int) -> Markup:
        label = Markup(' data-label="{}"').format(self.headings[position])
        return label if self.folds else Markup("")

    def _class(self, position: int, text: str) -> Markup:
        if position in self.numeric:
            return Markup(' class="figure"')
        short = position in self.whole and len(text) <= _SHORT
        return Markup(' class="whole"') if short else Markup("")


@dataclass(frozen=True)
class Chart(Element):
    """A chart with its words and its figures.

    Parameters
    ----------
    title : str
        What it shows, with unit and period.
    wide, narrow : str
        SVG for laptops and paper, and for phones.
    alternative : str
        What a reader who does not see it should learn from it.
    table : Table
        The figures that are drawn.
    download : Download
        The same figures, unrounded.
    everything : Download, optional
        All that is drawn, where the table gives only some of it.
    """

    title: str
    wide: str
    narrow: str
    alternative: str
    table: Table
    download: Download
    everything: Download | None = None

    def html(self) -> Markup:
        """Render as a figure with its data below it."""
        return Markup(
            "<figure><figcaption>{title}</figcaption>"
            '<picture><source media="(max-width:640px)" srcset="{narrow}">'
            '<img src="{wide}" alt="{alternative}"></picture>'
            "<details><summary>Figures in this chart"
            '<span class="unseen">: {title}</span></summary>'
            "{table}{download}</details></figure>{everything}"
        ).format(
            title=self.title,
            narrow=_data_uri(self.narrow),
            wide=_data_uri(self.wide),
            alternative=self.alternative,
            table=self.table.html(),
            download=self.download.html(),
            everything=self.everything.html() if self.everything else "",
        )

    def text(self) -> str:
        """Render as title and text alternative."""
        return f"{self.title}\n{self.alternative}"


@dataclass(frozen=True)
class Terms(Element):
    """Terms with what they mean, folded away until a reader asks.

    Parameters
    ----------
    summary : str
        What a reader finds inside.
    meanings : mapping of str to str
        By term.
    """

    summary: str
    meanings: Mapping[str, str]

    def html(self) -> Markup:
        """Render as a list that opens."""
        shown = Markup("").join(
            Markup("<dt>{}</dt><dd>{}</dd>").format(term, meaning)
            for term, meaning in self.meanings.items()
        )
        return Markup("<details><summary>{}</summary><dl>{}</dl></details>").format(
            self.summary, shown
        )


@dataclass(frozen=True)
class Section(Element):
    """A finding with its heading: sentence, chart, and what goes with them."""

    heading: str
    parts: Sequence[Element]
    level: int = 3

    def html(self) -> Markup:
        """Render as a section whose heading can be linked to."""
        shown = Markup("").join(part.html() for part in self.parts)
        return Markup(
            "<section><h{level}>{heading}</h{level}>{shown}</section>"
        ).format(level=self.level, heading=self.heading, shown=shown)


@dataclass(frozen=True)
class Parts(Element):
    """Several elements, one after the other."""

    parts: Sequence[Element]

    def html(self) -> Markup:
        """Render each in turn."""
        return Markup("\n").join(part.html() for part in self.parts)


def rows_of(frame: pd.DataFrame) -> Iterator[Any]:
    """Go through the rows of a frame, each with its columns as attributes."""
    yield from frame.itertuples(index=False)


def _data_uri(svg: str) -> str:
    # quote() leaves no space: one would end the address within a srcset.
    return "data:image/svg+xml," + quote(svg, safe="/:;,=@()*!")
