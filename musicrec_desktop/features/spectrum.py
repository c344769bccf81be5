"""One shared STFT, and what is read straight off its spectrum: centroid, rolloff, flatness; with them rms and zcr.

Definitions are librosa 0.11's (`librosa.stft(center=True)`, `librosa.feature.spectral_*`, `zero_crossing_rate`, `rms`);
frame t is centred on sample t * hop_length and the signal is continued by zeros on both sides.
"""

from functools import lru_cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.core.types import Floats

ROLLOFF_SHARE = 0.85
TINY = np.float32(1e-10)
_FRAMES_AT_ONCE = 32  # spectra of more frames leave the processor's cache before they are used
_ROLLOFF_STEP = 32  # bins added up at once
NO_SOUND = np.float32(1e-10)  # librosa's threshold: what is nearer to zero, -0.0 among it, has no sign


def frames_of(y: Floats, spec: FeatureSpec) -> Floats:
    """Overlapping frames of `y` as a view, shape (n_frames, n_fft)."""
    return sliding_window_view(y, spec.n_fft)[:: spec.hop_length]


def power_spectrum(frames: Floats, spec: FeatureSpec) -> Floats:
    """Power |X|^2 of Hann-windowed frames, shape (n_frames, 1 + n_fft / 2)."""
    power = np.empty((len(frames), 1 + spec.n_fft // 2), dtype=np.float32)
    for start in range(0, len(frames), _FRAMES_AT_ONCE):
        some = slice(start, start + _FRAMES_AT_ONCE)
        spectrum = np.fft.rfft(frames[some] * _hann(spec.n_fft), axis=1)
        squares = spectrum.view(np.float32)
        squares *= squares
        np.add(squares[:, ::2], squares[:, 1::2], out=power[some])
    return power


@lru_cache(maxsize=4)
def _hann(n: int) -> Floats:
    return (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(n) / n)).astype(np.float32)


@lru_cache(maxsize=4)
def _frequencies_hz(sr: int, n_fft: int) -> Floats:
    return np.fft.rfftfreq(n_fft, 1 / sr).astype(np.float32)


def centroid_hz(magnitude: Floats, spec: FeatureSpec) -> Floats:
    """Spectral centroid of each frame; 0 where there is no sound. `magnitude` has shape (n_frames, n_bins)."""
    total = magnitude.sum(axis=1)
    centre: Floats = (magnitude @ _frequencies_hz(spec.sr, spec.n_fft)) / np.maximum(total, TINY)
    return centre


def rolloff_hz(magnitude: Floats, spec: FeatureSpec) -> Floats:
    """Frequency below which 85 % of each frame's magnitude lies."""
    n_frames, n_bins = magnitude.shape
    n_steps, n_over = divmod(n_bins, _ROLLOFF_STEP)
    stepped = magnitude[:, : n_bins - n_over].reshape(n_frames, n_steps, _ROLLOFF_STEP)
    grown = np.cumsum(stepped.sum(axis=2), axis=1)
    wanted = ROLLOFF_SHARE * (grown[:, -1] + magnitude[:, n_bins - n_over :].sum(axis=1))
    # First the step in which the share is reached, then the bin within it; behind the last step the last bin is left.
    rows, step = np.arange(n_frames), np.minimum((grown < wanted[:, None]).sum(axis=1), n_steps - 1)
    within = np.cumsum(stepped[rows, step], axis=1)
    within += np.where(step > 0, grown[rows, step - 1], np.float32(0.0))[:, None]
    reached = np.minimum(step * _ROLLOFF_STEP + (within < wanted[:, None]).sum(axis=1), n_bins - 1)
    rolled: Floats = _frequencies_hz(spec.sr, spec.n_fft)[reached]
    return rolled


def flatness(power: Floats) -> Floats:
    """Geometric over arithmetic mean of each frame's power: 1 for noise, near 0 for tones."""
    floored = np.maximum(power, TINY)
    flat: Floats = np.exp(np.log(floored).mean(axis=1)) / floored.mean(axis=1)
    return flat


def rms(frames: Floats) -> Floats:
    """Root mean square of each frame."""
    energy: Floats = np.sqrt(np.einsum("ij,ij->i", frames, frames) / frames.shape[1])
    return energy


def zero_crossing_rate(y: Floats, spec: FeatureSpec) -> Floats:
    """Sign changes per sample within each frame of `y`."""
    negative = y < -NO_SOUND
    changes = sliding_window_view(negative[1:] != negative[:-1], spec.n_fft - 1)[:: spec.hop_length]
    # Row by row: with an axis, numpy adds up integers instead of counting bits.
    return np.array([np.count_nonzero(row) / spec.n_fft for row in changes], dtype=np.float32)


def to_db(power: Floats) -> Floats:
    """10 log10, floored at -100 dB."""
    decibels: Floats = 10 * np.log10(np.maximum(power, TINY))
    return decibels


def local_floor(power: NDArray[np.float32], peaks: Floats, spec: FeatureSpec) -> Floats:
    """`power` (n_frames, n_bands) raised to `floor_db` below each frame's local peak (n_frames,)."""
    lowest = peaks * np.float32(10 ** (-spec.floor_db / 10))
    floored: Floats = np.maximum(power, lowest[:, None])
    return floored
