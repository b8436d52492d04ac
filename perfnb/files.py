"""Read CSV and YAML files as the text that was typed, telling what is wrong.

Nothing is converted and nothing is mended here. What cannot be read comes back
as faults that name the file and the row.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from perfnb.errors import Fault
from perfnb.harmless import restored


def relative(path: Path, folder: Path) -> str:
    """Name a file as the analyst knows it: relative to the workbook's folder."""
    if path.is_relative_to(folder):
        return path.relative_to(folder).as_posix()
    return path.as_posix()


def read_cells(
    path: Path, headings: Sequence[str], *, folder: Path
) -> tuple[list[tuple[int, list[str]]], list[Fault]]:
    """Read a CSV file that should have known headings, in any order.

    Parameters
    ----------
    path : pathlib.Path
        The file: UTF-8, comma separated, headings in its first row.
    headings : sequence of str
        Every heading that must be there, once; no others may be.
    folder : pathlib.Path
        The workbook's folder; faults name the file relative to it.

    Returns
    -------
    rows : list of (int, list of str)
        The line of the file (the header is row 1) and its cells without outer
        blanks and without the apostrophes of `perfnb.harmless`, in the order of
        `headings`. Blank lines are left out.
    faults : list of Fault
        A file that is absent or not text, headings and rows that do not fit.
    """
    name = relative(path, folder)
    lines, faults = _read_lines(path, name)
    found = lines[0] if lines else []
    faults = faults or _heading_faults(name, found, headings)
    if faults:
        return [], faults
    order = [found.index(heading) for heading in headings]
    rows = []
    for number, cells in enumerate(lines[1:], start=2):
        if len(cells) == len(found):
            if any(cells):
                rows.append((number, [cells[position] for position in order]))
        elif any(cells):
            faults.append(_ragged(name, number, len(cells), len(found)))
    return rows, faults


def read_yaml(path: Path, *, folder: Path) -> tuple[Any, list[Fault]]:
    """Read a YAML file, every scalar as the text that was typed.

    "NO" stays "NO" and 2025_26 stays 2025_26; a key that stands twice is a
    fault, not a silent overwriting.

    Returns
    -------
    content : object
        Mappings, lists and text; None when the file cannot be read.
    faults : list of Fault
        At most one: the first thing that keeps the file from being read.
    """
    name = relative(path, folder)
    if not path.is_file():
        return None, [_absent(name)]
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, [_not_text(name, error)]
    return parse_yaml(text, name=name)


def parse_yaml(text: str, *, name: str) -> tuple[Any, list[Fault]]:
    """Read YAML from text; see `read_yaml`.

    Examples
    --------
    >>> parse_yaml("answer: NO", name="waste.yaml")
    ({'answer': 'NO'}, [])
    """
    try:
        return yaml.load(text, Loader=_TextLoader), []  # noqa: S506
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        row = None if mark is None else mark.line + 1
        remedy = "Mend this line or the one before it."
        found = getattr(error, "problem", None) or str(error).splitlines()[0]
        return None, [Fault(name, "YAML", found=found, row=row, remedy=remedy)]


def _read_lines(path: Path, name: str) -> tuple[list[list[str]], list[Fault]]:
    if not path.is_file():
        return [], [_absent(name)]
    lines: list[list[str]] = []
    try:
        text = io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")
        for line in csv.reader(text, strict=True):
            lines.append([restored(cell).strip() for cell in line])
    except UnicodeDecodeError as error:
        return [], [_not_text(name, error)]
    except csv.Error as error:
        return [], [_not_csv(name, len(lines) + 1, error)]
    return lines, [] if any(map(any, lines)) else [_empty(name)]


class _TextLoader(yaml.SafeLoader):
    """Mappings, lists and text only; a key may stand once."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> Any:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for position, key in enumerate(keys):
            if key in keys[:position]:
                mark = node.value[position][0].start_mark
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key '{key}' twice", mark
                )
        return super().construct_mapping(node, deep)

    def as_typed(self, node: yaml.ScalarNode) -> str:
        return str(node.value)


for _tag in ("bool", "int", "float", "timestamp"):
    _TextLoader.add_constructor(f"tag:yaml.org,2002:{_tag}", _TextLoader.as_typed)


def _absent(name: str) -> Fault:
    return Fault(name, "this file to be there", remedy="Restore it or write it anew.")


def _not_text(name: str, error: UnicodeDecodeError) -> Fault:
    found = f"byte {error.object[error.start]:#04x}"
    row = error.object.count(b"\n", 0, error.start) + 1
    remedy = "Save it as UTF-8, from a spreadsheet as 'CSV UTF-8'."
    return Fault(name, "text in UTF-8", found=found, row=row, remedy=remedy)


def _not_csv(name: str, number: int, error: csv.Error) -> Fault:
    remedy = "Close the quotation mark; one inside a text is written twice."
    return Fault(
        name, "texts in pairs of quotation marks", str(error), remedy, row=number
    )


def _empty(name: str) -> Fault:
    return Fault(name, "a row of headings", row=1, remedy="Restore it or fill it in.")


def _heading_faults(
    name: str, found: Sequence[str], headings: Sequence[str]
) -> list[Fault]:
    faults = [
        Fault(name, "this heading", row=1, column=column, remedy="Add the column.")
        for column in headings
        if column not in found
    ]
    expected = f"one of the headings {', '.join(headings)}"
    remedy = "Correct or remove the column."
    faults += [
        Fault(name, expected, found=heading, row=1, remedy=remedy)
        for heading in found
        if heading not in headings
    ]
    twice = [heading for heading, count in Counter(found).items() if count > 1]
    return faults + [
        Fault(name, "each heading once", found=heading, row=1, remedy=remedy)
        for heading in twice
    ]


def _ragged(name: str, number: int, found: int, expected: int) -> Fault:
    return Fault(
        name,
        f"{expected} cells, as the header has",
        found=f"{found} cells",
        row=number,
        remedy="A comma inside a text needs the text in quotation marks.",
    )
