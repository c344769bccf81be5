"""The query thread: newest question of each topic, in its own thread."""

import threading
from pathlib import Path

from musicrec_desktop.core.errors import CatalogueDamaged
from musicrec_desktop.workers.queries import QueryWorker

WAIT_S = 5.0


class Catalogue:
    """Stands in for a file; it counts how often one was opened and closed."""

    opened = closed = 0

    def open(self) -> "Catalogue":
        self.opened += 1
        return self

    def store(self) -> str:
        return "the store"

    def close(self) -> None:
        self.closed += 1


class Desk:
    def __init__(self) -> None:
        self.catalogue = Catalogue()
        self.answers: list[tuple[str, int, object]] = []
        self.errors: list[tuple[str, int, Exception]] = []
        self.changed = threading.Condition()
        self.worker = QueryWorker(
            open_catalogue=self.catalogue.open,
            on_answer=lambda *answer: self.note(self.answers, answer),
            on_error=lambda *error: self.note(self.errors, error),
        )

    def note(self, notes: list, entry: object) -> None:
        with self.changed:
            notes.append(entry)
            self.changed.notify_all()

    def wait_for(self, notes: list, count: int) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: len(notes) >= count, WAIT_S)


def test_answers_carry_topic_and_number() -> None:
    desk = Desk()
    number = desk.worker.ask("count", lambda store: (store, threading.current_thread().name))
    desk.worker.start()
    desk.wait_for(desk.answers, 1)
    desk.worker.stop()
    assert desk.answers == [("count", number, ("the store", "queries"))]
    assert (desk.catalogue.opened, desk.catalogue.closed) == (1, 1)


def test_only_the_newest_question_of_a_topic_waits() -> None:
    desk = Desk()
    for text in ("a", "ab", "abc"):
        desk.worker.ask("search", lambda store, text=text: text)
    desk.worker.ask("moods", lambda store: "moods")
    desk.worker.start()
    desk.wait_for(desk.answers, 2)
    desk.worker.stop()
    assert [(topic, value) for topic, _, value in desk.answers] == [("search", "abc"), ("moods", "moods")]


def test_a_failing_question_is_reported_and_the_next_one_answered() -> None:
    desk = Desk()
    desk.worker.start()
    number = desk.worker.ask("bad", lambda store: store.missing)
    desk.wait_for(desk.errors, 1)
    assert desk.errors[0][:2] == ("bad", number)
    desk.worker.ask("good", lambda store: 1)
    desk.wait_for(desk.answers, 1)
    desk.worker.stop()


def test_after_damage_the_file_is_opened_anew() -> None:
    def damaged(store: object) -> None:
        raise CatalogueDamaged(path=Path("catalogue.db"))

    desk = Desk()
    desk.worker.start()
    desk.worker.ask("count", damaged)
    desk.wait_for(desk.errors, 1)
    assert (desk.catalogue.opened, desk.catalogue.closed) == (1, 1)
    desk.worker.ask("count", lambda store: store)
    desk.wait_for(desk.answers, 1)
    desk.worker.stop()
    assert (desk.catalogue.opened, desk.catalogue.closed) == (2, 2)


def test_stop_is_quiet_before_start_and_twice() -> None:
    desk = Desk()
    desk.worker.stop()
    desk.worker.stop()
