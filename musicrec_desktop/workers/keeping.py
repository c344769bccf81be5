"""The thread that keeps previews for offline: it counts what that takes, fetches, and deletes, one after the other."""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from musicrec_desktop.core.cancel import Cancelled, CancelToken
from musicrec_desktop.core.errors import MusicRecError
from musicrec_desktop.core.mailbox import Closed, Mailbox

log = logging.getLogger(__name__)

JOIN_S = 2.0


@dataclass(frozen=True, slots=True)
class Kept:
    """Of so many previews, `n_bytes` in all or about, these are kept already."""

    count: int
    n_bytes: int
    done: int
    done_bytes: int


Order = Literal["count", "keep", "drop"]
Keep = Callable[[CancelToken, Callable[[Kept], None]], None]  # raises MusicRecError, Cancelled


class KeepingWorker:
    """Carries the newest order out; one under way is given up, and what has come by then stays.

    on_progress(kept) runs in its thread while previews come; on_done(order, kept, error) at the end of each order,
    with what is kept then, or None where not even that can be told.
    """

    def __init__(
        self,
        *,
        count: Callable[[], Kept],
        keep: Keep,
        drop: Callable[[], None],
        on_progress: Callable[[Kept], None],
        on_done: Callable[[Order, Kept | None, Exception | None], None],
    ) -> None:
        self._count, self._keep, self._drop = count, keep, drop
        self._on_progress, self._on_done = on_progress, on_done
        self._orders: Mailbox[tuple[Order, CancelToken]] = Mailbox()
        self._token = CancelToken()
        self._thread = threading.Thread(target=self._run, name="keeping", daemon=True)

    def order(self, order: Order) -> None:
        """Only the GUI thread gives orders."""
        self._token.cancel()
        self._token = CancelToken()
        with suppress(Closed):
            self._orders.put((order, self._token))
            if not self._thread.is_alive():
                self._thread.start()

    def cancel(self) -> None:
        self._token.cancel()

    def stop(self) -> None:
        """Give up what is under way and let the thread end. May be called twice, and before `order`."""
        self._token.cancel()
        self._orders.close()
        if self._thread.is_alive():
            self._thread.join(JOIN_S)

    def _run(self) -> None:
        with suppress(Closed):
            while True:
                order, token = self._orders.take()
                error = self._carry_out(order, token)
                kept: Kept | None = None
                try:
                    kept = self._count()
                except Exception as second:
                    log.info("previews cannot be counted: %s", second)
                    error = error or second
                self._on_done(order, kept, error)

    def _carry_out(self, order: Order, token: CancelToken) -> Exception | None:
        try:
            match order:
                case "keep":
                    self._keep(token, self._on_progress)
                case "drop":
                    self._drop()
        except Cancelled:
            log.debug("keeping previews was given up")
        except MusicRecError as error:
            log.info("previews are not kept: %s", error)
            return error
        except Exception as error:
            log.exception("keeping previews failed")
            return error
        return None
