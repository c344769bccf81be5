"""What every painted widget shares: its theme, its painter, and the ring of keyboard focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFocusEvent, QMoveEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from musicrec_desktop.ui import tokens
from musicrec_desktop.ui.theme import Theme

KEYBOARD = {
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
}


def canvas(widget: QWidget) -> QPainter:
    """A smooth painter on the widget."""
    painter = QPainter(widget)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    return painter


def fill_round(painter: QPainter, box: QRectF, radius: float, fill: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawRoundedRect(box, radius, radius)


def outline_round(painter: QPainter, box: QRectF, radius: float, colour: QColor, line_px: float = 1.0) -> None:
    """A line just inside the box, so that one px stays one px."""
    inset = line_px / 2
    painter.setPen(QPen(colour, line_px))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius - inset, radius - inset)


def arc(painter: QPainter, box: QRectF, share: float, pen: QPen) -> None:
    """Clockwise from twelve o'clock; `share` of the whole turn, 0..1."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    painter.drawArc(box, 90 * 16, -round(max(0.0, min(1.0, share)) * 360 * 16))


class FocusRing(QWidget):
    """The ring round the widget that has keyboard focus: one per parent, above its siblings, deaf to the mouse."""

    MARGIN = tokens.FOCUS_GAP + tokens.FOCUS_WIDTH

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("focusRing")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._radius = 0.0
        self._colour = QColor()

    def surround(self, target: Themed) -> None:
        box, radius = target.focus_shape()
        self._radius = radius + self.MARGIN - 1
        self._colour = target.theme.focus
        offset = target.mapTo(self.parentWidget(), QPoint(0, 0))
        margin = self.MARGIN
        self.setGeometry(box.toAlignedRect().translated(offset).adjusted(-margin, -margin, margin, margin))
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = canvas(self)
        outline_round(painter, QRectF(self.rect()), self._radius, self._colour, tokens.FOCUS_WIDTH)


class Themed:
    """Mixin of painted widgets, named before the Qt class: theme, hover repaint, focus ring for keyboard focus only."""

    theme: Theme
    keyboard_focus = False  # focus that came by Tab or a shortcut
    _ring: FocusRing | None = None

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.update()

    def focus_shape(self) -> tuple[QRectF, float]:
        """The shape the focus ring surrounds: box in own coordinates and corner radius."""
        return QRectF(self.rect()), tokens.RADIUS_BUTTON

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.keyboard_focus = event.reason() in KEYBOARD
        if self.keyboard_focus and self.parentWidget() is not None:
            self._ring = FocusRing(self.parentWidget())
            self._ring.surround(self)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.keyboard_focus = False
        if self._ring is not None:
            self._ring.hide()
            self._ring.deleteLater()
            self._ring = None
        self.update()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._follow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._follow()

    def _follow(self) -> None:
        if self._ring is not None:
            self._ring.surround(self)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    @property
    def ring_visible(self) -> bool:
        return self._ring is not None
