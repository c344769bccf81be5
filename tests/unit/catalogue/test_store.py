"""CatalogueStore: what goes in comes out, in our types."""

import threading
import time
from pathlib import Path

import numpy as np
import pytest

from musicrec_desktop.catalogue.store import CatalogueStore
from musicrec_desktop.core.cancel import Cancelled, CancelToken
from musicrec_desktop.core.errors import UnknownTrack
from musicrec_desktop.core.types import Tags, TrackId
from musicrec_desktop.engine.candidates import CandidateSource
from tests.fakes import FINGERPRINT, FakeClassifier, fake_analysis, fake_tags
from tests.unit.catalogue.stores import add, embedded, stamp, store_in


@pytest.fixture
def store(tmp_path: Path) -> CatalogueStore:
    return store_in(tmp_path)


@pytest.fixture
def model() -> FakeClassifier:
    return FakeClassifier()


def test_a_track_comes_back_as_it_went_in(store: CatalogueStore, model: FakeClassifier) -> None:
    analysis = fake_analysis(3)
    store.use_model(model.model_id, model.run)
    name = store.add(Path("/m/a.ogg"), stamp(), Tags("T", "A", "B"), analysis, embedded(model, analysis))
    track = store.track(name)
    assert (track.path, track.title, track.artist, track.album) == (Path("/m/a.ogg"), "T", "A", "B")
    assert (track.duration_s, track.source) == (30.0, "own")
    starts_s, statistics = store.statistics(name)
    np.testing.assert_array_equal(starts_s, analysis.passage_starts_s)
    np.testing.assert_allclose(statistics, analysis.statistics, rtol=1e-3, atol=1e-3)
    sequence = store.sequences([name])[name]
    half_a_level = 255 / 15 / 2 + 0.5
    np.testing.assert_allclose(sequence.values.astype(int), analysis.sequence.values, atol=half_a_level)
    np.testing.assert_array_equal(sequence.scale, analysis.sequence.scale)
    assert sequence.rate == analysis.sequence.rate
    np.testing.assert_array_equal(store.sound_print(name), analysis.sound_print)
    assert store.summary(name) == analysis.summary


def test_a_mood_is_the_most_probable_mean_over_the_passages(store: CatalogueStore, model: FakeClassifier) -> None:
    store.use_model(model.model_id, model.run)
    ids = [add(store, number, model=model) for number in range(20)]
    for name in ids:
        _, probabilities = model.run(store.statistics(name)[1])
        assert store.track(name).mood_id == int(probabilities.mean(axis=0).argmax())


def test_without_a_model_there_is_no_mood(store: CatalogueStore) -> None:
    assert store.track(add(store, 1)).mood_id is None
    assert store.model_in_use() is None


def test_the_passage_table_holds_every_track_once(store: CatalogueStore, model: FakeClassifier) -> None:
    ids = [add(store, number, model=model) for number in range(25)]
    table = store.passages(model.model_id)
    assert table.track_ids == tuple(sorted(ids))
    assert table.model_id == model.model_id
    assert table.generation == store.generation()
    for position, name in enumerate(table.track_ids):
        starts_s, statistics = store.statistics(name)
        mine = table.track_index == position
        embeddings, probabilities = model.run(statistics)
        np.testing.assert_array_equal(table.starts_s[mine], starts_s)
        assert np.einsum("ij,ij->i", table.embeddings[mine], embeddings).min() > 0.999
        np.testing.assert_allclose(table.mood_probabilities[position], probabilities.mean(axis=0), rtol=1e-6)
    np.testing.assert_allclose(np.linalg.norm(table.embeddings, axis=1), 1.0, atol=1e-6)


def test_arrays_are_read_only(store: CatalogueStore, model: FakeClassifier) -> None:
    name = add(store, 1, model=model)
    table = store.passages(model.model_id)
    sequence = store.sequences([name])[name]
    arrays = [table.embeddings, table.starts_s, table.track_index, table.mood_probabilities, sequence.values]
    arrays += [sequence.scale, *store.statistics(name), store.sound_print(name)]
    assert [array.flags.writeable for array in arrays if array is not None] == [False] * 9


def test_an_empty_catalogue_answers_everything(store: CatalogueStore) -> None:
    table = store.passages("any")
    assert (len(table.track_ids), table.embeddings.shape, table.mood_probabilities.shape) == (0, (0, 0), (0, 0))
    assert store.tracks() == []
    assert store.search("a") == []
    assert store.mood_tracks(0, limit=5, model_id="any") == []
    assert store.mood_counts("any") == {}
    assert store.count() == 0
    assert store.sequences([TrackId("x")]) == {}
    assert store.sound_print(TrackId("x")) is None


def test_unknown_tracks_are_said_to_be(store: CatalogueStore) -> None:
    for question in (store.track, store.statistics, store.summary):
        with pytest.raises(UnknownTrack) as caught:
            question(TrackId("nobody"))
        assert caught.value.track_id == "nobody"


def test_many_tracks_are_asked_for_at_once(store: CatalogueStore) -> None:
    ids = [add(store, number) for number in range(3)]
    wanted = [TrackId(f"none-{i}") for i in range(1200)] + ids
    assert set(store.tracks_by_id(wanted)) == set(store.sequences(wanted)) == set(ids)


def test_moods_are_ranked_by_probability(store: CatalogueStore, model: FakeClassifier) -> None:
    for number in range(60):
        add(store, number, model=model)
    store.use_model(model.model_id, model.run)
    counts = store.mood_counts(model.model_id)
    assert sum(counts.values()) == 60
    mood_id = max(counts, key=lambda each: counts[each])
    ranked = store.mood_tracks(mood_id, limit=100, model_id=model.model_id)
    probabilities = [probability for _, probability in ranked]
    assert len(ranked) == counts[mood_id]
    assert {track.mood_id for track, _ in ranked} == {mood_id}
    assert probabilities == sorted(probabilities, reverse=True)
    assert 0.0 < probabilities[-1] <= probabilities[0] <= 1.0
    assert store.mood_tracks(mood_id, limit=3, model_id=model.model_id) == ranked[:3]


def test_every_change_raises_the_generation(store: CatalogueStore, model: FakeClassifier) -> None:
    seen = [store.generation()]
    name = add(store, 1)
    seen.append(store.generation())
    store.move(name, Path("/elsewhere.ogg"), stamp(1))
    seen.append(store.generation())
    store.add_copy(name, Path("/copy.ogg"), stamp(1))
    seen.append(store.generation())
    store.use_model(model.model_id, model.run)
    seen.append(store.generation())
    assert seen == sorted(set(seen))
    store.use_model(model.model_id, model.run)
    store.tracks()
    assert store.generation() == seen[-1]


def test_a_new_model_embeds_what_is_stored(store: CatalogueStore, model: FakeClassifier) -> None:
    for number in range(7):
        add(store, number, model=model)
    store.use_model(model.model_id, model.run)
    other = FakeClassifier("model-b", seed=9)
    assert len(store.passages("model-b").track_ids) == 0
    assert store.use_model("model-b", other.run) == 7
    assert store.model_in_use() == "model-b"
    for name in store.passages("model-b").track_ids:
        expected = other.run(store.statistics(name)[1])[1].mean(axis=0).argmax()
        assert store.track(name).mood_id == expected
    assert len(store.passages(model.model_id).track_ids) == 7, "the one before stays for a rollback"
    store.use_model("model-c", FakeClassifier("model-c", seed=10).run)
    assert len(store.passages(model.model_id).track_ids) == 0, "but not the one before that"


def test_embedding_at_import_equals_embedding_later(store: CatalogueStore, model: FakeClassifier) -> None:
    at_once, later = add(store, 1, model=model), add(store, 2)
    before = store.passages(model.model_id)
    store.embed_missing(model.model_id, model.run)
    after = store.passages(model.model_id)
    assert {*before.track_ids} == {at_once}
    assert {*after.track_ids} == {at_once, later}
    direct = model.run(store.statistics(at_once)[1])[0]
    position = after.track_ids.index(at_once)
    np.testing.assert_allclose(after.embeddings[after.track_index == position], direct, atol=0.01)
    np.testing.assert_array_equal(before.embeddings, after.embeddings[after.track_index == position])


def test_embedding_can_be_cancelled(store: CatalogueStore, model: FakeClassifier) -> None:
    add(store, 1)
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        store.use_model(model.model_id, model.run, token=token)
    assert store.model_in_use() is None


def test_other_fingerprints_are_listed_but_never_matched(store: CatalogueStore, model: FakeClassifier) -> None:
    mine = add(store, 1, model=model)
    stale = add(store, 2, model=model, fingerprint="another")
    store.use_model(model.model_id, model.run)
    assert store.passages(model.model_id).track_ids == (mine,)
    assert set(store.sequences([mine, stale])) == {mine}
    assert sum(store.mood_counts(model.model_id).values()) == 1
    with pytest.raises(UnknownTrack):
        store.statistics(stale)
    assert {track.track_id for track in store.tracks()} == {mine, stale}
    assert (store.count(), store.stale_count()) == (2, 1)


def test_changed_content_keeps_the_id_of_its_path(store: CatalogueStore) -> None:
    path = Path("/m/a.ogg")
    first = store.add(path, stamp("old"), Tags("Old"), fake_analysis(1), None)
    again = store.add(path, stamp("new"), Tags("New"), fake_analysis(2), None)
    elsewhere = store.add(Path("/m/b.ogg"), stamp("old"), Tags("Old"), fake_analysis(1), None)
    assert again == first != elsewhere
    assert [track.title for track in store.tracks()] == ["New", "Old"]
    assert [track.title for track in store.search("new")] == ["New"]


def test_known_content_at_another_path_is_a_copy(store: CatalogueStore) -> None:
    first = add(store, 1, path=Path("/m/a.ogg"))
    assert add(store, 1, path=Path("/m/b.ogg")) == first
    assert [track.path for track in store.tracks()] == [Path("/m/a.ogg")]
    known = store.known_files()
    assert set(known) == {Path("/m/a.ogg"), Path("/m/b.ogg")}
    assert known[Path("/m/b.ogg")].track_path == Path("/m/a.ogg")


def test_a_path_belongs_to_one_track(store: CatalogueStore) -> None:
    first, second = add(store, 1, path=Path("/m/a.ogg")), add(store, 2, path=Path("/m/b.ogg"))
    store.move(second, Path("/m/a.ogg"), stamp(2))
    assert store.track(first).path is None
    assert store.track(second).path == Path("/m/a.ogg")


def test_songs_that_leave_take_all_with_them(store: CatalogueStore, model: FakeClassifier) -> None:
    stay, leave, other = (add(store, number, model=model) for number in range(3))
    store.use_model(model.model_id, model.run)
    store.add_copy(leave, Path("/copies/1.ogg"), stamp(1))
    generation = store.generation()
    store.remove([leave, TrackId("unknown"), other])
    assert [track.track_id for track in store.tracks()] == [stay]
    assert store.search("", 9) == store.search(fake_tags(1).title, 9) == []
    assert store.passages(model.model_id).track_ids == (stay,)
    assert sum(store.mood_counts(model.model_id).values()) == 1
    assert set(store.known_files()) == {Path("/music/0.ogg")}
    assert store.generation() > generation
    assert add(store, 1, model=model) == leave, "the same content has the same id again"
    assert store.search(fake_tags(1).title, 1)[0].track_id == leave


def test_copies_are_forgotten_alone(store: CatalogueStore) -> None:
    track_id = add(store, 0)
    store.add_copy(track_id, Path("/copies/0.ogg"), stamp(0))
    store.forget_copies([Path("/copies/0.ogg"), Path("/music/0.ogg"), Path("/nowhere")])
    assert set(store.known_files()) == {Path("/music/0.ogg")}


def test_names_that_are_not_unicode_are_kept(store: CatalogueStore) -> None:
    path = Path("/m") / b"caf\xe9.ogg".decode("utf-8", "surrogateescape")
    name = add(store, 1, path=path)
    assert store.track(name).path == path
    assert path in store.known_files()
    store.move(name, path, stamp(1, size=2))
    assert store.known_files()[path].size == 2


def test_two_stores_see_each_other(tmp_path: Path) -> None:
    with store_in(tmp_path) as one, store_in(tmp_path) as other:
        before = other.generation()
        add(one, 1)
        assert other.count() == 1
        assert other.generation() > before


def test_threads_may_write_at_the_same_time(tmp_path: Path) -> None:
    with store_in(tmp_path) as one, store_in(tmp_path) as other:
        errors: list[Exception] = []

        def write(store: CatalogueStore, numbers: range) -> None:
            try:
                for number in numbers:
                    add(store, number)
            except Exception as error:
                errors.append(error)

        pairs = [(one, range(0, 20)), (one, range(20, 40)), (other, range(40, 60))]
        threads = [threading.Thread(target=write, args=pair) for pair in pairs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert errors == []
        assert one.count() == 60
        assert one.generation() == 60


def test_closing_leaves_one_file(tmp_path: Path) -> None:
    with store_in(tmp_path) as store:
        reader = threading.Thread(target=store.tracks)
        add(store, 1)
        reader.start()
        reader.join()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["catalogue.db", "catalogue.db.lock"]


def test_the_store_satisfies_the_engine(store: CatalogueStore) -> None:
    source: CandidateSource = store
    assert source.generation() == 0


def test_131_tracks_load_at_once(store: CatalogueStore, model: FakeClassifier) -> None:
    for number in range(131):
        add(store, number, model=model)
    times = []
    for _ in range(5):
        began = time.perf_counter()
        store.passages(model.model_id)
        times.append(time.perf_counter() - began)
    assert min(times) < 0.05


def test_read_only_in_a_folder_of_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "데모 100%? #1"
    with store_in(folder) as store:
        add(store, 1, tags=fake_tags(1))
    (folder / "catalogue.db.lock").unlink()
    with CatalogueStore(folder / "catalogue.db", fingerprint=FINGERPRINT, read_only=True) as demo:
        assert [track.title for track in demo.tracks()] == ["Title 1"]
        assert len(demo.search("itle")) == 1
    assert [path.name for path in folder.iterdir()] == ["catalogue.db"]
