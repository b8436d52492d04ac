"""Whatever text goes in, no cell that comes out is a formula."""

import ast
import csv
import io
import math
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import example, given
from hypothesis import strategies as st
from spreadsheets import WOULD_RUN, is_formula, xlsx_cells

from perfnb.harmless import INERT, csv_text, harmless, restored

PACKAGE = Path(__file__).parents[1] / "perfnb"

STAYS = ["", "12", "-12", "-0.5", "-1e-05", "a=b", "2025-26 Q4", "'Bout time", "e-mail"]
typed = st.text() | st.text("=+-@'; \t\r\n\x00\u00a0＝a1,\"")


@pytest.mark.parametrize("text", WOULD_RUN)
def test_text_that_a_spreadsheet_could_run_gets_an_apostrophe(text):
    assert str(harmless(text)).startswith("'")
    assert restored(str(harmless(text))) == text


@pytest.mark.parametrize("text", STAYS)
def test_other_text_stays_as_it_is(text):
    assert harmless(text) == text


@pytest.mark.parametrize("number", [0, -3, -3.25, 1e-07, -1e300, True, math.inf, None])
def test_numbers_and_nothing_stay_what_they_are(number):
    assert harmless(number) is number


def test_a_number_without_end_below_nought_is_no_formula():
    assert harmless(-math.inf) == "'-inf"


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Better; =1+1", "Better;' =1+1"),
        ("Better\n-A1", "Better\n'-A1"),
        ("Better\t@A1;+1", "Better\t'@A1;'+1"),
        ("From 3 - 5, -2 since", "From 3 - 5, -2 since"),
    ],
)
def test_signs_where_another_separator_would_begin_a_cell_are_marked(text, marked):
    assert harmless(text) == marked


@given(typed)
@example("'=1+1")
@example("''\t'=1+1")
@example("\r\n'\t =1;;=1")
def test_what_is_written_comes_back_as_it_was_typed(text):
    assert restored(str(harmless(text))) == text


@given(st.lists(st.lists(typed, min_size=2, max_size=2), max_size=4))
def test_no_cell_of_a_csv_is_a_formula(rows):
    text = csv_text(["first", "second"], rows)
    opened = csv.reader(io.StringIO(text, newline=""))
    assert not any(is_formula(cell) for cells in opened for cell in cells)


# A number below nought begins its row with a sign under any separator.
words = typed.filter(lambda text: not text.startswith("-") or harmless(text) != text)


@pytest.mark.parametrize("separator", [";", "\t"])
@given(st.lists(st.lists(words, min_size=2, max_size=2), max_size=4))
def test_nor_is_one_when_the_file_is_opened_with_another_separator(separator, rows):
    text = csv_text(["first", "second"], rows)
    opened = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    assert not any(is_formula(cell) for cells in opened for cell in cells)
    lines = text.replace("\r", "\n").split("\n")
    bare = [cell for line in lines for cell in line.split(separator)]
    assert not any(map(is_formula, bare))


@given(st.lists(st.lists(typed, min_size=2, max_size=2), max_size=4))
def test_a_csv_gives_back_every_cell(rows):
    text = csv_text(["first", "second"], rows)
    cells = list(csv.reader(io.StringIO(text, newline="")))[1:]
    assert [[restored(cell) for cell in row] for row in cells] == rows


def test_headings_are_cells_too():
    assert csv_text(["=1+1"], []) == "'=1+1\n"


@given(typed)
@example("https://example.org")
@example("{=1+1}")
@example("12")
def test_no_cell_of_an_xlsx_is_a_formula_or_a_link_however_it_is_written(text):
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {**INERT, "in_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write(0, 0, harmless(text))
        sheet.write_string(1, 0, str(harmless(text)))
    for cell in xlsx_cells(written.getvalue(), "Sheet1").values():
        assert cell.formula is None
        assert not is_formula(cell.text)


def _calls(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        f"{getattr(node.value, 'id', '')}.{node.attr}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
    }


def test_nothing_else_in_the_package_writes_csv_or_xlsx():
    writers = {"writer", "DictWriter", "to_csv", "to_excel", "ExcelWriter", "savetxt"}
    found = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        for call in _calls(path)
        if call.rpartition(".")[2] in writers or call == "xlsxwriter.Workbook"
    }
    assert found == {"harmless.py", "return_form/writing.py"}
