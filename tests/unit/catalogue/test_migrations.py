"""From any earlier schema to the present one, with a way back."""

from pathlib import Path

import apsw
import peewee
import pytest

from musicrec_desktop.catalogue.database import CatalogueDatabase
from musicrec_desktop.catalogue.migrations import STEPS, backup_file, migrate
from musicrec_desktop.catalogue.store import CatalogueStore
from musicrec_desktop.catalogue.tables import TABLES
from musicrec_desktop.core.errors import SchemaTooNew
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
