"""The navigation at the left: words beside icons, or icons alone where the window is narrow."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from musicrec_desktop.ui.buttons import PaintedButton
from musicrec_desktop.ui.fonts import font
from musicrec_desktop.ui.icons import draw_icon
from musicrec_desktop.ui.painting import Themed, arc, canvas, fill_round, outline_round
from musicrec_desktop.ui.strings import tr
from musicrec_desktop.ui.text import draw_text
from musicrec_desktop.ui.theme import Theme

WIDE, NARROW = 204, 64
PAGES = ("listen", "moods", "search", "library", "settings")
_ICONS = {"listen": "listen", "moods": "moods", "search": "search", "library": "folder", "settings": "settings"}
_ROW = 36


class NavItem(PaintedButton):
    """One page: a tab of the window."""

    def __init__(self, theme: Theme, page: str, shortcut: str) -> None:
        super().__init__(theme)
        self.page, self.shortcut, self.narrow = page, shortcut, False
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def retranslate(self) -> None:
        self.setText(tr(f"nav.{self.page}"))
        self.setToolTip(f"{self.text()}  {self.shortcut}")

    def sizeHint(self) -> QSize:
        return QSize(44 if self.narrow else WIDE - 20, _ROW)

    def focus_shape(self) -> tuple[QRectF, float]:
        return QRectF(self.rect()).adjusted(0, 0, 0, 0), 10

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = canvas(self)
        box = QRectF(self.rect())
        chosen = self.isChecked()
        if chosen:
            fill_round(painter, box, 8, self.theme.hover if self.theme.dark else self.theme.raised)
            if not self.theme.dark:
                outline_round(painter, box, 8, self.theme.line)
            fill_round(painter, QRectF(0, 9, 3, _ROW - 18), 1.5, self.theme.text)
        elif self.underMouse():
            fill_round(painter, box, 8, self.theme.line)
        colour = self.theme.text if chosen or self.underMouse() else self.theme.text2
        icon_x = self.width() / 2 if self.narrow else 24
        draw_icon(painter, _ICONS[self.page], icon_x, self.height() / 2, 20, colour)
        if not self.narrow:
            room = QRectF(44, 0, self.width() - 50, self.height())
            words = font("body", bold=chosen)
            draw_text(painter, room, self.text(), words, colour)


class Logo(Themed, QWidget):
    """A ring that is nearly closed, and the name."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme, self.narrow = theme, False
        self.setFixedHeight(24)
        self.setAccessibleName("MusicRec")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = canvas(self)
        x = self.width() / 2 if self.narrow else 24
        paint_logo(painter, self.theme, x=x, y=12, radius=9)
        if not self.narrow:
            draw_text(painter, QRectF(44, 0, 140, 24), "MusicRec", font("row"), self.theme.text)


def paint_logo(painter: object, theme: Theme, *, x: float, y: float, radius: float) -> None:
    """The mark: a red ring, four fifths closed, round a dot."""
    pen = QPen(theme.record, radius * 0.33, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    arc(painter, QRectF(x - radius, y - radius, 2 * radius, 2 * radius), 0.8, pen)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.text)
    dot = radius * 0.36
    painter.drawEllipse(QRectF(x - dot, y - dot, 2 * dot, 2 * dot))


class _Line(Themed, QWidget):
    """A hairline between the groups of pages."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setFixedHeight(26)

    def paintEvent(self, event: QPaintEvent) -> None:
        canvas(self).fillRect(QRectF(10, 12, self.width() - 20, 1), self.theme.line)


class Navigation(QWidget):
    """The pages of the window; one is chosen. Arrow keys move, Enter and Space choose."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._logo = Logo(theme)
        self._items = {page: NavItem(theme, page, f"Ctrl+{number}") for number, page in enumerate(PAGES, 1)}
        self._group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 15, 10, 8)
        layout.setSpacing(4)
        layout.addWidget(self._logo)
        layout.addSpacing(20)
        self._place(layout, PAGES[:3])
        layout.addWidget(_Line(theme))
        self._place(layout, PAGES[3:4])
        layout.addStretch(1)
        self._place(layout, PAGES[4:])
        self.setFixedWidth(WIDE)
        self.retranslate()

    def _place(self, layout: QVBoxLayout, pages: Sequence[str]) -> None:
        for page in pages:
            item = self._items[page]
            self._group.addButton(item)
            item.clicked.connect(self._on_clicked)
            layout.addWidget(item)

    @Slot()
    def _on_clicked(self) -> None:
        self.chosen.emit(self.sender().page)

    def choose(self, page: str) -> None:
        """Show a page as the chosen one, without a signal."""
        self._items[page].setChecked(True)

    def item(self, page: str) -> NavItem:
        return self._items[page]

    def set_narrow(self, narrow: bool) -> None:
        self.setFixedWidth(NARROW if narrow else WIDE)
        for widget in (self._logo, *self._items.values()):
            widget.narrow = narrow
            widget.update()

    def retranslate(self) -> None:
        self.setAccessibleName(tr("nav.name"))
        for item in self._items.values():
            item.retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(event.key())
        if step is None:
            super().keyPressEvent(event)
        elif step == 1:
            self.focusNextChild()
        else:
            self.focusPreviousChild()
