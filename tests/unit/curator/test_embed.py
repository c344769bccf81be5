"""Which songs the projection learns from, and that it stays what it was."""

from pathlib import Path

import numpy as np
import pytest

from musicrec_desktop.curator.embed import chosen_songs, embed, projection_of, song_embeddings, training_passages
from musicrec_desktop.curator.errors import StepMissing, TooFewSongs, UnknownSongs
from musicrec_desktop.curator.sources import SongSource
from tests.unit.curator.catalogue import N_STATISTICS, made_up_part, made_up_store


def test_the_projection_is_kept_and_its_songs_fall_together(tmp_path: Path) -> None:
    store = made_up_store(tmp_path)
    embed(store)
    projection, songs = projection_of(store), chosen_songs(store)
    assert songs == list(store.songs())
    clean, twins = store.passages("clean", songs), store.passages("twin", songs)
    places = song_embeddings(projection, clean, songs)
    assert np.linalg.norm(places, axis=1) == pytest.approx(1.0, abs=1e-5)
    nearest = np.array(songs)[(projection.embed(twins.statistics) @ places.T).argmax(axis=1)]
    assert (nearest == twins.songs).mean() > 0.95


def test_the_same_songs_give_the_same_bytes(tmp_path: Path) -> None:
    payloads = []
    for name in ("a", "b"):
        store = made_up_store(tmp_path / name)
        embed(store)
        payloads.append(store.artefact("projection"))
    assert payloads[0] == payloads[1]


def test_half_of_the_songs_stays_half_in_every_later_step(tmp_path: Path) -> None:
    store = made_up_store(tmp_path)
    half = [song.path for song in store.songs().values()][::2]
    embed(store, names=half)
    songs = store.songs()
    assert [songs[song].path for song in chosen_songs(store)] == half


def test_what_does_not_fit_is_refused(tmp_path: Path) -> None:
    store = made_up_store(tmp_path)
    with pytest.raises(UnknownSongs):
        embed(store, names=["nobody.ogg"])
    with pytest.raises(TooFewSongs):
        embed(store, names=["00.ogg", "01.ogg"])


def test_songs_of_two_recipes_do_not_mix(tmp_path: Path) -> None:
    store = made_up_store(tmp_path, songs=6)
    made = made_up_part(0, np.zeros(N_STATISTICS), kind=0, rng=np.random.default_rng(1))
    store.save_song(SongSource(tmp_path, "new.ogg", title="new"), [made], recipe="another")
    with pytest.raises(StepMissing) as caught:
        embed(store)
    assert caught.value.step == "analyse"


def test_training_passages_without_songs_and_parts(tmp_path: Path) -> None:
    store = made_up_store(tmp_path, songs=6)
    songs = list(store.songs())
    whole = training_passages(store, songs)
    less = whole.without(songs=songs[:2], parts=[1])
    assert set(less.songs) == set(songs[2:])
    assert set(less.clean.parts) | set(less.twins.parts) == {0}
    assert whole.is_clean.sum() == len(whole.clean.songs) == 6 * 2 * 8
