"""Settings, Privacy: the way back to the first page."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from musicrec_desktop.ui.buttons import SecondaryButton
from musicrec_desktop.ui.setting_row import SettingRow
from musicrec_desktop.ui.strings import tr
from musicrec_desktop.ui.theme import Theme


class FirstSection(QWidget):
    wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.button = SecondaryButton(theme, "")
        self._row = SettingRow(theme, "first", self.button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._row)
        self.button.clicked.connect(self.wanted)

    def retranslate(self) -> None:
        self.button.setText(tr("settings.first_show"))
        self._row.retranslate()
