"""Search: as you type, over titles, artists and albums; from a hit to what sounds like it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from musicrec_desktop.catalogue.examples import N_EXAMPLES, examples
from musicrec_desktop.core.types import Track, TrackId
from musicrec_desktop.ui.buttons import PillButton
from musicrec_desktop.ui.catalogue_questions import Hits
from musicrec_desktop.ui.hit_list import HitList
from musicrec_desktop.ui.label import Label
from musicrec_desktop.ui.result_view import inset
from musicrec_desktop.ui.search_field import SearchField
from musicrec_desktop.ui.sound_print import Print
from musicrec_desktop.ui.strings import tr
from musicrec_desktop.ui.text import display_text
from musicrec_desktop.ui.theme import Theme
from musicrec_desktop.ui.track_list import BLEED

MARGIN = 24
_SETTLE_MS = 40  # one question for a burst of keys
_LONGEST_SHOWN = 40  # letters of a query or a title within a sentence


class SearchPage(QWidget):
    """Emits what is typed; whoever asks the catalogue calls `show_hits` with the answer to the newest text."""

    asked = Signal(str)
    play_requested = Signal(object, float)  # Track, at_s
    similar_requested = Signal(object)  # Track
    passage_requested = Signal(object, float, float)  # Track, start_s, duration_s
    unfolded = Signal(object)  # Track: its waveform is wanted

    def __init__(self, theme: Theme, print_of: Callable[[TrackId], Print | None]) -> None:
        super().__init__()
        self._answer = Hits((), None, 0.0)
        self._text = ""  # what the answer is to
        self.field = SearchField(theme)
        self.count = Label(theme, "small", colour="text3")
        self.hits = HitList(theme, print_of)
        self.hint = Label(theme, "row", colour="text2", bold=False, wrap=True)
        self.meant = PillButton(theme, "")
        self.examples = [PillButton(theme, "") for _ in range(N_EXAMPLES)]
        self._views = QStackedWidget()
        self._views.addWidget(self._empty_view())
        self._views.addWidget(self.hits)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._ask)
        self._lay_out()
        self._connect()
        self.set_songs([])
        self.retranslate()

    def _empty_view(self) -> QWidget:
        view = QWidget()
        layout = QVBoxLayout(view)
        layout.setContentsMargins(BLEED, 40, BLEED, 0)
        layout.setSpacing(18)
        layout.addWidget(self.hint)
        row = QHBoxLayout()
        row.setSpacing(10)
        for button in (self.meant, *self.examples):
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

    def _connect(self) -> None:
        self.field.typed.connect(self._on_typed)
        self.field.down_pressed.connect(self._to_hits)
        self.meant.clicked.connect(self._on_meant)
        for button in self.examples:
            button.clicked.connect(self._on_example)
        self.hits.play_requested.connect(self._on_play)
        self.hits.play_from_requested.connect(self.play_requested)
        self.hits.similar_requested.connect(self.similar_requested)
        self.hits.passage_requested.connect(self.passage_requested)
        self.hits.unfolded.connect(self.unfolded)
        self.hits.left.connect(self._to_field)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._to_field()
        if not self.field.whole():
            self.asked.emit("")  # finds nothing, but the catalogue's texts are in memory before the first letter

    @Slot(object)
    def set_songs(self, tracks: Sequence[Track]) -> None:
        """All songs there are: the examples come from them."""
        texts = examples(tracks)
        for i, button in enumerate(self.examples):
            button.setText(texts[i] if i < len(texts) else "")
        if self.field.whole().strip():
            self._ask()  # what was found may have left, or something may have come
        else:
            self._show()

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        if text.strip():
            self._settle.start()
        else:
            self._settle.stop()
            self._text, self._answer = "", Hits((), None, 0.0)
            self._show()

    @Slot()
    def _ask(self) -> None:
        self._settle.stop()
        self.asked.emit(self.field.whole())

    @Slot(str, object)
    def show_hits(self, text: str, answer: Hits) -> None:
        """The list is replaced in one step, so that it never flashes empty between keys."""
        if text.strip() and text == self.field.whole():
            self._text, self._answer = text, answer
            self._show()

    def _show(self) -> None:
        answer, text = self._answer, self._text
        self.hits.set_tracks(answer.tracks, letters=text)
        self._views.setCurrentIndex(1 if answer.tracks else 0)
        for button in self.examples:
            button.setVisible(not text and bool(button.text()))
        self.meant.setVisible(bool(text and answer.nearest))
        if answer.nearest:
            self.meant.setText(tr("search.meant", title=_short(answer.nearest)))
        self.hint.setText(tr("search.none", text=_short(text)) if text else tr("search.empty"))
        self.count.setText(self._count() if answer.tracks else "")

    def _count(self) -> str:
        milliseconds = max(1, round(1000 * self._answer.seconds))
        return tr("search.hits", n=len(self._answer.tracks), ms=milliseconds)

    @Slot()
    def _on_example(self) -> None:
        self.field.setText(self.sender().text())
        self._to_field()

    @Slot()
    def _on_meant(self) -> None:
        self.field.setText(self._answer.nearest or "")
        self._to_field()

    @Slot(object)
    def _on_play(self, track: Track) -> None:
        self.play_requested.emit(track, 0.0)

    @Slot()
    def _to_field(self) -> None:
        self.hits.setCurrentIndex(self.hits.tracks.index(-1))
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _to_hits(self) -> None:
        if self.hits.tracks.rowCount():
            self.hits.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.hits.setCurrentIndex(self.hits.tracks.index(0))

    def retranslate(self) -> None:
        self.field.setPlaceholderText(tr("search.field"))
        self.field.setAccessibleName(tr("search.field"))
        self.hits.setAccessibleName(tr("nav.search"))
        self.hits.retranslate()
        self._show()


def _short(text: str) -> str:
    shown = display_text(text)
    return shown if len(shown) <= _LONGEST_SHOWN else shown[: _LONGEST_SHOWN - 1] + "…"
