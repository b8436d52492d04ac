"""A file is what it holds, and what is not fit to be read goes no further."""

import io
import json
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_files import (
    ODS_TYPE,
    cell,
    compound,
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

from perfnb.ingest.door.admission import admit
from perfnb.ingest.door.limits import for_published, for_returns
from perfnb.methods import read_methods

ROOT = Path(__file__).parents[3]
RAW = ROOT / ".." / "shared" / "data" / "raw"
METHODS = read_methods(ROOT / "parameters" / "methods.yaml")
RETURNS, PUBLISHED = for_returns(METHODS), for_published(METHODS)

SPREADSHEETS = {
    "xlsx": xlsx({"Return": [["indicator", "value"], ["IL1", 12]]}),
    "ods": ods(table(row("indicator", "value"), row("IL1", "12"))),
    "xls": xls(number(0, 0, 12)),
}


@pytest.fixture
def told(tmp_path):
    """Put a file into a folder and say how it is admitted."""

    def admitted(content, name="return.xlsx", limits=RETURNS):
        path = tmp_path / name
        path.write_bytes(content)
        return admit(path, limits, folder=tmp_path)

    return admitted


def refusal(answer):
    """Give the one error of a file that is not read."""
    kind, findings = answer
    assert kind is None
    (fault,) = findings
    assert fault.severity == "error"
    assert fault.remedy
    return fault


# --- what a file is -----------------------------------------------------------


@pytest.mark.parametrize("kind", SPREADSHEETS)
def test_a_spreadsheet_under_its_own_name_gets_in_without_a_word(told, kind):
    assert told(SPREADSHEETS[kind], f"return.{kind}") == (kind, [])


@pytest.mark.parametrize("name", ["return.csv", "return.TSV", "return.txt"])
def test_text_under_its_own_name_gets_in_without_a_word(told, name):
    assert told(b"indicator,value\nIL1,12\n", name) == ("text", [])


@pytest.mark.parametrize(
    ("content", "name", "kind", "found"),
    [
        (b"indicator,value\n", "return.xlsx", "text", "text with separated columns"),
        (SPREADSHEETS["xlsx"], "return.csv", "xlsx", "an Excel workbook (xlsx)"),
        (SPREADSHEETS["xls"], "return.xlsx", "xls", "an old Excel workbook (xls)"),
        (SPREADSHEETS["ods"], "return.xls", "ods", "an OpenDocument spreadsheet"),
        (b'{"figures": []}', "return.csv", "json", "JSON"),
    ],
)
def test_a_name_that_lies_is_told_and_the_content_decides(
    told, content, name, kind, found
):
    admitted, (fault,) = told(content, name)
    assert admitted == kind
    assert fault.severity == "warning"
    assert found in fault.found


PASSWORD = compound({"EncryptedPackage": b"x", "EncryptionInfo": b"x"})
NOT_SPREADSHEETS = {
    "nothing": (b"", "nothing"),
    "blanks": (b" \r\n\t\n", "nothing"),
    "a mark alone": (b"\xef\xbb\xbf", "nothing"),
    "zeros": (bytes(600), "nothing"),
    "pdf": (b"%PDF-1.7\n...", "a PDF"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(50), "a picture"),
    "rtf": (b"{\\rtf1\\ansi}", "a text document (RTF)"),
    "web page": (b"<html><table><tr><td>IL1</td></tr></table></html>", "a web page"),
    "web table": (b"\xef\xbb\xbf\r\n<TABLE border=1><tr><td>IL1", "a web page"),
    "xml 2003": (b'<?xml version="1.0"?><Workbook xmlns="x"/>', "XML (2003)"),
    "flat ods": (b'<?xml version="1.0"?><office:document/>', "flat OpenDocument"),
    "other xml": (b"<?xml version='1.0'?><figures/>", "XML"),
    "gzip": (b"\x1f\x8b\x08" + bytes(range(60)), "a packed file (gzip)"),
    "program": (b"MZ\x90\0\x03\0\0\0\x04\0" + bytes(range(256)), "an unknown kind"),
    "docx": (zipped({"word/document.xml": "<w/>"}), "a Word document"),
    "pptx": (zipped({"ppt/presentation.xml": "<p/>"}), "a presentation"),
    "xlsb": (zipped({"xl/workbook.bin": "b"}), "a binary Excel workbook"),
    "doc": (compound({"WordDocument": b"x"}), "a Word document"),
    "mail": (compound({"__properties_version1.0": b"x"}), "an e-mail"),
    "other ole": (compound({"Drawing": b"x"}), "another office program"),
    "zip": (zipped({"a.csv": "x", "b.csv": "y"}), "packed folder (zip) with 2 files"),
    "odt": (
        zipped({"mimetype": ODS_TYPE.replace("spreadsheet", "text")}),
        "an OpenDocument text",
    ),
    "half a zip": (SPREADSHEETS["xlsx"][:-200], "breaks off or is damaged"),
    "zip magic": (b"PK\x03\x04 and no more", "breaks off or is damaged"),
    "half an xls": (SPREADSHEETS["xls"][:1500], "breaks off or is damaged"),
    "ole magic": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "breaks off or is damaged"),
    "xlsx without sheets": (zipped({"xl/workbook.xml": "<workbook/>"}), "damaged"),
    "ods without tables": (ods(), "no sheets"),
    "part of an xlsx": (zipped({"[Content_Types].xml": "<a/>"}), "but not all"),
}


@pytest.mark.parametrize("case", NOT_SPREADSHEETS)
def test_what_is_no_spreadsheet_is_told_what_it_is(told, case):
    content, found = NOT_SPREADSHEETS[case]
    assert found in refusal(told(content)).found


@pytest.mark.parametrize(
    "content",
    [
        PASSWORD,
        ods(table(row("a")), encrypted=True),
        xls(before=record(0x2F, b"\0" * 6)),
    ],
)
def test_a_password_is_told_as_one(told, content):
    fault = refusal(told(content))
    assert str(fault) == (
        'return.xlsx has "a password". Expected a file that opens without a password. '
        "Save it without a password and send it again."
    )


def test_a_part_locked_within_a_zip_is_told_as_a_password(told):
    content = bytearray(SPREADSHEETS["xlsx"])
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    assert refusal(told(bytes(content))).found == "a password"


def test_a_file_that_cannot_be_opened_is_told(tmp_path):
    kind, (fault,) = admit(tmp_path / "absent.csv", RETURNS, folder=tmp_path)
    assert kind is None
    assert (fault.file, fault.found) == ("absent.csv", "No such file or directory")


def test_a_flipped_bit_is_noticed(told):
    content = bytearray(SPREADSHEETS["xlsx"])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        member = archive.getinfo("xl/worksheets/sheet1.xml")
    content[member.header_offset + 30 + len(member.filename) + 60] ^= 0x55
    assert (
        "damaged" in refusal(told(bytes(content))).found
        or "whole" in refusal(told(bytes(content))).found
    )


@pytest.mark.parametrize("encoding", ["gb2312", "shift_jis", "klingon", "ascii-8"])
@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"]
)
def test_an_encoding_that_no_reader_knows_is_told_as_damage(told, encoding, part):
    parts = {"xl/styles.xml": "<styleSheet/>", **xlsx_parts("")}
    parts[part] = f'<?xml version="1.0" encoding="{encoding}"?>{parts[part]}'
    assert refusal(told(zipped(parts))).found == f"a part '{part}' that is damaged"


@pytest.mark.parametrize("row_number", ["9" * 5000, "12345678", "٣", "-1", "²", ""])
def test_a_row_with_a_number_that_no_row_has_is_told(told, row_number):
    cells = f'<row r="{row_number}"><c><v>1</v></c></row>'
    found = refusal(told(zipped(xlsx_parts(cells)))).found
    assert found == f"a row called '{row_number[:20]}'"


def test_more_merged_cells_than_a_person_merges_are_told(told):
    ref = '<mergeCell ref="A2:B9999999"/>'
    merged = "<mergeCells>{}</mergeCells>"
    assert told(zipped(xlsx_parts("", merged.format(ref * 5000))))[0] == "xlsx"
    fault = refusal(told(zipped(xlsx_parts("", merged.format(ref * 5001)))))
    assert fault.expected == "at most 5,000 merged areas in a sheet"


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_damage_ends_in_anything_but_an_answer(tmp_path_factory, data):
    kind = data.draw(st.sampled_from(sorted(SPREADSHEETS)))
    content = bytearray(SPREADSHEETS[kind])
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    content = content[: data.draw(st.integers(0, len(content)))]
    path = tmp_path_factory.mktemp("damaged") / f"return.{kind}"
    path.write_bytes(content)
    admitted, findings = admit(path, RETURNS, folder=path.parent)
    assert admitted is not None or [f.severity for f in findings] == ["error"]


# --- how large it is ----------------------------------------------------------

FAR = (
    '<row r="1"><c r="A1"><v>1</v></c></row>'
    '<row r="{row}"><c r="{ref}">{value}</c></row>'
)
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
DOCTYPE = f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>'


def far(ref, value="<v>1</v>"):
    """Write an xlsx file with something in A1 and in a cell far away."""
    digits = ref.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return zipped(xlsx_parts(FAR.format(row=digits, ref=ref, value=value)))


def lying(content, claimed):
    """Have the headers of a zip say that its largest part unpacks to less."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        member = max(archive.infolist(), key=lambda each: each.file_size)
    true, false = (struct.pack("<I", n) for n in (member.file_size, claimed))
    assert content.count(true) == 2
    return content.replace(true, false)


def overlapping():
    """Point many entries of a zip at one part that unpacks to 8 MiB."""
    content = zipped(xlsx_parts("") | {"xl/media/a.bin": bytes(2**23)})
    start = content.index(b"PK\x01\x02")
    end = content.index(b"PK\x05\x06")
    entries = content[start:end]
    last = entries[entries.rindex(b"PK\x01\x02") :]
    entries += last * 300
    tail = struct.pack("<HHII", 310, 310, len(entries), start)
    return content[:start] + entries + b"PK\x05\x06\0\0\0\0" + tail + b"\0\0"


def shared(lengths, numbers):
    """Write an xlsx file with cells, by the number of their shared text."""
    cells = "".join(
        f'<row r="{n}"><c r="A{n}" t="s"><v>{number}</v></c></row>'
        for n, number in enumerate(numbers, 1)
    )
    texts = "".join(f"<si><t>{'x' * length}</t></si>" for length in lengths)
    return zipped(xlsx_parts(cells) | {"xl/sharedStrings.xml": f"<sst>{texts}</sst>"})


def looped_table():
    """Write an xls file whose table of sectors is one sector, listed again and again.

    9 MiB of the file are lists of where the parts of that table stand.
    """
    content = SPREADSHEETS["xls"]
    sectors = len(content) // 512 - 1
    fat = struct.unpack_from("<I", content, 76)[0]
    lists = 9 * 2**20 // 512
    body = b"".join(
        struct.pack("<128I", *[fat] * 127, sectors + n + 1) for n in range(lists - 1)
    )
    body += struct.pack("<128I", *[fat] * 127, 0xFFFFFFFE)
    head = content[:68] + struct.pack("<II", sectors, lists) + content[76:]
    return head + body


def looped_chain():
    """Write an xls file of 9 MiB in which a sector of the workbook follows itself."""
    content = SPREADSHEETS["xls"] + bytes(9 * 2**20)
    fat = struct.unpack_from("<I", content, 76)[0]
    at = 512 * (fat + 1)
    return content[:at] + struct.pack("<I", 0) + content[at + 4 :]


BOMBS = {
    "a cell at XFD1048576": lambda: far("XFD1048576"),
    "a formula at XFD1048576": lambda: far("XFD1048576", "<f>1+1</f>"),
    "a row far down": lambda: far("A1048576"),
    "a column far out": lambda: far("XFD1"),
    "a cell without a name in a row far down": lambda: zipped(
        xlsx_parts(
            '<row r="1"><c><v>1</v></c></row><row r="99999"><c><v>1</v></c></row>'
        )
    ),
    "cells behind a prefix": lambda: zipped(
        xlsx_parts('<x:row xmlns:x="x" r="9"><x:c r="XFD9"><x:v>1</x:v></x:c></x:row>')
    ),
    "a sheet that unpacks to 60 MiB": lambda: zipped(
        xlsx_parts("") | {"xl/worksheets/sheet1.xml": b" " * (60 * 2**20)}
    ),
    "a picture that unpacks to 40 MiB under a false size": lambda: lying(
        zipped(xlsx_parts("") | {"xl/media/a.bin": bytes(40 * 2**20)}), 1000
    ),
    "one part under many names": lambda: overlapping(),
    "thousands of parts": lambda: zipped(
        xlsx_parts("") | {f"xl/media/{n}.bin": b"" for n in range(3000)},
        zipfile.ZIP_STORED,
    ),
    "entities in a sheet": lambda: zipped(
        xlsx_parts("")
        | {"xl/worksheets/sheet1.xml": f"{DOCTYPE}<worksheet>&l9;</worksheet>"}
    ),
    "entities in the texts": lambda: zipped(
        xlsx_parts("") | {"xl/sharedStrings.xml": f"{DOCTYPE}<sst>&l9;</sst>"}
    ),
    "entities in a drawing": lambda: zipped(
        xlsx_parts("") | {"xl/drawings/a.vml": f"{DOCTYPE}<xml>&l9;</xml>"}
    ),
    "entities in UTF-16": lambda: zipped(
        xlsx_parts("")
        | {"xl/sharedStrings.xml": f"{DOCTYPE}<sst>&l9;</sst>".encode("utf-16")}
    ),
    "ods rows repeated": lambda: ods(table(row("x", repeated=1048576))),
    "ods columns repeated": lambda: ods(table(row(cell("x", repeated=16384)))),
    "ods percentages repeated": lambda: ods(
        table(row(cell(kind="percentage", value="1", repeated=16384), repeated=1048576))
    ),
    "ods errors repeated": lambda: ods(
        table(row(cell("#REF!", error="error", repeated=16384), repeated=1048576))
    ),
    "ods cell behind a million rows": lambda: ods(
        table(row("x"), row(cell(), repeated=1048570), row("y"))
    ),
    "ods with a huge number": lambda: ods(table(row(cell("x", repeated=10**30)))),
    "ods with entities": lambda: zipped(
        {"mimetype": ODS_TYPE, "content.xml": f"{DOCTYPE}<office:document-content/>"}
    ),
    "ods long texts repeated": lambda: ods(
        table(row(cell("x" * 5000, repeated=60), repeated=20_000))
    ),
    "ods long texts repeated in each of many rows": lambda: ods(
        table(*[row(cell("x" * 5000, repeated=60))] * 300)
    ),
    "ods long texts in an attribute": lambda: ods(
        table(row(cell(string="x" * 5000, kind="string", repeated=60), repeated=20_000))
    ),
    "ods blanks written as a number": lambda: ods(
        table(row(cell('<text:s text:c="900000000"/>')))
    ),
    "ods percentages repeated in each of many sheets": lambda: ods(
        *[
            table(
                row(cell(kind="percentage", value="1", repeated=60), repeated=20_000),
                name=f"S{n}",
            )
            for n in range(40)
        ]
    ),
    "ods errors repeated in each of many sheets": lambda: ods(
        *[
            table(
                row(cell("#REF!", error="error", repeated=60), repeated=20_000),
                name=f"S{n}",
            )
            for n in range(40)
        ]
    ),
    "a long text in many cells": lambda: shared([32_000], [0] * 10_000),
    "a long text in many cells and short ones in others": lambda: shared(
        [1, 32_000], [0, 1] * 10_000
    ),
    "one part under the names of many sheets": lambda: zipped(
        xlsx_parts('<row r="1"><c r="A1"><v>1</v></c></row>')
        | {
            "xl/workbook.xml": xlsx_parts("")["xl/workbook.xml"].replace(
                "</sheets>",
                "".join(
                    f'<sheet name="S{n}" sheetId="{n}" r:id="rId1"/>'
                    for n in range(2, 3000)
                )
                + "</sheets>",
            )
        }
    ),
    "more merged cells than anybody merges": lambda: zipped(
        xlsx_parts(
            "",
            "<mergeCells>"
            + '<mergeCell ref="A2:B999999"/>' * 500_000
            + "</mergeCells>",
        )
    ),
    "xls a table of sectors listed many times": lambda: looped_table(),
    "xls a chain that comes back to itself": lambda: looped_chain(),
    "xls cell at IV65536": lambda: xls(number(0, 0, 1), number(65535, 255, 1)),
    "xls cell beyond any column": lambda: xls(number(0, 0, 1), number(65535, 65535, 1)),
    "xls numbers in a row to the end": lambda: xls(
        record(0xBD, struct.pack("<HH", 65535, 0), bytes(6 * 256), b"\xff\0")
    ),
    "xls that declares more than there is": lambda: xls(rows=2**32 - 1, columns=65535),
    "many sheets": lambda: xlsx({f"Sheet{n}": [["x"]] for n in range(60)}),
    "large sheets side by side": lambda: xlsx(
        {f"S{n}": [["x"], *[[]] * 19_990, [""] * 59 + ["y"]] for n in range(3)}
    ),
}


@pytest.mark.parametrize(
    ("bomb", "found"),
    [
        ("a cell at XFD1048576", "something in XFD1048576"),
        ("cells behind a prefix", "something in XFD9"),
        ("a sheet that unpacks to 60 MiB", "more"),
        ("a picture that unpacks to 40 MiB under a false size", "more"),
        ("one part under many names", "more"),
        ("thousands of parts", "3,005 parts"),
        ("entities in a sheet", "a document type"),
        ("entities in the texts", "a document type"),
        ("entities in a drawing", "a document type"),
        ("entities in UTF-16", "a document type"),
        ("ods rows repeated", "something in A1048576"),
        ("ods columns repeated", "something in XFD1"),
        ("ods cell behind a million rows", "something in A1048572"),
        ("ods with entities", "a document type"),
        ("ods long texts repeated", "more"),
        ("ods blanks written as a number", "more"),
        ("ods percentages repeated in each of many sheets", "48,000,000 cells"),
        ("a long text in many cells", "more"),
        ("a long text in many cells and short ones in others", "more"),
        ("one part under the names of many sheets", "two sheets in one part"),
        ("more merged cells than anybody merges", "more"),
        ("xls a table of sectors listed many times", "is damaged"),
        ("xls a chain that comes back to itself", "is damaged"),
        ("xls cell at IV65536", "something in IV65536"),
        ("xls that declares more than there is", "a sheet of 4,294,967,295 rows"),
        ("many sheets", "60 sheets"),
        ("large sheets side by side", "3,598,560 cells"),
    ],
)
def test_what_is_too_large_is_told_as_what_it_is(told, bomb, found):
    assert found in refusal(told(BOMBS[bomb]())).found


MEASURE = """
import json, re, sys, time
from pathlib import Path
from perfnb.ingest.door.admission import admit
from perfnb.ingest.door.limits import for_returns
from perfnb.methods import read_methods
limits = for_returns(read_methods(sys.argv[1]))
for path in sorted(Path(sys.argv[2]).iterdir()):
    start = time.process_time()
    kind, findings = admit(path, limits, folder=path.parent)
    seconds = time.process_time() - start
    most = re.search(r"VmHWM:\\s*([0-9]+) kB", Path("/proc/self/status").read_text())
    memory = int(most[1]) / 1024
    errors = [f.severity for f in findings].count("error")
    print(json.dumps([path.stem, kind, errors, seconds, memory]))
"""


@pytest.mark.skipif(
    not Path("/proc/self/status").is_file(), reason="no telling of memory here"
)
def test_each_bomb_is_refused_in_a_second_and_a_hundred_megabytes(tmp_path):
    for name, make in BOMBS.items():
        (tmp_path / f"{name}.xlsx").write_bytes(make())
    with (tmp_path / "a file of 2 GiB.csv").open("wb") as file:
        file.truncate(2**31)
    measured = subprocess.run(
        [sys.executable, "-c", MEASURE, ROOT / "parameters" / "methods.yaml", tmp_path],
        capture_output=True,
        check=True,
        text=True,
    )
    lines = [json.loads(line) for line in measured.stdout.splitlines()]
    assert len(lines) == len(BOMBS) + 1
    for name, kind, errors, seconds, memory in lines:
        assert (kind, errors) == (None, 1), name
        assert seconds < 1, name
        assert memory < 100, name


@pytest.mark.parametrize(
    "content",
    [
        far("XFD1048576", ""),
        ods(
            table(
                row("x", cell(repeated=16383)),
                row(cell(repeated=16384), repeated=1048575),
            )
        ),
        xls(number(0, 0, 1), record(0x0201, 65535, 255, 0, form="<HHH"), rows=65536),
    ],
)
def test_empty_cells_are_not_counted_however_far_they_reach(told, content):
    kind, findings = told(content)
    assert kind is not None
    assert [f.severity for f in findings if f.severity == "error"] == []


@pytest.mark.parametrize(
    "content",
    [
        shared([1, 10, 30_000], [*[0, 1] * 10_000, 2]),
        shared([30_000, 10], [*[0] * 600, *[1] * 10_000]),
        ods(table(row(cell("x" * 50, repeated=60), repeated=300), row("y" * 50_000))),
        ods(
            table(
                row("x", cell(repeated=2), cell("y", repeated=2)),
                row(cell(repeated=16384), repeated=1_048_000),
            ).replace(">", ">\n    ")
        ),
    ],
)
def test_texts_that_are_long_or_stand_often_but_not_both_get_in(told, content):
    kind, findings = told(content)
    assert kind is not None
    assert [f.severity for f in findings if f.severity == "error"] == []


def test_a_return_of_the_largest_size_gets_in(told):
    assert told(far("BH20001"))[0] == "xlsx"
    assert told(far("BH20002"))[0] is None
    assert told(far("BI20001"))[0] is None


# --- published files ----------------------------------------------------------


@pytest.mark.skipif(not RAW.is_dir(), reason="the published files are not at hand")
@pytest.mark.parametrize(
    "name",
    [
        # The largest, the one with most parts, with most sheets, the widest.
        "hclic_2025Q4_Statutory_Homelessness_Detailed_LA_202512.ods",
        "hclic_2018Q2_DetailedLA_201806.xlsx",
        "hclic_2021Q4_DetailedLA_202112.ods",
        "council_taxbase_2010_LA_level.xls",
        "interest_investment_income_ragged.csv",
        "oflog_waste_testData.json",
    ],
)
def test_published_files_are_within_the_wider_limits(name):
    kind, findings = admit(RAW / name, PUBLISHED, folder=RAW)
    assert kind == {"csv": "text"}.get(name[-3:], name.rpartition(".")[2])
    assert findings == []
