"""What every change to the published tables goes through: a connection, the tables, and one publisher at a time."""

import hashlib
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from typing import Any

import peewee

from musicrec_desktop.catalogue.release_queries import catalogue_id, server_of
from musicrec_desktop.catalogue.release_tables import SchemaRow, create_release_tables
from musicrec_desktop.curator.errors import PublisherBusy

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
    """Make the published tables and the catalogue's identity where they are missing; the identity."""
    with connected(database):
        if not _has_identity(database):
            with _alone(database):
                create_release_tables(database)
                # Last, for who finds an identity takes it that the tables are there.
                SchemaRow.insert(only=1, catalogue_id=str(uuid.uuid4())).on_conflict_ignore().execute(database)
        return catalogue_id(database)


def _has_identity(database: peewee.Database) -> bool:
    is_there: bool = database.table_exists(SchemaRow._meta.table_name)
    return is_there and bool(list(SchemaRow.select(SchemaRow.only).tuples().execute(database)))


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
