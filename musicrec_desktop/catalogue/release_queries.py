"""What a client asks of the published tables: SELECT and nothing else, every value a parameter.

A content's rows are never changed but for their `until`, so pages of one content may be read while others publish.
Nothing here is bound to a database; any thread may ask with a connection of its own.
"""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import peewee

from musicrec_desktop.catalogue.release_tables import (
    SCHEMA,
    MemberRow,
    PreviewRow,
    PublishedModelRow,
    ReleaseRow,
    SchemaRow,
    VersionRow,
)
from musicrec_desktop.core.central import CentralModel, CentralTrack, Release
from musicrec_desktop.core.errors import NothingPublished, RemoteDamaged, RemoteSchemaMismatch

_TRACK_FIELDS = tuple(field.name for field in fields(CentralTrack))
_TRACK_COLUMNS = tuple(getattr(VersionRow, name) for name in _TRACK_FIELDS)
_RELEASE_FIELDS = tuple(field.name for field in fields(Release) if field.name != "catalogue_id")
# `model` is the row it names; its key is what the value wants.
_RELEASE_COLUMNS = tuple(getattr(ReleaseRow, "model" if name == "model_id" else name) for name in _RELEASE_FIELDS)


def catalogue_id(database: peewee.Database) -> str:
    """Which catalogue this is; raise RemoteSchemaMismatch where it is none, or one of another version."""
    columns = (SchemaRow.catalogue_id, SchemaRow.version)
    try:
        found = _tuples(SchemaRow.select(*columns).where(SchemaRow.only == 1), database)
    except (peewee.ProgrammingError, peewee.OperationalError) as error:
        if not _is_missing_table(error):
            raise
        raise RemoteSchemaMismatch(server=server_of(database), detail="its tables are missing") from error
    for known, version in found:
        if version == SCHEMA:
            return str(known)
        raise RemoteSchemaMismatch(server=server_of(database), detail=f"version {version}, known is {SCHEMA}")
    raise RemoteSchemaMismatch(server=server_of(database), detail="it has no identity")


def current(database: peewee.Database) -> Release:
    """The release of the highest number; raise NothingPublished, RemoteSchemaMismatch."""
    newest = releases(database, limit=1)
    if not newest:
        raise NothingPublished(server=server_of(database))
    return newest[0]


def releases(database: peewee.Database, *, limit: int | None = None) -> list[Release]:
    """The releases, newest first; the first is the current one."""
    identity = catalogue_id(database)
    query = ReleaseRow.select(*_RELEASE_COLUMNS).order_by(ReleaseRow.number.desc()).limit(limit)
    return [
        Release(catalogue_id=identity, **dict(zip(_RELEASE_FIELDS, row, strict=True)))
        for row in _tuples(query, database)
    ]


def changed(
    database: peewee.Database, *, after: int, upto: int, from_id: str, limit: int
) -> Sequence[tuple[CentralTrack, str]]:
    """A page of the tracks that content `upto` holds and content `after` did not hold so, each with its digest.

    Those above `from_id`, in order of id, at most `limit`; an empty page is the end. `after` may be the later one, for
    a client that follows a rollback.
    """
    differs = MemberRow.since > after if after <= upto else MemberRow.until <= after
    is_new = differs & alive_at(MemberRow, upto) & (MemberRow.track_id > from_id)
    # The keys alone first: a server must never sort a page's blobs to find out which rows it is made of.
    page = MemberRow.select(MemberRow.version).where(is_new).order_by(MemberRow.track_id).limit(limit)
    return versions(database, [version for (version,) in _tuples(page, database)])


def gone(database: peewee.Database, *, after: int, upto: int, from_id: str, limit: int) -> Sequence[str]:
    """A page of the ids of tracks that content `after` may have held and content `upto` does not hold.

    There may be some among them that the client never had.
    """
    has_left = (MemberRow.until > after) & (MemberRow.until <= upto) if after <= upto else MemberRow.since > upto
    still = MemberRow.alias()
    is_there = still.select(still.track_id).where((still.track_id == MemberRow.track_id) & alive_at(still, upto))
    is_gone = has_left & (MemberRow.track_id > from_id) & ~peewee.fn.EXISTS(is_there)
    query = MemberRow.select(MemberRow.track_id).distinct().where(is_gone)
    return [row[0] for row in _tuples(query.order_by(MemberRow.track_id).limit(limit), database)]


def these(database: peewee.Database, track_ids: Sequence[str], *, content: int) -> Sequence[tuple[CentralTrack, str]]:
    """Of these tracks the versions that a content holds, each with its digest; unknown ids are left out."""
    wanted = MemberRow.track_id.in_(list(track_ids)) & alive_at(MemberRow, content)
    found = MemberRow.select(MemberRow.version).where(wanted).order_by(MemberRow.track_id)
    return versions(database, [version for (version,) in _tuples(found, database)])


def model(database: peewee.Database, model_id: str) -> CentralModel:
    """A published model as it is stored, not yet verified; raise RemoteDamaged when it is not there."""
    row = PublishedModelRow
    query = row.select(row.model_id, row.network, row.card, row.card_sha256).where(row.model_id == model_id)
    for found_id, network, card, card_sha256 in _tuples(query, database):
        return CentralModel(found_id, bytes(network), bytes(card), card_sha256)
    raise RemoteDamaged(server=server_of(database), detail=f"model {model_id[:12]} is missing")


def preview(database: peewee.Database, sha256: str) -> bytes | None:
    """A preview's bytes as they are stored; None where the database does not hold them."""
    query = PreviewRow.select(PreviewRow.payload).where(PreviewRow.sha256 == sha256)
    return next((bytes(row[0]) for row in _tuples(query, database) if row[0] is not None), None)


def versions(database: peewee.Database, version_ids: Sequence[int]) -> list[tuple[CentralTrack, str]]:
    """These versions with their stated digests, in this order; raise RemoteDamaged when one is not there."""
    query = VersionRow.select(VersionRow.version_id, VersionRow.digest, *_TRACK_COLUMNS)
    rows = _raw(query.where(VersionRow.version_id.in_(version_ids)), database) if version_ids else []
    found = {row[0]: (CentralTrack(*row[2:]), str(row[1])) for row in rows}
    missing = [version for version in version_ids if version not in found]
    if missing:
        raise RemoteDamaged(server=server_of(database), detail=f"{len(missing)} tracks of a page are missing")
    return [found[version] for version in version_ids]


def alive_at(members: Any, content: int) -> Any:
    """The condition that a content holds the member."""
    return (members.since <= content) & (members.until.is_null() | (members.until > content))


def server_of(database: peewee.Database) -> str:
    """HOST:PORT of a server, the path of a file."""
    known = database.connect_params
    return f"{known['host']}:{known.get('port', 3306)}" if "host" in known else str(database.database)


def _tuples(query: Any, database: peewee.Database) -> list[tuple[Any, ...]]:
    return list(query.tuples().execute(database))


def _raw(query: Any, database: Any) -> Sequence[tuple[Any, ...]]:
    """The same as the drivers give it, which has the types that are wanted; for many rows of many columns."""
    found: Sequence[tuple[Any, ...]] = database.execute_sql(*query.bind(database).sql()).fetchall()
    return found


def _is_missing_table(error: peewee.PeeweeException) -> bool:
    return "no such table" in str(error) or (bool(error.args) and error.args[0] == 1146)
