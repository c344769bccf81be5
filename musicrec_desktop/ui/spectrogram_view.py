"""The spectrogram: 30 s of sound, rolling, frozen, or as a strip from which a passage is chosen."""

from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from musicrec_desktop.features.display import COLUMNS_PER_S, N_BINS, SPAN_DB, AutoRange, Columns
from musicrec_desktop.ui import spectrogram_paint as paint
from musicrec_desktop.ui.painting import Themed, canvas
from musicrec_desktop.ui.passage_frame import STEP_S, Grip, Passage, between, grip_at
from musicrec_desktop.ui.spectrogram_image import SpectrogramImage
from musicrec_desktop.ui.theme import Theme

Mode = Literal["armed", "recording", "frozen", "strip", "empty"]

SECONDS = 30.0
GUTTER = 38  # room for the frequencies, left
AXIS_HEIGHT = 26  # room for the times, below
STRIP_MARGIN = 2  # the frame of the strip stands out this far
STRIP_HEIGHT, STRIP_HEIGHT_SMALL, STRIP_HEIGHT_LARGE = 92, 64, 120
_GRIP_REACH_PX = 8
_TABLE_STEP_DB = 1.0  # smaller changes of the range are not worth a new colour table


class SpectrogramView(Themed, QWidget):
    """Log-frequency spectrogram with a passage.

    Times of passages are seconds from the left edge of the picture. Live modes show the last 30 s, the newest at the
    right; `show_columns` shows a whole recording instead. Columns come from `features.display.DisplaySpectrum`.
    """

    passage_chosen = Signal(float, float)  # start_s, duration_s: the frame was let go, or Enter pressed
    passage_moved = Signal(float, float)  # while it is dragged or moved by keys

    def __init__(self, theme: Theme, *, n_bins: int = N_BINS, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._live = SpectrogramImage(n_bins=n_bins, capacity=round(SECONDS * COLUMNS_PER_S))
        self._shown = self._live
        self._range = AutoRange()
        self._table_db = self._range.top_db
        self._mode: Mode = "empty"
        self._passage: Passage | None = None
        self._passage_words: Callable[[float], str] = "{:.1f} s".format
        self._suggestion: tuple[Passage, str] | None = None
        self._lost_s: float | None = None
        self._time_labels: list[tuple[float, str]] = []
        self._message = ""
        self._pointer: QPointF | None = None
        self._drag: tuple[Grip, float, Passage | None] | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._colour()

    # What is shown

    @property
    def mode(self) -> Mode:
        return self._mode

    @property
    def passage(self) -> tuple[float, float] | None:
        """Start and duration in seconds, if one is marked."""
        return None if self._passage is None else (self._passage.start_s, self._passage.duration_s)

    @property
    def total_s(self) -> float:
        """How many seconds the whole width is."""
        return self._shown.capacity / COLUMNS_PER_S

    @property
    def image(self) -> SpectrogramImage:
        return self._shown

    def set_mode(self, mode: Mode) -> None:
        """armed and recording roll; frozen and strip stand still and ignore `push_columns`; empty has axes only."""
        if mode in ("armed", "recording", "empty"):
            self._shown = self._live
            self._suggestion = self._lost_s = None
        if mode in ("armed", "empty"):
            self._passage = None
        self._mode = mode
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if mode == "strip" else Qt.FocusPolicy.NoFocus)
        self.updateGeometry()
        self._colour()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._colour()

    def push_columns(self, columns: Columns) -> None:
        """Append live columns (n_bins, n)."""
        if self._mode in ("frozen", "strip") or columns.shape[1] == 0:
            return
        self._live.push(columns)
        if abs(self._range.follow(columns) - self._table_db) >= _TABLE_STEP_DB:
            self._colour()
        self.update(self.picture_box().toAlignedRect())

    def show_columns(self, columns: Columns, *, whole: bool = False) -> None:
        """Replace the picture by (n_bins, n) columns in one step: the live buffer, or a `whole` recording."""
        self._live.clear()
        self._range.reset()
        if whole and columns.shape[1]:
            self._shown = SpectrogramImage(n_bins=columns.shape[0], capacity=columns.shape[1])
        else:
            self._shown = self._live
        self._shown.push(columns)
        if whole:
            self._range.fit(columns)
        else:
            self._range.follow(columns)
        self._colour()

    def set_message(self, text: str) -> None:
        """The sentence in the middle of the empty picture."""
        self._message = text
        self.update()

    def set_time_labels(self, labels: Sequence[tuple[float, str]]) -> None:
        """Pairs of place (0 left .. 1 right) and text under the picture."""
        self._time_labels = list(labels)
        self.update()

    # The passage

    def set_passage_words(self, words: Callable[[float], str]) -> None:
        """How a duration in seconds is said on the passage's label."""
        self._passage_words = words
        self.update()

    def set_passage(self, start_s: float, duration_s: float) -> None:
        self._passage = Passage(start_s, duration_s)
        self.update()

    def set_recording(self, elapsed_s: float) -> None:
        """While recording: the passage is the last `elapsed_s` seconds."""
        elapsed_s = min(elapsed_s, self.total_s)
        self.set_passage(self.total_s - elapsed_s, elapsed_s)

    def set_suggestion(self, start_s: float, duration_s: float, words: str) -> None:
        """A dashed frame: another passage that would do. A click on it chooses it."""
        self._suggestion = (Passage(start_s, duration_s), words)
        self.update()

    def clear_suggestion(self) -> None:
        self._suggestion = None
        self.update()

    def set_lost_from(self, start_s: float | None) -> None:
        """Hatch the picture from here on: the device went away."""
        self._lost_s = start_s
        self.update()

    # Geometry

    def picture_box(self) -> QRectF:
        """Where the picture lies in own coordinates."""
        if self._mode == "strip":
            return QRectF(0, STRIP_MARGIN, self.width(), self.height() - 2 * STRIP_MARGIN)
        return QRectF(GUTTER, 0, self.width() - GUTTER, self.height() - AXIS_HEIGHT)

    def x_of(self, at_s: float) -> float:
        box = self.picture_box()
        return box.left() + at_s / self.total_s * box.width()

    def seconds_at(self, x: float) -> float:
        box = self.picture_box()
        return (x - box.left()) / box.width() * self.total_s

    def sizeHint(self) -> QSize:
        return QSize(600, STRIP_HEIGHT + 2 * STRIP_MARGIN if self._mode == "strip" else 300)

    def _span_box(self, passage: Passage) -> QRectF:
        box = self.picture_box()
        left, right = self.x_of(passage.start_s), self.x_of(passage.end_s)
        return QRectF(left, box.top(), right - left, box.height())

    # Painting

    def _colour(self) -> None:
        self._table_db = self._range.top_db
        veil = paint.VEIL_ARMED if self._mode == "armed" else paint.VEIL
        self._shown.set_colours(self.theme, top_db=self._table_db, span_db=SPAN_DB, veil=veil)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = canvas(self)
        box = self.picture_box()
        if self._mode == "empty":
            paint.empty(painter, box, self._message, self.theme)
        else:
            self._shown.draw(painter, box, bright=self._bright())
        if self._lost_s is not None:
            paint.hatch(painter, box, self.x_of(self._lost_s), self.theme)
        paint.corners(painter, box, self.theme)
        if self._mode != "strip" and not box.contains(QRectF(event.rect())):
            paint.frequency_axis(painter, box, self.theme)
            paint.time_axis(painter, box, self._time_labels, self.theme)
        self._paint_passage(painter, box)
        if self._pointer is not None and self._drag is None:
            self._paint_reading(painter, box)

    def _bright(self) -> tuple[float, float]:
        """The part that is not under the veil, as shares of the width."""
        if self._mode == "armed":
            return 0.0, 0.0
        if self._passage is None:
            return 0.0, 1.0
        return self._passage.start_s / self.total_s, self._passage.end_s / self.total_s

    def _paint_passage(self, painter: QPainter, box: QRectF) -> None:
        if self._suggestion is not None:
            passage, words = self._suggestion
            paint.dashed_frame(painter, self._span_box(passage), words, self.theme)
        if self._passage is None or self._mode in ("armed", "empty"):
            return
        words = self._passage_words(self._passage.duration_s)
        if self._mode == "recording":
            paint.recording_edge(painter, box, self.x_of(self._passage.start_s), words, self.theme)
        else:
            paint.frame(painter, self._span_box(self._passage), words, self.theme, grips=self._mode == "strip")

    def _paint_reading(self, painter: QPainter, box: QRectF) -> None:
        if self._mode in ("strip", "empty") or not box.contains(self._pointer):
            return
        row = int((self._pointer.y() - box.top()) / box.height() * self._shown.n_bins)
        column = int(self.seconds_at(self._pointer.x()) * COLUMNS_PER_S)
        value = self._shown.value(
            int(np.clip(row, 0, self._shown.n_bins - 1)), int(np.clip(column, 0, self._shown.capacity - 1))
        )
        paint.reading(painter, box, self._pointer, value, self.theme)

    # Mouse and keys

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer = event.position()
        if self._drag is not None:
            self._drag_to(self.seconds_at(event.position().x()), snap=_shift(event))
        elif self._mode == "strip":
            self.setCursor(self._cursor_for(self._grip_at(event.position())))
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._mode != "strip" or event.button() != Qt.MouseButton.LeftButton:
            return
        at_s = self.seconds_at(event.position().x())
        grip = self._grip_at(event.position())
        if grip is None and self._choose_suggestion(at_s):
            return
        self._drag = (grip or "new", at_s, self._passage)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._drag is None:
            return
        _, _, before = self._drag
        self._drag = None
        if self._passage is not None and self._passage != before:
            self.passage_chosen.emit(self._passage.start_s, self._passage.duration_s)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._pointer = None
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._mode != "strip" or self._passage is None:
            super().keyPressEvent(event)
            return
        step = {Qt.Key.Key_Left: -STEP_S, Qt.Key.Key_Right: STEP_S}.get(Qt.Key(event.key()))
        if step is not None:
            self._step(step, longer=_shift(event))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.passage_chosen.emit(self._passage.start_s, self._passage.duration_s)
        else:
            super().keyPressEvent(event)

    def _step(self, step_s: float, *, longer: bool) -> None:
        if longer:
            end_s = self._passage.end_s + step_s
            self._move_to(self._passage.dragged("end", end_s, total_s=self.total_s))
        else:
            self._move_to(self._passage.moved(step_s, total_s=self.total_s))

    def _drag_to(self, at_s: float, *, snap: bool) -> None:
        grip, pressed_s, before = self._drag
        if grip == "new":
            if abs(at_s - pressed_s) * self.picture_box().width() / self.total_s < _GRIP_REACH_PX:
                return
            passage = between(pressed_s, at_s, total_s=self.total_s)
        elif grip == "body":
            passage = before.moved(at_s - pressed_s, total_s=self.total_s)
        else:
            passage = before.dragged(grip, at_s, total_s=self.total_s)
        self._move_to(passage.snapped() if snap else passage)

    def _move_to(self, passage: Passage) -> None:
        self._passage = passage
        self.passage_moved.emit(passage.start_s, passage.duration_s)
        self.update()

    def _choose_suggestion(self, at_s: float) -> bool:
        if self._suggestion is None:
            return False
        passage, _ = self._suggestion
        if not passage.start_s <= at_s <= passage.end_s:
            return False
        self._move_to(passage)
        self.passage_chosen.emit(passage.start_s, passage.duration_s)
        return True

    def _grip_at(self, position: QPointF) -> Grip | None:
        if self._passage is None:
            return None
        reach_s = _GRIP_REACH_PX / self.picture_box().width() * self.total_s
        return grip_at(self._passage, self.seconds_at(position.x()), reach_s=reach_s)

    def _cursor_for(self, grip: Grip | None) -> Qt.CursorShape:
        if grip is None:
            return Qt.CursorShape.CrossCursor
        return Qt.CursorShape.OpenHandCursor if grip == "body" else Qt.CursorShape.SizeHorCursor


def _shift(event: QMouseEvent | QKeyEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
