"""Listen: the live view, and in its place the answer to what was heard, opened or chosen."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from musicrec_desktop.core.types import Answer, Mood
from musicrec_desktop.features.display import Columns
from musicrec_desktop.ui.answer_view import AnswerView
from musicrec_desktop.ui.buttons import RecordPill
from musicrec_desktop.ui.controls import Segment
from musicrec_desktop.ui.header import Header
from musicrec_desktop.ui.live_view import LiveView
from musicrec_desktop.ui.messages import describe
from musicrec_desktop.ui.prints import PrintShelf
from musicrec_desktop.ui.session import SessionController, State
from musicrec_desktop.ui.strings import time_of_day, tr
from musicrec_desktop.ui.takes import Take
from musicrec_desktop.ui.text import display_text
from musicrec_desktop.ui.theme import Theme

if TYPE_CHECKING:
    from musicrec_desktop.audio.devices import InputDevice

_SOURCES = ("microphone", "monitor")
_HEARD = (*_SOURCES, "sample")
_PILL_HEIGHT = 34


class ListenPage(QWidget):
    said = Signal(str)  # one message for the status line

    def __init__(self, theme: Theme, session: SessionController, prints: PrintShelf) -> None:
        super().__init__()
        self._session = session
        self._columns: Columns | None = None  # of the take that is shown
        self._inputs: Sequence[InputDevice] = ()
        self.source = Segment(theme, [("mic", ""), ("computer", "")])
        self.again = RecordPill(theme, "", height=_PILL_HEIGHT)
        self.header = Header(theme, self.source, self.again)
        self.live = LiveView(theme, session, prints)
        self.answers = AnswerView(theme, prints)
        self._views = QStackedWidget()
        self._views.addWidget(self.live)
        self._views.addWidget(self.answers)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.header)
        layout.addWidget(self._views, 1)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        session = self._session
        session.state_changed.connect(self._on_state)
        session.asked.connect(self._on_asked)
        session.shown.connect(self._on_shown)
        session.failed.connect(self._on_failed)
        session.audio_settings_changed.connect(self._on_audio)
        self.source.chosen.connect(self._on_source)
        self.again.clicked.connect(session.click)
        self.answers.passage_chosen.connect(session.ask_passage)

    @property
    def answering(self) -> bool:
        return self._views.currentWidget() is self.answers

    def set_moods(self, moods: Sequence[Mood]) -> None:
        self.answers.set_moods(moods)

    def set_songs(self, count: int) -> None:
        self.live.set_songs(count)
        self.answers.set_songs(count)

    def set_demonstration(self, in_use: bool, *, sample: bool) -> None:
        """Whether the songs are those that come with the program, and whether a sample recording does, too."""
        self.live.set_sample_offered(in_use and sample)

    def set_inputs(self, inputs: Sequence["InputDevice"]) -> None:
        self._inputs = inputs
        self._offer_sources()

    def take_columns(self, columns: Columns) -> None:
        """The picture of a file that was decoded."""
        self._columns = columns

    def retranslate(self) -> None:
        self.source.set_texts([tr("source.microphone"), tr("source.monitor")])
        self.source.setAccessibleName(tr("source.name"))
        self.again.setText(tr("again"))
        self.live.retranslate()
        self.answers.retranslate()
        self._offer_sources()
        self._show_head()

    @Slot(object)
    def _on_state(self, state: State) -> None:
        """The answer stays until something else is asked; whatever is at rest shows the live view."""
        if state in (State.LISTENING, State.READY, State.ARMED, State.PREPARING, State.UNAVAILABLE):
            self.answers.give_up()
            self._views.setCurrentWidget(self.live)
        self._show_head()

    @Slot(object)
    def _on_asked(self, take: Take) -> None:
        if take.origin in _HEARD and not self.answering:
            columns = self.live.columns
            self._columns = columns.newest() if columns is not None else None
            return  # the live view stays, frozen, until the answer is there
        shown = self.answers.take
        fresh = shown is None or shown.excerpt is not take.excerpt
        self._views.setCurrentWidget(self.answers)
        self.answers.show_working(take, self._columns if fresh and take.excerpt is not None else None)
        self._show_head()

    @Slot(object, object)
    def _on_shown(self, take: Take, answer: Answer) -> None:
        self._views.setCurrentWidget(self.answers)
        self.answers.set_computer_offered(self._monitor() is not None and take.origin != "monitor")
        self.answers.show_answer(take, self._columns, answer)
        self._columns = None
        self._show_head()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.said.emit(describe(error).text)

    @Slot(object)
    def _on_audio(self, audio: object) -> None:
        self.source.set_index(_SOURCES.index(self._session.audio.source))

    @Slot(int)
    def _on_source(self, index: int) -> None:
        """The default microphone, or the first source that hears what this computer plays."""
        audio = self._session.audio
        if _SOURCES[index] == audio.source:
            return
        device = self._monitor() or "" if _SOURCES[index] == "monitor" else ""
        self._session.choose_audio(replace(audio, source=_SOURCES[index], device=device))

    def listen_to_computer(self) -> None:
        self._on_source(1)
        self._session.click()

    def _monitor(self) -> str | None:
        monitors = [device for device in self._inputs if device.kind == "monitor"]
        usual = [device for device in monitors if device.is_default]
        return (usual or monitors)[0].name if monitors else None

    def _offer_sources(self) -> None:
        offered = self._monitor() is not None
        part = self.source.part(1)
        part.setEnabled(offered)
        part.setToolTip("" if offered else tr("source.no_monitor"))
        self.source.set_index(_SOURCES.index(self._session.audio.source))

    def _show_head(self) -> None:
        self.header.title.setText(tr("nav.listen"))
        take = self.answers.take if self.answering else None
        self.header.sub.setText(_take_words(take) if take else "")
        settled = self._session.state is State.SHOWING and not self.answers.refusing
        self.again.setVisible(self.answering and settled)


def _take_words(take: Take) -> str:
    match take.origin:
        case "file":
            return tr("take.file", name=display_text(take.name))
        case "track":
            return tr("take.track", name=display_text(take.name))
        case "sample":
            return tr("take.sample")
        case "monitor":
            return tr("take.monitor_at", time=time_of_day(take.at))
        case _:
            return tr("take.at", time=time_of_day(take.at))
