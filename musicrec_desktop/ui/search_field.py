"""The line to type a search in."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QIcon, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from musicrec_desktop.ui.icons import icon_pixmap
from musicrec_desktop.ui.painting import Themed
from musicrec_desktop.ui.theme import Theme


class SearchField(Themed, QLineEdit):
    """A line with the loupe at its left. `typed` carries all that can be read in it.

    That includes the syllable an input method is still composing, which Qt does not count as text yet.
    """

    typed = Signal(str)
    down_pressed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._composing = ""
        self.setClearButtonEnabled(True)
        self.setFixedHeight(44)
        self._loupe = self.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition)
        self.set_theme(theme)
        self.textChanged.connect(self._on_changed)

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self._loupe.setIcon(QIcon(icon_pixmap("search", 20, theme.text2, self.devicePixelRatioF())))

    def whole(self) -> str:
        """The text with what is being composed at the cursor."""
        at = self.cursorPosition()
        return self.text()[:at] + self._composing + self.text()[at:]

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = ""  # what is committed changes the text
        super().inputMethodEvent(event)
        self._composing = event.preeditString()
        self.typed.emit(self.whole())

    @Slot()
    def _on_changed(self) -> None:
        self.typed.emit(self.whole())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.down_pressed.emit()
            case Qt.Key.Key_Escape if self.text():
                self.clear()
            case _:
                super().keyPressEvent(event)
