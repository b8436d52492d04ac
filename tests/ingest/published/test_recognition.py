"""A published file that lies among the returns is told as what it is."""

from __future__ import annotations

import pytest
import xlsxwriter
from small_workbook import INSPECTIONS

PROFILE = """\
id: vale-help
publisher: Illustrative Office
title: Illustrative help with homes
licence: Illustrative licence
about: People helped (illustrative).
source: help-{year}
files: ["help_*"]
period:
  place: column
  heading: Year
  form: financial-year
tables:
  - name: table 1
    place:
      code: Code
    figures:
      - indicator: IL3
        numerator: Helped
"""
PUBLISHED = "Year,Code,Council,Helped\n2024-25,E07990001,Illustrative Vale,30\n"
PLACE = "data/returns/2025-26-q3/"


@pytest.fixture
def vale(small_workbook):
    """Give the folder of Illustrative Vale with a profile of its own."""
    small_workbook.write("data/profiles/vale-help.yaml", PROFILE)
    return small_workbook


def about(book, name):
    return [str(f) for f in book.open().findings if f.file == f"{PLACE}{name}"]


def test_it_is_told_once_with_the_command(vale):
    vale.write(f"{PLACE}published.csv", PUBLISHED)
    (told,) = about(vale, "published.csv")
    assert 'has "a published file: Illustrative help with homes"' in told
    assert "perfnb import published.csv --profile vale-help" in told


def test_other_returns_are_in(vale):
    before = len(vale.open().observations)
    vale.write(f"{PLACE}published.csv", PUBLISHED)
    assert len(vale.open().observations) == before


def test_a_workbook_of_many_sheets_is_known_too(vale):
    path = vale.folder / PLACE / "published.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Contents").write(0, 0, "Contents")
        page = book.add_worksheet("Table 1")
        for number, line in enumerate(PUBLISHED.splitlines()):
            page.write_row(number, 0, line.split(","))
    assert any("--profile vale-help" in told for told in about(vale, "published.xlsx"))


@pytest.mark.parametrize(("name", "known"), [("help_2025.xlsx", 1), ("other.xlsx", 0)])
def test_a_file_that_cannot_be_opened_is_known_by_its_name(vale, name, known):
    vale.write(f"{PLACE}{name}", b"not a workbook at all, only some text\x00\x01")
    told = about(vale, name)
    assert told
    assert sum("--profile vale-help" in line for line in told) == known


def test_a_file_of_no_profile_is_told_as_before(vale):
    vale.write(f"{PLACE}notes.csv", "one,two\n1,2\n")
    assert not any("vale-help" in told for told in about(vale, "notes.csv"))


def test_a_broken_profile_keeps_no_return_out(vale):
    vale.write("data/profiles/broken.yaml", "id: broken\n")
    vale.write(f"{PLACE}published.csv", PUBLISHED)
    assert any("--profile vale-help" in told for told in about(vale, "published.csv"))
    assert about(vale, INSPECTIONS.removeprefix(PLACE)) == []
