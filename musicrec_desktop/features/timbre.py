"""Mel bands and MFCC, equal to librosa's (`librosa.filters.mel`, `librosa.feature.mfcc`)."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from musicrec_desktop.core.feature_spec import FeatureSpec
from musicrec_desktop.core.types import Floats

N_WIDE_BANDS = 16
_MELS_A_GROUP = 16


@lru_cache(maxsize=4)
def mel_filters(sr: int, n_fft: int, n_mels: int) -> Floats:
    """Slaney-style, area-normalised triangular filters, shape (1 + n_fft / 2, n_mels)."""
    edges_hz = _mel_to_hz(np.linspace(0.0, _hz_to_mel(sr / 2), n_mels + 2))
    bins_hz = np.fft.rfftfreq(n_fft, 1 / sr)
    ramps = edges_hz[:, None] - bins_hz[None, :]
    widths = np.diff(edges_hz)
    rising = -ramps[:-2] / widths[:-1, None]
    falling = ramps[2:] / widths[1:, None]
    weights = np.maximum(0.0, np.minimum(rising, falling))
    weights *= (2.0 / (edges_hz[2:] - edges_hz[:-2]))[:, None]
    return np.ascontiguousarray(weights.T, dtype=np.float32)


# Slaney's scale: linear below 1 kHz, logarithmic above.
_HZ_PER_MEL, _BREAK_HZ, _LOG_STEP = 200.0 / 3, 1000.0, np.log(6.4) / 27.0


def _hz_to_mel(hz: float) -> float:
    if hz < _BREAK_HZ:
        return hz / _HZ_PER_MEL
    return float(_BREAK_HZ / _HZ_PER_MEL + np.log(hz / _BREAK_HZ) / _LOG_STEP)


def _mel_to_hz(mel: NDArray[np.float64]) -> NDArray[np.float64]:
    linear = mel * _HZ_PER_MEL
    logarithmic = _BREAK_HZ * np.exp(_LOG_STEP * (mel - _BREAK_HZ / _HZ_PER_MEL))
    return np.where(linear >= _BREAK_HZ, logarithmic, linear)


@lru_cache(maxsize=4)
def mel_widths(sr: int, n_mels: int) -> Floats:
    """Half the width of each mel filter in Hz, (n_mels,): mel power times this is energy, not density."""
    edges_hz = _mel_to_hz(np.linspace(0.0, _hz_to_mel(sr / 2), n_mels + 2))
    return np.asarray((edges_hz[2:] - edges_hz[:-2]) / 2, dtype=np.float32)


def mel_power(power: Floats, spec: FeatureSpec) -> Floats:
    """Mel power, shape (n_frames, n_mels), of a power spectrum (n_frames, n_bins)."""
    bands = np.empty((len(power), spec.n_mels), dtype=np.float32)
    for bins, mels, weights in _mel_groups(spec.sr, spec.n_fft, spec.n_mels):
        np.matmul(power[:, bins], weights, out=bands[:, mels])
    return bands


@lru_cache(maxsize=4)
def _mel_groups(sr: int, n_fft: int, n_mels: int) -> list[tuple[slice, slice, Floats]]:
    """The filters in groups of neighbours, each with the bins it hears: most of the whole matrix is zeros."""
    filters = mel_filters(sr, n_fft, n_mels)
    groups = []
    for start in range(0, n_mels, _MELS_A_GROUP):
        mels = slice(start, min(start + _MELS_A_GROUP, n_mels))
        heard = np.flatnonzero(filters[:, mels].any(axis=1))
        bins = slice(int(heard[0]), int(heard[-1]) + 1)
        groups.append((bins, mels, np.ascontiguousarray(filters[bins, mels])))
    return groups


@lru_cache(maxsize=4)
def _dct(n_mels: int, n_mfcc: int) -> Floats:
    """Orthonormal DCT-II, shape (n_mels, n_mfcc)."""
    angles = np.pi * (np.arange(n_mels)[:, None] + 0.5) * np.arange(n_mfcc)[None, :] / n_mels
    basis = np.cos(angles) * np.sqrt(2.0 / n_mels)
    basis[:, 0] /= np.sqrt(2.0)
    return np.asarray(basis, dtype=np.float32)


def mfcc(mel_db: Floats, spec: FeatureSpec) -> Floats:
    """MFCC c0.., shape (n_frames, n_mfcc), of mel bands in dB."""
    coefficients: Floats = mel_db @ _dct(spec.n_mels, spec.n_mfcc)
    return coefficients


@lru_cache(maxsize=16)
def pitch_shift(n_mels: int, n_mfcc: int, sr: int, semitones: int) -> Floats:
    """The matrix (n_mfcc, n_mfcc) that makes of MFCC (n_mfcc, n_frames) those of the same sound so much higher.

    Back to the mel bands, which so few coefficients know but smoothly, along the scale, and forth again. What lies
    beyond either end is taken to be as the end is.
    """
    middles_hz = _mel_to_hz(np.linspace(0.0, _hz_to_mel(sr / 2), n_mels + 2))[1:-1]
    basis = _dct(n_mels, n_mfcc)
    smooth = [np.interp(middles_hz * 2 ** (-semitones / 12), middles_hz, one) for one in basis.T.astype(np.float64)]
    return np.asarray(basis.T @ np.stack(smooth, axis=1), dtype=np.float32)


def wide_bands(mel: Floats) -> Floats:
    """Sixteen wide mel bands, shape (n_frames, 16), each the mean of its narrow ones; power."""
    n_frames, n_mels = mel.shape
    bands: Floats = mel.reshape(n_frames, N_WIDE_BANDS, n_mels // N_WIDE_BANDS).mean(axis=2)
    return bands
