"""Previews: which song plays, from which moment, and what comes after it; the player bar shows it."""

import random
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from musicrec_desktop.core.central import PreviewFile
from musicrec_desktop.core.errors import MusicRecError, PreviewUnavailable
from musicrec_desktop.core.types import Track, TrackId

if TYPE_CHECKING:
    from musicrec_desktop.audio.playback import Player

_POSITION_MS = 100
_CLOSE_S = 1.0  # for the thread that decodes: what it holds must be let go before the process ends
_RESTART_S = 3.0  # "previous" later than this begins the song again
_WORTH_S = 1.0  # of a preview that is not worth beginning so near to its end


def make_player(
    *,
    on_finished: Callable[[], None],
    on_error: Callable[[PreviewUnavailable], None],
    on_silent: Callable[[], None],
    volume: float,
) -> "Player":
    """Called when something is first played: by then the analysis thread has loaded the sound library."""
    from musicrec_desktop.audio.playback import Player

    return Player(on_finished=on_finished, on_error=on_error, on_silent=on_silent, volume=volume)


class PreviewPlayer(QObject):
    """A queue of songs and the one that plays. Pauses while the microphone listens, and goes on after.

    Own songs play from their files. Of a central song `fetch` is asked for the preview, which comes by `on_preview`
    or fails by `on_preview_failed`; seconds are the song's all the same.
    """

    track_changed = Signal(object)  # Track or None
    playing_changed = Signal(bool)
    moved = Signal(float)  # position in seconds
    held = Signal(bool)  # paused because of listening
    fetching = Signal(object)  # Track whose preview is on its way; None: it is no longer
    unavailable = Signal(object)  # Track whose preview could not be had
    failed = Signal(object)  # MusicRecError
    volume_chosen = Signal(float)

    def __init__(
        self,
        make: Callable[[], "Player"],
        *,
        shuffle: Callable[[list[Track]], None] = random.shuffle,
        fetch: Callable[[TrackId], None] | None = None,
    ) -> None:
        super().__init__()
        self._make, self._shuffle, self._fetch = make, shuffle, fetch
        self._player: Player | None = None
        self._volume: float | None = None
        self._queue: list[Track] = []
        self._at = -1
        self._held = False
        self._playing = self._over = False
        self._awaited_s: float | None = None  # where to begin, while the preview is on its way
        self._arrived: PreviewFile | None = None  # a preview that came while the microphone listened
        self._part: PreviewFile | None = None  # what plays, where that is not the whole song
        self._timer = QTimer(self)
        self._timer.setInterval(_POSITION_MS)
        self._timer.timeout.connect(self._look)

    @property
    def _playback(self) -> "Player":
        if self._player is None:
            self._player = self._make()
            if self._volume is not None:
                self._player.volume = self._volume
        return self._player

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
        self._queue = [track for track in tracks if track.path is not None or self._can_fetch(track)]
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
        if self._awaited_s is not None:
            self._give_up()
            return
        if self._playing:
            self._playback.pause()
        elif self._over:
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
        if self.track is None:
            return
        if self._awaited_s is None and (self._playback.position_s > _RESTART_S or self._at <= 0):
            self._playback.seek(0.0)
        elif self._at <= 0:
            self._awaited_s = 0.0
        else:
            self._begin(self._at - 1, 0.0)

    @Slot(float)
    def seek_share(self, share: float) -> None:
        if self.track is None:
            return
        at_s = share * self.track.duration_s
        if self._awaited_s is not None:
            self._awaited_s = at_s
        elif self._part is None:
            self._playback.seek(at_s)
        else:
            self._playback.seek(min(max(0.0, at_s - self._part.start_s), self._part.duration_s))

    @Slot(float)
    def set_volume(self, volume: float) -> None:
        self._volume = volume
        if self._player is not None:
            self._player.volume = volume
        self.volume_chosen.emit(volume)

    def stop(self) -> None:
        """End for good."""
        if self._player is not None:
            self._player.close(wait_s=_CLOSE_S)

    def hold(self, listening: bool) -> None:
        """Pause while the microphone listens, so that it does not hear this; go on after, if it was playing."""
        if listening and (self._playing or self._awaited_s is not None):
            if self._playing:
                self._playback.pause()
            self._held = True
            self._say_playing(False)
            self.held.emit(True)
        elif not listening and self._held:
            self._held = False
            if self._arrived is not None:
                self._begin_part(self._arrived)
            elif self._awaited_s is None:
                self._playback.resume()
                self._say_playing(True)
            self.held.emit(False)

    def _begin(self, at: int, at_s: float) -> None:
        self._at, self._held, self._over = at, False, False
        self._awaited_s = self._arrived = self._part = None
        track = self._queue[at]
        self.fetching.emit(None)
        self.track_changed.emit(track)
        self.held.emit(False)
        if track.path is not None:
            self._playback.play(track.path, at_s, track_id=track.track_id)
            self.moved.emit(at_s)
            self._say_playing(True)
        else:
            self._begin_without_file(track, at_s)

    def _can_fetch(self, track: Track) -> bool:
        return track.source == "central" and self._fetch is not None

    def _begin_without_file(self, track: Track, at_s: float) -> None:
        if self._player is not None:
            self._player.stop()
        if not self._can_fetch(track):
            self._fail(PreviewUnavailable(track_id=track.track_id))
            return
        self._awaited_s = at_s
        self.moved.emit(at_s)
        self._say_playing(False)
        self.fetching.emit(track)
        self._fetch(track.track_id)

    def _begin_part(self, part: PreviewFile) -> None:
        """Play a preview from the wanted moment, or all of it where the moment lies elsewhere in the song."""
        track, wanted_s = self.track, self._awaited_s
        if track is None or wanted_s is None:
            return
        at_s = wanted_s - part.start_s
        at_s = at_s if 0.0 <= at_s <= part.duration_s - _WORTH_S else 0.0
        self._awaited_s, self._arrived, self._part = None, None, part
        self.fetching.emit(None)
        self._playback.play(part.path, at_s, track_id=track.track_id)
        self.moved.emit(part.start_s + at_s)
        self._say_playing(True)

    def _give_up(self) -> None:
        """No longer wait for a preview; the song can be begun again."""
        self._awaited_s = self._arrived = None
        self._over = True
        self.fetching.emit(None)
        if self._held:
            self._held = False
            self.held.emit(False)

    def _awaits(self, track_id: TrackId) -> bool:
        """Whether this song's preview is waited for; answers for others come too late."""
        return self._awaited_s is not None and self.track is not None and self.track.track_id == track_id

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
        self.moved.emit(self._playback.position_s + (self._part.start_s if self._part else 0.0))

    @Slot()
    def on_finished(self) -> None:
        """The song is over: the next one, if there is one."""
        self._over = True
        if self._at + 1 < len(self._queue):
            self.next()
        else:
            self._say_playing(False)

    @Slot(object)
    def on_error(self, error: MusicRecError) -> None:
        self._over = True
        self._fail(error)

    @Slot(str, object)
    def on_preview(self, track_id: TrackId, part: PreviewFile) -> None:
        """A preview has come; while the microphone listens it waits."""
        if not self._awaits(track_id):
            return
        if self._held:
            self._arrived = part
        else:
            self._begin_part(part)

    @Slot(str, object)
    def on_preview_failed(self, track_id: TrackId, error: MusicRecError) -> None:
        if self._awaits(track_id):
            self._give_up()
            self.unavailable.emit(self.track)
            self._fail(error)
