"""A stranger's first minutes: a fresh home, no sound device, no network, nothing of their own."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import soundfile

from musicrec_desktop.core.paths import demonstration_folder, sample_recording
from tests.e2e.screen import Window, open_window
from tests.pieces import PIECES, SR, played

PATIENT_S = 15.0  # the machine may be busy; what is usual on a quiet one is in the README


def without_network() -> list[str]:
    """A command that runs another where there is no network; nothing where the system has no such thing."""
    if shutil.which("unshare") is None:
        return []
    for command in (["unshare", "--net"], ["unshare", "--map-root-user", "--net"]):
        if subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0:
            return command
    return []


@pytest.fixture
def stranger(tmp_path: Path) -> dict[str, str]:
    """No home, no sound server, no sound card."""
    nowhere = f"unix:{tmp_path}/none"
    return {"MUSICREC_HOME": str(tmp_path / "home"), "HOME": str(tmp_path), "PULSE_SERVER": nowhere, "LANG": "C.UTF-8"}


@pytest.fixture
def window(stranger: dict[str, str]) -> Iterator[Window]:
    with open_window(stranger, within=without_network()) as window:
        yield window


def test_songs_and_tiles_are_there_at_once_and_a_preview_plays(window: Window) -> None:
    painted = window.wait_for("painted")
    songs = window.wait_for("songs", timeout_s=PATIENT_S)
    tiles = window.seen_or_coming("tiles")
    after_s = {each["event"]: round(each["after_s"], 2) for each in (painted, songs, tiles)}
    print(f"seconds after the start of the process: {after_s}")
    assert max(after_s.values()) < PATIENT_S
    assert songs["songs"] > 9 and "demonstration" in songs["status"] and "demonstration" in songs["heading"]
    assert tiles["songs"] == songs["songs"] and tiles["tiles"] > 7
    window.click(window.seen_or_coming("settled", page="first")["library"])
    window.click(window.wait_for("settled", page="library")["cover"])
    first = window.wait_for("playing")
    later = window.wait_for("playing", timeout_s=5.0)
    while later["position_s"] < first["position_s"] + 1.0:
        later = window.wait_for("playing", timeout_s=5.0)
    assert later["title"] == first["title"]
    assert window.close() == 0


def test_the_sample_recording_leads_to_its_song(window: Window, stranger: dict[str, str]) -> None:
    place = window.wait_for("settled", timeout_s=PATIENT_S, page="first")
    window.click(place["sample"])
    window.wait_for("state", state="LISTENING")
    answer = window.wait_for("answer", timeout_s=30.0)
    assert answer["verdict"] == "match" and answer["heard_s"] == pytest.approx(6.0, abs=0.1)
    assert Path(answer["path"]).parent.parent == demonstration_folder() and answer["songs"] > 2
    assert window.close() == 0
    settings = json.loads((Path(stranger["MUSICREC_HOME"]) / "settings.json").read_text())
    assert settings == {"first": {"welcomed": True}}  # and no microphone was opened


def test_songs_of_ones_own_take_the_place_of_the_demonstration(window: Window, stranger: dict[str, str]) -> None:
    window.wait_for("settled", timeout_s=PATIENT_S, page="first")
    folder = Path(stranger["HOME"]) / "songs"
    folder.mkdir()
    for piece in PIECES:
        soundfile.write(folder / f"{piece.title}.flac", played(piece), SR)
    window.drop(folder)
    songs = window.wait_for("songs", timeout_s=60.0, songs=len(PIECES))
    assert "demonstration" not in songs["status"] + songs["heading"]
    sample = sample_recording()
    assert sample is not None
    window.drop(sample)
    answer = window.wait_for("answer", timeout_s=30.0)
    assert answer["title"] is None and answer["songs"] <= len(PIECES)
