"""The status line: what listens, what is promised, and how large the catalogue is."""

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from musicrec_desktop.ui.fonts import font
from musicrec_desktop.ui.icons import draw_icon
from musicrec_desktop.ui.painting import Themed, canvas
from musicrec_desktop.ui.sync_item import SyncItem
from musicrec_desktop.ui.text import display_text, draw_text, width
from musicrec_desktop.ui.theme import Theme

HEIGHT = 28
MESSAGE_MS = 8000


class StatusItem(Themed, QWidget):
    """An icon and a few words."""

    clicked = Signal()

    def __init__(self, theme: Theme, icon: str = "") -> None:
        super().__init__()
        self.theme = theme
        self._icon, self._text = icon, ""
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        return self._text

    def set_text(self, text: str, icon: str | None = None) -> None:
        self._icon = self._icon if icon is None else icon
        self._text = display_text(text)
        self.setAccessibleName(self._text)
        self.setToolTip(self._text if width(self._text, font("small")) > 300 else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(width(self._text, font("small")) + 1.5) + self._lead(), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 60), HEIGHT)

    def _lead(self) -> int:
        return 20 if self._icon else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = canvas(self)
        if self._icon:
            draw_icon(painter, self._icon, 7, self.height() / 2, 14, self.theme.text3)
        room = QRectF(self._lead(), 0, self.width() - self._lead(), self.height())
        draw_text(painter, room, self._text, font("small"), self.theme.text3)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.clicked.emit()


class StatusLine(Themed, QWidget):
    """Left: the device and the promise, or a message for 8 s. Right: the central catalogue, and the number of songs."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.device = StatusItem(theme, "mic")
        self.promise = StatusItem(theme, "shield")
        self.message = StatusItem(theme)
        self.sync = SyncItem(theme)
        self.songs = StatusItem(theme)
        self._narrow = False
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 0, 20, 0)
        layout.setSpacing(22)
        for item in (self.message, self.device, self.promise):
            layout.addWidget(item)
        layout.addStretch(1)
        layout.addWidget(self.sync)
        layout.addWidget(self.songs)
        self._ends = QTimer(self)
        self._ends.setSingleShot(True)
        self._ends.setInterval(MESSAGE_MS)
        self._ends.timeout.connect(self.clear_message)
        self.setFixedHeight(HEIGHT)
        self.clear_message()

    def say(self, text: str, icon: str = "") -> None:
        """One message in place of the left half; a newer one replaces it."""
        self.message.set_text(text, icon)
        self._ends.start()
        self._arrange()

    @Slot()
    def clear_message(self) -> None:
        self.message.set_text("", "")
        self._arrange()

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self._arrange()

    def _arrange(self) -> None:
        speaking = bool(self.message.text)
        self.message.setVisible(speaking)
        self.device.setVisible(not speaking)
        self.promise.setVisible(not speaking and not self._narrow)

    def paintEvent(self, event: QPaintEvent) -> None:
        canvas(self).fillRect(QRectF(0, 0, self.width(), 1), self.theme.line)
