"""Text is read whatever its encoding and separator, and what was guessed is told."""

import csv
import io
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfnb.ingest.door.limits import Limits
from perfnb.ingest.door.refusal import RefusedError
from perfnb.ingest.opening.decoding import decode, read_rows, separator_of

LIMITS = Limits(10**6, 10**6, 10, 10, 100, 20, 2000)
HEADED = "indicator,value,note\nIL1,12,Café £5\n"
ROWS = (("indicator", "value", "note"), ("IL1", "12", "Café £5"))


def read(text, limits=LIMITS):
    content = text.encode() if isinstance(text, str) else text
    return read_rows(content, limits, name="waste.csv")


@pytest.mark.parametrize(
    "content",
    [
        HEADED.encode("utf-8"),
        HEADED.encode("utf-8-sig"),
        HEADED.encode("utf-16"),
        b"\xfe\xff" + HEADED.encode("utf-16-be"),
        HEADED.encode("utf-16-le"),
        HEADED.encode("utf-16-be"),
        HEADED.encode("utf-32"),
    ],
)
def test_unicode_is_read_in_every_form_without_a_word(content):
    assert read(content) == (ROWS, [])


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_western_text_is_read_and_the_first_cell_in_question_is_named(encoding):
    rows, (warning,) = read(HEADED.encode(encoding))
    assert rows == ROWS
    assert warning.severity == "warning"
    assert str(warning) == (
        'waste.csv, C2 has "Café £5". Expected text in UTF-8; it was read as '
        "Windows-1252. See whether this cell is right; else save the file as "
        "'CSV UTF-8'."
    )


def test_bytes_that_even_windows_does_not_know_are_read():
    rows, (warning,) = read(b"a,b\n\x81,\xe9\n")
    assert rows == (("a", "b"), ("\x81", "é"))
    assert warning.place == 1


def test_text_that_says_it_is_unicode_and_is_not_is_refused():
    with pytest.raises(RefusedError) as refused:
        decode(b"\xef\xbb\xbfcaf\xe9")
    assert refused.value.found == "text that breaks off or is not UTF-8"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_any_usual_separator_is_found(separator):
    rows, faults = read(HEADED.replace(",", separator))
    assert (rows, faults) == (ROWS, [])


def test_commas_in_figures_and_titles_do_not_pass_for_separators():
    text = (
        "Waste, by quarter, by council\n\nindicator;value;note\nIL1;1,5;a\nIL2;2,5;b\n"
    )
    rows, _ = read(text)
    assert rows[2:] == (
        ("indicator", "value", "note"),
        ("IL1", "1,5", "a"),
        ("IL2", "2,5", "b"),
    )
    assert separator_of(["only one column", "12", "13"]) == ","


@pytest.mark.parametrize("line", ["sep=;", '"sep=;"', "SEP=;"])
def test_a_line_that_declares_the_separator_is_obeyed_and_counted(line):
    rows, faults = read(f"{line}\r\na,b;c\r\n1;2\r\n")
    assert rows == ((), ("a,b", "c"), ("1", "2"))
    assert faults == []


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_any_way(end):
    assert read(HEADED.replace("\n", end))[0] == ROWS


def test_a_row_is_where_a_spreadsheet_shows_it():
    rows, faults = read('a,b\n\n"two\nlines",1\nx,2\n')
    assert rows == (("a", "b"), (), ("two\nlines", "1"), ("x", "2"))
    assert faults == []


@pytest.mark.parametrize("end", [",,\n" * 5000, "\n" * 5000, "   \n;;;\n", ""])
def test_rows_of_nothing_at_the_end_are_nothing(end):
    assert read(HEADED + end)[0] == ROWS


def test_blank_cells_at_the_end_of_the_last_row_stay():
    assert read("a,b,c\n1,,\n,,\n")[0] == (("a", "b", "c"), ("1", "", ""))


# --- quotation marks ----------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        'a,b\n1,2\n"3,4\n5,6\n7,8\n',
        'a,b\n1,2\n"3,4\n5,"6"\n7,8\n',
        'a,b\n1,2\n3,"4"x\n5,6\n7,8\n',
    ],
)
def test_a_wrong_quotation_mark_costs_its_own_row_alone(text):
    rows, (fault,) = read(text)
    assert rows == (("a", "b"), ("1", "2"), (), ("5", "6"), ("7", "8"))
    assert fault.row == 3
    assert fault.severity == "error"
    assert "quotation mark" in fault.found


@pytest.mark.parametrize("line", ['x","', 'x,"y', '"x'])
def test_thousands_of_open_quotation_marks_take_a_moment(line):
    limits = Limits(10**6, 10**6, 10, 10, 20_000, 60, 10**6)
    start = time.process_time()
    rows, faults = read("a,b\n" + f"{line}\n" * 12_000, limits)
    assert time.process_time() - start < 1
    assert (len(rows), len(faults)) == (12_001, 12_000)
    assert faults[-1].row == 12_001


def test_behind_a_few_open_quotation_marks_all_rows_are_read_as_they_are():
    wrong = '"3,4\n' * 5
    rows, faults = read(f'a,b\n{wrong}1,"x\ny"\n5,6\n')
    assert rows == (("a", "b"), *[()] * 5, ("1", "x\ny"), ("5", "6"))
    assert [fault.row for fault in faults] == [2, 3, 4, 5, 6]


@pytest.mark.parametrize("end", ["", "\n", "\r\n", '\n,,\n"",""\n', "\n \n\u00a0,\n"])
@pytest.mark.parametrize("cell", ["x\n", "x\n\n", "x\r\n", "\n", ",\n,\n", 'x"\n'])
def test_a_last_cell_that_ends_in_a_line_break_keeps_its_quotation_mark(cell, end):
    quoted = cell.replace('"', '""')
    rows, faults = read(f'a,b\n1,"{quoted}"{end}')
    assert faults == []
    assert rows == (("a", "b"), ("1", cell))


def test_a_quotation_mark_before_very_much_text_is_found_out():
    text = 'a,b\n"3,4\n' + "".join(f"{n},{'x' * 3000}\n" for n in range(90))
    rows, (fault,) = read(text)
    assert fault.row == 2
    assert len(rows) == 92


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8"), max_size=6), min_size=2, max_size=4
        ),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
)
def test_what_a_program_writes_is_read_as_it_was(table, encoding):
    table = [["indicator", "authority", "period", "value", "status"], *table]
    table = [[*(cell.replace("\r", "") for cell in row), "end"] for row in table]
    written = io.StringIO(newline="")
    csv.writer(written, quoting=csv.QUOTE_ALL).writerows(table)
    rows, faults = read_rows(written.getvalue().encode(encoding), LIMITS, name="x")
    assert faults == []
    assert list(map(list, rows)) == table


# --- size ---------------------------------------------------------------------


def test_too_many_rows_are_refused():
    assert len(read("a,b\n" * 100)[0]) == 100
    with pytest.raises(RefusedError) as refused:
        read("a,b\n" * 101)
    assert (refused.value.expected, refused.value.found) == (
        "at most 100 rows",
        "101 rows",
    )


def test_too_many_columns_are_refused_unless_they_are_empty():
    assert read("a,b" + "," * 500 + "\n1,2\n")[0][1] == ("1", "2")
    with pytest.raises(RefusedError) as refused:
        read("a,b\n" + "1," * 500 + "2\n")
    assert refused.value.found == "501 columns in row 2"
