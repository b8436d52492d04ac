"""Records become rows as they were typed, and what is no record is told."""

import json

import pytest

from perfnb.ingest.door.limits import Limits
from perfnb.ingest.published.json_records import read_records

LIMITS = Limits(10_000, 10_000, 10, 10, 5, 3, 100)
RECORDS = [
    {"area": "E07990001", "x": "39.40", "year": 2022},
    {"area": "E07990002", "year": 2022.50, "x": None},
]


def read(folder, content, name="figures.json", limits=LIMITS):
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return read_records(path, limits, folder=folder)


def test_a_list_of_records_is_a_sheet_with_its_fields_as_headings(tmp_path):
    (sheet,), faults = read(tmp_path, {"metrics": RECORDS, "about": {"made": "up"}})
    assert sheet.name == "metrics"
    assert sheet.rows == (
        ("area", "x", "year"),
        ("E07990001", "39.40", "2022"),
        ("E07990002", "", "2022.5"),
    )
    assert faults == []


def test_numbers_are_kept_as_they_were_typed(tmp_path):
    content = '[{"a": 0.10, "b": 12345678901234567890, "c": true}]'
    (sheet,), _ = read(tmp_path, content)
    assert sheet.name is None
    assert sheet.rows[1] == ("0.10", "12345678901234567890", "true")


def test_lists_within_a_record_are_no_cells(tmp_path):
    (sheet,), _ = read(tmp_path, [{"a": "1", "b": [1, 2], "c": {"d": 3}}])
    assert sheet.rows[1] == ("1", "", "")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('[{"a": 1}', "JSON"),
        ('{"a": ', "JSON"),
        ('{"a": 1}', "a list of records"),
        ('{"a": [1, 2]}', "a list of records"),
        ("[1, 2]", "figures"),
        ("[" * 5000 + "]" * 5000, "JSON"),
        ("", "figures"),
    ],
)
def test_what_holds_no_records_is_refused_whole(tmp_path, content, said):
    sheets, faults = read(tmp_path, content)
    assert sheets == ()
    assert any(said in str(fault) for fault in faults)
    assert all(fault.file == "figures.json" for fault in faults)


def test_a_list_that_is_too_long_or_too_wide_is_told(tmp_path):
    sheets, (fault,) = read(tmp_path, {"long": [{"a": "1"}] * 6, "right": RECORDS})
    assert [sheet.name for sheet in sheets] == ["right"]
    assert (fault.sheet, fault.found) == ("long", "6 records of 1 fields")
    wide = [dict.fromkeys("abcd", "1")]
    _, (fault,) = read(tmp_path, {"wide": wide})
    assert fault.found == "1 records of 4 fields"


def test_a_file_that_is_too_large_is_not_opened(tmp_path):
    sheets, (fault,) = read(tmp_path, [{"a": "x" * 20_000}])
    assert sheets == ()
    assert fault.severity == "error"
