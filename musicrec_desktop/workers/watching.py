"""The watch thread: it looks at the folders of the library again and again, and says what has changed in them."""

import logging
import os
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from musicrec_desktop.core.cancel import Cancelled, CancelToken
from musicrec_desktop.intake.changes import Changes, GoneFile, WatchedFolder
from musicrec_desktop.intake.results import Followed
from musicrec_desktop.intake.survey import Survey, is_below, survey
from musicrec_desktop.intake.witness import Witness
from musicrec_desktop.workers.nudges import Nudges
from musicrec_desktop.workers.settling import Settling

if TYPE_CHECKING:  # the window is painted before the database library is loaded
    from musicrec_desktop.catalogue.store import CatalogueStore
    from musicrec_desktop.catalogue.values import KnownFile

log = logging.getLogger(__name__)

JOIN_S = 2.0

Known = Mapping[str, "KnownFile"]


@dataclass(frozen=True, slots=True)
class Pace:
    """How often is looked. A look that costs c seconds is followed by a rest of c / share at least."""

    still_s: float = 2.0  # a file that has not changed for so long is whole
    patience_s: float = 60.0  # what is whole waits so long for what is not
    told_s: float = 60.0  # between looks where the system tells of changes
    untold_s: float = 5.0  # and where it does not
    share: float = 0.01
    hurried_share: float = 0.05  # while something changes
    retry_s: float = 60.0  # after the catalogue could not be read or written


class WatchWorker:
    """Follows the watched folders; the callbacks run in its thread.

    follow(Changes)       hands over what is to be imported or forgotten; `followed` tells how that ended, and until
                          then nothing is looked at: an import is never followed by its own traces
    on_folders(folders)   the watched folders, whenever one of them comes, goes, or holds another number of songs
    """

    def __init__(
        self,
        *,
        open_store: Callable[[], "CatalogueStore"],
        fingerprint: str,
        follow: Callable[[Changes], None],
        on_folders: Callable[[tuple[WatchedFolder, ...]], None],
        pace: Pace | None = None,
        nudges: Callable[[Callable[[], None]], Nudges] = Nudges,
    ) -> None:
        self._open_store, self._fingerprint = open_store, fingerprint
        self._follow, self._on_folders = follow, on_folders
        self._pace = pace or Pace()
        self._nudges = nudges(self.nudge)
        self._changed = threading.Condition()
        self._folders: tuple[Path, ...] = ()
        self._token = CancelToken()
        self._stopped = self._is_nudged = self._is_following = False
        self._is_wanted = True  # a look at once, whatever the pace
        self._next_s = self._nudged_s = 0.0  # when to look again, and when if nudged, by the monotonic clock
        self._barred_s = 0.0  # no look before
        self.looks = 0  # how often it has looked
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
        # the watch thread's own
        self._witnesses: dict[Path, Witness] = {}
        self._found, self._gone = Settling(), Settling()
        self._known: Known = {}
        self._generation: int | None = None
        self._told: tuple[WatchedFolder, ...] | None = None
        self._handed_found: Mapping[str, object] = {}
        self._handed_gone: Mapping[str, object] = {}

    @property
    def folders(self) -> tuple[Path, ...]:
        return self._folders

    def start(self) -> None:
        self._thread.start()

    def watch(self, folders: Iterable[Path]) -> None:
        """From now on these folders, in place of the others."""
        with self._changed:
            self._folders, self._is_wanted = tuple(folders), True
            self._token.cancel()
            self._token = CancelToken()
            self._changed.notify()

    def nudge(self) -> None:
        """Something may have changed."""
        with self._changed:
            self._is_nudged = True
            self._changed.notify()

    def followed(self, followed: Followed) -> None:
        """What was handed over by `follow` has come to its end; any thread may say so."""
        with self._changed:
            if followed.outcome in ("done", "cancelled"):
                self._found.settle(self._handed_found)
                self._gone.settle(self._handed_gone)
            if followed.outcome == "failed":
                self._barred_s = time.monotonic() + self._pace.retry_s
            self._is_following, self._is_wanted = False, True
            self._changed.notify()

    def stop(self) -> None:
        """Let the thread end, and wait for it a moment. May be called twice, and before `start`."""
        with self._changed:
            self._stopped = True
            self._token.cancel()
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join(JOIN_S)

    def _run(self) -> None:
        while (wanted := self._wait()) is not None:
            began = time.monotonic()
            try:
                self._look(*wanted)
            except Cancelled:
                continue
            except Exception:
                log.exception("the watched folders could not be looked at")
                self._barred_s = time.monotonic() + self._pace.retry_s
            self._plan(time.monotonic() - began)
            self.looks += 1
        self._nudges.stop()

    def _wait(self) -> tuple[tuple[Path, ...], CancelToken] | None:
        """What to look at now, with the token that other folders would cancel; None at the end."""
        with self._changed:
            while not self._stopped:
                left_s = self._due_s() - time.monotonic()
                if left_s <= 0 and not self._is_following:
                    self._is_nudged = self._is_wanted = False
                    return self._folders, self._token
                self._changed.wait(None if self._is_following else left_s)
        return None

    def _due_s(self) -> float:
        if self._is_wanted:
            return self._barred_s
        return max(self._barred_s, min(self._next_s, self._nudged_s) if self._is_nudged else self._next_s)

    def _plan(self, cost_s: float) -> None:
        pace, now = self._pace, time.monotonic()
        hurried_s = cost_s / pace.hurried_share
        if self._found.is_waiting or self._gone.is_waiting:
            usual_s = max(pace.still_s, hurried_s)
        else:
            usual_s = max(pace.told_s if self._nudges.is_complete else pace.untold_s, cost_s / pace.share)
        with self._changed:
            self._next_s, self._nudged_s = now + usual_s, now + hurried_s

    def _look(self, folders: tuple[Path, ...], token: CancelToken) -> None:
        surveys = [survey(folder, token) for folder in folders]
        self._nudges.watch({seen.root: seen.folders[os.fspath(seen.root)] for seen in surveys if seen.present})
        if folders:
            self._read_known()
        below = {seen.root: _known_below(seen.root, self._known) for seen in surveys}
        changes = self._changes(surveys, below)
        self._tell(surveys, below)
        if changes.found or changes.gone:
            with self._changed:  # so that nothing of a folder is handed over once `watch` has left it out
                token.check()
                self._is_following = True
                self._follow(changes)

    def _read_known(self) -> None:
        with self._open_store() as store:
            generation = store.generation()
            if generation != self._generation:
                self._known = {os.fspath(path): file for path, file in store.known_files().items()}
                self._generation = generation

    def _changes(self, surveys: list[Survey], below: Mapping[Path, Known]) -> Changes:
        """What is new has rested a while. What is deleted waits until all that is new has: it may have been moved."""
        now_s, still_s = time.monotonic(), self._pace.still_s
        new = {path: stamp for seen in surveys for path, stamp in seen.files.items() if self._is_new(path, stamp)}
        missing: dict[str, GoneFile] = {}
        for seen in surveys:
            witness = self._witnesses.setdefault(seen.root, Witness())
            missing |= {os.fspath(file.path): file for file in witness.judge(seen, below[seen.root])}
        found = self._found.settled(new, now_s=now_s, still_s=still_s, patience_s=self._pace.patience_s)
        gone = self._gone.settled(missing, now_s=now_s, still_s=still_s, patience_s=self._pace.patience_s)
        if self._found.is_waiting:
            gone = {}
        self._handed_found, self._handed_gone = found, gone
        return Changes(found=tuple(map(Path, sorted(found))), gone=tuple(missing[path] for path in gone))

    def _is_new(self, path: str, stamp: tuple[int, int]) -> bool:
        known = self._known.get(path)
        return known is None or known.unread() != stamp or known.fingerprint != self._fingerprint

    def _tell(self, surveys: list[Survey], below: Mapping[Path, Known]) -> None:
        folders = tuple(
            WatchedFolder(seen.root, seen.present and not _is_away(seen, below[seen.root]), _n_songs(below[seen.root]))
            for seen in surveys
        )
        if folders != self._told:
            self._told = folders
            self._on_folders(folders)


def _known_below(folder: Path, known: Known) -> Known:
    top = os.fspath(folder)
    return {path: file for path, file in known.items() if is_below(path, top)}


def _is_away(seen: Survey, below: Known) -> bool:
    """The folder is there, but none of its songs: the place of a disk that is not mounted."""
    return os.fspath(seen.root) in seen.bare and bool(below)


def _n_songs(below: Known) -> int:
    return sum(file.path == file.track_path for file in below.values())
