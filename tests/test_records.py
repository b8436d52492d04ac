"""Rows of text become checked records; every fault of every row is told."""

from datetime import date
from typing import Literal

import pytest
from pydantic import Field, ValidationError

from perfnb.records import Record, check, read_csv


class Tree(Record):
    """A row of an illustrative register of street trees."""

    id: str = Field(pattern=r"^[a-z]+$")
    kind: Literal["oak", "lime"] = "oak"
    height: float | None = None
    girth: int = 0
    planted: date | None = None
    protected: bool = False
    place: str = Field(default="", alias="in")


HEADER = "id,kind,height,girth,planted,protected,in\n"


@pytest.fixture
def trees(tmp_path):
    """Write rows of the register and read them."""

    def read(rows, key=("id",)):
        path = tmp_path / "trees.csv"
        path.write_text(HEADER + rows, encoding="utf-8")
        return read_csv(path, Tree, folder=tmp_path, key=key)

    return read


def test_a_row_takes_the_types_of_its_fields(trees):
    (tree,), faults = trees("elm,lime,12.5,3,2026-01-31,yes,Illustrative Road\n")
    assert faults == []
    assert (tree.kind, tree.height, tree.girth) == ("lime", 12.5, 3)
    assert (tree.planted, tree.protected) == (date(2026, 1, 31), True)
    assert (tree.place, tree.row) == ("Illustrative Road", 2)


def test_headings_are_as_the_file_has_them():
    assert ",".join(Tree.headings()) + "\n" == HEADER


def test_a_blank_cell_takes_the_default(trees):
    (tree,), faults = trees("elm,,,,,,\n")
    assert faults == []
    assert tree.model_dump() == Tree(id="elm").model_dump()


def test_a_blank_cell_without_a_default_is_a_fault(trees):
    rows, (fault,) = trees(",oak,1,,,,\n")
    assert rows == []
    assert str(fault) == (
        "trees.csv, row 2, column id: expected a value here. Fill it in."
    )


@pytest.mark.parametrize(
    ("column", "typed", "expected"),
    [
        ("kind", "ash", "one of oak, lime"),
        ("height", "tall", "a number"),
        ("height", "1,5", "a number"),
        ("height", "1_000", "a number"),
        ("height", "nan", "a number"),
        ("height", "inf", "a number"),
        ("height", "1e3", "a number"),
        ("height", "٣", "a number"),
        ("girth", "1.5", "a whole number"),
        ("girth", "1_000", "a whole number"),
        ("girth", "9" * 40, "a whole number"),
        ("planted", "31/01/2026", "a date such as 2026-01-31"),
        ("planted", "2026-02-30", "a date such as 2026-01-31"),
        ("planted", "86400", "a date such as 2026-01-31"),
        ("planted", "2026-01-31T00:00", "a date such as 2026-01-31"),
        ("protected", "on", "yes or no"),
        ("protected", "1", "yes or no"),
        ("protected", "Yes", "yes or no"),
    ],
)
def test_a_cell_that_does_not_fit_is_placed(trees, column, typed, expected):
    cells = {"id": "elm", column: typed}
    line = ",".join(f'"{cells.get(name, "")}"' for name in Tree.headings())
    rows, (fault,) = trees(f"oak,,,,,,\n{line}\n")
    assert [tree.id for tree in rows] == ["oak"]
    assert str(fault) == (
        f'trees.csv, row 3, column {column} has "{typed}". Expected {expected}. '
        "Correct it."
    )


def test_an_id_of_the_wrong_form_shows_the_form_as_it_is(trees):
    _, (fault,) = trees("Elm!,,,,,,\n")
    assert (fault.found, fault.expected) == ("Elm!", "text that fits ^[a-z]+$")


def test_every_fault_of_every_row_is_told_in_the_order_of_the_file(trees):
    _, faults = trees("elm,ash,tall,,,,\nyew,,,many,,maybe,\n")
    assert [(fault.row, fault.column) for fault in faults] == [
        (2, "kind"),
        (2, "height"),
        (3, "girth"),
        (3, "protected"),
    ]


def test_an_id_that_is_there_already_is_a_fault_of_the_later_row(trees):
    rows, (fault,) = trees("elm,oak,,,,,\nelm,lime,,,,,\n")
    assert [tree.kind for tree in rows] == ["oak"]
    assert str(fault) == (
        'trees.csv, row 3, column id has "elm". Expected a row that is not in the '
        "register already. Remove one of the two rows or give it another id."
    )


def test_a_key_of_two_columns_may_share_one(trees):
    rows, faults = trees("elm,oak,,,,,\nelm,lime,,,,,\n", key=("id", "kind"))
    assert (len(rows), faults) == (2, [])


def test_a_record_does_not_change():
    with pytest.raises(ValidationError):
        Tree(id="elm").kind = "lime"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "run.yaml: expected a mapping of keys."),
        ("elm", 'run.yaml has "elm". Expected a mapping of keys.'),
        ({}, "run.yaml, column id: expected a value here."),
        ({"id": None}, "run.yaml, column id: expected a value here."),
        (
            {"id": ["elm"]},
            'run.yaml, column id has "the list elm". Expected text.',
        ),
        (
            {"id": "elm", "colour": "red"},
            'run.yaml, column colour has "red". Expected one of the keys id, kind',
        ),
    ],
)
def test_a_mapping_is_checked_like_a_row(content, words):
    record, (fault,) = check(content, Tree, name="run.yaml")
    assert record is None
    assert str(fault).startswith(words)
    assert fault.remedy
