"""Record is clicked in the real window on a virtual screen, while songs play into a virtual sound card."""

import json
import os
from pathlib import Path

import pytest

from musicrec_desktop import cli
from tests.e2e.screen import Window, open_window
from tests.pieces import PIECES
from tests.pulse import Pulse

STALL_MS = 100.0


def listened(window: Window, place: list[int]) -> dict:
    """Click, wait for the answer."""
    window.click(place)
    window.wait_for("state", state="LISTENING")
    return window.wait_for("answer", timeout_s=30)


def place_of_record(window: Window) -> list[int]:
    """Where to click for the next take: the disc, the pill in the head, or the pill of a refusal."""
    event = window.wait_for("settled", timeout_s=30)
    return event["record"] or event["again"] or event["refusal"][0]


def settle_in(home: Path) -> None:
    """A home whose listener has seen the first page."""
    settings = {"look": {"language": "en", "theme": "dark"}, "first": {"welcomed": True}}
    (home / "settings.json").write_text(json.dumps(settings))


@pytest.fixture
def environment(home: Path, pulse: Pulse) -> dict[str, str]:
    settle_in(home)
    return {"MUSICREC_HOME": str(home), "PULSE_SERVER": os.environ["PULSE_SERVER"]}


def test_five_songs_are_named_by_clicking_record(environment: dict[str, str], pulse: Pulse, sounds: Path) -> None:
    with open_window(environment) as window:
        painted = window.wait_for("painted")
        ready = window.wait_for("ready")
        place = place_of_record(window)
        for piece in PIECES[:5]:
            pulse.play(sounds / "songs" / f"{piece.title}.flac")
            answer = listened(window, place)
            pulse.silence()
            assert answer["title"] == piece.title
            assert answer["verdict"] == "match"
            assert answer["songs"] >= 5
            assert answer["heard_s"] == pytest.approx(6.0, abs=0.1)
            place = place_of_record(window)
        print(f"painted {painted['after_s']:.2f} s, ready {ready['after_s']:.2f} s after the start")
        assert window.close() == 0


def test_the_window_never_stalls(environment: dict[str, str], pulse: Pulse, sounds: Path) -> None:
    """From the start through a recording and its answer. What else runs on the machine can only add to a stall,
    so the best of three rounds is what the window itself is answerable for."""
    longest_ms = []
    for _ in range(3):
        with open_window(environment) as window:
            place = place_of_record(window)
            pulse.play(sounds / "songs" / f"{PIECES[0].title}.flac")
            listened(window, place)
            longest_ms.append(window.wait_for("settled", state="SHOWING")["longest_stall_ms"])
            pulse.silence()
        if longest_ms[-1] <= STALL_MS:
            break
    print(f"longest stall of each round: {longest_ms} ms")
    assert min(longest_ms) <= STALL_MS


def test_silence_is_refused_and_the_refusal_listens_again(environment: dict[str, str], pulse: Pulse) -> None:
    with open_window(environment) as window:
        window.wait_for("ready")
        answer = listened(window, place_of_record(window))
        assert (answer["verdict"], answer["reason"]) == ("none", "too_quiet")
        answer = listened(window, place_of_record(window))
        assert answer["reason"] == "too_quiet"


def test_space_and_escape_in_the_real_window(environment: dict[str, str], pulse: Pulse) -> None:
    with open_window(environment) as window:
        window.wait_for("ready")
        window.wait_for("settled")
        window.key("space")
        window.wait_for("state", state="LISTENING")
        window.key("Escape")
        window.wait_for("state", state="ARMED")


def test_the_armed_microphone_is_remembered(environment: dict[str, str], home: Path, pulse: Pulse) -> None:
    with open_window(environment) as window:
        window.wait_for("ready")
        window.wait_for("settled", state="READY")
        window.key("space")
        window.wait_for("state", state="LISTENING")
        window.key("Escape")
        window.wait_for("state", state="ARMED")
        window.close()
    assert json.loads((home / "settings.json").read_text())["audio"]["armed"] is True
    with open_window(environment) as window:
        window.wait_for("state", state="ARMED")


def test_without_a_sound_server_the_window_stays_and_says_so(home: Path, tmp_path: Path) -> None:
    (home / "settings.json").write_text('{"first": {"welcomed": true}}')
    nowhere = {"MUSICREC_HOME": str(home), "PULSE_SERVER": f"unix:{tmp_path}/none", "HOME": str(tmp_path)}
    with open_window(nowhere) as window:
        window.wait_for("ready")
        window.click(place_of_record(window))
        window.wait_for("state", state="UNAVAILABLE")
        assert window.close() == 0


def test_without_a_model_the_window_stays(environment: dict[str, str], tmp_path: Path, pulse: Pulse) -> None:
    with open_window(environment | {"MUSICREC_MODEL": str(tmp_path)}) as window:
        window.wait_for("painted")
        window.wait_for("state", state="UNAVAILABLE")
        assert window.close() == 0


def test_five_real_songs_are_named(music: Path, tmp_path: Path, pulse: Pulse) -> None:
    songs = sorted(path for path in (music / "catalogue").rglob("*") if path.is_file())[::6]
    with pytest.MonkeyPatch.context() as patch, pytest.raises(SystemExit) as left:
        patch.setenv("MUSICREC_HOME", str(tmp_path))
        cli.main(["import", *map(str, songs), "--json"])
    assert not left.value.code
    settle_in(tmp_path)
    with open_window({"MUSICREC_HOME": str(tmp_path)}) as window:
        window.wait_for("ready")
        place = place_of_record(window)
        for path in songs[1:20:4]:
            pulse.play(path)
            answer = listened(window, place)
            pulse.silence()
            assert answer["path"] == str(path)
            assert answer["songs"] >= 5
            place = place_of_record(window)
