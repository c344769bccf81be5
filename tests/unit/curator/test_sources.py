"""What songs a folder holds."""

from pathlib import Path

import pytest

from musicrec_desktop.curator.errors import UnknownSongs
from musicrec_desktop.curator.sources import SongSource, chosen, path_key, read_folder, read_list


def test_a_manifest_says_which_files_are_songs_and_which_another_part(tmp_path: Path) -> None:
    text = "path,other_part,title,artist,duration_s\nb.ogg,x/b2.ogg,B,One,30\na.ogg,,,,30\n"
    (tmp_path / "manifest.csv").write_text(text, encoding="utf-8")
    (tmp_path / "not-listed.ogg").touch()
    assert read_folder(tmp_path) == [
        SongSource(tmp_path, "a.ogg", title="a"),
        SongSource(tmp_path, "b.ogg", "x/b2.ogg", "B", "One"),
    ]
    assert [song.parts for song in read_folder(tmp_path)] == [("a.ogg",), ("b.ogg", "x/b2.ogg")]


def test_without_a_manifest_every_audio_file_is_a_song(tmp_path: Path) -> None:
    (tmp_path / "음악").mkdir()
    for name in ("음악/노래.flac", "Z.MP3", "cover.jpg", "notes.txt"):
        (tmp_path / name).touch()
    assert [(song.path, song.title) for song in read_folder(tmp_path)] == [("Z.MP3", "Z"), ("음악/노래.flac", "노래")]


def test_songs_are_chosen_by_relative_or_absolute_path_or_name(tmp_path: Path) -> None:
    songs = [SongSource(tmp_path, name) for name in ("a/1.ogg", "a/2.ogg", "b/3.ogg")]
    named = chosen(songs, ["3.ogg", str(tmp_path / "a/1.ogg"), "a/1.ogg"])
    assert [song.path for song in named] == ["a/1.ogg", "b/3.ogg"]
    with pytest.raises(UnknownSongs) as caught:
        chosen(songs, ["a/1.ogg", "a/4.ogg"])
    assert caught.value.names == ["a/4.ogg"]


def test_a_list_passes_over_remarks(tmp_path: Path) -> None:
    (tmp_path / "list").write_text("# half\na.ogg\n\n b.ogg \n", encoding="utf-8")
    assert read_list(tmp_path / "list") == ["a.ogg", "b.ogg"]


def test_a_key_stands_for_the_relative_path_alone() -> None:
    assert SongSource(Path("/here"), "a.ogg").path_key == SongSource(Path("/there"), "a.ogg").path_key
    assert path_key("a.ogg") != path_key("b.ogg")
