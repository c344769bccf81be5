"""The sheet: the page's paper on the window's base, and what shows while a file is dragged over it."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from musicrec_desktop.ui.fonts import font
from musicrec_desktop.ui.painting import Themed, canvas, fill_round, outline_round
from musicrec_desktop.ui.text import draw_middle
from musicrec_desktop.ui.theme import Theme, with_alpha

RADIUS = 12


class Base(Themed, QWidget):
    """The window's ground. `first_painted` comes once: what is heavy to load may begin then."""

    first_painted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._painted = False

    def paintEvent(self, event: QPaintEvent) -> None:
        canvas(self).fillRect(self.rect(), self.theme.base)
        if not self._painted:
            self._painted = True
            self.first_painted.emit()


class Sheet(Themed, QWidget):
    """Holds the pages; only one is shown."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.pages = QStackedWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 2)
        layout.addWidget(self.pages)
        self._veil = DropVeil(theme, self)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = canvas(self)
        fill_round(painter, QRectF(self.rect()), RADIUS, self.theme.sheet)
        outline_round(painter, QRectF(self.rect()), RADIUS, self.theme.line)

    def resizeEvent(self, event: object) -> None:
        self._veil.setGeometry(self.rect())

    def show_drop(self, words: str) -> None:
        """Say what a drop would do; "" ends it."""
        self._veil.words = words
        self._veil.setVisible(bool(words))
        self._veil.raise_()
        self._veil.update()


class DropVeil(Themed, QWidget):
    """Covers the page while something is dragged over the window."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme, self.words = theme, ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = canvas(self)
        fill_round(painter, QRectF(self.rect()), RADIUS, with_alpha(self.theme.sheet, 0.92))
        outline_round(painter, QRectF(self.rect()).adjusted(16, 16, -16, -16), RADIUS, self.theme.control, 2)
        draw_middle(painter, QRectF(self.rect()), self.words, font("display"), self.theme.text)
