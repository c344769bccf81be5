"""`user.db`: what the listener made and nobody can make again. Never touched by imports or the central catalogue.

Every change is on the disk before it is done. Up to three copies from before stand beside it; where the file is
damaged, it is set aside and the newest sound copy takes its place.
"""

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw

from musicrec_desktop.catalogue.database import CatalogueDatabase, set_aside, translated, writers_lock
from musicrec_desktop.core.errors import CatalogueDamaged, SchemaTooNew

log = logging.getLogger(__name__)

APPLICATION_ID = 0x4D524C53  # "MRLS", in the file's header: this is a listener's file
BACKUPS = 3
BACKUP_EVERY_S = 24 * 3600.0

_FIRST = """
CREATE TABLE own_files (path PRIMARY KEY NOT NULL, first_s REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE likes (
    kind TEXT NOT NULL,
    song TEXT NOT NULL,
    mood_key TEXT NOT NULL,
    liked INTEGER NOT NULL,
    at_s REAL NOT NULL,
    PRIMARY KEY (kind, song, mood_key)
) WITHOUT ROWID;
"""

STEPS: tuple[str, ...] = (_FIRST,)


class UserFile:
    """The open file. Raises SchemaTooNew, CatalogueUnwritable, CatalogueBusy or DiskFull; damage is mended."""

    def __init__(self, path: Path, *, steps: Sequence[str] = STEPS) -> None:
        self.path = path
        with translated(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            with writers_lock(path):
                self._database = _opened(path, steps)

    def close(self) -> None:
        with translated(self.path):
            self._database.close_all()

    def rows(self, sql: str, parameters: tuple[object, ...] = ()) -> list[Any]:
        with translated(self.path):
            return self._database.run(sql, parameters)

    @contextmanager
    def change(self) -> Iterator[CatalogueDatabase]:
        """One transaction, on the disk when this is left."""
        with translated(self.path), writers_lock(self.path), self._database.atomic("IMMEDIATE"):
            yield self._database


def backups(path: Path) -> list[Path]:
    """Where copies are kept, the newest first."""
    return [path.with_name(f"{path.name}.backup-{number}") for number in range(1, BACKUPS + 1)]


def _opened(path: Path, steps: Sequence[str]) -> CatalogueDatabase:
    _put_back_where_lost(path)
    try:
        database = _checked(path, steps)
    except CatalogueDamaged as error:
        log.warning("%s is damaged (%s)", path, error)
        _restore(path)
        database = _checked(path, steps)
    try:
        version = _pragma(database, "user_version")
        if version and (version < len(steps) or _is_due(path)):
            _back_up(path)
        _migrate(database, steps, version)
    except BaseException:
        database.close_all()
        raise
    return database


def _checked(path: Path, steps: Sequence[str]) -> CatalogueDatabase:
    """The database, if it is a sound one of ours. Raises CatalogueDamaged, SchemaTooNew."""
    database = CatalogueDatabase(path, read_only=False, synchronous="FULL")
    try:
        with translated(path):
            found = database.faults()
            n_tables = database.run("SELECT count(*) FROM sqlite_master")[0][0]
            if found:
                raise CatalogueDamaged(path=path, detail=found[0].splitlines()[-1])
            if n_tables and _pragma(database, "application_id") != APPLICATION_ID:
                raise CatalogueDamaged(path=path, detail="this is no listener's file")
            if n_tables == 0 and any(copy.is_file() and _is_sound(copy) for copy in backups(path)):
                raise CatalogueDamaged(path=path, detail="empty")
            if (version := _pragma(database, "user_version")) > len(steps):
                raise SchemaTooNew(path=path, found=version, known=len(steps))
    except BaseException:
        database.close_all()
        raise
    return database


def _migrate(database: CatalogueDatabase, steps: Sequence[str], version: int) -> None:
    if not version:
        database.prepare_new_file()
    for number, step in enumerate(steps[version:], start=version + 1):
        with database.atomic("IMMEDIATE"):
            database.run(step)
            database.run(f"PRAGMA user_version = {number}")
            database.run(f"PRAGMA application_id = {APPLICATION_ID}")


def _put_back_where_lost(path: Path) -> None:
    """Where the file is gone and its copies are not, it was not the listener who wanted that."""
    if not path.exists() and any(copy.is_file() for copy in backups(path)):
        log.warning("%s is gone", path)
        _take_newest(path)


def _restore(path: Path) -> None:
    set_aside(path, locked=True)
    _take_newest(path)


def _take_newest(path: Path) -> None:
    """The newest sound copy into the place of the file; without one, it begins anew."""
    for copy in backups(path):
        if copy.is_file() and _is_sound(copy):
            _copy(copy, path)
            log.warning("%s comes from %s", path, copy)
            return


def _is_due(path: Path) -> bool:
    newest = backups(path)[0]
    return not newest.is_file() or not 0.0 <= time.time() - newest.stat().st_mtime < BACKUP_EVERY_S


def _back_up(path: Path) -> None:
    """One more copy; the oldest goes when there is another one whole."""
    fresh = path.with_name(f"{path.name}.backup-new")
    _copy(path, fresh)
    if not _is_sound(fresh):
        raise CatalogueDamaged(path=path, detail="what was copied is damaged")
    names = backups(path)
    for older, newer in zip(names[:0:-1], names[-2::-1], strict=True):
        if newer.is_file():
            newer.replace(older)
    fresh.replace(names[0])


def _copy(source: Path, target: Path) -> None:
    """A whole copy, or none, by SQLite's own backup: what is in the log is in it."""
    partial = target.with_name(f"{target.name}.partial")
    partial.unlink(missing_ok=True)
    reading, writing = apsw.Connection(str(source)), apsw.Connection(str(partial))
    try:
        with writing.backup("main", reading, "main") as backup:
            backup.step()
    finally:
        writing.close()
        reading.close()
    partial.replace(target)


def _is_sound(path: Path) -> bool:
    database = CatalogueDatabase(path, read_only=True)
    try:
        return database.faults() == [] and _pragma(database, "application_id") == APPLICATION_ID
    except Exception as error:  # whatever it is, this copy is not the one to take
        log.warning("%s is damaged, too: %s", path, error)
        return False
    finally:
        database.close_all()


def _pragma(database: CatalogueDatabase, name: str) -> int:
    return int(database.run(f"PRAGMA {name}")[0][0])
