"""The player: heard as it is in the file, from any second on, and never a caller that waits."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from musicrec_desktop.audio import playback
from musicrec_desktop.audio.capture import MicCapture
from musicrec_desktop.audio.playback import Player, PlayerState
from musicrec_desktop.audio.portaudio import FillBlock, OnFinished, OpenStream
from musicrec_desktop.core.errors import PreviewUnavailable
from musicrec_desktop.core.types import Floats
from tests.pulse import Pulse
from tests.signals import melody, sine
from tests.unit.audio.test_capture import likeness, wait_for

SR = 44100


class FakeOutput:
    """An output that takes samples when the test says so."""

    def __init__(self) -> None:
        self.opened = threading.Event()
        self.closed = threading.Event()

    def __call__(self, fill: FillBlock, on_finished: OnFinished) -> OpenStream:
        self.fill, self.on_finished = fill, on_finished
        self.opened.set()
        return OpenStream(SR, self.closed.set)

    def take(self, duration_s: float) -> Floats:
        """The next seconds, waiting like a card for what is not decoded yet by giving the decoder time."""
        assert self.opened.wait(5.0)
        blocks = []
        for _ in range(round(duration_s * SR / 441)):
            block = np.empty((441, 2), np.float32)
            self.fill(block)
            blocks.append(block)
            time.sleep(0.001)
        return np.concatenate(blocks)


class Ends:
    """What the player reports."""

    def __init__(self) -> None:
        self.finished = threading.Event()
        self.failed = threading.Event()
        self.errors: list[PreviewUnavailable] = []

    def fail(self, error: PreviewUnavailable) -> None:
        self.errors.append(error)
        self.failed.set()


@pytest.fixture
def ends() -> Ends:
    return Ends()


@pytest.fixture
def output() -> FakeOutput:
    return FakeOutput()


@pytest.fixture
def player(output: FakeOutput, ends: Ends) -> Iterator[Player]:
    player = Player(on_finished=ends.finished.set, on_error=ends.fail, volume=1.0, opener=output)
    yield player
    player.stop()


@pytest.fixture
def song(tmp_path: Path) -> Path:
    """Eight seconds, one frequency each second: 200 Hz, 300 Hz, ..."""
    seconds = [sine(200 + 100 * k, 1.0, sr=SR).samples for k in range(8)]
    path = tmp_path / "노래.wav"
    soundfile.write(path, np.concatenate(seconds), SR)
    return path


def hz_of(samples: Floats) -> float:
    """The strongest frequency of the first channel."""
    spectrum = np.abs(np.fft.rfft(samples[:, 0] * np.hanning(len(samples))))
    return float(np.argmax(spectrum) * SR / len(samples))


def decoded(player: Player, output: FakeOutput) -> None:
    """Take silence until sound comes."""
    assert output.opened.wait(5.0)
    wait_for(lambda: np.abs(output.take(0.01)).max() > 0)


def test_it_starts_at_the_second_asked_for(player: Player, output: FakeOutput, song: Path) -> None:
    assert player.state is PlayerState.STOPPED
    player.play(song, 3.0)
    assert player.state is PlayerState.PLAYING
    decoded(player, output)
    assert hz_of(output.take(0.5)) == pytest.approx(500, abs=3)
    assert player.position_s == pytest.approx(3.5, abs=0.1)


def test_pause_is_silent_and_resumes_where_it_was(player: Player, output: FakeOutput, song: Path) -> None:
    player.play(song, 1.0)
    decoded(player, output)
    player.pause()
    assert player.state is PlayerState.PAUSED
    output.take(0.1)
    paused_at = player.position_s
    assert np.abs(output.take(0.5)).max() == 0
    assert player.position_s == paused_at
    player.resume()
    assert hz_of(output.take(0.5)) == pytest.approx(300, abs=3)
    assert player.state is PlayerState.PLAYING


@pytest.mark.parametrize("paused", [True, False])
def test_seeking_goes_there_at_once(player: Player, output: FakeOutput, song: Path, *, paused: bool) -> None:
    player.play(song, 0.0)
    decoded(player, output)
    if paused:
        player.pause()
    player.seek(6.0)
    assert player.position_s == 6.0
    player.resume()
    output.take(0.2)
    wait_for(lambda: hz_of(output.take(0.05)) > 700)
    assert hz_of(output.take(0.2)) == pytest.approx(800, abs=5)
    assert 6.0 < player.position_s < 7.0


def test_the_volume_changes_without_a_step(player: Player, output: FakeOutput, song: Path) -> None:
    player.play(song)
    decoded(player, output)
    loud = output.take(0.2)
    player.volume = 0.5
    changing = output.take(0.1)
    soft = output.take(0.2)
    assert np.abs(soft).max() / np.abs(loud).max() == pytest.approx(0.25, abs=0.01)
    steepest = 0.3 * 2 * np.pi * 200 / SR
    joined = np.concatenate([loud, changing, soft])[:, 0]
    assert np.abs(np.diff(joined)).max() < steepest * 1.1


def test_the_end_is_reported_once_and_the_output_given_back(
    player: Player, output: FakeOutput, ends: Ends, song: Path
) -> None:
    player.play(song, 7.5)
    decoded(player, output)
    wait_for(lambda: output.take(0.1) is not None and ends.finished.is_set())
    assert player.state is PlayerState.STOPPED
    assert player.position_s == pytest.approx(8.0, abs=0.01)
    assert output.closed.wait(5.0)
    assert not ends.errors


def test_after_stop_nothing_is_reported(player: Player, output: FakeOutput, ends: Ends, song: Path) -> None:
    player.play(song, 7.9)
    decoded(player, output)
    player.stop()
    assert output.closed.wait(5.0)
    assert player.state is PlayerState.STOPPED
    assert not ends.finished.is_set()
    assert not ends.errors


def test_a_new_file_replaces_the_one_before(player: Player, output: FakeOutput, ends: Ends, song: Path) -> None:
    player.play(song, 0.0)
    decoded(player, output)
    output.opened.clear()
    player.play(song, 5.0)
    decoded(player, output)
    assert hz_of(output.take(0.5)) == pytest.approx(700, abs=3)
    assert not ends.errors


def test_what_cannot_be_read_is_an_error_with_its_reason(
    player: Player, output: FakeOutput, ends: Ends, tmp_path: Path
) -> None:
    player.play(tmp_path / "nowhere.mp3", track_id="t1")
    assert ends.failed.wait(5.0)
    assert (ends.errors[0].track_id, ends.errors[0].detail) == ("t1", "missing")
    assert player.state is PlayerState.STOPPED
    assert not ends.finished.is_set()


def test_an_output_that_takes_nothing_is_an_error(
    player: Player, output: FakeOutput, ends: Ends, song: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(playback, "STALLED_S", 0.3)
    player.play(song)
    assert ends.failed.wait(5.0)
    assert "takes nothing" in ends.errors[0].detail


def test_a_file_is_heard_as_it_is(pulse: Pulse, ends: Ends, tmp_path: Path) -> None:
    path = tmp_path / "song.flac"
    excerpt = melody(3.0, sr=22050)
    soundfile.write(path, np.stack([excerpt.samples, excerpt.samples], axis=1), 22050)
    player = Player(on_finished=ends.finished.set, on_error=ends.fail, volume=1.0)
    mic = MicCapture()
    wait_for(lambda: mic.position() > 0)
    # A machine that is busy elsewhere may lose a block of sound on the way through the server, but not every time.
    assert any(likeness(heard(player, path, mic, ends), melody(3.0, sr=SR).samples) > 0.99 for _ in range(3))
    assert mic.close(wait_s=5.0)
    assert not ends.errors


def heard(player: Player, path: Path, mic: MicCapture, ends: Ends) -> Floats:
    """What the microphone hears of the file, which is stopped for a moment as it begins."""
    mark = mic.position()
    began = time.monotonic()
    ends.finished.clear()
    player.play(path)
    player.pause()
    player.resume()
    assert time.monotonic() - began < 0.05
    assert ends.finished.wait(10.0)
    wait_for(lambda: mic.excerpt(mark, 3.5))
    return mic.recorded_since(mark).samples


def test_without_an_output_it_runs_in_silence_and_says_so_once(
    pulse: Pulse, ends: Ends, song: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULSE_SERVER", f"unix:{pulse.folder / 'nobody'}")
    told: list[str] = []
    player = Player(on_finished=ends.finished.set, on_error=ends.fail, on_silent=lambda: told.append("silent"))
    for _ in range(2):
        player.play(song, 1.0)
        began = time.monotonic()
        wait_for(lambda: player.position_s > 1.5)
        assert 0.4 < time.monotonic() - began < 5.0
    assert told == ["silent"]
    player.pause()
    time.sleep(0.1)
    rested = player.position_s
    time.sleep(0.2)
    assert player.position_s == rested
    player.stop()
    assert not ends.failed.is_set()


@pytest.mark.parametrize("loss", [Pulse.kill, Pulse.freeze])
def test_an_output_that_goes_away_is_an_error(loss: object, pulse: Pulse, ends: Ends, song: Path) -> None:
    player = Player(on_finished=ends.finished.set, on_error=ends.fail)
    player.play(song)
    wait_for(lambda: player.position_s > 0.2)
    assert callable(loss)
    loss(pulse)
    assert ends.failed.wait(5.0)
    began = time.monotonic()
    player.stop()
    assert time.monotonic() - began < 0.05
    if loss is Pulse.freeze:
        pulse.thaw()


def test_closing_ends_the_thread_that_decodes(player: Player, output: FakeOutput, song: Path) -> None:
    assert player.close()
    player.play(song)
    output.take(0.1)
    assert player.close(wait_s=5.0)
    assert player.state is PlayerState.STOPPED
