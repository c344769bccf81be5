"""From paths to audio files."""

import os
from pathlib import Path

import pytest

from musicrec_desktop.intake.scan import FoundFile, scan

posix = pytest.mark.skipif(os.name == "nt", reason="needs links and permissions of POSIX systems")


def touch(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"")
    return path


def paths(*start: Path) -> list[Path]:
    return [found.path for found in scan(start)]


def test_folders_are_walked_in_the_order_of_names(tmp_path: Path) -> None:
    wanted = [touch(tmp_path / name) for name in ("b.flac", "c.MP3", "a/2.ogg", "a/z/1.wav", "d/0.opus")]
    for name in ("cover.jpg", "a/list.m3u8", ".hidden.mp3", ".cache/x.mp3", "d/noextension"):
        touch(tmp_path / name)
    assert paths(tmp_path) == wanted


def test_a_named_file_is_taken_whatever_it_is_called(tmp_path: Path) -> None:
    odd, hidden = touch(tmp_path / "song.bin"), touch(tmp_path / ".x")
    assert paths(odd, hidden) == [odd, hidden]


def test_nothing_comes_twice(tmp_path: Path) -> None:
    one, two = touch(tmp_path / "a" / "1.ogg"), touch(tmp_path / "a" / "2.ogg")
    assert paths(two, tmp_path, tmp_path / "a", one) == [two, one]


def test_what_is_not_there_has_a_reason(tmp_path: Path) -> None:
    gone = tmp_path / "gone.mp3"
    assert list(scan([gone])) == [FoundFile(gone, "missing")]


def test_relative_paths_become_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    song = touch(tmp_path / "music" / "a.ogg")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert paths(Path("../music/a.ogg")) == paths(Path("../music")) == paths(Path("..")) == [song]
    monkeypatch.chdir(tmp_path / "music")
    assert paths(Path("a.ogg")) == paths(Path()) == [song]


@posix
def test_links_to_files_stay_links(tmp_path: Path) -> None:
    target = touch(tmp_path / "store" / "hash1")
    folder = tmp_path / "music"
    folder.mkdir()
    (folder / "song.ogg").symlink_to(target)
    (folder / "broken.ogg").symlink_to(tmp_path / "nothing")
    assert list(scan([folder])) == [FoundFile(folder / "broken.ogg", "missing"), FoundFile(folder / "song.ogg")]


@posix
def test_circles_of_links_end(tmp_path: Path) -> None:
    song = touch(tmp_path / "a" / "1.ogg")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "a" / "self").symlink_to(tmp_path / "a" / "self")
    (tmp_path / "a" / "round.ogg").symlink_to(tmp_path / "a" / "round.ogg")
    assert paths(tmp_path)[0] == song
    assert [(found.path.name, found.reason) for found in scan([tmp_path])][1:] == [("round.ogg", "missing")]


@posix
def test_linked_folders_are_entered_once(tmp_path: Path) -> None:
    touch(tmp_path / "elsewhere" / "1.ogg")
    (tmp_path / "music").mkdir()
    (tmp_path / "music" / "x").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "music" / "y").symlink_to(tmp_path / "elsewhere")
    assert paths(tmp_path / "music") == [tmp_path / "music" / "x" / "1.ogg"]


@posix
def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.ogg")
    assert paths(tmp_path) == []
    assert list(scan([tmp_path / "pipe.ogg"])) == [FoundFile(tmp_path / "pipe.ogg", "not_a_file")]


def test_a_folder_that_cannot_be_read_has_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Root may read everything, so the refusal comes from a stand-in for the system call.
    song, closed = touch(tmp_path / "b" / "1.ogg"), tmp_path / "a"
    closed.mkdir()
    real = os.scandir

    def refusing(path: Path) -> object:
        if path == closed:
            raise PermissionError(13, "denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", refusing)
    assert list(scan([tmp_path])) == [FoundFile(closed, "denied"), FoundFile(song)]


def test_very_deep_folders(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["d"] * 400)
    song = touch(deep / "1.ogg")
    assert paths(tmp_path) == [song]
