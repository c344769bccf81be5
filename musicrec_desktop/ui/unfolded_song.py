"""What a chosen hit unfolds to: its sound, a passage of it, and what sounds like that passage."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from musicrec_desktop.core.types import Track, TrackId
from musicrec_desktop.ui.buttons import QuietButton, SecondaryButton
from musicrec_desktop.ui.passage_strip import HEIGHT, PassageStrip
from musicrec_desktop.ui.strings import clock, tr
from musicrec_desktop.ui.theme import Theme

UNFOLDED = HEIGHT + 14  # px below the row itself


class UnfoldedSong(QWidget):
    """Lies under the chosen row. Signals name the song and seconds of it."""

    similar_requested = Signal(object, float, float)  # Track, start_s, duration_s
    play_requested = Signal(object, float)  # Track, at_s

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.track: Track | None = None
        self.strip = PassageStrip(theme)
        self.play = QuietButton(theme, "", icon="play", height=30)
        self.similar = SecondaryButton(theme, "", height=30)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(self.play)
        column.addWidget(self.similar)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 14)
        layout.setSpacing(16)
        layout.addWidget(self.strip, 1)
        layout.addLayout(column)
        self.strip.moved.connect(self._on_moved)
        self.strip.chosen.connect(self.ask)
        self.similar.clicked.connect(self.ask)
        self.play.clicked.connect(self._on_play)
        self.retranslate()

    def show_track(self, track: Track) -> None:
        self.track = track
        self.strip.set_track(track)
        self._on_moved()

    def show_waveform(self, track_id: TrackId, loudness: NDArray[np.float32]) -> None:
        if self.track is not None and self.track.track_id == track_id:
            self.strip.set_waveform(loudness)

    def retranslate(self) -> None:
        self.similar.setText(tr("search.similar_passage"))
        self.similar.setToolTip(f"{tr('search.similar_passage')} (Shift+M)")
        self.strip.setAccessibleName(tr("search.passage"))
        self.strip.setToolTip(tr("search.passage"))
        self._on_moved()

    @Slot()
    def ask(self) -> None:
        """What sounds like the passage in the frame?"""
        if self.track is not None:
            passage = self.strip.passage
            self.similar_requested.emit(self.track, passage.start_s, passage.duration_s)

    @Slot()
    def _on_play(self) -> None:
        if self.track is not None:
            self.play_requested.emit(self.track, self.strip.passage.start_s)

    @Slot()
    def _on_moved(self) -> None:
        passage = self.strip.passage
        self.play.setText(tr("search.from_for", time=clock(passage.start_s), seconds=passage.duration_s))
