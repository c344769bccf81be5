"""The query thread: questions to the catalogue that must not hold up the window."""

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # the window is painted before the database library is loaded
    from musicrec_desktop.catalogue.store import CatalogueStore

log = logging.getLogger(__name__)

JOIN_S = 2.0

Question = Callable[["CatalogueStore"], Any]


class QueryWorker:
    """Answers questions in its own thread. Each topic holds one waiting question: the newest.

    `open_store` is called once, in that thread; what it returns is called for each question, and gives the catalogue
    that is to be asked then.
    on_answer(topic, number, value) and on_error(topic, number, error) run in its thread; `number` is what
    `ask` returned, so that an answer to an older question can be recognised.
    """

    def __init__(
        self,
        *,
        open_store: Callable[[], Callable[[], "CatalogueStore"]],
        on_answer: Callable[[str, int, Any], None],
        on_error: Callable[[str, int, Exception], None],
    ) -> None:
        self._open_store = open_store
        self._on_answer = on_answer
        self._on_error = on_error
        self._store: Callable[[], CatalogueStore] | None = None
        self._waiting: dict[str, tuple[int, Question]] = {}  # in the order of asking; at most one a topic
        self._changed = threading.Condition()
        self._asked = 0
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="queries", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def ask(self, topic: str, question: Question) -> int:
        """Put a question; a waiting one of the same topic is dropped. Returns its number."""
        with self._changed:
            self._asked += 1
            self._waiting.pop(topic, None)
            self._waiting[topic] = (self._asked, question)
            self._changed.notify()
            return self._asked

    def stop(self) -> None:
        """Drop what is waiting and let the thread end. May be called twice, and before `start`."""
        with self._changed:
            self._closed = True
            self._waiting.clear()
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join(JOIN_S)

    def _take(self) -> tuple[str, int, Question] | None:
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closed)
            if self._closed:
                return None
            topic = next(iter(self._waiting))
            number, question = self._waiting.pop(topic)
            return topic, number, question

    def _run(self) -> None:
        while (taken := self._take()) is not None:
            topic, number, question = taken
            try:
                self._on_answer(topic, number, question(self._opened()))
            except Exception as error:
                log.info("question about %s failed", topic, exc_info=error)
                self._on_error(topic, number, error)

    def _opened(self) -> "CatalogueStore":
        if self._store is None:
            self._store = self._open_store()
        return self._store()
