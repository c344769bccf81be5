"""The curator's songs as clients get them: what an import of the same analysis writes, bit for bit."""

import json
from pathlib import Path

import apsw
import numpy as np
import pytest

from musicrec_desktop.catalogue.codec import as_stored
from musicrec_desktop.catalogue.store import CatalogueStore
from musicrec_desktop.catalogue.values import FileStamp, embed
from musicrec_desktop.core.central import CentralModel, CentralTrack, PreviewRef
from musicrec_desktop.core.errors import ModelInvalid, ModelMismatch
from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.core.types import Tags
from musicrec_desktop.curator import published
from musicrec_desktop.curator.errors import StepMissing, StoredDamaged
from musicrec_desktop.curator.export import About, export
from musicrec_desktop.curator.published import exported, published_tracks
from musicrec_desktop.curator.sources import SongSource
from musicrec_desktop.curator.store import CentralStore
from musicrec_desktop.engine.model import MoodModel
from tests.fakes import fake_calibration_card
from tests.unit.curator.catalogue import N_STATISTICS, RECIPE, made_up_part

SPEC = FeatureSpec()


@pytest.fixture(scope="module")
def models(trained: CentralStore, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the made-up archive's model."""
    folder: Path = tmp_path_factory.mktemp("models")
    trained.save_fact("calibrate", fake_calibration_card(N_STATISTICS))
    export(trained, folder, about=About(), spec=SPEC)
    return folder


@pytest.fixture(scope="module")
def model(models: Path) -> CentralModel:
    return exported(models, spec=SPEC)


def imported(folder: Path, store: CentralStore, song_id: int, song: SongSource, model: CentralModel) -> CentralTrack:
    """What a client has of the song after its own import."""
    analysis = store.analyses([song_id])[song_id]
    network = MoodModel.from_bytes(model.network, model.card, fingerprint=SPEC.fingerprint())
    embedded = embed(model.model_id, network.run, as_stored(analysis.statistics))
    client = CatalogueStore(folder / f"{song_id}.db", fingerprint=SPEC.fingerprint())
    stamp = FileStamp(1, 2, song.path_key)
    client.add(folder / song.path, stamp, Tags(song.title, song.artist, song.album), analysis, embedded)
    client.close()
    rows = apsw.Connection(str(folder / f"{song_id}.db")).execute(
        "SELECT title, artist, album, duration_s, level_db, fingerprint, model_id, summary, starts, vectors, scales, "
        "probabilities, rate, scale, steps, sound_print FROM tracks, passages, embeddings, sequences"
    )
    ((*head, summary, starts, vectors, scales, probabilities, rate, scale, steps, sound_print),) = rows
    canonical = json.dumps(json.loads(summary), sort_keys=True)
    place = store.clusters()[song_id]
    sound = (starts, vectors, scales, probabilities, rate, scale, steps, sound_print)
    return CentralTrack(song.path_key, *head, canonical, place.x, place.y, "", 0.0, *sound)


def test_tracks_are_what_an_import_would_write(trained: CentralStore, model: CentralModel, tmp_path: Path) -> None:
    songs = trained.songs()
    tracks = list(published_tracks(trained, model))
    assert [track.track_id for track in tracks] == [song.path_key for song in songs.values()]
    for (song_id, song), track in list(zip(songs.items(), tracks, strict=True))[::7]:
        assert track == imported(tmp_path, trained, song_id, song, model)


def test_the_same_songs_have_the_same_digests_however_they_are_read(
    trained: CentralStore, model: CentralModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = [track.digest() for track in published_tracks(trained, model)]
    monkeypatch.setattr(published, "_SONGS_AT_ONCE", 5)
    assert [track.digest() for track in published_tracks(trained, model)] == before


def test_previews_belong_to_their_songs(trained: CentralStore, model: CentralModel) -> None:
    some = list(trained.songs())[3]
    tracks = published_tracks(trained, model, {some: PreviewRef("a" * 64, 4.5)})
    found = [(track.preview, track.preview_start_s) for track in tracks]
    assert found[3] == ("a" * 64, 4.5)
    assert set(found[:3] + found[4:]) == {("", 0.0)}


def test_awkward_songs_are_published_too(model: CentralModel, tmp_path: Path) -> None:
    """One without a place on the map, with half a letter in its title, with a book for an artist."""
    store = CentralStore.in_folder(tmp_path)
    part = made_up_part(0, np.ones(N_STATISTICS), kind=0, rng=np.random.default_rng(1))
    song = SongSource(tmp_path, "a.ogg", title="a\0b 🎵", artist="é" * 100_000)
    store.save_song(song, [part], recipe=RECIPE)
    (track,) = published_tracks(store, model)
    assert (track.title, track.artist, track.x, track.y) == ("a\0b 🎵", "é" * 1000, 0.0, 0.0)
    assert published._text("half \ud83c a letter") == "half ? a letter"


def test_an_analysis_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    store = CentralStore.in_folder(tmp_path)
    parts = [made_up_part(n, np.full(N_STATISTICS, n), kind=n, rng=np.random.default_rng(n)) for n in (0, 1)]
    store.save_song(SongSource(tmp_path, "a.ogg", other_part="b.ogg", title="a"), parts, recipe=RECIPE)
    ((song_id, found),) = store.analyses(store.songs()).items()
    saved = parts[0].analysis
    assert np.array_equal(found.statistics, saved.statistics)
    assert np.array_equal(found.passage_starts_s, saved.passage_starts_s)
    assert np.array_equal(found.sequence.values, saved.sequence.values)
    assert np.array_equal(found.sequence.scale, saved.sequence.scale)
    assert np.array_equal(found.sound_print, saved.sound_print)
    assert (found.summary, found.duration_s, found.level_db) == (saved.summary, saved.duration_s, saved.level_db)
    assert (found.fingerprint, found.sequence.rate) == (saved.fingerprint, saved.sequence.rate)
    assert store.analyses([song_id + 1]) == {}


def test_songs_of_other_features_or_without_passages_are_not_published(model: CentralModel, tmp_path: Path) -> None:
    store = CentralStore.in_folder(tmp_path)
    part = made_up_part(0, np.ones(N_STATISTICS), kind=0, rng=np.random.default_rng(1))
    store.save_song(SongSource(tmp_path, "a.ogg", title="a"), [part], recipe=RECIPE)
    store.database.execute_sql("UPDATE parts SET fingerprint = 'older'")
    with pytest.raises(StepMissing):
        next(published_tracks(store, model))
    store.database.execute_sql(f"UPDATE parts SET fingerprint = '{SPEC.fingerprint()}'")
    store.database.execute_sql("DELETE FROM renditions WHERE kind = 'clean'")
    with pytest.raises(StoredDamaged):
        next(published_tracks(store, model))
    store.database.close()


def test_nothing_exported_or_half_a_model_is_refused(models: Path, tmp_path: Path) -> None:
    with pytest.raises(StepMissing) as caught:
        exported(tmp_path, spec=SPEC)
    assert caught.value.step == "export"
    (tmp_path / "mood.json").write_bytes((models / "mood.json").read_bytes())
    (tmp_path / "mood.onnx").write_bytes(b"another network")
    with pytest.raises(ModelInvalid):
        exported(tmp_path, spec=SPEC)
    with pytest.raises(ModelMismatch):
        exported(models, spec=FeatureSpec(version=99))
