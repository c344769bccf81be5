"""Harmonic and percussive energy, onset strength, tempo.

The separation is median filtering (Fitzgerald, "Harmonic/percussive separation using median filtering", 2010) on
wide mel bands instead of FFT bins: a tenth of the work, good for energies; it is not `librosa.effects.hpss`.
"""

import numpy as np

from musicrec_desktop.core.types import Floats

HPSS_BANDS = 64
TIME_STEP = 2  # the nine samples of the time median stand this many frames apart: 17 frames, 0.8 s
MEDIAN_REACH = 4 * TIME_STEP  # frames to either side that the time median looks at

# Compare-exchange pairs that leave the median of nine values in slot 4 (Paeth, Graphics Gems, 1990).
_MEDIAN_OF_NINE = (
    (1, 2), (4, 5), (7, 8), (0, 1), (3, 4), (6, 7), (1, 2), (4, 5), (7, 8), (0, 3),
    (5, 8), (4, 7), (3, 6), (1, 4), (2, 5), (4, 7), (4, 2), (6, 4), (4, 2),
)  # fmt: skip

TEMPO_RANGE_BPM = (30.0, 300.0)
TEMPO_PRIOR_BPM = 120.0


def _median_of_nine(values: list[Floats]) -> Floats:
    for low, high in _MEDIAN_OF_NINE:
        smaller = np.minimum(values[low], values[high])
        values[high] = np.maximum(values[low], values[high])
        values[low] = smaller
    return values[4]


def harmonic_percussive(mel: Floats, *, skip: int, n_frames: int) -> tuple[Floats, Floats]:
    """Harmonic and percussive energy of frames skip .. skip + n_frames of `mel` (frames, n_mels), each (n_frames,).

    Frames outside `mel` count as a repetition of its first or last one.
    """
    wide = mel.reshape(len(mel), HPSS_BANDS, -1).sum(axis=2)
    own = wide[skip : skip + n_frames]
    harmonic = _time_median(wide, skip, n_frames)
    percussive = _band_median(own)
    # Soft masks with power 2, as in the paper.
    h2, p2 = harmonic**2, percussive**2
    share = h2 / np.maximum(h2 + p2, np.finfo(np.float32).tiny)
    return (own * share).sum(axis=1), (own * (1 - share)).sum(axis=1)


def _time_median(wide: Floats, skip: int, n_frames: int) -> Floats:
    rows = np.arange(skip, skip + n_frames)
    last = len(wide) - 1
    return _median_of_nine([wide[np.clip(rows + TIME_STEP * k, 0, last)] for k in range(-4, 5)])


def _band_median(own: Floats) -> Floats:
    padded = np.pad(own, ((0, 0), (4, 4)), mode="edge")
    return _median_of_nine([padded[:, k : k + own.shape[1]].copy() for k in range(9)])


def onset_strength(mel_db: Floats, before: Floats | None) -> Floats:
    """Mean rise over mel bands against the frame before (0 for the very first), as `librosa.onset.onset_strength`."""
    first = mel_db[:1] if before is None else before
    rise: Floats = np.maximum(np.diff(mel_db, axis=0, prepend=first), 0.0).mean(axis=1)
    return rise


def autocorrelation(onset: Floats, n_lags: int) -> Floats:
    """Normalised autocorrelation of the onset strength for lags 0 .. n_lags - 1; zeros when nothing changes."""
    centred = onset - onset.mean()
    n = 1 << int(np.ceil(np.log2(len(onset) + n_lags)))
    spectrum = np.fft.rfft(centred, n)
    raw = np.fft.irfft(spectrum.real**2 + spectrum.imag**2, n)[:n_lags]
    # Divide by how many products each lag has, or long lags look weaker than they are.
    unbiased = raw / np.maximum(len(onset) - np.arange(n_lags), 1)
    return (unbiased / unbiased[0] if unbiased[0] > 1e-12 else np.zeros(n_lags)).astype(np.float32)


def tempo_bpm(onset: Floats, frame_rate: float) -> float:
    """Tempo by a comb over the onset autocorrelation with a log-normal prior at 120 BPM; 0 when nothing beats.

    The prior is that of Ellis, "Beat tracking by dynamic programming", 2007.
    """
    slowest = 60.0 * frame_rate / TEMPO_RANGE_BPM[0]
    if len(onset) < 2 * frame_rate or float(onset.std()) < 1e-3:
        return 0.0
    n_lags = min(len(onset) - 1, int(4 * slowest) + 2)
    strength = autocorrelation(onset, n_lags)
    bpm = np.geomspace(*TEMPO_RANGE_BPM, 600)
    lags = 60.0 * frame_rate / bpm
    multiples = np.stack([np.interp(m * lags, np.arange(n_lags), strength, right=0.0) for m in (1, 2, 3, 4)])
    prior = np.exp(-0.5 * (np.log2(bpm / TEMPO_PRIOR_BPM)) ** 2)
    score = np.maximum(multiples.mean(axis=0), 0.0) * prior
    return float(bpm[score.argmax()]) if score.max() > 0.01 else 0.0
