"""MicCapture: an open microphone or monitor that fills a SampleRing until it is closed or lost."""

import logging
import threading
import time
from collections.abc import Callable
from typing import Protocol

from musicrec_desktop.audio import devices, portaudio
from musicrec_desktop.audio.devices import InputDevice
from musicrec_desktop.audio.level import Level, level_of
from musicrec_desktop.audio.portaudio import OnBlock, OnFinished, OpenStream
from musicrec_desktop.audio.ring import Overwritten, SampleRing
from musicrec_desktop.core.errors import AudioError, DeviceLost, NoInputDevice
from musicrec_desktop.core.types import Excerpt, Floats, frozen

log = logging.getLogger(__name__)

RING_S = 60.0
LEVEL_S = 0.1  # what a level meter looks at
OPEN_S = 5.0  # a sound server that does not answer in this time never will
LOST_S = 1.5  # without a block: the device is gone, though PortAudio may not say so
FIRST_BLOCK_S = 4.0  # some devices, wireless ones above all, take long to start
CHECK_S = 0.2

Opener = Callable[[InputDevice, OnBlock, OnFinished], OpenStream]


class MicSource(Protocol):
    """An open microphone as its readers see it; in tests something else fills the ring.

    `played`: nobody is listened to, a recording is played instead.
    """

    @property
    def played(self) -> bool: ...

    @property
    def name(self) -> str: ...

    @property
    def ring(self) -> SampleRing: ...

    @property
    def sr(self) -> int: ...

    def close(self, *, wait_s: float = 0.0) -> bool: ...


def open_stream(device: InputDevice, on_block: OnBlock, on_finished: OnFinished) -> OpenStream:
    """The real opener."""
    return portaudio.open_input(device.host, on_block, on_finished, pulse_source=device.pulse_source)


def _ignore(error: DeviceLost) -> None:
    """Somebody who records a few seconds sees the end in the samples that are missing."""


class MicCapture:
    """Opens the device when made (None: the default). Raises NoInputDevice, MicrophoneDenied.

    `on_lost` is called once, from the watchdog's thread, when the device goes away or its blocks cease; what
    was recorded stays readable. Making one may take a moment: do it off the GUI thread.
    """

    played = False

    def __init__(
        self,
        device: InputDevice | None = None,
        *,
        ring_s: float = RING_S,
        on_lost: Callable[[DeviceLost], None] = _ignore,
        opener: Opener = open_stream,
    ) -> None:
        self.device = device or devices.choose()
        self.overflows = 0  # times the system lost samples because we were late
        self._on_lost = on_lost
        self._is_closed = False
        self._wake = threading.Event()
        self._ring: SampleRing | None = None
        self._stream = _opened_in_time(opener, self.device, self._on_block, self._wake.set)
        self.sr = self._stream.sr
        self.ring = self._ring = SampleRing(round(ring_s * self.sr), self.sr)
        self._watchdog = threading.Thread(target=self._watch, name="microphone watchdog", daemon=True)
        self._watchdog.start()

    @property
    def name(self) -> str:
        return self.device.name

    def position(self) -> int:
        """Now, as a mark to record from."""
        return self.ring.written

    def excerpt(self, start_position: int, duration_s: float) -> Excerpt | None:
        """Exactly `duration_s` from a mark on; None while it is not all there, or no longer there."""
        end = start_position + round(duration_s * self.sr)
        if end > self.ring.written:
            return None
        try:
            return Excerpt(frozen(self.ring.between(start_position, end)), self.sr)
        except Overwritten:
            return None

    def recorded_since(self, start_position: int) -> Excerpt:
        """Everything from a mark on, as far as the ring reaches."""
        return Excerpt(frozen(self.ring.since(start_position)[0]), self.sr)

    def take(self, duration_s: float) -> Excerpt:
        """The newest seconds, fewer where there are fewer."""
        return Excerpt(frozen(self.ring.latest(round(duration_s * self.sr))), self.sr)

    def level(self, duration_s: float = LEVEL_S) -> Level:
        """Of the newest moment."""
        return level_of(self.ring.latest(round(duration_s * self.sr)))

    def close(self, *, wait_s: float = 0.0) -> bool:
        """Stop recording; the ring stays readable. Returns at once, or when closed within `wait_s` (then True).

        The driver is called from a thread of its own: with a sound server that hangs it never comes back.
        """
        if not self._is_closed:
            self._is_closed = True
            self._wake.set()
            self._closer = threading.Thread(target=self._stream.close, name="microphone closing", daemon=True)
            self._closer.start()
        self._closer.join(wait_s)
        return not self._closer.is_alive()

    def _on_block(self, samples: Floats, overflow: bool) -> None:
        self.overflows += overflow
        if self._ring is not None:
            self._ring.write(samples[:, 0] if samples.shape[1] == 1 else samples.mean(axis=1))

    def _watch(self) -> None:
        """Report the loss of the device, by whatever sign it shows."""
        written, changed, patience_s = 0, time.monotonic(), FIRST_BLOCK_S
        while not self._wake.wait(CHECK_S):
            now = time.monotonic()
            if self.ring.written != written:
                written, changed, patience_s = self.ring.written, now, LOST_S
            elif now - changed > patience_s:
                break
        if not self._is_closed:
            log.info("lost %s after %d samples", self.device.name, self.ring.written)
            self.close()
            self._on_lost(DeviceLost(device_name=self.device.name, kept_s=self.ring.written / self.sr))


def _opened_in_time(opener: Opener, device: InputDevice, on_block: OnBlock, on_finished: OnFinished) -> OpenStream:
    """Open in a thread that may be left behind; what opens too late is closed again."""
    outcome: list[OpenStream | AudioError] = []
    decision, done = threading.Lock(), threading.Event()
    waiting = [True]

    def work() -> None:
        result: OpenStream | AudioError
        try:
            result = opener(device, on_block, on_finished)
        except AudioError as error:
            result = error
        with decision:
            outcome.append(result)
            too_late = not waiting
        done.set()
        if too_late and isinstance(result, OpenStream):
            result.close()

    threading.Thread(target=work, name="microphone opening", daemon=True).start()
    done.wait(OPEN_S)
    with decision:
        waiting.clear()
        result = outcome[0] if outcome else NoInputDevice(device_name=device.name)
    if isinstance(result, OpenStream):
        return result
    raise result
