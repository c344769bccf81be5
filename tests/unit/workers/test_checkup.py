"""The self-test's thread: one run at a time, and an end at any moment."""

import threading
from collections.abc import Iterator, Sequence
from queue import SimpleQueue
from typing import Any

import pytest

from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.checkup import Finding
from musicrec_desktop.workers.checkup import CheckupWorker

PATIENCE_S = 10.0


class Desk:
    def __init__(self) -> None:
        self.said: SimpleQueue[tuple[Any, ...]] = SimpleQueue()
        self.may_go_on = threading.Event()
        self.error: Exception | None = None
        self.worker = CheckupWorker(
            examine=self.examine,
            on_begun=lambda *facts: self.said.put(("begun", *facts)),
            on_found=lambda *facts: self.said.put(("found", *facts)),
            on_done=lambda *facts: self.said.put(("done", *facts)),
        )

    def examine(self, token: CancelToken) -> tuple[Sequence[str], Iterator[Finding]]:
        return ("one", "two"), self.findings(token)

    def findings(self, token: CancelToken) -> Iterator[Finding]:
        yield Finding("one", "ok")
        while not self.may_go_on.wait(0.005):
            token.check()
        if self.error:
            raise self.error
        yield Finding("two", "attention")

    def next(self) -> tuple[Any, ...]:
        return self.said.get(timeout=PATIENCE_S)


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk()
    yield desk
    desk.worker.stop()


def test_findings_come_one_after_another(desk: Desk) -> None:
    run = desk.worker.start()
    assert desk.next() == ("begun", run, ("one", "two"))
    assert desk.next() == ("found", run, Finding("one", "ok"))
    assert desk.said.empty()
    desk.may_go_on.set()
    assert desk.next() == ("found", run, Finding("two", "attention"))
    assert desk.next() == ("done", run, None)


def test_a_new_run_ends_the_one_before(desk: Desk) -> None:
    first = desk.worker.start()
    assert [desk.next()[:2], desk.next()[:2]] == [("begun", first), ("found", first)]
    second = desk.worker.start()
    desk.may_go_on.set()
    assert {desk.next()[1] for _ in range(4)} == {second} != {first}


def test_a_run_that_breaks_off_says_so(desk: Desk) -> None:
    desk.error = KeyError("a fault")
    desk.may_go_on.set()
    run = desk.worker.start()
    assert [desk.next()[0], desk.next()[0], desk.next()] == ["begun", "found", ("done", run, desk.error)]


def test_it_can_be_stopped_at_any_time(desk: Desk) -> None:
    desk.worker.stop()
    desk.worker.start()
    desk.next(), desk.next()
    desk.worker.stop()
    desk.worker.stop()
    assert desk.said.empty()
