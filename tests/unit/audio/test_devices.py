"""The list of inputs, with and without a sound server."""

import subprocess
import sys

import pytest

from musicrec_desktop.audio import devices
from musicrec_desktop.core.errors import NoInputDevice
from tests.pulse import SOURCE, Pulse


def test_microphones_and_monitors_are_listed(pulse: Pulse) -> None:
    inputs = devices.list_inputs()
    assert [(each.kind, each.pulse_source, each.is_default) for each in inputs] == [
        ("microphone", SOURCE, True),
        ("monitor", "testmic.monitor", True),
    ]
    assert all(each.name for each in inputs)


def test_inputs_that_come_are_seen_and_equal_names_told_apart(pulse: Pulse) -> None:
    module = pulse.pactl("load-module", "module-null-sink", "sink_name=second").strip()
    inputs = devices.list_inputs()
    assert len(inputs) == 3
    assert len({each.name for each in inputs}) == 3
    pulse.pactl("unload-module", module)
    assert len(devices.list_inputs()) == 2


def test_an_input_is_chosen_by_name_by_part_of_it_or_by_default(pulse: Pulse) -> None:
    microphone, monitor = devices.list_inputs()
    assert devices.choose() == microphone
    assert devices.choose("") == microphone
    assert devices.choose(kind="monitor") == monitor
    assert devices.choose(monitor.name) == monitor
    assert devices.choose(SOURCE) == microphone
    assert devices.choose(microphone.name[:8].upper()) == microphone
    with pytest.raises(NoInputDevice) as caught:
        devices.choose("Stradivari")
    assert caught.value.device_name == "Stradivari"


def test_without_pactl_only_the_default_is_offered(pulse: Pulse, monkeypatch: pytest.MonkeyPatch) -> None:
    assert devices.list_inputs()[0].pulse_source
    monkeypatch.setenv("PATH", str(pulse.folder))
    inputs = devices.list_inputs()
    assert [(each.kind, each.pulse_source) for each in inputs if each.is_default] == [("microphone", None)]


def test_a_sound_server_that_hangs_does_not_hang_the_list(pulse: Pulse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "PACTL_S", 0.2)
    devices.list_inputs()
    pulse.freeze()
    assert all(each.pulse_source is None for each in devices.list_inputs())


WITHOUT_PORTAUDIO = """
import sys
sys.modules["_sounddevice"] = None
import ctypes.util
ctypes.util.find_library = lambda name: None
import musicrec_desktop.audio.capture, musicrec_desktop.audio.playback
from musicrec_desktop.audio import devices
from musicrec_desktop.core.errors import NoInputDevice
assert "sounddevice" not in sys.modules
real = __import__
def failing(name, *rest):
    if name == "sounddevice":
        raise OSError("PortAudio library not found")
    return real(name, *rest)
import builtins
builtins.__import__ = failing
try:
    devices.list_inputs()
except NoInputDevice as error:
    print("refused", error.__cause__)
"""


def test_without_portaudio_there_is_no_input_device() -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT_PORTAUDIO], capture_output=True, text=True, check=True)
    assert done.stdout == "refused PortAudio library not found\n"


BEFORE_THE_SERVER = """
import sys, time
from musicrec_desktop.audio import devices
from musicrec_desktop.audio.capture import MicCapture
assert devices.list_inputs() == []
import os
os.environ.update(dict(each.split("=", 1) for each in sys.argv[1:]))
assert devices.refresh()
print(len(devices.list_inputs()))
mic = MicCapture()
assert not devices.refresh()
assert mic.close(wait_s=5)
assert devices.refresh()
"""


def test_a_refresh_finds_what_came_after_the_start_but_never_under_an_open_stream(pulse: Pulse) -> None:
    nowhere = {**pulse.env, "PULSE_SERVER": f"unix:{pulse.folder / 'nobody'}"}
    later = [f"PULSE_SERVER={pulse.env['PULSE_SERVER']}"]
    command = [sys.executable, "-c", BEFORE_THE_SERVER, *later]
    done = subprocess.run(command, env=nowhere, capture_output=True, text=True)
    assert (done.stdout, done.returncode) == ("2\n", 0), done.stderr
