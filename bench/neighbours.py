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
_BANK = 1 << 11  # draws within whole songs, used again and again about other centres and models


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
        self._models = self._modelled()
        self._moods = table.mood_probabilities
        within = np.concatenate([part for part in self._residuals if len(part) > 1])
        self._bank = self._drawn(_root(within))
        self._between = _root(self._centres - self._centres.mean(axis=0))

    def songs(self, n: int) -> Songs:
        """The next n songs."""
        parents = self._rng.integers(len(self._centres), size=n)
        places = self._centres[parents] + self._around(parents)
        embeddings = self._shapes(n)
        embeddings += places[:, None]
        embeddings /= np.sqrt(np.einsum("spd,spd->sp", embeddings, embeddings))[..., None]
        self.parents.extend(parents.tolist())
        return Songs(embeddings, self._moods[parents])

    def _around(self, parents: NDArray[np.int64]) -> Floats:
        """How far from their parents' the centres lie, (n, d)."""
        mean = self._centres.mean(axis=0)
        draws = self._rng.standard_normal((len(parents), len(mean)), dtype=np.float32) @ self._between
        moved: Floats = (np.sqrt(1 - MOVED**2) - 1) * (self._centres[parents] - mean) + MOVED * draws
        return moved

    def _drawn(self, within: Floats) -> Floats:
        """Draws within songs, MOVED times as large as real ones are, (_BANK, N_PASSAGES, d)."""
        draws = self._rng.standard_normal((_BANK, N_PASSAGES, len(within)), dtype=np.float32) @ within
        for at in range(1, N_PASSAGES):
            draws[:, at] = SLOW * draws[:, at - 1] + np.float32(np.sqrt(1 - SLOW**2)) * draws[:, at]
        return np.asarray(draws * np.float32(MOVED))

    def _modelled(self) -> Floats:
        """The passages of real songs about their centres, as many as synthetic ones have, (n, N_PASSAGES, d)."""
        rows = np.linspace(0, 1, N_PASSAGES)
        longer = [residual for residual in self._residuals if len(residual) > 1]
        models = [residual[np.round(rows * (len(residual) - 1)).astype(int)] for residual in longer]
        return np.asarray(np.stack(models) * np.float32(np.sqrt(1 - MOVED**2)))

    def _shapes(self, n: int) -> Floats:
        """Passages about their centres, (n, N_PASSAGES, d)."""
        shapes = self._bank[self._rng.integers(_BANK, size=n)]
        shapes += self._models[self._rng.integers(len(self._models), size=n)]
        return shapes


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
