"""The seek bar: the sound of the track as bars, the played part in the mood's colour.

It moves ten times a second for as long as something plays: only what the head has passed over is painted anew.
"""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from musicrec_desktop.ui.painting import Themed, canvas, fill_round
from musicrec_desktop.ui.theme import Theme

BAR, PITCH = 2.4, 4.0
LOWEST, HIGHEST = 3.0, 28.0
HEAD_WIDTH, HEAD_HEIGHT = 2, 36
KEY_STEP_S = 5.0


class SeekBar(Themed, QWidget):
    """Position in a track. `seek` carries a share 0..1, on press, drag, arrow keys (5 s), Home and End."""

    seek = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._loudness: NDArray[np.float32] | None = None
        self._heights: list[float] | None = None  # of the bars at this width
        self._share, self._duration_s = 0.0, 0.0
        self._painted = 0.0  # where the head was asked to be painted last
        self._mood_id: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def share(self) -> float:
        return self._share

    def set_track(self, duration_s: float, mood_id: int | None) -> None:
        """A track to move in; 0 s means none."""
        self._duration_s, self._mood_id, self._share, self._painted = duration_s, mood_id, 0.0, 0.0
        self._loudness = self._heights = None
        self.setEnabled(duration_s > 0)
        self.update()

    def set_duration(self, duration_s: float) -> None:
        """A better known length of the same track."""
        self._duration_s = duration_s
        self.setEnabled(duration_s > 0)

    def set_waveform(self, loudness: NDArray[np.float32] | None) -> None:
        """Loudness 0..1 over the whole track, shape (n,), any n; None while it is not known."""
        self._loudness = None if loudness is None or len(loudness) == 0 else np.asarray(loudness, np.float32)
        self._heights = None
        self.update()

    def set_position(self, position_s: float) -> None:
        if self._duration_s > 0:
            self._move_to(position_s / self._duration_s)

    def _move_to(self, share: float) -> None:
        self._share = max(0.0, min(1.0, share))
        # Held against what is painted: steps of less than half a pixel add up.
        if abs(self._head() - self._painted) * self.devicePixelRatioF() >= 0.5:
            self.update(self._between(self._painted, self._head()))
            self._painted = self._head()

    def _between(self, before: float, now: float) -> QRect:
        """What the head has left, crossed and reached."""
        left = math.floor(min(before, now) - PITCH)
        return QRect(left, 0, math.ceil(max(before, now) + PITCH) - left, self.height())

    def _head(self) -> float:
        return self._share * self.width()

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
        end = {Qt.Key.Key_Home: 0.0, Qt.Key.Key_End: 1.0}.get(event.key())
        if (step is None and end is None) or self._duration_s <= 0:
            super().keyPressEvent(event)
        elif end is not None:
            self._seek_to(end)
        elif step is not None:
            self._seek_to(self._share + step / self._duration_s)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._heights, self._painted = None, self._head()

    def _seek_to(self, share: float) -> None:
        if self._duration_s > 0:
            self._move_to(share)
            self.seek.emit(self._share)

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
        self._paint_bars(painter, event.rect())
        x = min(max(0.0, self._head() - HEAD_WIDTH / 2), self.width() - HEAD_WIDTH)
        box = QRectF(x, self.height() / 2 - HEAD_HEIGHT / 2, HEAD_WIDTH, HEAD_HEIGHT)
        fill_round(painter, box, 1, self.theme.text)

    def _paint_bars(self, painter: QPainter, where: QRect) -> None:
        """The bars that reach into this part."""
        if self._heights is None:
            self._heights = self.bar_heights().tolist()
        played, middle = self.theme.mood(self._mood_id).mark, self.height() / 2
        first = max(0, int((where.left() - BAR) / PITCH))
        last = min(len(self._heights), int((where.right() + 1) / PITCH) + 1)
        for index in range(first, last):
            x, height = index * PITCH, self._heights[index]
            colour = played if x + BAR / 2 <= self._head() else self.theme.line2
            fill_round(painter, QRectF(x, middle - height / 2, BAR, height), BAR / 2, colour)

    def _paint_dots(self, painter: QPainter) -> None:
        for index in range(int(self.width() / PITCH)):
            dot = QRectF(index * PITCH, self.height() / 2 - BAR / 2, BAR, BAR)
            fill_round(painter, dot, BAR / 2, self.theme.line2)
