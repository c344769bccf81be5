"""What goes into the central tables comes out again: of a file, and of a server."""

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import peewee
import pytest

from musicrec_desktop.catalogue.central_tables import CENTRAL_TABLES, ArtefactRow, central_sqlite
from musicrec_desktop.core.errors import RemoteSchemaMismatch, RemoteUnreachable
from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.curator.errors import StepMissing, StoredDamaged
from musicrec_desktop.curator.naming import proposed
from musicrec_desktop.curator.proposals import PROPOSALS
from musicrec_desktop.curator.sources import SongSource
from musicrec_desktop.curator.store import AnalysedPart, CentralStore, Failure, Placed, Rendition
from tests.mariadb import MariaDB
from tests.unit.curator.catalogue import N_STATISTICS, RECIPE, made_up_part, made_up_store

FINGERPRINT = FeatureSpec().fingerprint()
MOODS = [proposed(proposal, None)[0] for proposal in PROPOSALS]


@pytest.fixture(params=["sqlite", "mariadb"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> peewee.Database:
    if request.param == "sqlite":
        return central_sqlite(tmp_path / "central.db")
    server: MariaDB = request.getfixturevalue("mariadb")
    return server.fresh()


@pytest.fixture
def store(database: peewee.Database) -> CentralStore:
    return CentralStore(database)


def part(number: int, value: float) -> object:
    return made_up_part(number, np.full(N_STATISTICS, value), kind=0, rng=np.random.default_rng(number))


def test_passages_come_in_order_of_path_part_number_and_time(store: CentralStore, tmp_path: Path) -> None:
    for name in ("b.ogg", "a.ogg"):
        parts = [part(0, 1.0), part(1, 2.0)]
        store.save_song(SongSource(tmp_path, name, other_part="x", title=name), parts, recipe=RECIPE)
    ids = {song.path: song_id for song_id, song in store.songs().items()}
    assert list(ids) == ["a.ogg", "b.ogg"]
    twins = store.passages("twin", ids.values())
    assert twins.songs.tolist() == [ids["a.ogg"]] * 16 + [ids["b.ogg"]] * 16
    assert twins.parts.tolist() == ([0] * 8 + [1] * 8) * 2
    assert twins.numbers.tolist() == ([0] * 4 + [1] * 4) * 4
    assert twins.starts_s[:5].tolist() == [0.0, 6.0, 12.0, 18.0, 0.0]
    assert np.array_equal(twins.statistics[:4], part(0, 1.0).renditions[1].statistics)
    assert set(store.passages("clean", [ids["b.ogg"]]).songs) == {ids["b.ogg"]}


def test_saving_a_song_again_puts_it_in_the_place_of_the_old(store: CentralStore, tmp_path: Path) -> None:
    source = SongSource(tmp_path, "a.ogg", title="old")
    store.save_failure(source, reason="damaged", detail="x")
    assert [failure.path for failure in store.failures()] == ["a.ogg"]
    store.save_song(source, [part(0, 1.0)], recipe=RECIPE)
    store.save_song(SongSource(tmp_path, "a.ogg", title="new"), [part(0, 5.0)], recipe=RECIPE)
    ((song_id, song),) = store.songs().items()
    assert (song.title, store.failures()) == ("new", [])
    assert store.passages("clean", [song_id]).statistics.mean() == pytest.approx(5.0, abs=0.5)


def test_a_song_is_unchanged_while_recipe_fingerprint_and_file_are(store: CentralStore, tmp_path: Path) -> None:
    source = SongSource(tmp_path, "a.ogg", title="a")
    (tmp_path / "a.ogg").write_bytes(b"sound")
    state = (tmp_path / "a.ogg").stat()
    made = part(0, 1.0)
    values = (made.number, state.st_size, state.st_mtime_ns, made.analysis, made.renditions)
    store.save_song(source, [type(made)(*values)], recipe=RECIPE)
    assert store.unchanged([source], fingerprint=FINGERPRINT, recipe=RECIPE)
    assert not store.unchanged([source], fingerprint="other", recipe=RECIPE)
    assert not store.unchanged([source], fingerprint=FINGERPRINT, recipe="other")
    more = SongSource(tmp_path, "a.ogg", other_part="b.ogg", title="a")
    assert not store.unchanged([more], fingerprint=FINGERPRINT, recipe=RECIPE)
    (tmp_path / "a.ogg").write_bytes(b"sounds")
    assert not store.unchanged([source], fingerprint=FINGERPRINT, recipe=RECIPE)
    (tmp_path / "a.ogg").unlink()
    assert not store.unchanged([source], fingerprint=FINGERPRINT, recipe=RECIPE)


def test_bytes_that_changed_on_the_disk_are_noticed(store: CentralStore, database: peewee.Database) -> None:
    store.save_artefact("head", b"weights")
    assert store.artefact("head") == b"weights"
    with database.bind_ctx(CENTRAL_TABLES):
        ArtefactRow.update(payload=b"weightz").execute()
    with pytest.raises(StoredDamaged):
        store.artefact("head")


def test_moods_keep_their_words_when_the_clusters_go(store: CentralStore, tmp_path: Path) -> None:
    made_up_store(tmp_path, songs=4, store=store)
    store.save_clusters([Placed(song, 0, 0.5, -1.5) for song in store.songs()])
    store.save_moods(MOODS, {"rain": 0})
    store.save_fact("embed", {"songs": []})
    assert store.moods() == (MOODS, {0: 5})
    assert store.clusters()[1] == Placed(1, 0, 0.5, -1.5)
    store.forget_from("cluster")
    assert store.moods() == (MOODS, {})
    assert store.clusters() == {}
    assert store.fact("embed") == {"songs": []}
    store.forget_from("embed")
    with pytest.raises(StepMissing):
        store.fact("embed")


def test_nothing_analysed_is_said_so(store: CentralStore, tmp_path: Path) -> None:
    with pytest.raises(StepMissing) as caught:
        store.passages("clean", [])
    assert caught.value.step == "analyse"


def test_a_catalogue_keeps_its_name(store: CentralStore, database: peewee.Database) -> None:
    assert len(store.catalogue_id) == 36
    assert CentralStore(database).catalogue_id == store.catalogue_id


def test_a_whole_days_recording_and_a_large_artefact_go_in_pieces(store: CentralStore, tmp_path: Path) -> None:
    """More than the 16 MB that a server takes in one go."""
    rng = np.random.default_rng(0)
    long = made_up_part(0, np.zeros(N_STATISTICS), kind=0, rng=rng)
    renditions = [
        Rendition("twin", i, np.arange(9000, dtype=np.float32), rng.random((9000, 100), np.float32)) for i in range(5)
    ]
    store.save_song(SongSource(tmp_path, "long.ogg", title="x"), [replace(long, renditions=renditions)], recipe=RECIPE)
    assert np.array_equal(store.passages("twin", [1]).statistics[9000:18000], renditions[1].statistics)
    payload = rng.bytes(18_000_000)
    store.save_artefact("trees", payload)
    assert store.artefact("trees") == payload
    store.save_artefact("trees", b"small")
    assert store.artefact("trees") == b"small"
    store.forget_from("train")
    with pytest.raises(StepMissing):
        store.artefact("trees")


def test_texts_in_any_writing_come_back(store: CentralStore, tmp_path: Path) -> None:
    name = "밤 🎵 é 'x\"; DROP TABLE songs; -- \u202e%s"
    source = SongSource(tmp_path, f"{name}.ogg", title=name, artist=name, album=name)
    store.save_song(source, [part(0, 1.0)], recipe=RECIPE)
    assert list(store.songs().values()) == [source]
    store.save_fact("embed", {name: [name]})
    assert store.fact("embed") == {name: [name]}


def test_a_file_and_a_server_hold_the_same(mariadb: MariaDB, tmp_path: Path) -> None:
    file = made_up_store(tmp_path, songs=6, seed=3)
    server = made_up_store(tmp_path, songs=6, seed=3, store=CentralStore(mariadb.fresh()))
    assert server.songs() == file.songs()
    assert server.summaries() == file.summaries()
    for kind in ("clean", "twin", "take", "mic_take"):
        ours, theirs = (store.passages(kind, list(store.songs())) for store in (file, server))
        for field in fields(ours):
            assert np.array_equal(getattr(ours, field.name), getattr(theirs, field.name))
    for song, sequence in file.sequences(file.songs()).items():
        assert np.array_equal(server.sequences([song])[song].values, sequence.values)


# -- a server's own


def test_a_link_that_broke_between_two_questions_is_made_again(mariadb: MariaDB) -> None:
    database = mariadb.fresh()
    store = CentralStore(database)
    store.save_fact("embed", 1)
    for _ in range(3):
        mariadb.execute(f"KILL {connection_number(database)}")
        assert store.fact("embed") == 1


def test_a_song_is_kept_whole_or_not_when_the_link_breaks(mariadb: MariaDB, tmp_path: Path) -> None:
    database = mariadb.fresh()
    store = CentralStore(database)

    def parts() -> Iterator[AnalysedPart]:
        yield part(0, 1.0)
        mariadb.execute(f"KILL {connection_number(database)}")
        yield part(1, 1.0)

    source = SongSource(tmp_path, "a.ogg", other_part="b.ogg", title="a")
    with pytest.raises(RemoteUnreachable):
        store.save_song(source, parts(), recipe=RECIPE)
    assert store.songs() == {}
    store.save_song(source, [part(0, 1.0), part(1, 1.0)], recipe=RECIPE)
    assert len(store.songs()) == 1


def connection_number(database: peewee.Database) -> int:
    return int(database.execute_sql("SELECT CONNECTION_ID()").fetchone()[0])


def test_a_servers_no_is_our_error(mariadb: MariaDB) -> None:
    database = mariadb.fresh()
    store = CentralStore(database)
    database.execute_sql("DROP TABLE facts")
    with pytest.raises(RemoteSchemaMismatch):
        store.fact("embed")


def test_songs_are_written_together_or_not_at_all(tmp_path: Path) -> None:
    store = CentralStore.in_folder(tmp_path)
    good, bad = (SongSource(tmp_path, name, title=name) for name in ("good.ogg", "bad.ogg"))
    with pytest.raises(peewee.IntegrityError):
        store.save_songs([(good, [part(0, 1.0)]), (bad, [part(0, 1.0), part(0, 1.0)])], recipe=RECIPE)
    assert store.songs() == {}
    store.save_songs([(good, [part(0, 1.0)]), (bad, [part(0, 1.0), part(1, 1.0)])], recipe=RECIPE)
    assert len(store.songs()) == 2


def test_an_older_list_of_failures_gets_the_new_columns(tmp_path: Path) -> None:
    database = central_sqlite(tmp_path / "central.db")
    columns = "path_key VARCHAR(32) NOT NULL PRIMARY KEY, path TEXT NOT NULL, reason VARCHAR(32) NOT NULL"
    database.execute_sql(f"CREATE TABLE failures ({columns}, detail TEXT NOT NULL)")
    database.execute_sql("INSERT INTO failures VALUES ('k', 'a.ogg', 'empty', '')")
    database.close()
    for _ in range(2):
        assert CentralStore.in_folder(tmp_path).failures() == [Failure("a.ogg", "empty", "", None, None)]


def test_a_list_of_failures_on_mariadb(mariadb: MariaDB, tmp_path: Path) -> None:
    store, song = CentralStore(mariadb.fresh()), SongSource(tmp_path, "a.ogg", title="a")
    store.save_failure(song, reason="empty", detail="", state="1" * 32)
    store.save_failure(song, reason="damaged", detail="", state="2" * 32)
    assert store.failures() == [Failure("a.ogg", "damaged", "", str(tmp_path), "2" * 32)]
    store.save_songs([(song, [part(0, 1.0)])], recipe=RECIPE)
    assert store.failures() == []
    assert len(store.songs()) == 1
