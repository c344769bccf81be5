"""The newest song's preview is fetched off the caller's thread; trouble is told and outlived."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue

import pytest

from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.central import PreviewFile
from musicrec_desktop.core.errors import MusicRecError, PreviewUnavailable
from musicrec_desktop.core.types import TrackId
from musicrec_desktop.workers.previews import Fetch, PreviewWorker

PATIENCE_S = 10.0


class Desk:
    """Fetches by the song's name; "long" goes on until it is given up."""

    def __init__(self) -> None:
        self.answers: SimpleQueue[tuple[TrackId, PreviewFile | MusicRecError]] = SimpleQueue()
        self.threads: list[str] = []
        self.begun, self.closed = threading.Event(), threading.Event()
        self.worker = PreviewWorker(opened=self.opened, on_file=self.answered, on_error=self.answered)

    def answered(self, track_id: TrackId, answer: PreviewFile | MusicRecError) -> None:
        self.answers.put((track_id, answer))

    @contextmanager
    def opened(self) -> Iterator[Fetch]:
        self.threads.append(threading.current_thread().name)
        yield self.fetch
        self.threads.append(threading.current_thread().name)
        self.closed.set()

    def fetch(self, track_id: TrackId, *, token: CancelToken) -> PreviewFile:
        self.begun.set()
        if track_id == "none":
            raise PreviewUnavailable(track_id=track_id, detail="status 404")
        if track_id == "bug":
            raise KeyError(track_id)
        while track_id == "long":
            token.check()
        return PreviewFile(Path(track_id), 1.0, 30.0)

    def answer(self) -> tuple[TrackId, PreviewFile | MusicRecError]:
        return self.answers.get(timeout=PATIENCE_S)


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk()
    yield desk
    desk.worker.stop()


def test_a_preview_comes_and_what_fetches_is_opened_and_closed_in_one_thread(desk: Desk) -> None:
    for name in ("one", "other"):
        desk.worker.ask(TrackId(name))
        assert desk.answer() == (name, PreviewFile(Path(name), 1.0, 30.0))
    desk.worker.stop()
    assert desk.closed.is_set()
    assert desk.threads == ["previews", "previews"]


def test_the_next_song_does_not_wait_for_the_one_before(desk: Desk) -> None:
    desk.worker.ask(TrackId("long"))
    assert desk.begun.wait(PATIENCE_S)
    desk.worker.ask(TrackId("one"))
    assert desk.answer()[0] == "one"
    assert desk.answers.empty()


@pytest.mark.parametrize("trouble", ["none", "bug"])
def test_trouble_is_told_and_outlived(desk: Desk, trouble: str) -> None:
    desk.worker.ask(TrackId(trouble))
    name, error = desk.answer()
    assert (name, type(error)) == (trouble, PreviewUnavailable)
    desk.worker.ask(TrackId("one"))
    assert desk.answer()[0] == "one"


def test_it_can_be_stopped_at_any_time(desk: Desk) -> None:
    Desk().worker.stop()
    desk.worker.ask(TrackId("long"))
    assert desk.begun.wait(PATIENCE_S)
    desk.worker.stop()
    desk.worker.stop()
    desk.worker.ask(TrackId("one"))
    assert desk.answers.empty()
    assert desk.closed.is_set()
