"""Turn rows of text into checked records, telling every fault at once.

Nothing here knows what a register means: `perfnb.registers` and
`perfnb.reference` say what their columns hold, and `perfnb.catalogue` how
registers fit together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    PrivateAttr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from perfnb.errors import Fault
from perfnb.files import read_cells, relative

# As people write them; left to itself pydantic also takes 1_000, nan, 'on' and
# seconds since 1970.
_PLAIN: dict[type, tuple[str, str]] = {
    int: (r"-?[0-9]{1,15}", "a whole number"),
    float: (r"-?[0-9]{1,15}(\.[0-9]{1,15})?", "a number"),
    date: (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "a date such as 2026-01-31"),
    bool: ("yes|no", "yes or no"),
}


class Record(BaseModel):
    """A row of a register: text in, typed and frozen fields out.

    A blank cell takes the field's default, or is a fault where there is none.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        str_strip_whitespace=True,
    )

    _row: int = PrivateAttr(default=0)

    @property
    def row(self) -> int:
        """Line of the file that the record came from; the header is row 1."""
        return self._row

    @classmethod
    def headings(cls) -> list[str]:
        """List the columns, as the file heads them."""
        return [field.alias or name for name, field in cls.model_fields.items()]

    @model_validator(mode="before")
    @classmethod
    def _blank_is_nothing(cls, values: Any) -> Any:
        if not isinstance(values, dict):
            return values
        nothing = ("", None)
        return {name: cell for name, cell in values.items() if cell not in nothing}

    @field_validator("*", mode="before")
    @classmethod
    def _plainly_written(cls, text: Any, info: ValidationInfo) -> Any:
        kind = cls.model_fields[str(info.field_name)].annotation
        for plain, (pattern, expected) in _PLAIN.items():
            known = kind is plain or plain in get_args(kind)
            if known and isinstance(text, str) and not re.fullmatch(pattern, text):
                raise ValueError(expected)
        return text


Row = TypeVar("Row", bound=Record)


def read_csv(
    path: Path, model: type[Row], *, folder: Path, key: Sequence[str]
) -> tuple[list[Row], list[Fault]]:
    """Read a register kept as CSV.

    Parameters
    ----------
    path : pathlib.Path
        The file; see `perfnb.files.read_cells`.
    model : type of Record
        What a row holds; its field names are the headings.
    folder : pathlib.Path
        The workbook's folder; faults name the file relative to it.
    key : sequence of str
        Fields that together are different in every row.

    Returns
    -------
    rows : list of Record
        The rows that are right.
    faults : list of Fault
        Everything that is wrong with the others, in the order of the file.
    """
    name = relative(path, folder)
    headings = model.headings()
    lines, faults = read_cells(path, headings, folder=folder)
    rows: list[Row] = []
    seen: Counter[tuple[str, ...]] = Counter()
    for number, cells in lines:
        content = dict(zip(headings, cells, strict=True))
        record, wrong = check(content, model, name=name, row=number)
        faults += wrong
        if record is None:
            continue
        record._row = number
        identity = tuple(str(getattr(record, column)) for column in key)
        seen[identity] += 1
        if seen[identity] > 1:
            faults.append(_duplicate(name, number, key, identity))
        else:
            rows.append(record)
    return rows, faults


def check(
    content: Any, model: type[Row], *, name: str, row: int | None = None
) -> tuple[Row | None, list[Fault]]:
    """Check a row of text, or a mapping read from YAML, against its model.

    Parameters
    ----------
    content : object
        Fields by name, as text.
    model : type of Record
        What the fields should hold.
    name : str
        File, as faults name it.
    row : int, optional
        Line of the file, as faults name it.
    """
    try:
        return model.model_validate(content), []
    except ValidationError as error:
        return None, [
            Fault(
                name,
                _expected(problem, model),
                found=_found(problem["input"]),
                remedy="Fill it in." if problem["type"] == "missing" else "Correct it.",
                row=row,
                column=".".join(map(str, problem["loc"])) or None,
            )
            for problem in error.errors(include_url=False)
        ]


def _duplicate(
    name: str, number: int, key: Sequence[str], identity: Sequence[str]
) -> Fault:
    return Fault(
        name,
        "a row that is not in the register already",
        found=", ".join(identity),
        row=number,
        column=", ".join(key),
        remedy="Remove one of the two rows or give it another id.",
    )


def _found(content: Any) -> str | None:
    # A whole row or file shows nobody where to look.
    if content is None or isinstance(content, dict):
        return None
    if isinstance(content, list):
        return (
            f"the list {', '.join(map(str, content))}" if content else "an empty list"
        )
    return str(content)


def _expected(problem: Any, model: type[Record]) -> str:
    kind = problem["type"]
    if kind == "missing":
        return "a value here"
    if kind == "extra_forbidden":
        owner = _owner(problem["loc"], model)
        return f"one of the keys {', '.join(owner.headings())}"
    if kind == "literal_error":
        field = model.model_fields.get(str(problem["loc"][0]))
        choices = get_args(field.annotation) if field else ()
        if choices and all(isinstance(choice, str) for choice in choices):
            return f"one of {', '.join(choices)}"
        return f"one of {problem['ctx']['expected']}"
    if kind.startswith("value_error"):
        return str(problem["ctx"]["error"])
    if kind == "string_pattern_mismatch":
        field = _owner(problem["loc"], model).model_fields[str(problem["loc"][-1])]
        return field.description or f"text that fits {problem['ctx']['pattern']}"
    words = {
        "date_from_datetime_parsing": "a date such as 2026-01-31",
        "string_type": "text",
        "tuple_type": "a list",
        "model_type": "a mapping of keys",
    }
    message = str(problem["msg"]).removeprefix("Input should be ")
    return words.get(kind, message)


def _owner(place: Sequence[int | str], model: type[Record]) -> type[Record]:
    # The record that a key stands in; positions in a list lead no deeper.
    for step in place[:-1]:
        if isinstance(step, str):
            kind = model.model_fields[step].annotation
            records = [kind, *get_args(kind)]
            model = next(
                r for r in records if isinstance(r, type) and issubclass(r, Record)
            )
    return model
