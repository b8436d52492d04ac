"""Spreadsheets of the corpus: their sheets, their kinds of cells, hostile parts."""

from __future__ import annotations

import io
from datetime import date
from html import escape

import xlsxwriter
from corpus import ACCEPTED, FILE, FIRST, LAST, MIDDLE, ROW, WARNED, sheet_of
from corpus_files import RIGHT, TEXT, book, case, with_cell
from corpus_forms import csv_bytes, ods_bytes, xls_bytes, xlsx_bytes
from made_files import cell, ods, row, table, xlsx, xlsx_parts, zipped

HALF = sheet_of(FIRST, MIDDLE | {"numerator": "<5"}, LAST)


def drawn(write):
    """Write an xlsx file by hand: the right rows, then what a function draws."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Return")
        for number, cells in enumerate(RIGHT):
            sheet.write_row(number, 0, cells)
        write(workbook, sheet)
    return content.getvalue()


def typed(kind, *content, **form):
    """Write an xlsx file whose cell G3, or I3 for a value, is typed by a program."""

    def write(workbook, sheet):
        style = workbook.add_format(form) if form else None
        place = "G3"
        if form.get("num_format") == "0%":
            place = "I3"
            sheet.write_blank("G3", None)
            sheet.write_blank("H3", None)
        getattr(sheet, f"write_{kind}")(place, content[0], style, *content[1:])

    return drawn(write)


SHEETS = (
    book("one sheet of any name", xlsx_bytes(RIGHT, "Sheet1"), ACCEPTED),
    book("a sheet in capitals", xlsx_bytes(RIGHT, "RETURN"), ACCEPTED),
    book(
        "a form with its explanations",
        xlsx_bytes(RIGHT, **{"Read me": [["How to"]], "Lists": [["final"]]}),
        ACCEPTED,
    ),
    book(
        "figures in another sheet too",
        xlsx_bytes(RIGHT, Working=[["1", "2"]]),
        WARNED,
        "sheet Working",
        "not read",
    ),
    book(
        "two sheets, none the return",
        xlsx_bytes(RIGHT, "April", May=RIGHT),
        FILE,
        'has "April, May"',
        "Name the sheet that holds the return 'Return'",
    ),
    book("no cell in any sheet", xlsx_bytes([]), FILE, "a sheet 'Return'"),
    book(
        "a hidden sheet",
        xlsx({"Read me": [["How to"]], "Return": RIGHT}, hidden=("Return",)),
        WARNED,
        "sheet Return",
        "hidden cells",
    ),
    book("a name for macros", xlsx_bytes(RIGHT), ACCEPTED, ending=".xlsm"),
    book("an ods file", ods_bytes(RIGHT), ACCEPTED, ending=".ods"),
    book("an xls file", xls_bytes(RIGHT), ACCEPTED, ending=".xls"),
    book("a number", typed("number", 44), ACCEPTED),
    book(
        "a number with a tail",
        typed("number", 44.1 + 0.2),
        ROW,
        'Return!G3, column numerator has "44.3"',
        "a whole number of streets",
    ),
    book("a result of a formula", typed("formula", "=40+4", 44), ACCEPTED),
    book(
        "a share shown as per cent",
        typed("number", 0.88, num_format="0%"),
        WARNED,
        'Return!I3, column value has "88%"',
        "it was read as 88",
    ),
    book(
        "a date that Excel made of a figure",
        typed("datetime", date(2025, 2, 1), num_format="d mmm"),
        ROW,
        'Return!G3, column numerator has "2025-02-01"',
        "Excel often turns a figure into one",
    ),
    book(
        "a tick",
        typed("boolean", True),
        ROW,
        "Return!G3, column numerator has",
        "yes or no",
    ),
    book(
        "a formula that failed",
        typed("formula", "=1/0", "#DIV/0!"),
        ROW,
        'Return!G3, column numerator has "#DIV/0!"',
        "divided by nothing",
    ),
    book(
        "merged cells",
        drawn(lambda _, sheet: sheet.merge_range("G3:G4", "44")),
        ROW,
        "merged cells G3:G4",
        "Take them apart",
    ),
    book(
        "a cell hidden at source",
        xlsx_bytes(HALF),
        ROW,
        'Return!G3, column numerator has "<5"',
        "small number already hidden at source",
    ),
)


def sheet_xml(rows=RIGHT, **instead):
    """Write the cells of a sheet as XML; some of them, by name, as given."""
    lines = []
    for number, texts in enumerate(rows, 1):
        cells = [
            instead.get(f"{letter}{number}")
            or f'<c r="{letter}{number}" t="inlineStr">'
            f"<is><t>{escape(text)}</t></is></c>"
            for letter, text in zip("ABCDEFGHIJKLM", texts, strict=True)
        ]
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    return "".join(lines)


def packed(sheet_data, **others):
    """Pack an xlsx file whose one sheet has this XML in its cells."""
    return zipped(xlsx_parts(sheet_data, **others))


_DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
_PARTS = xlsx_parts(sheet_xml())
_FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'

HOSTILE = (
    book(
        "a formula that nobody reckoned",
        packed(sheet_xml(G3='<c r="G3"><f>40+4</f></c>')),
        ROW,
        'Return!G3, column numerator has "=40+4"',
        "only results are read",
        "Type the result",
    ),
    case(
        "a formula as text",
        csv_bytes(with_cell((2, 6), "=40+4")),
        ROW,
        'G3, column numerator has "=40+4"',
        "only results are read",
    ),
    book(
        "a cell at the end of the world",
        packed(sheet_xml() + _FAR),
        FILE,
        "sheet Return has",
        "20,001 rows",
    ),
    book(
        "a part that unpacks to 21 MiB",
        zipped({**_PARTS, "xl/media/image1.png": b"\0" * 21 * 2**20}),
        FILE,
        "20 MiB",
    ),
    book(
        "a thousand parts",
        zipped({**_PARTS, **{f"xl/media/{n}.png": b"" for n in range(1000)}}),
        FILE,
        "500 parts",
    ),
    book(
        "entities within entities",
        zipped(
            {
                **_PARTS,
                "xl/worksheets/sheet1.xml": _DOCTYPE
                + _PARTS["xl/worksheets/sheet1.xml"],
            }
        ),
        FILE,
        "DOCTYPE",
    ),
    book(
        "an ods file with entities",
        zipped(
            {
                "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
                "content.xml": f"{_DOCTYPE}<x>&b;</x>",
            }
        ),
        FILE,
        "DOCTYPE",
        ending=".ods",
    ),
    book(
        "a row a million times",
        ods(
            table(
                *(row(*map(escape, texts)) for texts in RIGHT), row("1", repeated=10**6)
            )
        ),
        FILE,
        "20,001 rows",
        ending=".ods",
    ),
    book(
        "a cell ten thousand times",
        ods(table(row(cell("1", repeated=10**4)))),
        FILE,
        "60 columns",
        ending=".ods",
    ),
    book(
        "behind a password",
        ods(table(row("1")), encrypted=True),
        FILE,
        "password",
        ending=".ods",
    ),
    book("half a file", xlsx_bytes(RIGHT)[:3000], FILE, "damaged"),
    book("a page for the web as xls", b"<html><table><tr><td>IL1", FILE, ending=".xls"),
    book("a printed page", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n", FILE, ending=".xlsx"),
    case("a picture", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, FILE),
    book("a text document", zipped({"word/document.xml": "<w/>"}), FILE),
    case(
        "a spreadsheet under the name of a text",
        xlsx_bytes(RIGHT),
        WARNED,
        "It was read as what it is; give it its right name",
    ),
    book(
        "a text under the name of a spreadsheet",
        TEXT,
        WARNED,
        "It was read as what it is; give it its right name",
    ),
)

BOOKS = (*SHEETS, *HOSTILE)
