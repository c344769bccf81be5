"""The thread that keeps previews for offline: orders in turn, progress, an end that always says what is kept."""

import threading
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue

import pytest

from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.errors import DiskFull, PreviewsUnwritable
from musicrec_desktop.workers.keeping import Keep, KeepingWorker, Kept, Order

NONE, SOME = Kept(3, 900, 0, 0), Kept(3, 900, 2, 600)
PATIENCE_S = 10.0


class Told:
    """What the worker says, in order."""

    def __init__(self, keep: Keep, *, count: Callable[[], Kept] = lambda: SOME) -> None:
        self.progress: list[Kept] = []
        self.ends: SimpleQueue[tuple[Order, Kept | None, Exception | None]] = SimpleQueue()
        self.worker = KeepingWorker(
            count=count,
            keep=keep,
            drop=lambda: None,
            on_progress=self.progress.append,
            on_done=lambda *end: self.ends.put(end),
        )

    def end(self) -> tuple[Order, Kept | None, Exception | None]:
        return self.ends.get(timeout=PATIENCE_S)


def nothing(token: CancelToken, report: Callable[[Kept], None]) -> None:
    raise AssertionError("nothing is to be fetched")


def test_counting_fetches_nothing() -> None:
    told = Told(nothing, count=lambda: NONE)
    told.worker.order("count")
    assert told.end() == ("count", NONE, None)
    told.worker.stop()


def test_keeping_tells_how_far_it_is_and_what_is_kept_in_the_end() -> None:
    told = Told(lambda token, report: [report(NONE), report(SOME)])
    told.worker.order("keep")
    assert told.end() == ("keep", SOME, None)
    assert told.progress == [NONE, SOME]
    told.worker.stop()


def test_given_up_what_has_come_is_told() -> None:
    begun = threading.Event()

    def keep(token: CancelToken, report: Callable[[Kept], None]) -> None:
        begun.set()
        token.rest(PATIENCE_S)

    told = Told(keep)
    told.worker.order("keep")
    assert begun.wait(PATIENCE_S)
    told.worker.cancel()
    assert told.end() == ("keep", SOME, None)
    told.worker.stop()
    told.worker.order("count")  # too late, and no error


@pytest.mark.parametrize("error", [DiskFull(path=Path("x")), ValueError("bug")])
def test_what_goes_wrong_is_told_beside_what_is_kept(error: Exception) -> None:
    def keep(token: CancelToken, report: Callable[[Kept], None]) -> None:
        raise error

    told = Told(keep)
    told.worker.order("keep")
    assert told.end() == ("keep", SOME, error)
    told.worker.stop()


def test_where_not_even_counting_is_possible() -> None:
    error = PreviewsUnwritable(path=Path("x"))

    def count() -> Kept:
        raise error

    told = Told(nothing, count=count)
    told.worker.order("drop")
    assert told.end() == ("drop", None, error)
    told.worker.stop()


def test_stop_comes_before_anything_and_twice() -> None:
    told = Told(nothing)
    told.worker.stop()
    told.worker.stop()
