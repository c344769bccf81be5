"""Where in a track does the take lie? Sliding correlation of MFCC sequences, at several speeds, for many tracks.

Each window of a track is normalised over exactly the stretch that it is compared on (mean 0, deviation 1 for every
coefficient), as the take is: a loudspeaker's tilt and a microphone's gain fall out on both sides alike.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from musicrec_desktop.core.types import Floats

STRETCHES = (0.92, 0.96, 1.04, 1.08)  # besides 1: how much longer than the take its original may be
STRETCHED = 20  # only so many segments, the best at the take's own speed, are tried at the others
_QUIET = 1e-3  # a coefficient that moves less than this says nothing


@dataclass(frozen=True, slots=True)
class Alignment:
    """The best place of the take in each of k segments."""

    correlation: Floats  # (k,) mean over coefficients, -1..1
    start: NDArray[np.int64]  # (k,) step of the segment on which the take begins
    length: NDArray[np.int64]  # (k,) steps of the segment that the take covers

    @property
    def columns(self) -> tuple[NDArray[Any], ...]:
        return self.correlation, self.start, self.length


def align(query: Floats, segments: Floats) -> Alignment:
    """Slide `query` (n, c) along each of `segments` (k, m, c), m >= n; steps that are NaN are no place to be."""
    best = _best(correlations(query, segments), len(query))
    likely = np.argsort(-best.correlation, kind="stable")[:STRETCHED]
    for stretch in STRETCHES:
        n = round(len(query) * stretch)
        if n <= segments.shape[1]:
            found = _best(correlations(resampled(query, n), segments[likely]), n)
            wins = found.correlation > best.correlation[likely]
            for ours, theirs in zip(best.columns, found.columns, strict=True):
                ours[likely[wins]] = theirs[wins]
    return best


def _best(found: Floats, n: int) -> Alignment:
    start = found.argmax(axis=1)
    return Alignment(found[np.arange(len(found)), start], start, np.full(len(found), n, dtype=np.int64))


def correlations(query: Floats, segments: Floats) -> Floats:
    """Correlation of `query` (n, c) with every window of `segments` (k, m, c), shape (k, m - n + 1); -1 for NaN."""
    n = len(query)
    filled = np.nan_to_num(segments)
    products = _sliding_products(normalised(query), filled)
    sums, squares = _running_sums(filled, n), _running_sums(filled**2, n)
    deviations = np.sqrt(np.maximum(squares / n - (sums / n) ** 2, _QUIET**2))
    correlation: Floats = (products / (n * deviations)).mean(axis=2).astype(np.float32)
    missing = _running_sums(np.isnan(segments[:, :, :1]), n)[:, :, 0] > 0
    correlation[missing] = -1.0
    return correlation


def _sliding_products(query: Floats, segments: Floats) -> Floats:
    """Sums of query (n, c) times every window of segments (k, m, c), shape (k, m - n + 1, c), by way of the FFT."""
    n, m = len(query), segments.shape[1]
    size = 1 << (m - 1).bit_length()
    spectra = np.fft.rfft(segments, size, axis=1) * np.fft.rfft(query, size, axis=0).conj()
    return np.asarray(np.fft.irfft(spectra, size, axis=1)[:, : m - n + 1], dtype=np.float32)


def _running_sums(values: NDArray[Any], n: int) -> NDArray[np.float64]:
    """Sums over n neighbouring steps, shape (k, m - n + 1, c)."""
    grown = np.cumsum(values, axis=1, dtype=np.float64)
    grown = np.concatenate([np.zeros_like(grown[:, :1]), grown], axis=1)
    return np.asarray(grown[:, n:] - grown[:, :-n])


def normalised(sequence: Floats) -> Floats:
    """Each column of (n, c), or of the last two axes, with mean 0 and deviation 1."""
    centred = sequence - sequence.mean(axis=-2, keepdims=True)
    scaled: Floats = centred / np.maximum(centred.std(axis=-2, keepdims=True), _QUIET)
    return scaled


def resampled(sequence: Floats, n: int) -> Floats:
    """The sequence (m, c) stretched linearly to n steps."""
    if n == len(sequence):
        return sequence
    places = np.linspace(0, len(sequence) - 1, n)
    below = np.minimum(places.astype(np.int64), len(sequence) - 2)
    share = (places - below)[:, None].astype(np.float32)
    stretched: Floats = sequence[below] * (1 - share) + sequence[below + 1] * share
    return stretched
