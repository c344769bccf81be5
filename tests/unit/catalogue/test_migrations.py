"""From any earlier schema to the present one, with a way back."""

from pathlib import Path

import apsw
import peewee
import pytest

from musicrec_desktop.catalogue.database import CatalogueDatabase
from musicrec_desktop.catalogue.migrations import STEPS, backup_file, migrate
from musicrec_desktop.catalogue.store import CatalogueStore
from musicrec_desktop.catalogue.tables import TABLES
from musicrec_desktop.core.errors import CatalogueDamaged, SchemaTooNew
from musicrec_desktop.core.types import TrackId
from tests.unit.catalogue.stores import add, store_in

NEXT = (*STEPS, "ALTER TABLE track_rows ADD COLUMN year INTEGER; UPDATE track_rows SET year = 1999;")


def migrated(path: Path, steps: tuple[str, ...]) -> CatalogueDatabase:
    database = CatalogueDatabase(path, read_only=False)
    migrate(database, path, steps)
    return database


def test_tables_and_schema_name_the_same_columns(tmp_path: Path) -> None:
    store_in(tmp_path).close()
    connection = apsw.Connection(str(tmp_path / "catalogue.db"))
    for table in TABLES:
        found = {row[1] for row in connection.execute(f"PRAGMA table_info({table._meta.table_name})")}
        assert found == {field.column_name for field in table._meta.sorted_fields}, table
    connection.close()


def test_a_step_keeps_the_data_and_leaves_a_copy_from_before(tmp_path: Path) -> None:
    with store_in(tmp_path) as store:
        add(store, 1)
    path = tmp_path / "catalogue.db"
    database = migrated(path, NEXT)
    assert database.run("SELECT title, year FROM track_rows") == [("Title 1", 1999)]
    assert database.run("PRAGMA user_version") == [(len(NEXT),)]
    database.close_all()
    before = apsw.Connection(str(backup_file(path, len(STEPS))))
    assert before.execute("PRAGMA user_version").fetchall() == [(len(STEPS),)]
    assert before.execute("SELECT title FROM tracks").fetchall() == [("Title 1",)]
    before.close()


def test_a_step_that_fails_changes_nothing(tmp_path: Path) -> None:
    with store_in(tmp_path) as store:
        add(store, 1)
    path = tmp_path / "catalogue.db"
    with pytest.raises(peewee.OperationalError):
        migrated(path, (*STEPS, "ALTER TABLE track_rows ADD COLUMN year INTEGER; SELECT * FROM nowhere;"))
    with store_in(tmp_path) as store:
        assert [track.title for track in store.tracks()] == ["Title 1"]
    database = migrated(path, NEXT)
    assert database.run("SELECT year FROM track_rows") == [(1999,)]
    database.close_all()


def test_a_newer_schema_is_refused_untouched(tmp_path: Path) -> None:
    store_in(tmp_path).close()
    path = tmp_path / "catalogue.db"
    migrated(path, NEXT).close_all()
    before = path.read_bytes()
    with pytest.raises(SchemaTooNew) as caught:
        store_in(tmp_path)
    assert (caught.value.path, caught.value.found, caught.value.known) == (path, len(NEXT), len(STEPS))
    assert path.read_bytes() == before


def test_a_new_file_needs_no_copy(tmp_path: Path) -> None:
    store_in(tmp_path).close()
    store_in(tmp_path).close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["catalogue.db", "catalogue.db.lock"]


def first_schema(path: Path) -> None:
    """A catalogue as the first version of the program left it, with one song."""
    database = migrated(path, STEPS[:1])
    database.run(
        "INSERT INTO tracks VALUES (7, 'abc', '/music/a.ogg', 1, 2, 'c', '봄날', 'BTS (방탄소년단)', 'É', 3, -20,"
        " 'own', 'f', '{}', x'00', 5)"
    )
    database.run("INSERT INTO search (rowid, title, artist, album, initials) VALUES (7, '봄날', 'bts', 'e', 'ㅂㄴ')")
    database.run("UPDATE facts SET value = 41 WHERE key = 'generation'")
    database.close_all()


def test_songs_of_the_first_schema_are_found_after_the_second(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    first_schema(path)
    with store_in(tmp_path) as store:
        assert [[track.title for track in store.search(text)] for text in ("소년단", "ㅂㄴ", "볼날")] == [["봄날"]] * 3
        name = add(store, 1)
        assert store.generation() == 42
        assert [track.track_id for track in store.search("title 1")] == [name]
    assert backup_file(path, 1).is_file()


def test_the_first_schema_is_searched_where_it_may_not_be_changed(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    first_schema(path)
    before = path.read_bytes()
    with CatalogueStore(path, fingerprint="f", read_only=True) as store:
        assert [track.title for track in store.search("방탄")] == ["봄날"]
    assert path.read_bytes() == before


def second_schema(path: Path) -> None:
    """A catalogue as the program before the central catalogue left it: two songs with all that belongs to them."""
    database = migrated(path, STEPS[:2])
    song = "'own', 'f', '{}', x'00', 5"
    database.run(
        f"INSERT INTO tracks VALUES (7, 'abc', '/music/a.ogg', 1, 2, 'c', 'One', 'A', '', 3, -20, {song}),"
        f" (9, 'abd', NULL, 1, 2, 'd', 'Two', 'B', '', 3, -20, {song})"
    )
    for row in (7, 9):
        database.run(f"INSERT INTO copies VALUES ('/copies/{row}.ogg', 1, 2, {row})")
        database.run(f"INSERT INTO passages VALUES ({row}, x'01', x'02')")
        database.run(f"INSERT INTO sequences VALUES ({row}, 10, x'03', x'04')")
        database.run(f"INSERT INTO embeddings VALUES ({row}, 'm', {row}, 3, 0.5, x'05', x'06', x'07')")
        database.run(f"INSERT INTO search VALUES ({row}, 1, 'text {row}')")
    database.run("INSERT INTO facts VALUES ('model_id', 'm')")
    database.run("UPDATE facts SET value = 41 WHERE key = 'generation'")
    database.close_all()


CHILDREN = ("copies", "passages", "sequences", "embeddings", "search")


def test_songs_of_the_second_schema_keep_all_that_belongs_to_them(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    second_schema(path)
    old = apsw.Connection(str(path))
    before = {table: old.execute(f"SELECT * FROM {table}").fetchall() for table in CHILDREN}
    old.close()
    with store_in(tmp_path) as store:
        database = store._database
        assert {table: database.run(f"SELECT * FROM {table}") for table in CHILDREN} == before
        assert [(each.track_id, each.title, each.mood_id, each.source) for each in store.tracks()] == [
            ("abc", "One", 3, "own"),
            ("abd", "Two", 3, "own"),
        ]
        assert store.generation() == 41 and Path("/copies/9.ogg") in store.known_files()
        assert database.run("PRAGMA foreign_keys") == [(1,)] and database.run("PRAGMA foreign_key_check") == []
        store.remove([TrackId("abc")])
        for table in CHILDREN:
            assert database.run(f"SELECT count(*) FROM {table}") == [(1,)], "what belongs to a song goes with it"
    assert backup_file(path, 2).is_file()


def test_the_second_schema_is_read_where_it_may_not_be_changed(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    second_schema(path)
    before = path.read_bytes()
    with CatalogueStore(path, fingerprint="f", read_only=True) as store:
        assert [track.title for track in store.tracks()] == ["One", "Two"]
        assert store.known_files()[Path("/music/a.ogg")].fingerprint == "f"
        assert store.mood_counts("m") == {3: 2} and store.count() == 2 and store.stale_count() == 0
        assert store.central.in_use() is None and store.central.staged() is None
        assert not store.is_current()
    assert path.read_bytes() == before


def test_references_that_would_be_lost_stop_the_step(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    second_schema(path)
    with pytest.raises(CatalogueDamaged, match="belong to nothing"):
        migrated(path, (*STEPS, "DELETE FROM track_rows WHERE id = 7;"))
    with store_in(tmp_path) as store:
        assert store.count() == 2
