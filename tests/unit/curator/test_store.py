"""What goes into the central tables comes out again."""

from pathlib import Path

import numpy as np
import peewee
import pytest

from musicrec_desktop.catalogue.central_tables import CENTRAL_TABLES, ArtefactRow, central_sqlite
from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.curator.errors import StepMissing, StoredDamaged
from musicrec_desktop.curator.naming import proposed
from musicrec_desktop.curator.proposals import PROPOSALS
from musicrec_desktop.curator.sources import SongSource
from musicrec_desktop.curator.store import CentralStore, Failure, Placed
from tests.mariadb import MariaDB
from tests.unit.curator.catalogue import N_STATISTICS, RECIPE, made_up_part, made_up_store

FINGERPRINT = FeatureSpec().fingerprint()
MOODS = [proposed(proposal, None)[0] for proposal in PROPOSALS]


def part(number: int, value: float) -> object:
    return made_up_part(number, np.full(N_STATISTICS, value), kind=0, rng=np.random.default_rng(number))


def test_passages_come_in_order_of_path_part_number_and_time(tmp_path: Path) -> None:
    store = CentralStore.in_folder(tmp_path)
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


def test_saving_a_song_again_puts_it_in_the_place_of_the_old(tmp_path: Path) -> None:
    store, source = CentralStore.in_folder(tmp_path), SongSource(tmp_path, "a.ogg", title="old")
    store.save_failure(source, reason="damaged", detail="x")
    assert [failure.path for failure in store.failures()] == ["a.ogg"]
    store.save_song(source, [part(0, 1.0)], recipe=RECIPE)
    store.save_song(SongSource(tmp_path, "a.ogg", title="new"), [part(0, 5.0)], recipe=RECIPE)
    ((song_id, song),) = store.songs().items()
    assert (song.title, store.failures()) == ("new", [])
    assert store.passages("clean", [song_id]).statistics.mean() == pytest.approx(5.0, abs=0.5)


def test_a_song_is_unchanged_while_recipe_fingerprint_and_file_are(tmp_path: Path) -> None:
    store, source = CentralStore.in_folder(tmp_path), SongSource(tmp_path, "a.ogg", title="a")
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


def test_bytes_that_changed_on_the_disk_are_noticed(tmp_path: Path) -> None:
    store = CentralStore.in_folder(tmp_path)
    store.save_artefact("head", b"weights")
    assert store.artefact("head") == b"weights"
    with (database := central_sqlite(tmp_path / "central.db")).bind_ctx(CENTRAL_TABLES):
        ArtefactRow.update(payload=b"weightz").execute()
    database.close()
    with pytest.raises(StoredDamaged):
        store.artefact("head")


def test_moods_keep_their_words_when_the_clusters_go(tmp_path: Path) -> None:
    store = made_up_store(tmp_path, songs=4)
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


def test_nothing_analysed_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(StepMissing) as caught:
        CentralStore.in_folder(tmp_path).passages("clean", [])
    assert caught.value.step == "analyse"


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
