"""What is shown of an answer: the strip of what was heard, and below it songs, or a refusal."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from musicrec_desktop.core.types import Answer, Mood
from musicrec_desktop.features.display import Columns
from musicrec_desktop.ui.messages import Button
from musicrec_desktop.ui.prints import PrintShelf
from musicrec_desktop.ui.refusal_view import RefusalView
from musicrec_desktop.ui.result_view import ResultView, inset
from musicrec_desktop.ui.row_layout import BLEED
from musicrec_desktop.ui.spectrogram_view import STRIP_HEIGHT, STRIP_HEIGHT_LARGE, STRIP_HEIGHT_SMALL
from musicrec_desktop.ui.strings import tr
from musicrec_desktop.ui.take_strip import TakeStrip
from musicrec_desktop.ui.takes import Take, loudest_start
from musicrec_desktop.ui.theme import Theme

MARGIN = 24
NARROW, WIDE = 860, 1380  # of this view
LOW = 560
_PATIENCE_MS = 400  # an answer faster than this needs no words


class AnswerView(QWidget):
    passage_chosen = Signal(object)  # Take
    wanted = Signal(str)  # a Button of a refusal that somebody else must do

    def __init__(self, theme: Theme, prints: PrintShelf) -> None:
        super().__init__()
        self._answer: Answer | None = None
        self._songs = 0
        self._demonstration_offered = False
        self.strip = TakeStrip(theme)
        self.results = ResultView(theme, prints)
        self.refusal = RefusalView(theme)
        self._views = QStackedWidget()
        self._views.addWidget(self.results)
        self._views.addWidget(self.refusal)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._say_working)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN - BLEED, 0, MARGIN - BLEED, 0)
        layout.setSpacing(10)
        layout.addWidget(inset(self.strip))
        layout.addWidget(self._views, 1)
        self.strip.passage_chosen.connect(self.passage_chosen)
        self.refusal.wanted.connect(self._on_wanted)
        self._suggested: tuple[float, float] | None = None
        self._computer = True

    @property
    def answer(self) -> Answer | None:
        return self._answer

    @property
    def take(self) -> Take | None:
        return self.strip.take

    @property
    def refusing(self) -> bool:
        return self._views.currentWidget() is self.refusal

    def set_moods(self, moods: Sequence[Mood]) -> None:
        self.results.set_moods(moods)
        self.refusal.set_moods(moods)

    def set_songs(self, count: int) -> None:
        self._songs = count

    def set_demonstration_offered(self, offered: bool) -> None:
        """Whether there are no songs, though the program came with some."""
        self._demonstration_offered = offered

    def set_computer_offered(self, offered: bool) -> None:
        """Whether this system lets one hear what it plays, and it is not what is listened to already."""
        self._computer = offered

    def show_working(self, take: Take, columns: Columns | None) -> None:
        """The question is asked: the strip is there at once, the rows of the last answer stay for a moment."""
        self._show_strip(take, columns)
        self._patience.start()

    @Slot()
    def _say_working(self) -> None:
        self._views.setCurrentWidget(self.results)
        self.results.show_working(tr("analysing.hint", n=self._songs) if self._songs else tr("analysing.headline"))

    def show_answer(self, take: Take, columns: Columns | None, answer: Answer) -> None:
        self._patience.stop()
        self._answer = answer
        self._show_strip(take, columns)
        if answer.verdict == "none":
            self._show_refusal(take, answer)
        else:
            self._views.setCurrentWidget(self.results)
            self.results.show_answer(answer)
        self._shape()

    def give_up(self) -> None:
        """The question was dropped."""
        self._patience.stop()

    def _show_strip(self, take: Take, columns: Columns | None) -> None:
        self.strip.setVisible(take.excerpt is not None)
        self.strip.show_take(take, columns)

    def _show_refusal(self, take: Take, answer: Answer) -> None:
        self._views.setCurrentWidget(self.refusal)
        self._suggested = self._louder(take, answer)
        if self._suggested is not None:
            self.strip.suggest(*self._suggested)
        self.refusal.show_answer(answer, offered=self._offered(take))

    def _louder(self, take: Take, answer: Answer) -> tuple[float, float] | None:
        """The loudest other passage of a take that was too quiet, if it would do."""
        needed_db = answer.measured.get("needed")
        if answer.reason != "too_quiet" or take.excerpt is None or needed_db is None:
            return None
        start_s, level_db = loudest_start(take.excerpt, 6.0)
        apart = abs(start_s - take.start_s) > 1.0
        return (start_s, min(6.0, take.excerpt.duration_s)) if apart and level_db >= needed_db else None

    def _offered(self, take: Take) -> set[Button]:
        offered: set[Button] = {"again", "folder", "sound_settings"}
        heard = take.origin in ("microphone", "monitor")
        if self._demonstration_offered:
            offered.add("demo")
        if self._suggested is not None:
            offered.add("louder")
        if heard and self._computer:
            offered.add("computer")
        if heard:
            offered.add("last")
        if take.excerpt is not None and take.excerpt.duration_s > take.duration_s + 1:
            offered.add("passage")
        return offered

    @Slot(str)
    def _on_wanted(self, button: str) -> None:
        take = self.take
        if button == "louder" and take is not None and self._suggested is not None:
            self.passage_chosen.emit(take.about(*self._suggested))
        elif button == "passage":
            self.strip.picture.setFocus()
        else:
            self.wanted.emit(button)

    def retranslate(self) -> None:
        self.strip.retranslate()
        self.results.retranslate()
        self.refusal.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._shape()

    def _shape(self) -> None:
        narrow, wide = self.width() < NARROW, self.width() >= WIDE
        if narrow or self.height() < LOW:
            height = STRIP_HEIGHT_SMALL
        else:
            height = STRIP_HEIGHT_LARGE if wide or self.refusing else STRIP_HEIGHT
        self.strip.set_height(height)
        self.strip.set_captions(not self.refusing)
        self.results.set_shape(narrow=narrow, wide=wide)
