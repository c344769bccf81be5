"""The embedding: a linear projection under which a song's passages, clean or through a microphone, fall together.

Linear discriminant analysis (Fisher, 1936; Rao, 1948) with a shrunken within-song scatter, where what separates
single passages counts beside what separates songs: with a hundred songs there are too few song means to fill the
dimensions, and songs never seen differ in ways that only passages show.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from musicrec_desktop.core.types import Floats

DIMENSIONS = 128
SHRINKAGE = 0.3  # of the within-song scatter towards the identity
PASSAGE_SHARE = 0.3  # weight of the scatter of clean passages beside that of song means
CLIP = 3.0  # standard deviations; a statistic further out is an accident, not information

Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Projection:
    """embedding = unit(clip((statistics - mean) / scale, -clip, clip) @ matrix + bias)"""

    mean: Floats  # (D,)
    scale: Floats  # (D,)
    clip: float
    matrix: Floats  # (D, d)
    bias: Floats  # (d,)

    def standardised(self, statistics: Floats) -> Floats:
        """Statistics (n, D) in clipped standard deviations."""
        z: Floats = np.clip((statistics - self.mean) / self.scale, -self.clip, self.clip)
        return z

    def embed(self, statistics: Floats) -> Floats:
        """Embeddings (n, d) of unit length."""
        raw = self.standardised(statistics) @ self.matrix + self.bias
        unit: Floats = raw / np.maximum(np.linalg.norm(raw, axis=1, keepdims=True), 1e-9)
        return unit


def fit_projection(
    statistics: Floats, songs: NDArray[np.int64], clean: NDArray[np.bool_], *, dimensions: int = DIMENSIONS
) -> Projection:
    """Learn from passages (n, D) with the song (n,) each belongs to; `clean` marks those through no channel."""
    mean, scale = statistics.mean(axis=0), statistics.std(axis=0) + 1e-6
    z = np.clip((statistics.astype(np.float64) - mean) / scale, -CLIP, CLIP)
    song_means, of_row = _means(z, songs)
    within = _covariance(z - song_means[of_row])
    whitener = _whitener(within)
    between = _covariance(song_means @ whitener) + PASSAGE_SHARE * _covariance(z[clean] @ whitener)
    _, directions = np.linalg.eigh(between)
    matrix = whitener @ directions[:, ::-1][:, : min(dimensions, len(mean))]
    matrix *= np.sign(matrix[np.abs(matrix).argmax(axis=0), np.arange(matrix.shape[1])])
    return Projection(
        mean=mean.astype(np.float32),
        scale=scale.astype(np.float32),
        clip=CLIP,
        matrix=matrix.astype(np.float32),
        bias=(-z.mean(axis=0) @ matrix).astype(np.float32),
    )


def _means(z: Doubles, labels: NDArray[np.int64]) -> tuple[Doubles, NDArray[np.int64]]:
    """Mean of each label's rows, and for each row the index of its mean."""
    found, index, counts = np.unique(labels, return_inverse=True, return_counts=True)
    sums = np.zeros((len(found), z.shape[1]))
    np.add.at(sums, index, z)
    return sums / counts[:, None], index


def _covariance(z: Doubles) -> Doubles:
    return np.atleast_2d(np.cov(z.T, bias=True))


def _whitener(within: Doubles) -> Doubles:
    """W with W' (shrunken within) W = identity."""
    n = len(within)
    shrunken = within / (np.trace(within) / n) + SHRINKAGE * np.eye(n)
    values, vectors = np.linalg.eigh(shrunken)
    return np.asarray(vectors / np.sqrt(values))
