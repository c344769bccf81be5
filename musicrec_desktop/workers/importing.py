"""The import thread: it imports what it is given, one batch after another, and says how it goes."""

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Protocol

from musicrec_desktop.core.cancel import Cancelled, CancelToken
from musicrec_desktop.intake.results import ImportedFile, ImportProgress, Summary, Tally

log = logging.getLogger(__name__)

JOIN_S = 2.0


class ImportFiles(Protocol):
    """One import, to be called in the import thread; it opens what it needs, and closes it when it ends."""

    def __call__(
        self, paths: Iterable[Path], /, *, token: CancelToken, on_progress: Callable[[ImportProgress], None]
    ) -> Iterator[ImportedFile]: ...


class ImportWorker:
    """Imports batches of files and folders in the order given; the callbacks run in its thread.

    on_progress(ImportProgress), on_file(ImportedFile)      after each file
    on_done(Summary)                                        after each batch, also when it was cancelled
    on_error(error)                                         instead of on_done; what was imported stays
    """

    def __init__(
        self,
        *,
        import_files: ImportFiles,
        on_progress: Callable[[ImportProgress], None],
        on_file: Callable[[ImportedFile], None],
        on_done: Callable[[Summary], None],
        on_error: Callable[[Exception], None],
    ) -> None:
        self._import_files = import_files
        self._on_progress = on_progress
        self._on_file = on_file
        self._on_done = on_done
        self._on_error = on_error
        self._changed = threading.Condition()
        self._batches: deque[tuple[tuple[Path, ...], CancelToken]] = deque()
        self._token = CancelToken()
        self._stopped = False
        self._thread = threading.Thread(target=self._run, name="import", daemon=True)

    def start(self, paths: Iterable[Path]) -> None:
        """Import these files and folders, after what was given before."""
        with self._changed:
            self._batches.append((tuple(paths), self._token))
            if not self._thread.is_alive() and not self._stopped:
                self._thread.start()
            self._changed.notify()

    def cancel(self) -> None:
        """Give up the batch under way and those that wait; what is imported stays."""
        with self._changed:
            self._token.cancel()
            self._token = CancelToken()
            self._batches.clear()

    def stop(self) -> None:
        """Cancel, let the thread end, wait for it a moment. May be called twice, and before `start`."""
        self.cancel()
        with self._changed:
            self._stopped = True
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join(JOIN_S)

    def _run(self) -> None:
        while (batch := self._next_batch()) is not None:
            try:
                self._on_done(self._imported(*batch))
            except Exception as error:
                log.info("the import failed", exc_info=error)
                self._on_error(error)

    def _next_batch(self) -> tuple[tuple[Path, ...], CancelToken] | None:
        with self._changed:
            self._changed.wait_for(lambda: self._batches or self._stopped)
            return None if self._stopped else self._batches.popleft()

    def _imported(self, paths: tuple[Path, ...], token: CancelToken) -> Summary:
        tally = Tally()
        try:
            for file in self._import_files(paths, token=token, on_progress=self._on_progress):
                tally.count(file)
                self._on_file(file)
        except Cancelled:
            log.info("the import was cancelled")
        return tally.summary()
