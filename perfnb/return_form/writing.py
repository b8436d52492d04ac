"""The workbook that a service fills in: the figures due, with all that helps.

It is a return like any other (`perfnb.ingest.returned.returns` reads it back): the
sheet ``Return`` has the headings of a return and, for the person, some that are read
over. What says which figure a row is for is locked; what is to be filled in is
shaded and checked as it is typed. Every text is written as text.
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from perfnb.errors import column_letters
from perfnb.harmless import INERT, harmless
from perfnb.observations import STATUSES
from perfnb.registers import Source
from perfnb.return_form.asking import Asked, AskedRow
from perfnb.return_form.checking import cell_check
from perfnb.return_form.guidance import (
    DEFINITION_HEADINGS,
    Form,
    Line,
    definitions,
    guide,
)

README, RETURN, DEFINITIONS, LISTS = "Read me", "Return", "Definitions", "Lists"

LOCKED = {
    "indicator": 11,
    "title": 36,
    "unit": 18,
    "authority": 12,
    "area": 12,
    "period": 20,
    "characteristic": 15,
    "group": 20,
    "last_period": 20,
    "last_value": 28,
    "target": 28,
}
"""Headings of what is printed for the person, with the width of each column."""

FILLED_IN = {
    "numerator": 13,
    "denominator": 13,
    "value": 11,
    "status": 15,
    "source": 28,
    "denominator_source": 28,
    "note": 36,
}
"""Headings of what is filled in, with the width of each column."""

HEADINGS = (*LOCKED, *FILLED_IN)

# A file says when it was made; a form that is made again must be the same.
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 (the file format has no time zone)
_GUIDE_WIDTHS = (28, 96)
_DEFINITION_WIDTHS = (11, 36, 50, 30, 30, 18, 22, 10, 26, 22, 24, 28)
_LINE_HEIGHT, _ABOVE_HEADING = 15, 12
_A3, _A4 = 8, 9
# A column's width is counted in digits; most letters are narrower.
_LETTERS = 1.1


@dataclass(frozen=True)
class _Looks:
    """How cells look, as formats of one workbook."""

    workbook: xlsxwriter.Workbook

    def __getitem__(self, name: str) -> Format:
        return self._formats[name]

    @cached_property
    def _formats(self) -> dict[str, Format]:
        plain = {"font_name": "Arial", "font_size": 11, "font_color": "#1A1A1A"}
        plain |= {"text_wrap": True, "valign": "top"}
        grid = {**plain, "border": 1, "border_color": "#767676"}
        looks = {
            "text": plain,
            "term": {**plain, "bold": True},
            "title": {**plain, "bold": True, "valign": "bottom", "text_wrap": False},
            "heading": {**grid, "bold": True, "bg_color": "#DCE6EF"},
            "printed": grid,
            "open": {**grid, "bg_color": "#FFF4D6", "locked": False},
        }
        return {name: self.workbook.add_format(look) for name, look in looks.items()}


def return_form(
    form: Form, asked: Asked, authority: str, sources: Iterable[Source]
) -> bytes:
    """Write the return form of a service.

    Parameters
    ----------
    form : Form
        Whose it is and for when.
    asked : Asked
        The figures that it asks for: one or more.
    authority : str
        GSS code of the council.
    sources : iterable of Source
        Those that can be chosen from.

    Returns
    -------
    bytes
        An xlsx file, the same for the same arguments.
    """
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {**INERT, "in_memory": True}) as workbook:
        workbook.set_properties(
            {
                "title": f"Return of figures: {form.service}, {form.period}",
                "author": form.council,
                "created": _CREATED,
            }
        )
        looks = _Looks(workbook)
        sheets = [
            workbook.add_worksheet(name)
            for name in (README, RETURN, DEFINITIONS, LISTS)
        ]
        _write_guide(sheets[0], looks, guide(form, asked))
        _write_rows(sheets[1], looks, asked.rows, authority)
        _write_definitions(sheets[2], looks, asked.rows)
        lists = _write_lists(sheets[3], looks, [source.id for source in sources])
        _check(sheets[1], asked.rows, lists)
    return written.getvalue()


def _write_guide(sheet: Worksheet, looks: _Looks, lines: Iterable[Line]) -> None:
    for number, line in enumerate(lines):
        if line.is_heading:
            _put(sheet, number, 0, line.text, looks["title"])
            sheet.set_row(number, _LINE_HEIGHT + (_ABOVE_HEADING if number else 0))
        else:
            texts = (line.term, line.text)
            _write_line(sheet, number, texts, _GUIDE_WIDTHS, looks["text"])
            _put(sheet, number, 0, line.term, looks["term"])
    _lay_out(sheet, _GUIDE_WIDTHS, _A4)
    sheet.hide_gridlines(2)
    sheet.protect()


def _write_rows(
    sheet: Worksheet, looks: _Looks, rows: Sequence[AskedRow], authority: str
) -> None:
    widths = (*LOCKED.values(), *FILLED_IN.values())
    _write_line(sheet, 0, HEADINGS, widths, looks["heading"])
    for number, row in enumerate(rows, start=1):
        printed = _printed(row, authority)
        texts = [printed[heading] for heading in LOCKED]
        _write_line(sheet, number, texts, widths, looks["printed"])
        for column in range(len(LOCKED), len(HEADINGS)):
            sheet.write_blank(number, column, None, looks["open"])
    _lay_out(sheet, widths, _A3)
    sheet.set_landscape()
    sheet.freeze_panes(1, 2)
    sheet.repeat_rows(0)
    sheet.set_selection(1, len(LOCKED), 1, len(LOCKED))
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _printed(row: AskedRow, authority: str) -> dict[str, str]:
    return {
        "indicator": row.indicator.id,
        "title": row.indicator.title,
        "unit": row.indicator.unit,
        "authority": authority,
        "area": row.area,
        "period": row.span.label,
        "characteristic": row.characteristic,
        "group": row.group,
        "last_period": row.last_period,
        "last_value": row.last_value,
        "target": row.target,
    }


def _write_definitions(
    sheet: Worksheet, looks: _Looks, rows: Sequence[AskedRow]
) -> None:
    widths = _DEFINITION_WIDTHS
    _write_line(sheet, 0, DEFINITION_HEADINGS, widths, looks["heading"])
    for number, texts in enumerate(definitions(rows), start=1):
        _write_line(sheet, number, texts, widths, looks["printed"])
    _lay_out(sheet, widths, _A3)
    sheet.set_landscape()
    sheet.freeze_panes(1, 2)
    sheet.repeat_rows(0)
    sheet.protect()


def _write_lists(
    sheet: Worksheet, looks: _Looks, sources: Sequence[str]
) -> dict[str, str]:
    """Write the hidden sheet that the drop-down lists come from; say where each is."""
    lists = {"status": STATUSES, "source": sources, "denominator_source": sources}
    places = {}
    for column, (heading, texts) in enumerate(lists.items()):
        for number, text in enumerate([heading, *texts]):
            _put(sheet, number, column, text, looks["text"])
        letter = column_letters(column + 1)
        places[heading] = f"={LISTS}!${letter}$2:${letter}${len(texts) + 1}"
    sheet.protect()
    sheet.hide()
    return places


def _check(
    sheet: Worksheet, rows: Sequence[AskedRow], lists: Mapping[str, str]
) -> None:
    """Have the spreadsheet check what is typed, and say beside a cell what goes there.

    The rows of an indicator stand together and share their checks.
    """
    indicators = [row.indicator.id for row in rows]
    for indicator in {row.indicator.id: row.indicator for row in rows}.values():
        first = indicators.index(indicator.id) + 1
        last = first + indicators.count(indicator.id) - 1
        for column, heading in enumerate(FILLED_IN, start=len(LOCKED)):
            check = cell_check(heading, indicator, lists)
            sheet.data_validation(first, column, last, column, check)


def _write_line(
    sheet: Worksheet,
    number: int,
    texts: Sequence[str],
    widths: Sequence[int],
    look: Format,
) -> None:
    """Write texts side by side in a row that is high enough for all of them.

    Not every spreadsheet program makes rows higher by itself.
    """
    lines = 1
    for column, text in enumerate(texts):
        _put(sheet, number, column, text, look)
        fit = int(widths[column] * _LETTERS)
        lines = max(lines, len(textwrap.wrap(text, fit)))
    sheet.set_row(number, _LINE_HEIGHT * lines)


def _put(sheet: Worksheet, row: int, column: int, text: str, look: Format) -> None:
    if text:
        sheet.write_string(row, column, str(harmless(text)), look)
    else:
        sheet.write_blank(row, column, None, look)


def _lay_out(sheet: Worksheet, widths: Sequence[int], paper: int) -> None:
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.set_paper(paper)
    sheet.fit_to_pages(1, 0)
