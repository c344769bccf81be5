"""A song's preview as a file to play: from this computer, or fetched; and many of them, to be kept for offline."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from musicrec_desktop.audio.ogg import opus_duration_s
from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.central import PreviewFile, PreviewRef
from musicrec_desktop.core.errors import PreviewUnavailable, SyncError
from musicrec_desktop.core.types import TrackId
from musicrec_desktop.sync.preview_cache import PreviewCache
from musicrec_desktop.sync.preview_sources import PreviewSource

PreviewOf = Callable[[TrackId], PreviewRef | None]  # what the catalogue knows of a song's preview

USUAL_BYTES = 300_000  # of one whose length nobody has told
GIVE_UP_AFTER = 5  # that fail one after the other: then it is the source


@dataclass(frozen=True, slots=True)
class WantedPreview:
    """A preview to be kept; `n_bytes` where its length is known."""

    sha256: str
    n_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class OfflineProgress:
    """How far it is; the bytes of what has not come yet are what was told of it, or a guess."""

    count: int
    n_bytes: int
    done: int = 0
    done_bytes: int = 0
    failed: int = 0


def preview_file(
    track_id: TrackId, *, preview_of: PreviewOf, cache: PreviewCache, source: PreviewSource, token: CancelToken
) -> PreviewFile:
    """The preview of a song, from the cache or else from the source, which fills the cache.

    Raises PreviewUnavailable, DiskFull, PreviewsUnwritable, Cancelled.
    """
    wanted = preview_of(track_id)
    if wanted is None or not wanted.sha256:
        raise PreviewUnavailable(track_id=track_id, detail="the song has no preview")
    try:
        path = cache.path(wanted.sha256)
        if path is None:
            path = cache.put(wanted.sha256, source.fetch(wanted.sha256, token=token))
    except PreviewUnavailable as error:
        raise PreviewUnavailable(track_id=track_id, detail=error.detail) from error
    except SyncError as error:
        raise PreviewUnavailable(track_id=track_id, detail=str(error)) from error
    return PreviewFile(path, wanted.start_s, _duration_s(path, track_id))


def total_of(cache: PreviewCache, wanted: Iterable[WantedPreview]) -> OfflineProgress:
    """What keeping these would take: those that are kept already count as done."""
    kept = cache.offline()
    found = OfflineProgress(0, 0)
    for one in _each_once(wanted):
        size, is_kept = _size(one), one.sha256 in kept
        found = replace(
            found,
            count=found.count + 1,
            n_bytes=found.n_bytes + size,
            done=found.done + is_kept,
            done_bytes=found.done_bytes + size * is_kept,
        )
    return found


def keep_offline(
    cache: PreviewCache,
    source: PreviewSource,
    wanted: Iterable[WantedPreview],
    *,
    token: CancelToken,
    report: Callable[[OfflineProgress], None],
) -> OfflineProgress:
    """Fetch and keep these previews; `report` hears the whole size first, then of each one.

    One that cannot be had is counted and passed over; several in a row end it with the last one's error. What was
    kept before, in this run or an earlier one, is not fetched again. Raises PreviewUnavailable, SyncError, DiskFull,
    PreviewsUnwritable, Cancelled; what was kept until then stays.
    """
    previews = _each_once(wanted)
    progress, kept, in_a_row = total_of(cache, previews), cache.offline(), 0
    report(progress)
    for one in previews:
        if one.sha256 in kept:
            continue
        token.check()
        try:
            n_bytes = _kept(cache, source, one.sha256, token)
        except PreviewUnavailable:
            in_a_row += 1
            progress = replace(progress, failed=progress.failed + 1)
            report(progress)
            if in_a_row >= GIVE_UP_AFTER:
                raise
            continue
        in_a_row = 0
        corrected = progress.n_bytes - _size(one) + n_bytes
        progress = replace(
            progress, n_bytes=corrected, done=progress.done + 1, done_bytes=progress.done_bytes + n_bytes
        )
        report(progress)
    return progress


def _kept(cache: PreviewCache, source: PreviewSource, sha256: str, token: CancelToken) -> int:
    """Keep one preview; its length."""
    if cache.keep_offline(sha256) and (path := cache.path(sha256)) is not None:
        return path.stat().st_size
    payload = source.fetch(sha256, token=token)
    cache.put(sha256, payload, offline=True)
    return len(payload)


def _each_once(wanted: Iterable[WantedPreview]) -> list[WantedPreview]:
    """Two songs may have one preview."""
    return list({one.sha256: one for one in wanted}.values())


def _size(one: WantedPreview) -> int:
    return USUAL_BYTES if one.n_bytes is None else one.n_bytes


def _duration_s(path: Path, track_id: TrackId) -> float:
    try:
        found = opus_duration_s(path.read_bytes())
    except OSError as error:
        raise PreviewUnavailable(track_id=track_id, detail=str(error)) from error
    if found is None:
        raise PreviewUnavailable(track_id=track_id, detail="no Ogg Opus stream")
    return found
