"""The level meter: RMS as a bar, the peak as a tick, in dBFS."""

import time
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from musicrec_desktop.ui.fonts import font
from musicrec_desktop.ui.painting import Themed, canvas, fill_round
from musicrec_desktop.ui.text import draw_text, width
from musicrec_desktop.ui.theme import Theme

LOW_DB, QUIET_DB, HOT_DB, CLIP_DB = -60.0, -45.0, -6.0, -1.0
FALL_DB_PER_S = 20.0
PEAK_HOLD_S = 1.2
PEAK_FALL_DB_PER_S = 12.0
NUMBER_HZ = 5.0
WIDTH, WIDTH_SMALL = 290, 210
_BAR_TOP, _BAR_HEIGHT = 5, 10
_NUMBER_GAP, _NUMBER_WIDTH = 16, 60
_LABELS = (-60, -45, -30, -15, -6, 0)


def decibels(level_db: float) -> str:
    """ "−18 dB" with a real minus sign."""
    return f"{round(level_db)} dB".replace("-", "\u2212")


class LevelMeter(Themed, QProgressBar):
    """−60..0 dBFS. Words come from outside: the accessible name, and "Too loud" by `set_too_loud_text`."""

    def __init__(
        self,
        theme: Theme,
        *,
        small: bool = False,
        clock: Callable[[], float] = time.monotonic,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._small, self._clock = small, clock
        self._rms = self._peak = self._number = LOW_DB
        self._at = self._peak_at = self._number_at = clock()
        self._too_loud = ""
        self.setTextVisible(False)
        self.setRange(round(LOW_DB), 0)
        self.setValue(round(LOW_DB))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def rms_db(self) -> float:
        """The level shown now."""
        return self._rms

    @property
    def peak_db(self) -> float:
        return self._peak

    @property
    def number_db(self) -> float:
        """The number shown, renewed five times a second."""
        return self._number

    def set_too_loud_text(self, text: str) -> None:
        self._too_loud = text

    def set_small(self, small: bool) -> None:
        self._small = small
        self.updateGeometry()
        self.update()

    def set_level(self, rms_db: float, peak_db: float) -> None:
        """New levels in dBFS: the bar rises at once and falls 20 dB/s; the peak is held, then falls 12 dB/s."""
        now = self._clock()
        elapsed = now - self._at
        self._at = now
        self._rms = _clamped(max(rms_db, self._rms - FALL_DB_PER_S * elapsed))
        self._set_peak(_clamped(peak_db), now, elapsed)
        if now - self._number_at >= 1 / NUMBER_HZ:
            self._number, self._number_at = _clamped(rms_db), now
            self._announce()
        self.update()

    def reset(self) -> None:
        self._rms = self._peak = self._number = LOW_DB
        self.setValue(round(LOW_DB))
        self.update()

    def sizeHint(self) -> QSize:
        number = 0 if self._small else _NUMBER_GAP + _NUMBER_WIDTH  # where room is scarce the bar must do
        return QSize(self._bar_width() + number, 42)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _set_peak(self, peak_db: float, now: float, elapsed: float) -> None:
        if peak_db >= self._peak:
            self._peak, self._peak_at = peak_db, now
        elif now - self._peak_at > PEAK_HOLD_S:
            self._peak = max(peak_db, self._peak - PEAK_FALL_DB_PER_S * elapsed)

    def _announce(self) -> None:
        # A screen reader hears of a change of kind, not of every decibel.
        if _zone(self._number) != _zone(self.value()):
            self.setValue(round(self._number))

    def _bar_width(self) -> int:
        return WIDTH_SMALL if self._small else WIDTH

    def _x(self, level_db: float) -> float:
        return (level_db - LOW_DB) / -LOW_DB * self._bar_width()

    def _colour(self) -> QColor:
        if self._peak >= CLIP_DB:
            return self.theme.danger
        good = self._rms >= QUIET_DB and self._peak < HOT_DB
        return self.theme.ok if good else self.theme.warn

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = canvas(self)
        self._paint_bar(painter)
        self._paint_peak(painter)
        self._paint_scale(painter)
        self._paint_number(painter)

    def _paint_bar(self, painter: QPainter) -> None:
        groove = QRectF(0, _BAR_TOP, self._bar_width(), _BAR_HEIGHT)
        fill_round(painter, groove, _BAR_HEIGHT / 2, self.theme.hover)
        outline = QPainterPath()
        outline.addRoundedRect(groove, _BAR_HEIGHT / 2, _BAR_HEIGHT / 2)
        painter.save()
        painter.setClipPath(outline)
        painter.fillRect(QRectF(0, _BAR_TOP, self._x(self._rms), _BAR_HEIGHT), self._colour())
        for notch in (QUIET_DB, HOT_DB):
            painter.fillRect(QRectF(round(self._x(notch)), _BAR_TOP, 1, _BAR_HEIGHT), self.theme.sheet)
        painter.restore()

    def _paint_peak(self, painter: QPainter) -> None:
        if self._peak > LOW_DB:
            x = min(self._x(self._peak), self._bar_width() - 1.5)
            fill_round(painter, QRectF(x - 1.5, _BAR_TOP - 4, 3, 18), 1.5, self.theme.text)

    def _paint_scale(self, painter: QPainter) -> None:
        axis = font("axis")
        for mark in _LABELS:
            words = str(mark).replace("-", "\u2212")
            used = width(words, axis)
            left = min(max(0.0, self._x(mark) - used / 2), self._bar_width() - used)
            draw_text(painter, QRectF(left, 20, used + 1, 18), words, axis, self.theme.text3, elide=False)

    def _paint_number(self, painter: QPainter) -> None:
        clipped = self._peak >= CLIP_DB and bool(self._too_loud)
        words = self._too_loud if clipped else decibels(self._number)
        colour = self.theme.danger if clipped else self.theme.text
        if self._small:
            return
        box = QRectF(self._bar_width() + _NUMBER_GAP, 0, self.width() - self._bar_width() - _NUMBER_GAP, 18)
        draw_text(painter, box, words, font("body"), colour, align=Qt.AlignmentFlag.AlignLeft)

    def bar_point(self, level_db: float) -> QPointF:
        """Where a level lies in the bar, in own coordinates."""
        return QPointF(self._x(level_db), _BAR_TOP + _BAR_HEIGHT / 2)


def _clamped(level_db: float) -> float:
    return max(LOW_DB, min(0.0, level_db))


def _zone(level_db: float) -> int:
    return sum(level_db >= edge for edge in (QUIET_DB, HOT_DB, CLIP_DB))
