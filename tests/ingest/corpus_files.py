"""Whole files of the corpus: encodings, separators, headings and layouts."""

from __future__ import annotations

from corpus import ACCEPTED, FILE, FIRST, LAST, MIDDLE, ROW, WARNED, Case, sheet_of
from corpus_forms import HEADINGS, csv_bytes, xlsx_bytes

RIGHT = sheet_of(FIRST, MIDDLE, LAST)
TEXT = csv_bytes(RIGHT)
NOTED = sheet_of(FIRST, MIDDLE | {"note": "caf\u00e9 \u2013 closed"}, LAST)


def case(name, content, expected, *told, file="streets--case.csv", rows=None, n=None):
    """Describe a file; what gets in and how much is told follow from its class."""
    usual = {ACCEPTED: (3, 0), WARNED: (3, 1), ROW: (2, 1), FILE: (0, 1)}[expected]
    return Case(
        name,
        file,
        content,
        expected,
        usual[0] if rows is None else rows,
        told,
        usual[1] if n is None else n,
    )


def book(name, content, expected, *told, ending=".xlsx", **more):
    """Describe a spreadsheet file."""
    return case(name, content, expected, *told, file=f"streets--case{ending}", **more)


def with_cell(position, text, rows=RIGHT):
    """Change one cell of a sheet, by the positions of its row and column."""
    changed = [list(each) for each in rows]
    changed[position[0]][position[1]] = text
    return changed


TEXTS = (
    case("UTF-8", csv_bytes(NOTED), ACCEPTED),
    case("UTF-8 with its mark", csv_bytes(NOTED, encoding="utf-8-sig"), ACCEPTED),
    case("UTF-16", csv_bytes(NOTED, "\t", "utf-16"), ACCEPTED),
    case(
        "UTF-16, the other way round",
        b"\xfe\xff" + csv_bytes(NOTED, ",", "utf-16-be"),
        ACCEPTED,
    ),
    case(
        "Windows-1252",
        csv_bytes(NOTED, encoding="cp1252"),
        WARNED,
        "M3",
        'has "caf\u00e9 \u2013 closed"',
        "it was read as Windows-1252",
    ),
    case(
        "Latin-1",
        csv_bytes(with_cell((3, 12), "\u00a31 a day"), encoding="latin-1"),
        WARNED,
        'M4 has "\u00a31 a day"',
    ),
    case("semicolons", csv_bytes(NOTED, ";"), ACCEPTED),
    case("tabs", csv_bytes(NOTED, "\t"), ACCEPTED, file="streets--case.tsv"),
    case("bars", csv_bytes(NOTED, "|"), ACCEPTED, file="streets--case.txt"),
    case("line ends of Unix", csv_bytes(RIGHT, line_end="\n"), ACCEPTED),
    case("line ends of old Macs", csv_bytes(RIGHT, line_end="\r"), ACCEPTED),
    case("blank lines between", TEXT.replace(b"\r\n", b"\r\n\r\n"), ACCEPTED),
    case("separators at the end", TEXT.replace(b"\r\n", b",,\r\n"), ACCEPTED),
    case(
        "a text over two lines",
        csv_bytes(with_cell((2, 12), "one\ntwo; three, four")),
        ACCEPTED,
    ),
    case(
        "an extra field in the first row",
        TEXT.replace(b"late,,\r\n", b"late,,,surplus\r\n", 1),
        ROW,
        'row 2 has "14 cells"',
        "13 cells, as the header has",
    ),
    case(
        "a row that breaks off",
        csv_bytes([*RIGHT[:3], RIGHT[3][:9]]),
        ROW,
        'row 4 has "9 cells"',
        "13 cells, as the header has",
    ),
    case(
        "a quotation mark that is not closed",
        TEXT.replace(b",final,late", b',"final,late', 1),
        ROW,
        "row 2 has",
        "quotation mark",
        "Close the quotation mark",
    ),
    case("no bytes", b"", FILE, 'has "nothing"', "Fill it in"),
    case("blank lines alone", b"\r\n\r\n  \r\n", FILE, 'has "nothing"', "Fill it in"),
    case(
        "headings alone",
        csv_bytes(RIGHT[:1]),
        FILE,
        "at least one row under the headings",
    ),
    case(
        "a letter",
        b"Dear all,\r\nplease find our figures below.\r\nYours\r\n",
        FILE,
        "a return with the headings indicator, authority",
    ),
    case(
        "nulls among the digits",
        TEXT.replace(b",44,", b",4\x004,"),
        ROW,
        'G3 has "4\u24004"',
        "damaged on its way",
    ),
    case(
        "too many rows",
        csv_bytes([HEADINGS, *RIGHT[1:2] * 20_001]),
        FILE,
        'has "20,002 rows"',
        "Split it into several files",
    ),
    case(
        "too many columns",
        csv_bytes([[*line, *["x"] * 60] for line in RIGHT]),
        FILE,
        "60 columns",
    ),
    case("too large", TEXT + b" " * (10 * 2**20), FILE, "10 MiB"),
)

LAYOUTS = (
    case(
        "a title and a blank row above",
        csv_bytes([["Illustrative Vale, streets"], [], *RIGHT]),
        WARNED,
        'A1 has "Illustrative Vale, streets"',
        "The headings were read from row 3",
    ),
    case(
        "two stacked rows of headings",
        csv_bytes([["", "", "", "", "People", "", "Counts"], *RIGHT]),
        WARNED,
        'E1 has "People"',
    ),
    case(
        "three stacked rows of headings in other words",
        csv_bytes([["Area"], ["", "Q1", "Q2"], ["Code", "No.", "No."], ["E1", "1"]]),
        FILE,
        "a return with the headings",
    ),
    case(
        "a spacer column",
        csv_bytes([[*line[:6], "", *line[6:]] for line in RIGHT]),
        ACCEPTED,
    ),
    case(
        "columns in another order",
        csv_bytes([line[::-1] for line in RIGHT]),
        ACCEPTED,
    ),
    case(
        "headings in capitals",
        csv_bytes([[name.upper() for name in HEADINGS], *RIGHT[1:]]),
        ACCEPTED,
    ),
    case(
        "optional columns left out",
        csv_bytes([[*line[:2], *line[3:11]] for line in RIGHT]),
        ACCEPTED,
    ),
    case(
        "a column of their own",
        csv_bytes([["colour", *RIGHT[0]], *(["red", *line] for line in RIGHT[1:])]),
        WARNED,
        'A1 has "colour"',
        "The column was not read",
    ),
    case(
        "a heading misspelt",
        csv_bytes(with_cell((0, 6), "numeratr")),
        FILE,
        "column numerator: expected this heading",
        'Is the column "numeratr" meant?',
    ),
    case(
        "a heading missing",
        csv_bytes([[*line[:9], *line[10:]] for line in RIGHT]),
        FILE,
        "column status: expected this heading",
        "Add the column.",
    ),
    case(
        "a heading twice",
        csv_bytes([[*line, line[8]] for line in RIGHT]),
        FILE,
        'N1 has "value"',
        "each heading once",
    ),
    case(
        "columns that a form prints",
        csv_bytes(
            [[*RIGHT[0], "title", "unit"], *([*line, "x", "%"] for line in RIGHT[1:])]
        ),
        ACCEPTED,
    ),
    case(
        "a source below",
        csv_bytes([*RIGHT, [], ["Source: illustrative survey"]]),
        ROW,
        'A6 has "Source: illustrative survey"',
        "take remarks out of the table",
        rows=3,
    ),
    case(
        "a row of totals below",
        csv_bytes([*RIGHT, ["Total", *[""] * 5, "132", "150", *[""] * 5]]),
        ROW,
        'A5, column indicator has "Total"',
        "this is a total",
        "would count twice",
        rows=3,
    ),
    case(
        "a row still to be filled in",
        csv_bytes(sheet_of(FIRST, MIDDLE | {"numerator": "", "status": ""}, LAST)),
        WARNED,
        "1 of 3 rows still to be filled in: IL1 2025-26 Q2",
        rows=2,
    ),
    case(
        "mixed forms of dates",
        csv_bytes(with_cell((1, 3), "30/06/2025", with_cell((2, 3), "Sep-25"))),
        ROW,
        'D2, column period has "30/06/2025"',
        'D3, column period has "Sep-25"',
        rows=1,
        n=2,
    ),
)

_WIDE = ["indicator", "authority", "source", "status", "2025-26 Q1", "2025-26 Q2"]
_KNOWN = ["IL1", "E07990001", "late", "final"]

WIDE = (
    case(
        "a column for each quarter",
        csv_bytes([_WIDE, [*_KNOWN, "86", "88"]]),
        ACCEPTED,
        rows=2,
    ),
    case(
        "a blank quarter",
        csv_bytes([_WIDE, [*_KNOWN, "86", ""]]),
        ACCEPTED,
        rows=1,
    ),
    case(
        "a mark in a quarter",
        csv_bytes([_WIDE, [*_KNOWN, "86", ".."]]),
        ROW,
        'F2, column value has ".."',
        "no data was received",
        rows=1,
    ),
    case(
        "a share of 1 in a quarter",
        csv_bytes([_WIDE, [*_KNOWN, "86", "0.88"]]),
        WARNED,
        'F2, column value has "0.88"',
        "type 88 for 88%",
        rows=2,
    ),
    book(
        "counts below one another",
        xlsx_bytes(
            [
                [*_WIDE, "figure"],
                [*_KNOWN, "43", "44", "numerator"],
                [*_KNOWN, "50", "40", "denominator"],
            ]
        ),
        ROW,
        'Return!F2, column numerator has "44"',
        "no more than the denominator, 40",
        rows=1,
    ),
    case(
        "figures that are nothing known",
        csv_bytes([[*_WIDE, "figure"], [*_KNOWN, "43", "44", "numeratr"]]),
        FILE,
        'G2, column figure has "numeratr"',
        'Is "numerator" meant?',
    ),
)

FILES = (*TEXTS, *LAYOUTS, *WIDE)
