"""Files are read as the text that was typed; what cannot be read is placed."""

import pytest

from perfnb.files import read_cells, read_yaml, relative

HEADINGS = ["id", "title"]


@pytest.fixture
def table(tmp_path):
    """Write a table and read it."""

    def read(content):
        path = tmp_path / "registers" / "table.csv"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_cells(path, HEADINGS, folder=tmp_path)

    return read


@pytest.fixture
def mapping(tmp_path):
    """Write a YAML file and read it."""

    def read(content):
        path = tmp_path / "run.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_yaml(path, folder=tmp_path)

    return read


def test_a_file_is_named_from_the_workbook_s_folder(tmp_path):
    assert relative(tmp_path / "data" / "a.csv", tmp_path) == "data/a.csv"
    assert relative(tmp_path / "a.csv", tmp_path / "b") == f"{tmp_path}/a.csv"


def test_cells_stay_text_and_rows_have_the_numbers_of_a_spreadsheet(table):
    rows, faults = table("id,title\n007,NO\n1_000,2025_26\n")
    assert rows == [(2, ["007", "NO"]), (3, ["1_000", "2025_26"])]
    assert faults == []


@pytest.mark.parametrize(
    "content",
    [
        "id,title\na,b\n",
        "id,title\r\na,b\r\n",
        "id,title\na,b",
        "title,id\nb,a\n",
        " id , title\na , b \n",
        "id,title\na,\u00a0b\u00a0\n",
        '"id","title"\n"a","b"\n',
        b"\xef\xbb\xbfid,title\na,b\n",
        b'\xef\xbb\xbf"id",title\na,b\n',
    ],
    ids=[
        "plain",
        "line ends of Windows",
        "no last line end",
        "columns in another order",
        "blanks around",
        "no-break spaces around",
        "in quotation marks",
        "byte order mark",
        "byte order mark before a quotation mark",
    ],
)
def test_ways_of_writing_the_same_table(table, content):
    assert table(content) == ([(2, ["a", "b"])], [])


def test_blank_lines_are_left_out_and_counted(table):
    rows, faults = table("id,title\n\na,b\n,\n\nc,d\n\n")
    assert rows == [(3, ["a", "b"]), (6, ["c", "d"])]
    assert faults == []


def test_a_text_may_hold_commas_quotation_marks_and_line_ends(table):
    rows, faults = table('id,title\na,"b, ""c""\nd"\ne,f\n')
    assert rows == [(2, ["a", 'b, "c"\nd']), (3, ["e", "f"])]
    assert faults == []


@pytest.mark.parametrize("content", ["", "\n\n", ",\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_one_fault_not_one_a_column(table, content):
    rows, faults = table(content)
    assert rows == []
    assert [str(fault) for fault in faults] == [
        "registers/table.csv, row 1: expected a row of headings. "
        "Restore it or fill it in."
    ]


def test_a_file_that_is_not_there_is_named(tmp_path):
    rows, (fault,) = read_cells(tmp_path / "none.csv", HEADINGS, folder=tmp_path)
    assert rows == []
    assert str(fault) == (
        "none.csv: expected this file to be there. Restore it or write it anew."
    )
    content, (fault,) = read_yaml(tmp_path / "none.yaml", folder=tmp_path)
    assert content is None
    assert str(fault).startswith("none.yaml: expected this file to be there.")


@pytest.mark.parametrize(
    ("headings", "words"),
    [
        ("id", "row 1, column title: expected this heading. Add the column."),
        (
            "id,title,colour",
            'row 1 has "colour". Expected one of the headings id, title.',
        ),
        ("id,Title", 'row 1 has "Title". Expected one of the headings id, title.'),
        ("id,title,id", 'row 1 has "id". Expected each heading once.'),
        ("id,title,", "row 1 is empty. Expected one of the headings id, title."),
        ("id;title", 'row 1 has "id;title". Expected one of the headings'),
    ],
)
def test_headings_that_do_not_fit_are_each_told(table, headings, words):
    rows, faults = table(f"{headings}\na,b\n")
    assert rows == []
    assert any(f"registers/table.csv, {words}" in str(fault) for fault in faults)
    assert all(fault.remedy for fault in faults)


@pytest.mark.parametrize(("cells", "found"), [("a", "1 cells"), ("a,b,c", "3 cells")])
def test_a_ragged_row_is_refused_and_the_others_are_read(table, cells, found):
    rows, (fault,) = table(f"id,title\n{cells}\nc,d\n")
    assert rows == [(3, ["c", "d"])]
    assert str(fault) == (
        f'registers/table.csv, row 2 has "{found}". Expected 2 cells, as the header '
        "has. A comma inside a text needs the text in quotation marks."
    )


@pytest.mark.parametrize(
    "content",
    ['id,title\na,b\nc,"d\ne,f\n', 'id,title\na,b\nc,"d" e\n'],
    ids=["never closed", "closed too early"],
)
def test_a_quotation_mark_that_swallows_rows_is_refused(table, content):
    rows, (fault,) = table(content)
    assert rows == []
    assert (fault.file, fault.row) == ("registers/table.csv", 3)
    assert "Expected texts in pairs of quotation marks" in str(fault)
    assert fault.remedy.startswith("Close the quotation mark")


def test_bytes_that_are_not_utf_8_are_placed_to_the_row(table):
    rows, (fault,) = table("id,title\na,b\nc,caf\xe9\n".encode("latin-1"))
    assert rows == []
    assert str(fault) == (
        'registers/table.csv, row 3 has "byte 0xe9". Expected text in UTF-8. '
        "Save it as UTF-8, from a spreadsheet as 'CSV UTF-8'."
    )


def test_text_in_utf_16_is_refused(table):
    _, (fault,) = table("id,title\na,b\n".encode("utf-16"))
    assert fault.expected == "text in UTF-8"


def test_yaml_scalars_stay_as_typed(mapping):
    content, faults = mapping(
        "country: NO\nquarter: 2025_26\nwhen: 2026-01-31\nshare: 0.50\nyes: on\n"
        "octal: 0o17\nsexagesimal: 12:30:45\nlist: [1_000, 007, ~]\n"
    )
    assert faults == []
    assert content == {
        "country": "NO",
        "quarter": "2025_26",
        "when": "2026-01-31",
        "share": "0.50",
        "yes": "on",
        "octal": "0o17",
        "sexagesimal": "12:30:45",
        "list": ["1_000", "007", None],
    }


def test_yaml_of_a_byte_order_mark_is_read(mapping):
    assert mapping(b"\xef\xbb\xbfquarter: 2025-26 Q3\n") == (
        {"quarter": "2025-26 Q3"},
        [],
    )


@pytest.mark.parametrize(
    ("content", "row", "found"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "the key 'a' twice"),
        ("a:\n  b: 1\n  b: 2\n", 3, "the key 'b' twice"),
        ("a: 1\nb: [1, 2\nc: 3\n", 3, None),
        ("a: b: c\n", 1, None),
        ("a: 1\n\tb: 2\n", 2, None),
        ("a: !!python/object/apply:os.getcwd []\n", 1, None),
        ("? [a]\n: b\n", 1, None),
        ("a: \x07\n", None, None),
        ("a: *b\n", 1, None),
        ("---\na: 1\n---\nb: 2\n", 3, None),
    ],
)
def test_broken_yaml_is_one_fault_with_its_row(mapping, content, row, found):
    read, (fault,) = mapping(content)
    assert read is None
    assert (fault.file, fault.row, fault.expected) == ("run.yaml", row, "YAML")
    assert fault.found
    assert found is None or fault.found == found
    assert fault.remedy == "Mend this line or the one before it."


def test_yaml_that_is_not_utf_8_is_placed_to_the_row(mapping):
    read, (fault,) = mapping(b"a: b\nc: caf\xe9\n")
    assert read is None
    assert str(fault).startswith('run.yaml, row 2 has "byte 0xe9". Expected text')


def test_an_empty_yaml_file_holds_nothing(mapping):
    assert mapping("") == (None, [])
