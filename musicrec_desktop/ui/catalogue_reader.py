"""The catalogue as the window sees it: it asks, and says what came back; an answer to an older question is dropped."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from musicrec_desktop.core.types import TrackId
from musicrec_desktop.ui import catalogue_questions as questions
from musicrec_desktop.ui.prints import TOPIC as PRINTS
from musicrec_desktop.ui.prints import PrintShelf
from musicrec_desktop.workers.analysis import EngineFacts

Ask = Callable[[str, questions.Question], int]


class CatalogueReader(QObject):
    overview = Signal(object)  # Overview
    shelf = Signal(object)  # MoodShelf
    mood_songs = Signal(int, object)  # mood id, list of (Track, fit 0..1)
    hits = Signal(str, object)  # text, Hits
    tracks = Signal(object)  # list of Track
    facts = Signal(object)  # EngineFacts, of a model that may not be loaded yet
    failed = Signal(object)  # Exception

    def __init__(self, ask: Ask, read_facts: Callable[[], EngineFacts] | None = None) -> None:
        super().__init__()
        self._ask, self._read_facts = ask, read_facts
        self._newest: dict[str, int] = {}
        self._facts: EngineFacts | None = None
        self._text = ""
        self._mood_id = 0
        self.prints = PrintShelf(self._ask_prints, self)

    def begin(self) -> None:
        """Ask for what needs no engine, the moods' names among it, which are in the model's card."""
        read_facts = self._read_facts
        if read_facts is not None:
            self._put("facts", lambda store: read_facts())
        self.refresh()

    def set_facts(self, facts: EngineFacts) -> None:
        """The engine is there: moods can be asked for."""
        self._facts = facts
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Ask again for all that depends on the catalogue as a whole."""
        self._put("overview", questions.overview())
        self._put("tracks", questions.all_tracks())
        if self._facts is not None:
            self._put("shelf", questions.mood_shelf(self._facts.moods, self._facts.model_id))

    def open_mood(self, mood_id: int) -> None:
        if self._facts is not None:
            self._mood_id = mood_id
            self._put("mood", questions.ranked_mood(mood_id, self._facts.model_id))

    def change_over(self) -> None:
        """Another catalogue is in use: nothing that came from the one before is of any use."""
        self.prints.forget()
        if self._text:
            self.search(self._text)

    def change(self, change: Callable[[], None]) -> None:
        """Let something in the query thread change which songs are seen; then all is asked again."""
        self._put("change", lambda store: change())

    def search(self, text: str) -> None:
        self._text = text
        self._put("search", questions.hits(text))

    @Slot(str, int, object)
    def on_answer(self, topic: str, number: int, value: Any) -> None:
        if self._newest.get(topic) != number:
            return
        match topic:
            case "facts":
                self.facts.emit(value)
            case "change":
                self.change_over()
                self.refresh()
            case "overview":
                self.overview.emit(value)
            case "tracks":
                self.tracks.emit(value)
            case "shelf":
                self.shelf.emit(value)
            case "mood":
                self.mood_songs.emit(self._mood_id, value)
            case "search":
                self.hits.emit(self._text, value)
            case _ if topic == PRINTS:
                self.prints.take(value)

    @Slot(str, int, object)
    def on_error(self, topic: str, number: int, error: Exception) -> None:
        if topic == PRINTS:
            self.prints.forget()
        self.failed.emit(error)

    def _ask_prints(self, track_ids: Sequence[TrackId]) -> None:
        self._put(PRINTS, questions.prints_of(track_ids))

    def _put(self, topic: str, question: questions.Question) -> None:
        self._newest[topic] = self._ask(topic, question)
