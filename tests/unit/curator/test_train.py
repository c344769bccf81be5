"""Both classifiers."""

import numpy as np
import pytest

from musicrec_desktop.curator.embed import projection_of
from musicrec_desktop.curator.errors import StepMissing
from musicrec_desktop.curator.moods import N_MOODS
from musicrec_desktop.curator.store import CentralStore
from musicrec_desktop.curator.train import (
    MoodHead,
    fit_head,
    labels_of,
    song_moods,
    trained_head,
    trained_trees,
)


@pytest.mark.parametrize("kind", ["head", "trees"])
def test_takes_are_put_into_their_songs_moods(trained: CentralStore, kind: str) -> None:
    classifier = trained_head(trained) if kind == "head" else trained_trees(trained)
    mood_of = song_moods(trained)
    takes = trained.passages("mic_take", list(mood_of))
    found = classifier.probabilities(projection_of(trained).embed(takes.statistics))
    assert found.shape == (len(takes.songs), N_MOODS)
    assert found.sum(axis=1) == pytest.approx(1.0, abs=1e-5)
    assert (found.argmax(axis=1) == labels_of(takes.songs, mood_of)).mean() > 0.95
    unused = [mood for mood in range(N_MOODS) if mood not in mood_of.values()]
    assert found[:, unused].max() < 1e-6


def test_the_same_passages_give_the_same_network() -> None:
    rng = np.random.default_rng(0)
    embeddings, moods = rng.standard_normal((60, 8)).astype(np.float32), np.arange(60) % 3
    one, again = (fit_head(embeddings, moods, seed=5).to_bytes() for _ in range(2))
    assert one == again
    assert one != fit_head(embeddings, moods, seed=6).to_bytes()


def test_two_moods_are_learnt_too() -> None:
    """scikit-learn gives two classes one output; the head still has one per mood."""
    rng = np.random.default_rng(0)
    moods = np.repeat([3, 7], 40)
    embeddings = (np.eye(8)[moods % 8] + 0.1 * rng.standard_normal((80, 8))).astype(np.float32)
    found = fit_head(embeddings, moods, seed=0).probabilities(embeddings)
    assert (found.argmax(axis=1) == moods).all()
    assert found[:, [3, 7]].sum(axis=1) == pytest.approx(1.0, abs=1e-5)


def test_a_head_comes_back_from_its_bytes(trained: CentralStore) -> None:
    head = trained_head(trained)
    again = MoodHead.from_bytes(head.to_bytes())
    x = np.eye(len(head.inner), dtype=np.float32)
    assert np.array_equal(head.probabilities(x), again.probabilities(x))


def test_without_clusters_there_are_no_moods_to_learn(tmp_path_factory: pytest.TempPathFactory) -> None:
    store = CentralStore.in_folder(tmp_path_factory.mktemp("empty"))
    store.save_fact("embed", {"songs": []})
    assert song_moods(store) == {}
    with pytest.raises(StepMissing):
        trained_head(store)
