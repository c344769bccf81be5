"""Tags: what the file says, else what its name says; never a failure."""

import os
import struct
import time
import unicodedata
from pathlib import Path

import numpy as np
import pytest
import soundfile

from musicrec_desktop.core.types import Tags
from musicrec_desktop.intake.tags import LONGEST, clean, read_tags, tags_from_name

NOISE = np.random.default_rng(0).uniform(-0.1, 0.1, 22050).astype(np.float32)


def written(path: Path, title: str = "", artist: str = "", album: str = "") -> Path:
    """A second of noise with these tags, in the format of the extension."""
    subtype = {".opus": "OPUS"}.get(path.suffix)
    sr = 48000 if subtype else 22050
    name = {".opus": "OGG"}.get(path.suffix)
    with soundfile.SoundFile(path, "w", sr, 1, subtype=subtype, format=name) as sound:
        for field, value in (("title", title), ("artist", artist), ("album", album)):
            if value:
                setattr(sound, field, value)
        sound.write(NOISE)
    return path


@pytest.mark.parametrize("extension", ["ogg", "opus", "flac", "wav", "mp3"])
def test_tags_of_every_format(tmp_path: Path, extension: str) -> None:
    path = written(tmp_path / f"x.{extension}", "Blue", "The Band", "First")
    assert read_tags(path) == Tags("Blue", "The Band", "First")


@pytest.mark.parametrize("extension", ["ogg", "flac"])
def test_hangul_tags(tmp_path: Path, extension: str) -> None:
    path = written(tmp_path / f"x.{extension}", unicodedata.normalize("NFD", "봄날"), "방탄소년단")
    assert read_tags(path) == Tags("봄날", "방탄소년단")


def test_the_real_music_has_tags(music: Path) -> None:
    path = next((music / "catalogue").rglob("librosa_dance-of-the-sugar-plum-fairy*"))
    assert read_tags(path) == Tags("Dance of the Sugar Plum Fairy", "Kevin MacLeod", "librosa example data")


def test_without_tags_the_name_speaks(tmp_path: Path) -> None:
    assert read_tags(written(tmp_path / "03 - Somebody - Some Song.wav")) == Tags("Some Song", "Somebody")
    assert read_tags(written(tmp_path / "Somebody - Some Song.flac", artist="Else")) == Tags("Some Song", "Else")


@pytest.mark.parametrize(
    ("stem", "tags"),
    [
        ("Artist - Title", Tags("Title", "Artist")),
        ("01. Artist – Title - Live", Tags("Title - Live", "Artist")),
        ("07_some_song", Tags("07 some song")),
        ("99 Luftballons", Tags("99 Luftballons")),
        ("2-Step", Tags("2-Step")),
        ("1.5 Hours", Tags("1.5 Hours")),
        ("1-800", Tags("1-800")),
        ("12 - 13", Tags("13", "12")),
        ("Just-a-name", Tags("Just-a-name")),
        (" - ", Tags("-")),
        ("아이유 - 밤편지", Tags("밤편지", "아이유")),
        ("05", Tags("05")),
    ],
)
def test_names(stem: str, tags: Tags) -> None:
    assert tags_from_name(stem) == tags


def test_texts_are_one_clean_line() -> None:
    assert clean("a\0b\tc\r\nd \x1b[31m") == "ab c d [31m"
    assert clean(unicodedata.normalize("NFD", "é")) == "é"
    assert clean("bad \udce9 byte") == "bad \N{REPLACEMENT CHARACTER} byte"
    assert clean("<b> ' \" \u202e") == "<b> ' \" \u202e", "shown literally"
    assert clean(None) == ""
    assert len(clean("x" * 10_000)) == LONGEST


def test_hostile_tags_never_fail(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    path = tmp_path / "Some Name.mp3"
    originals = [
        written(tmp_path / f"o.{name}", "T" * 50, "A" * 50, "B" * 50).read_bytes()[:4000]
        for name in ("ogg", "flac", "wav", "mp3", "opus")
    ]
    for number in range(300):
        content = bytearray(originals[number % len(originals)])
        for _ in range(rng.integers(1, 30)):
            content[rng.integers(0, min(len(content), 400))] = rng.integers(0, 256)
        path.write_bytes(content)
        assert read_tags(path).title
    path.write_bytes(b"ID3\x04\x00\x00\x7f\x7f\x7f\x7f" + b"TIT2" + struct.pack(">I", 2**31 - 1) + b"\x00" * 50)
    assert read_tags(path) == Tags("Some Name")


def test_a_list_without_end_is_left(tmp_path: Path) -> None:
    path = tmp_path / "Some Name.wav"
    path.write_bytes(b"RIFF\0\0\0\0WAVE" + bytes(8 * 2**20))  # a million chunks without content
    began = time.monotonic()
    assert read_tags(path) == Tags("Some Name")
    assert time.monotonic() - began < 1.0


@pytest.mark.skipif(os.name == "nt", reason="Windows' names are Unicode always")
def test_names_from_other_systems(tmp_path: Path) -> None:
    names = {
        unicodedata.normalize("NFD", "방탄소년단 - 봄날").encode(): Tags("봄날", "방탄소년단"),
        "방탄소년단 - 봄날".encode("cp949"): Tags("봄날", "방탄소년단"),
        "방탄소년단 - 봄날".encode("cp949").decode("latin-1").encode(): Tags("봄날", "방탄소년단"),
        b"Caf\xe9 - Ol\xe9": Tags("Olé", "Café"),
    }
    for name, tags in names.items():
        assert read_tags(tmp_path / os.fsdecode(name + b".wav")) == tags


def test_the_format_is_told_by_the_content(tmp_path: Path) -> None:
    path = written(tmp_path / "x.ogg", "Blue", "The Band").rename(tmp_path / "x.mp3")
    assert read_tags(path) == Tags("Blue", "The Band")


@pytest.mark.parametrize("extension", ["ogg", "opus", "flac", "wav"])
def test_comments_that_are_not_the_unicode_they_claim(tmp_path: Path, extension: str) -> None:
    path = written(tmp_path / f"x.{extension}", "ABCD", "EFGHIJKLMN")
    content = path.read_bytes()
    content = content.replace(b"ABCD", "봄날".encode("cp949")).replace(b"EFGHIJKLMN", "방탄소년단".encode("cp949"))
    path.write_bytes(content)
    assert read_tags(path) == Tags("봄날", "방탄소년단")


def test_a_missing_file_has_its_name(tmp_path: Path) -> None:
    assert read_tags(tmp_path / "A - B.ogg") == Tags("B", "A")
