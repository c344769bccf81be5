"""A recording in place of a microphone: in real time, with and without a loudspeaker."""

import threading
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

from musicrec_desktop.audio.played import STALLED_S, PlayedEar
from musicrec_desktop.audio.portaudio import FillBlock, OnFinished, OpenStream, PortAudioFailed
from musicrec_desktop.core.errors import UndecodableFile
from musicrec_desktop.core.types import Floats
from tests.signals import melody
from tests.unit.audio.test_capture import likeness, wait_for

SR = 22050


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "녹음.wav"
    soundfile.write(path, melody(3.0, sr=SR).samples, SR)
    return path


def no_output(fill: FillBlock, on_finished: OnFinished) -> OpenStream:
    raise PortAudioFailed("no loudspeaker")


class Loudspeaker:
    """Takes samples when the test says so."""

    def __init__(self) -> None:
        self.closed = threading.Event()

    def __call__(self, fill: FillBlock, on_finished: OnFinished) -> OpenStream:
        self.fill, self.on_finished = fill, on_finished
        self.fill(np.ones((64, 2), np.float32))  # before anything is decoded
        return OpenStream(SR, self.closed.set)

    def take(self, n_frames: int) -> Floats:
        block = np.empty((n_frames, 2), np.float32)
        self.fill(block)
        return block


def test_without_a_loudspeaker_it_is_heard_in_real_time(recording: Path) -> None:
    told: list[str] = []
    began = time.monotonic()
    ear = PlayedEar(recording, opener=no_output, on_silent=lambda: told.append("silent"))
    wait_for(lambda: ear.ring.written > ear.sr)
    assert 0.8 < time.monotonic() - began < 5.0
    heard = ear.ring.latest(ear.sr * 60)
    assert ear.close(wait_s=2.0)
    assert told == ["silent"]
    assert ear.sr == 44100
    assert likeness(heard[::2], melody(3.0, sr=SR).samples[: SR // 2]) > 0.9


def test_the_loudspeaker_and_the_ring_get_the_same_and_silence_behind_the_end(recording: Path) -> None:
    loudspeaker = Loudspeaker()
    ear = PlayedEar(recording, volume=0.5, opener=loudspeaker)
    assert ear.ring.written == 0
    sound = loudspeaker.take(SR)
    np.testing.assert_allclose(sound[:, 0], 0.25 * ear.ring.latest(SR), atol=1e-6)
    assert np.abs(sound).max() > 0.01
    loudspeaker.take(3 * SR)
    assert not loudspeaker.take(100).any()
    assert ear.ring.written == 4 * SR + 100
    ear.close(wait_s=1.0)
    assert loudspeaker.closed.is_set()
    assert not loudspeaker.take(100).any() and ear.ring.written == 4 * SR + 100


@pytest.mark.parametrize("loss", ["went away", "takes nothing"])
def test_a_loudspeaker_that_is_lost_does_not_end_it(recording: Path, loss: str) -> None:
    told = threading.Event()
    loudspeaker = Loudspeaker()
    ear = PlayedEar(recording, opener=loudspeaker, on_silent=told.set)
    loudspeaker.take(1000)
    if loss == "went away":
        loudspeaker.on_finished()
    assert told.wait(STALLED_S + 5.0)
    wait_for(lambda: ear.ring.written > 1000 + SR // 4)
    loudspeaker.take(1000)
    assert ear.close(wait_s=2.0)


def test_what_cannot_be_read_says_so_and_leaves_no_output_open(tmp_path: Path) -> None:
    path = tmp_path / "text.opus"
    path.write_text("no sound")
    loudspeaker = Loudspeaker()
    with pytest.raises(UndecodableFile):
        PlayedEar(path, opener=loudspeaker)
    assert loudspeaker.closed.wait(2.0)
