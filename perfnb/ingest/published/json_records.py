"""Read a JSON file of records as sheets: a list of records is a table.

Only what is plain text, a number, true, false or null in a record is a cell, as it
was typed; lists and records within a record are no cells and are left out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from perfnb.errors import Fault
from perfnb.files import relative
from perfnb.ingest.door.admission import look_into
from perfnb.ingest.door.limits import Limits
from perfnb.ingest.opening.sheets import Sheet

ENDING = ".json"
"""How the name of a file of records ends."""


def read_records(
    path: Path, limits: Limits, *, folder: Path
) -> tuple[tuple[Sheet, ...], list[Fault]]:
    """Read every list of records that stands at the top of a JSON file.

    Parameters
    ----------
    path : pathlib.Path
        The file, in UTF-8: a list of records, or named lists of records.
    limits : Limits
        How large the file and each of its lists may be.
    folder : pathlib.Path
        The workbook's folder; faults name the file relative to it.

    Returns
    -------
    sheets : tuple of Sheet
        A sheet is a list of records, named as it is in the file; its first row
        holds the names of the fields in the order in which they first stand.
    faults : list of Fault
        Why the file cannot be read, or which list is too long or too wide.
    """
    admitted, faults = look_into(path, limits, folder=folder)
    if admitted is None:
        return (), faults
    name = relative(path, folder)
    try:
        text = admitted.content.decode("utf-8-sig")
        content = json.loads(text, parse_int=str, parse_float=str)
    except (ValueError, RecursionError) as error:
        return (), [*faults, _not_json(name, error)]
    lists = content if isinstance(content, Mapping) else {"": content}
    sheets: list[Sheet] = []
    for title, records in lists.items():
        if _are_records(records):
            rows = _rows(records)
            beyond = _beyond(name, title, rows, limits)
            faults += beyond
            sheets += [] if beyond else [Sheet(name, title or None, rows)]
    if not sheets and not faults:
        remedy = "Is this the file that the profile is for?"
        faults.append(Fault(name, "a list of records", remedy=remedy))
    return tuple(sheets), faults


def _are_records(records: Any) -> bool:
    return (
        isinstance(records, list)
        and bool(records)
        and all(isinstance(record, Mapping) for record in records)
    )


def _rows(records: list[Mapping[str, Any]]) -> tuple[tuple[str, ...], ...]:
    fields = list(dict.fromkeys(field for record in records for field in record))
    body = (tuple(_cell(record.get(field)) for field in fields) for record in records)
    return (tuple(fields), *body)


def _cell(content: Any) -> str:
    if isinstance(content, bool):
        return "true" if content else "false"
    return content if isinstance(content, str) else ""


def _beyond(
    name: str, title: str, rows: tuple[tuple[str, ...], ...], limits: Limits
) -> list[Fault]:
    if len(rows) <= limits.rows and len(rows[0]) <= limits.columns:
        return []
    expected = f"at most {limits.rows:,} records of {limits.columns:,} fields"
    found = f"{len(rows) - 1:,} records of {len(rows[0]):,} fields"
    remedy = "Import it in parts."
    return [Fault(name, expected, found, remedy, sheet=title or None)]


def _not_json(name: str, error: ValueError | RecursionError) -> Fault:
    remedy = "Fetch it anew: it may have been cut short."
    if isinstance(error, json.JSONDecodeError):
        return Fault(name, "JSON", error.msg, remedy, error.lineno)
    if isinstance(error, UnicodeDecodeError):
        return Fault(name, "text in UTF-8", f"byte {error.object[error.start]:#04x}")
    return Fault(name, "JSON", "lists within lists, too deep to be figures", remedy)
