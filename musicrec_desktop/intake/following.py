"""Songs leave the catalogue: their files were deleted, or the listener gave up their folder."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from musicrec_desktop.catalogue.store import CatalogueStore
from musicrec_desktop.catalogue.values import FileStamp, KnownFile
from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.errors import UndecodableFile
from musicrec_desktop.core.types import TrackId
from musicrec_desktop.intake.changes import GoneFile
from musicrec_desktop.intake.stamps import size_and_time

_AT_ONCE = 200  # songs that leave in one transaction


def forget_gone(
    gone: Iterable[GoneFile], *, store: CatalogueStore, token: CancelToken | None = None
) -> Iterator[TrackId]:
    """Forget deleted files; yields the songs that left with them. A song with a copy elsewhere goes on from there.

    A file that is there again, whose song has moved since, or whose folder is another one now (a disk was taken
    out), is left alone. Raises Cancelled.
    """
    known = store.known_files()
    deleted = [known[file.path] for file in gone if file.path in known and _is_deleted(file)]
    yield from _forget(deleted, known, store, token, is_usable=lambda path: not _is_missing(path))


def drop_folders(
    folders: Iterable[Path], kept: Iterable[Path], *, store: CatalogueStore, token: CancelToken | None = None
) -> Iterator[TrackId]:
    """Forget the songs in these folders, whether their files are there or not; yields them. Raises Cancelled."""
    dropped_in, kept_in = tuple(folders), tuple(kept)

    def is_dropped(path: Path) -> bool:
        return any(map(path.is_relative_to, dropped_in)) and not any(map(path.is_relative_to, kept_in))

    known = store.known_files()
    files = [file for path, file in known.items() if is_dropped(path)]
    yield from _forget(
        files, known, store, token, is_usable=lambda path: not is_dropped(path) and not _is_missing(path)
    )


def _forget(
    files: list[KnownFile],
    known: dict[Path, KnownFile],
    store: CatalogueStore,
    token: CancelToken | None,
    *,
    is_usable: Callable[[Path], bool],
) -> Iterator[TrackId]:
    copies: dict[TrackId, list[KnownFile]] = {}
    for file in known.values():
        if file.path != file.track_path:
            copies.setdefault(file.track_id, []).append(file)
    store.forget_copies([file.path for file in files if file.path and file.path != file.track_path])
    leaving = []
    for file in files:
        if file.path != file.track_path:
            continue
        heir = next((copy for copy in copies.get(file.track_id, ()) if copy.path and is_usable(copy.path)), None)
        if heir is None or heir.path is None:
            leaving.append(file.track_id)
        else:
            store.move(file.track_id, heir.path, FileStamp(heir.size, heir.mtime_ns, heir.content_hash))
    for start in range(0, len(leaving), _AT_ONCE):
        if token:
            token.check()
        some = leaving[start : start + _AT_ONCE]
        store.remove(some)
        yield from some


def _is_deleted(file: GoneFile) -> bool:
    try:
        found = file.vouched_by.stat()
    except OSError:
        return False
    return (found.st_dev, found.st_ino) == file.identity and _is_missing(file.path)


def _is_missing(path: Path) -> bool:
    try:
        size_and_time(path)
    except UndecodableFile as error:
        return error.reason == "missing"
    return False
