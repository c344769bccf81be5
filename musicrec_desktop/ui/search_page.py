"""Search: as you type, over titles, artists and albums; from a hit to what sounds like it."""

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QIcon, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from musicrec_desktop.core.types import Track, TrackId
from musicrec_desktop.ui.buttons import PillButton
from musicrec_desktop.ui.icons import icon_pixmap
from musicrec_desktop.ui.label import Label
from musicrec_desktop.ui.painting import Themed
from musicrec_desktop.ui.result_view import inset
from musicrec_desktop.ui.sound_print import Print
from musicrec_desktop.ui.strings import tr
from musicrec_desktop.ui.theme import Theme
from musicrec_desktop.ui.track_list import BLEED, TrackList

MARGIN = 24
_EXAMPLES = ("waltz", "ㅂㅌㅅㄴㄷ", "night", "theme")


class SearchField(Themed, QLineEdit):
    """A line to type in, with the loupe at its left."""

    down_pressed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setClearButtonEnabled(True)
        self.setFixedHeight(44)
        self._loupe = self.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self._loupe.setIcon(QIcon(icon_pixmap("search", 20, theme.text2, self.devicePixelRatioF())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.down_pressed.emit()
        else:
            super().keyPressEvent(event)


class SearchPage(QWidget):
    """Emits what is typed; whoever asks the catalogue calls `show_hits` with the answer to the newest text."""

    asked = Signal(str)
    play_requested = Signal(object)  # Track
    similar_requested = Signal(object)  # Track

    def __init__(self, theme: Theme, print_of: Callable[[TrackId], Print | None]) -> None:
        super().__init__()
        self._asked_at = 0.0
        self.field = SearchField(theme)
        self.count = Label(theme, "small", colour="text3")
        self.hits = TrackList(theme, print_of)
        self._hint = Label(theme, "row", colour="text2", bold=False, wrap=True)
        self.examples = [PillButton(theme, text) for text in _EXAMPLES]
        self._views = QStackedWidget()
        self._views.addWidget(self._empty_view())
        self._views.addWidget(self.hits)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(40)  # one question for a burst of keys
        self._settle.timeout.connect(self._ask)
        self._lay_out()
        self.field.textChanged.connect(self._on_typed)
        self.field.down_pressed.connect(self._to_hits)
        self.hits.play_requested.connect(self.play_requested)
        self.hits.similar_requested.connect(self.similar_requested)
        self.retranslate()

    def _empty_view(self) -> QWidget:
        view = QWidget()
        layout = QVBoxLayout(view)
        layout.setContentsMargins(BLEED, 40, BLEED, 0)
        layout.setSpacing(18)
        layout.addWidget(self._hint)
        row = QHBoxLayout()
        row.setSpacing(10)
        for button in self.examples:
            button.clicked.connect(self._on_example)
            row.addWidget(button)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addStretch(1)
        return view

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN - BLEED, 18, MARGIN - BLEED, 0)
        layout.setSpacing(8)
        layout.addWidget(inset(self.field))
        layout.addWidget(inset(self.count))
        layout.addWidget(self._views, 1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        if text.strip():
            self._settle.start()
        else:
            self._settle.stop()
            self.show_hits("", [])

    @Slot()
    def _ask(self) -> None:
        self._asked_at = time.perf_counter()
        self.asked.emit(self.field.text())

    def show_hits(self, text: str, tracks: list[Track]) -> None:
        """The list is replaced in one step, so that it never flashes empty between keys."""
        if text != self.field.text() and self.field.text().strip():
            return
        elapsed_ms = max(1, round((time.perf_counter() - self._asked_at) * 1000))
        self.hits.set_tracks(tracks, letters=text)
        self._views.setCurrentIndex(1 if tracks else 0)
        for button in self.examples:
            button.setVisible(not text)
        if not text:
            self.count.setText("")
            self._hint.setText(tr("search.empty"))
        elif tracks:
            self.count.setText(tr("search.hits", n=len(tracks), ms=elapsed_ms))
        else:
            self.count.setText("")
            self._hint.setText(tr("search.none", text=text))

    @Slot()
    def _on_example(self) -> None:
        self.field.setText(self.sender().text())

    @Slot()
    def _to_hits(self) -> None:
        if self.hits.tracks.rowCount():
            self.hits.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.hits.setCurrentIndex(self.hits.tracks.index(0))

    def retranslate(self) -> None:
        self.field.setPlaceholderText(tr("search.field"))
        self.field.setAccessibleName(tr("search.field"))
        self.hits.setAccessibleName(tr("nav.search"))
        self._ask() if self.field.text().strip() else self.show_hits("", [])
        self.hits.viewport().update()
