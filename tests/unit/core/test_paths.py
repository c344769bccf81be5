"""Where things are: source tree or frozen, default or moved."""

import sys
from pathlib import Path, PurePosixPath

import pytest

from musicrec_desktop.core import paths

REPOSITORY = Path(__file__).resolve().parents[3]


def test_in_the_source_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MUSICREC_MODEL", raising=False)
    assert paths.program_root() == REPOSITORY
    assert paths.resources() == REPOSITORY / "resources"
    assert paths.model_folder() == REPOSITORY / "models"


def test_frozen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("MUSICREC_MODEL", raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resources() == tmp_path / "resources"
    assert paths.model_folder() == tmp_path / "models"


def test_the_home_moves_with_everything_in_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MUSICREC_HOME", str(tmp_path / "내 음악"))
    assert paths.home() == tmp_path / "내 음악"
    for place in (paths.catalogue_file(), paths.settings_file(), paths.log_folder(), paths.cache_folder()):
        assert place.parent == paths.home()


def test_a_relative_or_tilde_folder_is_understood(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MUSICREC_MODEL", "other")
    assert paths.model_folder() == tmp_path / "other"
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("MUSICREC_HOME", "~/here")
    assert paths.home() == tmp_path / "here"


def test_an_empty_variable_means_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSICREC_HOME", "")
    monkeypatch.setenv("MUSICREC_MODEL", "")
    assert paths.home().name == "MusicRec"
    assert paths.model_folder() == REPOSITORY / "models"


def test_the_sample_recording_is_in_the_demonstration_or_nowhere(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert paths.demonstration_folder() == REPOSITORY / "resources" / "demo"
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.sample_recording() is None
    folder = tmp_path / "resources" / "demo"
    folder.mkdir(parents=True)
    (folder / "sample.opus").touch()
    assert paths.sample_recording() == folder / "sample.opus"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("/home/ann", "~"),
        ("Read from /home/ann/a.json, /home/ann.", "Read from ~/a.json, ~."),
        ("/home/anna/x /home/ann-2 /elsewhere", "/home/anna/x /home/ann-2 /elsewhere"),
    ],
)
def test_what_is_shown_to_others_names_nobody(monkeypatch: pytest.MonkeyPatch, text: str, shown: str) -> None:
    monkeypatch.setattr(Path, "home", lambda: PurePosixPath("/home/ann"))
    assert paths.without_name(text) == shown


def test_a_user_without_a_folder_is_not_named_anyway(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere() -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "home", nowhere)
    assert paths.without_name("/tmp/x") == "/tmp/x"
    monkeypatch.setattr(Path, "home", lambda: PurePosixPath("/"))
    assert paths.without_name("/tmp/x") == "/tmp/x"
