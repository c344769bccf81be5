"""The first page: what stays on this computer, what listens, and two ways to begin. Shown until it is left."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Signal, Slot
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from musicrec_desktop.ui import tokens
from musicrec_desktop.ui.buttons import PillButton, RecordPill
from musicrec_desktop.ui.fonts import line_height
from musicrec_desktop.ui.icons import draw_icon
from musicrec_desktop.ui.label import Label
from musicrec_desktop.ui.level_meter import LOW_DB, QUIET_DB
from musicrec_desktop.ui.navigation import paint_logo
from musicrec_desktop.ui.painting import Themed, canvas, fill_round
from musicrec_desktop.ui.pick_button import PickButton
from musicrec_desktop.ui.strings import tr
from musicrec_desktop.ui.theme import Theme

if TYPE_CHECKING:
    from musicrec_desktop.audio.devices import InputDevice

COLUMN = 560
LOW = 560  # of this page: below, everything closer together
_BOX, _TEXT_LEFT = 44, 62
_FIELD = 360
_TITLE = 22  # what the title of a promise takes
_PROMISES = (("shield", "stays"), ("history", "kept"), ("account-off", "account"))


class LevelBar(Themed, QWidget):
    """How loud it is now, without numbers."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._level_db = LOW_DB

    @property
    def level_db(self) -> float:
        return self._level_db

    def set_level(self, rms_db: float) -> None:
        self._level_db = max(LOW_DB, min(0.0, rms_db))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = canvas(self)
        groove = QRectF(0, self.height() / 2 - 3, self.width(), 6)
        fill_round(painter, groove, 3, self.theme.line2)
        share = 1 - self._level_db / LOW_DB
        if share > 0:
            colour = self.theme.ok if self._level_db >= QUIET_DB else self.theme.warn
            fill_round(painter, QRectF(groove.left(), groove.top(), max(6.0, share * groove.width()), 6), 3, colour)


class Promise(Themed, QWidget):
    """An icon in a box, and two lines beside it."""

    def __init__(self, theme: Theme, icon: str, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme, self._icon, self._key = theme, icon, key
        self.title = Label(theme, "tile", parent=self)
        self.text = Label(theme, "body", colour="text2", wrap=True, parent=self)

    def retranslate(self) -> None:
        self.title.setText(tr(f"first.{self._key}"))
        self.text.setText(tr(f"first.{self._key}_text"))

    def heightForWidth(self, width: int) -> int:
        return max(_BOX, _TITLE + self.text.heightForWidth(width - _TEXT_LEFT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        room = self.width() - _TEXT_LEFT
        self.title.setGeometry(_TEXT_LEFT, 0, room, line_height("tile"))
        self.text.setGeometry(_TEXT_LEFT, _TITLE, room, self.text.heightForWidth(room))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = canvas(self)
        fill_round(painter, QRectF(0, 0, _BOX, _BOX), tokens.RADIUS_ROW, self.theme.hover)
        draw_icon(painter, self._icon, _BOX / 2, _BOX / 2, 20, self.theme.text)


class Mark(Themed, QWidget):
    """The ring that is nearly closed."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def paintEvent(self, event: QPaintEvent) -> None:
        half = self.height() / 2
        paint_logo(canvas(self), self.theme, x=half, y=half, radius=half * 0.85)


class FirstPage(QWidget):
    listen_wanted = Signal()
    sample_wanted = Signal()
    device_picked = Signal(int)  # 0: the default one, n: the n-th that was listed

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._inputs: Sequence[InputDevice] | None = None  # None until they have been looked for
        self._chosen = ""
        self._heard = False  # something is open whose level can be shown
        self.mark = Mark(theme, self)
        self.headline = Label(theme, "display", wrap=True, parent=self)
        self.promises = [Promise(theme, icon, key, self) for icon, key in _PROMISES]
        self._with = Label(theme, "small", colour="text2", parent=self)
        self.device = PickButton(theme, icon="mic")
        self.device.setParent(self)
        self.level = LevelBar(theme, self)
        self._help = Label(theme, "small", colour="text2", wrap=True, parent=self)
        self.start = RecordPill(theme, "", height=44, parent=self)
        self.sample = PillButton(theme, "", parent=self)
        self.start.clicked.connect(self.listen_wanted)
        self.sample.clicked.connect(self.sample_wanted)
        self.device.picked.connect(self.device_picked)
        self.retranslate()

    def set_inputs(self, inputs: Sequence["InputDevice"], chosen: str) -> None:
        """What can be listened to; `chosen` is the name of one, or empty for the default."""
        self._inputs, self._chosen = list(inputs), chosen
        self._show_devices()

    def set_sample_offered(self, offered: bool) -> None:
        """Whether the sample recording would find its song."""
        self.sample.setVisible(offered)

    @Slot(float)
    def set_level(self, rms_db: float) -> None:
        """Of the open microphone; nothing is opened before the listener says so."""
        self.level.set_level(rms_db)
        self.set_heard(True)

    def set_heard(self, heard: bool) -> None:
        """Whether a microphone is open."""
        if heard is not self._heard:
            self._heard = heard
            self._show_level()

    def _show_devices(self) -> None:
        found = self._inputs
        if found is not None and not found:
            self.device.set_options([tr("status.no_device")], 0)
        else:
            names = [device.name for device in found or ()]
            index = names.index(self._chosen) + 1 if self._chosen in names else 0
            self.device.set_options([tr("device.default"), *names], index)
        self.device.setEnabled(bool(found))
        self.device.setAccessibleName(f"{tr('source.name')}: {self.device.text()}")
        self._show_level()

    def _show_level(self) -> None:
        missing = self._inputs is not None and not self._inputs
        shown = self._heard and not missing
        self.level.setVisible(shown)
        self._help.setVisible(not shown)
        self._help.setText(tr("first.no_device" if missing else "first.level"))
        self._place()

    def retranslate(self) -> None:
        self.headline.setText(tr("first.headline"))
        for promise in self.promises:
            promise.retranslate()
        self._with.setText(tr("source.name"))
        self.start.setText(tr("first.start"))
        self.sample.setText(tr("first.sample"))
        self.level.setAccessibleName(tr("level.name"))
        self._show_devices()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def sizeHint(self) -> QSize:
        return QSize(COLUMN, LOW)

    def _place(self) -> None:
        """Numbers of the design; on a low page the same with less between."""
        low = self.height() < LOW
        room = min(COLUMN, self.width() - 48)
        left = (self.width() - room) // 2
        side, between = (44, 11) if low else (56, 22)
        gaps = (10, 16, 6, 20) if low else (20, 30, 16, 32)
        heights = [promise.heightForWidth(room) for promise in self.promises]
        words = self.headline.heightForWidth(room)
        needed = side + words + sum(heights) + 3 * between + line_height("small") + 7 + 40 + 44 + sum(gaps)
        top = max(8, min(62, (self.height() - needed) // 2))
        self.mark.setGeometry(left - 1, top, side, side)
        top += side + gaps[0]
        self.headline.setGeometry(left, top, room, words)
        top += words + gaps[1]
        for promise, height in zip(self.promises, heights, strict=True):
            promise.setGeometry(left, top, room, height)
            top += height + between
        top += gaps[2]
        self._with.setGeometry(left, top, room, line_height("small"))
        top += line_height("small") + 7
        self._place_device(left, top, room)
        top += 40 + gaps[3]
        for button in (self.start, self.sample):
            size = button.sizeHint()
            button.setGeometry(left, top, size.width(), 44)
            left += size.width() + 12

    def _place_device(self, left: int, top: int, room: int) -> None:
        self.device.setGeometry(left, top, _FIELD, 40)
        beside = left + _FIELD + 16
        self.level.setGeometry(beside, top, left + room - beside, 40)
        height = self._help.heightForWidth(left + room - beside)
        self._help.setGeometry(beside, top + (40 - height) // 2, left + room - beside, height)
