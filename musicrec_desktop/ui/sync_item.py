"""The status line's word on the central catalogue: an icon, a few words, and while songs come how far they are."""

from PySide6.QtCore import QRectF, QSize, Signal, Slot
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from musicrec_desktop.ui.buttons import IconButton, PaintedButton
from musicrec_desktop.ui.fonts import font
from musicrec_desktop.ui.icons import draw_icon
from musicrec_desktop.ui.painting import canvas, fill_round
from musicrec_desktop.ui.strings import tr
from musicrec_desktop.ui.text import draw_text, tool_tip, width
from musicrec_desktop.ui.theme import Theme
from musicrec_desktop.workers.sync import SyncStatus

HEIGHT = 28
_LEAD, _GAP, _BAR, _CANCEL = 20, 10, 64, 20
_LEAST = 90


class SyncItem(PaintedButton):
    """Hidden while there is no central catalogue. Offline, a press looks again; else it opens the settings."""

    look_wanted = Signal()
    cancel_wanted = Signal()
    settings_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._status = SyncStatus("off")
        self._tip = ""
        self.cancel = IconButton(theme, "close", "", icon_px=12, size=_CANCEL, parent=self)
        self.cancel.clicked.connect(self.cancel_wanted)
        self.clicked.connect(self._on_clicked)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.show_status(self._status, "", name="", tip="")

    @property
    def status(self) -> SyncStatus:
        return self._status

    def show_status(self, status: SyncStatus, text: str, *, name: str, tip: str) -> None:
        self._status = status
        self.setText(text)
        self.setAccessibleName(name)
        self.setToolTip(tool_tip(tip or name))
        self.cancel.setText(tr("sync.cancel"))
        self.cancel.setVisible(status.state in ("looking", "fetching"))
        self.setVisible(bool(text))
        self._arrange()
        self.update()

    @property
    def share(self) -> float | None:
        """How much of what is coming is here, 0..1; None when nothing comes, or nobody knows how much will."""
        total = self._status.total
        return min(1.0, self._status.done / total) if self._status.state == "fetching" and total else None

    def sizeHint(self) -> QSize:
        words = round(width(self.text(), font("small")) + 1.5)
        return QSize(_LEAD + words + self._beside(), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), _LEAST + self._beside()), HEIGHT)

    def _beside(self) -> int:
        """The room right of the words."""
        bar = _GAP + _BAR if self.share is not None else 0
        return bar + (4 + _CANCEL if self._status.state in ("looking", "fetching") else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        self.cancel.resize(self.cancel.sizeHint())
        self.cancel.move(self.width() - _CANCEL, (HEIGHT - _CANCEL) // 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, offline = canvas(self), self._status.state == "offline"
        hovered = self.underMouse()
        colour = self.theme.text2 if hovered else self.theme.text3
        draw_icon(painter, "offline" if offline else "online", 7, self.height() / 2, 14, colour)
        room = QRectF(_LEAD, 0, self.width() - _LEAD - self._beside(), self.height())
        draw_text(painter, room, self.text(), font("small"), colour)
        if self.share is not None:
            groove = QRectF(room.right() + _GAP, self.height() / 2 - 1.5, _BAR, 3)
            fill_round(painter, groove, 1.5, self.theme.line2)
            groove.setWidth(max(3.0, _BAR * self.share))
            fill_round(painter, groove, 1.5, self.theme.text2)

    @Slot()
    def _on_clicked(self) -> None:
        if self._status.state == "offline":
            self.look_wanted.emit()
        else:
            self.settings_wanted.emit()
