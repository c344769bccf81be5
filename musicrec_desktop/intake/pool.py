"""Worker threads that read files, each by a child process of its own."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from musicrec_desktop.audio.sandbox import ChildCrashed, ChildTimeout, Sandbox
from musicrec_desktop.core.cancel import Cancelled, CancelToken
from musicrec_desktop.core.errors import CatalogueError, TooShort, UndecodableFile
from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.intake.analyse import AnalysedFile, analyse_file
from musicrec_desktop.intake.stamps import content_hash

log = logging.getLogger(__name__)

_DEADLINE_S, _DEADLINE_S_PER_MB, _LONGEST_DEADLINE_S = 15.0, 10.0, 900.0


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file's content hash, and its analysis unless that was not wanted."""

    content_hash: str
    analysed: AnalysedFile | None


@dataclass(frozen=True, slots=True)
class Unreadable:
    reason: str  # one of UNDECODABLE_REASONS, or "too_short"


class ReadingPool:
    """Reads up to `workers` files at a time. `is_known(content_hash)` says which content needs no analysis."""

    def __init__(
        self, *, workers: int, spec: FeatureSpec, is_known: Callable[[str], bool], token: CancelToken | None
    ) -> None:
        self._spec = spec
        self._is_known = is_known
        self._token = token
        self._sandboxes = [Sandbox() for _ in range(workers)]
        self._idle: SimpleQueue[Sandbox] = SimpleQueue()
        for sandbox in self._sandboxes:
            self._idle.put(sandbox)
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="import")

    def submit(self, path: Path, *, size: int) -> "Future[ReadFile | Unreadable]":
        """The result may also raise Cancelled or a CatalogueError."""
        return self._threads.submit(self._read, path, size)

    def close(self) -> None:
        """End the children at once, and what they are doing."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for sandbox in self._sandboxes:
            sandbox.close()
        self._threads.shutdown(wait=True)

    def _read(self, path: Path, size: int) -> ReadFile | Unreadable:
        sandbox = self._idle.get()
        try:
            return self._read_in(sandbox, path, size)
        except UndecodableFile as error:
            return Unreadable(error.reason)
        except TooShort:
            return Unreadable("too_short")
        except ChildTimeout:
            return Unreadable("timeout")
        except ChildCrashed:
            return Unreadable("crashed")
        except (Cancelled, CatalogueError):
            raise
        except Exception:  # this thread's one: a fault of ours costs this file, not the import
            log.exception("analysis failed: %s", path)
            return Unreadable("crashed")
        finally:
            self._idle.put(sandbox)

    def _read_in(self, sandbox: Sandbox, path: Path, size: int) -> ReadFile:
        if self._token:
            self._token.check()
        content = content_hash(path)
        if self._is_known(content):
            return ReadFile(content, None)
        items = sandbox.stream(analyse_file, path, self._spec, deadline_s=_deadline_s(size), token=self._token)
        return ReadFile(content, next(items))


def _deadline_s(size: int) -> float:
    return min(_DEADLINE_S + _DEADLINE_S_PER_MB * size / 1e6, _LONGEST_DEADLINE_S)
