"""Where in a track does the take lie? Sliding correlation of MFCC sequences, at several speeds, for many tracks.

Each window of a track is normalised over exactly the stretch that it is compared on (mean 0, deviation 1 for every
coefficient), as the take is: a loudspeaker's tilt and a microphone's gain fall out on both sides alike.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from musicrec_desktop.core.types import Floats

# Besides 1: how much longer than the take its original may be, and what its correlation must be better by. Every
# further speed is one more chance for a track to look like the take; copies that are far off their speed are rare.
STRETCHES = {0.92: 0.0, 0.96: 0.0, 1.04: 0.0, 1.08: 0.0, 0.84: 0.04, 0.88: 0.04, 1.12: 0.04, 1.16: 0.04}
STRETCHED = 20  # only so many segments, the best at the take's own speed, are tried at the others
_QUIET = 1e-3  # a coefficient that moves less than this says nothing


@dataclass(frozen=True, slots=True)
class Alignment:
    """The best place of the take in each of k segments."""

    correlation: Floats  # (k,) mean over coefficients, -1..1, less what the speed costs
    start: NDArray[np.int64]  # (k,) step of the segment on which the take begins
    length: NDArray[np.int64]  # (k,) steps of the segment that the take covers

    @property
    def columns(self) -> tuple[NDArray[Any], ...]:
        return self.correlation, self.start, self.length


def align(query: Floats, segments: Floats) -> Alignment:
    """Slide `query` (n, c) along each of `segments` (k, m, c), m >= n; steps that are NaN are no place to be."""
    return align_in(Places(segments), query)


def align_in(places: "Places", query: Floats) -> Alignment:
    """As `align`, along segments that are made ready."""
    best = places.best(query)
    likely = np.argsort(-best.correlation, kind="stable")[:STRETCHED]
    near = places.of(likely)
    for stretch, cost in STRETCHES.items():
        n = round(len(query) * stretch)
        if n <= places.n_steps:
            found = near.best(resampled(query, n), cost=cost)
            wins = found.correlation > best.correlation[likely]
            for ours, theirs in zip(best.columns, found.columns, strict=True):
                ours[likely[wins]] = theirs[wins]
    return best


def correlations(query: Floats, segments: Floats) -> Floats:
    """Correlation of `query` (n, c) with every window of `segments` (k, m, c), shape (k, m - n + 1); -1 for NaN."""
    return Places(segments).correlations(query)


class Places:
    """Segments (k, m, c) made ready: what does not depend on the take's speed is worked out once."""

    def __init__(self, segments: Floats) -> None:
        filled = np.ascontiguousarray(np.nan_to_num(segments).transpose(0, 2, 1))  # (k, c, m): steps side by side
        self.n_steps = filled.shape[2]
        self._size = _easy_size(self.n_steps)
        self._spectra = np.fft.rfft(filled, self._size, axis=2)
        self._sums, self._squares = _running_sums(filled), _running_sums(filled**2)
        self._missing = _running_sums(np.isnan(segments[:, :, 0]))

    def of(self, rows: NDArray[np.int64]) -> "Places":
        """Some of the segments."""
        some = object.__new__(Places)  # what is made of segments is at hand
        some.n_steps, some._size = self.n_steps, self._size
        some._spectra, some._missing = self._spectra[rows], self._missing[rows]
        some._sums, some._squares = self._sums[rows], self._squares[rows]
        return some

    def best(self, query: Floats, *, cost: float = 0.0) -> Alignment:
        """Where the query fits best, at its own speed; `cost` is taken off the correlation."""
        found, n = self.correlations(query), len(query)
        start = found.argmax(axis=1)
        correlation = found[np.arange(len(found)), start] - np.float32(cost)
        return Alignment(correlation, start, np.full(len(found), n, dtype=np.int64))

    def correlations(self, query: Floats) -> Floats:
        """As `correlations` of the module."""
        n = len(query)
        variances = n * _over(self._squares, n) - _over(self._sums, n) ** 2  # times n²
        deviations: Floats = np.sqrt(np.maximum(variances, (n * _QUIET) ** 2)).astype(np.float32)
        products = self._products(normalised(query), deviations.shape[2])
        correlation: Floats = (products / deviations).mean(axis=1)
        correlation[_over(self._missing, n) > 0] = -1.0
        return correlation

    def _products(self, query: Floats, n_places: int) -> Floats:
        """Sums of query (n, c) times every window, shape (k, c, n_places), by way of the FFT."""
        own = np.fft.rfft(query.T, self._size, axis=1).conj()
        products = np.fft.irfft(self._spectra * own, self._size, axis=2)[:, :, :n_places]
        return products.astype(np.float32, copy=False)


def _easy_size(m: int) -> int:
    """The smallest length from m on that an FFT takes in small steps: no prime factor beyond 5."""
    while _without(_without(_without(m, 2), 3), 5) > 1:
        m += 1
    return m


def _without(m: int, factor: int) -> int:
    while m % factor == 0:
        m //= factor
    return m


def _running_sums(values: NDArray[Any]) -> NDArray[np.float64]:
    """Sums of the steps (..., m) before each and before the end, (..., m + 1)."""
    before = np.zeros((*values.shape[:-1], values.shape[-1] + 1))
    np.cumsum(values, axis=-1, out=before[..., 1:])
    return before


def _over(running: NDArray[np.float64], n: int) -> NDArray[np.float64]:
    """Sums over n neighbouring steps, from running sums (..., m + 1): (..., m - n + 1)."""
    return np.asarray(running[..., n:] - running[..., :-n])


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
