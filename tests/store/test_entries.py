"""An entry is whole or it is not there, whatever disks and processes do to it."""

from __future__ import annotations

import errno
import os

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from conftest import history
from hypothesis import given
from hypothesis import strategies as st

from perfnb.errors import Fault
from perfnb.store import entries, parquet
from perfnb.store.history import by_indicator

DIGEST, OTHER = "a" * 64, "b" * 64
FINDINGS = (
    Fault("data/returns/a.csv", "a number", "<5", "Type it.", 3, "value", "Return", 9),
    Fault("data/returns/b.csv", "this heading", severity="warning"),
)


def keep(folder, digest=DIGEST, rows=None, findings=FINDINGS):
    """Write an entry of the made-up history."""
    rows = by_indicator(history()) if rows is None else rows
    entries.write(folder, digest, rows, findings)
    return folder / entries.FOLDER / digest


def names(folder) -> set[str]:
    """List what lies in the store."""
    return {path.name for path in (folder / entries.FOLDER).iterdir()}


# --- written and read ---------------------------------------------------------


def test_what_was_written_is_read(tmp_path):
    keep(tmp_path)
    stored, findings = entries.read(tmp_path, DIGEST)
    pd.testing.assert_frame_equal(stored.observations, by_indicator(history()))
    assert findings == FINDINGS


def test_there_is_nothing_under_another_digest(tmp_path):
    assert entries.read(tmp_path, DIGEST) is None
    keep(tmp_path)
    assert entries.read(tmp_path, OTHER) is None


def test_git_passes_the_store_over(tmp_path):
    keep(tmp_path)
    assert names(tmp_path) == {DIGEST, ".gitignore"}
    ignored = tmp_path / entries.FOLDER / ".gitignore"
    assert ignored.read_text("utf-8") == "*\n"


def test_an_entry_is_parquet_and_text_only(tmp_path):
    entry = keep(tmp_path)
    assert {path.name for path in entry.iterdir()} == {
        *("observations.parquet", "categories.parquet", "findings.json", "seal"),
    }
    for path in entry.glob("*.parquet"):
        assert path.read_bytes()[:4] == b"PAR1"


@given(
    st.lists(
        st.builds(
            Fault,
            file=st.text(),
            expected=st.text(),
            found=st.none() | st.text(),
            row=st.none() | st.integers(0, 10**9) | st.just(np.int64(7)),
            place=st.none() | st.integers(1, 60),
            severity=st.sampled_from(["error", "warning"]),
        )
    )
)
def test_any_findings_come_back_as_they_were(tmp_path_factory, findings):
    folder = tmp_path_factory.mktemp("found")
    entries._write_findings(folder, findings)
    assert entries._read_findings(folder) == tuple(findings)


# --- broken -------------------------------------------------------------------


def spoil(path, how):
    """Do to a file what disks, copying and people do."""
    content = path.read_bytes()
    if how == "gone":
        path.unlink()
        return
    middle = len(content) // 2
    path.write_bytes(
        {
            "emptied": b"",
            "cut short": content[:middle],
            "longer": content + b"\n",
            "first byte": bytes([content[0] ^ 1]) + content[1:],
            "middle byte": (
                content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
            ),
            "last byte": content[:-1] + bytes([content[-1] ^ 1]),
            "no text": b"\xff\xfe\x00",
        }[how]
    )


@pytest.mark.parametrize(
    "how",
    [
        *("gone", "emptied", "cut short", "longer", "first byte", "middle byte"),
        *("last byte", "no text"),
    ],
)
@pytest.mark.parametrize(
    "name", ["observations.parquet", "categories.parquet", "findings.json", "seal"]
)
def test_a_broken_entry_is_cleared_away_and_can_be_written_anew(tmp_path, name, how):
    entry = keep(tmp_path)
    spoil(entry / name, how)
    assert entries.read(tmp_path, DIGEST) is None
    assert names(tmp_path) == {".gitignore"}
    keep(tmp_path)
    assert entries.read(tmp_path, DIGEST)[1] == FINDINGS


def test_an_entry_under_the_digest_of_another_is_not_trusted(tmp_path):
    entry = keep(tmp_path)
    entry.rename(entry.with_name(OTHER))
    assert entries.read(tmp_path, OTHER) is None
    assert names(tmp_path) == {".gitignore"}


def test_files_of_two_entries_are_not_mixed(tmp_path):
    entry = keep(tmp_path)
    other = keep(tmp_path, OTHER, findings=())
    (entry / "findings.json").write_bytes((other / "findings.json").read_bytes())
    assert entries.read(tmp_path, DIGEST) is None
    assert entries.read(tmp_path, OTHER)[1] == ()


# --- a disk that refuses ------------------------------------------------------


@pytest.mark.parametrize("at", ["write_table", "_write_findings", "flush"])
def test_a_full_disk_leaves_nothing_behind_and_raises_nothing(
    tmp_path, monkeypatch, at
):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(parquet.pq if at == "write_table" else entries, at, full)
    keep(tmp_path)
    assert DIGEST not in names(tmp_path)
    assert names(tmp_path) <= {".gitignore"}
    assert entries.read(tmp_path, DIGEST) is None


def test_a_workbook_that_cannot_be_written_into_has_no_store(tmp_path):
    (tmp_path / entries.FOLDER).write_text("in the way", "utf-8")
    keep(tmp_path)
    assert entries.read(tmp_path, DIGEST) is None


def test_an_entry_can_be_read_where_nothing_can_be_written(tmp_path, monkeypatch):
    keep(tmp_path)

    def refused(*_, **__):
        raise PermissionError

    monkeypatch.setattr(os, "utime", refused)
    assert entries.read(tmp_path, DIGEST)[1] == FINDINGS


def test_a_broken_entry_that_cannot_be_cleared_away_is_still_not_read(
    tmp_path, monkeypatch
):
    spoil(keep(tmp_path) / "seal", "emptied")

    def refused(*_, **__):
        raise PermissionError

    monkeypatch.setattr(entries.Path, "rename", refused)
    assert entries.read(tmp_path, DIGEST) is None
    keep(tmp_path)
    assert entries.read(tmp_path, DIGEST) is None


# --- several processes --------------------------------------------------------


def test_the_first_of_two_writers_is_kept_and_the_second_minds_nothing(tmp_path):
    keep(tmp_path)
    keep(tmp_path, findings=())
    assert names(tmp_path) == {DIGEST, ".gitignore"}
    assert entries.read(tmp_path, DIGEST)[1] == FINDINGS


def test_what_is_open_can_be_read_after_the_store_was_deleted(tmp_path):
    entry = keep(tmp_path)
    stored, _ = entries.read(tmp_path, DIGEST)
    entries._discard(entry)
    assert names(tmp_path) == {".gitignore"}
    assert len(stored.observations) == 6


def test_what_another_process_is_writing_is_left_alone(tmp_path):
    unfinished = tmp_path / entries.FOLDER / ".aside-0123"
    unfinished.mkdir(parents=True)
    (unfinished / "observations.parquet").write_bytes(b"PAR1")
    keep(tmp_path)
    assert (unfinished / "observations.parquet").exists()


def test_what_a_killed_process_left_is_cleared_away_a_day_later(tmp_path):
    unfinished = tmp_path / entries.FOLDER / ".aside-0123"
    unfinished.mkdir(parents=True)
    keep(tmp_path)
    then = unfinished.stat().st_mtime - 2 * 24 * 60 * 60
    os.utime(unfinished, (then, then))
    keep(tmp_path, OTHER)
    assert names(tmp_path) == {DIGEST, OTHER, ".gitignore"}


# --- how many -----------------------------------------------------------------


def test_the_entries_used_last_are_kept(tmp_path):
    digests = [letter * 64 for letter in "abcdef"]
    for age, digest in enumerate(digests[:4]):
        entry = keep(tmp_path, digest)
        used = entry.stat().st_mtime - 1000 + age
        os.utime(entry, (used, used))
    assert entries.read(tmp_path, digests[0]) is not None
    keep(tmp_path, digests[4])
    assert names(tmp_path) == {
        ".gitignore",
        *(digests[number] for number in (0, 2, 3, 4)),
    }
    keep(tmp_path, digests[5])
    assert names(tmp_path) == {
        ".gitignore",
        *(digests[number] for number in (0, 3, 4, 5)),
    }


# --- what cannot be kept ------------------------------------------------------


@pytest.mark.parametrize(
    "error",
    [
        ValueError("no"),
        TypeError("no"),
        pa.ArrowInvalid("no"),
        pa.ArrowNotImplementedError("no"),
        pa.ArrowKeyError("no"),
        OSError(errno.ENOSPC, "no"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_what_the_forms_do_not_take_is_no_entry_and_no_error(
    tmp_path, monkeypatch, error
):
    def refuse(*_):
        raise error

    monkeypatch.setattr(parquet, "write", refuse)
    keep(tmp_path)
    assert names(tmp_path) == {".gitignore"}
    assert entries.read(tmp_path, DIGEST) is None
