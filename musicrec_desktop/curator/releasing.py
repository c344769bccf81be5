"""What every change to the published tables goes through: a connection, the tables, and one publisher at a time."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from typing import Any

import peewee

from musicrec_desktop.catalogue.release_queries import server_of
from musicrec_desktop.curator.errors import PublisherBusy
from musicrec_desktop.curator.schema import migrate

Report = Callable[[int, int | None], None]  # how many are done, of how many where that is known
Turn = Callable[[peewee.Database], AbstractContextManager[None]]

WAIT_S = 60
_ASK_S = 5  # a question to the server must be shorter than what a link waits for its answer


def silent(done: int, total: int | None) -> None:
    """The report nobody hears."""


@contextmanager
def connected(database: peewee.Database) -> Iterator[None]:
    """A connection that refuses what does not fit instead of cutting it off; one that is open stays open."""
    with nullcontext() if not database.is_closed() else database.connection_context():
        if isinstance(database, peewee.MySQLDatabase):
            _run(database, "SET SESSION sql_mode = CONCAT_WS(',', @@sql_mode, 'STRICT_ALL_TABLES')")
        yield


def prepare(database: peewee.Database) -> str:
    """Bring the central tables up to date where they are not; the catalogue's identity."""
    with connected(database):
        return migrate(database, server=server_of(database))


@contextmanager
def turn(database: peewee.Database) -> Iterator[None]:
    """One transaction, of one publisher at a time: what it reads is what the last one left.

    The lock is taken before the transaction begins, and given back after it was committed: so a lower release number
    never appears after a higher one was read. Raises PublisherBusy when the others do not end.
    """
    if isinstance(database, peewee.MySQLDatabase):
        with _alone(database), database.atomic():
            yield
        return
    with ExitStack() as held:
        try:
            held.enter_context(database.atomic("IMMEDIATE"))
        except peewee.OperationalError as error:
            raise PublisherBusy(server=server_of(database)) from error
        yield


@contextmanager
def _alone(database: peewee.Database) -> Iterator[None]:
    """Hold the server's lock for this catalogue; SQLite locks its file by itself."""
    if not isinstance(database, peewee.MySQLDatabase):
        yield
        return
    name = "musicrec-" + hashlib.sha256(str(database.database).encode()).hexdigest()[:32]
    # Names of locks are the whole server's, and may have 64 letters.
    if not any(_answer(database, "SELECT GET_LOCK(%s, %s)", name, _ASK_S) for _ in range(WAIT_S // _ASK_S)):
        raise PublisherBusy(server=server_of(database))
    try:
        yield
    finally:
        with suppress(peewee.PeeweeException):  # a connection that is gone has given it back
            _answer(database, "SELECT RELEASE_LOCK(%s)", name)


def _answer(database: peewee.Database, sql: str, *values: object) -> Any:
    return _run(database, sql, *values).fetchone()[0]


def _run(database: Any, sql: str, *values: object) -> Any:
    return database.execute_sql(sql, values)
