"""Previews: which song plays, from which moment, and what comes after it; the player bar shows it."""

import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from musicrec_desktop.core.errors import MusicRecError, PreviewUnavailable
from musicrec_desktop.core.types import Track

_POSITION_MS = 100
_RESTART_S = 3.0  # "previous" later than this begins the song again


class Playback(Protocol):
    """What is needed of `audio.playback.Player`, which works in threads of its own."""

    @property
    def position_s(self) -> float: ...
    @property
    def playing(self) -> bool: ...
    @property
    def finished(self) -> bool: ...
    @property
    def error(self) -> MusicRecError | None: ...
    def play(self, path: Path, *, start_s: float = 0.0) -> None: ...
    def pause(self) -> None: ...
    def resume(self) -> None: ...
    def stop(self) -> None: ...
    def seek(self, position_s: float) -> None: ...
    def set_volume(self, volume: float) -> None: ...


class PreviewPlayer(QObject):
    """A queue of songs and the one that plays. Pauses while the microphone listens, and goes on after."""

    track_changed = Signal(object)  # Track or None
    playing_changed = Signal(bool)
    moved = Signal(float)  # position in seconds
    held = Signal(bool)  # paused because of listening
    failed = Signal(object)  # MusicRecError
    volume_chosen = Signal(float)

    def __init__(
        self, playback: Playback, *, volume: float, shuffle: Callable[[list[Track]], None] = random.shuffle
    ) -> None:
        super().__init__()
        self._playback, self._shuffle = playback, shuffle
        self._queue: list[Track] = []
        self._at = -1
        self._held = False
        self._playing = False
        playback.set_volume(volume)
        self._timer = QTimer(self)
        self._timer.setInterval(_POSITION_MS)
        self._timer.timeout.connect(self._look)

    @property
    def track(self) -> Track | None:
        return self._queue[self._at] if 0 <= self._at < len(self._queue) else None

    @property
    def queue(self) -> list[Track]:
        return list(self._queue)

    def play(self, track: Track, at_s: float, queue: Sequence[Track] = ()) -> None:
        """Play a song from a moment; `queue` is the list it stands in, for what comes next."""
        self._queue = list(queue) if track in queue else [track]
        self._begin(self._queue.index(track), at_s)

    def play_all(self, tracks: Sequence[Track]) -> None:
        self._queue = [track for track in tracks if track.path is not None]
        if self._queue:
            self._begin(0, 0.0)

    def play_shuffled(self, tracks: Sequence[Track]) -> None:
        mixed = list(tracks)
        self._shuffle(mixed)
        self.play_all(mixed)

    @Slot()
    def toggle(self) -> None:
        if self.track is None:
            return
        if self._playing:
            self._playback.pause()
        elif self._playback.finished:
            self._begin(self._at, 0.0)
            return
        else:
            self._playback.resume()
        self._say_playing(not self._playing)

    @Slot()
    def next(self) -> None:
        if self._at + 1 < len(self._queue):
            self._begin(self._at + 1, 0.0)

    @Slot()
    def previous(self) -> None:
        if self._playback.position_s > _RESTART_S or self._at <= 0:
            self._playback.seek(0.0)
        else:
            self._begin(self._at - 1, 0.0)

    @Slot(float)
    def seek_share(self, share: float) -> None:
        if self.track is not None:
            self._playback.seek(share * self.track.duration_s)

    @Slot(float)
    def set_volume(self, volume: float) -> None:
        self._playback.set_volume(volume)
        self.volume_chosen.emit(volume)

    def hold(self, listening: bool) -> None:
        """Pause while the microphone listens, so that it does not hear this; go on after, if it was playing."""
        if listening and self._playing:
            self._playback.pause()
            self._held = True
            self._say_playing(False)
            self.held.emit(True)
        elif not listening and self._held:
            self._held = False
            self._playback.resume()
            self._say_playing(True)
            self.held.emit(False)

    def _begin(self, at: int, at_s: float) -> None:
        self._at, self._held = at, False
        track = self._queue[at]
        self.track_changed.emit(track)
        self.held.emit(False)
        if track.path is None:
            self._fail(PreviewUnavailable(track_id=track.track_id))
            return
        self._playback.play(track.path, start_s=at_s)
        self.moved.emit(at_s)
        self._say_playing(True)

    def _say_playing(self, playing: bool) -> None:
        self._playing = playing
        if playing:
            self._timer.start()
        else:
            self._timer.stop()
        self.playing_changed.emit(playing)

    def _fail(self, error: MusicRecError) -> None:
        self._say_playing(False)
        self.failed.emit(error)

    @Slot()
    def _look(self) -> None:
        """Where the playing is; what is over is followed by the next song."""
        if self._playback.error is not None:
            self._fail(self._playback.error)
            return
        self.moved.emit(self._playback.position_s)
        if not self._playback.finished:
            return
        if self._at + 1 < len(self._queue):
            self.next()
        else:
            self._say_playing(False)
