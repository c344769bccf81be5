"""The picture of the hit that is unfolded: asked for once it has stayed so for a moment, shown when it comes."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Slot

from musicrec_desktop.core.types import Track, TrackId
from musicrec_desktop.ui.hit_list import HitList

_STAYS_MS = 120  # arrow keys pass over songs without reading their files


class HitWaveform(QObject):
    def __init__(self, hits: HitList, ask: Callable[[TrackId, Path], None]) -> None:
        super().__init__(hits)
        self._hits, self._ask = hits, ask
        self._track: Track | None = None
        self._stays = QTimer(self)
        self._stays.setSingleShot(True)
        self._stays.setInterval(_STAYS_MS)
        self._stays.timeout.connect(self._on_stayed)
        hits.unfolded.connect(self._on_unfolded)

    @Slot(object)
    def _on_unfolded(self, track: Track) -> None:
        self._track = track
        self._stays.start()

    @Slot()
    def _on_stayed(self) -> None:
        if self._track is not None and self._track.path is not None:
            self._ask(self._track.track_id, self._track.path)

    @Slot(str, object)
    def on_waveform(self, track_id: TrackId, shares: NDArray[np.float32]) -> None:
        """Late answers, for a song that is folded again, are dropped."""
        self._hits.song.show_waveform(track_id, shares)
