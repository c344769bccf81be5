"""A private PulseAudio server with a virtual card: what is played into it is what its microphone hears.

Needs no session, no root and no real card. The server dies with the test process, however that ends.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import wave
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from musicrec_desktop.audio import portaudio
from musicrec_desktop.core.types import Excerpt
from tests.needs import need_programs

SINK = "testmic"
SOURCE = "testmic_in"
READY_S = 10.0

# The server is the child of a watcher that ends it when the test process is gone: a pipe's end tells it so,
# which works after SIGKILL and whatever thread started it.
WATCHER = """
import os, subprocess, sys
server = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL)
print(server.pid, flush=True)
sys.stdin.read()
server.kill()
server.wait()
"""


@dataclass
class Pulse:
    """A running server. `env` makes a process, or this one, use it."""

    folder: Path
    watcher: subprocess.Popen[str]
    pid: int
    env: dict[str, str]
    players: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def play(self, sound: Excerpt | Path, *, wait: bool = False) -> subprocess.Popen[bytes]:
        """Play an excerpt or a wav/flac/ogg file into the virtual card, by default in the background."""
        path = sound if isinstance(sound, Path) else self._written(sound)
        player = subprocess.Popen(["paplay", f"--device={SINK}", str(path)], env=self.env)
        self.players.append(player)
        if wait:
            player.wait()
        return player

    def silence(self) -> None:
        """Stop everything that plays."""
        for player in self.players:
            player.kill()
            player.wait()
        self.players.clear()

    def suspend(self, *, suspended: bool = True) -> None:
        """Suspend the microphone as a system does: its callbacks cease without an error."""
        self.pactl("suspend-source", SOURCE, str(int(suspended)))

    def freeze(self) -> None:
        os.kill(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        os.kill(self.pid, signal.SIGCONT)

    def kill(self) -> None:
        """End the server at once, as a crash would."""
        os.kill(self.pid, signal.SIGKILL)

    def pactl(self, *arguments: str) -> str:
        done = subprocess.run(["pactl", *arguments], env=self.env, capture_output=True, text=True, check=True)
        return done.stdout

    def stop(self) -> None:
        self.silence()
        if self.watcher.stdin:
            self.watcher.stdin.close()
        self.watcher.wait(timeout=10)
        if self.watcher.stdout:
            self.watcher.stdout.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _written(self, sound: Excerpt) -> Path:
        handle, name = tempfile.mkstemp(suffix=".wav", dir=self.folder)
        os.close(handle)
        with wave.open(name, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(sound.sr)
            file.writeframes((np.clip(sound.samples, -1, 1) * 32767).astype("<i2").tobytes())
        return Path(name)


def start_pulse() -> Pulse:
    """Start a server of its own folder and socket, and wait until it answers."""
    folder = Path(tempfile.mkdtemp(prefix="musicrec-pulse-"))
    env = {**os.environ, **_environment(folder)}
    command = [sys.executable, "-c", WATCHER, *_server_command(folder)]
    log = (folder / "log").open("wb")
    watcher = subprocess.Popen(
        command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, cwd="/"
    )
    log.close()
    assert watcher.stdout is not None
    pulse = Pulse(folder, watcher, int(watcher.stdout.readline()), env)
    _wait_until_ready(pulse)
    return pulse


def _environment(folder: Path) -> dict[str, str]:
    return {
        "HOME": str(folder),
        "XDG_RUNTIME_DIR": str(folder),
        "XDG_CONFIG_HOME": str(folder),
        "PULSE_RUNTIME_PATH": str(folder),
        "PULSE_STATE_PATH": str(folder),
        "PULSE_SERVER": f"unix:{folder / 'socket'}",
        "PULSE_SOURCE": SOURCE,
        "PULSE_SINK": SINK,
    }


def _server_command(folder: Path) -> list[str]:
    modules = [
        f"module-native-protocol-unix socket={folder / 'socket'} auth-anonymous=1",
        # Without norewinds the null sink loses up to two seconds of what is played.
        f"module-null-sink norewinds=1 sink_name={SINK} rate=44100 channels=2",
        f"module-remap-source source_name={SOURCE} master={SINK}.monitor",
    ]
    flags = ["-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--disable-shm=yes"]
    return ["pulseaudio", *flags, *(part for module in modules for part in ("-L", module))]


def _wait_until_ready(pulse: Pulse) -> None:
    deadline = time.monotonic() + READY_S
    while time.monotonic() < deadline:
        answer = subprocess.run(["pactl", "-f", "json", "list", "sources"], env=pulse.env, capture_output=True)
        if answer.returncode == 0 and SOURCE in (each["name"] for each in json.loads(answer.stdout)):
            return
        time.sleep(0.05)
    text = (pulse.folder / "log").read_text(errors="replace")
    pulse.stop()
    pytest.fail(f"the test sound server did not start: {text[-2000:]}")


def _refresh_devices() -> None:
    """Wait for streams of the test before, which may close late after the loss of their server."""
    deadline = time.monotonic() + READY_S
    while not portaudio.refresh():
        assert time.monotonic() < deadline, "a stream of an earlier test is still open"
        time.sleep(0.02)


@pytest.fixture
def pulse(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pulse]:
    """A sound server with a virtual microphone, for this process and its children, for one test."""
    need_programs("pulseaudio", "pactl", "paplay", packages="pulseaudio pulseaudio-utils")
    server = start_pulse()
    for name in _environment(server.folder):
        if name != "HOME":
            monkeypatch.setenv(name, server.env[name])
    if "sounddevice" in sys.modules:  # initialised before, perhaps without any server: it would know no device
        _refresh_devices()
    yield server
    server.stop()
