"""The published tables on a real MariaDB: what belongs to which content."""

import peewee
import pytest

from musicrec_desktop.catalogue.release_tables import (
    RELEASE_TABLES,
    MemberRow,
    ReleaseRow,
    VersionRow,
    create_release_tables,
)
from tests.mariadb import MariaDB


@pytest.fixture
def database(mariadb: MariaDB) -> peewee.Database:
    made = mariadb.fresh()
    create_release_tables(made)
    return made


def test_the_tables_hold_any_text_and_long_blobs(database: peewee.Database) -> None:
    blob = bytes(range(256)) * 4000
    texts = {"title": "밤 🎵 'x\"; DROP TABLE releases; --", "artist": "é", "album": "\u202e", "summary": "{}"}
    numbers = {
        "duration_s": 1.5,
        "level_db": -20.0,
        "x": 0.1,
        "y": -0.1,
        "sequence_rate": 10.0,
        "preview_start_s": 12.25,
    }
    names = {"digest": "d" * 64, "track_id": "t" * 32, "fingerprint": "f" * 12, "model_id": "m" * 64, "preview": ""}
    blobs = ("starts", "vectors", "scales", "probabilities", "sequence_scale", "sequence_steps", "sound_print")
    with database.bind_ctx(RELEASE_TABLES):
        VersionRow.insert(**texts, **numbers, **names, **dict.fromkeys(blobs, blob)).execute()
        found = VersionRow.get()
    assert {name: getattr(found, name) for name in texts} == texts
    assert {name: getattr(found, name) for name in numbers} == numbers
    assert found.vectors == blob


def test_making_the_tables_again_changes_nothing(database: peewee.Database) -> None:
    create_release_tables(database)
    with database.bind_ctx(RELEASE_TABLES):
        assert ReleaseRow.select().count() == MemberRow.select().count() == 0
