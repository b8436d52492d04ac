"""Returns as services really send them: every fault that we know, each in a file.

A case is a small return of Illustrative Vale with one thing about it. Three rows
are right as they stand: the first and the last of the streets found clean, and
one between them that a case spoils. A case says in which class its file belongs
and what its message must hold.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus_forms import FORMS, HEADINGS, csv_bytes, xlsx_bytes

ACCEPTED, WARNED = "accepted", "accepted with warning"
ROW, FILE = "row refused", "file refused"
CLASSES = (ACCEPTED, WARNED, ROW, FILE)

_ROW = dict.fromkeys(HEADINGS, "") | {
    "indicator": "IL1",
    "authority": "E07990001",
    "characteristic": "all",
    "group": "all",
    "denominator": "50",
    "status": "final",
    "source": "late",
}
FIRST = _ROW | {"period": "2025-26 Q1", "numerator": "43"}
MIDDLE = _ROW | {"period": "2025-26 Q2", "numerator": "44"}
LAST = _ROW | {"period": "2025-26 Q3", "numerator": "45"}


@dataclass(frozen=True)
class Case:
    """A file and what should come of it.

    Parameters
    ----------
    name : str
        What is about it.
    file : str
        Its name in the folder of the quarter.
    content : bytes
        What it holds.
    expected : str
        One of `CLASSES`.
    rows : int
        Rows that get in.
    told : tuple of str
        Pieces of its message, in their order; the cell and the value among them.
    findings : int
        How many findings there are.
    """

    name: str
    file: str
    content: bytes = field(repr=False)
    expected: str
    rows: int = 3
    told: tuple[str, ...] = ()
    findings: int = 1


def sheet_of(*rows):
    """Lay out rows under their headings."""
    return [list(HEADINGS), *([row[name] for name in HEADINGS] for row in rows)]


def in_row(name, expected, told=(), *, first=FIRST, last=LAST, rows=None, **cells):
    """Spoil the row in the middle; written in one form after the other."""
    number = len(_SPOILT)
    form = list(FORMS)[number % len(FORMS)]
    write, ending, sheet = FORMS[form]
    content = write(sheet_of(first, MIDDLE | cells, last))
    pieces = tuple(piece.replace("@", sheet) for piece in told)
    _SPOILT.append(
        Case(
            f"{name} ({form})",
            f"streets--case{ending}",
            content,
            expected,
            rows if rows is not None else 2 + (expected in (ACCEPTED, WARNED)),
            pieces,
            0 if expected == ACCEPTED else 1,
        )
    )


def in_cell(typed, expected, means="", *, column="numerator", mend="", **more):
    """Type something into one cell of the row in the middle."""
    place = "ABCDEFGHIJKLM"[HEADINGS.index(column)]
    shown = typed.strip()
    has = f'has "{shown}". Expected' if shown else "is empty. Expected"
    told = (f"@{place}3, column {column} {has}", means, mend)
    cells = more.pop("cells", {}) | {column: typed}
    told = () if expected == ACCEPTED else tuple(filter(None, told))
    in_row(f"{column} {typed!a}", expected, told, **more, **cells)


_SPOILT: list[Case] = []

_BLANK = {"numerator": "", "denominator": ""}
_WASTE = {"indicator": "IL2", **_BLANK, "period": "2024-25"}

# --- figures that are none -----------------------------------------------------

for _typed, _means in {
    "five": "this is text",
    "<5": "small number already hidden at source",
    "\u22645": "small number already hidden at source",
    "..": "no data was received",
    ".. ": "no data was received",
    "-": "suppressed in H-CLIC, not applicable in Defra's tables",
    "---": "suppressed in H-CLIC, not applicable in Defra's tables",
    "\u2013": "suppressed in H-CLIC, not applicable in Defra's tables",
    ":": "in Defra's tables this means not available",
    "~": "its source's own mark",
    "*": "hides a small number",
    "x": "not available",
    "[c]": "confidential",
    "[x]": "not available",
    "[z]": "not applicable",
    "n/a": "does not say which",
    "#N/A": "does not say which",
    "nil": "may mean 0",
    "TBC": "no figure yet",
    "nan": "how software writes",
    "inf": "how software writes",
    "#DIV/0!": "divided by nothing",
    "#REF!": "a formula that failed",
    "####": "too narrow",
    "01/02/2025": "Excel often turns a figure into one",
    "2025-12-31": "Excel often turns a figure into one",
    "1-Feb": "Excel often turns a figure into one",
    "12:30": "a time of day",
    "1.234,5": "continental",
    "12,5": "continental",
    "1e3": "scientific",
    "1_000": "underscores",
    "\u0664\u0663": "not the digits 0 to 9",
    "\uff14\uff13": "not the digits 0 to 9",
    "4\u00b2": "a mark or footnote is glued",
    "43*": "a mark or footnote is glued",
    "43 [r]": "a mark or footnote is glued",
    "43p": "a mark or footnote is glued",
    "(43)": "a number below 0",
    "\u221243": "a number below 0",
    "43.": "between two digits",
    "43/50": "two figures in one cell",
    "40-43": "a range",
    "c. 43": "an estimate",
    "43 streets": "words beside the figure",
    "\u00a343": "an amount of money",
    "43%": "a share, not a count",
    "TRUE": "yes or no",
    "1234567890123456": "more than 15 digits",
}.items():
    in_cell(_typed, ROW, _means)
in_cell("..", ROW, "a number above 0; in many official", column="denominator")
in_cell("50%", ROW, "not kg per household", column="value", cells=_WASTE)
in_cell("43.5", ROW, "a whole number of people", cells={"indicator": "IL3"})

# --- figures that are read, with a word or without ------------------------------

for _typed in ("43 ", "\u00a043\u00a0", "043", "43.0", " 43"):
    in_cell(_typed, ACCEPTED)
for _typed in ("1,405.5", "1 405.5", "1\u00a0405.5", "1\u202f405.5"):
    in_cell(_typed, WARNED, "it was read as 1405.5", column="value", cells=_WASTE)
for _typed in ("88%", "88 %"):
    in_cell(_typed, WARNED, "it was read as 88", column="value", cells=_BLANK)
in_cell("0.88", WARNED, "type 88 for 88%", column="value", cells=_BLANK)
in_cell(
    "4000",
    WARNED,
    "400 kg per household in 2023-24; 4000 kg per household is 10 times that",
    column="value",
    first=FIRST | _WASTE | {"period": "2023-24", "value": "400"},
    cells=_WASTE,
)

# --- figures that cannot be -------------------------------------------------------

in_cell("-43", ROW, "a count, 0 or more")
in_cell("51", ROW, "no more than the denominator, 50", mend="swapped")
in_cell("0", ROW, "a count above 0", column="denominator", cells={"numerator": "0"})
in_cell("-50", ROW, "a count, 0 or more", column="denominator")
in_cell("100.1", ROW, "a share between 0 and 100", column="value", cells=_BLANK)
in_cell("-1", ROW, "a share between 0 and 100", column="value", cells=_BLANK)
in_cell("80", ROW, "88, which its counts give", column="value")
in_cell("0.88", ROW, "88, which its counts give", column="value", mend="share of 1")
in_cell("", ROW, "a figure, since the status", column="value", cells=_BLANK)
in_cell("missing", ROW, "since the row has figures", column="status")

# --- codes and names --------------------------------------------------------------

in_cell("IL9", ROW, "an indicator of indicators.csv", column="indicator")
in_cell("il1", ROW, mend="Type its id, 'IL1'", column="indicator")
in_cell(
    "Illustrative Vale", WARNED, mend="It was read as E07990001", column="authority"
)
in_cell(
    "Illustrative Vale4",
    WARNED,
    mend="by its name without its footnote",
    column="authority",
)
in_cell(
    "Vale", ROW, mend="No authority of authorities.csv is called", column="authority"
)
in_cell("E0799001", ROW, "a GSS code of authorities.csv", column="authority")
in_cell("E07990009", ROW, "ended on 2019-03-31", column="authority")
in_cell("*Total", ROW, "this is a total", column="authority")
in_cell("Total England", ROW, "this is a total", column="authority")
in_cell("England", ROW, "this is a total", column="authority")
in_cell("E92000001", ROW, "this is a total", column="authority")
in_cell("---", ROW, "a GSS code of authorities.csv", column="authority")
in_cell("Total", ROW, "this is a total", column="indicator")
in_cell("Source: illustrative", ROW, "a source or a note", column="indicator")
in_cell("E01999999", ROW, "an area of areas.csv", column="area")
in_cell("E01990004", ROW, "an area of the row's authority", column="area")
in_cell("nobody", ROW, "a source of sources.csv", column="source")
in_cell("LATE", ROW, mend="Type its id, 'late'", column="source")
in_cell("peple", ROW, mend="nearest is 'people'", column="denominator_source")
in_cell("", ROW, "or 'all' for everybody", column="group")
in_cell("", ROW, "or 'all' for everybody", column="characteristic")
in_cell("done", ROW, "one of final, provisional", column="status")
in_cell("[p]", ROW, mend="Type 'provisional' if", column="status")
in_cell("", ROW, "one of final, provisional", column="status")
in_cell("Final", WARNED, "it was read as final", column="status")
in_cell("final1", WARNED, "it was read as final", column="status")
in_cell("Provisional", WARNED, "it was read as provisional", column="status")

# --- periods -------------------------------------------------------------------------

in_cell("2025 Q2", ROW, mend="It can mean two periods", column="period")
in_cell("45658", ROW, "a quarter ('2025-26 Q3')", column="period")
in_cell("01/02/2025", ROW, mend="It can mean two periods", column="period")
in_cell("2025-27 Q2", ROW, "a quarter ('2025-26 Q3')", column="period")
in_cell("", ROW, mend="Fill it in", column="period")
in_cell("2052-53 Q3", ROW, "ended by 2026-01-15", column="period")
in_cell("2025-26 Q4", ROW, "ended by 2026-01-15", column="period")
in_cell("July to September 2025", ACCEPTED, column="period")
in_cell("2025/26 Q2", WARNED, mend="write '2025-26 Q2'", column="period")
in_cell("Q2 2025/26", WARNED, mend="write '2025-26 Q2'", column="period")

# --- rows beside one another ---------------------------------------------------

in_row(
    "a row again",
    ROW,
    ('@A3, column indicator has "IL1"', "row 2 has the same", "Remove one"),
    **{name: FIRST[name] for name in HEADINGS},
)
in_row(
    "a row again with other figures",
    ROW,
    ('@A3, column indicator has "IL1"', "row 2 has other figures", "Remove one"),
    period="2025-26 Q1",
)
in_row(
    "a group larger than everybody",
    ROW,
    ('@G3, column numerator has "44"', "no more than the headline's 43"),
    period="2025-26 Q1",
    characteristic="kind",
    group="lanes",
)

_WRONG_SERVICE = Case(
    "an indicator of another service",
    "homes--case.csv",
    csv_bytes(sheet_of(FIRST, MIDDLE, LAST)),
    WARNED,
    told=('A2, column indicator has "IL1"', "the service 'homes'", "Check the code"),
)
_TWO_QUARTERS = Case(
    "two quarters in one cell each",
    "streets--case.xlsx",
    xlsx_bytes(sheet_of(FIRST, MIDDLE | {"period": "2025-26 Q1-Q2"}, LAST)),
    ROW,
    2,
    ('Return!D3, column period has "2025-26 Q1-Q2"', "a quarter"),
)

IN_CELLS = (*_SPOILT, _WRONG_SERVICE, _TWO_QUARTERS)
