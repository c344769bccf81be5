"""Songs that never were, but might: embeddings drawn around those of real songs, and sequences like theirs.

A synthetic song begins from a real one's centre and is moved by a draw from the covariance between songs, so that all
centres together keep that covariance (a smoothed bootstrap: Silverman & Young, 1987). Its passages lie around that
centre as another real song's do around its own, moved again by draws from the covariance within songs that change
slowly from passage to passage. Its MFCC sequence is a real one with the phases of its spectrum drawn anew (a surrogate:
Prichard & Theiler, 1994): the same movement on the whole, at no moment the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from musicrec_desktop.core.types import Floats, MfccSequence, PassageTable

N_PASSAGES = 60
SEQUENCE_S = 180.0
MOVED = 0.6  # share of a song's place that is drawn; the rest is a real song's
SLOW = 0.7  # correlation of the draws of passages that follow one another
_BANK = 1 << 17  # draws within songs, used again and again


@dataclass(frozen=True, slots=True)
class Songs:
    """Some synthetic songs."""

    embeddings: Floats  # (n_songs, N_PASSAGES, d), unit length
    moods: Floats  # (n_songs, n_moods)


class Neighbours:
    """Draws synthetic songs around the songs of `table`; the same seed, the same songs."""

    def __init__(self, table: PassageTable, *, seed: int) -> None:
        self._rng = np.random.default_rng(seed)
        self.parents: list[int] = []  # of all songs so far, the real song that each was begun from
        first = np.flatnonzero(np.diff(table.track_index, prepend=-1))
        parts = np.split(table.embeddings, first[1:])
        self._centres = np.stack([part.mean(axis=0) for part in parts])
        self._residuals = [part - part.mean(axis=0) for part in parts]
        self._moods = table.mood_probabilities
        within = np.concatenate([part for part in self._residuals if len(part) > 1])
        bank = self._rng.standard_normal((_BANK, within.shape[1]), dtype=np.float32)
        self._bank = bank @ _root(within)
        self._between = _root(self._centres - self._centres.mean(axis=0))

    def songs(self, n: int) -> Songs:
        """The next n songs."""
        parents = self._rng.integers(len(self._centres), size=n)
        places = self._centres[parents] + self._around(parents)
        embeddings = self._centred(places[:, None] + self._shapes(n))
        self.parents.extend(parents.tolist())
        return Songs(embeddings, self._moods[parents])

    def _around(self, parents: NDArray[np.int64]) -> Floats:
        """How far from their parents' the centres lie, (n, d)."""
        mean = self._centres.mean(axis=0)
        draws = self._rng.standard_normal((len(parents), len(mean)), dtype=np.float32) @ self._between
        moved: Floats = (np.sqrt(1 - MOVED**2) - 1) * (self._centres[parents] - mean) + MOVED * draws
        return moved

    def _shapes(self, n: int) -> Floats:
        """Passages about their centres, (n, N_PASSAGES, d)."""
        longer = [residual for residual in self._residuals if len(residual) > 1]
        rows = np.linspace(0, 1, N_PASSAGES)
        models = [residual[np.round(rows * (len(residual) - 1)).astype(int)] for residual in longer]
        models_of = np.stack(models)[self._rng.integers(len(models), size=n)]
        draws = self._bank[self._rng.integers(_BANK, size=(n, N_PASSAGES))]
        for at in range(1, N_PASSAGES):
            draws[:, at] = SLOW * draws[:, at - 1] + np.sqrt(1 - SLOW**2) * draws[:, at]
        shapes: Floats = np.float32(np.sqrt(1 - MOVED**2)) * models_of + np.float32(MOVED) * draws
        return shapes

    def _centred(self, embeddings: Floats) -> Floats:
        embeddings /= np.maximum(np.linalg.norm(embeddings, axis=-1, keepdims=True), 1e-9)
        return embeddings


def surrogate(sequences: Sequence[MfccSequence], rng: np.random.Generator) -> MfccSequence:
    """A sequence that moves like one of these, and is none."""
    model = sequences[int(rng.integers(len(sequences)))]
    n_steps = round(SEQUENCE_S * model.rate)
    whole = np.resize(model.values.astype(np.float32), (n_steps, model.values.shape[1]))
    spectrum = np.fft.rfft(whole, axis=0)
    turns = np.exp(1j * rng.uniform(0, 2 * np.pi, len(spectrum)))
    turns[0] = 1.0
    moved = np.fft.irfft(spectrum * turns[:, None], n_steps, axis=0)
    return MfccSequence(np.clip(np.round(moved), -127, 127).astype(np.int8), model.scale, model.rate)


def _root(rows: Floats) -> Floats:
    """A matrix (d, d) that turns white noise into noise with the covariance of these rows, whose mean is 0."""
    values, vectors = np.linalg.eigh(rows.T @ rows / len(rows))
    return np.asarray(vectors * np.sqrt(np.maximum(values, 0)) @ vectors.T, dtype=np.float32)
