"""Each cell is the text that a person sees, whatever file it stands in."""

import io
import struct
from datetime import date, time
from pathlib import Path
from types import SimpleNamespace

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from made_files import (
    cell,
    label,
    number,
    ods,
    record,
    row,
    table,
    xls,
    xlsx,
    xlsx_parts,
    zipped,
)

from perfnb.ingest.door.limits import for_published, for_returns
from perfnb.ingest.door.marks import Area
from perfnb.ingest.door.refusal import RefusedError
from perfnb.ingest.opening.plain_text import as_percentage, text_of
from perfnb.ingest.opening.sheets import read_sheets
from perfnb.ingest.opening.workbook_texts import read_texts_apart
from perfnb.methods import read_methods

ROOT = Path(__file__).parents[3]
RAW = ROOT / ".." / "shared" / "data" / "raw"
METHODS = read_methods(ROOT / "parameters" / "methods.yaml")


@pytest.fixture
def read(tmp_path):
    """Write a file and read its sheets."""

    def sheets(content, name="return.xlsx", **options):
        (tmp_path / name).write_bytes(content)
        return read_sheets(
            tmp_path / name, for_returns(METHODS), folder=tmp_path, **options
        )

    return sheets


def one_sheet(answer):
    (sheet,), findings = answer
    assert findings == []
    return sheet


def test_a_csv_file_has_one_sheet_without_a_name(read):
    sheet = one_sheet(read(b"a,b\n1,2\n", "return.csv"))
    assert (sheet.file, sheet.name) == ("return.csv", None)
    assert sheet.rows == (("a", "b"), ("1", "2"))


def test_rows_and_columns_stand_where_the_spreadsheet_has_them(read):
    content = xlsx({"Return": [[], [], ["", "x"], ["", "", "y"]]})
    rows = one_sheet(read(content)).rows
    assert rows[2][1] == "x"
    assert rows[3][2] == "y"
    content = ods(table(row(cell(), repeated=3), row(cell(repeated=2), "x")))
    assert one_sheet(read(content, "return.ods")).rows[3] == ("", "", "x")
    content = xls(number(4, 2, 7))
    assert one_sheet(read(content, "return.xls")).rows[4] == ("", "", "7")


def test_values_with_a_type_are_written_plainly(read):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Return")
        day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, [12, 12.5, 0.1 + 0.2, 1e-7, 123456789012345, True])
        sheet.write_datetime(1, 0, date(2025, 12, 31), day)
        sheet.write_number(1, 1, 46022.4375, day)
        sheet.write_number(1, 2, 46022)
        sheet.write_string(1, 3, "  12\u00a0 ")
    rows = one_sheet(read(content.getvalue())).rows
    assert rows[0] == ("12", "12.5", "0.3", "0.0000001", "123456789012345", "TRUE")
    assert rows[1] == (
        *("2025-12-31", "2025-12-31 10:30:00", "46022"),
        *("  12\u00a0 ", "", ""),
    )
    content = ods(
        table(
            row(
                cell(kind="date", date="2025-12-31"),
                cell(kind="float", value="12"),
                cell(kind="float", value="0.30000000000000004"),
                "text",
            )
        )
    )
    assert one_sheet(read(content, "return.ods")).rows == (
        ("2025-12-31", "12", "0.3", "text"),
    )


@given(st.floats(-1e14, 1e14, allow_nan=False))
def test_a_number_is_digits_to_the_fifteenth_and_no_exponent(value):
    text = text_of(value)
    assert set(text) <= set("-0123456789.")
    assert float(text) == pytest.approx(value, rel=1e-14, abs=1e-15)
    assert len(text.partition(".")[2]) <= 15


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_a_whole_number_keeps_all_its_digits(value):
    assert text_of(float(value)) == str(value)


def test_dates_and_times_are_written_as_such():
    assert text_of(date(2026, 1, 5)) == "2026-01-05"
    assert text_of(time(9, 30)) == "09:30:00"


# --- what readers leave out ---------------------------------------------------


def test_errors_stand_as_they_are_shown(read):
    cells = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="e"><f>1/0</f>'
        '<v>#DIV/0!</v></c><c r="C1" t="e"><v>#REF!</v></c></row>'
    )
    strings = "<sst><si><t>x</t></si></sst>"
    content = zipped(xlsx_parts(cells, **{"xl/sharedStrings.xml": strings}))
    assert one_sheet(read(content)).rows == (("x", "#DIV/0!", "#REF!"),)
    content = ods(table(row("x", cell("#DIV/0!", error="error", formula="of:=1/0"))))
    assert one_sheet(read(content, "return.ods")).rows == (("x", "#DIV/0!"),)
    broken = record(0x0205, 0, 1, 0, 0x2A, 1, form="<HHHBB")
    failed = record(0x0006, 0, 2, 0, 2, 7, 0, 0xFFFF, 0, 0, 0, form="<8HIH")
    content = xls(label(0, 0, "x"), broken, failed)
    assert one_sheet(read(content, "return.xls")).rows == (("x", "#N/A", "#DIV/0!"),)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("<f>C3/D3</f>", "=C3/D3"),
        ("<f>C3/D3</f><v></v>", "=C3/D3"),
        ("<f>C3/D3</f><v/>", "=C3/D3"),
        ('<f t="shared" si="0"/>', "="),
        ("<f>C3/D3</f><v>7</v>", "7"),
        ("<v>7</v>", "7"),
        ("", ""),
    ],
)
def test_a_formula_that_was_never_worked_out_stands_as_typed(read, written, text):
    cells = f'<row r="1"><c r="A1"><v>1</v></c><c r="B1">{written}</c></row>'
    rows = one_sheet(read(zipped(xlsx_parts(cells)))).rows
    assert rows == ((("1", text) if text else ("1",)),)


def test_a_formula_whose_result_is_no_text_is_blank(read):
    cells = (
        '<row r="1"><c r="A1"><v>1</v></c>'
        '<c r="B1" t="str"><f>""</f><v></v></c><c r="C1"><v>2</v></c></row>'
    )
    assert one_sheet(read(zipped(xlsx_parts(cells)))).rows == (("1", "", "2"),)


def test_formulas_of_rules_behind_the_cells_are_no_cells(read):
    cells = '<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="0"/></row>'
    after = '<extLst><ext><f xmlns="urn:rules">Lists!$A$1</f></ext></extLst>'
    assert one_sheet(read(zipped(xlsx_parts(cells, after)))).rows == (("1",),)


def test_an_ods_formula_without_a_result_stands_as_typed(read):
    content = ods(table(row("x", cell(formula="of:=[.A1]+1")), row(cell(), "y")))
    rows = one_sheet(read(content, "return.ods")).rows
    assert rows == (("x", "=[.A1]+1"), ("", "y"))


def test_an_uncached_formula_in_the_last_row_is_not_lost(read):
    cells = (
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="3"><c r="C3"><f>A1</f></c></row>'
    )
    rows = one_sheet(read(zipped(xlsx_parts(cells)))).rows
    assert rows == (("1", "", ""), ("", "", ""), ("", "", "=A1"))


# --- per cent, merged, hidden -------------------------------------------------


def percentages_xlsx():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Return")
        sheet.write_number(0, 0, 0.3, workbook.add_format({"num_format": "0%"}))
        sheet.write_number(0, 1, 0.285, workbook.add_format({"num_format": "0.0 %"}))
        sheet.write_number(0, 2, 0.3)
        sheet.write_string(0, 3, "x", workbook.add_format({"num_format": "0%"}))
    return content.getvalue()


PERCENTAGES = {
    "xlsx": percentages_xlsx(),
    "ods": ods(
        table(
            row(
                cell(kind="percentage", value="0.3"),
                cell(kind="percentage", value="0.285"),
                cell(kind="float", value="0.3"),
                "x",
            )
        )
    ),
    "xls": xls(
        number(0, 0, 0.3, style=1),
        number(0, 1, 0.285, style=2),
        number(0, 2, 0.3),
        label(0, 3, "x"),
        before=record(0x041E, 200, 4, 0, b"0.0%", form="<HHB4s")
        + b"".join(record(0x00E0, 0, kind, form="<HH16x") for kind in (0, 9, 200)),
    ),
}


@pytest.mark.parametrize("kind", PERCENTAGES)
def test_numbers_that_are_shown_as_per_cent_are_marked(read, kind):
    sheet = one_sheet(read(PERCENTAGES[kind], f"return.{kind}"))
    assert sheet.rows == (("0.3", "0.285", "0.3", "x"),)
    assert sheet.percentages == {(1, 1), (1, 2)}
    assert [as_percentage(text) for text in sheet.rows[0][:2]] == ["30%", "28.5%"]


FORMATS = {
    '0.0"%"': False,
    "0.0\\%": False,
    "0_%": False,
    '0" of 100%': False,
    '"share" 0.0%': True,
    '0\\"0%': True,
    '0.0"£"%;[Red]-0%': True,
    "0*-%": True,
}


def in_xlsx(code):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        style = workbook.add_format({"num_format": code})
        workbook.add_worksheet("Return").write_number(0, 0, 0.3, style)
    return content.getvalue()


def in_xls(code, *, wide):
    text = code.encode("utf-16-le" if wide else "latin-1")
    head = struct.pack("<HHB", 200, len(code), wide)
    styles = [record(0x00E0, 0, kind, form="<HH16x") for kind in (0, 200)]
    before = record(0x041E, head + text) + b"".join(styles)
    return xls(number(0, 0, 0.3, style=1), before=before)


@pytest.mark.parametrize(("code", "is_share"), FORMATS.items())
def test_a_per_cent_sign_that_is_only_written_beside_a_number_is_no_share(
    read, code, is_share
):
    for name, content in (
        ("return.xlsx", in_xlsx(code)),
        ("return.xls", in_xls(code, wide=False)),
        ("return.xls", in_xls(code, wide=True)),
    ):
        sheet = one_sheet(read(content, name))
        assert sheet.percentages == ({(1, 1)} if is_share else set()), name


def test_merged_cells_are_named(read):
    merges = '<mergeCells count="1"><mergeCell ref="A2:A4"/></mergeCells>'
    cells = '<row r="1"><c r="A1"><v>1</v></c></row>'
    sheet = one_sheet(read(zipped(xlsx_parts(cells, merges))))
    assert sheet.merged == (Area(2, 1, 4, 1),)
    assert sheet.merged[0].name == "A2:A4"
    content = ods(table(row("a"), row(cell("b", down=3))))
    assert one_sheet(read(content, "return.ods")).merged == (Area(2, 1, 4, 1),)
    content = xls(number(0, 0, 1), record(0xE5, 1, 1, 3, 0, 0, form="<HHHHH"))
    assert one_sheet(read(content, "return.xls")).merged == (Area(2, 1, 4, 1),)


def test_sheets_keep_their_order_and_hidden_ones_are_marked(read):
    content = xlsx({"A": [["1"]], "B": [["2"]], "C": [[]]}, hidden=["B"])
    sheets, findings = read(content)
    assert findings == []
    assert [(s.name, s.hidden, s.is_blank) for s in sheets] == [
        ("A", False, False),
        ("B", True, False),
        ("C", False, True),
    ]
    (only,), _ = read(content, only=["B"])
    assert only.rows == (("2",),)


# --- what cannot be read ------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b'[{"a": 1}]', "JSON"),
        (b"%PDF-1.7", "a PDF"),
        (ods(table(row(cell(kind="float", value="abc")))), "cannot be read"),
        (
            zipped(xlsx_parts('<row r="1"><c r="A1" t="s"><v>9</v></c></row>')),
            "cannot be read",
        ),
        (zipped(xlsx_parts('<row r="1"><c r="A1"><v>1</c></row>')), "is damaged"),
    ],
)
def test_what_cannot_be_read_is_told_and_gives_no_sheets(read, content, found):
    sheets, findings = read(content, "return.ods")
    assert sheets == ()
    assert found in next(f.found for f in findings if f.severity == "error")


def test_a_panic_of_the_reader_is_told_like_any_damage(read, monkeypatch):
    class PanicException(BaseException):
        pass

    def panics(*_):
        raise PanicException

    name = "perfnb.ingest.opening.workbook_texts.CalamineWorkbook"
    monkeypatch.setattr(name, SimpleNamespace(from_filelike=panics))
    sheets, (fault,) = read(xlsx({"Return": [["x"]]}))
    assert sheets == ()
    assert str(fault) == (
        'return.xlsx has "a spreadsheet that cannot be read". Expected a whole file. '
        "Open it in a spreadsheet program and save it again, or ask for it."
    )


def test_an_old_file_that_ends_its_reader_ends_nothing_else():
    # It declares more rows than any memory holds; admission would refuse it.
    hostile = xls(number(0, 0, 1), first=2**31, rows=10)
    with pytest.raises(RefusedError) as refused:
        read_texts_apart(hostile)
    assert refused.value.found == "a spreadsheet that cannot be read"


def test_sheets_of_one_name_are_told(read):
    content = ods(table(row("x")), table(row("y")))
    sheets, (fault,) = read(content, "return.ods")
    assert (sheets, fault.found) == ((), "two sheets of one name")


# --- published files ----------------------------------------------------------


@pytest.mark.skipif(not RAW.is_dir(), reason="the published files are not at hand")
@pytest.mark.parametrize(
    ("file", "sheets"),
    [
        ("hclic_2021Q4_DetailedLA_202112.ods", 320),
        ("dclg_RS_2010-11_by_LA.xls", 5),
        ("mhclg_rough_sleeping_2010_2022.xlsx", 9),
    ],
)
def test_published_files_are_read_whole(file, sheets):
    found, findings = read_sheets(RAW / file, for_published(METHODS), folder=RAW)
    assert findings == []
    assert len(found) == sheets
    assert any("Wyre Forest" in row for each in found for row in each.rows)
