"""The picture of the song that plays: asked for when it begins, shown when it comes."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Slot

from musicrec_desktop.core.types import Track, TrackId
from musicrec_desktop.ui.player_bar import PlayerBar


class PlayingWaveform(QObject):
    def __init__(self, bar: PlayerBar, ask: Callable[[TrackId, Path], None]) -> None:
        super().__init__(bar)
        self._bar, self._ask = bar, ask

    @Slot(object)
    def on_track(self, track: Track | None) -> None:
        if track is not None and track.path is not None:
            self._ask(track.track_id, track.path)

    @Slot(str, object)
    def on_waveform(self, track_id: TrackId, shares: NDArray[np.float32]) -> None:
        """Late answers, for a song that no longer plays, are dropped."""
        if self._bar.track is not None and self._bar.track.track_id == track_id:
            self._bar.set_waveform(shares)
