"""The import thread: it imports what it is given, one batch after another, and says how it goes."""

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from musicrec_desktop.core.cancel import Cancelled, CancelToken
from musicrec_desktop.core.types import TrackId
from musicrec_desktop.intake.changes import Changes
from musicrec_desktop.intake.results import Followed, ImportedFile, ImportProgress, Summary, Tally

log = logging.getLogger(__name__)

JOIN_S = 2.0


class ImportFiles(Protocol):
    """One import, to be called in the import thread; it opens what it needs, and closes it when it ends."""

    def __call__(
        self, paths: Iterable[Path], /, *, token: CancelToken, on_progress: Callable[[ImportProgress], None]
    ) -> Iterator[ImportedFile]: ...


class ForgetFiles(Protocol):
    """Songs leave the catalogue, to be called in the import thread; yields them."""

    def __call__(self, changes: Changes, /, *, token: CancelToken) -> Iterator[TrackId]: ...


@dataclass(slots=True)
class _Batch:
    changes: Changes
    token: CancelToken
    kind: Literal["wanted", "dropped", "followed"]  # the first two by the listener; the last gives way
    gave_way: bool = False

    @property
    def is_wanted(self) -> bool:
        return self.kind == "wanted"


class ImportWorker:
    """Imports batches of files and folders in the order given; the callbacks run in its thread.

    on_progress(ImportProgress), on_file(ImportedFile)      after each file
    on_done(Summary)                                        after each batch, also when it was cancelled
    on_error(error)                                         instead of on_done; what was imported stays
    on_followed(Followed), on_dropped(Followed)             instead of both, after `follow` and after `drop`
    """

    def __init__(
        self,
        *,
        import_files: ImportFiles,
        on_progress: Callable[[ImportProgress], None],
        on_file: Callable[[ImportedFile], None],
        on_done: Callable[[Summary], None],
        on_error: Callable[[Exception], None],
        forget_files: ForgetFiles | None = None,
        on_followed: Callable[[Followed], None] | None = None,
        on_dropped: Callable[[Followed], None] | None = None,
    ) -> None:
        self._import_files, self._forget_files = import_files, forget_files
        self._on_progress, self._on_file = on_progress, on_file
        self._on_done, self._on_error = on_done, on_error
        self._on_quiet = {"followed": on_followed, "dropped": on_dropped}
        self._changed = threading.Condition()
        self._batches: deque[_Batch] = deque()
        self._followed: _Batch | None = None  # what the watched folders ask for: the newest
        self._under_way: _Batch | None = None
        self._token = CancelToken()
        self._stopped = False
        self._thread = threading.Thread(target=self._run, name="import", daemon=True)

    def start(self, paths: Iterable[Path]) -> None:
        """Import these files and folders, after what was given before; changes that are followed give way."""
        with self._changed:
            self._batches.append(_Batch(Changes(found=tuple(paths)), self._token, "wanted"))
            self._make_way(self._under_way)
            self._wake()

    def follow(self, changes: Changes) -> None:
        """Follow these changes as soon as nothing else is to be done; changes that still wait are replaced."""
        with self._changed:
            self._followed = _Batch(changes, CancelToken(), "followed")
            self._wake()

    def drop(self, changes: Changes) -> None:
        """Forget the songs of the dropped folders, in turn with the imports the listener wants."""
        with self._changed:
            self._batches.append(_Batch(changes, CancelToken(), "dropped"))
            self._make_way(self._under_way)
            self._make_way(self._followed)  # it may bring in what is dropped
            self._wake()

    def cancel(self) -> None:
        """Give up the batch under way and those that wait; what is imported stays."""
        with self._changed:
            self._token.cancel()
            self._token = CancelToken()
            self._batches = deque(batch for batch in self._batches if batch.kind == "dropped")
            if self._under_way is not None and self._under_way.kind != "dropped":
                self._under_way.token.cancel()
            if self._followed is not None:
                self._followed.token.cancel()  # it comes to its turn, and says that it was cancelled

    def stop(self) -> None:
        """Cancel, let the thread end, wait for it a moment. May be called twice, and before `start`."""
        self.cancel()
        with self._changed:
            self._stopped = True
            if self._under_way is not None:
                self._under_way.token.cancel()
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join(JOIN_S)

    def _make_way(self, batch: _Batch | None) -> None:
        if batch is not None and batch.kind == "followed":
            batch.gave_way = True
            batch.token.cancel()

    def _wake(self) -> None:
        if not self._thread.is_alive() and not self._stopped:
            self._thread.start()
        self._changed.notify()

    def _run(self) -> None:
        while (batch := self._next_batch()) is not None:
            tally = Tally()
            try:
                self._work(batch, tally)
            except Exception as error:
                log.info("the import failed", exc_info=error)
                if batch.is_wanted:
                    self._on_error(error)
                else:
                    self._say(batch, Followed("failed", tally.summary(), tally.removed, error))

    def _next_batch(self) -> _Batch | None:
        with self._changed:
            self._under_way = None
            self._changed.wait_for(lambda: self._batches or self._followed or self._stopped)
            if self._stopped:
                return None
            if self._batches:
                self._under_way = self._batches.popleft()
            else:
                self._under_way, self._followed = self._followed, None
            return self._under_way

    def _work(self, batch: _Batch, tally: Tally) -> None:
        outcome: Literal["done", "gave_way", "cancelled"] = "done"
        try:
            batch.token.check()
            self._import(batch, tally)
            self._forget(batch, tally)
        except Cancelled:
            log.info("the import was cancelled")
            outcome = "gave_way" if batch.gave_way else "cancelled"
        if batch.is_wanted:
            self._on_done(tally.summary())
        else:
            self._say(batch, Followed(outcome, tally.summary(), tally.removed))

    def _import(self, batch: _Batch, tally: Tally) -> None:
        if not batch.changes.found:
            return
        for file in self._import_files(batch.changes.found, token=batch.token, on_progress=self._on_progress):
            tally.count(file)
            self._on_file(file)

    def _forget(self, batch: _Batch, tally: Tally) -> None:
        if self._forget_files and (batch.changes.gone or batch.changes.dropped):
            for _ in self._forget_files(batch.changes, token=batch.token):
                tally.removed += 1

    def _say(self, batch: _Batch, followed: Followed) -> None:
        if say := self._on_quiet.get(batch.kind):
            say(followed)
