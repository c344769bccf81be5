"""PlayedEar: a recording played in real time, as though a microphone heard it."""

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from musicrec_desktop.audio.files import stereo_blocks
from musicrec_desktop.audio.loudspeaker import OutputOpener, open_default_output, open_or_silence
from musicrec_desktop.audio.ring import SampleRing
from musicrec_desktop.audio.silence import SR as SILENT_SR
from musicrec_desktop.audio.silence import open_silence
from musicrec_desktop.core.types import Floats

log = logging.getLogger(__name__)

RING_S = 60.0
LONGEST_S = 60.0  # of the recording
STALLED_S = 1.5  # a loudspeaker that takes nothing for so long is given up
CHECK_S = 0.2


def _ignore() -> None:
    """Nobody needs to know that there is no loudspeaker."""


class PlayedEar:
    """Fills its ring with a file from its beginning on, and the loudspeaker where there is one: both by one clock.

    Behind the end there is silence. Raises UndecodableFile. `on_silent()` when there is no loudspeaker, or none any
    more; the ring is filled all the same. Making one takes a moment: do it off the GUI thread.
    """

    played = True

    def __init__(
        self,
        path: Path,
        *,
        volume: float = 0.8,
        on_silent: Callable[[], None] = _ignore,
        opener: OutputOpener = open_default_output,
    ) -> None:
        self.name = path.name
        self._gain = volume**2
        self._on_silent = on_silent
        self._samples: Floats | None = None  # (n, 2), once there
        self._at = 0
        self._ring: SampleRing | None = None
        self._wake = threading.Event()
        self._closed = self._lost = False
        self._stream, heard = open_or_silence(opener, self._fill, self._wake.set)
        if not heard:
            on_silent()
        self.sr = self._stream.sr
        self.ring = self._ring = SampleRing(round(RING_S * self.sr), self.sr)
        try:
            self._samples = _whole(path, self.sr)
        except BaseException:
            self.close()
            raise
        threading.Thread(target=self._watch, name="played ear watchdog", daemon=True).start()

    def close(self, *, wait_s: float = 0.0) -> bool:
        """Stop; the ring stays readable. Returns at once, or when closed within `wait_s` (then True)."""
        self._closed = True
        self._wake.set()
        closer = threading.Thread(target=self._stream.close, name="played ear closing", daemon=True)
        closer.start()
        closer.join(wait_s)
        return not closer.is_alive()

    def _fill(self, out: Floats) -> None:
        """The card's callback."""
        out[:] = 0.0
        if not self._lost:  # it may still come round, once or twice
            self._go_on(out)

    def _go_on(self, out: Floats) -> None:
        """The next block into the loudspeaker and into the ring."""
        samples, ring = self._samples, self._ring
        if samples is None or ring is None or self._closed:
            return
        part = samples[self._at : self._at + len(out)]
        self._at += len(part)
        out[: len(part)] = part
        ring.write(out.mean(axis=1))
        out *= self._gain

    def _watch(self) -> None:
        """Go on without a loudspeaker that went away or hangs."""
        written, changed = self.ring.written, time.monotonic()
        while not (ended := self._wake.wait(CHECK_S)) and time.monotonic() - changed < STALLED_S:
            if self.ring.written != written:
                written, changed = self.ring.written, time.monotonic()
        if self._closed:
            return
        log.info("the loudspeaker %s", "went away" if ended else "takes nothing")
        threading.Thread(target=self._stream.close, name="lost output closing", daemon=True).start()
        self._lost = True
        self._stream = open_silence(self._fill_silently, _ignore)
        if self._closed:  # while silence was opened: `close` saw only the stream before it
            self._stream.close()
        else:
            self._on_silent()

    def _fill_silently(self, out: Floats) -> None:
        """Silence keeps a rate of its own; the ring's is that of the loudspeaker that is gone."""
        self._go_on(np.zeros((round(len(out) * self.sr / SILENT_SR), 2), np.float32))


def _whole(path: Path, sr: int) -> Floats:
    """The recording, (n, 2) at `sr` Hz, cut off at `LONGEST_S`."""
    found, n_frames = [np.zeros((0, 2), np.float32)], 0
    for block in stereo_blocks(path, sr=sr):
        found.append(block)
        n_frames += len(block)
        if n_frames >= LONGEST_S * sr:
            break
    return np.concatenate(found)[: round(LONGEST_S * sr)]
