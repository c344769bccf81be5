"""`listen` and `devices` with a virtual sound card."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from musicrec_desktop.core.errors import DeviceLost
from musicrec_desktop.wiring import record
from tests.e2e.conftest import Run
from tests.pieces import ASKED
from tests.pulse import Pulse
from tests.signals import sine


def test_listen_hears_what_is_played(pulse: Pulse, home: Path, sounds: Path, run: Run) -> None:
    pulse.play(sounds / "songs" / f"{ASKED}.flac")
    outcome = run("listen", "--seconds", 6, "--limit", 3, "--json")
    (found,) = outcome.objects()
    assert outcome.status == 0 and outcome.err.startswith("Listening to ")
    assert found["file"] is None and found["excerpt"]["duration_s"] == pytest.approx(6.0, abs=0.01)
    assert found["same_recording"]["title"] == ASKED
    assert len(found["recommendations"]) == 3


def test_silence_is_refused(pulse: Pulse, home: Path, run: Run) -> None:
    outcome = run("listen", "--seconds", 3, "--json")
    assert [each["reason"] for each in outcome.objects()] == ["too_quiet"]
    assert outcome.status == 0


def test_devices_are_listed_and_one_can_be_named(pulse: Pulse, home: Path, run: Run) -> None:
    found = run("devices", "--json").objects()
    assert {each["kind"] for each in found} == {"microphone", "monitor"}
    assert all(list(each) == ["name", "kind", "default"] for each in found)
    microphone = next(each["name"] for each in found if each["kind"] == "microphone")
    assert microphone in run("devices").out
    outcome = run("listen", "--seconds", 1, "--device", microphone, "--json")
    assert outcome.status == 0 and microphone in outcome.err


def test_a_device_that_is_not_there(pulse: Pulse, home: Path, run: Run) -> None:
    outcome = run("listen", "--device", "gramophone", "--json")
    assert (outcome.status, outcome.out) == (1, "")
    assert outcome.err == "No microphone was found (gramophone); `musicrec devices` lists what can be recorded from.\n"


def test_a_device_that_goes_silent_without_an_error_ends_the_recording(pulse: Pulse) -> None:
    pulse.play(sine(440, 20.0))
    began = time.monotonic()
    with pytest.raises(DeviceLost) as caught:
        record(15.0, on_open=lambda name: pulse.suspend())
    assert time.monotonic() - began < 8.0
    assert caught.value.kept_s < 5.0


def test_without_any_device_one_sentence(home: Path, tmp_path: Path) -> None:
    nowhere = {"PULSE_SERVER": f"unix:{tmp_path}/none", "HOME": str(tmp_path), "MUSICREC_HOME": str(home)}
    command = [sys.executable, "-P", "-m", "musicrec_desktop", "listen", "--json"]
    done = subprocess.run(command, env=os.environ | nowhere, capture_output=True, text=True, check=False, timeout=60)
    if done.returncode == 0:
        pytest.skip("this machine has a sound card of its own")
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)
    assert "microphone" in done.stderr
