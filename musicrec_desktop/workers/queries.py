"""The query thread: questions to the catalogue that must not hold up the window."""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Protocol

from musicrec_desktop.core.errors import CatalogueDamaged, CatalogueError

if TYPE_CHECKING:  # the window is painted before the database library is loaded
    from musicrec_desktop.catalogue.store import CatalogueStore

log = logging.getLogger(__name__)

JOIN_S = 2.0

Question = Callable[["CatalogueStore"], Any]


class Catalogue(Protocol):
    """Gives the catalogue that is to be asked now."""

    def store(self) -> "CatalogueStore": ...

    def close(self) -> None: ...


class QueryWorker:
    """Answers questions in its own thread. Each topic holds one waiting question: the newest.

    `open_catalogue` is called in that thread, and again after damage was found: there may be another file by then.
    on_answer(topic, number, value) and on_error(topic, number, error) run in its thread; `number` is what
    `ask` returned, so that an answer to an older question can be recognised.
    """

    def __init__(
        self,
        *,
        open_catalogue: Callable[[], Catalogue],
        on_answer: Callable[[str, int, Any], None],
        on_error: Callable[[str, int, Exception], None],
    ) -> None:
        self._open_catalogue = open_catalogue
        self._on_answer = on_answer
        self._on_error = on_error
        self._catalogue: Catalogue | None = None
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
                self._on_answer(topic, number, question(self._store()))
            except Exception as error:
                log.info("question about %s failed", topic, exc_info=error)
                if isinstance(error, CatalogueDamaged):
                    self._close()
                self._on_error(topic, number, error)
        self._close()

    def _store(self) -> "CatalogueStore":
        if self._catalogue is None:
            self._catalogue = self._open_catalogue()
        return self._catalogue.store()

    def _close(self) -> None:
        catalogue, self._catalogue = self._catalogue, None
        if catalogue is not None:
            with suppress(CatalogueError):  # what is damaged may refuse even that
                catalogue.close()
