"""The seek bar: the sound of the track as bars, the played part in the mood's colour."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from musicrec_desktop.ui.painting import Themed, canvas, fill_round
from musicrec_desktop.ui.theme import Theme

BAR, PITCH = 2.4, 4.0
LOWEST, HIGHEST = 3.0, 28.0
HEAD_WIDTH, HEAD_HEIGHT = 2, 36
KEY_STEP_S = 5.0


class SeekBar(Themed, QWidget):
    """Position in a track. `seek` carries a share 0..1, on press, drag, and arrow keys (5 s)."""

    seek = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._loudness: NDArray[np.float32] | None = None
        self._share, self._duration_s = 0.0, 0.0
        self._mood_id: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def share(self) -> float:
        return self._share

    def set_track(self, duration_s: float, mood_id: int | None) -> None:
        """A track to move in; 0 s means none."""
        self._duration_s, self._mood_id, self._share = duration_s, mood_id, 0.0
        self._loudness = None
        self.setEnabled(duration_s > 0)
        self.update()

    def set_duration(self, duration_s: float) -> None:
        """A better known length of the same track."""
        self._duration_s = duration_s
        self.setEnabled(duration_s > 0)

    def set_waveform(self, loudness: NDArray[np.float32] | None) -> None:
        """Loudness 0..1 over the whole track, shape (n,), any n; None while it is not known."""
        self._loudness = None if loudness is None or len(loudness) == 0 else np.asarray(loudness, np.float32)
        self.update()

    def set_position(self, position_s: float) -> None:
        if self._duration_s > 0:
            self._share = max(0.0, min(1.0, position_s / self._duration_s))
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(270, HEAD_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, HEAD_HEIGHT)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._seek_to(event.position().x() / self.width())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._seek_to(event.position().x() / self.width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -KEY_STEP_S, Qt.Key.Key_Right: KEY_STEP_S}.get(event.key())
        if step is None or self._duration_s <= 0:
            super().keyPressEvent(event)
            return
        self._seek_to(self._share + step / self._duration_s)

    def _seek_to(self, share: float) -> None:
        if self._duration_s <= 0:
            return
        self._share = max(0.0, min(1.0, share))
        self.seek.emit(self._share)
        self.update()

    def bar_heights(self) -> NDArray[np.float32]:
        """Height in px of each bar, shape (n_bars,): the loudest moment of its share of the track."""
        count = max(1, int((self.width() - BAR) / PITCH) + 1)
        if self._loudness is None:
            return np.full(count, LOWEST, np.float32)
        edges = np.linspace(0, len(self._loudness), count + 1)[:-1].astype(int)
        loudest = np.maximum.reduceat(self._loudness, np.minimum(edges, len(self._loudness) - 1))
        return np.asarray(LOWEST + np.clip(loudest, 0, 1) * (HIGHEST - LOWEST), np.float32)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = canvas(self)
        if self._duration_s <= 0:
            self._paint_dots(painter)
            return
        head = self._share * self.width()
        played = self.theme.mood(self._mood_id).mark
        middle = self.height() / 2
        for index, height in enumerate(self.bar_heights().tolist()):
            x = index * PITCH
            colour = played if x + BAR / 2 <= head else self.theme.line2
            fill_round(painter, QRectF(x, middle - height / 2, BAR, height), BAR / 2, colour)
        x = min(max(0.0, head - HEAD_WIDTH / 2), self.width() - HEAD_WIDTH)
        fill_round(painter, QRectF(x, middle - HEAD_HEIGHT / 2, HEAD_WIDTH, HEAD_HEIGHT), 1, self.theme.text)

    def _paint_dots(self, painter: QPainter) -> None:
        for index in range(int(self.width() / PITCH)):
            dot = QRectF(index * PITCH, self.height() / 2 - BAR / 2, BAR, BAR)
            fill_round(painter, dot, BAR / 2, self.theme.line2)
