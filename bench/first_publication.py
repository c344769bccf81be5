"""The first publication's way from a take to songs, rebuilt to be measured beside today's.

Mean features of the eight families, standardised; t-SNE and K-means make ten clusters of the songs; a network learns
the clusters from mean features; candidates come from the predicted cluster alone, in the order of DTW on MFCC. Where
the publication left a choice, the one that helps it is taken: the network also learns from six-second passages, and a
take is warped onto the nearest six seconds of each song, level and colour taken out.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.exceptions import ConvergenceWarning
from sklearn.manifold import TSNE
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_limits

from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.core.types import Excerpt, Features, Floats
from musicrec_desktop.engine import alignment, dtw
from musicrec_desktop.features.extract import extract_features
from musicrec_desktop.features.passages import passage_frames, passage_starts, passage_steps, take_sequence

CLUSTERS = 10
HIDDEN = (128, 64)
STEPS_BETWEEN = 5  # from one six seconds of a song to the next that a take is warped onto; the band covers as much
RADIUS = 6


@dataclass(frozen=True, slots=True)
class Heard:
    """A take or a song: its means, those of its passages, and its MFCC sequence."""

    mean: Floats  # (n_features,)
    passages: Floats  # (n_passages, n_features)
    sequence: Floats  # (n_steps, n_coefficients)


def heard(excerpt: Excerpt, spec: FeatureSpec) -> Heard:
    """`excerpt` at the spec's rate. The definitions of the features are librosa's."""
    features = extract_features(excerpt, spec)
    rows, n = _rows(features), passage_frames(spec)
    passages = np.stack([rows[:, start : start + n].mean(axis=1) for start in passage_starts(features.n_frames, spec)])
    tempo = np.float32(features.tempo_bpm)
    return Heard(
        mean=np.append(rows.mean(axis=1), tempo),
        passages=np.column_stack([passages, np.full(len(passages), tempo)]),
        sequence=take_sequence(features, spec),
    )


def _rows(features: Features) -> Floats:
    """Centroid, rolloff, zero crossings, chroma, harmonic, percussive and MFCC by frame; the tempo has no frames."""
    scalars = [features.centroid_hz, features.rolloff_hz, features.zcr]
    energies = [np.log(np.maximum(each, 1e-9)) for each in (features.harmonic, features.percussive)]
    return np.concatenate([np.stack([*scalars, *energies]), features.chroma, features.mfcc])


class FirstPublication:
    """The songs in clusters, and the network that tells a take's."""

    def __init__(self, songs: Sequence[Heard], *, n_steps: int, seed: int) -> None:
        means = np.stack([song.mean for song in songs])
        self._mean, self._scale = means.mean(axis=0), means.std(axis=0) + 1e-6
        self.clusters = clustered(self._standardised(means), seed=seed)
        self._windows = [windows(song.sequence, n_steps) for song in songs]
        sizes = [1 + len(song.passages) for song in songs]
        rows = np.concatenate([np.vstack([song.mean[None], song.passages]) for song in songs])
        self._network = MLPClassifier(HIDDEN, max_iter=1000, random_state=seed)
        with warnings.catch_warnings(), threadpool_limits(1):
            warnings.simplefilter("ignore", ConvergenceWarning)
            self._network.fit(self._standardised(rows), np.repeat(self.clusters, sizes))

    def order(self, take: Heard) -> list[int]:
        """The songs of the predicted cluster, the nearest first, and no other."""
        cluster = self._network.predict(self._standardised(take.mean[None]))[0]
        inside = np.flatnonzero(self.clusters == cluster)
        distances = [nearest(take.sequence, self._windows[song]) for song in inside.tolist()]
        return [int(song) for song in inside[np.argsort(distances, kind="stable")]]

    def _standardised(self, rows: Floats) -> Floats:
        scaled: Floats = (rows - self._mean) / self._scale
        return scaled


def clustered(standardised: Floats, *, seed: int) -> NDArray[np.int64]:
    """The cluster of each song, (n,): K-means on a t-SNE plane."""
    few = min(30.0, (len(standardised) - 1) / 3)
    with threadpool_limits(1):  # the same clusters on any number of cores
        plane = TSNE(2, perplexity=few, init="pca", random_state=seed).fit_transform(standardised)
        n_clusters = min(CLUSTERS, len(standardised))
        return np.asarray(KMeans(n_clusters, n_init=10, random_state=seed).fit_predict(plane), dtype=np.int64)


def windows(sequence: Floats, n_steps: int) -> Floats:
    """The stretches of `n_steps` of a sequence (n, c), every few steps and the last, normalised: (k, n_steps, c)."""
    last = max(0, len(sequence) - n_steps)
    starts = sorted({*range(0, last + 1, STEPS_BETWEEN), last})
    return alignment.normalised(np.stack([sequence[start : start + n_steps] for start in starts]))


def nearest(take: Floats, stretches: Floats) -> float:
    """DTW distance from a take's sequence to the nearest of a song's stretches."""
    own = alignment.normalised(take[: stretches.shape[1]])
    return float(dtw.distances(own, stretches, radius=RADIUS).min())


def opened(excerpts: Sequence[Excerpt], spec: FeatureSpec, *, seed: int) -> FirstPublication:
    """The pipeline over whole songs at the spec's rate."""
    return FirstPublication([heard(each, spec) for each in excerpts], n_steps=passage_steps(spec), seed=seed)
