"""What a client asks, with an account that may read and nothing else."""

from collections.abc import Iterator

import peewee
import pytest

from musicrec_desktop.catalogue import release_queries
from musicrec_desktop.catalogue.central_tables import central_sqlite
from musicrec_desktop.catalogue.release_tables import PreviewRow, VersionRow, create_release_tables
from musicrec_desktop.core.errors import NothingPublished, RemoteDamaged, RemoteSchemaMismatch
from musicrec_desktop.curator.releasing import prepare
from tests.mariadb import MariaDB
from tests.releases import MODEL, agrees, follow, made_up_track, put_out, track_id, tracks_of

N = 23


@pytest.fixture
def reader(mariadb: MariaDB) -> Iterator[peewee.MySQLDatabase]:
    """Two contents, and an account with SELECT."""
    made = mariadb.fresh()
    put_out(made, tracks_of(dict.fromkeys(range(N), 0)))
    put_out(made, tracks_of({number: int(number == 4) for number in range(3, N + 2)}))
    made.close()
    name = f"reader_{made.database}"
    mariadb.execute(
        f"CREATE USER {name}@'127.0.0.1' IDENTIFIED BY 'r'", f"GRANT SELECT ON {made.database}.* TO {name}@'127.0.0.1'"
    )
    database = mariadb.database(made.database, user=name, password="r")
    yield database
    database.close()


def test_reading_needs_no_more_than_select(reader: peewee.Database) -> None:
    release = release_queries.current(reader)
    held = {track.track_id: track for track in tracks_of(dict.fromkeys(range(N), 0))}
    follow(reader, held, after=1, release=release)
    assert agrees(held, release)
    assert release_queries.model(reader, release.model_id) == MODEL
    with pytest.raises(peewee.PeeweeException):
        VersionRow.delete().execute(reader)


@pytest.mark.parametrize("limit", [1, 5, N, 1000])
def test_pages_meet_without_a_gap(reader: peewee.Database, limit: int) -> None:
    ids: list[str] = []
    while page := release_queries.changed(reader, after=0, upto=1, from_id=ids[-1] if ids else "", limit=limit):
        assert len(page) <= limit
        ids += [track.track_id for track, _ in page]
    assert ids == sorted(track_id(number) for number in range(N))
    left: list[str] = []
    while some := release_queries.gone(reader, after=1, upto=2, from_id=left[-1] if left else "", limit=limit):
        left += some
    assert left == sorted(track_id(number) for number in range(3))


def test_an_earlier_content_reads_as_it_was(reader: peewee.Database) -> None:
    ((track, _),) = release_queries.changed(reader, after=0, upto=1, from_id=track_id(4)[:-1], limit=1)
    assert track == made_up_track(4, 0)
    changed = release_queries.changed(reader, after=1, upto=2, from_id="", limit=100)
    assert {track.track_id for track, _ in changed} == {track_id(number) for number in (4, N, N + 1)}
    assert release_queries.gone(reader, after=0, upto=1, from_id="", limit=100) == []
    assert release_queries.gone(reader, after=2, upto=2, from_id="", limit=100) == []


def test_hostile_values_are_values(reader: peewee.Database) -> None:
    hostile = "' OR 1=1; DROP TABLE releases; -- %s"
    assert release_queries.changed(reader, after=0, upto=2, from_id=hostile, limit=1000)
    assert release_queries.preview(reader, hostile) is None
    with pytest.raises(RemoteDamaged):
        release_queries.model(reader, hostile)
    assert release_queries.current(reader).number == 2


def test_previews_come_as_they_are_kept(central: peewee.Database) -> None:
    prepare(central)
    PreviewRow.insert(sha256="a" * 64, n_bytes=3, payload=b"\0\xff'").execute(central)
    PreviewRow.insert(sha256="b" * 64, n_bytes=3).execute(central)
    found = [release_queries.preview(central, letter * 64) for letter in "abc"]
    assert found == [b"\0\xff'", None, None]


def test_a_database_without_a_catalogue_or_a_release_says_so(central: peewee.Database) -> None:
    with pytest.raises(RemoteSchemaMismatch, match="missing"):
        release_queries.current(central)
    create_release_tables(central)
    with pytest.raises(RemoteSchemaMismatch, match="identity"):
        release_queries.current(central)
    prepare(central)
    with pytest.raises(NothingPublished):
        release_queries.current(central)


def test_servers_are_named_without_a_password(mariadb: MariaDB) -> None:
    database = mariadb.database("x", user="u", password="secret")
    assert release_queries.server_of(database) == f"127.0.0.1:{mariadb.port}"
    assert release_queries.server_of(central_sqlite(mariadb.folder / "c.db")).endswith("c.db")
