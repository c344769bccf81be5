"""The two mood classifiers on top of the embedding: a small network, which ships, and XGBoost beside it."""

import warnings
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import xgboost
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_limits

from musicrec_desktop.core.types import Floats
from musicrec_desktop.curator.arrays import packed, unpacked
from musicrec_desktop.curator.embed import chosen_songs, projection_of, training_passages
from musicrec_desktop.curator.errors import StepMissing
from musicrec_desktop.curator.moods import N_MOODS
from musicrec_desktop.curator.store import CentralStore

BATCH = 256
NETWORK: dict[str, Any] = {
    "hidden_layer_sizes": (256,),
    "alpha": 1.0,
    "learning_rate_init": 1e-3,
    "max_iter": 30,
    "tol": 0.0,
    "n_iter_no_change": 1000,  # a fixed number of rounds, the same for every set of songs
}
TREES: dict[str, Any] = {
    "n_estimators": 200,
    "max_depth": 4,
    "learning_rate": 0.15,
    "subsample": 0.8,
    "colsample_bytree": 0.5,
    "tree_method": "hist",
    "n_jobs": 1,  # so that sums have one order everywhere, and a busy machine is not waited for
}
NEVER = -30.0  # the bias of a mood that no song has
Labels = NDArray[np.int64]


class MoodClassifier(Protocol):
    """Both kinds, to whoever measures them."""

    def probabilities(self, embeddings: Floats) -> Floats:
        """Unit embeddings (n, d) -> probabilities (n, N_MOODS)."""
        ...


@dataclass(frozen=True, slots=True)
class MoodHead:
    """A network of one hidden layer: softmax(relu(embedding @ inner + inner_bias) @ outer + outer_bias)."""

    inner: Floats  # (d, n_hidden)
    inner_bias: Floats  # (n_hidden,)
    outer: Floats  # (n_hidden, N_MOODS)
    outer_bias: Floats  # (N_MOODS,)

    def probabilities(self, embeddings: Floats) -> Floats:
        hidden = np.maximum(embeddings @ self.inner + self.inner_bias, 0.0)
        scores = hidden @ self.outer + self.outer_bias
        grown = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares: Floats = grown / grown.sum(axis=1, keepdims=True)
        return shares

    def to_bytes(self) -> bytes:
        names = ("inner", "inner_bias", "outer", "outer_bias")
        return packed({name: getattr(self, name) for name in names})

    @classmethod
    def from_bytes(cls, payload: bytes) -> "MoodHead":
        return cls(**unpacked(payload))


@dataclass(frozen=True, slots=True)
class MoodTrees:
    """XGBoost's trees; `classes` are the moods it knows."""

    booster: xgboost.XGBClassifier
    classes: Labels

    def probabilities(self, embeddings: Floats) -> Floats:
        found = np.zeros((len(embeddings), N_MOODS), dtype=np.float32)
        found[:, self.classes] = self.booster.predict_proba(embeddings)
        return found


def fit_head(embeddings: Floats, moods: Labels, *, seed: int) -> MoodHead:
    """Learn the network from embeddings (n, d) and moods (n,); the same bits on any number of cores."""
    # A unit vector's entries are small; at the size of one the network learns as its settings expect.
    size = np.float64(np.sqrt(embeddings.shape[1]))
    network = MLPClassifier(random_state=seed, batch_size=min(BATCH, len(moods)), **NETWORK)
    with threadpool_limits(1), warnings.catch_warnings():
        # The number of rounds is a setting like the others; there is nothing to converge to.
        warnings.simplefilter("ignore", ConvergenceWarning)
        network.fit(embeddings.astype(np.float64) * size, moods)
    (inner, outer), (inner_bias, outer_bias) = network.coefs_, network.intercepts_
    wide, wide_bias = _widened(outer, outer_bias, network.classes_)
    return MoodHead(*(array.astype(np.float32) for array in (inner * size, inner_bias, wide, wide_bias)))


def fit_trees(embeddings: Floats, moods: Labels, *, seed: int) -> MoodTrees:
    """Learn XGBoost from the same."""
    classes, labels = np.unique(moods, return_inverse=True)
    booster = xgboost.XGBClassifier(random_state=seed, **TREES).fit(embeddings, labels)
    return MoodTrees(booster, classes)


def song_moods(store: CentralStore) -> dict[int, int]:
    """The mood of each song `embed` learnt from: that of its cluster; raise StepMissing before `moods`."""
    _, slot_of = store.moods()
    placed = store.clusters()
    songs = chosen_songs(store)
    if not set(songs) <= set(placed):
        raise StepMissing(step="cluster")
    if not {placed[song].cluster for song in songs} <= set(slot_of):
        raise StepMissing(step="moods")
    return {song: slot_of[placed[song].cluster] for song in songs}


def train(store: CentralStore, *, seed: int = 0) -> dict[str, Any]:
    """Fit both classifiers on the passages of all parts, clean and twins, and keep them; the settings."""
    mood_of = song_moods(store)
    passages = training_passages(store, list(mood_of))
    embeddings = projection_of(store).embed(passages.statistics)
    moods = labels_of(passages.songs, mood_of)
    store.forget_from("train")
    store.save_artefact("head", fit_head(embeddings, moods, seed=seed).to_bytes())
    trees = fit_trees(embeddings, moods, seed=seed)
    store.save_artefact("trees", bytes(trees.booster.get_booster().save_raw("ubj")))
    facts = {
        "seed": seed,
        "n_songs": len(mood_of),
        "n_passages": len(moods),
        "network": NETWORK,
        "trees": TREES,
    }
    store.save_fact("train", facts)
    return facts


def labels_of(songs: NDArray[np.int64], mood_of: dict[int, int]) -> Labels:
    """The mood of each row's song."""
    return np.array([mood_of[int(song)] for song in songs], dtype=np.int64)


def trained_head(store: CentralStore) -> MoodHead:
    return MoodHead.from_bytes(store.artefact("head"))


def trained_trees(store: CentralStore) -> MoodTrees:
    booster = xgboost.XGBClassifier()
    booster.load_model(bytearray(store.artefact("trees")))
    return MoodTrees(booster, np.unique(list(song_moods(store).values())))


def _widened(outer: NDArray[Any], bias: NDArray[Any], classes: Labels) -> tuple[NDArray[Any], NDArray[Any]]:
    """One output per mood, also for those that no song of the training has."""
    if len(classes) == 2 and outer.shape[1] == 1:  # scikit-learn gives two classes a single logistic output
        outer, bias = np.hstack([np.zeros_like(outer), outer]), np.append(0.0, bias)
    wide, wide_bias = np.zeros((len(outer), N_MOODS)), np.full(N_MOODS, NEVER)
    wide[:, classes], wide_bias[classes] = outer, bias
    return wide, wide_bias
