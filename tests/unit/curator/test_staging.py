"""What is staged: exact, once, invisible, and the same again after an interruption."""

from collections.abc import Iterator
from dataclasses import fields, replace
from itertools import islice

import numpy as np
import peewee
import pytest

from musicrec_desktop.catalogue import release_queries
from musicrec_desktop.catalogue.release_tables import PublishedModelRow, SchemaRow, VersionRow
from musicrec_desktop.core.central import CentralTrack
from musicrec_desktop.core.errors import ModelMismatch, NothingPublished, RemoteSchemaMismatch, SchemaTooNew
from musicrec_desktop.curator.errors import CardDiffers
from musicrec_desktop.curator.publish import publish
from musicrec_desktop.curator.releasing import prepare
from musicrec_desktop.curator.staging import stage
from tests.mariadb import MariaDB
from tests.releases import MODEL, made_up_model, made_up_track, tracks_of

WANTED = dict.fromkeys(range(40), 0)
EDGES = (0.0, -0.0, 0.1 + 0.2, 1e-300, -1.7976931348623157e308, 5e-324, 123456789.123456789, 1 / 3, 1e22, 2.0**53)


def version_count(database: peewee.Database) -> int:
    return int(VersionRow.select().count(database))


def test_values_come_back_exactly_and_so_does_their_digest(central: peewee.Database) -> None:
    names = [field.name for field in fields(CentralTrack) if field.type is float]
    made = [*tracks_of(WANTED), *(made_up_track(50 + i, **dict.fromkeys(names, edge)) for i, edge in enumerate(EDGES))]
    made.append(made_up_track(98, **dict.fromkeys(names, np.int64(3))))
    made.append(made_up_track(99, vectors=bytes(range(256)) * 1000, title="x" * 5000))
    release = publish(central, stage(central, made, MODEL)).release
    found = release_queries.changed(central, after=0, upto=release.content, from_id="", limit=1000)
    signless = (replace(track, **{name: float(getattr(track, name)) + 0.0 for name in names}) for track in made)
    assert {track.track_id: repr(track) for track, _ in found} == {track.track_id: repr(track) for track in signless}
    assert all(track.digest() == stated for track, stated in found)
    assert release_queries.model(central, MODEL.model_id) == MODEL


def test_what_is_staged_is_not_seen(central: peewee.Database) -> None:
    stage(central, tracks_of(WANTED), MODEL)
    with pytest.raises(NothingPublished):
        release_queries.current(central)
    assert release_queries.changed(central, after=0, upto=99, from_id="", limit=10) == []


def test_an_interrupted_staging_goes_on_where_it_was(central: peewee.Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("musicrec_desktop.curator.staging._BATCH_ROWS", 8)

    def broken() -> Iterator[CentralTrack]:
        yield from islice(tracks_of(WANTED), 30)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stage(central, broken(), MODEL)
    assert version_count(central) == 24
    said: list[tuple[int, int | None]] = []
    staged = stage(central, tracks_of(WANTED), MODEL, lambda done, total: said.append((done, total)), total=40)
    assert (staged.added, len(staged.digests), version_count(central)) == (16, 40, 40)
    assert said == [(8, 40), (16, 40), (24, 40), (32, 40), (40, 40)]
    assert stage(central, tracks_of(WANTED), MODEL).added == 0


def test_a_row_another_publisher_adds_at_this_moment_is_no_error(
    central: peewee.Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one's rows come between the question what is missing and the answer to it."""
    from musicrec_desktop.curator import staging

    insert, rest = staging._insert, [made_up_track(number) for number in range(5)]

    def late(database: peewee.Database, rows: list[dict[str, object]]) -> None:
        monkeypatch.setattr(staging, "_insert", insert)
        insert(database, rows[:3])
        insert(database, rows)

    monkeypatch.setattr(staging, "_insert", late)
    staged = stage(central, rest, MODEL)
    assert (staged.added, version_count(central)) == (2, 5)


def test_tracks_of_another_model_or_of_other_features_are_refused(central: peewee.Database) -> None:
    with pytest.raises(ModelMismatch):
        stage(central, tracks_of(WANTED), made_up_model(2))
    with pytest.raises(ModelMismatch):
        stage(central, [made_up_track(1, fingerprint="other")], MODEL)
    assert version_count(central) == 0


def test_a_published_network_keeps_its_moods_and_thresholds(central: peewee.Database) -> None:
    stage(central, [], MODEL)
    stage(central, [], made_up_model(created="another day"))
    assert release_queries.model(central, MODEL.model_id) == MODEL, "what was published stays"
    for changed in ({"moods": [{"hidden": True}]}, {"calibration": {"match": 0.5}}):
        with pytest.raises(CardDiffers):
            stage(central, [], made_up_model(**changed))
    assert PublishedModelRow.select().count(central) == 1


def test_the_identity_is_made_once(central: peewee.Database) -> None:
    assert prepare(central) == prepare(central) == release_queries.catalogue_id(central)
    SchemaRow.update(version=99).execute(central)
    with pytest.raises((RemoteSchemaMismatch, SchemaTooNew)):
        stage(central, [], MODEL)


def test_a_lax_server_cuts_nothing_off(mariadb: MariaDB) -> None:
    """Without strict mode it would keep 64 KB of a text and say nothing."""
    lax = mariadb.fresh()
    lax.connect_params["init_command"] = "SET sql_mode = ''"
    with pytest.raises(peewee.DataError):
        stage(lax, [made_up_track(1, title="x" * 70_000)], MODEL)
    assert version_count(lax) == 0
    lax.close()


def test_the_same_track_twice_is_one(central: peewee.Database) -> None:
    track = made_up_track(1)
    assert stage(central, [track, track, replace(track)], MODEL).added == 1
