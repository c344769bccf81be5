"""Numbered steps from an empty database to the present central tables, on a server and in a file alike.

A server ends a transaction with every change to its tables: each step may have been done in part, and can be done
again. Steps are history: never change one that was released, add the next and raise `SCHEMA`.
"""

import hashlib
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import peewee

from musicrec_desktop.catalogue.central_tables import CENTRAL_TABLES, create_central_tables
from musicrec_desktop.catalogue.release_tables import SchemaRow, create_release_tables
from musicrec_desktop.core.errors import RemoteRefused, RemoteSchemaMismatch, SchemaTooNew
from musicrec_desktop.curator import sounds

Step = Callable[[peewee.Database], None]
WAIT_S = 20  # for another curator who changes the tables; shorter than a link waits for an answer


def _first(database: peewee.Database) -> None:
    """All tables; songs that were analysed before there were figures of them get theirs."""
    create_release_tables(database)
    create_central_tables(database)
    _add_columns(database, "failures", {"folder": "TEXT", "state": "VARCHAR(32)"})
    with database.bind_ctx(CENTRAL_TABLES, bind_refs=False, bind_backrefs=False), database.atomic():
        sounds.fill_missing()


def _add_columns(database: peewee.Database, table: str, columns: Mapping[str, str]) -> None:
    """Those that a file of an older program lacks; they may be null."""
    run: Callable[[str], object] = database.execute_sql
    there = {column.name for column in database.get_columns(table)}
    for name, kind in columns.items():
        if name not in there:
            run(f"ALTER TABLE {table} ADD COLUMN {name} {kind}")


STEPS: tuple[Step, ...] = (_first,)


def migrate(database: peewee.Database, *, server: str, steps: Sequence[Step] = STEPS) -> str:
    """Bring the database to the newest tables; the catalogue's id. `server` is its HOST:PORT, or the file's path.

    Raise RemoteSchemaMismatch, or SchemaTooNew for a file, when a newer program made it.
    """
    found = _known(database)
    if found is None or found[1] < len(steps):
        with _alone(database, server):
            found = _brought_up_to_date(database, steps)
    catalogue_id, version = found
    if version > len(steps):
        if isinstance(database, peewee.MySQLDatabase):
            detail = f"its tables have version {version}, known is {len(steps)}"
            raise RemoteSchemaMismatch(server=server, detail=detail)
        raise SchemaTooNew(path=Path(server), found=version, known=len(steps))
    return catalogue_id


def _brought_up_to_date(database: peewee.Database, steps: Sequence[Step]) -> tuple[str, int]:
    """Look again, now that nobody else changes anything; then every step that is missing, each with its number."""
    catalogue_id, version = _known(database) or ("", 0)
    for number, step in enumerate(steps[version:], start=version + 1):
        step(database)
        if number == 1:
            catalogue_id = catalogue_id or str(uuid.uuid4())
            row: Any = SchemaRow
            row.replace(only=1, catalogue_id=catalogue_id, version=number).execute(database)
        SchemaRow.update(version=number).execute(database)
        version = number
    return catalogue_id, version


def _known(database: peewee.Database) -> tuple[str, int] | None:
    """The catalogue's id and the version of its tables; None for a database that has neither."""
    if not database.table_exists("central_schema"):
        return None
    query: Any = SchemaRow.select(SchemaRow.catalogue_id, SchemaRow.version).tuples()
    return next(iter(query.execute(database)), None)


@contextmanager
def _alone(database: peewee.Database, server: str) -> Iterator[None]:
    """One curator at a time: a named lock on a server, a writing transaction in a file."""
    if not isinstance(database, peewee.MySQLDatabase):
        begin: Any = database.atomic  # whose kinds of transaction only SQLite has
        with begin("IMMEDIATE"):
            yield
        return
    ask: Callable[..., Any] = database.execute_sql
    # Names of locks are the whole server's, and may have 64 letters.
    name = "musicrec-schema-" + hashlib.sha256(str(database.database).encode()).hexdigest()[:32]
    if ask("SELECT GET_LOCK(%s, %s)", (name, WAIT_S)).fetchone()[0] != 1:
        raise RemoteRefused(server=server, detail="another curator is changing its tables; try again in a moment")
    try:
        yield
    finally:
        ask("SELECT RELEASE_LOCK(%s)", (name,))
