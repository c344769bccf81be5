"""The head of a page: its title, a line beside it, and the controls at the right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from musicrec_desktop.ui.label import Label
from musicrec_desktop.ui.theme import Theme

HEIGHT = 56


class Header(QWidget):
    def __init__(self, theme: Theme, *controls: QWidget) -> None:
        super().__init__()
        self.title = Label(theme, "title", whole=True)
        self.sub = Label(theme, "body", colour="text2")
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(24, 2, 24, 0)
        self._layout.setSpacing(11)
        self._layout.addWidget(self.title, alignment=Qt.AlignmentFlag.AlignVCenter)
        self._layout.addSpacing(3)
        self._layout.addWidget(self.sub, alignment=Qt.AlignmentFlag.AlignVCenter)
        self._layout.addStretch(1)
        for control in controls:
            self._layout.addWidget(control, alignment=Qt.AlignmentFlag.AlignVCenter)
        self.setFixedHeight(HEIGHT)

    def lead(self, widget: QWidget) -> None:
        """Put a widget before the title: the way back."""
        self._layout.insertWidget(0, widget, alignment=Qt.AlignmentFlag.AlignVCenter)
