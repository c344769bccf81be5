"""Previews on this computer, each under its sha256: the last ones played, and those kept for offline.

The folders are the whole state, so that any number of processes may share them: a file's place says whether it is
kept, its time when it was last wanted. Nothing is used before its hash has been compared.
"""

import errno
import hashlib
import logging
import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from musicrec_desktop.core.errors import DiskFull, PreviewsUnwritable, PreviewUnavailable

log = logging.getLogger(__name__)

SUFFIX, PARTIAL = ".opus", ".partial"
LEFT_BEHIND_S = 3600.0  # a partial file this old is nobody's any more
_HASH = re.compile(r"[0-9a-f]{64}")
_FULL = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True, slots=True)
class Held:
    """How many previews there are, and their bytes."""

    count: int
    n_bytes: int


def file_name(sha256: str) -> str:
    """The name of a preview's file, made of nothing but its hash. Raises PreviewUnavailable for what is no hash."""
    if not _HASH.fullmatch(sha256):
        raise PreviewUnavailable(track_id="", detail=f"no sha256: {sha256[:80]!r}")
    return sha256 + SUFFIX


def check_hash(sha256: str, payload: bytes) -> None:
    """Raises PreviewUnavailable when the bytes are others."""
    found = hashlib.sha256(payload).hexdigest()
    if found != sha256:
        raise PreviewUnavailable(track_id="", detail=f"hash mismatch: {sha256} was wanted, {found} came")


class PreviewCache:
    """Files of previews. What is kept for offline stays; of the others those last wanted, within `quota_bytes`.

    Every method may raise DiskFull or PreviewsUnwritable, and PreviewUnavailable for what is no sha256.
    """

    def __init__(self, folder: Path, *, quota_bytes: int) -> None:
        self._recent, self._offline = folder / "recent", folder / "offline"
        self._folder, self._quota_bytes = folder, quota_bytes

    def path(self, sha256: str) -> Path | None:
        """The file of a preview that is here and whole. One with another content is dropped: None, as if not here."""
        name = file_name(sha256)
        with _translated(self._folder):
            for path in (self._offline / name, self._recent / name):
                with suppress(FileNotFoundError):
                    if hashlib.sha256(path.read_bytes()).hexdigest() == sha256:
                        _want_now(path)
                        return path
                    self._forget(path)
        return None

    def put(self, sha256: str, payload: bytes, *, offline: bool = False) -> Path:
        """Keep a preview and return its file; others leave when there are too many. A kept one stays kept.

        Raises PreviewUnavailable for bytes of another hash.
        """
        name = file_name(sha256)
        check_hash(sha256, payload)
        with _translated(self._folder):
            target = (self._offline if offline or (self._offline / name).exists() else self._recent) / name
            _write(target, payload)
            if offline:
                (self._recent / name).unlink(missing_ok=True)
            else:
                self._make_room(target)
        return target

    def keep_offline(self, sha256: str) -> bool:
        """Keep a preview that is here, whatever else comes; False when it is not here, or not whole."""
        found = self.path(sha256)
        if found is not None and found.parent != self._offline:
            with _translated(self._folder):
                self._offline.mkdir(parents=True, exist_ok=True)
                try:
                    found.replace(self._offline / found.name)
                except FileNotFoundError:  # another process was quicker to drop it
                    return False
        return found is not None

    def let_go(self, sha256: str) -> None:
        """No longer keep a preview for offline; it stays for as long as it is among the last."""
        name = file_name(sha256)
        with _translated(self._folder):
            self._recent.mkdir(parents=True, exist_ok=True)
            with suppress(FileNotFoundError):
                (self._offline / name).replace(self._recent / name)
                self._make_room(self._recent / name)

    def clear(self, *, offline: bool = False) -> None:
        """Delete the last ones played; with `offline`, those kept as well."""
        with _translated(self._folder):
            for folder in (self._recent, *([self._offline] if offline else [])):
                for _, _, path in _entries(folder):
                    _drop(path)

    def held(self) -> Held:
        """The last ones played."""
        return self._held(self._recent)

    def held_offline(self) -> Held:
        """Those kept for offline."""
        return self._held(self._offline)

    def offline(self) -> frozenset[str]:
        """Which are kept for offline, by name alone: whether they are whole shows when they are wanted."""
        with _translated(self._folder):
            return frozenset(path.stem for _, _, path in _entries(self._offline))

    def _forget(self, path: Path) -> None:
        """Drop damaged bytes. An empty file stays in the place of a kept one: it is to be kept when it comes again."""
        if not path.stat().st_size:
            return
        log.warning("the preview %s is damaged", path.name)
        if path.parent == self._offline:
            _write(path, b"")
        else:
            _drop(path)

    def _held(self, folder: Path) -> Held:
        with _translated(self._folder):
            sizes = [size for _, size, _ in _entries(folder)]
        return Held(len(sizes), sum(sizes))

    def _make_room(self, newest: Path) -> None:
        """Drop those not wanted for longest until the rest is within the quota; never the newest."""
        found = sorted(_entries(self._recent))
        excess = sum(size for _, size, _ in found) - self._quota_bytes
        for _, size, path in found:
            if excess <= 0:
                return
            if path != newest and _drop(path):
                excess -= size


def _want_now(path: Path) -> None:
    with suppress(OSError):  # a folder that can only be read
        os.utime(path)


def _write(target: Path, payload: bytes) -> None:
    """Whole or not at all. Not synced: what a power cut leaves is noticed by its hash."""
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(suffix=PARTIAL, dir=target.parent)
    partial = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(payload)
        partial.replace(target)
    except PermissionError:
        # Windows lets nobody replace a file that is being played; it holds the same bytes.
        if not target.exists() or target.read_bytes() != payload:
            raise
    finally:
        partial.unlink(missing_ok=True)


def _entries(folder: Path) -> Iterator[tuple[int, int, Path]]:
    """Time, size and path of each preview; what a killed process left half written is swept away."""
    with suppress(FileNotFoundError), os.scandir(folder) as entries:
        for entry in entries:
            with suppress(FileNotFoundError):
                facts = entry.stat()
                if entry.name.endswith(SUFFIX) and facts.st_size:
                    yield facts.st_mtime_ns, facts.st_size, Path(entry.path)
                elif entry.name.endswith(PARTIAL) and facts.st_mtime < time.time() - LEFT_BEHIND_S:
                    _drop(Path(entry.path))


def _drop(path: Path) -> bool:
    """Delete a file, or leave it when the system does not let go of it (Windows, while it is played)."""
    try:
        path.unlink(missing_ok=True)
    except PermissionError as error:
        log.info("a preview stays for now: %s", error)
        return False
    return True


@contextmanager
def _translated(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise DiskFull(path=folder) from error
        raise PreviewsUnwritable(path=folder, detail=error.strerror or str(error)) from error
