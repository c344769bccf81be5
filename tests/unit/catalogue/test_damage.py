"""One flipped bit: noticed before use, the song is left out, the answer goes on, and the song can be healed."""

from pathlib import Path

import apsw
import pytest

from musicrec_desktop.catalogue import store as store_module
from musicrec_desktop.catalogue.store import CatalogueStore
from musicrec_desktop.core.errors import UnknownTrack
from musicrec_desktop.core.types import TrackId
from tests.fakes import FINGERPRINT, FakeClassifier
from tests.unit.catalogue.central import content, moved_to, seen, titles
from tests.unit.catalogue.stores import add, stamp, store_in

MODEL = FakeClassifier()
CENTRAL = content(range(6), model=MODEL)
COLUMNS = [
    ("embeddings", "vectors"),
    ("embeddings", "scales"),
    ("embeddings", "probabilities"),
    ("passages", "starts"),
    ("sequences", "scale"),
    ("sequences", "steps"),
    ("track_rows", "sound_print"),
]
OF_PASSAGES = ("embeddings", "passages")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with store_in(tmp_path) as store:
        for number in range(3):
            add(store, number, model=MODEL)
        moved_to(store, CENTRAL, 1, MODEL)
    return tmp_path / "catalogue.db"


@pytest.fixture
def own(path: Path) -> TrackId:
    with store_in(path.parent) as store:
        return store.tracks()[1].track_id


def flip(path: Path, track_id: str, table: str, column: str, *, bit: int) -> None:
    """Turn one bit of a blob around, counted from its end."""
    connection = apsw.Connection(str(path))
    key = "id" if table == "track_rows" else "track"
    of_track = f"{key} = (SELECT id FROM track_rows WHERE track_id = ?)"
    (found,) = connection.execute(f"SELECT {column} FROM {table} WHERE {of_track}", (track_id,)).fetchall()
    blob = bytearray(found[0])
    blob[-1 - bit // 8] ^= 1 << bit % 8
    connection.execute(f"UPDATE {table} SET {column} = ? WHERE {of_track}", (bytes(blob), track_id))
    connection.close()


def ask_all(store: CatalogueStore) -> tuple[set[str], set[str], set[str]]:
    """What every question about sound gives: tracks with passages, with a sequence, with a picture."""
    ids = [each.track_id for each in store.tracks()]
    prints = {name for name in ids if store.sound_print(name) is not None}
    store.statistics_by_id(ids)
    return set(store.passages(MODEL.model_id).track_ids), set(store.sequences(ids)), prints


@pytest.mark.parametrize("bit", [0, 35])
@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=lambda name: name)
def test_a_central_song_is_left_out_and_healed_in_place(path: Path, table: str, column: str, bit: int) -> None:
    wanted = "c0002"
    with store_in(path.parent) as store:
        everything = ask_all(store)[0]
    flip(path, wanted, table, column, bit=bit)
    with store_in(path.parent) as store:
        passages, sequences, prints = ask_all(store)
        left_out = {wanted}
        assert passages == everything - (left_out if table in OF_PASSAGES else set())
        assert sequences == everything - (left_out if table == "sequences" else set())
        assert prints == everything - (left_out if table == "track_rows" else set())
        assert store.central.damaged() == [wanted]
        generation = store.generation()
        assert store.central.replace([CENTRAL[name] for name in store.central.damaged()]) == 1
        assert store.generation() > generation and store.central.damaged() == []
        assert ask_all(store) == (everything, everything, everything)
        assert seen(store) == titles(CENTRAL) and len(store.search("central 2 0")) == 1


@pytest.mark.parametrize(("table", "column"), [*COLUMNS, ("passages", "statistics")], ids=lambda name: name)
def test_an_own_song_is_left_out_until_its_file_is_read_again(
    path: Path, own: TrackId, table: str, column: str
) -> None:
    flip(path, own, table, column, bit=3)
    with store_in(path.parent) as store:
        assert own in {each.track_id for each in store.tracks()}, "it is listed all the same"
        passages, sequences, prints = ask_all(store)
        assert (own in passages) == (table not in OF_PASSAGES or column == "statistics")
        assert (own in sequences, own in prints) == (table != "sequences", table != "track_rows")
        known = store.known_files()[Path("/music/1.ogg")]
        assert known.fingerprint == "" and store.central.damaged() == []
        by_content = store.by_content(stamp(1).content_hash)
        assert by_content is not None and by_content.fingerprint == "", "so it is analysed, and not taken for known"
        assert add(store, 1, model=MODEL) == own
        assert store.known_files()[Path("/music/1.ogg")].fingerprint == FINGERPRINT
        assert own in ask_all(store)[0]


def test_damaged_statistics_neither_stop_a_new_model_nor_come_into_it(path: Path, own: TrackId) -> None:
    flip(path, own, "passages", "statistics", bit=3)
    newer = FakeClassifier("model-b", seed=3)
    with store_in(path.parent) as store:
        assert store.embed_missing("model-b", newer.run) == 2
        assert own not in store.passages("model-b").track_ids
        with pytest.raises(UnknownTrack):
            store.statistics(own)


def test_a_packed_catalogue_leaves_the_song_out(path: Path, own: TrackId, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "PACKED_FROM", 5)
    monkeypatch.setattr("musicrec_desktop.catalogue.reading._PACKED_AT_ONCE", 4)
    flip(path, own, "embeddings", "vectors", bit=9)
    flip(path, "c0003", "passages", "starts", bit=9)
    with CatalogueStore(path, fingerprint=FINGERPRINT, cache=path.parent / "cache") as store:
        found = store.packed(MODEL.model_id)
        assert found is not None and len(found.track_ids) == 7
        assert not {own, "c0003"} & set(found.track_ids)
        assert store.central.damaged() == ["c0003"]
        assert store.known_files()[Path("/music/1.ogg")].fingerprint == ""
        store.central.replace([CENTRAL["c0003"]])
        healed = store.packed(MODEL.model_id)
        assert healed is not None and "c0003" in healed.track_ids


def test_a_vector_of_another_length_is_damage_too(path: Path) -> None:
    connection = apsw.Connection(str(path))
    row = "(SELECT id FROM track_rows WHERE track_id = 'c0001')"
    other = "(SELECT vectors FROM embeddings WHERE track = (SELECT id FROM track_rows WHERE track_id = 'c0004'))"
    connection.execute(f"UPDATE embeddings SET vectors = {other} WHERE track = {row}")
    connection.close()
    with store_in(path.parent) as store:
        assert "c0001" not in store.passages(MODEL.model_id).track_ids
        assert store.central.damaged() == ["c0001"]


def test_where_nothing_can_be_written_the_song_is_left_out_all_the_same(path: Path, own: TrackId) -> None:
    flip(path, own, "sequences", "steps", bit=1)
    with CatalogueStore(path, fingerprint=FINGERPRINT, read_only=True) as store:
        assert own not in store.sequences([each.track_id for each in store.tracks()])
        assert store.known_files()[Path("/music/1.ogg")].fingerprint == FINGERPRINT


def test_only_the_version_in_use_is_replaced(path: Path) -> None:
    other = content([2], model=MODEL, versions={2: 9})
    with store_in(path.parent) as store:
        assert store.central.replace([other["c0002"], *content([77], model=MODEL).values()]) == 0
        assert seen(store) == titles(CENTRAL)


def test_without_the_checksum_it_would_not_be_noticed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flip(path, "c0002", "embeddings", "vectors", bit=0)
    monkeypatch.setattr("musicrec_desktop.catalogue.codec._checked", lambda blob: memoryview(blob)[4:])
    with store_in(path.parent) as store:
        assert "c0002" in store.passages(MODEL.model_id).track_ids


@pytest.mark.parametrize("moved", [False, True])
def test_damage_met_within_a_snapshot_is_left_out_and_noted_when_that_can_be(path: Path, moved: bool) -> None:
    wanted = "c0002"
    flip(path, wanted, "embeddings", "vectors", bit=0)
    with store_in(path.parent) as store:
        with store.snapshot():
            store.generation()
            if moved:  # then nothing can be written on top of what is seen here
                with store_in(path.parent) as other:
                    add(other, 9, model=MODEL)
            assert wanted not in store.passages(MODEL.model_id).track_ids
        assert wanted not in store.passages(MODEL.model_id).track_ids
        assert store.central.damaged() == [wanted]
