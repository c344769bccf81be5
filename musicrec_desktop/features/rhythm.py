"""Harmonic and percussive energy, onset strength, tempo.

The separation is median filtering (Fitzgerald, "Harmonic/percussive separation using median filtering", 2010) on
mel bands instead of FFT bins: a tenth of the work, good for energies; it is not `librosa.effects.hpss`.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from musicrec_desktop.core.types import Floats

MEDIAN_STEP = 2  # the nine values of a median stand this far apart: 17 frames (0.8 s), 17 mel bands

# Compare-exchange pairs that leave the median of nine values in slot 4 (Paeth, Graphics Gems, 1990).
_MEDIAN_OF_NINE = (
    (1, 2), (4, 5), (7, 8), (0, 1), (3, 4), (6, 7), (1, 2), (4, 5), (7, 8), (0, 3),
    (5, 8), (4, 7), (3, 6), (1, 4), (2, 5), (4, 7), (4, 2), (6, 4), (4, 2),
)  # fmt: skip

TEMPO_RANGE_BPM = (30.0, 300.0)
TEMPO_PRIOR_BPM = 120.0
TEMPO_WINDOW_S = 8.0
TEMPO_WINDOWS = 128  # so many at most are looked at, however long the track
FINER = 8  # lags are read between frames, or 150 BPM could not be told from 144
FAINT_SHARE = 1e-3  # of the strongest window's energy
NO_PULSE = 0.05  # autocorrelation below which there is no beat
SHARPEN_SHARE = 0.75  # of the window; longer lags have too little behind them


def _median_of_nine(values: list[Floats]) -> Floats:
    for low, high in _MEDIAN_OF_NINE:
        smaller = np.minimum(values[low], values[high])
        values[high] = np.maximum(values[low], values[high])
        values[low] = smaller
    return values[4]


def harmonic_percussive(bands: Floats, *, skip: int, n_frames: int) -> tuple[Floats, Floats]:
    """Harmonic and percussive energy of frames skip .. skip + n_frames of `bands` (frames, n_bands), each (n_frames,).

    `bands` hold energy, not density. Beyond its ends `bands` is mirrored, as the reference does.
    """
    own = bands[skip : skip + n_frames]
    harmonic, percussive = _time_median(bands, skip, n_frames), _band_median(own)
    # Soft masks on magnitudes with power 2, as in the paper; energy takes the mask squared.
    share = harmonic / np.maximum(harmonic + percussive, np.finfo(np.float32).tiny)
    return (own * share**2).sum(axis=1), (own * (1 - share) ** 2).sum(axis=1)


def _time_median(bands: Floats, skip: int, n_frames: int) -> Floats:
    rows = np.arange(skip, skip + n_frames)
    return _median_of_nine([bands[_mirrored(rows + MEDIAN_STEP * k, len(bands))] for k in range(-4, 5)])


def _band_median(own: Floats) -> Floats:
    columns = np.arange(own.shape[1])
    return _median_of_nine([own[:, _mirrored(columns + MEDIAN_STEP * k, len(columns))] for k in range(-4, 5)])


def _mirrored(index: NDArray[np.int64], n: int) -> NDArray[np.int64]:
    """Indices beyond 0 .. n - 1 folded back, the edge itself repeated."""
    folded = np.where(index < 0, -1 - index, index)
    return np.clip(np.where(folded >= n, 2 * n - 1 - folded, folded), 0, n - 1)


def onset_strength(mel_db: Floats, before: Floats | None) -> Floats:
    """Mean rise over mel bands against the frame before (0 for the very first), as `librosa.onset.onset_strength`."""
    first = mel_db[:1] if before is None else before
    rise: Floats = np.maximum(np.diff(mel_db, axis=0, prepend=first), 0.0).mean(axis=1)
    return rise


def autocorrelation(onset: Floats, n_lags: int) -> Floats:
    """Normalised autocorrelation of onset strengths (..., n_frames) for lags 0 .. n_lags - 1; 0 when nothing changes."""
    centred = onset - onset.mean(axis=-1, keepdims=True)
    n_frames = onset.shape[-1]
    n = 1 << int(np.ceil(np.log2(n_frames + n_lags)))
    spectrum = np.fft.rfft(centred, n)
    raw = np.fft.irfft(spectrum.real**2 + spectrum.imag**2, n)[..., :n_lags]
    # Divide by how many products each lag has, or long lags look weaker than they are.
    unbiased = raw / np.maximum(n_frames - np.arange(n_lags), 1)
    power = unbiased[..., :1]
    changes = power > 1e-12
    return np.asarray(np.where(changes, unbiased / np.where(changes, power, 1.0), 0.0), dtype=np.float32)


def tempo_bpm(onset: Floats, frame_rate: float) -> float:
    """Tempo of an onset strength (n_frames,), near `librosa.feature.tempo`; 0 when nothing beats.

    The prior is that of Ellis, "Beat tracking by dynamic programming", 2007.
    """
    if len(onset) < 2 * frame_rate or float(onset.std()) < 1e-3:
        return 0.0
    pulse = _local_pulse(onset, min(round(TEMPO_WINDOW_S * frame_rate), len(onset)))
    bpm = np.geomspace(*TEMPO_RANGE_BPM, 800)
    strength = np.interp(60.0 * frame_rate * FINER / bpm, np.arange(len(pulse)), pulse, right=0.0)
    prior = np.exp(-0.5 * np.log2(bpm / TEMPO_PRIOR_BPM) ** 2)
    best = int((np.maximum(strength, 0.0) * prior).argmax())
    if strength[best] < NO_PULSE:
        return 0.0
    lag = 60.0 * frame_rate * FINER / bpm[best]
    return float(60.0 * frame_rate * FINER / _sharpened(lag, pulse))


def _local_pulse(onset: Floats, length: int) -> NDArray[np.float64]:
    """Mean autocorrelation over windows of `length` frames, each of equal weight, at lags of 1 / FINER frame."""
    padded = np.pad(onset, length // 2)
    hop = -(-len(onset) // TEMPO_WINDOWS)
    windows = sliding_window_view(padded, length)[::hop] * np.hanning(length + 2)[1:-1]
    n = 1 << (2 * length - 1).bit_length()
    power = np.abs(np.fft.rfft(windows, n)) ** 2
    total = power.sum(axis=1, keepdims=True)
    # A window in which hardly anything happens would otherwise speak as loud as the others.
    power /= np.maximum(total, FAINT_SHARE * total.max())
    pulse = np.fft.irfft(power.mean(axis=0), n * FINER)[: length * FINER]
    return np.asarray(pulse / pulse[0])


def _sharpened(lag: float, pulse: NDArray[np.float64]) -> float:
    """The lag read off the peaks near its multiples, where a small error has grown large enough to be seen."""
    for multiple in (2, 3, 4):
        near = round(lag * multiple) + np.arange(-FINER // 2, FINER // 2 + 1)
        if near[-1] >= SHARPEN_SHARE * len(pulse):
            break
        peak = int(near[pulse[near].argmax()])
        if near[0] < peak < near[-1]:
            lag = peak / multiple
    return lag
