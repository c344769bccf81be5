"""The central schema on a SQLite file."""

from pathlib import Path

import peewee
import pytest

from musicrec_desktop.catalogue.central_tables import (
    CENTRAL_TABLES,
    FactRow,
    LongBlobField,
    PartRow,
    RenditionRow,
    SongRow,
    central_sqlite,
    create_central_tables,
)

PART = {
    "number": 0,
    "fingerprint": "f" * 12,
    "recipe": "t8",
    "file_size": 1 << 40,
    "file_mtime_ns": 1 << 60,
    "duration_s": 30.0,
    "level_db": -20.0,
    "summary": "{}",
    "sequence": b"",
    "sequence_scale": b"",
    "sequence_rate": 10.0,
    "sound_print": b"",
}


@pytest.fixture
def database(tmp_path: Path) -> peewee.Database:
    made = central_sqlite(tmp_path / "central.db")
    create_central_tables(made)
    return made


def test_making_the_tables_again_keeps_what_is_in_them(database: peewee.Database) -> None:
    with database.bind_ctx(CENTRAL_TABLES):
        FactRow.create(name="k", value="10")
        create_central_tables(database)
        assert FactRow.get().value == "10"
        assert set(database.get_tables()) == {table._meta.table_name for table in CENTRAL_TABLES}


def test_the_file_is_written_ahead_by_a_sound_sqlite(database: peewee.Database) -> None:
    assert database.pragma("journal_mode") == "wal"
    version = database.execute_sql("select sqlite_version()").fetchone()[0]
    assert tuple(map(int, version.split("."))) >= (3, 51, 3)


def test_a_song_takes_its_parts_and_renditions_with_it(database: peewee.Database) -> None:
    with database.bind_ctx(CENTRAL_TABLES):
        song = SongRow.create(path_key="a" * 32, folder="/m", path="a.ogg", title="a")
        part = PartRow.create(song=song, **PART)
        blob = b"\0\xff" * 50_000
        row = {"kind": "clean", "number": 0, "n_passages": 1, "n_statistics": 1, "starts_s": b"", "statistics": blob}
        RenditionRow.create(part=part, **row)
        assert bytes(RenditionRow.get().statistics) == blob
        song.delete_instance()
        assert (PartRow.select().count(), RenditionRow.select().count()) == (0, 0)


def test_one_part_of_a_number_and_one_song_of_a_path(database: peewee.Database) -> None:
    with database.bind_ctx(CENTRAL_TABLES):
        song = SongRow.create(path_key="a" * 32, folder="/m", path="a.ogg", title="a")
        PartRow.create(song=song, **PART)
        with pytest.raises(peewee.IntegrityError):
            PartRow.create(song=song, **PART)
        with pytest.raises(peewee.IntegrityError):
            SongRow.create(path_key="a" * 32, folder="/n", path="a.ogg", title="a")


def test_mysql_gets_blobs_without_a_limit_of_64_kb() -> None:
    """Every blob of a whole song is a LONGBLOB in MySQL's own words."""
    mysql = peewee.MySQLDatabase("central")
    with mysql.bind_ctx(CENTRAL_TABLES):
        sql, _ = RenditionRow._schema._create_table().query()
        assert sql.count("LONGBLOB") == 2
    assert isinstance(PartRow.sequence, LongBlobField)
