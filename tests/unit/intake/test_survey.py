"""A look at a folder: the same files as an import finds, by names and stamps alone."""

import os
from pathlib import Path

import pytest

from musicrec_desktop.core.cancel import Cancelled, CancelToken
from musicrec_desktop.intake.scan import scan
from musicrec_desktop.intake.survey import is_below, survey


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "music"
    for name in ("a.mp3", "B.FLAC", "notes.txt", "album/c.ogg", "album/deep/한글 노래.opus", ".hidden/d.mp3", ".e.mp3"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(name.encode())
    (folder / "empty").mkdir()
    return folder


def test_it_meets_what_an_import_finds(folder: Path, tmp_path: Path) -> None:
    if os.name != "nt":
        (folder / "album" / "round").symlink_to(folder, target_is_directory=True)
        (folder / "link.mp3").symlink_to(folder / "a.mp3")
        (folder / "nowhere.mp3").symlink_to(tmp_path / "nothing")
    seen = survey(folder)
    found = {os.fspath(file.path) for file in scan([folder]) if file.reason is None}
    assert set(seen.files) == found
    assert seen.present
    assert seen.bare == {os.fspath(folder / "empty")}
    for path, stamp in seen.files.items():
        assert stamp == (Path(path).stat().st_size, Path(path).stat().st_mtime_ns)
    if os.name != "nt":
        assert seen.unread == {os.fspath(folder / "nowhere.mp3")}, "what a broken link leads to may come back"


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    seen = survey(tmp_path / "gone")
    assert not seen.present
    assert dict(seen.files) == {}
    (tmp_path / "file").write_text("")
    assert not survey(tmp_path / "file").present


def test_it_can_be_called_off(folder: Path) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        survey(folder, token)


def test_below() -> None:
    top = os.fspath(Path(os.sep) / "music")
    assert is_below(os.fspath(Path(top) / "a.mp3"), top)
    assert is_below(top, top)
    assert not is_below(top + "more", top)
    assert is_below(os.fspath(Path(os.sep) / "a.mp3"), os.sep)
