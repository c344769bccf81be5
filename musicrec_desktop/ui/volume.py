"""The volume: a thin line with a round thumb."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from musicrec_desktop.ui.painting import Themed, canvas, fill_round
from musicrec_desktop.ui.theme import Theme

WIDTH, HEIGHT = 84, 24
_LINE = 3
_THUMB = 5.0


class VolumeSlider(Themed, QSlider):
    """0..100; `valueChanged` as with any slider. Arrow keys move by 5."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.theme = theme
        self.setRange(0, 100)
        self.setSingleStep(5)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, HEIGHT)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._move_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._move_to(event.position().x())

    def _move_to(self, x: float) -> None:
        self.setValue(round(x / self.width() * 100))

    def thumb(self) -> QPointF:
        """Centre of the thumb."""
        return QPointF(_THUMB + self.value() / 100 * (self.width() - 2 * _THUMB), self.height() / 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = canvas(self)
        thumb = self.thumb()
        top = thumb.y() - _LINE / 2
        fill_round(painter, QRectF(0, top, self.width(), _LINE), _LINE / 2, self.theme.line2)
        fill_round(painter, QRectF(0, top, thumb.x(), _LINE), _LINE / 2, self.theme.text2)
        painter.setBrush(self.theme.text)
        painter.drawEllipse(thumb, _THUMB, _THUMB)
