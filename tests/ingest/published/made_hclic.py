"""A file in the manner of H-CLIC, made up from end to end, in its three layouts.

Every name and figure is illustrative. The layouts are those of the series: 12
columns until January to March 2019, 16 until April to June 2023, 18 since, with
hidden rows of headings in the later ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from perfnb.ingest.opening.sheets import Sheet

VALE, MARSH, DOWN = "E07990001", "E07990002", "E07990003"
NAMES = {VALE: "Illustrative Vale", MARSH: "Illustrative Marsh", DOWN: "Down, The"}

Row = tuple[str, ...]

FIGURES = {
    VALE: {
        "total": "90",
        "owed": "80",
        "prevention": "30",
        "relief": "50",
        "none": "10",
        "households": "45.2",
    },
    MARSH: dict.fromkeys(("total", "owed", "prevention", "relief", "none"), "..")
    | {"households": "51.007"},
    DOWN: {
        "total": "4",
        "owed": "0",
        "prevention": "0",
        "relief": "0",
        "none": "4",
        "households": "12.5",
    },
}
"""Households by authority, as the source writes them (thousands of households)."""

AGES = ("16-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65-74", "75+")
ETHNIC = (
    "White",
    "Black / African / Caribbean / Black British",
    "Asian / Asian British",
    "Mixed / Multiple ethnic groups",
    "Other ethnic group",
)


def layout(width: int) -> dict[str, int]:
    """Give the columns of table A1, blank ones between them left out."""
    columns = {"total": 4, "owed": 6, "prevention": 7, "relief": 9, "none": 11}
    if width == 16:
        columns |= {"households": 13}
    if width == 18:
        columns |= {"withdrew": 12, "not eligible": 13, "households": 15}
    return columns


def table_a1(
    width: int,
    months: str = "October to December 2025",
    *,
    figures: Mapping[str, Mapping[str, str]] = FIGURES,
    name: str = "A1",
    more: Sequence[Row] = (),
) -> Sheet:
    """Make table A1 in one of the three layouts."""
    columns = layout(width)
    heads: dict[str, tuple[str, ...]] = {
        "total": ("Total initial assessments1,2", "", ""),
        "owed": (
            "Assessed as owed a duty",
            "Total owed a prevention or relief duty",
            "",
        ),
        "prevention": (
            "",
            "Threatened with homelessness within 56 days - \nPrevention duty owed",
            "",
        ),
        "relief": ("", "Homeless - \nRelief duty owed4", ""),
        "none": ("Not homeless nor threatened with homelessness", "", ""),
        "households": ("Number of households\n in area4 (000s)", "", ""),
    }
    if width == 12:
        heads["owed"] = ("Assessed as owed a duty", "Total", "")
        heads["prevention"] = (
            "",
            "Threatened with homelessness - \nPrevention duty owed",
            "",
        )
    hidden = {
        "total": "Grand Total",
        "owed": "Total households assessed as owed a duty",
        "prevention": "Threatened with homelessness – Prevention Duty owed",
    }
    rows: list[Row] = [(f"Table A1 - Households by assessment\nEngland, {months}",)]
    if width == 18:
        rows.append(_line(width, {columns[what]: hidden[what] for what in hidden}))
    rows.append(_line(width, {11: "Number of households"}))
    for level in range(3):
        cells = {
            at: heads[what][level] for what, at in columns.items() if what in heads
        }
        rows.append(_line(width, cells))
    total = dict.fromkeys(columns.values(), "1234560")
    rows.append(_line(width, {0: "E92000001", 1: "ENGLAND", **total}))
    rows.append(_line(width, {0: "-", 1: "Rest of England", **total}))
    rows.append(_line(width, {}))
    rows.append(_line(width, {0: "E12000005", 1: "West Midlands", **total}))
    for code, given in figures.items():
        cells = {at: given[what] for what, at in columns.items() if what in given}
        rows.append(_line(width, {0: code, 1: NAMES[code], 3: "E12000005", **cells}))
    rows += more
    notes = ["Notes", "1 The outcome of the assessment", ".. no data received"]
    rows += [("",), *((note,) for note in notes), ("-", "Fewer than 5 households")]
    return Sheet("made_DetailedLA_202512.xlsx", name, tuple(rows))


def table_a6(counts: Mapping[str, Sequence[str]], name: str = "A6") -> Sheet:
    """Make the table of ages; the counts of each authority in the order of `AGES`."""
    groups = [*AGES, "Not known2"]
    heads = {4: "Total owed a prevention or relief duty1", 5: "%"}
    heads |= {6 + 2 * n: group for n, group in enumerate(groups)}
    heads |= {7 + 2 * n: "%" for n in range(len(groups))}
    return _breakdown(name, [_line(24, heads)], counts, first=6, step=2)


def table_a8(counts: Mapping[str, Sequence[str]], name: str = "A8") -> Sheet:
    """Make the table of ethnic groups: a total of each, its parts beside it."""
    places = {6 + 3 * n: group for n, group in enumerate(ETHNIC)}
    parents = _line(24, places)
    below = dict.fromkeys(places, "Total") | {at + 1: "Any other" for at in places}
    below |= {4: "Total owed a prevention or relief duty1", 21: "Not known2"}
    return _breakdown(name, [parents, _line(24, below)], counts, first=6, step=3)


def _breakdown(
    name: str,
    heads: Sequence[Row],
    counts: Mapping[str, Sequence[str]],
    *,
    first: int,
    step: int,
) -> Sheet:
    title = (f"Table {name} - Main applicants\nEngland October to December 2025",)
    rows: list[Row] = [title, *heads]
    rows.append(_line(24, {0: "E92000001", 1: "ENGLAND", 4: "1230"}))
    for code, given in counts.items():
        cells = {first + step * n: count for n, count in enumerate(given)}
        rows.append(_line(24, {0: code, 1: NAMES[code], 4: "80", **cells}))
    return Sheet("made_DetailedLA_202512.xlsx", name, tuple(rows))


def _line(width: int, cells: Mapping[int, str]) -> Row:
    return tuple(cells.get(at, "") for at in range(width))
