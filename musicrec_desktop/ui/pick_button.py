"""A field that opens a menu: one choice of many."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Signal, Slot
from PySide6.QtGui import QAction, QPaintEvent
from PySide6.QtWidgets import QMenu

from musicrec_desktop.ui.buttons import PaintedButton
from musicrec_desktop.ui.fonts import font
from musicrec_desktop.ui.icons import draw_icon
from musicrec_desktop.ui.painting import canvas, fill_round, outline_round
from musicrec_desktop.ui.text import display_text, draw_text
from musicrec_desktop.ui.theme import Theme

_HEIGHT, _WIDTH = 40, 300


class PickButton(PaintedButton):
    picked = Signal(int)

    def __init__(self, theme: Theme, *, icon: str = "") -> None:
        super().__init__(theme)
        self._icon = icon
        self._options: list[str] = []
        self._disabled: dict[int, str] = {}
        self._index = -1
        self.clicked.connect(self._on_clicked)

    def set_options(self, options: Sequence[str], index: int, *, disabled: dict[int, str] | None = None) -> None:
        """`disabled` maps an option to the reason why it cannot be picked, shown as its tool tip."""
        self._options = [display_text(option) for option in options]
        self._disabled = disabled or {}
        self._index = index
        self.setText(self._options[index] if 0 <= index < len(self._options) else "")

    @property
    def options(self) -> list[str]:
        return list(self._options)

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, _HEIGHT)

    def menu(self) -> QMenu:
        """The options as a menu, the picked one checked."""
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.setMinimumWidth(self.width())
        for number, option in enumerate(self._options):
            action = menu.addAction(option)
            action.setData(number)
            action.setCheckable(True)
            action.setChecked(number == self._index)
            action.setEnabled(number not in self._disabled)
            action.setToolTip(self._disabled.get(number, ""))
        menu.triggered.connect(self._on_picked)
        return menu

    @Slot()
    def _on_clicked(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 4)))

    @Slot(object)
    def _on_picked(self, action: QAction) -> None:
        self.picked.emit(action.data())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = canvas(self)
        box = QRectF(self.rect())
        fill_round(painter, box, 8, self.theme.hover if self.underMouse() else self.theme.raised)
        outline_round(painter, box, 8, self.theme.control)
        left = 14
        if self._icon:
            draw_icon(painter, self._icon, 22, self.height() / 2, 18, self.theme.text2)
            left = 40
        room = QRectF(left, 0, self.width() - left - 38, self.height())
        draw_text(painter, room, self.text(), font("body"), self.theme.text)
        draw_icon(painter, "chevron-down", self.width() - 20, self.height() / 2, 16, self.theme.text2)
