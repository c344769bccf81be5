"""The self-test in a thread of its own, beside the analysis and the window."""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from itertools import count

from musicrec_desktop.core.cancel import Cancelled, CancelToken
from musicrec_desktop.core.checkup import Finding

log = logging.getLogger(__name__)

JOIN_S = 2.0

Examine = Callable[[CancelToken], tuple[Sequence[str], Iterator[Finding]]]  # names of the checks, and what they find


class CheckupWorker:
    """One run at a time; a new one ends the one before. The callbacks run in its thread, with the run's number.

    on_begun(run, names), on_found(run, Finding), then on_done(run, None or the error that broke it off).
    Nothing of a run after it was cancelled, but what is on its way.
    """

    def __init__(
        self,
        *,
        examine: Examine,
        on_begun: Callable[[int, Sequence[str]], None],
        on_found: Callable[[int, Finding], None],
        on_done: Callable[[int, Exception | None], None],
    ) -> None:
        self._examine = examine
        self._on_begun, self._on_found, self._on_done = on_begun, on_found, on_done
        self._token = CancelToken()
        self._numbers = count(1)
        self._thread: threading.Thread | None = None

    def start(self) -> int:
        """Begin a run; its number."""
        self.cancel()
        self._token, number = CancelToken(), next(self._numbers)
        self._thread = threading.Thread(target=self._run, args=(number, self._token), name="checkup", daemon=True)
        self._thread.start()
        return number

    def cancel(self) -> None:
        """Give up the run under way, if there is one."""
        self._token.cancel()

    def stop(self) -> None:
        """Cancel, and wait a moment. May be called twice, and before `start`."""
        self.cancel()
        if self._thread is not None:
            self._thread.join(JOIN_S)

    def _run(self, number: int, token: CancelToken) -> None:
        try:
            names, findings = self._examine(token)
            self._on_begun(number, names)
            for finding in findings:
                token.check()
                self._on_found(number, finding)
            self._on_done(number, None)
        except Cancelled:
            log.debug("the self-test was cancelled")
        except Exception as error:
            log.exception("the self-test broke off")
            self._on_done(number, error)
