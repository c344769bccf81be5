"""Player: a local file on the default output, from any second on. No call to it waits for anything."""

import logging
import queue
import threading
import time
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path

import numpy as np

from musicrec_desktop.audio.files import stereo_blocks
from musicrec_desktop.audio.loudspeaker import OutputOpener, open_default_output, open_or_silence
from musicrec_desktop.audio.portaudio import FillBlock, OnFinished, OpenStream, PortAudioFailed
from musicrec_desktop.core.errors import PreviewUnavailable, UndecodableFile
from musicrec_desktop.core.types import Floats

log = logging.getLogger(__name__)

CHUNK_FRAMES = 2048
QUEUED_CHUNKS = 8  # about 0.4 s decoded ahead
WAIT_S = 0.05
STALLED_S = 2.0  # an output that takes nothing for so long is gone
BEFORE_S = 0.5  # to wait for the preview before this one to let go of the output
TAIL_S = 0.2  # what the system still holds when the last sample has been taken
RAMP_S = 0.03  # a change of volume, a pause: short enough to feel at once, long enough not to click


class PlayerState(StrEnum):
    STOPPED = "stopped"
    PLAYING = "playing"
    PAUSED = "paused"


def _ignore() -> None:
    """Nobody needs to know that there is no loudspeaker."""


class Player:
    """Plays one file at a time; a new `play` ends the one before.

    `on_finished()` when a file has been played to its end, `on_error(PreviewUnavailable)` when it cannot be:
    both are called from the voice's thread, and only for the newest `play`. Neither after `stop`.
    Without a loudspeaker a file runs all the same, in silence; `on_silent()` says so once, until there is one again.
    """

    def __init__(
        self,
        *,
        on_finished: Callable[[], None],
        on_error: Callable[[PreviewUnavailable], None],
        on_silent: Callable[[], None] = _ignore,
        volume: float = 0.8,
        opener: OutputOpener = open_default_output,
    ) -> None:
        self._on_finished = on_finished
        self._on_error = on_error
        self._on_silent = on_silent
        self._opener = opener
        self._silent = False
        self._volume = volume
        self._voice: _Voice | None = None
        self._thread: threading.Thread | None = None

    @property
    def state(self) -> PlayerState:
        voice = self._voice
        if voice is None or voice.ended:
            return PlayerState.STOPPED
        return PlayerState.PAUSED if voice.paused else PlayerState.PLAYING

    @property
    def position_s(self) -> float:
        """Where in the file it plays, or played last."""
        return self._voice.position_s if self._voice else 0.0

    @property
    def volume(self) -> float:
        return self._volume

    @volume.setter
    def volume(self, volume: float) -> None:
        """0..1 as on a slider; loudness follows its square."""
        self._volume = min(1.0, max(0.0, volume))
        if self._voice:
            self._voice.gain = self._volume**2

    def play(self, path: Path, at_s: float = 0.0, *, track_id: str = "") -> None:
        """Play from `at_s` on; `track_id` is what an error will name."""
        self.stop()
        before = self._voice.closed if self._voice else None
        voice = _Voice(path, max(0.0, at_s), track_id, gain=self._volume**2, opener=self._open, before=before)
        self._voice = voice
        self._thread = threading.Thread(target=self._run, args=(voice,), name="preview", daemon=True)
        self._thread.start()

    def pause(self) -> None:
        if self._voice:
            self._voice.paused = True

    def resume(self) -> None:
        if self._voice:
            self._voice.paused = False

    def seek(self, at_s: float) -> None:
        """Go on from another second, paused or not; nothing when stopped."""
        if self._voice:
            self._voice.seek(max(0.0, at_s))

    def stop(self) -> None:
        if self._voice:
            self._voice.ended = True

    def close(self, *, wait_s: float = 0.0) -> bool:
        """Stop for good, and wait so long for the voice's thread to end (then True)."""
        self.stop()
        if self._thread is None:
            return True
        self._thread.join(wait_s)
        return not self._thread.is_alive()

    def _open(self, fill: FillBlock, on_finished: OnFinished) -> OpenStream:
        """The loudspeaker, or silence in its place."""
        stream, heard = open_or_silence(self._opener, fill, on_finished)
        if not heard and not self._silent:
            self._on_silent()
        self._silent = not heard
        return stream

    def _run(self, voice: "_Voice") -> None:
        """The voice's thread, from opening to the end."""
        try:
            finished = voice.perform()
        except (UndecodableFile, PortAudioFailed) as error:
            self._fail(voice, error)
        except Exception as error:  # the one of this thread: the window must hear that nothing plays
            log.exception("a preview broke off")
            self._fail(voice, error)
        else:
            wanted = finished and voice is self._voice and not voice.ended
            voice.ended = True
            if wanted:
                self._on_finished()

    def _fail(self, voice: "_Voice", cause: Exception) -> None:
        wanted = voice is self._voice and not voice.ended
        voice.ended = True
        if wanted:
            detail = cause.reason if isinstance(cause, UndecodableFile) else str(cause)
            error = PreviewUnavailable(track_id=voice.track_id or str(voice.path), detail=detail)
            error.__cause__ = cause
            self._on_error(error)


class _Voice:
    """One file being played. The flags are set by the caller's thread and read by the voice's and the card's."""

    def __init__(
        self,
        path: Path,
        at_s: float,
        track_id: str,
        *,
        gain: float,
        opener: OutputOpener,
        before: threading.Event | None,
    ) -> None:
        self.path = path
        self.track_id = track_id
        self.gain = gain
        self.paused = False
        self.ended = False
        self.position_s = at_s
        self.closed = threading.Event()
        self._opener = opener
        self._before = before
        self._seek_to: float | None = at_s
        self._seeking = threading.Lock()  # between the caller's thread and the voice's; the card's only looks
        # Chunks with the second at which they begin; None behind the last one.
        self._queue: queue.Queue[tuple[float, Floats] | None] = queue.Queue(QUEUED_CHUNKS)
        self._rest: Floats = np.zeros((0, 2), np.float32)
        self._gain_now = 0.0
        self._took = time.monotonic()  # when the card last took a block
        self._all_played = threading.Event()
        self._stream_ended = threading.Event()
        self._sr = 0

    def seek(self, at_s: float) -> None:
        with self._seeking:
            self.position_s = at_s
            self._seek_to = at_s

    def perform(self) -> bool:
        """Play until the end (True) or until ended from outside. Raises UndecodableFile, PortAudioFailed."""
        if self._before is not None:  # some outputs serve only one at a time
            self._before.wait(BEFORE_S)
        stream = self._opener(self._fill, self._stream_ended.set)
        self._sr = stream.sr
        self._took = time.monotonic()
        try:
            while (at_s := self._take_seek()) is not None:
                if self._feed(at_s) and self._drained():
                    self._stream_ended.wait(TAIL_S)
                    return True
            return False
        finally:
            # A server that hangs may never let go: not this thread's to wait for.
            threading.Thread(target=self._close, args=(stream,), name="preview closing", daemon=True).start()

    def _close(self, stream: OpenStream) -> None:
        stream.close()
        self.closed.set()

    def _take_seek(self) -> float | None:
        """The second to go to; what was decoded for another place is dropped. None once it has ended."""
        if self.ended:
            return None
        with self._seeking:
            # In this order: while a seek is pending the card takes nothing from the queue.
            while not self._queue.empty():
                self._queue.get_nowait()
            self._all_played.clear()
            at_s, self._seek_to = self._seek_to, None
        return at_s

    def _feed(self, at_s: float) -> bool:
        """Decode into the queue until the file's end; False when a seek or the end came first."""
        position_s = at_s
        for chunk in _chunks(stereo_blocks(self.path, start_s=at_s, sr=self._sr)):
            if not self._put((position_s, chunk)):
                return False
            position_s += len(chunk) / self._sr
        return self._put(None)

    def _put(self, item: tuple[float, Floats] | None) -> bool:
        while not self.ended and self._seek_to is None:
            self._check_output()
            try:
                self._queue.put(item, timeout=WAIT_S)
            except queue.Full:
                continue
            return True
        return False

    def _drained(self) -> bool:
        """Wait until the last chunk has been played; False when a seek or the end came first."""
        while not self._all_played.wait(WAIT_S):
            if self.ended or self._seek_to is not None:
                return False
            self._check_output()
        return True

    def _check_output(self) -> None:
        if self._stream_ended.is_set():
            raise PortAudioFailed("the output went away")
        if time.monotonic() - self._took > STALLED_S:
            raise PortAudioFailed("the output takes nothing")

    def _fill(self, out: Floats) -> None:
        """The sound card's callback: what is queued, at the gain of the moment; silence where there is nothing."""
        self._took = time.monotonic()
        target = 0.0 if self.paused or self.ended else self.gain
        out[:] = 0.0
        if target == 0.0 == self._gain_now and (self.paused or self.ended):
            return
        n_filled = 0
        while n_filled < len(out) and self._has_rest():
            part = self._rest[: len(out) - n_filled]
            out[n_filled : n_filled + len(part)] = part
            self._rest = self._rest[len(part) :]
            self.position_s += len(part) / self._sr
            n_filled += len(part)
        out *= self._ramp(target, len(out))[:, None]

    def _has_rest(self) -> bool:
        if self._seek_to is not None:
            return False
        if len(self._rest):
            return True
        try:
            item = self._queue.get_nowait()
        except queue.Empty:
            return False
        if item is None:
            self._all_played.set()
            return False
        self.position_s, self._rest = item
        return True

    def _ramp(self, target: float, n_frames: int) -> Floats:
        """From the present gain towards the target, at full scale in RAMP_S."""
        step = 1.0 / (RAMP_S * max(1, self._sr))
        n_ramp = max(1.0, abs(target - self._gain_now) / step)
        progress = np.minimum(np.arange(1, n_frames + 1, dtype=np.float32) / n_ramp, 1.0)
        ramp: Floats = (self._gain_now + (target - self._gain_now) * progress).astype(np.float32)
        self._gain_now = target if n_ramp <= n_frames else float(ramp[-1])
        return ramp


def _chunks(blocks: Iterator[Floats]) -> Iterator[Floats]:
    for block in blocks:
        for begin in range(0, len(block), CHUNK_FRAMES):
            yield block[begin : begin + CHUNK_FRAMES]
