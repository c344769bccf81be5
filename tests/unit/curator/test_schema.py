"""The numbered steps of the central tables, in a file and on a server."""

import json
import threading
from pathlib import Path

import peewee
import pytest

from musicrec_desktop.catalogue.central_tables import CENTRAL_TABLES, COLLATION, N_MFCC, SongSoundRow, central_sqlite
from musicrec_desktop.catalogue.release_tables import RELEASE_TABLES, SCHEMA, SchemaRow
from musicrec_desktop.core.errors import RemoteRefused, RemoteSchemaMismatch, SchemaTooNew
from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.curator import schema
from musicrec_desktop.curator.schema import STEPS, migrate
from tests.mariadb import MariaDB


@pytest.fixture(params=["sqlite", "mariadb"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> peewee.Database:
    if request.param == "sqlite":
        return central_sqlite(tmp_path / "central.db")
    server: MariaDB = request.getfixturevalue("mariadb")
    return server.fresh()


def version(database: peewee.Database) -> int:
    return int(SchemaRow.select().bind(database).get().version)


def test_the_number_of_steps_is_the_version_that_clients_know() -> None:
    assert len(STEPS) == SCHEMA
    assert FeatureSpec().n_mfcc == N_MFCC


def test_an_empty_database_gets_all_tables_and_an_id_once(database: peewee.Database) -> None:
    made = migrate(database, server="s")
    names = {table._meta.table_name for table in (*CENTRAL_TABLES, *RELEASE_TABLES)}
    assert set(database.get_tables()) == names
    assert migrate(database, server="s") == made
    assert version(database) == SCHEMA


def test_an_older_one_takes_the_steps_that_are_missing(database: peewee.Database) -> None:
    made = migrate(database, server="s")
    ran: list[int] = []
    later = (*STEPS, lambda _: ran.append(2), lambda _: ran.append(3))
    assert migrate(database, server="s", steps=later) == made
    assert (ran, version(database)) == ([2, 3], 3)
    migrate(database, server="s", steps=later)
    assert ran == [2, 3]


def test_a_step_that_failed_is_taken_again(database: peewee.Database) -> None:
    migrate(database, server="s")
    outcomes = iter([RuntimeError("power cut"), None])

    def second(_: peewee.Database) -> None:
        outcome = next(outcomes)
        if outcome:
            raise outcome

    with pytest.raises(RuntimeError):
        migrate(database, server="s", steps=(*STEPS, second))
    assert version(database) == 1
    migrate(database, server="s", steps=(*STEPS, second))
    assert version(database) == 2


def test_a_newer_one_is_refused_and_left_alone(database: peewee.Database) -> None:
    migrate(database, server="s")
    SchemaRow.update(version=SCHEMA + 1).execute(database)
    refusal = RemoteSchemaMismatch if isinstance(database, peewee.MySQLDatabase) else SchemaTooNew
    with pytest.raises(refusal):
        migrate(database, server="s")
    assert version(database) == SCHEMA + 1


def test_a_file_from_before_there_were_steps_keeps_its_songs_and_gets_their_figures(tmp_path: Path) -> None:
    database = central_sqlite(tmp_path / "central.db")
    migrate(database, server="s")
    for table in ("song_sounds", "central_schema", "artefact_pieces"):
        database.execute_sql(f"DROP TABLE {table}")
    database.execute_sql("INSERT INTO songs VALUES (7, 'k', '/m', 'a.ogg', '', 'a', '', '', '', '')")
    summary = json.dumps({"tempo_bpm": 71.5, "harmonic_share_mean": 0.25})
    part = (1, 7, 0, "f", "r", 1, 1, 30.0, -20.0, summary, b"", b"", 10.0, b"")
    database.execute_sql(f"INSERT INTO parts VALUES ({', '.join('?' * len(part))})", part)
    database.execute_sql("INSERT INTO song_clusters VALUES (7, 2, 0, 0)")
    database.execute_sql("INSERT INTO moods VALUES (0, 'rain', 2, '', '', '', '', '', '')")
    migrate(database, server="s")
    row = SongSoundRow.select().bind(database).get()
    assert (row.song_id, row.tempo_bpm, row.percussive_share_mean, row.level_db) == (7, 71.5, 0.75, -20.0)
    assert (row.cluster, row.mood_key, row.chroma_0_mean) == (2, "rain", None)


def test_texts_and_keys_have_a_stated_collation_whatever_the_servers_is(mariadb: MariaDB) -> None:
    mariadb.execute("CREATE DATABASE swedish CHARACTER SET latin1 COLLATE latin1_swedish_ci")
    database = mariadb.database("swedish")
    migrate(database, server="s")
    collations = "SELECT DISTINCT table_collation FROM information_schema.tables WHERE table_schema = 'swedish'"
    assert list(database.execute_sql(collations)) == [(COLLATION,)]
    columns = "SELECT DISTINCT collation_name FROM information_schema.columns WHERE table_schema = 'swedish'"
    assert {name for (name,) in database.execute_sql(columns)} == {None, COLLATION, "ascii_bin"}


def test_tables_that_were_cut_short_get_their_indexes(mariadb: MariaDB) -> None:
    database = mariadb.fresh()
    migrate(database, server="s")
    whole = {table: len(database.get_indexes(table)) for table in database.get_tables()}
    database.execute_sql("DROP INDEX songsoundrow_tempo_bpm ON song_sounds")
    database.execute_sql("DROP TABLE central_schema, previews")
    migrate(database, server="s")
    assert {table: len(database.get_indexes(table)) for table in database.get_tables()} == whole


def test_two_curators_at_once_take_each_step_once(mariadb: MariaDB) -> None:
    name = str(mariadb.fresh().database)
    ids: list[str] = []
    ran: list[int] = []

    def one() -> None:
        database = mariadb.database(name)
        ids.append(migrate(database, server="s", steps=(*STEPS, lambda _: ran.append(2))))
        database.close()

    threads = [threading.Thread(target=one) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(set(ids)) == 1 and len(ids) == 3
    assert ran == [2]


def test_who_waits_too_long_for_another_curator_is_told(mariadb: MariaDB, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "WAIT_S", 0)
    mine = mariadb.fresh()
    others = mariadb.database(str(mine.database))
    with schema._alone(others, "s"), pytest.raises(RemoteRefused, match="another curator"):
        migrate(mine, server="s")
    migrate(mine, server="s")
