"""Chromagram, equal to `librosa.feature.chroma_stft(tuning=0)`."""

from functools import lru_cache

import numpy as np

from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.core.types import Floats

_A4_HZ = 440.0
_CENTRE_OCTAVE, _OCTAVE_WIDTH = 5.0, 2.0  # bins far from here count less


@lru_cache(maxsize=4)
def chroma_filters(sr: int, n_fft: int, n_chroma: int) -> Floats:
    """Weights from FFT bins to pitch classes (C first), shape (1 + n_fft / 2, n_chroma)."""
    octaves = np.log2(np.arange(1, n_fft) * sr / n_fft / (_A4_HZ / 16))
    bins = n_chroma * octaves
    # Bin 0 has no pitch; it is put an octave and a half below bin 1 so that it gets next to no weight.
    bins = np.concatenate([[bins[0] - 1.5 * n_chroma], bins])
    widths = np.concatenate([np.maximum(np.diff(bins), 1.0), [1.0]])
    half = n_chroma // 2
    distance = np.remainder(bins[None, :] - np.arange(n_chroma)[:, None] + half + 10 * n_chroma, n_chroma) - half
    weights = np.exp(-0.5 * (2 * distance / widths) ** 2)
    weights /= np.sqrt((weights**2).sum(axis=0, keepdims=True))
    weights *= np.exp(-0.5 * ((bins / n_chroma - _CENTRE_OCTAVE) / _OCTAVE_WIDTH) ** 2)
    weights = np.roll(weights, -3 * (n_chroma // 12), axis=0)
    return np.ascontiguousarray(weights[:, : 1 + n_fft // 2].T, dtype=np.float32)


def chroma(power: Floats, spec: FeatureSpec) -> Floats:
    """Chromagram, shape (n_frames, n_chroma), each frame scaled so that its strongest class is 1; 0 in silence."""
    raw = power @ chroma_filters(spec.sr, spec.n_fft, spec.n_chroma)
    strongest = raw.max(axis=1, keepdims=True)
    # librosa leaves a frame alone when its largest value is below the smallest normal float.
    scaled = raw / np.where(strongest > np.finfo(np.float32).tiny, strongest, np.float32(1.0))
    return np.asarray(scaled, dtype=np.float32)
