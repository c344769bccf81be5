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
NO_SOUND = np.float32(1e-10)  # librosa's threshold: what is nearer to zero, -0.0 among it, has no sign


def frames_of(y: Floats, spec: FeatureSpec) -> Floats:
    """Overlapping frames of `y` as a view, shape (n_frames, n_fft)."""
    return sliding_window_view(y, spec.n_fft)[:: spec.hop_length]


def power_spectrum(frames: Floats, spec: FeatureSpec) -> Floats:
    """Power |X|^2 of Hann-windowed frames, shape (n_frames, 1 + n_fft / 2)."""
    spectrum = np.fft.rfft(frames * _hann(spec.n_fft), axis=1)
    return np.asarray(spectrum.real**2 + spectrum.imag**2, dtype=np.float32)


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
    grown = np.cumsum(magnitude, axis=1)
    reached = (grown >= ROLLOFF_SHARE * grown[:, -1:]).argmax(axis=1)
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


def zero_crossing_rate(frames: Floats) -> Floats:
    """Sign changes per sample within each frame."""
    negative = frames < -NO_SOUND
    crossings = np.count_nonzero(negative[:, 1:] != negative[:, :-1], axis=1)
    return np.asarray(crossings / frames.shape[1], dtype=np.float32)


def to_db(power: Floats) -> Floats:
    """10 log10, floored at -100 dB."""
    decibels: Floats = 10 * np.log10(np.maximum(power, TINY))
    return decibels


def local_floor(power: NDArray[np.float32], peaks: Floats, spec: FeatureSpec) -> Floats:
    """`power` (n_frames, n_bands) raised to `floor_db` below each frame's local peak (n_frames,)."""
    lowest = peaks * np.float32(10 ** (-spec.floor_db / 10))
    floored: Floats = np.maximum(power, lowest[:, None])
    return floored
