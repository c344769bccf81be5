"""Pictures of songs: in their tags, beside them, and none where something is wrong."""

import base64
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from musicrec_desktop.intake import covers
from musicrec_desktop.intake.covers import embedded_picture, folder_picture, read_picture
from tests.needs import missing
from tests.unit.intake.pictures import flac, flac_block, m4a, mp3, png

PICTURE = png(20, 20)


@pytest.mark.parametrize(("write", "name"), [(mp3, "a.mp3"), (flac, "a.flac"), (m4a, "a.m4a")])
def test_pictures_in_tags(tmp_path: Path, write: Callable[[Path, bytes], Path], name: str) -> None:
    assert embedded_picture(write(tmp_path / name, PICTURE)) == PICTURE


def test_a_picture_in_vorbis_comments(tmp_path: Path) -> None:
    if shutil.which("ffmpeg") is None:
        missing("ffmpeg")
    block = base64.b64encode(flac_block(PICTURE)).decode()
    path = tmp_path / "a.ogg"
    command = ["ffmpeg", "-loglevel", "error", "-f", "lavfi", "-i", "sine=d=1", "-metadata"]
    subprocess.run([*command, f"METADATA_BLOCK_PICTURE={block}", str(path)], check=True, timeout=60)
    assert embedded_picture(path) == PICTURE


def test_the_front_cover_goes_before_others_and_any_before_none(tmp_path: Path) -> None:
    assert embedded_picture(mp3(tmp_path / "back.mp3", PICTURE, kind=4)) == PICTURE
    assert embedded_picture(mp3(tmp_path / "empty.mp3", b"")) is None


@pytest.mark.parametrize("data", [b"", b"ID3", b"ID3\x03\0\0\x7f\x7f\x7f\x7f", b"fLaC\x86\xff\xff\xff", b"RIFF" * 20])
def test_what_is_broken_has_no_picture(tmp_path: Path, data: bytes) -> None:
    for ending in ("mp3", "flac", "ogg", "m4a", "wav"):
        path = tmp_path / f"a.{ending}"
        path.write_bytes(data)
        assert embedded_picture(path) is None
    assert embedded_picture(tmp_path / "gone.mp3") is None
    assert embedded_picture(tmp_path) is None


def test_too_large_a_picture_is_none_and_costs_no_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = mp3(tmp_path / "huge.mp3", PICTURE + bytes(50_000_000))
    assert embedded_picture(path) is None
    monkeypatch.setattr(covers, "LARGEST", 100)
    assert read_picture(path) is None


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        (["Cover.JPG", "folder.jpg"], "Cover.JPG"),
        (["FOLDER.png", "back.jpg"], "FOLDER.png"),
        (["front-large.jpeg", "a.mp3"], "front-large.jpeg"),
        (["scan.jpg", "cover.txt", "cover.svg"], None),
        ([], None),
    ],
)
def test_pictures_beside_songs(tmp_path: Path, names: list[str], chosen: str | None) -> None:
    for name in names:
        (tmp_path / name).write_bytes(b"x")
    assert folder_picture(tmp_path) == (tmp_path / chosen if chosen else None)
    assert folder_picture(tmp_path / "nowhere") is None


def test_a_folder_named_like_a_picture_is_none(tmp_path: Path) -> None:
    (tmp_path / "cover.jpg").mkdir()
    assert folder_picture(tmp_path) is None
    assert read_picture(tmp_path / "cover.jpg") is None
