"""Results: "This is", "Sounds like this", and the mood of the passage."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from musicrec_desktop.core.types import Answer, Mood, Recommendation, SameRecording, Track
from musicrec_desktop.ui.buttons import QuietButton
from musicrec_desktop.ui.controls import MoodChip
from musicrec_desktop.ui.label import Label
from musicrec_desktop.ui.prints import PrintShelf
from musicrec_desktop.ui.result_rows import ListRow
from musicrec_desktop.ui.results_list import ResultsList
from musicrec_desktop.ui.row_layout import BLEED
from musicrec_desktop.ui.row_words import row_words
from musicrec_desktop.ui.scales import MoodShare
from musicrec_desktop.ui.strings import clock, mood_short, tr
from musicrec_desktop.ui.theme import Theme
from musicrec_desktop.ui.this_is_card import ThisIsCard

WEAK_BELOW = 50.0
LEAST_ROWS = 5  # shown even when they are weak: an answer of one song is none
PANEL, PANEL_GAP, PANEL_WIDE = 236, 36, 300
_LEAST_SHARE = 0.015
_SHARES = 3


def inset(widget: QWidget) -> QWidget:
    """The widget in the page's column, beside lists whose chosen row stands out of it."""
    frame = QWidget()
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(BLEED, 0, BLEED, 0)
    layout.addWidget(widget)
    return frame


class ResultView(QWidget):
    play_requested = Signal(object, float)  # Track, at_s
    similar_requested = Signal(object)  # Track
    mood_wanted = Signal(int)

    def __init__(self, theme: Theme, prints: PrintShelf) -> None:
        super().__init__()
        self._theme, self._prints = theme, prints
        self._answer: Answer | None = None
        self._moods: Sequence[Mood] = ()
        self._weak_shown = False
        self.card = ThisIsCard(theme)
        self.heading = Label(theme, "heading")
        self.count = Label(theme, "small", colour="text2", align=Qt.AlignmentFlag.AlignRight)
        self.chip = MoodChip(theme, 0, "")
        self.songs = ResultsList(theme, actions=("more_like",))
        self.songs.set_print_source(prints.print_of)
        self.weaker = QuietButton(theme, "")
        self.panel = QWidget()
        self._panel_heading = Label(theme, "body", bold=True)
        self.shares = [MoodShare(theme, 0, "", 0.0) for _ in range(_SHARES)]
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        panel = QVBoxLayout(self.panel)
        panel.setContentsMargins(0, 0, BLEED, 0)
        panel.setSpacing(0)
        panel.addWidget(self._panel_heading)
        panel.addSpacing(6)
        for share in self.shares:
            panel.addWidget(share)
        panel.addStretch(1)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self.heading)
        head.addStretch(1)
        head.addWidget(self.weaker)
        head.addWidget(self.count)
        head.addWidget(self.chip)
        self._head = QWidget()
        self._head.setLayout(head)
        self._head.setFixedHeight(40)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(inset(self.card))
        column.addSpacing(12)
        column.addWidget(inset(self._head))
        column.addSpacing(4)
        column.addWidget(self.songs, 1)
        column.addStretch(0)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(PANEL_GAP - BLEED)
        layout.addLayout(column, 1)
        layout.addWidget(self.panel)

    def _connect(self) -> None:
        self.card.play_requested.connect(self._on_card)
        self.songs.play_requested.connect(self._on_row)
        self.songs.more_like_requested.connect(self._on_more)
        self.weaker.clicked.connect(self._on_weaker)
        self.chip.clicked.connect(self._on_chip)
        self._prints.arrived.connect(self._on_prints)

    def set_moods(self, moods: Sequence[Mood]) -> None:
        self._moods = moods
        self.retranslate()

    def show_answer(self, answer: Answer) -> None:
        self._answer = answer
        self._weak_shown = False
        self.setEnabled(True)
        self._fill()

    def show_working(self, text: str) -> None:
        """Progress where the result will be; the rows of the last answer go."""
        self._answer = None
        self._fill()
        self.heading.setText(text)

    def set_shape(self, *, narrow: bool, wide: bool) -> None:
        """As the window has room: the panel beside the list, or only the mood as a chip."""
        self.panel.setFixedWidth((PANEL_WIDE if wide else PANEL) + BLEED)
        self.panel.setVisible(not narrow)
        self.card.set_compact(narrow)
        self.songs.set_compact(narrow)
        self.songs.setMaximumHeight(self.songs.height_for_rows())
        self._narrow = narrow
        self._show_chip()

    _narrow = False

    def _rows(self) -> list[Recommendation]:
        if self._answer is None:
            return []
        rows = self._answer.recommendations
        return [row for row in rows if self._weak_shown or row.score >= WEAK_BELOW or row.rank <= LEAST_ROWS]

    def _fill(self) -> None:
        answer, rows = self._answer, self._rows()
        same = answer.same_recording if answer else None
        self.card.setVisible(same is not None)
        if same is not None:
            self._show_card(same)
        self.songs.set_rows([ListRow.of(row) for row in rows])
        self.songs.setMaximumHeight(self.songs.height_for_rows())
        self.heading.setText(tr("alike"))
        self.count.setText(tr("alike.count", n=len(rows)) if rows else "")
        hidden = len(answer.recommendations) - len(rows) if answer else 0
        self.weaker.setVisible(hidden > 0)
        self._show_shares()
        self._show_chip()

    def _show_card(self, same: SameRecording) -> None:
        self.card.set_recording(same, self._prints.print_of(same.track.track_id))
        self.card.set_texts(
            heading=tr("this_is"),
            sure=tr("sure", percent=min(99, round(100 * same.confidence))),
            play=tr("from", time=clock(same.at_s)),
        )

    def _show_shares(self) -> None:
        guesses = [guess for guess in self._answer.moods if guess.probability >= _LEAST_SHARE] if self._answer else []
        self._panel_heading.setText(tr("passage_mood") if guesses else "")
        for number, share in enumerate(self.shares):
            share.setVisible(number < len(guesses))
            if number < len(guesses):
                guess = guesses[number]
                share.set_share(guess.mood.id, mood_short(guess.mood), guess.probability)

    def _show_chip(self) -> None:
        guess = self._answer.mood if self._answer else None
        self.chip.setVisible(self._narrow and guess is not None)
        self.count.setVisible(not self.chip.isVisibleTo(self))
        if guess is not None:
            self.chip.mood_id = guess.mood.id
            self.chip.setText(mood_short(guess.mood))

    def retranslate(self) -> None:
        self.songs.set_words(row_words(self._moods))
        self.songs.setAccessibleName(tr("alike"))
        self.weaker.setText(tr("weaker"))
        if self._answer is not None:
            self._fill()

    @Slot()
    def _on_prints(self) -> None:
        same = self._answer.same_recording if self._answer else None
        if same is not None:
            self._show_card(same)
        self.songs.viewport().update()

    @Slot(object)
    def _on_card(self, same: SameRecording) -> None:
        self.play_requested.emit(same.track, same.at_s)

    @Slot(object)
    def _on_row(self, row: ListRow) -> None:
        self.play_requested.emit(row.track, row.at_s or 0.0)

    @Slot(object)
    def _on_more(self, row: ListRow) -> None:
        self.similar_requested.emit(row.track)

    @Slot()
    def _on_chip(self) -> None:
        self.mood_wanted.emit(self.chip.mood_id)

    @Slot()
    def _on_weaker(self) -> None:
        self._weak_shown = True
        self._fill()

    def shown_tracks(self) -> list[Track]:
        """The songs in the rows, in order; what "next" in the player means."""
        return [row.track for row in self.songs.rows]
