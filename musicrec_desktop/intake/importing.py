"""Files and folders into the catalogue: what is new is analysed, what is known is not read again."""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from musicrec_desktop.catalogue.codec import as_stored
from musicrec_desktop.catalogue.store import CatalogueStore
from musicrec_desktop.catalogue.values import FileStamp, KnownFile, ModelRun, embed
from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.errors import UndecodableFile
from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.intake.analyse import AnalysedFile
from musicrec_desktop.intake.pool import ReadFile, ReadingPool, Unreadable
from musicrec_desktop.intake.results import ImportedFile, ImportProgress, Status, Summary, Tally
from musicrec_desktop.intake.scan import FoundFile, scan
from musicrec_desktop.intake.stamps import size_and_time

__all__ = ["ImportProgress", "ImportedFile", "Status", "Summary", "Tally", "import_paths"]

_WINDOW_PER_WORKER = 4  # files that may be under way or wait for their turn


def import_paths(
    paths: Iterable[Path],
    *,
    store: CatalogueStore,
    model_id: str | None,
    model_run: ModelRun | None,
    spec: FeatureSpec,
    workers: int = 2,
    token: CancelToken | None = None,
    on_progress: Callable[[ImportProgress], None] | None = None,
) -> Iterator[ImportedFile]:
    """Import files and folders; one result per file, in the order of `scan`.

    Each track is in the catalogue before its result comes out, so whatever ends this, the next import goes on.
    Without a model, tracks wait for `store.use_model`. Raises Cancelled after `token.cancel()`, or a CatalogueError.
    """
    jobs = _planned(paths, store, spec.fingerprint(), token)
    clock = _Clock(jobs)

    def is_known(content_hash: str) -> bool:
        known = store.by_content(content_hash)
        return known is not None and known.fingerprint == spec.fingerprint()

    pool = ReadingPool(workers=workers, spec=spec, is_known=is_known, token=token)
    settler = _Settler(store, spec.fingerprint(), model_id, model_run, pool)
    try:
        for job, future in _in_order(jobs, pool, window=_WINDOW_PER_WORKER * workers):
            if token:
                token.check()
            file = settler.settle(job, future.result() if future else None)
            clock.done(job)
            if on_progress:
                on_progress(clock.progress())
            yield file
    finally:
        pool.close()


@dataclass(frozen=True, slots=True)
class _Job:
    path: Path
    reason: str | None  # why it cannot be read, if that is known already
    size: int
    mtime_ns: int
    known: KnownFile | None
    is_to_be_read: bool


def _planned(paths: Iterable[Path], store: CatalogueStore, fingerprint: str, token: CancelToken | None) -> list[_Job]:
    known = store.known_files()
    jobs = []
    for found in scan(paths):
        if token:
            token.check()
        jobs.append(_job(found, known.get(found.path), fingerprint))
    return jobs


def _job(found: FoundFile, known: KnownFile | None, fingerprint: str) -> _Job:
    if found.reason:
        return _Job(found.path, found.reason, 0, 0, known, False)
    try:
        size, mtime_ns = size_and_time(found.path)
    except UndecodableFile as error:
        return _Job(found.path, error.reason, 0, 0, known, False)
    is_current = known is not None and known.unread() == (size, mtime_ns) and known.fingerprint == fingerprint
    return _Job(found.path, None, size, mtime_ns, known, not is_current)


def _in_order(
    jobs: list[_Job], pool: ReadingPool, *, window: int
) -> "Iterator[tuple[_Job, Future[ReadFile | Unreadable] | None]]":
    """The jobs with what is being read of them; never more than `window` are ahead of the consumer."""
    ahead: deque[tuple[_Job, Future[ReadFile | Unreadable] | None]] = deque()
    for job in jobs:
        ahead.append((job, pool.submit(job.path, size=job.size) if job.is_to_be_read else None))
        if len(ahead) >= window:
            yield ahead.popleft()
    yield from ahead


class _Settler:
    """Brings the catalogue up to date with one file after another."""

    def __init__(
        self,
        store: CatalogueStore,
        fingerprint: str,
        model_id: str | None,
        model_run: ModelRun | None,
        pool: ReadingPool,
    ) -> None:
        self._store = store
        self._fingerprint = fingerprint
        self._model_id = model_id
        self._model_run = model_run
        self._pool = pool

    def settle(self, job: _Job, result: ReadFile | Unreadable | None) -> ImportedFile:
        """Note a file that was read, or (None) one that need not or cannot be read."""
        match result:
            case None:
                return self._settle_unread(job)
            case Unreadable(reason):
                return ImportedFile(job.path, "failed", reason)
        stamp = FileStamp(job.size, job.mtime_ns, result.content_hash)
        known = self._store.by_content(result.content_hash)
        if known and known.fingerprint == self._fingerprint:
            return ImportedFile(job.path, self._relate(job.path, stamp, known))
        if result.analysed is None:
            # The track that had this content got another one while this file waited: read it once more.
            return self.settle(job, self._pool.submit(job.path, size=job.size).result())
        status: Status = "added"
        if known and known.path != job.path and _has_left(known):
            self._store.move(known.track_id, job.path, stamp)
            status = "moved"
        self._add(job.path, stamp, result.analysed)
        return ImportedFile(job.path, status)

    def _settle_unread(self, job: _Job) -> ImportedFile:
        if job.reason:
            return ImportedFile(job.path, "failed", job.reason)
        known = job.known
        if known and known.track_path != job.path and (known.track_path is None or not known.track_path.exists()):
            # The track's own file is gone, and this copy of it takes its place.
            self._store.move(known.track_id, job.path, FileStamp(job.size, job.mtime_ns, known.content_hash))
            return ImportedFile(job.path, "moved")
        return ImportedFile(job.path, "unchanged")

    def _relate(self, path: Path, stamp: FileStamp, known: KnownFile) -> Status:
        """A file whose content is catalogued: the track's own file touched or moved, or one more copy."""
        if known.path == path:
            self._store.move(known.track_id, path, stamp)
            return "unchanged"
        if _has_left(known):
            self._store.move(known.track_id, path, stamp)
            return "moved"
        self._store.add_copy(known.track_id, path, stamp)
        return "unchanged"

    def _add(self, path: Path, stamp: FileStamp, analysed: AnalysedFile) -> None:
        embedded = None
        if self._model_id is not None and self._model_run is not None:
            embedded = embed(self._model_id, self._model_run, as_stored(analysed.analysis.statistics))
        self._store.add(path, stamp, analysed.tags, analysed.analysis, embedded)


class _Clock:
    """Judges the time left by the bytes that are still to be read."""

    def __init__(self, jobs: list[_Job]) -> None:
        self._began = time.monotonic()
        self._done, self._total = 0, len(jobs)
        self._read, self._to_read = 0, sum(job.size for job in jobs if job.is_to_be_read)

    def done(self, job: _Job) -> None:
        self._done += 1
        self._read += job.size if job.is_to_be_read else 0

    def progress(self) -> ImportProgress:
        left = self._to_read - self._read
        seconds_left = None
        if left == 0:
            seconds_left = 0.0
        elif self._read:
            seconds_left = (time.monotonic() - self._began) / self._read * left
        return ImportProgress(self._done, self._total, seconds_left)


def _has_left(known: KnownFile) -> bool:
    """The track's file is no longer where it was, or another one is there now."""
    if known.path is None:
        return True
    try:
        return size_and_time(known.path) != known.unread()
    except UndecodableFile:
        return True
