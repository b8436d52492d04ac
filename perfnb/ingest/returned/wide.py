"""Read a wide return: a row for each indicator, a column for each period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from perfnb.errors import Fault
from perfnb.ingest.cells import COLUMNS, Line
from perfnb.ingest.opening.sheets import Sheet
from perfnb.ingest.returned.headings import FIGURE, Headings
from perfnb.ingest.returned.own_rows import OwnRow, to_fill_in
from perfnb.ingest.rules.reading import read_status
from perfnb.observations import WITHOUT_FIGURES

FIGURES = ("numerator", "denominator", "value")
"""What the figures of a row may be."""

# Blank when their column is not there; everybody is meant then.
_DEFAULTS = {"characteristic": "all", "group": "all", FIGURE: "value"}

_NOTE = COLUMNS.index("note")


@dataclass
class WideCells:
    """The cells of a wide return, laid out long.

    Parameters
    ----------
    lines : list of list
        As `perfnb.ingest.cells.Cells.of` takes them.
    places : list of mapping of str to int
        One for each period.
    elsewhere : dict of (int, str) to int
        Row of the figures that stand in another row than the rest of their line.
    """

    lines: list[Line] = field(default_factory=list)
    places: list[Mapping[str, int]] = field(default_factory=list)
    elsewhere: dict[tuple[int, str], int] = field(default_factory=dict)
    _by_key: dict[tuple[object, ...], int] = field(default_factory=dict)

    def add(self, line: Line, figure: str, row: int) -> None:
        """Add a figure to the line that it belongs to, or as a line of its own."""
        at = COLUMNS.index(figure)
        own = {*map(COLUMNS.index, FIGURES), _NOTE, len(COLUMNS) + 2}
        key = tuple(cell for n, cell in enumerate(line) if n not in own)
        position = self._by_key.get(key)
        if position is None or self.lines[position][at]:
            self._by_key[key] = len(self.lines)
            self.lines.append(line)
            return
        known = self.lines[position]
        known[at] = line[at]
        known[_NOTE] = known[_NOTE] or line[_NOTE]
        self.elsewhere[(position, figure)] = row


def widen(
    sheet: Sheet, headings: Headings, rows: Sequence[OwnRow]
) -> tuple[WideCells, list[Fault]]:
    """Lay out a wide return as if it had been a long one.

    A blank cell is no figure and no row; where a row says nothing else, its status
    tells why there is no figure, for each of the periods. Rows that tell the
    numerator and the denominator of one indicator are put together, period by period.

    Parameters
    ----------
    sheet : Sheet
        The sheet that the return stands in.
    headings : Headings
        With the periods of its columns.
    rows : sequence of (int, tuple of str)
        As `perfnb.ingest.returned.own_rows.own_rows` gives them.

    Returns
    -------
    cells : WideCells
        In the order of the rows and of the periods.
    faults : list of Fault
        Rows that say that their figures are something that there is not (errors);
        rows that are still to be filled in (a warning).
    """
    cells = WideCells()
    faults: list[Fault] = []
    unfilled: list[str] = []
    for place in headings.periods:
        figures = dict.fromkeys((*FIGURES, "period"), place)
        known = {k: v for k, v in headings.places.items() if k != FIGURE}
        cells.places.append({**known, **figures})
    for number, texts in rows:
        told = {
            name: texts[headings.places[name] - 1]
            if name in headings.places
            else _DEFAULTS.get(name, "")
            for name in (*COLUMNS, FIGURE)
        }
        figure = told.pop(FIGURE).lower()
        if figure not in FIGURES:
            faults.append(_no_figure(sheet, headings, number, figure))
            continue
        is_blank = not any(texts[place - 1] for place in headings.periods)
        if is_blank and read_status(told["status"]) not in WITHOUT_FIGURES:
            unfilled.append(told["indicator"] or f"row {number}")
            continue
        for layout, (place, period) in enumerate(headings.periods.items()):
            if (text := texts[place - 1]) or is_blank:
                content = {**told, "period": period, figure: text}
                origin = [sheet.file, sheet.name or "", number, layout]
                cells.add([*content.values(), *origin], figure, number)
    return cells, [*faults, *to_fill_in(sheet, unfilled, len(rows))]


def _no_figure(sheet: Sheet, headings: Headings, row: int, text: str) -> Fault:
    nearest = get_close_matches(text, FIGURES, 1)
    return Fault(
        sheet.file,
        f"one of {', '.join(FIGURES)}",
        text,
        f'Is "{nearest[0]}" meant?' if nearest else "Say what the figures are.",
        row,
        FIGURE,
        sheet=sheet.name,
        place=headings.places[FIGURE],
    )
