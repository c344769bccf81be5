"""Where previews are kept: their table in the central database, and their bytes there or in an object store."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import peewee

from musicrec_desktop.catalogue.central_tables import CENTRAL_TABLES, PartRow, SongPreviewRow
from musicrec_desktop.catalogue.release_tables import RELEASE_TABLES, PreviewRow, create_release_tables
from musicrec_desktop.curator.objects import Objects

SUFFIX = ".opus"
_TABLES = tuple(dict.fromkeys((*CENTRAL_TABLES, *RELEASE_TABLES)))


@dataclass(frozen=True, slots=True)
class Preview:
    """A preview that is kept, and where in its song it begins."""

    sha256: str
    start_s: float
    n_bytes: int


@dataclass(frozen=True, slots=True)
class Made:
    """Which preview a song has, how it was made, and from which state of the file."""

    sha256: str
    start_s: float
    recipe: str
    file_size: int
    file_mtime_ns: int


class PreviewSink(Protocol):
    """Takes the bytes of previews."""

    def kept(self) -> dict[str, int]:
        """The length of every preview that is there, by its sha256."""
        ...

    def keep(self, payload: bytes) -> str:
        """Keep a preview for good before this returns; its sha256."""
        ...


class SongPreviews:
    """Which preview each song has."""

    def __init__(self, database: peewee.Database) -> None:
        self._database = database

    def made(self) -> dict[int, Made]:
        columns = (
            SongPreviewRow.song,
            SongPreviewRow.sha256,
            SongPreviewRow.start_s,
            SongPreviewRow.recipe,
            SongPreviewRow.file_size,
            SongPreviewRow.file_mtime_ns,
        )
        with session(self._database):
            return {song: Made(*values) for song, *values in _tuples(SongPreviewRow.select(*columns))}

    def note(self, song_id: int, made: Made) -> None:
        values = {name: getattr(made, name) for name in Made.__slots__}
        with session(self._database):
            SongPreviewRow.insert(song=song_id, **values).on_conflict_replace().execute()

    def durations_s(self) -> dict[int, float]:
        """The length of each song's first file."""
        with session(self._database):
            return dict(_tuples(PartRow.select(PartRow.song, PartRow.duration_s).where(PartRow.number == 0)))


class DatabaseSink:
    """Previews in the central database itself."""

    def __init__(self, database: peewee.Database) -> None:
        self._database = database
        create_release_tables(database)

    def kept(self) -> dict[str, int]:
        with session(self._database):
            found = PreviewRow.select(PreviewRow.sha256, PreviewRow.n_bytes).where(PreviewRow.payload.is_null(False))
            return dict(_tuples(found))

    def keep(self, payload: bytes) -> str:
        sha256 = hashlib.sha256(payload).hexdigest()
        _note(self._database, sha256, len(payload), payload)
        return sha256


class ObjectSink:
    """Previews in an object store, each under its sha256; the database knows their lengths."""

    def __init__(self, database: peewee.Database, objects: Objects) -> None:
        self._database, self._objects = database, objects
        create_release_tables(database)

    def kept(self) -> dict[str, int]:
        """What both the store and the database have, in the same length. Raises ObjectsUnusable."""
        there = self._objects.sizes()
        with session(self._database):
            known = dict(_tuples(PreviewRow.select(PreviewRow.sha256, PreviewRow.n_bytes)))
        return {sha256: n_bytes for sha256, n_bytes in known.items() if there.get(sha256 + SUFFIX) == n_bytes}

    def keep(self, payload: bytes) -> str:
        """The object first, so that a row never promises what is not there. Raises ObjectsUnusable."""
        sha256 = hashlib.sha256(payload).hexdigest()
        self._objects.put(sha256 + SUFFIX, payload, media_type="audio/ogg")
        _note(self._database, sha256, len(payload), None)
        return sha256


def _note(database: peewee.Database, sha256: str, n_bytes: int, payload: bytes | None) -> None:
    with session(database):
        PreviewRow.insert(sha256=sha256, n_bytes=n_bytes, payload=payload).on_conflict_replace().execute()


@contextmanager
def session(database: peewee.Database) -> Iterator[None]:
    """All central tables bound to this database, connected; nested sessions share the connection."""
    with database.bind_ctx(_TABLES, bind_refs=False, bind_backrefs=False):
        if not database.is_closed():
            yield
            return
        with database.connection_context():
            yield


def _tuples(query: Any) -> list[tuple[Any, ...]]:
    return list(query.tuples())
