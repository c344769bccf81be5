"""Other ways in: a file, a mood, a title; and a recording of its own while there are no other songs."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from musicrec_desktop.ui.controls import LinkRow
from musicrec_desktop.ui.label import Label
from musicrec_desktop.ui.strings import tr
from musicrec_desktop.ui.theme import Theme

_ROWS = (("sample", "play"), ("file", "file"), ("mood", "moods"), ("title", "search"))
_HINTS = {
    "sample": "ways.sample_hint",
    "file": "ways.file_hint",
    "mood": "ways.mood_hint",
    "title": "ways.title_hint",
}
_WORDS = {"sample": "ways.sample", "file": "ways.file", "mood": "ways.mood", "title": "ways.title_search"}


class OtherWays(QWidget):
    sample_wanted = Signal()
    file_wanted = Signal()
    moods_wanted = Signal()
    search_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.pitch = 56
        self._heading = Label(theme, "body", colour="text2", bold=True, parent=self)
        self.rows = {way: LinkRow(theme, icon, "", parent=self) for way, icon in _ROWS}
        signals = (self.sample_wanted, self.file_wanted, self.moods_wanted, self.search_wanted)
        for way, signal in zip(self.rows, signals, strict=True):
            self.rows[way].clicked.connect(signal)
        self.rows["sample"].hide()

    @property
    def shown(self) -> list[LinkRow]:
        return [row for row in self.rows.values() if row.isVisibleTo(self)]

    @property
    def wanted_height(self) -> int:
        return 22 + len(self.shown) * self.pitch

    def set_sample_offered(self, offered: bool, *, few: bool = False) -> None:
        """`few`: there is room for three; the search is in the navigation, too."""
        self.rows["sample"].setVisible(offered)
        self.rows["title"].setVisible(not (offered and few))
        self._place()

    def retranslate(self) -> None:
        self._heading.setText(tr("ways.title"))
        for way, row in self.rows.items():
            row.set_texts(tr(_WORDS[way]), tr(_HINTS[way]))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        self._heading.setGeometry(0, 0, self.width(), 20)
        for number, row in enumerate(self.shown):
            row.setGeometry(0, 22 + number * self.pitch + (self.pitch - 40) // 2, self.width(), 40)
