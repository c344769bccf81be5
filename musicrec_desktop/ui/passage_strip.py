"""The sound of one song as bars, with a frame that chooses a passage of it."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from musicrec_desktop.core.types import Track
from musicrec_desktop.ui import tokens
from musicrec_desktop.ui.painting import Themed, canvas, fill_round, outline_round
from musicrec_desktop.ui.passage_frame import Grip, Passage, between, grip_at
from musicrec_desktop.ui.theme import Theme, with_alpha

HEIGHT = 64
TAKE_S = 6.0
_BAR, _PITCH = 2.4, 4.0
_LOWEST, _MARGIN = 3.0, 9.0
_STEP_S = 1.0
_REACH_PX = 7
_LEAST_FRAME_PX = 16  # of a long song six seconds are narrower than can be seen well


class PassageStrip(Themed, QWidget):
    """Drag the frame or an end of it, or draw another; arrows move it, with Shift its end. 3 to 12 s long."""

    moved = Signal()
    chosen = Signal()  # Enter

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._track: Track | None = None
        self._loudness: NDArray[np.float32] | None = None
        self._passage = Passage(0.0, 0.0)
        self._drag: tuple[Grip, float, Passage] | None = None
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    @property
    def passage(self) -> Passage:
        return self._passage

    @property
    def total_s(self) -> float:
        return self._track.duration_s if self._track else 0.0

    def set_track(self, track: Track) -> None:
        """Another song; the frame is put in its middle."""
        self._track, self._loudness, self._drag = track, None, None
        length_s = min(TAKE_S, track.duration_s)
        self._passage = Passage((track.duration_s - length_s) / 2, length_s)
        self.update()

    def set_waveform(self, loudness: NDArray[np.float32]) -> None:
        """Loudness 0..1 over the whole song, shape (n,)."""
        self._loudness = loudness if len(loudness) else None
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, HEIGHT)

    # Where

    def _x(self, at_s: float) -> float:
        return at_s / self.total_s * self.width() if self.total_s > 0 else 0.0

    def _seconds(self, x: float) -> float:
        return x / self.width() * self.total_s

    def frame_box(self) -> QRectF:
        left, right = self._x(self._passage.start_s), self._x(self._passage.end_s)
        spare = max(0.0, _LEAST_FRAME_PX - (right - left)) / 2
        left = min(max(0.0, left - spare), max(0.0, self.width() - _LEAST_FRAME_PX))
        return QRectF(left, 1, max(_LEAST_FRAME_PX, right - left), self.height() - 2)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = canvas(self)
        box = self.frame_box()
        fill_round(painter, box, tokens.RADIUS_HANDLE, with_alpha(self.theme.text, 0.08))
        self._paint_bars(painter, box)
        outline_round(painter, box, tokens.RADIUS_HANDLE, self.theme.text, 2)
        for x in (box.left() + 1, box.right() - 1):
            fill_round(painter, QRectF(x - 2.5, box.center().y() - 9, 5, 18), 2.5, self.theme.text)

    def _paint_bars(self, painter: QPainter, frame: QRectF) -> None:
        mark, middle = self.theme.mood(self._track.mood_id if self._track else None).mark, self.height() / 2
        for i, height in enumerate(self.bar_heights()):
            bar = QRectF(i * _PITCH, middle - height / 2, _BAR, height)
            inside = frame.left() <= bar.center().x() <= frame.right()
            fill_round(painter, bar, _BAR / 2, mark if inside else self.theme.line2)

    def bar_heights(self) -> list[float]:
        """In px: the loudest moment of each bar's share of the song; all low while nothing is known."""
        count = max(1, int((self.width() - _BAR) / _PITCH) + 1)
        if self._loudness is None:
            return [_LOWEST] * count
        edges = np.linspace(0, len(self._loudness), count + 1)[:-1].astype(int)
        loudest = np.maximum.reduceat(self._loudness, np.minimum(edges, len(self._loudness) - 1))
        highest = self.height() - 2 * _MARGIN
        heights: list[float] = (_LOWEST + np.clip(loudest, 0, 1) * (highest - _LOWEST)).tolist()
        return heights

    # Mouse and keys

    def _grip(self, at: QPointF) -> Grip:
        box = self.frame_box()
        seen = Passage(self._seconds(box.left()), self._seconds(box.width()))
        reach_px = min(_REACH_PX, box.width() / 4)
        return grip_at(seen, self._seconds(at.x()), reach_s=self._seconds(reach_px)) or "new"

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.total_s > 0:
            at_s, grip = self._seconds(event.position().x()), self._grip(event.position())
            if grip == "new":  # the frame comes to where it is pressed, and may be drawn wider
                self._move_to(Passage(at_s - self._passage.duration_s / 2, self._passage.duration_s))
            self._drag = (grip, at_s, self._passage)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag is None:
            shape = {"body": Qt.CursorShape.OpenHandCursor, "new": Qt.CursorShape.CrossCursor}
            self.setCursor(shape.get(self._grip(event.position()), Qt.CursorShape.SizeHorCursor))
            return
        grip, pressed_s, before = self._drag
        at_s = self._seconds(event.position().x())
        if grip == "body":
            self._move_to(before.moved(at_s - pressed_s, total_s=self.total_s))
        elif grip == "new":
            if abs(at_s - pressed_s) > before.duration_s / 2:
                self._move_to(between(pressed_s, at_s, total_s=self.total_s))
        else:
            self._move_to(before.dragged(grip, at_s, total_s=self.total_s))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._drag = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step_s = {Qt.Key.Key_Left: -_STEP_S, Qt.Key.Key_Right: _STEP_S}.get(event.key())
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit()
        elif step_s is None:
            super().keyPressEvent(event)
        else:
            self.step(step_s, longer=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def step(self, by_s: float, *, longer: bool = False) -> None:
        """Move the frame, or its end."""
        if longer:
            self._move_to(self._passage.dragged("end", self._passage.end_s + by_s, total_s=self.total_s))
        else:
            self._move_to(self._passage.moved(by_s, total_s=self.total_s))

    def _move_to(self, passage: Passage) -> None:
        self._passage = passage.moved(0.0, total_s=self.total_s)
        self.update()
        self.moved.emit()
