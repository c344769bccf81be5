"""The statistics of a passage: one vector of numbers in which loudness and key leave no trace."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from musicrec_desktop.core.types import Features, Floats
from musicrec_desktop.features import rhythm

RHYTHM_LAGS = slice(5, 44)  # 0.23 s to 2 s at 46 ms: a tempo profile without choosing one tempo
MODULATION_BINS = 12  # 0.17 to 2 Hz in steps of a sixth
FLUCTUATION_EDGES_HZ = np.geomspace(1.5, 10.5, 9)
FLOW_LAGS = (5, 11, 22, 43)  # 0.23, 0.5, 1 and 2 s
N_BANDS, N_PARTNERS = 16, 12  # mel bands, and MFCC whose movements are held against each other
PASSAGES_AT_ONCE = 32  # bounds the memory, and keeps the work near the processor
SMALLEST_DEVIATION = 0.05  # of a band in dB, of a coefficient: less is no movement
_LENGTHS = {
    "timbre": 3 * 23,
    "brightness": 2 * 4,
    "harmony": 12 + 6 + 4,
    "rhythm": RHYTHM_LAGS.stop - RHYTHM_LAGS.start,
    "onsets": 3 + 5,
    "modulation": 8 * MODULATION_BINS,
    "weave": N_BANDS * (N_BANDS - 1) // 2 + N_PARTNERS * (N_PARTNERS - 1) // 2,
    "swing": 3 * N_BANDS,
    "fluctuation": 8 * (len(FLUCTUATION_EDGES_HZ) - 1),
    "flow": 12 * len(FLOW_LAGS),
}
_STOPS = dict(zip(_LENGTHS, np.cumsum(list(_LENGTHS.values())).tolist(), strict=True))
GROUPS = {name: slice(stop - _LENGTHS[name], stop) for name, stop in _STOPS.items()}  # where each kind stands
N_STATISTICS = sum(_LENGTHS.values())


def statistics(features: Features, *, start: int, stop: int) -> Floats:
    """The statistics of frames start .. stop, shape (N_STATISTICS,). Loudness leaves no trace in them."""
    row: Floats = statistics_of_all(features, np.array([start]), n_frames=stop - start)[0]
    return row


def statistics_of_all(features: Features, starts: NDArray[np.int64], *, n_frames: int) -> Floats:
    """The statistics of passages of `n_frames` from ascending `starts` (p,) on, shape (p, N_STATISTICS)."""
    steps = range(0, len(starts), PASSAGES_AT_ONCE)
    return np.concatenate([_of_some(features, starts[i : i + PASSAGES_AT_ONCE], n_frames) for i in steps])


def _of_some(features: Features, starts: NDArray[np.int64], n_frames: int) -> Floats:
    """What belongs to one frame is worked out once, though two passages have it."""
    part = slice(starts[0], starts[-1] + n_frames)
    at = starts - starts[0]
    bands, chroma, onset = features.bands[:, part], features.chroma[:, part], features.onset[part]
    mfcc = features.mfcc[1:, part]
    windows, steps = _windows(mfcc, at, n_frames), _windows(np.diff(mfcc, axis=1), at, n_frames - 1)
    band_windows = _windows(bands, at, n_frames)
    onset_windows = _windows(onset[None], at, n_frames)[:, 0]
    unit = chroma / np.maximum(np.linalg.norm(chroma, axis=0), 1e-6)
    beats = _beating(bands, at, n_frames)
    means, deviations = _centred(windows)
    _, band_deviations = _centred(band_windows)
    parts = (
        means,
        deviations,
        _centred(steps)[1],
        _brightness(features, part, at, n_frames),
        _harmony(chroma, unit, at, n_frames),
        _onsets(onset_windows),
        _separation(features, part, at, onset_windows),
        _modulation(beats),
        _correlations(band_windows, band_deviations),
        _correlations(windows[:, :N_PARTNERS], deviations[:, :N_PARTNERS]),
        band_deviations,
        _swing(bands, at, n_frames),
        _fluctuation(beats, features.frame_rate),
        _flow(_windows(unit, at, n_frames)),
    )
    return np.concatenate(parts, axis=1, dtype=np.float32)


def _windows(rows: Floats, at: NDArray[np.int64], n_frames: int) -> Floats:
    """The passages that begin `at` (p,), cut out of rows (r, t): a copy (p, r, n_frames)."""
    return np.stack([rows[:, start : start + n_frames] for start in at])


def _centred(windows: Floats) -> tuple[Floats, Floats]:
    """Means and deviations over the last axis of (p, r, n), each (p, r); the means are taken off in place."""
    means: Floats = windows.mean(axis=-1)
    windows -= means[..., None]
    return means, np.sqrt(np.einsum("prt,prt->pr", windows, windows) / windows.shape[-1])


def _quantiles(windows: Floats, shares: tuple[float, ...]) -> Floats:
    """`np.quantile` over the last axis, (..., n) -> (..., q): sorting short rows is cheaper than choosing from them."""
    ordered = np.sort(windows, axis=-1)
    places = np.array(shares) * (windows.shape[-1] - 1)
    below = np.floor(places).astype(int)
    above = np.minimum(below + 1, windows.shape[-1] - 1)
    weights = (places - below).astype(np.float32)
    low = ordered[..., below]
    between: Floats = low + (ordered[..., above] - low) * weights
    return between


def _brightness(features: Features, part: slice, at: NDArray[np.int64], n_frames: int) -> Floats:
    rows = np.stack(
        [
            np.log(np.maximum(features.centroid_hz[part], 50.0)),
            np.log(np.maximum(features.rolloff_hz[part], 50.0)),
            np.log(np.maximum(features.zcr[part], 1e-3)),
            np.log(np.maximum(features.flatness[part], 1e-6)),
        ]
    )
    return np.concatenate(_centred(_windows(rows, at, n_frames)), axis=1)


def _harmony(chroma: Floats, unit: Floats, at: NDArray[np.int64], n_frames: int) -> Floats:
    """Chroma without its key: classes by strength, products by interval, and how it moves."""
    mean = _windows(chroma, at, n_frames).mean(axis=2)
    total = np.maximum(mean.sum(axis=1, keepdims=True), 1e-6)
    products = [np.einsum("ct,ct->t", unit, np.roll(unit, k, axis=0)) for k in range(1, 7)]
    means, deviations = _centred(_windows(np.stack([*products, unit.max(axis=0)]), at, n_frames))
    flow = np.einsum("ct,ct->t", unit[:, 1:], unit[:, :-1])[None]
    moves = _centred(_windows(flow, at, n_frames - 1))
    return np.concatenate([np.sort(mean, axis=1)[:, ::-1] / total, means, deviations[:, 6:], *moves], axis=1)


def _onsets(onset: Floats) -> Floats:
    return rhythm.autocorrelation(onset, RHYTHM_LAGS.stop)[:, RHYTHM_LAGS]


def _separation(features: Features, part: slice, at: NDArray[np.int64], onset: Floats) -> Floats:
    energies = np.stack([features.harmonic[part], features.percussive[part]])
    sums = np.maximum(_windows(energies, at, onset.shape[1]).sum(axis=2), 1e-9)
    ratio = np.log(sums[:, 0] / sums[:, 1])
    peaks = np.log(np.maximum(_quantiles(onset, (0.25, 0.5, 0.75, 0.9, 0.97)), 1e-3))
    return np.concatenate([np.stack([ratio, onset.mean(axis=1), onset.std(axis=1)], axis=1), peaks], axis=1)


def _beating(bands: Floats, at: NDArray[np.int64], n_frames: int) -> Floats:
    """Eight bands of each passage about their means, faded in and out: (p, 8, n_frames)."""
    beats = _windows(bands.reshape(8, 2, -1).mean(axis=1), at, n_frames)
    beats -= beats.mean(axis=2, keepdims=True)
    beats *= np.hanning(n_frames).astype(np.float32)
    return beats


def _modulation(beats: Floats) -> Floats:
    """Slow modulation spectrum of eight bands: how strongly each swells at 0.17 to 2 Hz."""
    spectrum = np.abs(np.fft.rfft(beats, 128, axis=2)[:, :, 1 : 1 + MODULATION_BINS])
    return np.log(spectrum + 1.0).reshape(len(beats), -1)


def _correlations(centred: Floats, deviations: Floats) -> Floats:
    """Which bands, and which MFCC, move together, whatever an equaliser does: Pearson's correlation of every pair.

    (p, r, n) about their means and (p, r) -> (p, r (r - 1) / 2); a still row goes with none. After the correlation
    pattern of Seyerlehner et al., "Automatic music tag classification using block-level features" (2010).
    """
    scaled = centred / np.maximum(deviations, SMALLEST_DEVIATION)[..., None]
    first, second = np.triu_indices(centred.shape[1], 1)
    pairs: Floats = (scaled @ scaled.swapaxes(1, 2) / centred.shape[2])[:, first, second]
    return pairs


def _swing(bands: Floats, at: NDArray[np.int64], n_frames: int) -> Floats:
    """How fast each band rises and falls."""
    extremes = _quantiles(_windows(np.diff(bands, axis=1), at, n_frames - 1), (0.1, 0.9))
    return np.concatenate([extremes[..., 0], extremes[..., 1]], axis=1)


def _fluctuation(beats: Floats, frame_rate: float) -> Floats:
    """How strongly eight bands beat at 1.5 to 10.5 Hz, in eight steps (after Pampalk's fluctuation patterns, 2002)."""
    places = np.searchsorted(np.fft.rfftfreq(256, 1 / frame_rate), FLUCTUATION_EDGES_HZ)
    spectrum = np.abs(np.fft.rfft(beats, 256, axis=2)[:, :, : places[-1]])
    steps = [spectrum[:, :, low:high].mean(axis=2) for low, high in zip(places[:-1], places[1:], strict=True)]
    return np.log(np.concatenate(steps, axis=1) + 1.0)


def _flow(unit: Floats) -> Floats:
    """How the harmony moves: likeness of chroma (p, 12, n) to itself later on, by interval, whatever the key."""
    n_frames = unit.shape[2]
    products = [unit[:, :, :-lag] @ unit[:, :, lag:].swapaxes(1, 2) / (n_frames - lag) for lag in FLOW_LAGS]
    return np.concatenate([each.reshape(len(unit), -1) @ _diagonals(unit.shape[1]) for each in products], axis=1)


@lru_cache(maxsize=1)
def _diagonals(n: int) -> Floats:
    """Adds up the diagonals, wrapped around, of an (n, n) matrix of pitch classes earlier and later: (n * n, n)."""
    up = (np.arange(n)[None, :] - np.arange(n)[:, None]) % n
    return np.asarray(up.reshape(-1, 1) == np.arange(n), dtype=np.float32)
