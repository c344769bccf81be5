"""The thread that brings the preview of a song to be played: from this computer, or over the network."""

import logging
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, suppress
from typing import Protocol

from musicrec_desktop.core.cancel import Cancelled, CancelToken
from musicrec_desktop.core.central import PreviewFile
from musicrec_desktop.core.errors import MusicRecError, PreviewUnavailable
from musicrec_desktop.core.mailbox import Closed, Mailbox
from musicrec_desktop.core.types import TrackId

log = logging.getLogger(__name__)

JOIN_S = 2.0


class Fetch(Protocol):
    def __call__(self, track_id: TrackId, *, token: CancelToken) -> PreviewFile:
        """The preview of a song. Raises PreviewError, CatalogueError, Cancelled."""
        ...


class PreviewWorker:
    """Fetches for the newest song it was asked for; one that is under way is given up.

    `opened` makes what fetches, in the worker's thread with the first question, and closes it with the last.
    `on_file(track_id, file)` and `on_error(track_id, error)` run in its thread.
    """

    def __init__(
        self,
        *,
        opened: Callable[[], AbstractContextManager[Fetch]],
        on_file: Callable[[TrackId, PreviewFile], None],
        on_error: Callable[[TrackId, MusicRecError], None],
    ) -> None:
        self._opened, self._on_file, self._on_error = opened, on_file, on_error
        self._asked: Mailbox[tuple[TrackId, CancelToken]] = Mailbox()
        self._token = CancelToken()
        self._thread = threading.Thread(target=self._run, name="previews", daemon=True)

    def ask(self, track_id: TrackId) -> None:
        """Only the GUI thread asks."""
        self._token.cancel()
        self._token = CancelToken()
        with suppress(Closed):
            self._asked.put((track_id, self._token))
            if not self._thread.is_alive():
                self._thread.start()

    def stop(self) -> None:
        """Give up what is under way and let the thread end. May be called twice, and before `ask`."""
        self._token.cancel()
        self._asked.close()
        if self._thread.is_alive():
            self._thread.join(JOIN_S)

    def _run(self) -> None:
        with ExitStack() as stack, suppress(Closed):
            fetch: Fetch | None = None
            while True:
                track_id, token = self._asked.take()
                try:
                    fetch = fetch or stack.enter_context(self._opened())
                    self._on_file(track_id, fetch(track_id, token=token))
                except Cancelled:
                    log.debug("another song is played")
                except MusicRecError as error:
                    log.info("no preview of %s: %s", track_id, error)
                    self._on_error(track_id, error)
                except Exception as error:
                    log.exception("a preview failed")
                    self._on_error(track_id, PreviewUnavailable(track_id=track_id, detail=str(error)))
