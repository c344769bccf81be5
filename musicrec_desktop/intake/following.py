"""Bringing the catalogue up to date with the watched folders: what is new comes in, what is deleted goes."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from musicrec_desktop.catalogue.store import CatalogueStore
from musicrec_desktop.catalogue.values import FileStamp, KnownFile
from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.errors import UndecodableFile
from musicrec_desktop.core.types import TrackId
from musicrec_desktop.intake.stamps import size_and_time

_AT_ONCE = 200  # songs that leave in one transaction


@dataclass(frozen=True, slots=True)
class Changes:
    """What has to be done: `found` is imported, then `gone` is forgotten, as far as it is still gone then.

    The songs of the `dropped` folders leave the catalogue though their files are there, except for those that are
    in one of the `kept` folders too.
    """

    found: tuple[Path, ...] = ()
    gone: tuple[Path, ...] = ()
    dropped: tuple[Path, ...] = ()
    kept: tuple[Path, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.found or self.gone or self.dropped)


def forget_gone(paths: Iterable[Path], *, store: CatalogueStore, token: CancelToken | None = None) -> Iterator[TrackId]:
    """Forget deleted files; yields the songs that left with them. A song with a copy elsewhere goes on from there.

    A file that is there again, or whose song has moved since, is left alone. Raises Cancelled.
    """
    known = store.known_files()
    deleted = [known[path] for path in paths if path in known and _is_missing(path)]
    yield from _forget(deleted, known, store, token, is_usable=lambda file: not _is_missing(file))


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
        files, known, store, token, is_usable=lambda file: not is_dropped(file) and not _is_missing(file)
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


def _is_missing(path: Path) -> bool:
    try:
        size_and_time(path)
    except UndecodableFile as error:
        return error.reason == "missing"
    return False
