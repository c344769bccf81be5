"""Settings: sparse on disk, forgiving about what they do not know, never half written."""

import json
import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from musicrec_desktop.core.errors import SettingsError
from musicrec_desktop.core.settings import AudioSettings, LibrarySettings, LookSettings, Settings, load, save


def written(folder: Path, content: Any) -> Path:
    path = folder / "settings.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path / "none.json") == Settings()


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    audio = AudioSettings(device="마이크 (USB)", source="monitor", armed=True, take_s=10.0, volume=0.25)
    settings = Settings(audio=audio, look=LookSettings(language="ko", theme="dark"))
    path = tmp_path / "new" / "settings.json"
    save(settings, path)
    assert load(path) == settings
    assert [each.name for each in path.parent.iterdir()] == ["settings.json"]


def test_only_differences_are_written(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    save(Settings(), path)
    assert json.loads(path.read_text(encoding="utf-8")) == {}
    save(replace(Settings(), look=LookSettings(theme="dark")), path)
    assert json.loads(path.read_text(encoding="utf-8")) == {"look": {"theme": "dark"}}


@pytest.mark.parametrize("content", ["", "{", "[1, 2]", "null", '"text"'])
def test_what_is_no_object_is_an_error_with_its_path(tmp_path: Path, content: str) -> None:
    path = written(tmp_path, content)
    with pytest.raises(SettingsError) as caught:
        load(path)
    assert caught.value.path == path


def test_bytes_that_are_no_text_are_an_error(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(b"\xff\xfe{}")
    with pytest.raises(SettingsError):
        load(path)


def test_a_folder_in_its_place_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        load(tmp_path)


@pytest.mark.parametrize(
    "content",
    [
        {"audio": {"loudness": 3}},
        {"sync": {"host": "somewhere"}},
        {"audio": {"take_s": "six"}},
        {"audio": {"armed": 1}},
        {"audio": {"volume": True}},
        {"audio": {"device": None}},
        {"audio": {"source": "radio"}},
        {"look": {"theme": "blue"}},
    ],
    ids=str,
)
def test_what_is_unknown_is_a_warning_and_keeps_the_default(
    tmp_path: Path, content: Any, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert load(written(tmp_path, content)) == Settings()
    assert len(caplog.records) == 1


def test_the_rest_of_a_section_survives_one_bad_value(tmp_path: Path) -> None:
    settings = load(written(tmp_path, {"audio": {"take_s": [], "device": "USB"}}))
    assert settings.audio == AudioSettings(device="USB")


def test_a_whole_number_is_a_number(tmp_path: Path) -> None:
    assert load(written(tmp_path, {"audio": {"take_s": 8}})).audio.take_s == 8


@pytest.mark.parametrize("part", [None, 3, "x", []])
def test_a_section_that_is_no_object_keeps_its_defaults(tmp_path: Path, part: Any) -> None:
    assert load(written(tmp_path, {"audio": part})) == Settings()


@pytest.mark.parametrize("name", ["/music/새 음악", "/disk/\udcff\udcfe"])
def test_folders_are_kept_whatever_their_names(tmp_path: Path, name: str) -> None:
    settings = replace(Settings(), library=LibrarySettings(folders=(name, "/more")))
    save(settings, tmp_path / "settings.json")
    assert load(tmp_path / "settings.json") == settings


@pytest.mark.parametrize("folders", ["/music", {"a": 1}, [1, "/music"], [["/music"]], None, 5])
def test_what_is_no_list_of_names_keeps_the_default(tmp_path: Path, folders: Any) -> None:
    path = written(tmp_path, {"library": {"folders": folders}, "look": {"theme": "dark"}})
    assert load(path) == replace(Settings(), look=LookSettings(theme="dark"))
