"""One digest stands for all that an answer depends on, and for nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_workbook import (
    FRAMEWORK,
    HELP,
    METHODS,
    NATIONAL_LIST,
    REFERENCE,
    REGISTERS,
    RETURNS,
    WASTE,
)

from perfnb.store import inputs
from perfnb.store.inputs import digest

PACKAGE = Path(inputs.__file__).parents[1]


def judged_from(folder: Path) -> list[Path]:
    """List every file that the judging of a workbook depends on."""
    data = [path for path in (folder / "data").rglob("*") if path.is_file()]
    return sorted([*data, folder / METHODS])


# --- what changes it ----------------------------------------------------------


@pytest.mark.parametrize("name", [FRAMEWORK, METHODS, *REGISTERS, *REFERENCE, *RETURNS])
def test_a_byte_more_less_or_other_changes_it(small_workbook, name):
    content = (small_workbook.folder / name).read_bytes()
    changed = [content + b"\n", content[:-1], content.swapcase()]
    found = {digest(small_workbook.folder)}
    for each in changed:
        small_workbook.write(name, each)
        found.add(digest(small_workbook.folder))
    assert len(found) == 4
    small_workbook.write(name, content)
    assert digest(small_workbook.folder) in found


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_other_byte_in_any_file_changes_it_and_the_old_one_restores_it(
    small_workbook, data
):
    before = digest(small_workbook.folder)
    path = data.draw(st.sampled_from(judged_from(small_workbook.folder)))
    content = path.read_bytes()
    place = data.draw(st.integers(0, len(content) - 1))
    other = bytes([content[place] ^ data.draw(st.integers(1, 255))])
    path.write_bytes(content[:place] + other + content[place + 1 :])
    try:
        assert digest(small_workbook.folder) != before
    finally:
        path.write_bytes(content)
    assert digest(small_workbook.folder) == before


@pytest.mark.parametrize(
    "name",
    [
        "data/returns/2025-26-q3/new.csv",
        "data/returns/2025-26-q3/new.xlsx",
        "data/returns/2025-26-q3/.hidden",
        "data/returns/2025-26-q4/empty.csv",
        "data/returns/receipts.csv",
        "data/registers/new.csv",
        "data/reference/new.csv",
        "data/profiles/new.yaml",
        "data/new/deeper/still.csv",
    ],
)
def test_a_file_that_comes_or_goes_changes_it(small_workbook, name):
    before = digest(small_workbook.folder)
    small_workbook.write(name, "")
    there = digest(small_workbook.folder)
    (small_workbook.folder / name).rename(small_workbook.folder / f"{name}2")
    assert len({before, there, digest(small_workbook.folder)}) == 3


def test_files_that_change_places_change_it(small_workbook):
    before = digest(small_workbook.folder)
    waste, help_given = small_workbook.text(WASTE), small_workbook.text(HELP)
    small_workbook.write(WASTE, help_given)
    small_workbook.write(HELP, waste)
    assert digest(small_workbook.folder) != before


def test_a_folder_that_comes_changes_it(small_workbook):
    before = digest(small_workbook.folder)
    (small_workbook.folder / "data" / "returns" / "2025-26-q4").mkdir()
    assert digest(small_workbook.folder) != before


def test_a_folder_of_returns_that_is_a_link_is_looked_into(small_workbook, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    quarter = small_workbook.folder / "data" / "returns" / "2025-26-q3"
    quarter.rename(elsewhere)
    quarter.symlink_to(elsewhere, target_is_directory=True)
    before = digest(small_workbook.folder)
    assert before is not None
    with (elsewhere / Path(WASTE).name).open("a", encoding="utf-8") as waste:
        waste.write("\n")
    assert digest(small_workbook.folder) != before


def test_a_link_that_leads_back_is_gone_through_once(small_workbook):
    data = small_workbook.folder / "data"
    (data / "round").symlink_to(data, target_is_directory=True)
    assert digest(small_workbook.folder) is not None


@pytest.mark.parametrize(
    ("name", "other"), [("_SOURCES", "other code"), ("_VERSIONS", ["pandas 9.9"])]
)
def test_another_version_of_the_code_changes_it(
    small_workbook, monkeypatch, name, other
):
    before = digest(small_workbook.folder)
    monkeypatch.setattr(inputs, name, other)
    assert digest(small_workbook.folder) != before


@pytest.mark.parametrize("module", ["ingest/returned/returns.py", "observations.py"])
def test_a_changed_module_of_the_package_changes_it(small_workbook, tmp_path, module):
    copied = tmp_path / "perfnb"
    shutil.copytree(PACKAGE, copied, ignore=shutil.ignore_patterns("__pycache__"))

    def told():
        script = "import sys; from pathlib import Path; import perfnb.store.inputs as i"
        script += "; print(i.__file__, i.digest(Path(sys.argv[1])))"
        done = subprocess.run(
            [sys.executable, "-c", script, small_workbook.folder],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        place, found = done.stdout.split()
        assert Path(place).is_relative_to(tmp_path)
        return found

    before = told()
    with (copied / module).open("a", encoding="utf-8") as code:
        code.write("# another\n")
    assert told() != before


# --- what does not ------------------------------------------------------------


def test_files_that_were_only_touched_change_nothing(small_workbook):
    before = digest(small_workbook.folder)
    for path in judged_from(small_workbook.folder):
        content = path.read_bytes()
        path.unlink()
        path.write_bytes(content)
        os.utime(path, (0, 0))
    assert digest(small_workbook.folder) == before


def test_a_copy_of_the_workbook_elsewhere_has_the_same(small_workbook, tmp_path):
    copied = tmp_path / "copied"
    shutil.copytree(small_workbook.folder, copied)
    assert digest(copied) == digest(small_workbook.folder)


def test_what_no_judging_looks_at_changes_nothing(small_workbook):
    before = digest(small_workbook.folder)
    small_workbook.write("notebooks/trend.ipynb", "")
    small_workbook.write("parameters/2025-26-q4.yaml", "")
    small_workbook.write("output/2025-26-q3/index.html", "")
    assert digest(small_workbook.folder) == before


# --- what cannot be known by content ------------------------------------------


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes")
def test_what_is_no_file_is_named_and_not_read(small_workbook):
    before = digest(small_workbook.folder)
    os.mkfifo(small_workbook.folder / "data" / "returns" / "pipe.csv")
    (small_workbook.folder / "data" / "gone.csv").symlink_to("nowhere.csv")
    assert digest(small_workbook.folder) not in (before, None)


def test_there_is_none_where_a_file_cannot_be_read(small_workbook, monkeypatch):
    def refused(path):
        if path.name == Path(NATIONAL_LIST).name:
            raise PermissionError(path)
        return "content"

    monkeypatch.setattr(inputs, "file_digest", refused)
    assert digest(small_workbook.folder) is None


def test_there_is_none_where_the_code_has_no_text(small_workbook, monkeypatch):
    monkeypatch.setattr(inputs, "_SOURCES", "")
    assert digest(small_workbook.folder) is None
