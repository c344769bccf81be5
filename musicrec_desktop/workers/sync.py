"""The sync thread: it keeps the catalogue in step with the central one, quietly, and says how that stands."""

import logging
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from musicrec_desktop.core.cancel import Cancelled, CancelToken
from musicrec_desktop.core.errors import MusicRecError
from musicrec_desktop.core.settings import CentralSettings

log = logging.getLogger(__name__)

JOIN_S = 2.0
AGAIN_S = 3600.0  # after a look that went well
FIRST_RETRY_S, LONGEST_RETRY_S = 15.0, 1800.0  # after one that did not, twice as long each time

SyncState = Literal["off", "looking", "fetching", "current", "offline"]
Report = Callable[[int, int | None], None]  # tracks that have come, and of how many if that is known
Pull = Callable[[CentralSettings, CancelToken, Report], int]  # gives the number of the release that is in use then


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """How things stand with the central catalogue; times are seconds since 1970."""

    state: SyncState
    release: int | None = None  # the release that is in use, where that is known
    done: int = 0
    total: int | None = None
    looked_s: float | None = None  # when the server last answered
    offline_since_s: float | None = None
    error: Exception | None = None  # why it is offline


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How long the thread rests between looks."""

    again_s: float = AGAIN_S
    first_retry_s: float = FIRST_RETRY_S
    longest_retry_s: float = LONGEST_RETRY_S

    def retry_s(self, n_failures: int) -> float:
        """Growing, and a quarter more or less, so that clients do not come back all at once."""
        return min(self.first_retry_s * 2.0 ** (n_failures - 1), self.longest_retry_s) * random.uniform(0.75, 1.25)


class SyncWorker:
    """One look after another; `on_status` is called in its thread, with every change of how things stand."""

    def __init__(self, *, pull: Pull, on_status: Callable[[SyncStatus], None], rhythm: Rhythm | None = None) -> None:
        self._pull, self._on_status = pull, on_status
        self._rhythm = rhythm or Rhythm()
        self._settings = CentralSettings()
        self._status = SyncStatus("off")
        self._token = CancelToken()
        self._nudged = threading.Event()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)

    def start(self, settings: CentralSettings) -> None:
        self._settings = settings
        self._thread.start()

    def use(self, settings: CentralSettings) -> None:
        """Another central catalogue, or none, from now on."""
        if settings != self._settings:
            self._settings = settings
            self._token.cancel()
            self._nudged.set()

    def look(self) -> None:
        """Look at once, whatever the rhythm."""
        self._nudged.set()

    def cancel(self) -> None:
        """Give up the look under way; what has come is kept for the next."""
        self._token.cancel()

    def stop(self) -> None:
        """Cancel, let the thread end, wait for it a moment. May be called twice, and before `start`."""
        self._stopping = True
        self._token.cancel()
        self._nudged.set()
        if self._thread.is_alive():
            self._thread.join(JOIN_S)

    def _run(self) -> None:
        n_failures = 0
        while not self._stopping:
            self._nudged.clear()
            self._token = CancelToken()
            if self._stopping:
                return
            rest_s: float | None = None
            if not self._settings.address:
                n_failures = 0
                self._say(SyncStatus("off"))
            else:
                n_failures = self._look(self._settings, self._token, n_failures)
                rest_s = self._rhythm.retry_s(n_failures) if n_failures else self._rhythm.again_s
            self._nudged.wait(rest_s)

    def _look(self, settings: CentralSettings, token: CancelToken, n_failures: int) -> int:
        """One look; the number of looks that have failed in a row."""
        before = self._status
        self._say(
            SyncStatus("looking", before.release, looked_s=before.looked_s, offline_since_s=before.offline_since_s)
        )
        try:
            release = self._pull(settings, token, self._report)
        except Cancelled:
            self._say(before)
            return n_failures
        except Exception as error:
            if isinstance(error, MusicRecError):
                log.info("the central catalogue: %s", error)
            else:
                log.exception("the look at the central catalogue broke off")
            since_s = before.offline_since_s or time.time()
            self._say(
                SyncStatus("offline", before.release, looked_s=before.looked_s, offline_since_s=since_s, error=error)
            )
            return n_failures + 1
        self._say(SyncStatus("current", release, looked_s=time.time()))
        return 0

    def _report(self, done: int, total: int | None) -> None:
        now = self._status
        self._say(SyncStatus("fetching", now.release, done, total, now.looked_s))

    def _say(self, status: SyncStatus) -> None:
        self._status = status
        self._on_status(status)
