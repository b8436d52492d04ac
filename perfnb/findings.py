"""What is wrong with returns, laid out to be read, counted and taken away.

A finding is a `perfnb.errors.Fault`: an error kept its row or file out, a
warning let it in with a mark. Errors are always told before warnings, and each
in the order of files, sheets, rows and columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from perfnb.errors import Fault, ParameterError, Severity
from perfnb.harmless import csv_text
from perfnb.quarters import parse_quarter

CSV_NAME = "data-quality.csv"
"""Name of the file of findings beside a quarter's pages."""

RETURNS = "data/returns/"

SEVERITIES: tuple[Severity, ...] = ("error", "warning")
"""In the order in which they are told."""

COLUMNS = [
    *["severity", "dimension", "file", "sheet", "cell", "row", "column", "indicator"],
    *["found", "expected", "remedy", "message"],
]


def in_order(findings: Iterable[Fault]) -> tuple[Fault, ...]:
    """Sort findings by file, sheet, row and column; what is of a whole file first.

    Examples
    --------
    >>> late = Fault("b.csv", "a number", row=3, place=7)
    >>> early = Fault("b.csv", "a name", row=3, place=1)
    >>> whole = Fault("b.csv", "text")
    >>> in_order([late, early, whole]) == (whole, early, late)
    True
    """
    return tuple(sorted(findings, key=_position))


def of_severity(findings: Iterable[Fault], severity: Severity) -> tuple[Fault, ...]:
    """Keep the errors or the warnings, in the order they came in."""
    return tuple(each for each in findings if each.severity == severity)


def up_to(findings: Iterable[Fault], quarter: pd.Period) -> tuple[Fault, ...]:
    """Keep what is wrong in the returns of a quarter and of those before it.

    A file outside ``data/returns/<quarter>`` belongs to every quarter.

    Examples
    --------
    >>> late = Fault("data/returns/2025-26-q4/waste.csv", "a number")
    >>> early = Fault("data/returns/history/waste.csv", "a number")
    >>> up_to([late, early], pd.Period("2026Q3", "Q-MAR")) == (early,)
    True
    """
    return tuple(each for each in findings if not _is_later(each.file, quarter))


def of_others(findings: Iterable[Fault], folders: Iterable[str]) -> tuple[Fault, ...]:
    """Keep the warnings about returns that are not in the newest quarter's folder.

    Parameters
    ----------
    findings : iterable of Fault
        In any order.
    folders : iterable of str
        Names of the folders of quarters; without one, no return is another's.

    Examples
    --------
    >>> old = Fault("data/returns/history/waste.csv", "a number", severity="warning")
    >>> own = Fault("data/returns/2025-26-q3/a.csv", "a number", severity="warning")
    >>> of_others([old, own], ["2025-26-q2", "2025-26-q3"]) == (old,)
    True
    """
    # Such names stand in the order of time as they stand in that of letters.
    newest = max(folders, default=None)
    if newest is None:
        return ()
    return tuple(
        each
        for each in of_severity(findings, "warning")
        if each.file.startswith(RETURNS)
        and "/" in each.file.removeprefix(RETURNS)
        and not each.file.startswith(f"{RETURNS}{newest}/")
    )


def line(finding: Fault) -> str:
    """Tell a finding in one line, as the ``perfnb`` command does.

    Examples
    --------
    >>> line(Fault("waste.csv", "a number", found="five", row=3, severity="warning"))
    'WARNING waste.csv, row 3 has "five". Expected a number.'
    """
    return f"{finding.severity.upper()} {' '.join(str(finding).splitlines())}"


def told(
    findings: Sequence[Fault], *, most: int | None = None, whole: str = ""
) -> list[str]:
    """Tell findings line by line, errors first.

    Parameters
    ----------
    findings : sequence of Fault
        In the order of files and cells.
    most : int, optional
        Errors, and warnings, that are told; all of them if left out.
    whole : str, optional
        The file that holds all of them.

    Examples
    --------
    >>> told([Fault("a.csv", "text"), Fault("b.csv", "text")], most=1, whole="q.csv")
    ['ERROR a.csv: expected text.', '1 more error is in q.csv.']
    """
    lines = []
    for severity in SEVERITIES:
        those = of_severity(findings, severity)
        lines += [line(each) for each in those[:most]]
        left = len(those[most:]) if most is not None else 0
        if left:
            are = "is" if left == 1 else "are"
            lines.append(f"{_many(left, f'more {severity}')} {are} in {whole}.")
    return lines


def count(findings: Sequence[Fault]) -> str:
    """Say how many errors and warnings there are.

    Examples
    --------
    >>> count([Fault("a.csv", "text"), Fault("b.csv", "text")]), count([])
    ('2 errors and no warnings', 'no errors and no warnings')
    """
    return " and ".join(
        _many(len(of_severity(findings, severity)), severity) for severity in SEVERITIES
    )


def frame(findings: Iterable[Fault]) -> pd.DataFrame:
    """Lay out findings as a frame, errors before warnings.

    Parameters
    ----------
    findings : iterable of Fault
        In any order.

    Returns
    -------
    pandas.DataFrame
        A row is a finding: severity (error or warning), dimension (of good
        data), file, sheet, cell (as a spreadsheet names it), row (whole number
        or missing), column (its heading), indicator (where known), found,
        expected, remedy and message (the sentence); text that is not there is
        blank.
    """
    ordered = sorted(in_order(findings), key=lambda each: each.severity)
    return pd.DataFrame(
        [
            [
                *[each.severity, each.dimension, each.file, each.sheet or ""],
                *[each.cell, each.row, each.column or "", each.indicator],
                *[each.found or "", each.expected, each.remedy, str(each)],
            ]
            for each in ordered
        ],
        columns=COLUMNS,
    ).astype({name: "str" for name in COLUMNS if name != "row"} | {"row": "Int64"})


def csv(findings: Iterable[Fault]) -> str:
    """Write findings as CSV that a spreadsheet cannot take for formulas.

    Parameters
    ----------
    findings : iterable of Fault
        In any order.

    Returns
    -------
    str
        The rows of `frame`, missing cells blank; only the headings when nothing
        is wrong.
    """
    rows = frame(findings).astype(object)
    return csv_text(COLUMNS, rows.where(rows.notna(), None).to_numpy().tolist())


def _is_later(file: str, quarter: pd.Period) -> bool:
    for part in file.split("/")[:-1]:
        try:
            return parse_quarter(part.upper().replace("-Q", " Q")) > quarter
        except ParameterError:
            continue
    return False


def _position(finding: Fault) -> tuple[list[str], str, int, int]:
    place = (finding.row or 0, finding.place or 0)
    return (finding.file.split("/"), finding.sheet or "", *place)


def _many(number: int, word: str) -> str:
    return f"{f'{number:,}' if number else 'no'} {word}{'' if number == 1 else 's'}"
