"""Capture: what is played is what is recorded, and every way to lose the device is noticed."""

import threading
import time
from collections.abc import Callable

import numpy as np
import pytest

from musicrec_desktop.audio import capture, devices, portaudio
from musicrec_desktop.audio.capture import MicCapture
from musicrec_desktop.audio.devices import InputDevice
from musicrec_desktop.audio.portaudio import HostDevice, OnBlock, OnFinished, OpenStream
from musicrec_desktop.core.errors import DeviceLost, MicrophoneDenied, NoInputDevice
from musicrec_desktop.core.types import Excerpt, Floats
from tests.pulse import Pulse
from tests.signals import melody, sine

SR = 44100
FAKE = InputDevice("a fake", "microphone", True, HostDevice(0, "a fake", "none", 1, SR, True, True))


class FakeDevice:
    """An opener; the test delivers the blocks."""

    def __init__(self, *, hangs_on_close: bool = False) -> None:
        self.closed = threading.Event()
        self._may_close = threading.Event()
        if not hangs_on_close:
            self._may_close.set()

    def __call__(self, device: InputDevice, on_block: OnBlock, on_finished: OnFinished) -> OpenStream:
        self.on_block, self.on_finished = on_block, on_finished
        return OpenStream(SR, self._close)

    def deliver(self, samples: Floats, *, overflow: bool = False) -> None:
        for begin in range(0, len(samples), 1024):
            self.on_block(samples[begin : begin + 1024, None], overflow)

    def release(self) -> None:
        self._may_close.set()

    def _close(self) -> None:
        self._may_close.wait()
        self.closed.set()


class Losses:
    """Collects what `on_lost` says."""

    def __init__(self) -> None:
        self.errors: list[DeviceLost] = []
        self._happened = threading.Event()

    def __call__(self, error: DeviceLost) -> None:
        self.errors.append(error)
        self._happened.set()

    def within(self, seconds: float) -> bool:
        return self._happened.wait(seconds)


def wait_for(condition: Callable[[], object], within_s: float = 10.0) -> None:
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


def likeness(recorded: Floats, played: Floats) -> float:
    """The highest correlation of the whole of what was played with any stretch of what was recorded."""
    n = 1 << (len(recorded) + len(played)).bit_length()
    products = np.fft.irfft(np.fft.rfft(recorded, n) * np.conj(np.fft.rfft(played, n)), n)
    at = int(np.argmax(products[: len(recorded) - len(played) + 1]))
    return float(np.corrcoef(recorded[at : at + len(played)], played)[0, 1])


def test_what_is_played_is_recorded(pulse: Pulse) -> None:
    song = melody(3.0, sr=SR)
    mic = MicCapture()
    wait_for(lambda: mic.position() > 0)
    mark = mic.position()
    pulse.play(song, wait=True)
    wait_for(lambda: mic.excerpt(mark, 3.5))
    excerpt = mic.recorded_since(mark)
    assert mic.close(wait_s=5.0)
    assert excerpt.sr == mic.sr == SR
    assert likeness(excerpt.samples, song.samples) > 0.99
    assert mic.overflows == 0


def test_what_the_computer_plays_is_recorded_from_its_monitor(pulse: Pulse) -> None:
    pulse.pactl("load-module", "module-null-sink", "sink_name=silent", "norewinds=1")
    monitors = [each for each in devices.list_inputs() if each.kind == "monitor"]
    by_source = {each.pulse_source: MicCapture(each) for each in monitors}
    for each in by_source.values():
        wait_for(lambda each=each: each.position() > 0)
    pulse.play(sine(440, 1.0, sr=SR), wait=True)
    heard = {source: each.take(1.5) for source, each in by_source.items()}
    assert all(each.close(wait_s=5.0) for each in by_source.values())
    assert np.abs(heard["testmic.monitor"].samples).max() == pytest.approx(0.3, abs=0.01)
    assert np.abs(heard["silent.monitor"].samples).max() == 0


def test_a_suspended_source_is_noticed_within_two_seconds(pulse: Pulse) -> None:
    losses = Losses()
    mic = MicCapture(on_lost=losses)
    wait_for(lambda: mic.position() > SR // 2)
    began = time.monotonic()
    pulse.suspend()
    assert losses.within(5.0)
    assert time.monotonic() - began < 2.2
    assert losses.errors[0].device_name == mic.device.name
    assert losses.errors[0].kept_s > 0.4
    assert mic.take(0.4).duration_s == 0.4


def test_a_killed_server_is_noticed(pulse: Pulse) -> None:
    losses = Losses()
    mic = MicCapture(on_lost=losses)
    wait_for(lambda: mic.position() > 0)
    pulse.kill()
    assert losses.within(3.0)
    assert len(losses.errors) == 1
    with pytest.raises(NoInputDevice):
        MicCapture(mic.device)


def test_a_frozen_server_is_noticed_and_closing_does_not_hang(pulse: Pulse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capture, "OPEN_S", 0.5)
    losses = Losses()
    mic = MicCapture(on_lost=losses)
    wait_for(lambda: mic.position() > 0)
    pulse.freeze()
    assert losses.within(3.0)
    began = time.monotonic()
    mic.close(wait_s=0.1)
    with pytest.raises(NoInputDevice):
        MicCapture(mic.device)
    assert time.monotonic() - began < 1.5
    pulse.thaw()
    assert mic.close(wait_s=10.0)
    wait_for(portaudio.refresh)  # the stream that opens too late is closed, too


def test_an_excerpt_is_there_when_all_of_it_has_arrived() -> None:
    device = FakeDevice()
    mic = MicCapture(FAKE, ring_s=10.0, opener=device)
    sound = melody(12.0, sr=SR)
    device.deliver(sound.samples[:SR])
    mark = mic.position()
    assert mark == SR
    device.deliver(sound.samples[SR : 7 * SR - 1])
    assert mic.excerpt(mark, 6.0) is None
    device.deliver(sound.samples[7 * SR - 1 : 12 * SR])
    excerpt = mic.excerpt(mark, 6.0)
    assert excerpt is None  # the ring reaches back ten seconds
    excerpt = mic.excerpt(mark + 2 * SR, 6.0)
    assert isinstance(excerpt, Excerpt)
    np.testing.assert_array_equal(excerpt.samples, sound.samples[3 * SR : 9 * SR])
    np.testing.assert_array_equal(mic.take(6.0).samples, sound.samples[6 * SR :])
    np.testing.assert_array_equal(mic.recorded_since(11 * SR).samples, sound.samples[11 * SR :])
    assert mic.close(wait_s=5.0)
    assert device.closed.is_set()


def test_overflows_are_counted_and_channels_averaged() -> None:
    device = FakeDevice()
    mic = MicCapture(FAKE, opener=device)
    device.deliver(np.zeros(2048, np.float32), overflow=True)
    device.on_block(np.array([[0.2, 0.4]], np.float32), False)
    assert mic.overflows == 2
    assert mic.take(1.0).samples[-1] == pytest.approx(0.3)
    mic.close()


def test_the_level_is_that_of_the_newest_moment() -> None:
    device = FakeDevice()
    mic = MicCapture(FAKE, opener=device)
    assert mic.level().rms_db == -120
    device.deliver(sine(440, 1.0, sr=SR, level=0.5).samples)
    assert mic.level().rms_db == pytest.approx(-9.03, abs=0.05)
    device.deliver(np.ones(SR // 10, np.float32))
    assert mic.level().clipped_share == 1.0
    mic.close()


def test_a_stream_that_ends_is_reported_once_and_closing_is_not() -> None:
    losses, device = Losses(), FakeDevice()
    mic = MicCapture(FAKE, opener=device, on_lost=losses)
    device.on_finished()
    assert losses.within(2.0)
    mic.close()
    device.on_finished()
    quiet, device = Losses(), FakeDevice()
    mic = MicCapture(FAKE, opener=device, on_lost=quiet)
    assert mic.close(wait_s=5.0)
    device.on_finished()
    assert not quiet.within(0.5)
    assert len(losses.errors) == 1


def test_a_driver_that_hangs_on_closing_hangs_nobody() -> None:
    device = FakeDevice(hangs_on_close=True)
    mic = MicCapture(FAKE, opener=device)
    began = time.monotonic()
    assert not mic.close()
    assert not mic.close(wait_s=0.1)
    assert time.monotonic() - began < 0.5
    device.release()
    assert mic.close(wait_s=5.0)


def test_what_the_opener_raises_comes_out() -> None:
    def denied(device: InputDevice, on_block: OnBlock, on_finished: OnFinished) -> OpenStream:
        raise MicrophoneDenied(device_name=device.name)

    with pytest.raises(MicrophoneDenied, match="a fake"):
        MicCapture(FAKE, opener=denied)
