"""The command: renders, checks, and says what it cannot do."""

import json
from pathlib import Path

import pytest

from tools.compose import __main__ as command
from tools.compose import catalogue
from tools.compose.shipped import LIST, chosen, read_list, song_path, tags_of, write_list, write_song

NAME = "sunday-3"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demonstration of one song."""
    folder = tmp_path_factory.mktemp("demo")
    write_list(folder, [write_song(folder, chosen([NAME])[0])])
    return folder


def test_an_unknown_song_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--check", "--only", "polka-1"]) == 2
    assert capsys.readouterr().err.strip() == "no such song: polka-1"


def test_check_finds_equal_samples_and_bytes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--folder", str(folder), "--check", "--only", NAME]) == 0
    assert "equal samples, equal bytes" in capsys.readouterr().out


def test_check_finds_other_samples(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    song = chosen([NAME])[0]
    listed = json.loads((folder / LIST).read_text(encoding="utf-8"))
    listed["songs"][0]["pcm_sha256"] = "0" * 64
    (tmp_path / LIST).write_text(json.dumps(listed), encoding="utf-8")
    song_path(tmp_path, song).parent.mkdir()
    song_path(tmp_path, song).write_bytes(song_path(folder, song).read_bytes())
    assert command.main(["--folder", str(tmp_path), "--check", "--only", NAME]) == 1
    assert "OTHER SAMPLES" in capsys.readouterr().out


def test_the_list_says_what_the_song_is(folder: Path) -> None:
    entry = read_list(folder)[NAME]
    tags = tags_of(chosen([NAME])[0])
    assert (entry["title"], entry["artist"], entry["album"]) == (tags.title, tags.artist, tags.album)
    assert 30 <= entry["samples"] / 48000 <= 40


def test_the_catalogue_is_the_same_whenever_it_is_built(folder: Path) -> None:
    first = catalogue.build(folder).read_bytes()
    assert catalogue.build(folder).read_bytes() == first
    assert [path.name for path in folder.glob("catalogue.db*")] == ["catalogue.db"]
