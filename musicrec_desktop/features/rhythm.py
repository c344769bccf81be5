"""Harmonic and percussive energy, onset strength, tempo.

The separation is median filtering (Fitzgerald, "Harmonic/percussive separation using median filtering", 2010) on
mel bands instead of FFT bins: a tenth of the work, good for energies; it is not `librosa.effects.hpss`.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from musicrec_desktop.core.types import Floats

MEDIAN_STEP = 2  # the nine values of a median stand this far apart: 17 frames (0.8 s), 17 mel bands

TEMPO_RANGE_BPM = (30.0, 300.0)
TEMPO_PRIOR_BPM = 120.0
TEMPO_WINDOW_S = 8.0
TEMPO_WINDOWS = 128  # so many at most are looked at, however long the track
FINER = 8  # lags are read between frames, or 150 BPM could not be told from 144
FAINT_SHARE = 1e-3  # of the strongest window's energy
NO_PULSE = 0.05  # autocorrelation below which there is no beat
SHARPEN_SHARE = 0.75  # of the window; longer lags have too little behind them


def _running_median(rows: Floats) -> Floats:
    """Median of nine values MEDIAN_STEP apart, down the first axis: (n + 8 MEDIAN_STEP, m) -> (n, m).

    A running triple is sorted once and serves three medians: the median of nine is the median of the largest of the
    low ones, the median of the middle ones and the smallest of the high ones (Paeth, Graphics Gems, 1990).
    """
    n = len(rows) - 2 * MEDIAN_STEP
    low, middle, high = _sorted(*(rows[i * MEDIAN_STEP : i * MEDIAN_STEP + n] for i in range(3)))
    n -= 6 * MEDIAN_STEP
    apart = [slice(i * 3 * MEDIAN_STEP, i * 3 * MEDIAN_STEP + n) for i in range(3)]
    lowest, highest = np.maximum(low[apart[0]], low[apart[1]]), np.minimum(high[apart[0]], high[apart[1]])
    np.maximum(lowest, low[apart[2]], out=lowest)
    np.minimum(highest, high[apart[2]], out=highest)
    return _median_of_three(lowest, _median_of_three(*(middle[each] for each in apart)), highest)


def _sorted(a: Floats, b: Floats, c: Floats) -> tuple[Floats, Floats, Floats]:
    low, high = np.minimum(a, b), np.maximum(a, b)
    middle = np.minimum(high, c)
    np.maximum(high, c, out=high)
    return np.minimum(low, middle), np.maximum(low, middle), high


def _median_of_three(a: Floats, b: Floats, c: Floats) -> Floats:
    low, high = np.minimum(a, b), np.maximum(a, b)
    np.minimum(high, c, out=high)
    return np.maximum(low, high, out=low)


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
    reach = 4 * MEDIAN_STEP
    return _running_median(bands[_mirrored(np.arange(skip - reach, skip + n_frames + reach), len(bands))])


def _band_median(own: Floats) -> Floats:
    reach, n_bands = 4 * MEDIAN_STEP, own.shape[1]
    columns = _mirrored(np.arange(-reach, n_bands + reach), n_bands)
    return _running_median(np.ascontiguousarray(own.T)[columns]).T


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
    """Normalised autocorrelation of onset strengths (..., n_frames) for lags 0 .. n_lags - 1; 0 where nothing moves."""
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
