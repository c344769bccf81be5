"""One setting: its name, one line of help, and the control at the right edge."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from musicrec_desktop.ui.label import Label
from musicrec_desktop.ui.strings import tr
from musicrec_desktop.ui.theme import Theme


class SettingRow(QWidget):
    """Label, one line of help, and the control at the right edge."""

    def __init__(self, theme: Theme, key: str, control: QWidget) -> None:
        super().__init__()
        self._key = key
        self.label = Label(theme, "body", bold=True)
        self.help = Label(theme, "small", colour="text2", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.label)
        words.addWidget(self.help)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(24)
        row.addLayout(words, 1)
        row.addWidget(control, alignment=Qt.AlignmentFlag.AlignVCenter)

    def retranslate(self) -> None:
        self.label.setText(tr(f"settings.{self._key}"))
        self.help.setText(tr(f"settings.{self._key}_help"))
