"""Spreadsheet files as tests need them: small ones, strange ones and hostile ones."""

import io
import struct
import zipfile

import xlsxwriter

ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
    for prefix in ("office", "table", "text", "style")
)
_EXPERIMENTAL = "urn:org:documentfoundation:names:experimental"
_CALC = f'xmlns:calcext="{_EXPERIMENTAL}:calc:xmlns:calcext:1.0"'
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def xlsx(sheets, hidden=()):
    """Write an xlsx file: sheets by name, each a list of rows of values."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
            if name in hidden:
                sheet.hide()
    return written.getvalue()


def zipped(parts, packing=zipfile.ZIP_DEFLATED):
    """Pack parts, each bytes or text, by their names."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", packing) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def xlsx_parts(sheet_data, after="", name="Return", **others):
    """Give the parts of an xlsx file whose one sheet has this XML in its cells."""
    workbook = (
        f'<workbook {_MAIN} xmlns:r="{_REL}"><sheets>'
        f'<sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    links = (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_REL}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    )
    root = (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    )
    types = (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" '
        f'ContentType="application/xml"/></Types>'
    )
    sheet = f"<worksheet {_MAIN}><sheetData>{sheet_data}</sheetData>{after}</worksheet>"
    return {
        "[Content_Types].xml": types,
        "_rels/.rels": root,
        "xl/workbook.xml": workbook,
        "xl/_rels/workbook.xml.rels": links,
        "xl/worksheets/sheet1.xml": sheet,
        **others,
    }


def ods(*tables, encrypted=False, media_type=ODS_TYPE):
    """Write an ods file of tables as XML (see `table`)."""
    manifest = "<encryption-data/>" if encrypted else ""
    return zipped(
        {
            "mimetype": media_type,
            "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>",
            "content.xml": (
                f'<?xml version="1.0" encoding="UTF-8"?>'
                f"<office:document-content {_NAMESPACES} {_CALC}><office:body>"
                f"<office:spreadsheet>{''.join(tables)}</office:spreadsheet>"
                f"</office:body></office:document-content>"
            ),
        }
    )


def table(*rows, name="Return"):
    """Write a sheet of an ods file from rows (see `row`)."""
    return f'<table:table table:name="{name}">{"".join(rows)}</table:table>'


def row(*cells, repeated=1):
    """Write a row of an ods file from texts, or from cells as XML."""
    written = "".join(c if c.startswith("<") else cell(c) for c in cells)
    again = f' table:number-rows-repeated="{repeated}"' if repeated != 1 else ""
    return f"<table:table-row{again}>{written}</table:table-row>"


def cell(text="", repeated=1, **attributes):
    """Write a cell of an ods file; attributes say ``value_type`` and so on."""
    named = {
        "kind": "office:value-type",
        "value": "office:value",
        "formula": "table:formula",
        "error": "calcext:value-type",
        "string": "office:string-value",
        "down": "table:number-rows-spanned",
        "date": "office:date-value",
    }
    if text and "kind" not in attributes:
        attributes["kind"] = "string"
    said = "".join(f' {named[key]}="{value}"' for key, value in attributes.items())
    if repeated != 1:
        said += f' table:number-columns-repeated="{repeated}"'
    inside = f"<text:p>{text}</text:p>" if text else ""
    return f"<table:table-cell{said}>{inside}</table:table-cell>"


def record(kind, *fields, form=""):
    """Write a record of an xls file."""
    body = b"".join(fields) if not form else struct.pack(form, *fields)
    return struct.pack("<HH", kind, len(body)) + body


def label(row_number, column, text):
    """Write a cell of an xls file that holds text; A1 is 0, 0."""
    said = text.encode("utf-16-le")
    head = struct.pack("<HHHHB", row_number, column, 0, len(text), 1)
    return record(0x0204, head + said)


def number(row_number, column, value, style=0):
    """Write a cell of an xls file that holds a number."""
    return record(0x0203, row_number, column, style, value, form="<HHHd")


def xls(*cells, first=0, rows=10, columns=10, before=b"", name="Return"):
    """Write an xls file with one sheet of these cells; `before` stands in front."""
    start = record(0x0809, 0x0600, 0x0005, 0, 0, 0, 0, form="<HHHHII")
    title = name.encode("latin-1")
    sheet = record(0x0809, 0x0600, 0x0010, 0, 0, 0, 0, form="<HHHHII")
    sheet += record(0x0200, first, rows, 0, columns, 0, form="<IIHHH")
    sheet += b"".join(cells) + record(0x000A)
    size = len(start) + len(before) + 4 + 8 + len(title) + 4
    head = struct.pack("<IHBB", size, 0, len(title), 0) + title
    stream = start + before + record(0x0085, head) + record(0x000A) + sheet
    return compound({"Workbook": stream})


def compound(streams):
    """Write a compound file, as old office programs do, of streams by name."""
    packed, sectors = [], []
    for content in streams.values():
        content = content.ljust(4096, b"\0")
        content += b"\0" * (-len(content) % 512)
        packed.append((len(sectors), len(content)))
        count = len(content) // 512
        first = len(sectors)
        following = [first + n + 1 for n in range(count - 1)] + [0xFFFFFFFE]
        sectors += [
            (following[n], content[512 * n : 512 * n + 512]) for n in range(count)
        ]
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)]
    entries += [
        _entry(name, 2, first, size, right=n + 2 if n + 1 < len(streams) else None)
        for n, (name, (first, size)) in enumerate(zip(streams, packed, strict=True))
    ]
    entries += [_entry("", 0, 0, 0)] * (-len(entries) % 4)
    directory = b"".join(entries)
    at = len(sectors)
    count = len(directory) // 512
    following = [at + n + 1 for n in range(count - 1)] + [0xFFFFFFFE]
    sectors += [
        (following[n], directory[512 * n : 512 * n + 512]) for n in range(count)
    ]
    fats = 1
    while fats * 128 < len(sectors) + fats:
        fats += 1
    numbers = [following for following, _ in sectors] + [0xFFFFFFFD] * fats
    numbers += [0xFFFFFFFF] * (fats * 128 - len(numbers))
    first_fat = len(sectors)
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIIII",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0),
        *(fats, at, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, first_fat),
    )
    header += struct.pack(
        "<108I", *range(first_fat + 1, first_fat + fats), *_FREE[fats:]
    )
    body = b"".join(content for _, content in sectors)
    return header + body + struct.pack(f"<{len(numbers)}I", *numbers)


_FREE = [0xFFFFFFFF] * 109


def _entry(name, kind, first, size, child=None, right=None):
    title = name.encode("utf-16-le")
    none = 0xFFFFFFFF
    return struct.pack(
        "<64sHBBIII16x4x8x8xIQ",
        *(title, len(title) + 2 if name else 0, kind, 1, none),
        *(none if right is None else right, none if child is None else child),
        *(first, size),
    )
