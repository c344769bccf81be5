"""The record button: a disc inside a ring that closes."""

from typing import Literal

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from musicrec_desktop.ui.buttons import PaintedButton
from musicrec_desktop.ui.fonts import font
from musicrec_desktop.ui.icons import draw_icon
from musicrec_desktop.ui.painting import arc, canvas
from musicrec_desktop.ui.text import draw_middle
from musicrec_desktop.ui.theme import Theme

RecordState = Literal["armed", "recording", "analysing", "disabled", "lost"]

DISC, DISC_SMALL = 124, 112
RING_GAP = 12  # from the disc to the middle of the ring
RING_WIDTH = 5
_MARGIN = 6  # room for the round caps of the ring and the focus ring
_TURN_MS = 1200
_TICK_MS = 33
_QUIET_MS = 150  # an answer faster than this shows no turning
_PRESS = 0.97
_TURNING_SHARE = 0.22


class RecordButton(PaintedButton):
    """States: armed, recording (seconds and ring), analysing (ring turns), disabled, lost (amber ring).

    Texts come from outside: `setAccessibleName` and the caption of `set_seconds`. The signal is `clicked`.
    """

    def __init__(self, theme: Theme, *, small: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", parent)
        self._small = small
        self._state: RecordState = "armed"
        self._progress, self._angle = 0.0, 0.0
        self._seconds, self._caption = 0, ""
        self._reduced_motion = False
        self._turning = QTimer(self)
        self._turning.setInterval(_TICK_MS)
        self._turning.timeout.connect(self._turn)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_QUIET_MS)
        self._patience.timeout.connect(self._start_turning)

    @property
    def state(self) -> RecordState:
        return self._state

    @property
    def progress(self) -> float:
        return self._progress

    @property
    def seconds(self) -> int:
        return self._seconds

    def set_state(self, state: RecordState) -> None:
        self._state = state
        self.setEnabled(state not in ("disabled", "analysing"))
        self._turning.stop()
        self._patience.stop()
        self._angle = 0.0
        if state == "analysing":
            self._patience.start()
        if state != "recording":
            self._progress = 0.0
        self.update()

    def set_progress(self, share: float) -> None:
        """How much of the take has been heard, 0..1. Driven by samples received."""
        self._progress = max(0.0, min(1.0, share))
        self.update()

    def set_seconds(self, seconds: int, caption: str = "") -> None:
        """The number in the disc and the word under it."""
        self._seconds, self._caption = seconds, caption
        self.update()

    def set_small(self, small: bool) -> None:
        self._small = small
        self.updateGeometry()
        self.update()

    def set_reduced_motion(self, reduced: bool) -> None:
        """Still ring while analysing, no press movement."""
        self._reduced_motion = reduced
        self._turning.stop()
        self.update()

    def sizeHint(self) -> QSize:
        side = round(2 * (self._ring_radius() + _MARGIN))
        return QSize(side, side)

    def hitButton(self, position: QPoint) -> bool:
        away = QPointF(position) - self._middle()
        return (away.x() ** 2 + away.y() ** 2) ** 0.5 <= self._ring_radius() + RING_WIDTH / 2

    def focus_shape(self) -> tuple[QRectF, float]:
        radius = self._ring_radius() + RING_WIDTH / 2
        return self._square(radius), radius

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = canvas(self)
        self._paint_ring(painter)
        pressed = self.isDown() and not self._reduced_motion
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._disc_colour())
        painter.drawEllipse(self._square(self._disc() / 2 * (_PRESS if pressed else 1.0)))
        self._paint_content(painter)

    def _disc(self) -> int:
        return DISC_SMALL if self._small else DISC

    def _ring_radius(self) -> float:
        return self._disc() / 2 + RING_GAP

    def _middle(self) -> QPointF:
        return QPointF(self.width() / 2, self.height() / 2)

    def _square(self, radius: float) -> QRectF:
        middle = self._middle()
        return QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)

    def _disc_colour(self) -> QColor:
        if self._state == "disabled":
            return self.theme.control
        hovered = self.underMouse() and self.isEnabled()
        return self.theme.record_fill.lighter(104) if hovered else self.theme.record_fill

    def _paint_ring(self, painter: QPainter) -> None:
        box = self._square(self._ring_radius())
        flat, round_cap = Qt.PenCapStyle.FlatCap, Qt.PenCapStyle.RoundCap
        track = self.theme.warn if self._state == "lost" else self.theme.line2
        arc(painter, box, 1.0, QPen(track, RING_WIDTH, Qt.PenStyle.SolidLine, flat))
        pen = QPen(self.theme.record, RING_WIDTH, Qt.PenStyle.SolidLine, round_cap)
        if self._state == "recording" and self._shown_progress() > 0:
            arc(painter, box, self._shown_progress(), pen)
        if self._state == "analysing":
            painter.setPen(pen)
            share = _TURNING_SHARE if self._turning.isActive() else 1.0
            painter.drawArc(box, round((90 - self._angle) * 16), -round(share * 360 * 16))

    def _shown_progress(self) -> float:
        if not self._reduced_motion or self._seconds <= 0:
            return self._progress
        # Whole seconds only: the total follows from what is left and what is done.
        total = self._seconds / max(1e-6, 1.0 - self._progress) if self._progress < 1 else self._seconds
        return int(self._progress * total) / total

    def _paint_content(self, painter: QPainter) -> None:
        colour, middle = self.theme.on_record, self._middle()
        if self._state == "recording":
            self._paint_seconds(painter, colour)
        elif self._state in ("armed", "disabled", "lost"):
            shown = self.theme.sheet if self._state == "disabled" else colour
            draw_icon(painter, "listen", middle.x(), middle.y(), 60 if self._small else 68, shown)

    def _paint_seconds(self, painter: QPainter, colour: QColor) -> None:
        middle = self._middle()
        number = font("count_small" if self._small else "count")
        draw_middle(painter, QRectF(middle.x() - 60, middle.y() - 27.5, 120, 46), str(self._seconds), number, colour)
        draw_middle(painter, QRectF(middle.x() - 60, middle.y() + 17.5, 120, 18), self._caption, font("small"), colour)

    def _start_turning(self) -> None:
        if not self._reduced_motion:
            self._turning.start()

    def _turn(self) -> None:
        self._angle = (self._angle + 360 * _TICK_MS / _TURN_MS) % 360
        self.update()
