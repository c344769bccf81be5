"""Settings, Doctor: the way to the self-test."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from musicrec_desktop.ui.buttons import SecondaryButton
from musicrec_desktop.ui.label import Label
from musicrec_desktop.ui.setting_row import SettingRow
from musicrec_desktop.ui.strings import tr
from musicrec_desktop.ui.theme import Theme


class DoctorSection(QWidget):
    wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._title = Label(theme, "heading")
        self.button = SecondaryButton(theme, "")
        self._row = SettingRow(theme, "doctor", self.button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 20, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._title)
        layout.addWidget(self._row)
        self.button.clicked.connect(self.wanted)

    def retranslate(self) -> None:
        self._title.setText(tr("doctor.title"))
        self.button.setText(tr("settings.doctor_show"))
        self._row.retranslate()
