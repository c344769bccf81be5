"""The import thread: batch after batch, cancelled, stopped, and alive after a fault."""

import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.errors import DiskFull
from musicrec_desktop.intake.results import ImportedFile, ImportProgress, Summary
from musicrec_desktop.workers.importing import ImportWorker

WAIT_S = 10.0


class FakeImport:
    """Adds what it is given; a path named `fail` fails, one named `block` waits to be cancelled."""

    def __init__(self) -> None:
        self.blocked = threading.Event()
        self.threads: set[str] = set()

    def __call__(
        self, paths: Iterable[Path], /, *, token: CancelToken, on_progress: Callable[[ImportProgress], None]
    ) -> Iterator[ImportedFile]:
        self.threads.add(threading.current_thread().name)
        for done, path in enumerate(paths, start=1):
            token.check()
            if path.name == "fail":
                raise DiskFull(path=path)
            if path.name == "block":
                self.blocked.set()
                while not token.cancelled:
                    threading.Event().wait(0.005)
                token.check()
            on_progress(ImportProgress(done, 9, None))
            yield ImportedFile(path, "added")


class Heard:
    """What the callbacks said, in order, and a way to wait for it."""

    def __init__(self) -> None:
        self.said: list[object] = []
        self._changed = threading.Condition()

    def hear(self, what: object) -> None:
        with self._changed:
            self.said.append(what)
            self._changed.notify_all()

    def wait_for(self, kind: type, times: int = 1) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: self.count(kind) >= times, WAIT_S), self.said

    def count(self, kind: type) -> int:
        return sum(isinstance(what, kind) for what in self.said)


@pytest.fixture
def importing() -> FakeImport:
    return FakeImport()


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def worker(importing: FakeImport, heard: Heard) -> Iterator[ImportWorker]:
    worker = ImportWorker(
        import_files=importing, on_progress=heard.hear, on_file=heard.hear, on_done=heard.hear, on_error=heard.hear
    )
    yield worker
    worker.stop()


def test_files_then_the_summary(worker: ImportWorker, heard: Heard, importing: FakeImport) -> None:
    worker.start([Path("a"), Path("b")])
    heard.wait_for(Summary)
    kinds = [type(what) for what in heard.said]
    assert kinds == [ImportProgress, ImportedFile, ImportProgress, ImportedFile, Summary]
    assert isinstance(heard.said[-1], Summary)
    assert heard.said[-1].added == 2
    assert importing.threads == {"import"}


def test_batches_wait_for_one_another(worker: ImportWorker, heard: Heard) -> None:
    for name in "abc":
        worker.start([Path(name)])
    heard.wait_for(Summary, 3)
    assert [what.path.name for what in heard.said if isinstance(what, ImportedFile)] == ["a", "b", "c"]


def test_cancelling_ends_all_and_says_what_was_done(worker: ImportWorker, heard: Heard, importing: FakeImport) -> None:
    worker.start([Path("a"), Path("block")])
    worker.start([Path("never")])
    assert importing.blocked.wait(WAIT_S)
    worker.cancel()
    heard.wait_for(Summary)
    worker.start([Path("after")])
    heard.wait_for(Summary, 2)
    summaries = [what.added for what in heard.said if isinstance(what, Summary)]
    assert summaries == [1, 1]
    assert [what.path.name for what in heard.said if isinstance(what, ImportedFile)] == ["a", "after"]


def test_a_fault_is_told_and_the_thread_lives(worker: ImportWorker, heard: Heard) -> None:
    worker.start([Path("a"), Path("fail")])
    heard.wait_for(DiskFull)
    assert heard.count(Summary) == 0
    worker.start([Path("b")])
    heard.wait_for(Summary)


def test_stopping_in_the_middle(worker: ImportWorker, importing: FakeImport) -> None:
    worker.start([Path("block")])
    assert importing.blocked.wait(WAIT_S)
    worker.stop()
    worker.stop()
    assert "import" not in {thread.name for thread in threading.enumerate()}


def test_stopping_before_anything(worker: ImportWorker) -> None:
    worker.stop()
    worker.start([Path("a")])
    assert "import" not in {thread.name for thread in threading.enumerate()}
