"""New files: all of them, whole, or none, and never over another."""

import os
from pathlib import Path

import pytest

from perfnb.errors import ParameterError
from perfnb.new_files import place


def tree(folder: Path) -> dict[str, bytes | None]:
    """List everything under a folder and what each file holds."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        if path.is_file()
        else None
        for path in sorted(folder.rglob("*"))
    }


def new(folder: Path) -> dict[Path, bytes]:
    """Name three files that are not there, two of them in folders that are not."""
    return {
        folder / "a" / "deep" / "one.txt": b"one",
        folder / "a" / "two.txt": b"two",
        folder / "three.txt": b"three",
    }


def test_files_are_put_in_their_places_with_their_folders(tmp_path):
    place(new(tmp_path))
    assert tree(tmp_path) == {
        "a": None,
        "a/deep": None,
        "a/deep/one.txt": b"one",
        "a/two.txt": b"two",
        "three.txt": b"three",
    }


@pytest.mark.parametrize("name", ["a/deep/one.txt", "a/two.txt", "three.txt"])
def test_a_file_that_is_there_keeps_all_others_out(tmp_path, name):
    there = tmp_path / name
    there.parent.mkdir(parents=True, exist_ok=True)
    there.write_bytes(b"mine")
    before = tree(tmp_path)
    with pytest.raises(ParameterError, match=rf"{there.name}' is there already"):
        place(new(tmp_path))
    assert tree(tmp_path) == before


def failing(call, at, error):
    """Give a function that fails when it is called for the nth time."""
    calls = iter(range(1, 100))

    def wrapped(*given, **named):
        if next(calls) == at:
            raise error
        return call(*given, **named)

    return wrapped


@pytest.mark.parametrize("at", [1, 2, 3])
@pytest.mark.parametrize("owner", ["write", "move"])
def test_a_full_disk_leaves_nothing_behind(tmp_path, monkeypatch, owner, at):
    (tmp_path / "a").mkdir()
    before = tree(tmp_path)
    full = OSError(28, "No space left on device", str(tmp_path / "a"))
    if owner == "write":
        monkeypatch.setattr(os, "fsync", failing(os.fsync, at, full))
    else:
        monkeypatch.setattr(Path, "replace", failing(Path.replace, at, full))
    with pytest.raises(ParameterError) as refused:
        place(new(tmp_path))
    assert "No space left on device. Nothing was written." in str(refused.value)
    assert tree(tmp_path) == before


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_run_that_is_stopped_leaves_nothing_behind(tmp_path, monkeypatch, at):
    before = tree(tmp_path)
    stopped = failing(Path.replace, at, KeyboardInterrupt())
    monkeypatch.setattr(Path, "replace", stopped)
    with pytest.raises(KeyboardInterrupt):
        place(new(tmp_path))
    assert tree(tmp_path) == before


def test_a_file_where_a_folder_should_be_is_told(tmp_path):
    (tmp_path / "a").write_bytes(b"mine")
    before = tree(tmp_path)
    with pytest.raises(ParameterError, match="cannot be written"):
        place(new(tmp_path))
    assert tree(tmp_path) == before


def test_what_an_earlier_run_left_half_written_is_written_anew(tmp_path):
    (tmp_path / ".three.txt.part").write_bytes(b"thr")
    place({tmp_path / "three.txt": b"three"})
    assert tree(tmp_path) == {"three.txt": b"three"}
