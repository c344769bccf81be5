"""SQLite by way of peewee and apsw: how a file is opened, who may write, and what its errors mean to us."""

import errno
import shutil
import sys
import time
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from itertools import chain, count
from pathlib import Path
from typing import Any, Literal

import apsw
import peewee
from playhouse.apsw_ext import APSWDatabase

from musicrec_desktop.catalogue.codec import DamagedBlob
from musicrec_desktop.core.errors import (
    CatalogueBusy,
    CatalogueDamaged,
    CatalogueError,
    CatalogueUnwritable,
    DiskFull,
)

if sys.platform == "win32":
    import msvcrt

    def _seize(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _seize(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


BUSY_TIMEOUT_S = 10.0
_POLL_S = 0.01
_ROWS_AT_ONCE = 50
_STEPS = 1000  # of SQLite, between two looks at the clock
_LITTLE_SPACE = 1 << 20  # bytes; SQLite reports some full disks as a plain input/output error
_SAID_OF_DAMAGE = ("no such table", "no such column", "unsupported file format", "malformed")
_BAD_READS = (
    apsw.SQLITE_IOERR_READ,
    apsw.SQLITE_IOERR_SHORT_READ,
    apsw.SQLITE_IOERR_CORRUPTFS,
    apsw.SQLITE_IOERR_DATA,
    apsw.SQLITE_IOERR_IN_PAGE,
)


def sound_sqlite(version: tuple[int, ...]) -> bool:
    """False for the SQLite versions that can corrupt a WAL database which two connections write."""
    if version < (3, 51, 3):
        return (3, 44, 6) <= version < (3, 45) or (3, 50, 7) <= version < (3, 51)
    return True


class CatalogueDatabase(APSWDatabase):
    """One file; each thread gets its own connection at its first question."""

    def __init__(self, path: Path, *, read_only: bool, synchronous: Literal["NORMAL", "FULL"] = "NORMAL") -> None:
        self.opened: weakref.WeakSet[apsw.Connection] = weakref.WeakSet()
        self._prelude = ""
        pragmas: dict[str, object] = {"foreign_keys": 1, "synchronous": synchronous, "cache_size": -8000}
        name, flags = str(path), apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
        if read_only:
            # immutable: neither locks nor side files, so it also works where nothing may be written
            name, flags = path.absolute().as_uri() + "?immutable=1", apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
        base: Any = super()  # here and below: peewee's types have gaps
        base.__init__(name, pragmas=pragmas, timeout=BUSY_TIMEOUT_S, flags=flags)

    def run(self, sql: str, parameters: tuple[object, ...] = ()) -> list[Any]:
        """The rows of a statement."""
        base: Any = super()
        return list(base.execute_sql(sql, parameters))

    def many(self, sql: str, rows: Iterable[tuple[object, ...]]) -> None:
        """A statement for each of these rows of parameters, inside a transaction of this thread."""
        base: Any = super()
        base.connection().cursor().executemany(sql, rows)

    def insert(self, sql: str, marks: str, rows: Sequence[tuple[object, ...]]) -> None:
        """Add rows by a statement that ends in VALUES, inside a transaction of this thread.

        Many in one statement, for each gives up the interpreter and waits for it again when another thread is busy.
        """
        base: Any = super()
        cursor = base.connection().cursor()
        for begin in range(0, len(rows), _ROWS_AT_ONCE):
            some = rows[begin : begin + _ROWS_AT_ONCE]
            cursor.execute(f"{sql} {','.join([marks] * len(some))}", tuple(chain.from_iterable(some)))

    def _connect(self) -> Any:
        base: Any = super()
        connection = base._connect()
        self.opened.add(connection)
        if self._prelude:
            connection.execute(self._prelude)
        return connection

    def begin_with(self, sql: str) -> None:
        """Run this on every connection, the one of this thread and those to come."""
        self._prelude = sql
        self.run(sql)

    def add_function(self, name: str, function: Callable[..., str], n_arguments: int) -> None:
        """Let the statements of this thread call a function that depends on its arguments alone."""
        base: Any = super()
        base.connection().create_scalar_function(name, function, n_arguments, deterministic=True)

    def prepare_new_file(self) -> None:
        """Choose the journal of a new file; it stays with the file."""
        version = tuple(int(part) for part in apsw.sqlite_lib_version().split("."))
        self.run(f"PRAGMA journal_mode = {'wal' if sound_sqlite(version) else 'delete'}")

    def faults(self, within_s: float | None = None) -> list[str] | None:
        """What SQLite's own check finds in the file, said in its words; None when it took longer than this."""
        base: Any = super()
        connection: apsw.Connection = base.connection()
        deadline = None if within_s is None else time.monotonic() + within_s
        connection.set_progress_handler(lambda: deadline is not None and time.monotonic() > deadline, _STEPS)
        try:
            # Most damage raises; some is only said, and a sound file says "ok".
            return [said for (said,) in connection.execute("PRAGMA quick_check(1)") if said != "ok"]
        except apsw.InterruptError:
            return None
        finally:
            connection.set_progress_handler(None)

    def close_all(self) -> None:
        """Close the connections of all threads; none may be in use."""
        self.close()
        for connection in list(self.opened):
            connection.close()


@contextmanager
def writers_lock(path: Path, *, wait_s: float = BUSY_TIMEOUT_S) -> Iterator[None]:
    """One writer at a time, across threads and processes; the system releases it when a process dies.

    Raises CatalogueBusy when another writer stays longer than `wait_s`.
    """
    deadline = time.monotonic() + wait_s
    with path.with_name(path.name + ".lock").open("ab") as file:
        while True:
            try:
                _seize(file.fileno())
                break
            except OSError as error:
                if error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
                    raise
                if time.monotonic() > deadline:
                    raise CatalogueBusy(path=path) from error
            time.sleep(_POLL_S)
        yield


def set_aside(path: Path, *, locked: bool = False) -> Path:
    """Move a damaged database, with its side files, out of the way of a new one; where it is kept now.

    Every store on it must be closed, or never be asked again. Waits for no writer: the window may call it. `locked`:
    the caller holds the writers' lock. Raises CatalogueBusy, CatalogueUnwritable.
    """
    kept = next(name for name in _names_aside(path) if not name.exists())
    with translated(path), nullcontext() if locked else writers_lock(path, wait_s=0.0):
        for ending in ("-wal", "-shm", ""):
            side = path.with_name(path.name + ending)
            if side.exists():
                side.rename(kept.with_name(kept.name + ending))
    return kept


def _names_aside(path: Path) -> Iterator[Path]:
    return (path.with_name(f"{path.name}.damaged-{number}") for number in count(1))


def fault_note(path: Path) -> Path:
    """Its being there says that damage was found in the file since it was last looked at as a whole."""
    return path.with_name(path.name + ".faulty")


@contextmanager
def noted_faults(path: Path, *, writable: bool) -> Iterator[None]:
    """Damage that is met inside is noted beside the file, if that can be written."""
    try:
        yield
    except CatalogueDamaged:
        if writable:
            with suppress(OSError):
                fault_note(path).touch()
        raise


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Whatever the database libraries raise inside leaves as one of our errors, if we know what it means."""
    try:
        yield
    except DamagedBlob as error:
        raise CatalogueDamaged(path=path, detail=str(error)) from error
    except OSError as error:
        raise _of_system(error, path) from error
    except (apsw.Error, peewee.PeeweeException) as error:
        ours = _of_sqlite(error, path)
        if ours is None:
            raise
        raise ours from error


def _of_system(error: OSError, path: Path) -> CatalogueError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(path=path)
    return CatalogueUnwritable(path=path, detail=str(error))


def _of_input_output(error: apsw.IOError, path: Path) -> CatalogueError:
    if getattr(error, "extendedresult", 0) in _BAD_READS:  # missing in the library's type information
        return CatalogueDamaged(path=path, detail=str(error))
    if shutil.disk_usage(path.parent).free < _LITTLE_SPACE:
        return DiskFull(path=path)
    return CatalogueUnwritable(path=path, detail=str(error))


def _of_sqlite(error: Exception, path: Path) -> CatalogueError | None:
    cause = error
    while isinstance(cause, peewee.PeeweeException) and hasattr(cause, "orig"):  # wrapped, sometimes twice
        cause = cause.orig
    detail = str(cause)
    match cause:
        case apsw.BusyError() | apsw.LockedError():
            return CatalogueBusy(path=path)
        case apsw.FullError():
            return DiskFull(path=path)
        case apsw.CorruptError() | apsw.NotADBError():
            return CatalogueDamaged(path=path, detail=detail)
        case apsw.ReadOnlyError() | apsw.CantOpenError() | apsw.PermissionsError():
            return CatalogueUnwritable(path=path, detail=detail)
        case apsw.IOError():
            return _of_input_output(cause, path)
        case apsw.SQLError() if any(words in detail for words in _SAID_OF_DAMAGE):
            return CatalogueDamaged(path=path, detail=detail)
    return None
