"""One run of the self-test: the time it may take, and what its checks share."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from typing import Any

from musicrec_desktop.audio.sandbox import Sandbox
from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.doctor.takes import Songs, open_songs

TOTAL_S = 26.0  # what begins later is left out, so that the whole stays below half a minute
COMPARISON_BYTES = 3 << 30  # compilers are greedy
POLL_S = 0.05

Clock = Callable[[], float]


class OutOfTime(Exception):
    """What was waited for is not there by the time the run has to end."""


class Beside:
    """A generator function run in a child process of its own, beside what goes on here. It ends with its deadline."""

    def __init__(self, work: Callable[[], Iterator[Any]], *, token: CancelToken) -> None:
        self._work, self._token = work, token
        self._sandbox = Sandbox(memory_bytes=COMPARISON_BYTES)
        self._done = threading.Event()
        self._found: list[Any] = []
        self._error: Exception | None = None
        threading.Thread(target=self._run, name="doctor, beside", daemon=True).start()

    def result(self, left_s: Callable[[], float]) -> Sequence[Any]:
        """What it yielded, or the error it raised. Raises OutOfTime, Cancelled, ChildCrashed."""
        while not self._done.wait(max(0.0, min(POLL_S, left_s()))):
            self._token.check()
            if left_s() <= 0:
                self.close()
                raise OutOfTime
        if self._error is not None:
            raise self._error
        return self._found

    def close(self) -> None:
        """End the child, whatever it does."""
        self._sandbox.close()

    def _run(self) -> None:
        try:
            # Its time is the run's; this deadline is for a child that nobody waits for any more.
            self._found = list(self._sandbox.stream(self._work, deadline_s=2 * TOTAL_S, token=self._token))
        except Exception as error:  # the one of this thread: it is raised where the result is asked for
            self._error = error
        finally:
            self._done.set()
            self._sandbox.close()


class Round:
    """Opened by the first check that needs them, closed with the run: the songs, and the children."""

    def __init__(self, *, token: CancelToken, clock: Clock = time.monotonic, total_s: float = TOTAL_S) -> None:
        self.token = token
        self._clock, self._ends = clock, clock() + total_s
        self._stack = ExitStack()
        self._songs: Songs | None = None
        self._beside: dict[str, Beside] = {}

    def __enter__(self) -> "Round":
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def left_s(self) -> float:
        return self._ends - self._clock()

    def songs(self) -> Songs:
        """The listener's, or those of the demonstration. Raises CatalogueEmpty where there are neither."""
        if self._songs is None:
            self._songs = self._stack.enter_context(open_songs())
        return self._songs

    def begin(self, name: str, work: Callable[[], Iterator[Any]]) -> None:
        """Begin something beside the other checks, unless it has begun; `work` must be importable by name."""
        if name not in self._beside:
            self._beside[name] = Beside(work, token=self.token)
            self._stack.callback(self._beside[name].close)

    def begun(self, name: str) -> Beside:
        return self._beside[name]
