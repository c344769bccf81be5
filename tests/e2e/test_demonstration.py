"""What is shipped in resources/demo: songs that decode, a catalogue that tells styles apart, a sample that is named."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from musicrec_desktop import wiring
from musicrec_desktop.audio.resample import resample
from musicrec_desktop.catalogue.store import CatalogueStore
from musicrec_desktop.core.cancel import CancelToken
from musicrec_desktop.core.types import AnalysisRequest, Excerpt, RequestId, Track
from musicrec_desktop.engine.model import MoodModel
from musicrec_desktop.engine.recommender import Recommender
from musicrec_desktop.intake.stamps import content_hash
from musicrec_desktop.intake.tags import read_tags
from tools.compose import sample
from tools.compose.shipped import FOLDER, read_list, song_path, tags_of
from tools.compose.songs import ALBUM, STYLES, songs

MOST_BYTES = 15_000_000
MOST_CATALOGUE_BYTES = 2_000_000
MISTAKEN = 0.10  # of all songs may have their nearest neighbour in another style


@pytest.fixture(scope="module")
def store() -> Iterator[CatalogueStore]:
    fingerprint = wiring.SPEC.fingerprint()
    with CatalogueStore(FOLDER / "catalogue.db", fingerprint=fingerprint, read_only=True) as store:
        yield store


@pytest.fixture(scope="module")
def model() -> MoodModel:
    return wiring.open_model()


@pytest.fixture(scope="module")
def recommender(store: CatalogueStore, model: MoodModel) -> Recommender:
    return Recommender(model=model, candidates=store, spec=wiring.SPEC, resample=resample)


def style_of(track: Track) -> str:
    assert track.path is not None
    return track.path.stem.split("-")[0]


def test_files_tags_lengths_and_sizes() -> None:
    total = 0
    for song in songs():
        path = song_path(FOLDER, song)
        assert read_tags(path) == tags_of(song)
        assert 30 <= soundfile.info(path).duration <= 40
        total += path.stat().st_size
    assert len(songs()) >= 60
    assert total <= MOST_BYTES


def test_the_list_is_of_these_files() -> None:
    listed = read_list(FOLDER)
    assert set(listed) == {path.stem for path in (FOLDER / "songs").iterdir()} == {song.name for song in songs()}
    for song in songs():
        assert listed[song.name]["file_sha256"] == content_hash(song_path(FOLDER, song))


@pytest.mark.parametrize("style", STYLES)
def test_files_sound_clean(style: str) -> None:
    """They decode; no clipping, no offset, rest at both ends, a level like the others', two sides."""
    for song in [song for song in songs() if song.style == style][::3]:
        sound, sr = soundfile.read(song_path(FOLDER, song))
        assert sr == 48000
        assert 0.3 < np.abs(sound).max() < 0.99
        assert np.abs(sound.mean(axis=0)).max() < 2e-3
        assert np.abs(sound[[0, -1]]).max() < 5e-3
        assert -20 < 20 * np.log10(np.sqrt(np.mean(sound**2))) < -13
        assert np.corrcoef(sound.T)[0, 1] < 0.998


def test_the_catalogue_is_an_ordinary_one_beside_the_songs(store: CatalogueStore, model: MoodModel) -> None:
    tracks = store.tracks()
    assert [track.path for track in tracks] == [Path("songs") / f"{song.name}.opus" for song in songs()]
    assert {track.source for track in tracks} == {"demo"}
    assert {track.album for track in tracks} == {ALBUM}
    assert store.stale_count() == 0
    assert store.model_in_use() == model.model_id
    assert (FOLDER / "catalogue.db").stat().st_size < MOST_CATALOGUE_BYTES
    assert sorted(path.name for path in FOLDER.glob("catalogue.db*")) == ["catalogue.db"]


def test_moods_are_predicted_and_spread(store: CatalogueStore, model: MoodModel) -> None:
    counted = store.mood_counts(model.model_id)
    assert sum(counted.values()) == len(songs())
    assert len(counted) >= 5


def test_no_style_is_mistaken_for_another(store: CatalogueStore, recommender: Recommender) -> None:
    """The nearest other song, by the program's own answer, is of the same style, in all styles together and in each."""
    mistaken: Counter[str] = Counter()
    for track in store.tracks():
        answer = recommender.similar(track.track_id, limit=1, per_artist=0, token=CancelToken())
        mistaken[style_of(track)] += style_of(answer.recommendations[0].track) != style_of(track)
    assert mistaken.total() <= MISTAKEN * len(songs()), mistaken
    assert max(mistaken.values()) <= 2, mistaken


@pytest.mark.parametrize(("start_s", "duration_s"), [(0, 12), (0, 6), (6, 6)])
def test_the_sample_recording_is_named(recommender: Recommender, start_s: float, duration_s: float) -> None:
    samples, sr = soundfile.read(FOLDER / sample.NAME)
    excerpt = Excerpt.from_samples(samples, sr).part(start_s, duration_s)
    answer = recommender.recommend(AnalysisRequest(request_id=RequestId(0), excerpt=excerpt), CancelToken())
    assert answer.verdict == "match"
    assert answer.same_recording is not None
    assert answer.same_recording.track.path == Path("songs") / f"{sample.ASKED}.opus"
    assert answer.same_recording.confidence > 0.99
    assert abs(answer.same_recording.at_s - sample.FROM_S - start_s) < 0.5
